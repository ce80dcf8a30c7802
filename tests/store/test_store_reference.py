import sys
from datetime import date
from pathlib import Path

import pytest
from store_helpers import line, load, new_db

from crawler.errors import InputError
from store.query import prices
from store.records import Price
from store.reference import PublicPrice, differences, public_prices, reference

TODAY = date(2026, 4, 30)


def press(tmp_path: Path, *told: tuple[str, float], **more: object) -> list[Price]:
    rows = [
        line(
            url=f"https://a.example/{day}", published=day, subject="Alpha 2", metric="price_input",
            value=value, quote=f"{value:g}", **{"unit": "USD/1M tokens"} | more,
        )
        for day, value in told
    ]  # fmt: skip
    with new_db(tmp_path) as db:
        load(db, rows)
        return prices(db, now=TODAY)


def listed(*entries: tuple[str | None, float]) -> list[PublicPrice]:
    return [PublicPrice("alpha-2", "price_input", start, value) for start, value in entries]


CASES = [
    ((("2026-01-05", 2.0),), ((None, 2.0),), []),
    ((("2026-01-05", 2.0),), ((None, 2.005),), []),
    ((("2026-01-05", 3.0),), ((None, 2.0),), [("differs", "2026-01-05", 3.0, 2.0)]),
    ((("2026-01-05", 2.0),), ((None, 2.0), ("2026-06-01", 1.0)), []),
    (
        (("2026-01-05", 2.0),),
        ((None, 2.0), ("2026-03-01", 1.0)),
        [("differs", "2026-01-05", 2.0, 1.0), ("not in the press", "2026-03-01", None, 1.0)],
    ),
    (
        (("2026-01-05", 4.0), ("2026-02-05", 3.0), ("2026-03-05", 2.0)),
        ((None, 4.0), ("2026-03-01", 2.0)),
        [("not in the list", "2026-02-05", 3.0, None)],
    ),
]


@pytest.mark.parametrize(("told", "entries", "expected"), CASES)
def test_where_press_and_list_part(
    tmp_path: Path,
    told: tuple[tuple[str, float], ...],
    entries: tuple[tuple[str | None, float], ...],
    expected: list[tuple[str, str, float | None, float | None]],
) -> None:
    found = differences(press(tmp_path, *told), listed(*entries), TODAY)
    assert [(d.verdict, d.valid_from, d.press, d.public) for d in found] == expected
    assert all(d.evidence and d.model == "alpha-2" for d in found)


@pytest.mark.parametrize(
    "more",
    [{"unit": "CNY/1M tokens"}, {"scope": "off-peak"}, {"subject": "Alpha 3"}, {"metric": "price_output"}],
)
def test_what_is_not_comparable_is_left_aside(tmp_path: Path, more: dict[str, object]) -> None:
    rows = [
        line(**{"subject": "Alpha 2", "metric": "price_input", "unit": "USD/1M tokens", "value": 9} | more)
    ]
    with new_db(tmp_path) as db:
        load(db, rows)
        assert differences(prices(db, now=TODAY), listed((None, 2.0)), TODAY) == []


def test_the_list_that_the_package_ships(tmp_path: Path) -> None:
    pytest.importorskip("genai_prices", reason="the extra 'reference' is not installed")
    entry = next(p for p in public_prices() if p.metric == "price_input" and p.value > 0)
    with new_db(tmp_path) as db:
        load(
            db, [line(subject=entry.model, metric="price_input", unit="USD/1M tokens", value=entry.value * 7)]
        )
        (found, *_) = reference(db, entry.model, now=TODAY)
        assert (found.verdict, found.press) == ("differs", pytest.approx(entry.value * 7))
        assert reference(db, as_of="2026-03-01") == []


def test_a_missing_extra_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genai_prices.data_snapshot", None)
    with pytest.raises(InputError, match=r"beatbook\[reference\]"):
        public_prices()
