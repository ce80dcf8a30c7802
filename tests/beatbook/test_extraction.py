"""`beatbook extract`: the public fields of claims and layers, offsets to the letter, the page of evidence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from beatbook.cli import main

TITLE = "OpenAI cuts a price"
TEXT = (
    "OpenAI cut the input price of GPT-5 to $1.25 per million tokens from $2.50 on Monday.\n\n"
    "Usage of DeepSeek reached 22.7 trillion tokens in the week of March 23-29, up 11.2% week-over-week, "
    "according to OpenRouter."
)
CLAIM = [
    "article",
    "subject",
    "metric",
    "kind",
    "value",
    "value_high",
    "unit",
    "previous",
    "direction",
    "qualifier",
    "per",
    "scope",
    "basis",
    "period",
    "modality",
    "negated",
    "source",
    "quote",
    "sentence",
    "field",
    "start",
    "end",
    "confidence",
    "rounding",
]
LAYERS = {
    "names": ["article", "start", "end", "text", "name", "kind", "owner", "how"],
    "quantities": [
        "article",
        "start",
        "end",
        "text",
        "value",
        "value_high",
        "unit",
        "per",
        "qualifier",
        "direction",
        "rounding",
    ],
    "periods": ["article", "start", "end", "text", "period", "kind"],
}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(f"{TITLE}\n\n{TEXT}\n", encoding="utf-8")
    return path


def extract(*arguments: object) -> list[dict[str, object]]:
    result = CliRunner().invoke(main, ["extract", *map(str, arguments), "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_claims_have_the_public_fields_and_offsets_to_the_letter(article: Path) -> None:
    claims = extract(article, "--published", "2026-03-30")
    assert claims
    for claim in claims:
        assert list(claim) == CLAIM
        assert claim["article"] == str(article)
        field = {"text": TEXT, "title": TITLE}[str(claim["field"])]
        assert field[claim["start"] : claim["end"]] == claim["quote"]  # type: ignore[misc]
    (tokens,) = [claim for claim in claims if claim["metric"] == "tokens" and claim["kind"] == "level"]
    assert (tokens["value"], tokens["unit"]) == (22_700_000_000_000, "tokens")
    assert tokens["period"] == ["2026-03-23", "2026-03-29"]


@pytest.mark.parametrize("layer", LAYERS)
def test_layers_have_their_fields_and_offsets_to_the_letter(layer: str, article: Path) -> None:
    rows = extract(article, "--layer", layer, "--published", "2026-03-30")
    assert rows
    for row in rows:
        assert list(row) == LAYERS[layer]
        assert TEXT[row["start"] : row["end"]] == row["text"]  # type: ignore[misc]


def test_an_article_s_own_date_wins_over_that_of_the_call(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"id": "a1", "title": TITLE, "text": TEXT, "published": "2025-04-07"}))
    (row,) = [
        row
        for row in extract(path, "--layer", "periods", "--published", "2026-03-30")
        if "23" in str(row["text"])
    ]
    assert row["article"] == "a1"
    assert row["period"] == ["2025-03-23", "2025-03-29"]


def test_several_articles_keep_their_own_ids_and_order(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"id": f"n{number}", "title": TITLE, "text": TEXT, "published": "2026-03-30"} for number in range(3)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    ids = list(dict.fromkeys(claim["article"] for claim in extract(path)))
    assert ids == ["n0", "n1", "n2"]


def test_rules_are_told_when_asked_for(article: Path) -> None:
    assert all("rules" in claim for claim in extract(article, "--explain"))


def test_words_of_one_s_own_are_known(tmp_path: Path) -> None:
    words, text = tmp_path / "words.toml", tmp_path / "a.txt"
    words.write_text(
        '[[vendor]]\nname = "zorblat"\ncountry = "US"\nexample = "Yesterday zorblat raised prices."\n'
    )
    text.write_text("Yesterday zorblat raised prices by 5%.\n")
    known = extract(text, "--layer", "names", "--vocabulary", words)
    assert [(row["name"], row["kind"], row["how"]) for row in known] == [("zorblat", "vendor", "vocabulary")]


def test_a_table_is_for_people_and_names_the_article(article: Path) -> None:
    result = CliRunner().invoke(main, ["extract", str(article), "--published", "2026-03-30"])
    assert result.exit_code == 0
    assert TITLE in result.stdout
    assert "22.7 trillion tokens" in result.stdout


def test_a_page_of_evidence(article: Path) -> None:
    result = CliRunner().invoke(main, ["extract", str(article), "--format", "html"])
    assert result.exit_code == 0
    assert result.stdout.startswith("<!DOCTYPE html>")
    assert "<mark" in result.stdout
    refused = CliRunner().invoke(main, ["extract", str(article), "--format", "html", "--layer", "names"])
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)


def test_read_prints_the_article_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang=en><head><title>Prices | X</title></head><body><article><h1>Prices</h1>"
        f"<p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    )
    result = CliRunner().invoke(main, ["read", str(page), "--url", "https://x.example/prices"])
    assert result.exit_code == 0, result.output
    read = json.loads(result.stdout)
    assert list(read) == [
        "url",
        "title",
        "text",
        "authors",
        "published",
        "updated",
        "site",
        "language",
        "tables",
    ]
    assert (read["url"], read["title"]) == ("https://x.example/prices", "Prices")


def test_read_says_what_is_wrong_with_a_page_without_an_article(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>No.</p></body></html>")
    result = CliRunner().invoke(main, ["read", str(page), "--url", "https://x.example/a"])
    assert result.exit_code == 2
    assert json.loads(result.stdout) == {"url": "https://x.example/a", "error": "no text"}
