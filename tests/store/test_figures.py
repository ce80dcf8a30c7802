import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sightings_made import change, say

from store.figures import Figure, about, agree, compatible, figure_of, same_figure, step_of


@pytest.mark.parametrize(
    ("value", "quote", "step"),
    [
        (3.96e12, "3.96 trillion tokens", 1e10),
        (4e12, "4 trillion", 1e12),
        (4.0e12, "4.0 trillion", 1e11),
        (2.27e13, "22.7万亿", 1e11),
        (5e9, "Rs 500 crore", 1e7),
        (0.3, "$0.30", 0.01),
        (0.3, "$0.3", 0.1),
        (3.0, "$0.003 per thousand", 1.0),
        (1200, "1.2 GW", 100.0),
        (0.25, "25 bps", 0.01),
        (12000, "12,000 GPUs", 1000.0),
        (12345, "12,345 GPUs", 1.0),
        (90, "from 55-60% to 90-95%", 1.0),
        (100, "10 models for $100", 1.0),
        (400e6, "", 1e7),
        (61.4e6, "", 1e5),
        (20, "twenty", 2.0),
        (0, "free", 0.0),
    ],
)
def test_the_last_digit_written_says_how_a_figure_is_rounded(value: float, quote: str, step: float) -> None:
    assert step_of(value, quote) == pytest.approx(step)


Told = tuple[float, str, dict[str, Any]]
OVER, UNDER, ABOUT, NEARLY = ({"qualifier": q} for q in ("over", "under", "about", "nearly"))
PRICE = {"metric": "price_input", "unit": "USD/1M tokens"}


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ((3.96e12, "3.96 trillion", {}), (3.955e12, "3.955 trillion", {}), True),
        ((3.96e12, "3.96 trillion", {}), (3.9651e12, "3.9651 trillion", {}), False),
        ((4e12, "4 trillion", {}), (3.96e12, "3.96 trillion", {}), True),
        ((2.7e13, "27 trillion", {}), (2.8e13, "28 trillion", {}), False),
        ((3e9, "$3 billion", {}), (2.5e9, "$2.5 billion", {}), False),
        ((2e9, "$2 billion", {}), (2.5e9, "$2.5 billion", {}), False),
        ((11, "11%", {}), (11.2, "11.2%", {}), True),
        ((20e6, "over 20 million", OVER), (21.3e6, "21.3 million", {}), True),
        ((20e6, "over 20 million", OVER), (19.3e6, "19.3 million", {}), False),
        ((20e6, "over 20 million", OVER), (20e6, "under 20 million", UNDER), False),
        ((20e6, "nearly 20 million", NEARLY), (19.3e6, "19.3 million", {}), True),
        ((20e6, "nearly 20 million", NEARLY), (20.9e6, "20.9 million", {}), False),
        ((4e12, "about 4 trillion", ABOUT), (3.8e12, "3.80 trillion", {}), True),
        ((4e12, "about 4 trillion", ABOUT), (5e12, "5.00 trillion", {}), False),
        ((55, "55-60%", {"value_high": 60}), (58, "58%", {}), True),
        ((55, "55-60%", {"value_high": 60}), (62, "62%", {}), False),
        ((3, "$3", PRICE), (2.6, "$2.60", PRICE), False),
        ((3, "$3", PRICE), (3.0, "$3.00", PRICE), True),
        ((15, "$15", PRICE), (14.99, "$14.99", PRICE), True),
        ((1, "top", {"kind": "rank"}), (2, "second", {"kind": "rank"}), False),
        ((-5.12e8, "$512 million", {}), (-5.1e8, "$510 million", {}), False),
    ],
)
def test_figures_agree_where_one_number_can_be_behind_both(one: Told, other: Told, together: bool) -> None:
    a, b = (say("2026-04-01", "post", value, quote, **more) for value, quote, more in (one, other))
    assert agree(a, b, ranges=True) is together
    assert agree(b, a, ranges=True) is together


def test_a_range_moved_is_a_new_figure_though_both_may_be_right() -> None:
    a = change("2026-01-05", "post", 55, "55-60%", value_high=60)
    b = change("2026-01-05", "post", 58, "58-62%", value_high=62)
    assert not agree(a, b)
    assert agree(a, b, ranges=True)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (change("2026-04-01", "a", 3, "tripled", unit="x"), change("2026-04-01", "b", 200, "200%"), True),
        (change("2026-04-01", "a", 2, "doubled", unit="x"), change("2026-04-01", "b", 300, "300%"), False),
        (
            change("2026-04-01", "a", 0.5, "halved", unit="x", direction="down"),
            change("2026-04-01", "b", 50, "50%", direction="down"),
            True,
        ),
        (change("2026-04-01", "a", 5, "5%"), change("2026-04-01", "b", 5, "5%", direction="down"), False),
        (change("2026-04-01", "a", None, "rose"), change("2026-04-01", "b", 5, "5%"), True),
        (
            change("2026-04-01", "a", None, "rose"),
            change("2026-04-01", "b", None, "fell", direction="down"),
            False,
        ),
        (
            change("2026-04-01", "a", None, "flat", direction="flat"),
            change("2026-04-01", "b", 0.4, "0.4%"),
            True,
        ),
        (
            change("2026-04-01", "a", None, "flat", direction="flat"),
            change("2026-04-01", "b", 7, "7%"),
            False,
        ),
        (change("2026-04-01", "a", 5, "5%"), change("2026-04-01", "b", 2, "2 points", unit="points"), True),
    ],
)
def test_changes_are_compared_with_their_sign(one: Any, other: Any, together: bool) -> None:
    assert agree(one, other) is together
    assert agree(other, one) is together


numbers = st.floats(1e-3, 1e15).map(lambda x: float(f"{x:.4g}"))
figures = st.builds(
    lambda low, width, slack, strict, above, below: Figure(
        low, low * (1 + width), slack * low, strict, above, below
    ),
    numbers,
    st.sampled_from([0.0, 0.0, 0.2, math.inf]),
    st.sampled_from([0.0, 0.001, 0.05, 0.3]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(figures, figures)
def test_compatible_is_mutual_and_weaker_than_the_same_figure(a: Figure, b: Figure) -> None:
    assert compatible(a, b) == compatible(b, a)
    assert same_figure(a, b) == same_figure(b, a)
    assert compatible(a, b) or not same_figure(a, b)


@given(numbers, st.integers(1, 6))
def test_a_number_agrees_with_its_own_rounding(number: float, digits: int) -> None:
    """Half a step and no more: whatever a number is rounded to, the two agree."""
    rounded = float(f"{number:.{digits}g}")
    exact = about(number, f"{number:f}")
    step = 10.0 ** (math.floor(math.log10(rounded)) - digits + 1)
    coarse = Figure(rounded, rounded, step / 2)
    assert compatible(exact, coarse)


@given(numbers, st.sampled_from([None, "about", "nearly", "over", "under", "at_least", "up_to"]))
def test_a_claim_agrees_with_itself(value: float, qualifier: str | None) -> None:
    s = say("2026-04-01", "post", value, f"{value}", qualifier=qualifier)
    figure = figure_of(s)
    assert figure is not None and figure.low <= figure.high
    assert agree(s, s)
