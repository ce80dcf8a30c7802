"""Records as JSON, JSON Lines and tables; what a person sees comes with its evidence."""

import json
from dataclasses import dataclass

import pytest

from beatbook.output import emit, note, plain
from beatbook.views import VIEWS
from store.records import Leader, Point, Price, Sighting


def sighting(**fields: object) -> Sighting:
    base: dict[str, object] = {
        "id": "c1",
        "article": "a1",
        "url": "https://ledger.example/a",
        "subject": "Halcyon 3",
        "metric": "tokens",
        "kind": "level",
        "value": 4.6e12,
        "unit": "tokens",
        "first_seen": "2026-03-23T06:00:00+00:00",
        "sentence": "Halcyon 3 stayed ahead with\n4.6 trillion tokens.",
        "title": "OpenLane passes 21 trillion",
        "site": "The Token Ledger",
        "published": "2026-03-23T05:30:00+01:00",
        "said": "2026-03-23",
    }
    return Sighting(**{**base, **fields})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Row:
    name: str
    value: float
    inner: tuple[int, ...] = (1, 2)


def test_plain_keeps_the_order_of_fields_and_makes_whole_numbers_whole() -> None:
    assert list(plain(Row("x", 2.0)).items()) == [("name", "x"), ("value", 2), ("inner", [1, 2])]
    assert plain({"a": 2.5, "b": None}) == {"a": 2.5, "b": None}


def test_json_lines_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    emit([Row("ä", 1.5)], "jsonl")
    assert capsys.readouterr().out == '{"name": "ä", "value": 1.5, "inner": [1, 2]}\n'
    emit([], "json")
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("view", "row"),
    [
        ("claims", sighting()),
        (
            "history",
            Point(
                "Halcyon 3",
                "tokens",
                "2026-03-16",
                "2026-03-22",
                4.6e12,
                None,
                "tokens",
                None,
                "OpenLane",
                "reported",
                False,
                "2026-03-23",
                1,
                (sighting(),),
            ),
        ),
        (
            "prices",
            Price(
                "Halcyon 3",
                "price_input",
                2.0,
                None,
                "USD/1M tokens",
                "USD",
                2.0,
                None,
                "2026-03-09",
                None,
                "current",
                (sighting(),),
            ),
        ),
        (
            "leaders",
            Leader(
                1,
                "Halcyon 3",
                4.6e12,
                "tokens",
                None,
                "OpenLane",
                "2026-03-16",
                "2026-03-22",
                2,
                1,
                (sighting(),),
            ),
        ),
    ],
)
def test_a_table_shows_sentence_title_link_and_date(
    view: str, row: object, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = VIEWS[view]
    emit([row], "table", headings=layout.headings, cells=layout.cells, evidence=layout.evidence)
    shown = capsys.readouterr().out
    for part in (
        "Halcyon 3 stayed ahead with 4.6 trillion tokens.",
        "OpenLane passes 21 trillion",
        "https://ledger.example/a",
        "2026-03-23",
        "[1]",
    ):
        assert part in shown


def test_rows_of_the_same_evidence_share_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    layout = VIEWS["claims"]
    emit(
        [sighting(), sighting(value=1.0)],
        "table",
        headings=layout.headings,
        cells=layout.cells,
        evidence=layout.evidence,
    )
    shown = capsys.readouterr().out
    assert "[2]" not in shown
    assert shown.count("stayed ahead") == 1


def test_markup_of_a_console_in_an_article_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    layout = VIEWS["claims"]
    hostile = sighting(title="[bold red]x[/]", subject="[link=javascript:1]y[/link]")
    emit([hostile], "table", headings=layout.headings, cells=layout.cells, evidence=layout.evidence)
    shown = capsys.readouterr().out
    assert "[bold red]x[/]" in shown
    assert "[link=javascript:1]y" in shown


def test_nothing_found_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    emit([], "table")
    assert capsys.readouterr().out == "nothing found\n"


def test_a_note_without_a_date_of_publication_says_when_it_was_seen() -> None:
    assert "2026-03-23" in note(sighting(published=None))
