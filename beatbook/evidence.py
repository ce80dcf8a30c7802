"""One page of HTML with articles, the evidence of each claim marked in them, and the claims beside. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from beatbook.templates import render
from beatbook.wording import period, said
from crawler.article import Article
from extract.records import Claim


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the numbers of the claims (from 1) whose evidence it is part of."""

    text: str
    claims: tuple[int, ...]
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """An article as the page shows it; ``paragraphs`` and ``title`` are cut where evidence starts or ends."""

    name: str
    url: str | None
    about: str
    title: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    claims: tuple[tuple[int, str, str, Claim], ...]


def pieces(text: str, offset: int, spans: Sequence[tuple[int, int, int]]) -> tuple[Piece, ...]:
    """Cuts ``text``, which starts at ``offset`` of its field, at the ends of ``spans`` (number, start,
    end)."""
    end = offset + len(text)
    inside = [span for span in spans if span[1] < end and span[2] > offset]
    cuts = sorted({offset, end, *(c for _, s, e in inside for c in (s, e) if offset < c < end)})
    return tuple(
        Piece(
            text[a - offset : b - offset],
            tuple(number for number, s, e in inside if s <= a and b <= e),
            tuple(number for number, s, _ in inside if s == a),
        )
        for a, b in pairwise(cuts)
    )


def marked(name: str, article: Article, claims: Sequence[Claim]) -> Marked:
    """The article with the evidence of ``claims`` marked."""
    spans = [(number, claim.start, claim.end, claim.field) for number, claim in enumerate(claims, 1)]
    in_text = [span[:3] for span in spans if span[3] == "text"]
    paragraphs, offset = [], 0
    for line in article.text.split("\n"):
        if line.strip():
            paragraphs.append(pieces(line, offset, in_text))
        offset += len(line) + 1
    about = (article.site, ", ".join(article.authors), (article.published or "")[:10])
    return Marked(
        name=name,
        url=article.url if urlsplit(article.url).scheme in ("http", "https") else None,
        about=" · ".join(part for part in about if part),
        title=pieces(article.title, 0, [span[:3] for span in spans if span[3] == "title"]),
        paragraphs=tuple(paragraphs),
        claims=tuple(
            (number, said(claim), period(*claim.period), claim) for number, claim in enumerate(claims, 1)
        ),
    )


def page(articles: Iterable[tuple[str, Article, Sequence[Claim]]], *, explain: bool = False) -> str:
    """The page, self-contained: no script, nothing fetched. ``articles`` are (name, article, its claims)."""
    shown = [marked(*article) for article in articles]
    return render("evidence.html", articles=shown, explain=explain)
