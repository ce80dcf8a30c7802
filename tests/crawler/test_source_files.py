"""The sources file: what is in it, and how a wrong one is refused."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.errors import SourceError
from crawler.sources import Expectation, Source, choose, load_sources, parse_sources

GOOD = '[[source]]\nid = "a"\nkind = "feed"\nurl = "https://a.example/feed"\n'


def test_three_keys_are_a_source() -> None:
    (source,) = parse_sources(GOOD)
    assert source == Source("a", "feed", "https://a.example/feed", domain="a.example")
    assert source.covers("https://news.a.example/1")
    assert not source.covers("https://b.example/1")


def test_every_key_is_read() -> None:
    (source,) = parse_sources(
        GOOD + 'name = "A"\ndomain = "b.example"\nlanguage = "en"\ninterval = "90m"\nfull_text = true\n'
        'render = true\nbeat = "x"\nselectors = { title = "h1.top" }\n'
        'expect = { fields = ["title"], per_day = 0.5 }\n'
    )
    assert source.name == "A"
    assert source.interval == timedelta(minutes=90)
    assert dict(source.selectors) == {"title": "h1.top"}
    assert source.expect == Expectation(("title",), 0.5)
    assert (source.full_text, source.render, source.beat) == (True, True, "x")
    assert source.covers("https://b.example/1")
    assert not source.covers("https://a.example/1")


def test_any_domain_can_be_allowed() -> None:
    (source,) = parse_sources(GOOD + 'domain = "*"\n')
    assert source.covers("https://anywhere.example/x")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no [[source]]"),
        ("x = [", "is not TOML"),
        ("[sources]\n", "unknown key 'sources'"),
        ("source = 3\n", "[[source]]"),
        (GOOD + "colour = 1\n", "[[source]] 1 'a': unknown key 'colour'"),
        ('[[source]]\nkind = "feed"\nurl = "https://a.example"\n', "[[source]] 1: 'id' is missing"),
        ('[[source]]\nid = "a"\nurl = "https://a.example"\n', "'kind' is missing"),
        ('[[source]]\nid = "a"\nkind = "feed"\n', "'url' is missing"),
        (GOOD.replace('"a"', '"A b"'), "'id' may hold"),
        (GOOD.replace('"a"', "5"), "'id' is no text"),
        (GOOD.replace("feed", "rss", 1), "kind 'rss' is none of"),
        (GOOD.replace("https", "ftp"), "is no http or https address"),
        (GOOD.replace("https://a.example/feed", "file:///etc/passwd"), "is no http or https address"),
        (GOOD + GOOD, "[[source]] 2 'a': id is taken by [[source]] 1"),
        (GOOD + 'interval = "soon"\n', "interval 'soon'"),
        (GOOD + 'interval = "0h"\n', "interval '0h'"),
        (GOOD + "interval = 5\n", "'interval' is no text"),
        (GOOD + 'render = "yes"\n', "'render' is neither"),
        (GOOD + 'selectors = { title = "h1[" }\n', "selector 'title' is no CSS"),
        (GOOD + 'selectors = { colour = "h1" }\n', "unknown key 'selectors.colour'"),
        (GOOD + 'selectors = "h1"\n', "'selectors' is no table"),
        (GOOD + 'expect = { fields = ["colour"] }\n', "'expect.fields' may list"),
        (GOOD + "expect = { per_day = -1 }\n", "'expect.per_day'"),
        (GOOD + "expect = { per_day = true }\n", "'expect.per_day'"),
        (GOOD.replace("feed", "page", 1) + "full_text = true\n", "'full_text' is for a feed"),
    ],
)
def test_a_wrong_file_is_refused_by_file_entry_and_reason(text: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_sources(text, "my.toml")
    assert str(caught.value).startswith("my.toml")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.toml: No such file"):
        load_sources(tmp_path / "gone.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="is not UTF-8"):
        load_sources(tmp_path / "binary.toml")


def test_the_default_file_holds_two_beats_of_real_sources() -> None:
    sources = load_sources()
    assert len(sources) >= 15
    assert {source.beat for source in sources} == {"tokens", "chips"}
    assert {source.kind for source in sources} >= {"feed", "listing", "page"}
    for source in sources:
        assert source.name and source.interval and source.url.startswith("https://")
        assert source.expect.fields


def test_sources_are_chosen_by_id_or_beat() -> None:
    sources = parse_sources(
        GOOD
        + GOOD.replace('"a"', '"b"')
        + 'beat = "chips"\n'
        + GOOD.replace('"a"', '"c"')
        + 'beat = "chips"\n'
    )
    assert [source.id for source in choose(sources, ())] == ["a", "b", "c"]
    assert [source.id for source in choose(sources, ("chips", "a"))] == ["a", "b", "c"]
    assert [source.id for source in choose(sources, ("b",))] == ["b"]
    with pytest.raises(SourceError, match="zzz: no such source; there are a, b, c"):
        choose(sources, ("a", "zzz"))
