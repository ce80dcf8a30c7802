from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from store.pricing import prices_of
from store.rates import Rates
from store.records import Sighting

TODAY = date(2026, 4, 30)
NUMBERS = count()


def said(
    day: str,
    value: float,
    start: str | None = None,
    end: str | None = None,
    *,
    modality: str = "reported",
    **more: object,
) -> Sighting:
    number = next(NUMBERS)
    plain = Sighting(
        f"id{number}", f"article{number}", f"https://{number}.example/", "Alpha", "price_input", "level",
        value, "USD/1M tokens", f"{day}T00:00:00+00:00", period_start=start, period_end=end,
        modality=modality, entity="alpha", said=day, published=day, site=f"{number}.example",
        story=f"article{number}",
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


Step = tuple[float, str | None, str | None, str]
CASES: dict[str, tuple[list[Sighting], list[Step]]] = {
    "one price, said twice": (
        [said("2026-01-05", 2), said("2026-02-05", 2)],
        [(2, "2026-01-05", None, "current")],
    ),
    "a cut": (
        [said("2026-01-05", 2), said("2026-02-05", 1)],
        [(2, "2026-01-05", "2026-02-04", "past"), (1, "2026-02-05", None, "current")],
    ),
    "from two to a half": (
        [said("2026-02-05", 0.5, "2026-02-10", previous=2.0)],
        [(2, None, "2026-02-09", "past"), (0.5, "2026-02-10", None, "current")],
    ),
    "announced for May": (
        [said("2026-01-05", 2), said("2026-03-01", 3, "2026-05-01", modality="plan"), said("2026-04-01", 2)],
        [(2, "2026-01-05", "2026-04-30", "current"), (3, "2026-05-01", None, "announced")],
    ),
    "half price in March": (
        [said("2026-01-05", 2), said("2026-03-01", 1, "2026-03-01", "2026-03-31")],
        [
            (2, "2026-01-05", "2026-02-28", "past"),
            (1, "2026-03-01", "2026-03-31", "past"),
            (2, "2026-04-01", None, "current"),
        ],
    ),
    "half price in March, and dearer from April": (
        [said("2026-01-05", 2), said("2026-03-01", 1, "2026-03-01", "2026-03-31"), said("2026-04-01", 3)],
        [
            (2, "2026-01-05", "2026-02-28", "past"),
            (1, "2026-03-01", "2026-03-31", "past"),
            (3, "2026-04-01", None, "current"),
        ],
    ),
    "free at the start": (
        [said("2026-04-01", 2, "2026-04-01"), said("2026-04-01", 0, "2026-04-01", "2026-05-15")],
        [(0, "2026-04-01", "2026-05-15", "current"), (2, "2026-05-16", None, "announced")],
    ),
    "on a day": ([said("2026-01-05", 2, "2026-01-04", "2026-01-04")], [(2, "2026-01-04", None, "current")]),
    "two agree against one": (
        [said("2026-01-05", 2), said("2026-01-05", 2.5), said("2026-01-05", 2.5)],
        [(2.5, "2026-01-05", None, "current")],
    ),
    "no price": (
        [
            said("2026-01-05", 2, modality="rumor"),
            said("2026-01-05", 2, negated=True),
            said("2026-01-05", 2, metric="cost"),
        ],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_steps(name: str) -> None:
    sightings, expected = CASES[name]
    for order in (sightings, sightings[::-1]):
        found = prices_of(order, TODAY)
        assert [(p.value, p.valid_from, p.valid_to, p.status) for p in found] == expected


def test_scopes_kinds_and_units_are_steps_of_their_own() -> None:
    sightings = [
        said("2026-01-05", 2, scope="off-peak"),
        said("2026-01-05", 4),
        said("2026-01-05", 8, metric="price_output"),
        said("2026-01-05", 14, unit="CNY/1M tokens"),
        said("2026-01-05", 20, metric="price", unit="USD/month"),
    ]
    steps = prices_of(sightings, TODAY)
    found = {(p.metric, p.scope, p.unit): (p.value, p.currency, p.per_million) for p in steps}
    assert found == {
        ("price_input", "off-peak", "USD/1M tokens"): (2, "USD", 2),
        ("price_input", None, "USD/1M tokens"): (4, "USD", 4),
        ("price_output", None, "USD/1M tokens"): (8, "USD", 8),
        ("price_input", None, "CNY/1M tokens"): (14, "CNY", 14),
        ("price", None, "USD/month"): (20, "USD", None),
    }


def test_each_step_has_all_its_evidence() -> None:
    sightings = [said("2026-01-05", 2), said("2026-01-20", 2), said("2026-02-05", 1)]
    first, second = prices_of(sightings, TODAY)
    assert [s.said for s in first.evidence] == ["2026-01-05", "2026-01-20"]
    assert [s.said for s in second.evidence] == ["2026-02-05"]


def test_prices_in_another_currency() -> None:
    rates = Rates(
        {"USD": ("2026-01-01", "2026-02-01"), "CNY": ("2026-01-01", "2026-02-01")},
        {"USD": (1.0, 1.25), "CNY": (8.0, 7.5)},
    )
    yuan = [said("2026-01-05", 14, unit="CNY/1M tokens"), said("2026-02-05", 12, unit="CNY/1M tokens")]
    assert [p.converted for p in prices_of(yuan, TODAY, rates=rates)] == [1.75, 2.0]
    assert [p.converted for p in prices_of(yuan, TODAY, rates=rates, currency="CNY")] == [14, 12]
    assert [p.converted for p in prices_of(yuan, TODAY)] == [None, None]


def test_steps_stand_in_time_whichever_way_the_name_is_written() -> None:
    found = prices_of(
        [
            said("2026-02-05", 1, subject="Alpha"),
            said("2026-01-05", 2, "2026-01-01", "2026-01-31", subject="alpha"),
        ],
        TODAY,
    )
    assert [price.valid_from for price in found] == ["2026-01-01", "2026-02-05"]
