"""Near-duplicates: an article and its syndicated copies are one story.

MinHash signatures (Broder 1997) of three-word shingles, cut into bands for locality-sensitive hashing, find
the few articles that may be copies; the texts themselves then decide. Bands and signatures live in the
database, so that no article is ever hashed again.
"""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from store.records import name_key
from store.schema import Store

if TYPE_CHECKING:
    from datasketch import MinHash  # type: ignore[import-untyped]

PERMUTATIONS, BANDS = 64, 16
"""16 bands of 4 rows: texts that share 70% of their shingles meet with probability 0.98, 30% with 0.12."""

SHARED_WORDS, SHARED_FIGURES, SIZES = 0.7, 0.8, 0.4
"""What a copy shares with the longer text: shingles, figures, and at least this part of its length."""

SHORTEST = 8
"""Words below which a text is too short to be anyone's copy."""

CANDIDATES = 20
"""Articles that are compared at most, those with the most bands in common."""

FULL = 256
"""Articles looked at of one band; where there are more, their common words are a form, and what is a copy
shares other bands as well."""

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_FIGURE = re.compile(r"\d(?<!\w\d)\w*(?:[.,]\d+)*")  # a word that begins with a digit, found by it


@dataclass(frozen=True)
class Body:
    """What is compared: a whole text, or (``whole`` false) the sentences that an article's claims came
    with."""

    title: str
    text: str
    whole: bool = True

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(_FIGURE.findall(self.text.lower()))

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The hashes of all runs of three words, in lower case; none of a text that is too short."""
        return frozenset(_runs(self.text))


def _runs(text: str) -> list[int]:
    words = _WORD.findall(text.lower())
    if len(words) < SHORTEST:
        return []
    import numpy as np  # not before it is needed

    # A run is hashed from the hashes of its words, for all runs at once.
    hashes = np.fromiter((zlib.crc32(word.encode()) for word in words), np.uint32, len(words))
    runs = (hashes[:-2] * np.uint32(0x9E3779B1) + hashes[1:-1]) * np.uint32(0x85EBCA77) + hashes[2:]
    found: list[int] = runs.tolist()
    return found


def signature(text: str) -> bytes | None:
    """The MinHash signature of a text (64 numbers of 32 bits), null where it is too short."""
    runs = _runs(text)
    if not runs:
        return None
    minhash = _empty().copy()
    minhash.update_batch(runs)
    return bytes(minhash.hashvalues.astype("<u4").tobytes())


@lru_cache(maxsize=1)
def _empty() -> "MinHash":
    from datasketch import MinHash  # it loads SciPy

    return MinHash(PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")


def bands(signed: bytes) -> list[int]:
    """The bands of a signature as numbers that an index can hold."""
    width = len(signed) // BANDS
    return [i << 32 | zlib.crc32(signed[i * width : (i + 1) * width]) for i in range(BANDS)]


def is_copy(one: Body, other: Body) -> bool:
    """Whether two texts are copies, cut or slightly edited, of one another.

    A report in last week's words with this week's figures is no copy, so the figures must agree as well. Of
    sentences alone, short and often made alike, the title must be the same too, or three of them.
    """
    if one.whole != other.whole:
        return False
    if not one.whole:
        mine, theirs = set(one.text.splitlines()), set(other.text.splitlines())
        smaller = min(len(mine), len(theirs))
        same_title = bool(one.title) and name_key(one.title) == name_key(other.title)
        return len(mine & theirs) >= max(1 if same_title else 3, SHARED_WORDS * smaller)
    figures, others = one.figures, other.figures
    if len(figures & others) < SHARED_FIGURES * min(len(figures), len(others)):
        return False
    short, long = sorted((one.shingles, other.shingles), key=len)
    return bool(short) and len(short) >= SIZES * len(long) and len(short & long) >= SHARED_WORDS * len(short)


def join_story(db: Store, article: str, body: Body, signed: bytes | None) -> None:
    """Give an article the story of its copies, or leave it one of its own; ``signed`` is its signature.

    The story has the id of the copy that was seen first; stories that the article shows to be one become one.
    """
    if signed is None:
        return
    keys = bands(signed)
    shared: Counter[str] = Counter()
    for key in keys:
        rows = db.conn.execute("SELECT article FROM story_bands WHERE band = ? LIMIT ?", (key, FULL))
        shared.update(other for (other,) in rows)
    del shared[article]
    db.conn.executemany("INSERT OR IGNORE INTO story_bands VALUES (?, ?)", [(key, article) for key in keys])
    united: dict[str, str] = {}
    for other in sorted(shared, key=lambda other: (-shared[other], other))[:CANDIDATES]:
        story = db.conn.execute("SELECT story FROM articles WHERE id = ?", (other,)).fetchone()[0]
        if story not in united and is_copy(body, body_of(db, other)):
            united[story] = other
    if united:
        _unite(db, [article, *united.values()])


def rejoin_story(db: Store, article: str, body: Body) -> None:
    """The same for an article whose text is new: it stays in its story, and may join another's."""
    leave_bands(db, article)
    signed = signature(body.text)
    db.conn.execute("UPDATE articles SET signature = ? WHERE id = ?", (signed, article))
    join_story(db, article, body, signed)


def leave_bands(db: Store, article: str) -> None:
    """Let no article be taken for a copy of this one any more."""
    row = db.conn.execute("SELECT signature FROM articles WHERE id = ?", (article,)).fetchone()
    keys = bands(row[0]) if row and row[0] else []
    db.conn.executemany(
        "DELETE FROM story_bands WHERE band = ? AND article = ?", [(key, article) for key in keys]
    )


def _unite(db: Store, members: list[str]) -> None:
    of_members = f"SELECT story FROM articles WHERE id IN ({_marks(members)})"
    stories = [row[0] for row in db.conn.execute(of_members, members)]
    all_of_them = f"SELECT id FROM articles WHERE story IN ({_marks(stories)})"
    by_age = f"{all_of_them} ORDER BY first_seen, published, id LIMIT 1"
    first = db.conn.execute(by_age, stories).fetchone()[0]
    db.conn.execute(
        f"UPDATE articles SET story = ? WHERE story IN ({_marks(stories)}) AND story <> ?",
        (first, *stories, first),
    )


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def body_of(db: Store, article: str) -> Body:
    """What an article is compared by: its text, else the sentences of its claims."""
    title, text = db.conn.execute("SELECT title, text FROM articles WHERE id = ?", (article,)).fetchone()
    if text:
        return Body(title, text)
    rows = db.conn.execute("SELECT DISTINCT sentence FROM claims WHERE article = ? ORDER BY 1", (article,))
    return Body(title, "\n".join(" ".join(row[0].split()) for row in rows), whole=False)
