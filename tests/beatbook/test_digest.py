"""The morning brief: what is news, and that it is shown with its evidence, escaped."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import notebook
import pytest
from click.testing import CliRunner

from beatbook.cli import main
from beatbook.digest import Brief, Item, Section, digest, html, markdown, price_changes, records
from store.records import Point, Price, Sighting
from store.schema import open_db

NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return notebook.make(tmp_path_factory.mktemp("digest"))


def sections(path: Path, since: datetime) -> dict[str, list[str]]:
    with open_db(path) as db:
        brief = digest(db, since, NOW)
    return {section.title: [item.text for item in section.items] for section in brief.sections}


def test_the_week_of_the_price_cut(path: Path) -> None:
    found = sections(path, datetime(2026, 3, 9, tzinfo=UTC))
    assert found["Prices"] == ["Halcyon 3 price_input: 3 USD/1M tokens → 2 USD/1M tokens, since 2026-03-09"]
    assert found["Records"] == [
        "Baiyun-4 tokens: 3.4 trillion tokens, 2026-03-16 to 2026-03-22 (before: 3.3 trillion tokens)",
        "Halcyon 3 tokens: 4.6 trillion tokens, 2026-03-16 to 2026-03-22 (before: 3.2 trillion tokens)",
    ]
    assert len(found["Conflicts"]) == 1
    assert "900 million USD" in found["Conflicts"][0]


def test_a_quiet_week_is_empty(path: Path) -> None:
    assert not any(sections(path, datetime(2026, 3, 29, tzinfo=UTC)).values())


def sighting(said: str, **fields: object) -> Sighting:
    base: dict[str, object] = {
        "id": said,
        "article": "a",
        "url": "https://ledger.example/a?<b>",
        "subject": "M",
        "metric": "tokens",
        "kind": "level",
        "value": 1.0,
        "unit": "tokens",
        "first_seen": f"{said}T00:00:00+00:00",
        "said": said,
        "sentence": "One *is* [said](http://x) <b>.",
        "title": "A | title",
        "site": "Ledger",
    }
    return Sighting(**{**base, **fields})  # type: ignore[arg-type]


def step(value: float, start: str, said: str, status: str = "current") -> Price:
    return Price(
        "M",
        "price_input",
        value,
        None,
        "USD/1M tokens",
        "USD",
        value,
        None,
        start,
        None,
        status,
        (sighting(said),),
    )


def test_a_price_is_news_by_the_day_on_which_it_was_said_not_by_its_own() -> None:
    steps = [step(3, "2026-01-01", "2026-01-01"), step(2, "2026-05-01", "2026-03-25", "announced")]
    (item,) = price_changes(steps, date(2026, 3, 20))
    assert item.text == "M price_input: 3 USD/1M tokens → 2 USD/1M tokens, from 2026-05-01 (announced)"
    assert price_changes(steps, date(2026, 3, 26)) == []


def test_a_price_that_is_told_as_the_one_left_is_the_past_of_the_new_one_alone() -> None:
    left = replace(step(12, "", "2026-03-25", "past"), valid_from=None)
    (item,) = price_changes([left, step(8, "2026-03-23", "2026-03-25")], date(2026, 3, 20))
    assert item.text == "M price_input: 12 USD/1M tokens → 8 USD/1M tokens, since 2026-03-23"


def point(value: float | None, said: str, modality: str = "reported", derived: bool = False) -> Point:
    return Point("M", "tokens", None, said, value, None, "tokens", None, None, modality, derived, said, 1, ())


@pytest.mark.parametrize(
    ("points", "news"),
    [
        ([point(1, "2026-01-01"), point(2, "2026-03-25")], 1),
        ([point(2, "2026-01-01"), point(2, "2026-03-25")], 0),
        ([point(2, "2026-03-25")], 0),
        ([point(1, "2026-01-01"), point(2, "2026-03-25", "forecast")], 0),
        ([point(1, "2026-01-01"), point(2, "2026-03-25", derived=True)], 0),
        ([point(1, "2026-01-01"), point(None, "2026-03-25")], 0),
        ([point(1, "2026-01-01"), point(2, "2026-03-24"), point(3, "2026-03-25")], 1),
    ],
)
def test_a_record_needs_a_past_that_it_exceeds(points: list[Point], news: int) -> None:
    assert len(records([points], date(2026, 3, 20))) == news


BRIEF = Brief(
    date(2026, 3, 23),
    date(2026, 3, 30),
    (Section("Prices", (Item("M <i>price</i>", (sighting("2026-03-25"),)),)), Section("Conflicts", ())),
)


def test_markdown_escapes_what_articles_say() -> None:
    text = markdown(BRIEF)
    assert r"“One \*is\* \[said\](http://x) \<b\>.”" in text
    assert r"[A \| title, Ledger, 2026-03-25](<https://ledger.example/a?%3Cb%3E>)" in text
    assert "## Conflicts\n\nNothing new." in text


def test_html_escapes_what_articles_say() -> None:
    page = html(BRIEF)
    assert "M &lt;i&gt;price&lt;/i&gt;" in page
    assert '<a href="https://ledger.example/a?&lt;b&gt;"' in page
    assert page.count("Nothing new.") == 1


def test_only_web_addresses_are_links() -> None:
    hostile = Brief(
        BRIEF.since,
        BRIEF.until,
        (Section("Prices", (Item("x", (sighting("2026-03-25", url="javascript:alert(1)"),)),)),),
    )
    assert "javascript:" not in html(hostile)
    assert "javascript:" not in markdown(hostile)


def test_the_command_prints_or_writes(path: Path, tmp_path: Path) -> None:
    asked = ["digest", "--db", str(path), "--since", "2026-03-09", "--now", "2026-03-30"]
    printed = CliRunner().invoke(main, asked)
    assert printed.exit_code == 0
    assert printed.stdout.startswith("# Beatbook, 2026-03-09 to 2026-03-30\n")
    written = CliRunner().invoke(main, [*asked, "-o", str(tmp_path / "brief.html")])
    assert written.exit_code == 0
    assert "3 USD/1M tokens → 2 USD/1M tokens" in (tmp_path / "brief.html").read_text(encoding="utf-8")
    refused = CliRunner().invoke(main, [*asked, "-o", str(tmp_path / "brief.pdf")])
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
