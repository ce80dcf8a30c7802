"""Heads: a magnitude or unit said once for a column, a row, a table, labelled lines or a sentence."""

import pytest

from extract.quantities import find_quantities
from extract.units_loading import load_units

UNITS = load_units()


def read(text: str) -> list[tuple[float, str | None]]:
    return [(q.value, q.unit) for q in find_quantities(text, UNITS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Vendor | Units (m) | Share\nBravo | 17.2 | 26.1%\nDelta | 13.6 | 20.6%",
            [(17.2e6, None), (26.1, "percent"), (13.6e6, None), (20.6, "percent")],
        ),
        (
            "€ million | H1 2026 | H1 2025\nSales | 1,912 | 1,768\nNet result | -14 | 52\nEmployees | 98 | 94",
            [(1912e6, "EUR"), (1768e6, "EUR"), (-14e6, "EUR"), (52e6, "EUR"), (98, None), (94, None)],
        ),
        (
            "Maker | 2Q26 | Share\nBravo | 11.90 | 31\nRevenue in US$ billion.",
            [(11.9e9, "USD"), (31, None)],
        ),
        (
            "Rank | Company | Revenue (US$ m)\n9 | Bravo | 371\n10 | Delta | 352",
            [(9, None), (371e6, "USD"), (10, None), (352e6, "USD")],
        ),
        ("Shipments in millions.\n\nMaker | Units\nBravo | 13.2", [(13.2e6, None)]),
        ("Maker | Tokens (trillion)\nBravo | 2.4", [(2.4e12, None)]),
        (
            "Thing | Today\nSilicon (yuan/kg) | 52.30\nWafer (yuan/piece) | 1.31",
            [(52.3, "CNY/kg"), (1.31, "CNY/unit")],
        ),
        (
            "USD per million tokens\nModel | In\nBravo 2 | 0.96",
            [(0.96, "USD/1M tokens")],
        ),
        (
            "Key figures (€ million)\n\nRevenue: 3,662 (before: 3,943)\nResult: 655\n\nIt has 12 halls.",
            [(3662e6, "EUR"), (3943e6, "EUR"), (655e6, "EUR"), (12, "hall")],
        ),
        ("(EUR bn)\nSales: 4.2\nUsers: 3", [(4.2e9, "EUR"), (3, None)]),
        (
            "Revenue (in millions of dollars) was 135.5, up from 120.1. It has 300 left.",
            [(135.5e6, "USD"), (120.1e6, "USD"), (300, None)],
        ),
        ("Operating profit in RMB mn: 412, after 300", [(412e6, "CNY"), (300e6, "CNY")]),
    ],
)
def test_a_head_holds_for_what_stands_under_it(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It brought in millions of dollars and hired 300.",
        "Losses ran in the millions; 300 were left.",
        "It cost $5 million and 300 came.",
        "Some of the millions of dollars went to 300 of them.",
        "Vendor | Units\nBravo | 300",
    ],
)
def test_no_head(text: str) -> None:
    assert (300, None) in read(text)


def test_figures_with_a_unit_of_their_own_keep_it() -> None:
    table = "Item (US$ m) | 2025\nSales | 5 billion yuan\nMargin | 12%\nHalls | 3m"
    assert read(table) == [(5e9, "CNY"), (12, "percent"), (3e6, None)]


def test_offsets_are_those_of_the_text() -> None:
    text = "€ million  |  H1\nSales  |  1,912"
    (sales,) = find_quantities(text, UNITS)
    assert text[sales.start : sales.end] == "1,912"
