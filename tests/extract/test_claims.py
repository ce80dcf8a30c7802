"""Constructions that must be read right, one clear text each, and what a claim carries beside its figure."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from crawler.article import Article
from extract.pipeline import build_nlp, claims_of
from extract.records import Claim

PUBLISHED = date(2026, 3, 30)
Read = Callable[..., tuple[Claim, ...]]


@pytest.fixture(scope="module")
def read() -> Read:
    """The claims of a text, published on the day of these tests."""
    nlp = build_nlp()

    def reading(text: str, title: str = "") -> tuple[Claim, ...]:
        article = Article("https://news.example/1", title, text, published=PUBLISHED.isoformat())
        return claims_of(nlp, article, PUBLISHED)

    return reading


def blocks() -> list[tuple[str, str, list[str]]]:
    """The name, the text and the claims of every construction in claims.txt."""
    found = []
    for block in Path(__file__).with_name("claims.txt").read_text(encoding="utf-8").split("\n\n"):
        name, *lines = [line for line in block.splitlines() if not line.startswith("#")] or [""]
        if lines:
            text = "\n".join(line for line in lines if not line.startswith("> "))
            claims = [line[2:] for line in lines if line.startswith("> ")]
            found.append((name.strip("[]"), text.replace(" ¶ ", "\n\n"), claims))
    return found


def line_of(claim: Claim) -> str:
    """A claim as the blocks write it."""
    figure = [claim.direction or ""] if claim.kind == "change" else []
    if claim.value is not None:
        high = "" if claim.value_high is None else f"-{claim.value_high:g}"
        figure.append(f"{claim.value:g}{high}")
    figure.append(claim.unit or "")
    parts = (
        claim.subject,
        claim.metric,
        claim.kind,
        " ".join(filter(None, figure)),
        "denied" * claim.negated,
    )
    return " | ".join(filter(None, parts))


BLOCKS = blocks()


def test_the_table_is_whole() -> None:
    assert len(BLOCKS) >= 70
    assert len({name for name, _, _ in BLOCKS}) == len(BLOCKS)


@pytest.mark.parametrize(
    ("text", "claims"), [pytest.param(text, claims, id=name) for name, text, claims in BLOCKS]
)
def test_construction(text: str, claims: list[str], read: Read) -> None:
    assert sorted(map(line_of, read(text))) == sorted(claims)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Nvidia's revenue rose 73% year on year in 1Q26.", "basis", "yoy"),
        ("Nvidia's revenue rose 73% year on year in 1Q26.", "period", ("2026-01-01", "2026-03-31")),
        ("PC DRAM contract prices rose 15% quarter on quarter.", "basis", "qoq"),
        ("Usage of Qwen3-Max was up 34% on the week.", "basis", "wow"),
        ("Doubao processed 63 trillion tokens a day in February.", "per", "day"),
        ("Doubao processed 63 trillion tokens a day in February.", "period", ("2026-02-01", "2026-02-28")),
        ("ChatGPT has 900 million weekly active users.", "per", "week"),
        ("DeepSeek V3.2 processed 812 billion tokens last week.", "period", ("2026-03-23", "2026-03-29")),
        ("Amazon plans to invest $200bn in 2027.", "period", ("2027-01-01", "2027-12-31")),
        ("OpenAI aims to reach annualised revenue of $50 billion by 2027.", "period", (None, "2027-12-31")),
        ("OpenAI aims to reach annualised revenue of $50 billion by 2027.", "modality", "target"),
        ("Gartner expects revenue of TSMC to grow 30% in 2027.", "modality", "forecast"),
        ("Tencent Cloud will raise the price of Hunyuan by 20% from April 13.", "modality", "plan"),
        ("Anthropic is reportedly in talks to raise $30 billion.", "modality", "rumor"),
        ("Micron posted a net profit of $5.2 billion.", "modality", "reported"),
        ("Smartphone shipments fell 13%, Counterpoint said.", "source", "Counterpoint"),
        ("According to TrendForce, NAND Flash contract prices rose 40%.", "source", "TrendForce"),
        ("NAND Flash contract prices rose 40%.", "source", None),
        ("OpenAI cut the input price of GPT-5 from $2.50 to $1.25 per million tokens.", "previous", 2.5),
        ("OpenAI cut the input price of GPT-5 from $2.50 to $1.25 per million tokens.", "direction", "down"),
        ("Nvidia expects revenue of about $78 billion.", "qualifier", "about"),
        ("Cursor has more than 2 million users.", "qualifier", "over"),
    ],
)
def test_what_a_claim_carries(text: str, field: str, value: object, read: Read) -> None:
    (claim,) = read(text)
    assert getattr(claim, field) == value


def test_evidence_is_given_to_the_letter(read: Read) -> None:
    text = "Nothing here.\n\nUsage of Doubao hit\u00a063tn tokens a day — “up  18%” — in March."
    claims = read(text)
    assert claims
    for claim in claims:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote in claim.sentence in text
        assert claim.rules and 0 < claim.confidence <= 1 and claim.field == "text"


def test_a_title_adds_only_what_the_text_does_not_say(read: Read) -> None:
    said = read("Micron posted a net profit of $5.2 billion.", title="Micron posts $5.2 billion net profit")
    assert [claim.field for claim in said] == ["text"]


def test_the_same_text_gives_the_same_claims(read: Read) -> None:
    text = "Anthropic is reportedly in talks to raise $30 billion at a valuation of $350 billion."
    assert read(text) == read(text) != ()


def test_a_text_without_words_makes_no_claims(read: Read) -> None:
    for text in ("", " ", "\n\n", "—", "5%"):
        assert read(text) == ()
