from dataclasses import replace
from typing import Any

import pytest
from sightings_made import change, say

from store.checks import Check, amount, newest_first
from store.growth import change_checks, percentage_checks
from store.records import Sighting
from store.wholes import part_checks, share_checks, slip_checks

LAST: Any = ("2025-01-01", "2025-03-31")
NOW: Any = (None, None)


def text(level: dict[str, Any], moved: dict[str, Any]) -> list[Check]:
    """The percentage checks of one text with a level, its previous and a change, in one sentence."""
    one: dict[str, Any] = {
        "value": 22.7e12,
        "quote": "22.7 trillion",
        "previous": 20.4e12,
        "sentence": "22.7 trillion, up 11.2% from 20.4 trillion",
    }
    two: dict[str, Any] = {"value": 11.2, "quote": "11.2%", "sentence": one["sentence"]}
    one, two = one | level, two | moved
    a = say("2026-04-01", "post", one.pop("value"), one.pop("quote"), article="t", **one)
    b = change("2026-04-01", "post", two.pop("value"), two.pop("quote"), article="t", **two)
    return percentage_checks([a, b])


@pytest.mark.parametrize(
    ("level", "moved", "wrong"),
    [
        ({}, {}, False),
        ({}, {"value": 14.2, "quote": "14.2%"}, True),
        ({}, {"direction": "down"}, True),
        ({}, {"value": 14.2, "quote": "14.2%", "scope": "China"}, False),
        ({}, {"value": 14.2, "quote": "14.2%", "modality": "forecast"}, False),
        ({}, {"value": 14.2, "quote": "14.2%", "negated": True}, False),
        ({}, {"value": 14.2, "quote": "14.2%", "period": LAST}, False),
        ({}, {"value": 1.1, "quote": "1.1 times", "unit": "x"}, False),
        ({}, {"value": 2, "quote": "doubled", "unit": "x"}, True),
        (
            {
                "value": 0.5,
                "quote": "$0.50",
                "previous": 2.0,
                "metric": "price",
                "sentence": "from $2.00 to $0.50",
            },
            {
                "value": 75,
                "quote": "75%",
                "direction": "down",
                "metric": "price",
                "sentence": "from $2.00 to $0.50",
            },
            False,
        ),
        (
            {"value": 61.0, "quote": "61%", "previous": 55.0, "unit": "percent", "metric": "share"},
            {"value": 6, "quote": "6 points", "unit": "points", "metric": "share"},
            False,
        ),
        (
            {"value": 61.0, "quote": "61%", "previous": 55.0, "unit": "percent", "metric": "share"},
            {"value": 9, "quote": "9 points", "unit": "points", "metric": "share"},
            True,
        ),
        (
            {"value": 12.0, "quote": "$12.00", "previous": 10.0, "sentence": "$12.00 from $10.00, up $3"},
            {"value": 3, "quote": "$3", "unit": "USD", "sentence": "$12.00 from $10.00, up $3"},
            True,
        ),
        (
            {"value": 12.0, "quote": "$12", "previous": 10.0},
            {"value": 2, "quote": "$2", "unit": "USD"},
            False,
        ),
        (
            {"sentence": "22.7 trillion, up 40% on the year, from 20.4 trillion the previous quarter"},
            {
                "value": 40,
                "quote": "40%",
                "sentence": "22.7 trillion, up 40% on the year, from 20.4 trillion the previous quarter",
            },
            False,
        ),
        ({"value": -5e8, "quote": "$500 million", "previous": -2e8}, {"value": 70, "quote": "70%"}, False),
    ],
)
def test_level_previous_and_change_of_one_text(
    level: dict[str, Any], moved: dict[str, Any], wrong: bool
) -> None:
    assert len(text(level, moved)) == wrong


def test_a_misfit_says_what_it_should_be() -> None:
    (found,) = text({}, {"value": 14.2, "quote": "14.2%"})
    assert (found.check, found.subject, found.metric) == ("percentage", "Acme", "revenue")
    assert found.values == (20.4e12, 22.7e12, 14.2)
    assert "from 20.4 trillion to 22.7 trillion is +11.3%" in found.explanation
    assert len(found.claims) == 2


def known(
    moved: dict[str, Any] | None = None, *more: Sighting, old: dict[str, Any] | None = None
) -> list[Check]:
    fields: dict[str, Any] = {"value": 20, "quote": "20%"} | (moved or {})
    before: dict[str, Any] = {"site": "daily", "period": LAST} | (old or {})
    claims = [
        say("2025-04-20", before.pop("site"), 100e6, "$100 million", **before),
        say("2026-04-20", "post", 150e6, "$150 million", article="t"),
        change("2026-04-20", "post", fields.pop("value"), fields.pop("quote"), article="t", **fields),
    ]
    return change_checks([*claims, *more], [])


def test_a_change_against_the_level_known_before() -> None:
    (found,) = known()
    assert found.check == "change"
    assert found.values == (100e6, 150e6, 20)
    assert found.sources == ("daily", "post")
    assert "+50%" in found.explanation


@pytest.mark.parametrize(
    "moved",
    [
        {"value": 50, "quote": "50%"},
        {"value": 1.5, "quote": "1.5 times", "unit": "x"},
        {"basis": "qoq"},
        {"basis": None},
        {"scope": "China"},
        {"negated": True},
        {"per": "month"},
        {"period": NOW},
        {"modality": "forecast"},
        {"value": None, "quote": "rose"},
        {"subject": "Bolt"},
    ],
)
def test_a_change_that_fits_or_is_of_something_else(moved: dict[str, Any]) -> None:
    assert known(moved) == []


def test_any_level_that_was_ever_given_may_bear_a_change() -> None:
    other = say("2025-05-20", "gazette", 125e6, "$125 million", period=LAST)
    assert known(None, other) == []
    edited = replace(other, superseded_at="2025-05-21T00:00:00+00:00")
    assert known(None, edited) == []


def test_a_level_told_only_later_was_not_known() -> None:
    late = say("2026-06-01", "daily", 100e6, "$100 million", period=LAST)
    now = say("2026-04-20", "post", 150e6, "$150 million", article="t")
    assert change_checks([late, now, change("2026-04-20", "post", 20, "20%", article="t")], []) == []


def test_a_change_that_its_own_text_contradicts_is_told_once() -> None:
    moved = change("2026-04-20", "post", 20, "20%", article="t")
    claims = [
        say("2025-04-20", "daily", 100e6, "$100 million", period=LAST),
        say("2026-04-20", "post", 150e6, "$150 million", article="t"),
        moved,
    ]
    assert change_checks(claims, [moved]) == []


def shares(*parts: tuple[str, float], **more: Any) -> list[Check]:
    fields: dict[str, Any] = {"metric": "share", "unit": "percent", "scope": "cloud market"} | more
    return share_checks(
        say("2026-04-01", "post", value, f"{value:g}%", subject=name, article="t", start=place, **fields)
        for place, (name, value) in enumerate(parts)
    )


def test_shares_above_all() -> None:
    (found,) = shares(("A", 45), ("B", 38), ("C", 29))
    assert (found.check, found.subject, found.values) == ("shares", "A, B, C", (45, 38, 29))
    assert "112%" in found.explanation
    assert shares(("A", 45), ("B", 38), ("C", 18)) == [], "rounding"
    assert shares(("A", 45), ("B", 38), ("Others", 29)), "others are nobody's part"
    assert [
        c.values
        for c in shares(
            ("A", 130),
        )
    ] == [(130,)]
    assert shares(("A", 60), ("B", 50), modality="forecast") == []


@pytest.mark.parametrize(
    "parts",
    [
        (("Chinese models", 61), ("DeepSeek", 30), ("Claude", 25)),
        (("Acme", 70), ("Acme Cloud", 60)),
        (("Chinese models", 61), ("Open models", 70)),
        (("global", 100), ("Acme", 30)),
        (("Acme", 60), ("Acme", 70)),
    ],
)
def test_shares_of_parts_within_parts_are_not_added(parts: tuple[tuple[str, float], ...]) -> None:
    assert shares(*parts) == []


def test_groups_of_countries_are_added() -> None:
    assert shares(("Chinese models", 61), ("US models", 48))


def test_answers_of_people_who_name_several_are_not_added() -> None:
    assert shares(("A", 70), ("B", 60), scope="developers") == []


def test_shares_belong_together_by_universe_source_and_period() -> None:
    def one(site: str, subject: str, value: float, **more: Any) -> Sighting:
        fields: Any = {"metric": "share", "unit": "percent", "scope": "cloud"} | more
        return say("2026-04-01", site, value, f"{value}%", subject=subject, article=subject, **fields)

    assert share_checks([one("a", "A", 60), one("a", "B", 50)])
    assert share_checks([one("a", "A", 60, source="IDC"), one("b", "B", 50, source="IDC")])
    assert share_checks([one("a", "A", 60), one("b", "B", 50)]) == []
    assert share_checks([one("a", "A", 60), one("a", "B", 50, scope="chat")]) == []
    assert share_checks([one("a", "A", 60), one("a", "B", 50, period=LAST)]) == []
    assert share_checks([one("a", "A", 60, scope=None), one("a", "B", 50, scope=None)]) == []


def parts(whole: float, *more: tuple[float, dict[str, Any]], **of: Any) -> list[Check]:
    claims = [say("2026-04-01", "post", whole, "", article="t", **of)]
    for place, (value, fields) in enumerate(more):
        claims.append(
            say("2026-04-01", "post", value, "", **({"article": "t", "start": 9 * place + 9} | of | fields))
        )
    return part_checks(claims)


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ({"scope": "API"}, True),
        ({"scope": "API", "article": "u"}, True),
        ({"scope": "API", "article": "u", "source": "IDC"}, False),
        ({"scope": "API", "per": "month"}, False),
        ({"scope": "API", "period": LAST}, False),
        ({"scope": "API", "unit": "EUR"}, False),
        ({"scope": "API", "modality": "forecast"}, False),
        ({"scope": "gross"}, False),
        ({"scope": "total including partners"}, False),
        ({"subject": "Acme Cloud"}, True),
        ({"subject": "Acmeon"}, False),
        ({"subject": "Orrin 3", "owner": "Acme"}, True),
        ({"subject": "Orrin 3", "owner": "Bolt"}, False),
        ({"subject": "Bolt", "scope": "Acme"}, True),
        ({"subject": "Bolt"}, False),
        ({"qualifier": "over", "scope": "API"}, True),
    ],
)
def test_a_part_above_its_whole(part: dict[str, Any], wrong: bool) -> None:
    assert [c.values for c in parts(800e6, (910e6, part))] == ([(800e6, 910e6)] if wrong else [])


def test_a_part_below_its_whole_and_metrics_that_do_not_add_up() -> None:
    assert parts(800e6, (300e6, {"scope": "API"})) == []
    assert parts(800e6, (910e6, {"scope": "API"}), metric="profit") == []
    assert parts(800e6, (910e6, {"scope": "API"}), metric="price") == []


def test_the_parts_of_one_sentence_are_added_up() -> None:
    sentence = "Chips brought in $500 million and phones $400 million"
    both = (
        (500e6, {"scope": "chips", "sentence": sentence}),
        (400e6, {"scope": "phones", "sentence": sentence}),
    )
    assert [c.values for c in parts(800e6, *both)] == [(800e6, 500e6, 400e6)]
    apart = (both[0], (400e6, {"scope": "China", "sentence": "China brought in $400 million"}))
    assert parts(800e6, *apart) == [], "a business and a region overlap"


def test_everyone_is_a_whole() -> None:
    tokens: Any = {"metric": "tokens", "unit": "tokens"}
    assert parts(4e12, (5e12, {"subject": "Orrin 3"}), subject="global", **tokens)
    assert parts(
        4e12,
        (3e12, {"subject": "A", "sentence": "s"}),
        (2e12, {"subject": "B", "sentence": "s"}),
        subject="global",
        **tokens,
    )
    assert parts(4e12, (3e12, {"subject": "A"}), (2e12, {"subject": "A 2"}), subject="global", **tokens) == []


def prices(*values: float, **more: Any) -> list[Check]:
    fields: dict[str, Any] = {"metric": "price_input", "unit": "USD/1M tokens"} | more
    return slip_checks(
        say(f"2026-0{month}-01", "post", value, f"${value}", period=(f"2026-0{month}-01", None), **fields)
        for month, value in enumerate(values, 1)
    )


@pytest.mark.parametrize(
    ("values", "slips"),
    [
        ((0.3, 300), [300]),
        ((0.3, 0.25, 250), [250]),
        ((300, 0.3, 0.25), [300]),
        ((0.3, 0.0003, 0.25), [0.0003]),
        ((5, 0.05), []),
        ((2, 1, 0.5), []),
        ((5e6, 5, 4), [5e6]),
        ((0.3,), []),
        ((0, 0.3), []),
    ],
)
def test_a_price_off_by_a_thousand(values: tuple[float, ...], slips: list[float]) -> None:
    assert [c.values[0] for c in prices(*values)] == slips


def test_a_slip_is_of_one_series_of_prices() -> None:
    assert prices(0.3, 300, metric="revenue") == []
    one = say("2026-01-01", "post", 0.3, "$0.30", metric="price", unit="USD/1M tokens")
    other = say("2026-02-01", "post", 300.0, "$300", metric="price", unit="USD/unit")
    assert slip_checks([one, other]) == []


def test_the_newest_come_first() -> None:
    checks = [*prices(0.3, 300), *text({}, {"value": 14.2, "quote": "14.2%"})]
    assert [c.check for c in newest_first(checks)] == ["percentage", "unit-slip"]


@pytest.mark.parametrize(
    ("value", "words"), [(2.27e13, "22.7 trillion"), (0.25, "0.25"), (31000, "31,000"), (9e8, "900 million")]
)
def test_figures_in_words(value: float, words: str) -> None:
    assert amount(value) == words
