"""Who may be the subject of a place: the names and phrases of a reading, and lists of names."""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice

from extract.name_phrases import phrases_of
from extract.reading import Reading
from extract.records import Mention
from extract.view import PlaceView

NOT_SUBJECTS = frozenset({"person"})


BACK, BACK_OF_PHRASES = 20, 2
"""From how many sentences before a place a name, and a mere phrase, may be its subject."""

LEAD, OFTEN = 2, 6
"""How many sentences make the lead, and how many of the most named may be the subject anywhere."""

EACH = frozenset({"each", "apiece", "both"})
LIST_WORDS = frozenset(
    {
        ",", "and", "or", "&", "/", "about", "roughly", "'s", "to", "some", "around", "nearly", "over",
    }
)  # fmt: skip


@dataclass(slots=True)
class Entity:
    """Something that figures may be about: a name with all its mentions, or a noun phrase that stands as a label."""

    name: str
    kind: str
    owner: str | None = None
    how: str = ""
    items: list[int] = field(default_factory=list)

    def items_in(self, items: range) -> list[int]:
        """Where it is named within a range of items."""
        return self.items[bisect_left(self.items, items.start) : bisect_left(self.items, items.stop)]

    def last_before(self, item: int) -> int | None:
        """Where it is named last before an item."""
        k = bisect_left(self.items, item)
        return self.items[k - 1] if k else None


def entities_of(reading: Reading) -> dict[str, Entity]:
    """Every name of a reading by its canonical form, and every phrase that figures may be about, with the items where
    they stand."""
    found: dict[str, Entity] = {}
    for i, item in enumerate(reading.items):
        if isinstance(item.ref, Mention) and item.ref.kind not in NOT_SUBJECTS:
            m = item.ref
            found.setdefault(m.name, Entity(m.name, m.kind, m.owner, m.how)).items.append(i)
    for m in reading.in_title:
        if m.kind not in NOT_SUBJECTS:
            found.setdefault(m.name, Entity(m.name, m.kind, m.owner, m.how))
    # A phrase with a capital at the start of a sentence is the same without it elsewhere.
    written = {name.lower(): name for name in found}
    persons = {
        item.ref.name
        for item in reading.items
        if isinstance(item.ref, Mention) and item.ref.kind in NOT_SUBJECTS
    }
    for s in range(len(reading.sentences)):
        for phrase, at, how in phrases_of(reading, s):
            if phrase in persons:  # who speaks in an interview
                continue
            name = written.setdefault(phrase.lower(), phrase)
            items = found.setdefault(name, Entity(name, "phrase", None, how)).items
            if at not in items[-1:]:
                items.append(at)
    for entity in found.values():
        entity.items.sort()
    return found


class Roll:
    """The entities of a reading by where they are named, so that asking for those around a sentence costs the same
    however long the text is. Sentences must be asked for in their order."""

    def __init__(self, reading: Reading, entities: dict[str, Entity]) -> None:
        self.reading = reading
        self.entities = entities
        self._order = {name: k for k, name in enumerate(entities)}
        self._in: dict[int, list[Entity]] = {}
        for entity in entities.values():
            for s in dict.fromkeys(reading.sentence_of[i] for i in entity.items):
                self._in.setdefault(s, []).append(entity)
        self._named = sorted(
            ((i, entity) for entity in entities.values() for i in entity.items), key=lambda pair: pair[0]
        )
        lead = [e.name for k in range(LEAD) for e in self._in.get(k, ()) if e.kind != "phrase"]
        often = sorted(entities.values(), key=lambda e: -len(e.items))[:OFTEN]
        self._lead = tuple(dict.fromkeys([*lead, *(e.name for e in often if e.kind != "phrase")]))
        self._told = 0
        self._last: tuple[dict[str, None], dict[str, None]] = ({}, {})
        self._all: dict[str, None] = {}

    def candidates(self, view: PlaceView, most: int = 30) -> list[Entity]:
        """The entities that may be the subject of a place, the nearest first: named in its sentence, in those before,
        in the title or the lead, often named, or the subject of the last claims."""
        reading, s, at = view.reading, view.sentence, view.anchor.at
        ranked: dict[str, tuple[int, int, int, Entity]] = {}
        for entity in self._in.get(s, ()):
            here = min(abs(i - at) for i in entity.items_in(reading.items_of(s)))
            ranked[entity.name] = (0, here, self._order[entity.name], entity)
        for back in range(1, BACK + 1):
            for entity in self._in.get(s - back, ()):
                if back <= BACK_OF_PHRASES or entity.kind != "phrase":
                    ranked.setdefault(entity.name, (1, back, self._order[entity.name], entity))
        for name in (*(draft.subject for draft in view.history[-4:]), *reading.title_names, *self._lead):
            far = self.entities.get(name)
            if far is not None and name not in ranked:
                before = far.last_before(reading.first_item[s])
                back = 9 if before is None else s - reading.sentence_of[before]
                ranked[name] = (2, back, self._order[name], far)
        return [entity for *_, entity in sorted(ranked.values(), key=lambda r: r[:3])[:most]]

    def recency(self, s: int) -> dict[str, tuple[int, int]]:
        """The rank of the entities named last before sentence ``s``: among all, and among companies or products. Ranks
        of 4 and 3 or more are not told apart and left out."""
        first = self.reading.first_item[s]
        while self._told < len(self._named) and self._named[self._told][0] < first:
            entity = self._named[self._told][1]
            self._told += 1
            if entity.kind != "place":
                for last in (self._all, self._last[entity.kind in ("model", "product")]):
                    last.pop(entity.name, None)
                    last[entity.name] = None
        ranks = {name: (k, 9) for k, name in enumerate(islice(reversed(self._all), 4))}
        for last in self._last:
            for k, name in enumerate(islice(reversed(last), 3)):
                ranks[name] = (ranks.get(name, (9, 9))[0], k)
        return ranks


def lists_of(reading: Reading, s: int) -> dict[int, int]:
    """Names paired with figures in a sentence that lists as many of one as of the other: *A and B rose 3% and 5%*."""
    names = _runs(reading, s, "n")
    figures = _runs(reading, s, "q")
    paired: dict[int, int] = {}
    for name_run in names:
        for figure_run in figures:
            if len(name_run) == len(figure_run) > 1:
                paired.update(zip(name_run, figure_run, strict=True))
                break
    return paired


def _runs(reading: Reading, s: int, kind: str) -> list[list[int]]:
    """Maximal runs of items of a kind that only commas, *and*, *or* and brackets part; in *A's B* the owner is out."""
    runs: list[list[int]] = []
    current: list[int] = []
    depth = 0
    for i in reading.items_of(s):
        item = reading.items[i]
        if item.text == "(":
            depth += 1
        elif item.text == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif item.kind == kind:
            if current and kind == "n" and reading.word(i - 1, s) == "'s" and current[-1] == i - 2:
                current.pop()
            current.append(i)
        elif item.text not in LIST_WORDS:
            if len(current) > 1:
                runs.append(current)
            current = []
    if len(current) > 1:
        runs.append(current)
    return runs


def joined_with(reading: Reading, entity: Entity, s: int) -> tuple[str, ...]:
    """The names of the list in which an entity stands in a sentence, itself included: those of its kind that only
    commas and *and* part. Empty where it stands in none."""
    here = entity.items_in(reading.items_of(s))
    if len(here) != 1:
        return ()
    for run in _runs(reading, s, "n"):
        if here[0] in run:
            refs = [reading.items[i].ref for i in run]
            return tuple(
                dict.fromkeys(r.name for r in refs if isinstance(r, Mention) and r.kind == entity.kind)
            )
    return ()


def says_each(reading: Reading, s: int) -> bool:
    """Does a sentence say that its figures are those of each of several?"""
    return any(reading.items[i].text in EACH for i in reading.items_of(s) if reading.items[i].kind == "w")
