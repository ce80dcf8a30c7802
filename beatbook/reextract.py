"""Stored articles read again by the present extractor; or only what would come of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from beatbook.ahead import read_all
from beatbook.ingest import finish
from beatbook.output import emit, plain, progress
from beatbook.reader import Reader
from beatbook.wording import period, said
from extract.records import Claim
from store.entities import save_entities
from store.schema import Store, only_writer
from store.versions import claims_of
from store.write import pending

ANY = ""
"""A version that no extractor has, so that what every extractor has read is read again."""

LOOSE = frozenset({"confidence", "rules", "rounding"})
"""Fields whose change is none of a claim."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that would ``appear``, ``vanish`` or ``change``; ``before`` is null of the first, ``after`` of
    the second.

    ``title``, ``url``, ``published`` and ``version`` are those of the article.
    """

    what: str
    url: str
    title: str
    published: str | None
    version: int
    before: Claim | None
    after: Claim | None


def reextract(db: Store, vocabulary: tuple[Path, ...], *, everything: bool) -> int:
    """Reads again what another version of the extractor has read (``everything``: all). Returns how many
    texts."""
    reader = Reader(vocabulary)
    with only_writer(db.path), progress(None, "articles") as bar:
        save_entities(db, reader.entities)
        return finish(db, reader, read_by=ANY if everything else reader.version, on_article=bar.advance)


def differences(db: Store, reader: Reader, *, everything: bool) -> Iterator[Difference]:
    """What would come of ``reextract``; nothing is changed."""
    for item, (after, _) in read_all(reader, pending(db, ANY if everything else reader.version)):
        article = item.article
        for what, old, new in compare(claims_of(db, item.id, item.version), after):
            yield Difference(what, article.url, article.title, article.published, item.version, old, new)


def compare(before: Sequence[Claim], after: Sequence[Claim]) -> list[tuple[str, Claim | None, Claim | None]]:
    """Which claims of one text appear, vanish or change, in the order of the text. Pure.

    A claim that is new at a place where one was of the same metric, or else of the same subject, is that one
    changed.
    """
    old, new = (
        [claim for claim in claims if _content(claim) not in {_content(other) for other in others}]
        for claims, others in ((before, after), (after, before))
    )
    found: list[tuple[str, Claim | None, Claim | None]] = []
    for claim in list(old):
        near = [other for other in new if _overlap(claim, other)]
        partner = next((o for o in near if o.metric == claim.metric), None) or next(
            (o for o in near if o.subject == claim.subject), None
        )
        if partner is not None:
            new.remove(partner)
            found.append(("change", claim, partner))
        else:
            found.append(("vanish", claim, None))
    found += [("appear", None, claim) for claim in new]
    return sorted(found, key=lambda row: (row[1] or row[2]).start)  # type: ignore[union-attr]


def _content(claim: Claim) -> str:
    return repr([getattr(claim, field.name) for field in fields(claim) if field.name not in LOOSE])


def _overlap(one: Claim, other: Claim) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def show_diff(db: Store, vocabulary: tuple[Path, ...], form: str, *, everything: bool) -> None:
    """Prints the differences in one of the formats of ``emit``."""
    found = list(differences(db, Reader(vocabulary), everything=everything))
    emit(
        found,
        form,
        headings=("", "before", "after", "what changes", "article", "published", "link"),
        cells=lambda d: (
            d.what,
            d.before and said(d.before),
            d.after and said(d.after),
            _changes(d),
            d.title,
            (d.published or "")[:10],
            d.url,
        ),
        title="What reading again would change",
        nothing="nothing would change",
    )


def _changes(difference: Difference) -> str | None:
    old, new = difference.before, difference.after
    if old is None or new is None:
        return None
    names = [
        f.name for f in fields(old) if f.name not in LOOSE and getattr(old, f.name) != getattr(new, f.name)
    ]
    told = [
        f"{name}: {_told(name, getattr(old, name))} → {_told(name, getattr(new, name))}"
        for name in names
        if name not in ("start", "end", "sentence", "value")
    ]
    return "; ".join(told) or None


def _told(name: str, value: object) -> object:
    return period(*value) if name == "period" and isinstance(value, tuple) else plain(value)
