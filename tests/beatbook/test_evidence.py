"""The page of claims beside their evidence."""

from hypothesis import given
from hypothesis import strategies as st

from beatbook.evidence import page, pieces
from crawler.article import Article
from extract.records import Claim

TEXT = "Halcyon AI cut a price.\n\nHalcyon 3 costs $2 per million tokens, down from $3."


def claim(quote: str, field: str = "text", text: str = TEXT, **more: object) -> Claim:
    start = text.index(quote)
    return Claim(
        "Halcyon 3",
        "price_input",
        "level",
        2.0,
        "USD/1M tokens",
        quote,
        TEXT,
        field,
        start,
        start + len(quote),
        **more,  # type: ignore[arg-type]
    )


def test_evidence_is_marked_and_leads_to_its_claim_and_back() -> None:
    html = page(
        [("a.txt", Article("https://ledger.example/a", "A cut", TEXT), [claim("$2 per million tokens")])]
    )
    assert '<mark id="e1-1">$2 per million tokens<a href="#c1-1">1</a></mark>, down from' in html
    assert '<li id="c1-1"><a href="#e1-1">1</a> Halcyon 3 price_input 2 USD/1M tokens' in html


def test_evidence_in_the_title_is_marked() -> None:
    html = page([("a", Article("", "Price of $2", TEXT), [claim("$2", "title", "Price of $2")])])
    assert "<h1>Price of <mark" in html


def test_markup_of_an_article_is_text() -> None:
    text = "<img src=x onerror=alert(1)> costs $2."
    html = page([("a", Article("javascript:alert(1)", "<b>x</b>", text), [claim("$2", text=text)])])
    assert "<img" not in html
    assert "<b>x" not in html
    assert "javascript:" not in html


def test_rules_are_told_when_asked_for() -> None:
    made = claim("$2", rules=("cue:costs",))
    article = Article("", "T", TEXT)
    assert "cue:costs" in page([("a", article, [made])], explain=True)
    assert "cue:costs" not in page([("a", article, [made])])


def test_an_article_without_claims_and_a_page_without_articles() -> None:
    assert "No claims." in page([("a", Article("", "T", TEXT), [])])
    assert "No articles." in page([])


@given(
    st.text(max_size=40),
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6),
)
def test_pieces_put_together_are_the_text(text: str, offset: int, ends: list[tuple[int, int]]) -> None:
    spans = [(number, min(a, b), max(a, b)) for number, (a, b) in enumerate(ends, 1)]
    cut = pieces(text, offset, spans)
    assert "".join(piece.text for piece in cut) == text
    at = offset
    for piece in cut:
        end = at + len(piece.text)
        assert piece.claims == tuple(
            n for n, start, stop in spans if start <= at and end <= stop and at < end
        )
        at = end
