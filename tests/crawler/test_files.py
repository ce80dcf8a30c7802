"""Articles from files: every kind, and everything that can be wrong with one."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import ArchiveWriter
from crawler.article import Article
from crawler.errors import ArchiveError, BeatbookError, InputError, PageError
from crawler.files import articles_in, decode, markdown_article, plain_article

PAGE = """<!doctype html><html lang="en"><head><title>Rents slide at Nimbus</title>
<meta property="og:title" content="Rents slide at Nimbus"></head><body><article><h1>Rents slide at Nimbus</h1>
<p>Nimbus cut the hourly rent of its accelerators to $1.90 on Monday, the second cut since the spring.</p>
<p>The company said that supply had caught up with demand, and that waiting lists were gone for good.</p>
<p>Rivals are expected to follow within weeks, according to two brokers who lease capacity in bulk.</p>
</article></body></html>"""


def one(path: Path, **options: object) -> tuple[str, Article | BeatbookError]:
    (read,) = articles_in(path, **options)  # type: ignore[arg-type]
    return read


def article(path: Path, **options: object) -> Article:
    found = one(path, **options)[1]
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("A headline\n\nFirst.\n\nSecond.\n", "A headline", "First.\n\nSecond."),
        ("\n\nA headline\n\nFirst.", "A headline", "First."),
        ("Only one paragraph of text, no headline", "", "Only one paragraph of text, no headline"),
        ("A sentence that opens the text.\n\nMore.", "", "A sentence that opens the text.\n\nMore."),
        ("x" * 161 + "\n\nMore.", "", "x" * 161 + "\n\nMore."),
        ("Line one\nline two\n\nMore.", "", "Line one\nline two\n\nMore."),
    ],
)
def test_the_first_line_of_a_text_is_its_title_where_it_stands_alone(
    text: str, title: str, body: str
) -> None:
    assert plain_article(text) == (title, body)


def test_markdown_becomes_plain_text() -> None:
    text = (
        "---\ndate: 2026-01-01\n---\n# Prices **fall**\n\nThe [list](https://a.example/x) has *two* rows:\n\n"
        "| Model | Input |\n|---|---:|\n| A-1 | $2 |\n\n## More\n\n> quoted 2 * 3 * 4\n"
    )
    assert markdown_article(text) == (
        "Prices fall",
        "The list has two rows:\n\nModel | Input\nA-1 | $2\n\nMore\n\nquoted 2 * 3 * 4",
    )


def test_a_text_file_is_read_in_its_charset_with_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("\ufeffHeadline\r\n\r\nPrice: 5 €\r\n".encode())
    assert article(path) == Article(url="", title="Headline", text="Price: 5 €")
    path.write_bytes(
        "Überschrift für alle\n\nDie Preise für Speicher fielen spürbar auf 5 Mark.".encode("cp1252")
    )
    assert article(path).title == "Überschrift für alle"
    path.write_bytes("Headline\n\nText".encode("utf-16"))
    assert article(path).text == "Text"


def test_a_json_article_keeps_its_fields_to_the_letter(tmp_path: Path) -> None:
    entry = {
        "id": "x-1",
        "url": "https://a.example/1",
        "title": "T",
        "text": " a\r\nb ",
        "author": "Ann Lee",
        "published": "2026-03-01",
        "site": "a.example",
        "tables": [[["a", "b"]]],
        "synthetic": True,
    }
    path = tmp_path / "one.json"
    path.write_text(json.dumps(entry))
    name, found = one(path)
    assert name == "x-1"
    assert found == Article(
        url="https://a.example/1",
        title="T",
        text=" a\r\nb ",
        authors=("Ann Lee",),
        published="2026-03-01",
        site="a.example",
        tables=((("a", "b"),),),
    )


def test_a_list_and_json_lines_give_one_value_an_entry_and_go_on_after_a_bad_one(tmp_path: Path) -> None:
    entries: list[object] = [{"text": "one"}, {"id": "two", "text": "two"}, 3, {"text": ""}, {"text": ["x"]}]
    path = tmp_path / "all.json"
    path.write_text(json.dumps(entries))
    names = [name for name, _ in articles_in(path)]
    assert names == [f"{path}:1", "two", f"{path}:3", f"{path}:4", f"{path}:5"]
    lines = tmp_path / "all.jsonl"
    lines.write_text("\n".join(json.dumps(entry) for entry in entries) + "\n{broken\n\n")
    kinds = [type(found) for _, found in articles_in(lines)]
    assert kinds == [Article, Article, InputError, InputError, InputError, InputError]


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n ", "is empty"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"[" * 100_000, "is not JSON"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("a.md", bytes(range(256)) * 4, "binary"),
        ("a.pdf", b"%PDF-1.4", "is none of"),
        ("a.json", b'{"text": "x", "title": 5}', "'title' is no string"),
        ("a.json", b'{"text": "x", "tables": [5]}', "'tables'"),
    ],
)
def test_a_file_that_holds_no_article_is_an_error_that_names_it(
    tmp_path: Path, name: str, body: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    error = one(path)[1]
    assert isinstance(error, InputError)
    assert error.subject.startswith(str(path))
    assert words in error.message
    assert "\n" not in str(error)


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    for name in ("gone.txt", "gone.html", "gone.warc.gz", "gone.jsonl", "gone"):
        error = one(tmp_path / name)[1]
        assert isinstance(error, InputError)
        assert str(error).startswith(str(tmp_path / name))


def test_a_saved_page_is_read_with_the_address_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    found = article(path, url="https://nimbus.example/rents")
    assert found.url == "https://nimbus.example/rents"
    assert found.title == "Rents slide at Nimbus"
    assert "second cut since the spring" in found.text
    path.write_text("<html></html>")
    assert isinstance(one(path)[1], PageError)


def test_an_archive_gives_its_pages_by_address_and_a_cut_one_those_before_the_cut(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, datetime(2026, 3, 1, tzinfo=UTC), "test")
    for number in range(3):
        url = f"https://a.example/{number}"
        headers = [("Content-Type", "text/html; charset=utf-8")]
        writer.write(url, 200, "OK", headers, PAGE.encode(), datetime(2026, 3, 1, tzinfo=UTC))
    writer.close()
    assert [name for name, found in articles_in(writer.path) if isinstance(found, Article)] == [
        "https://a.example/0",
        "https://a.example/1",
        "https://a.example/2",
    ]
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(writer.path.read_bytes()[:-200])
    *whole, last = (found for _, found in articles_in(cut))
    assert len(whole) == 2
    assert isinstance(last, ArchiveError)


def test_a_folder_gives_the_files_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("text b")
    (tmp_path / "a.md").write_text("text a")
    (tmp_path / "c.bin").write_bytes(b"\0")
    assert [name for name, _ in articles_in(tmp_path)] == [str(tmp_path / "a.md"), str(tmp_path / "b.txt")]


@given(st.text().filter(lambda text: "\0" not in text and "\r" not in text and not text.startswith("\ufeff")))
def test_utf8_text_comes_through_to_the_letter(text: str) -> None:
    assert decode("x", text.encode()) == text


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_an_input_error(body: bytes) -> None:
    try:
        text = decode("x", body)
    except InputError:
        return
    plain_article(text)
    markdown_article(text)


def test_dates_after_now_are_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    future = '<meta property="article:published_time" content="2031-05-01T10:00:00+00:00"></head>'
    path.write_text(PAGE.replace("</head>", future))
    assert article(path, now=date(2026, 5, 1)).published is None
