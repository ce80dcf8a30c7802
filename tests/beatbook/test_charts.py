"""Charts as PNG, SVG and self-contained HTML."""

import re
from datetime import date
from pathlib import Path

import chromium
import pytest

from beatbook.charts import chart, save
from crawler.errors import InputError
from store.records import Leader, Mover, Point, Price, Sighting

HOSTILE = "</script><script>document.title='broken into'</script>"
TODAY = date(2026, 3, 30)


def sighting() -> Sighting:
    return Sighting(
        id="c1",
        article="a1",
        url="https://ledger.example/a",
        subject="Halcyon 3",
        metric="tokens",
        kind="level",
        value=4.6e12,
        unit="tokens",
        first_seen="2026-03-23T06:00:00+00:00",
        sentence=HOSTILE,
        said="2026-03-23",
    )


def point(start: str, end: str, value: float, modality: str = "reported", high: float | None = None) -> Point:
    return Point(
        f"Halcyon 3 {HOSTILE}",
        "tokens",
        start,
        end,
        value,
        high,
        "tokens",
        None,
        None,
        modality,
        False,
        end,
        1,
        (sighting(),),
    )


def price(value: float, start: str | None, end: str | None, status: str) -> Price:
    return Price(
        "Halcyon 3",
        "price_input",
        value,
        None,
        "USD/1M tokens",
        "USD",
        value,
        None,
        start,
        end,
        status,
        (sighting(),),
    )


SERIES = [
    point("2026-03-02", "2026-03-08", 3.2e12),
    point("2026-03-09", "2026-03-15", 4.1e12),
    point("2026-03-16", "2026-03-22", 4.4e12, "forecast", high=4.8e12),
]
ROWS = {
    "history": SERIES,
    "prices": [
        price(3, None, "2026-03-08", "past"),
        price(2, "2026-03-09", None, "current"),
        price(1.5, "2026-04-15", None, "announced"),
    ],
    "leaders": [
        Leader(
            n,
            f"Model {n}",
            (9 - n) * 1e12,
            "tokens",
            None,
            None,
            "2026-03-16",
            "2026-03-22",
            None,
            None,
            (sighting(),),
        )
        for n in (1, 2, 3)
    ],
    "movers": [
        Mover(
            f"Model {n}",
            "tokens",
            n,
            "wow",
            None,
            None,
            None,
            None,
            "2026-03-16",
            "2026-03-22",
            False,
            (sighting(),),
        )
        for n in (12.0, -8.8)
    ],
}


def marks(svg: str, role: str) -> int:
    """How many marks of a kind (``point``, ``bar``, ``line mark``) a chart has."""
    return len(re.findall(f'aria-roledescription="{role}"', svg))


@pytest.mark.parametrize(
    ("kind", "role", "number"),
    [
        ("history", "point", 3),
        ("history", "line mark", 1),
        ("history", "rule mark", 1),
        ("prices", "point", 6),
        ("leaders", "bar", 3),
        ("movers", "bar", 2),
    ],
)
def test_every_row_is_drawn(kind: str, role: str, number: int, tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    save(chart(ROWS[kind], "A title", TODAY), path)
    svg = path.read_text(encoding="utf-8")
    assert marks(svg, role) == number
    assert "A title" in svg


def test_a_ranking_shows_its_latest_period_in_order(tmp_path: Path) -> None:
    old = Leader(1, "Old", 1e12, "tokens", None, None, "2026-03-09", "2026-03-15", None, None, (sighting(),))
    path = tmp_path / "chart.svg"
    save(chart([*ROWS["leaders"], old], "Ranking", TODAY), path)
    svg = path.read_text(encoding="utf-8")
    assert "Old" not in svg
    assert svg.index("1. Model 1") < svg.index("2. Model 2") < svg.index("3. Model 3")


def test_png_is_one(tmp_path: Path) -> None:
    path = tmp_path / "chart.PNG"
    save(chart(SERIES, "A title", TODAY), path)
    assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


@chromium.needs_chromium
def test_html_draws_offline_and_runs_nothing_of_an_article(tmp_path: Path) -> None:
    path = tmp_path / "chart.html"
    save(chart(SERIES, HOSTILE, TODAY), path)
    assert HOSTILE not in path.read_text(encoding="utf-8")
    seen = chromium.look(path.as_uri(), tmp_path)
    assert seen.hosts == frozenset()
    assert "<canvas" in seen.html or "<svg" in seen.html
    assert "<title>broken into" not in seen.html


@pytest.mark.parametrize("name", ["chart.jpg", "chart", "no-such-folder/chart.png"])
def test_what_cannot_be_written_is_said(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        save(chart(SERIES, "A title", TODAY), tmp_path / name)
    assert str(error.value).startswith(str(tmp_path / name))


def test_nothing_is_no_chart() -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        chart([], "Prices", TODAY)
