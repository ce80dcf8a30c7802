"""Whose money a shared word or a bare sign means."""

import pytest

from extract.quantities import find_quantities
from extract.units_loading import load_units

UNITS = load_units()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prices are in Canadian dollars. The plan costs $20 a month.", ["CAD/month"]),
        ("The Sydney firm (ASX: QQQ) sold $4 million in Australia, or US$2.6 million.", ["AUD", "USD"]),
        ("The Auckland firm, in New Zealand dollars, earned $40m and 5m dollars.", ["NZD", "NZD"]),
        ("A$2.5bn ($1.6bn) is what the Sydney miner paid in Australia.", ["AUD", "USD"]),
        ("In the U.S., Sydney's Canva charges Americans $15; in Australia, America says, $5.", ["USD", "USD"]),
        ("Hong Kong. Singapore. Taiwan. It costs $4.", ["USD"]),
        ("The group from Bogotá earned 214 billion pesos.", ["COP"]),
        ("The Santiago bank lent 40 million pesos.", ["CLP"]),
        ("In Manila it costs 250 pesos; in Mexico 90 pesos.", ["PHP", "MXN"]),
        ("In Mexico it pays 300 Argentine pesos.", ["ARS"]),
        ("The Danish brewer made 4 billion kroner, or 60 øre a share.", ["DKK", "DKK"]),
        ("It sold for 4 billion kroner.", ["NOK"]),
        ("It set aside 4 million kronor in Oslo and Malmö.", ["SEK"]),
        ("The loan was 7.2 billion crowns.", ["CZK"]),
        ("In Karachi it asks 500 rupees a month and Rs 40 a day.", ["PKR/month", "PKR/day"]),
        ("It earned Rs 40 crore in Pune.", ["INR"]),
        ("It is €2 a page, 40 cents a day.", ["EUR/page", "EUR/day"]),
        ("It is €42 a month, and 40 cents per million tokens against $3 per million tokens.",
         ["EUR/month", "USD/1M tokens", "USD/1M tokens"]),
        ("It costs €2 or 40 US cents.", ["EUR", "USD"]),
        ("It asks 900 yuan or 40 cents.", ["CNY", "USD"]),
        ("The Paris firm asks €1.20, then 40 centimes.", ["EUR", "EUR"]),
        ("The firm asks 3 francs and 40 centimes.", ["CHF", "CHF"]),
    ],
)  # fmt: skip
def test_home(text: str, expected: list[str]) -> None:
    found = find_quantities(text, UNITS)
    assert [q.unit for q in found if q.unit] == expected
    assert all(text[q.start : q.end] == q.text for q in found)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They pay 900 yen per seat and month.", 900, "JPY/month"),
        ("It costs eleven dollars a nurse a month.", 11, "USD/month"),
        ("It was 19,000 won per person a month.", 19000, "KRW/month"),
        ("It asks 4 pounds a driver a week.", 4, "GBP/week"),
        ("It is $2.10 per card and hour.", 2.1, "USD/hour"),
        ("It costs 0.12 yuan an image.", 0.12, "CNY/image"),
        ("It costs $10 per 1,000 queries.", 0.01, "USD/query"),
        ("It costs ₦20 a session.", 20, "NGN/session"),
        ("The fee is €18 an order.", 18, "EUR/order"),
        ("It is INR 5 per transaction.", 5, "INR/transaction"),
        ("It is 0.40 euros per conversation.", 0.4, "EUR/conversation"),
        ("It is 0.6 yuan per second of video.", 0.6, "CNY/second"),
        ("It is CNY 5,000 a tonne.", 5000, "CNY/tonne"),
        ("It is 80 paise per lakh tokens.", 8, "INR/1M tokens"),
        ("It is 2 dollars per phone.", 2, "USD/unit"),
        ("It is €9 apiece.", 9, "EUR/unit"),
        ("It cost 19.95 euros for half a year.", 19.95, "EUR"),
    ],
)
def test_what_a_price_is_for(text: str, value: float, unit: str) -> None:
    first = next(q for q in find_quantities(text, UNITS) if q.unit)
    assert (first.value, first.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It went from $1.10 to $1.45 in and $4.40 to $5.80 out.", [1.1, 1.45, 4.4, 5.8]),
        ("Its stock rose by the daily limit of 300 yen to 1,842 yen.", [300, 1842]),
        ("Subscribers rose by 12,000 to 96,000.", [12000, 96000]),
        ("It went from May's 4,400 to 8,900.", [4400, 8900]),
        ("Revenue will grow by 0% to 2%.", [(0, 2)]),
        ("It followed with increases of R$ 150 to R$ 600.", [(150, 600)]),
        ("Hosts ask anything from $1.49 to $1.87.", [(1.49, 1.87)]),
        ("It will ship 5 to 6 million and then 10 million to 12 million.", [(5e6, 6e6), (10e6, 12e6)]),
    ],
)
def test_range_or_move(text: str, expected: list[float | tuple[float, float]]) -> None:
    found = find_quantities(text, UNITS)
    assert [q.value if q.value_high is None else (q.value, q.value_high) for q in found] == expected


def test_us_dollars_said_once_are_meant_by_every_bare_sign() -> None:
    found = find_quantities("In Toronto, Canada: it is $2, U.S. dollars in all cases. Canada, $5.", UNITS)
    assert [q.unit for q in found] == ["USD", "USD"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Flash is 7 cents in and 28 out.", [0.07, 0.28]),
        ("The cost of a chat dropped from 11 cents to 4.", [0.11, 0.04]),
        ("RTX 4090s: 39 cents. In June it had been 31.", [0.39, 0.31]),
        ("It is 30 US cents for a million tokens in, 90 out.", [0.3, 0.9]),
        ("It costs 5 cents. It was 12 when he died.", [0.05, 12]),
        ("It costs 40 cents, and 12 people left.", [0.4, 12]),
        ("The Lagos firm doubled its fee from N10 to N20.", [2, 10, 20]),
        ("A family plan is R149 in South Africa, on an R1 model.", [149]),
        ("SK hynix closed at W1,985,000, profit W212trn.", [1985000, 212e12]),
    ],
)
def test_cents_and_letters(text: str, expected: list[float]) -> None:
    assert [q.value for q in find_quantities(text, UNITS)] == expected
