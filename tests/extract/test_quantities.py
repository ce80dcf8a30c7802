"""Quantities: what each written form stands for, what is none, and what must not change them."""

import re

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.quantities import find_quantities
from extract.records import Quantity
from extract.units import load_units

UNITS = load_units()


def show(quantity: Quantity) -> str:
    """A quantity in one line: value[..high] [unit] [/per] [qualifier] [direction]."""
    ends = [quantity.value] if quantity.value_high is None else [quantity.value, quantity.value_high]
    value = "..".join(f"{end / 1e6:g}M" if end >= 1e6 else f"{end:g}" for end in ends)
    per = f"/{quantity.per}" if quantity.per else None
    return " ".join(filter(None, [value, quantity.unit, per, quantity.qualifier, quantity.direction]))


def read(text: str) -> list[str]:
    return [show(quantity) for quantity in find_quantities(text, UNITS)]


MONEY = [
    ("It raised $1.2bn.", ["1200M USD"]),
    ("It costs US$7.24 now.", ["7.24 USD"]),
    ("NT$1.2 trillion, HK$625, A$2.5bn, C$3m, S$20 million, R$5 billion", [
        "1.2e+06M TWD", "625 HKD", "2500M AUD", "3M CAD", "20M SGD", "5000M BRL",
    ]),
    ("€1.2 bn, £60m, ₹2 lakh, ₩500, KRW 1.2tn, CHF1.2bn, SEK 38.20", [
        "1200M EUR", "60M GBP", "200000 INR", "500 KRW", "1.2e+06M KRW", "1200M CHF", "38.2 SEK",
    ]),
    ("RMB 600 mn, Rmb724m, RMB0.5, CNY 3bn, 3.2tn yuan, 600 million renminbi", [
        "600M CNY", "724M CNY", "0.5 CNY", "3000M CNY", "3.2e+06M CNY", "600M CNY",
    ]),
    ("Rs 500 crore; Rs. 1,20,000; ₹1 lakh crore; 2,000 rupees", [
        "5000M INR", "120000 INR", "1e+06M INR", "2000 INR",
    ]),
    ("39.8 billion yuan, 300 billion yen, 560 billion won, 40 million kronor, 12 billion roubles", [
        "39800M CNY", "300000M JPY", "560000M KRW", "40M SEK", "12000M RUB",
    ]),
    ("two billion dollars, 5 US dollars, 200 million Hong Kong dollars, 15 bucks", [
        "2000M USD", "5 USD", "200M HKD", "15 USD",
    ]),
    ("14 US cents, 52 cents, 50p, 5 jiao, 3 fen, 40¢", [
        "0.14 USD", "0.52 USD", "0.5 GBP", "0.5 CNY", "0.03 CNY", "0.4 USD",
    ]),
    ("Tokyo said ¥300 billion.", ["300000M JPY"]),
    ("Baidu of Beijing set aside ¥300 million.", ["300M CNY"]),
    ("500 million USD, 1.2bn SEK, 300 EUR", ["500M USD", "1200M SEK", "300 EUR"]),
    ("0.5 won in Korea, but all three won their races", ["0.5 KRW", "3"]),
    ("It weighs 12 pounds, a 3-pound fish, but costs 12 pounds.", ["12 pound", "3 pound", "12 GBP"]),
    ("用户3亿，收入1.2万亿元，价格0.8元，占35％", ["300M", "1.2e+06M CNY", "0.8 CNY", "35 percent"]),
]
PRICES = [
    ("$3 per million input tokens", ["3 USD/1M tokens"]),
    ("0.0005 yuan per thousand tokens", ["0.5 CNY/1M tokens"]),
    ("0.004505 yuan per 1,000 input tokens", ["4.505 CNY/1M tokens"]),
    ("$0.002 per 1K tokens and $0.000002 per token", ["2 USD/1M tokens", "2 USD/1M tokens"]),
    ("$15/M output, $1.10/M in, $5/MTok, $0.25/1M tokens", [
        "15 USD/1M tokens", "1.1 USD/1M tokens", "5 USD/1M tokens", "0.25 USD/1M tokens",
    ]),
    ("$3 a million tokens, $3 for a million tokens, $3 per 1 million cached input tokens", ["3 USD/1M tokens"] * 3),
    ("$30/$180 per million tokens", ["30 USD/1M tokens", "180 USD/1M tokens"]),
    ("1 yuan (14 US cents), 4 yuan and 16 yuan per million tokens", [
        "1 CNY", "0.14 USD", "4 CNY/1M tokens", "16 CNY/1M tokens",
    ]),
    ("US$1 per million input tokens and US$3.20 for output", ["1 USD/1M tokens", "3.2 USD/1M tokens"]),
    ("from 0.005 yuan to 0.001 yuan per thousand tokens", ["5 CNY/1M tokens", "1 CNY/1M tokens"]),
    ("from $34.61 to $39.80 an hour", ["34.61 USD/hour", "39.8 USD/hour"]),
    ("$2 an hour, $1.99/hr, $1.85 per GPU-hour, $2.10 per GPU per hour", [
        "2 USD/hour", "1.99 USD/hour", "1.85 USD/hour", "2.1 USD/hour",
    ]),
    ("$20 a month, $39 per user per month, $200/month, €19 monthly, a $20-a-month plan", [
        "20 USD/month", "39 USD/month", "200 USD/month", "19 EUR/month", "20 USD/month",
    ]),
    ("€48,000 a year, 1,999 rupees per annum", ["48000 EUR/year", "1999 INR/year"]),
    ("$30,000 apiece, $40 each, 5 dollars a piece, $300 per chip, 2.45 euros per H200", [
        "30000 USD/unit", "40 USD/unit", "5 USD/unit", "300 USD/unit", "2.45 EUR/unit",
    ]),
    ("2 yuan a kilo, $0.08 a gigabyte, $84.35 a barrel, $1,386 per TEU, 0.7 yuan per watt", [
        "2 CNY/kg", "0.08 USD/GB", "84.35 USD/barrel", "1386 USD/TEU", "0.7 CNY/W",
    ]),
    ("45 cents a share and $7 per share", ["0.45 USD", "7 USD"]),
    ("$1 billion a month and €60m per year flow", ["1000M USD /month", "60M EUR /year"]),
    ("$2.9 billion a year earlier, $30 a week ago", ["2900M USD", "30 USD"]),
    ("$602 million for the quarter", ["602M USD"]),
]
RATIOS = [
    ("5%, 9.6 per cent, 12 percent, 7 pct, 3.5 per-cent, 5 ％", [
        "5 percent", "9.6 percent", "12 percent", "7 percent", "3.5 percent", "5 percent",
    ]),
    ("1.6 pp, 2.5 percentage points, 150 basis points, 25bps, 3 ppts, half a percentage point", [
        "1.6 points", "2.5 points", "1.5 points", "0.25 points", "3 points", "0.5 points",
    ]),
    ("nine-tenths of a point, a quarter of a percentage point", ["0.9 points", "0.25 points"]),
    ("10x, 3.5x, 12-fold, tenfold, a thousandfold, ten times higher, three times the price", [
        "10 x", "3.5 x", "12 x", "10 x", "1000 x", "10 x up", "3 x",
    ]),
    ("sales doubled, trebled, quadrupled and nearly halved", ["2 x up", "3 x up", "4 x up", "0.5 x nearly down"]),
    ("twice the size, more than double the figure, half price, half as much, at half the usual rate", [
        "2 x", "2 x over", "0.5 x", "0.5 x", "0.5 x",
    ]),
    ("half of users, half the users, two-thirds of sales, a third of them, three quarters of it", [
        "50 percent", "50 percent", "66.6667 percent", "33.3333 percent", "75 percent",
    ]),
    ("it fell by a quarter and rose a third since May", ["25 percent down", "33.3333 percent up"]),
    ("one in five, four out of five, 3 in 10 adults, three buyers in ten", [
        "20 percent", "80 percent", "30 percent", "30 percent",
    ]),
    ("won five times, six times in ten days, downloaded 10 million times", ["5 time", "6 time", "10 day", "10M time"]),
    ("used three times a day", ["3 time /day"]),
    ("a quarter of what it cost", ["0.25 x"]),
]
COUNTS = [
    ("22.7 trillion tokens, 1.2T tokens, 3.2tn tokens, 4bn tokens", [
        "2.27e+07M tokens", "1.2e+06M tokens", "3.2e+06M tokens", "4000M tokens",
    ]),
    ("900 million weekly active users, 12k developers, 20 million paying subscribers", [
        "900M users /week", "12000 users", "20M users",
    ]),
    ("a 671B-parameter model, 7B parameters, 41,000 GPUs, 31 million API calls", [
        "671000M parameters", "7000M parameters", "41000 GPUs", "31M calls",
    ]),
    ("1.2 GW, 96 megawatts, 107 GWh, 80GB, 20 TB, 2.61m TEU, 12 kg", [
        "1200 MW", "96 MW", "107 GWh", "80 GB", "20 TB", "2.61M TEU", "12 kg",
    ]),
    ("2.41 crore customers and 6 lakh downloads", ["24.1M users", "600000 downloads"]),
    ("two and a half trillion tokens, half a million people, a dozen firms, twenty-three women", [
        "2.5e+06M tokens", "500000 person", "12 firm", "23 woman",
    ]),
    ("300 people, 43,000 volunteers, 12 foreign workers, a 12-storey block, five-year deals, 80,000 CoWoS wafers", [
        "300 person", "43000 volunteer", "12 worker", "12 storey", "5 year", "80000 wafers",
    ]),
    ("19 billion tokens every minute, 10,000 wafers a month, 1.1 trillion per day, 60 cars per week", [
        "19000M tokens /minute", "10000 wafers /month", "1.1e+06M /day", "60 car /week",
    ]),
    ("minus 12 degrees, 30°C, 130 mph, 46 meters, 100m hurdles", [
        "-12 degree", "30 °C", "130 mph", "46 metre", "100 metre",
    ]),
    ("12,5 % of 10 000 euros and 1\u202f234 units", ["12.5 percent", "10000 EUR", "1234 units"]),
    ("scored 30 points in 27 games", ["30 points", "27 game"]),
]
RANGES = [
    ("55-60%, 55%–60%, 55 to 60 per cent, 55%—60%", ["55..60 percent"] * 4),
    ("$5-$6 billion, $5–6 billion, $5bn to $6bn, $5 billion-$6 billion", ["5000M..6000M USD"] * 4),
    ("between 75,000 and 80,000 wafers a month", ["75000..80000 wafers /month"]),
    ("between $1.49 and $1.87 an hour", ["1.49..1.87 USD/hour"]),
    ("2.0 to 2.3 billion euros, 30-35 GWh, €172-178m", ["2000M..2300M EUR", "30..35 GWh", "172M..178M EUR"]),
    ("between one and two million users", ["1M..2M users"]),
    ("two or three weeks", ["2..3 week"]),
    ("from $5bn to $6bn", ["5000M USD", "6000M USD"]),
    ("rose from 55% to 60%", ["55 percent", "60 percent"]),
    ("ranging from 5% to 6%, anywhere from 10 to 50 times the tokens", ["5..6 percent", "10..50 x"]),
    ("slipped $4 to $1,920", ["4 USD down", "1920 USD"]),
    ("rose 5% to 247.8 billion yuan", ["5 percent up", "247800M CNY"]),
    ("beat them 4.12 trillion to 2.94 trillion", ["4.12e+06M", "2.94e+06M"]),
    ("3, 4 and 5 per cent; 10, 20 or 30 billion yuan", [
        "3 percent", "4 percent", "5 percent", "10 CNY", "20 CNY", "30000M CNY",
    ]),
    ("rose 3% and 5%, respectively", ["3 percent up", "5 percent up"]),
]
BOUNDS = [
    ("about 40%, around 40%, roughly 40%, some 40%, ~40%, c. 40%, approximately 40%", ["40 percent about"] * 7),
    ("nearly 40%, almost 40%, close to 40%, just under 40%, getting on for 40%", ["40 percent nearly"] * 5),
    ("more than 40%, over 40%, above 40%, exceeding 40%, north of 40%, upwards of 40%, topped 40%, just over 40%", [
        "40 percent over",
    ] * 8),
    ("less than 40%, under 40%, below 40%, fewer than 40%", ["40 percent under"] * 4),
    ("at least 40%, no less than 40%, a minimum of 40%, 40% or more", ["40 percent at_least"] * 4),
    ("up to 40%, as much as 40%, no more than 40%, at most 40%, 40% or less", ["40 percent up_to"] * 5),
    ("900m+ users, 70%+, $35bn-plus, fifty-plus", ["900M users over", "70 percent over", "35000M USD over", "50 over"]),
    ("450 million or so, $500 million or so a year", ["450M about", "500M USD /year about"]),
    ("about a third of it, over half of them, less than a fifth of sales", [
        "33.3333 percent about", "50 percent over", "20 percent under",
    ]),
    ("below the 37.9 billion yuan that was expected", ["37900M CNY"]),
    ("over three years, in the past 5 months, over 300 miles", ["3 year", "5 month", "300 mile over"]),
    ("it turned over $3bn and went up to 5%", ["3000M USD", "5 percent"]),
]
DIRECTIONS = [
    ("+33%, -5%, −5%, (+14.4%)", ["33 percent up", "5 percent down", "5 percent down", "14.4 percent up"]),
    ("up 11%, down 3%, rose by 5%, fell more than 5%, an increase of 4%, price cuts of up to 75%", [
        "11 percent up", "3 percent down", "5 percent up", "5 percent over down", "4 percent up", "75 percent up_to down",
    ]),
    ("a 40% cut, 20% off, 34% higher, 9% fewer, a 5% year-on-year rise, a 15% price increase", [
        "40 percent down", "20 percent down", "34 percent up", "9 percent down", "5 percent up", "15 percent up",
    ]),
    ("cut its API prices by about 40%", ["40 percent about down"]),
    ("growth had been 26%", ["26 percent up"]),
    ("rose to 5%, up from 3%", ["5 percent", "3 percent"]),
    ("a loss of 3%, a net loss of $3bn, a $3bn loss", ["3 percent down", "3000M USD", "3000M USD"]),
    ("raised $40bn, added 2.4 million subscribers, set up 20 offices", ["40000M USD", "2.4M users up", "20 office"]),
    ("$2 more, 2.8 points less, 3,000 fewer than in May", ["2 USD up", "2.8 points down", "3000 down"]),
    ("a fivefold increase, up threefold", ["5 x up", "3 x up"]),
]
TABLES = [MONEY, PRICES, RATIOS, COUNTS, RANGES, BOUNDS, DIRECTIONS]


@pytest.mark.parametrize(("text", "expected"), [case for table in TABLES for case in table])
def test_reads(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On March 23-29, 2026, on 3 May, by Nov. 17, in May 2024 and on 2026-03-15",
        "the 1st, 22nd and 25th of June; the 1990s; in 2025, since 2019; 2025-26; '26",
        "at 4:30 pm, 12.30am, 6pm, 0915 GMT, 9 o'clock",
        "1Q26, Q4 2025, 2H25, FY2026, FY27",
        "GLM-5, Qwen3-235B, DeepSeek V3.2, Step 3.5 Flash, H100, DDR5, GPT-4, iPhone 17, Llama 4 Maverick, B200",
        "Windows 11 users, iPhone 17 models, the S&P 500, Chapter 11, Phase 3 trials, Section 230, No. 7, the top 10",
        "won 3-1, lost 112-105, a 5-4 vote, 24/7, 16:9, 3:1, 1/2, 4x4, 9/11",
        "Zhipu (2513 HK), 02513.HK, 2330.TW, 373220 KS",
        "see https://example.org/2024/12/5000-users or write to desk42@news.example",
        "version 3.2.1, ISO 9001, call 555-0100, +44 20 7946 0958",
        "1. Lenovo\n2. HP\n[12]",
        "a third party, the first half, the fourth quarter, Big Four, one of them, no one",
        "double-digit growth, doubled down, the doubles title, won twice, twice a week",
        "tens of billions, several million, a few thousand, dozens, hundreds of users",
    ],
)
def test_no_quantity(text: str) -> None:
    assert read(text) == []


def test_span_covers_the_whole_expression() -> None:
    text = "It asks about US$3.20 per million cached input tokens, up 11.2% on the week."
    price, change = find_quantities(text, UNITS)
    assert price.text == "US$3.20 per million cached input tokens"
    assert change.text == "11.2%"


def test_rounding_follows_magnitude_and_unit() -> None:
    text = "3.96 trillion tokens at 0.0005 yuan per thousand tokens and 120 billion calls"
    assert [quantity.rounding for quantity in find_quantities(text, UNITS)] == [1e10, 0.1, 1e10]


def test_a_line_break_ends_a_count_but_not_a_sum() -> None:
    assert read("It made 39.8\nbillion yuan") == ["39800M CNY"]
    assert read("Orders: 12\n\nVisitors came") == ["12"]


def test_table_cells_stand_alone() -> None:
    assert read("Model | Input | Output\nAlpha | 2.50 | 15.00\nBeta | 0.25 | 10%") == [
        "2.5", "15", "0.25", "10 percent",
    ]  # fmt: skip


TEXTS = [text for table in TABLES for text, _ in table]
NOISE = [
    ("non-breaking spaces", lambda text: text.replace(" ", "\u00a0")),
    ("thin spaces", lambda text: text.replace(" ", "\u202f")),
    ("doubled spaces", lambda text: text.replace(" ", "  ")),
    ("curly quotes", lambda text: text.replace("'", "\u2019")),
    ("figure dashes", lambda text: text.replace("-", "\u2012")),
    ("non-breaking hyphens", lambda text: text.replace("-", "\u2011")),
    ("Windows line ends", lambda text: f"First line.\r\n{text}\r\nLast line.\r\n"),
    ("full-width digits", lambda text: re.sub(r"(?<![\w.,-])\d+(?=%)", lambda m: m.group().translate(FULL), text)),
]
FULL = {ord("0") + i: 0xFF10 + i for i in range(10)}


@pytest.mark.parametrize(("name", "noise"), NOISE, ids=[name for name, _ in NOISE])
def test_typography_changes_nothing(name: str, noise) -> None:  # type: ignore[no-untyped-def]
    assert [read(noise(text)) for text in TEXTS] == [read(text) for text in TEXTS]


PIECES = st.sampled_from(
    [*re.findall(r"\S+", " ".join(TEXTS)), "\n", "\n\n", "(", ")", "|", "—", "£", "1,2", "'26", "½", "\u00a0", "万", "/"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES, max_size=12).map("".join) | st.text())
def test_offsets_give_the_text_back_in_order(text: str) -> None:
    end = 0
    for quantity in find_quantities(text, UNITS):
        assert end <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.value_high is None or quantity.value_high > quantity.value
        end = quantity.end


@given(st.integers(min_value=2, max_value=999), st.sampled_from([("million", 1e6), ("bn", 1e9), ("trillion", 1e12)]))
def test_notations_agree(number: int, magnitude: tuple[str, float]) -> None:
    word, factor = magnitude
    for text in (f"${number} {word}", f"{number} {word} dollars", f"US${number}{word}", f"{number} {word} USD"):
        (quantity,) = find_quantities(f"It spent {text} on it.", UNITS)
        assert (quantity.value, quantity.unit) == (number * factor, "USD")


@given(st.text(alphabet="abc 19.%$\n-", max_size=60), st.sampled_from(TEXTS))
def test_a_paragraph_does_not_change_the_next(before: str, text: str) -> None:
    alone = read(text)
    assert read(f"{before}\n\n{text}")[-len(alone) :] == alone


def test_component_sets_the_extension() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("beatbook_quantities")
    doc = nlp("Usage rose 11.2% to 22.7 trillion tokens.")
    assert [quantity.text for quantity in doc._.quantities] == ["11.2%", "22.7 trillion tokens"]
