"""Another beat is another vocabulary: container shipping, read with a file of words and no code touched."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from beatbook.cli import main

HERE = Path(__file__).parent
WORDS, ARTICLE = HERE / "shipping.toml", HERE / "shipping.txt"
CLAIMS: list[tuple[object, ...]] = [
    ("transpacific", "price", "change", 12, "percent", "up"),
    ("transpacific", "price", "level", 2840, "USD/FEU", None),
    ("Asia-Europe", "price", "change", 4, "percent", "down"),
    ("Asia-Europe", "price", "level", 2310, "USD/FEU", None),
    ("Maersk", "shipments", "level", 3_100_000, "FEU", None),
    ("Maersk", "shipments", "change", 6, "percent", "up"),
    ("Maersk", "revenue", "level", 13_100_000_000, "USD", None),
    ("Hapag-Lloyd", "profit", "level", 480_000_000, "USD", None),
    ("Hapag-Lloyd", "price", "change", 15, "percent", "up"),
    ("MSC", "capacity", "level", 6_800_000, "TEU", None),
    ("COSCO Shipping", "revenue", "level", 55_200_000_000, "CNY", None),
    ("Ocean Network Express", "price", "change", 9, "percent", "down"),
    ("Gemini Cooperation", "share", "level", 22, "percent", None),
]


def extract(*options: str) -> list[dict[str, Any]]:
    call = ["extract", str(ARTICLE), "--published", "2026-04-17", "--format", "jsonl", *options]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def cores(claims: list[dict[str, Any]]) -> set[tuple[object, ...]]:
    """What identifies claims; the direction is that of changes only."""
    names = ("subject", "metric", "kind", "value", "unit")
    return {(*(c[n] for n in names), c["direction"] if c["kind"] == "change" else None) for c in claims}


@pytest.fixture(scope="module")
def with_words() -> list[dict[str, Any]]:
    return extract("--vocabulary", str(WORDS))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim[0]} {claim[1]} {claim[3]}")
def test_the_beat_is_read(claim: tuple[object, ...], with_words: list[dict[str, Any]]) -> None:
    assert claim in cores(with_words)


def test_the_words_of_the_trade_are_what_makes_the_difference(with_words: list[dict[str, Any]]) -> None:
    without = cores(extract())
    assert len(without.intersection(CLAIMS)) <= len(CLAIMS) - 4
    subjects = {subject for subject, *_ in without}
    assert not {"COSCO Shipping", "transpacific"} & subjects


def test_research_firms_of_the_beat_are_credited(with_words: list[dict[str, Any]]) -> None:
    assert {"Drewry", "Linerlytica"} <= {claim["source"] for claim in with_words}


def test_the_file_is_good_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    good = CliRunner().invoke(main, ["vocabulary", "check", str(WORDS)])
    assert (good.exit_code, good.stderr) == (0, "")
    assert "5 vendor, 2 market, 1 group, 2 organisation, 4 cue" in good.stdout
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(WORDS.read_text(encoding="utf-8").replace('country = "Denmark"', 'flag = "Denmark"'))
    found = CliRunner().invoke(main, ["vocabulary", "check", str(WORDS), str(wrong)])
    assert found.exit_code == 1
    assert found.stderr.splitlines()[0].startswith("wrong.toml [[vendor]] 'Maersk': unknown key 'flag'")
    refused = CliRunner().invoke(main, ["extract", str(ARTICLE), "--vocabulary", str(wrong)])
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)


def test_a_currency_is_one_entry(tmp_path: Path) -> None:
    words, article = tmp_path / "words.toml", tmp_path / "article.txt"
    words.write_text(
        '[[currency]]\ncode = "ZMW"\nwords = ["kwacha"]\nexample = "It costs 500 kwacha."\n', encoding="utf-8"
    )
    article.write_text("Prices\n\nKafue Cloud revenue rose to 3 billion kwacha in 2025.\n", encoding="utf-8")
    call = [
        "extract",
        str(article),
        "--published",
        "2026-05-05",
        "--format",
        "jsonl",
        "--vocabulary",
        str(words),
    ]
    (claim,) = [json.loads(line) for line in CliRunner().invoke(main, call).stdout.splitlines()]
    assert (claim["metric"], claim["value"], claim["unit"]) == ("revenue", 3e9, "ZMW")
