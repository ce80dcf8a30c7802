"""The named things of one article and what was seen of each, as the steps that merge names share them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.name_candidates import Candidate
from extract.name_tokens import Shape
from extract.vocabulary import name_key

THINGS = ("model", "product")
MAKERS = ("vendor", "organisation")
BARE_VERSION = re.compile(r"[A-Z]{1,2}\d{1,3}(?:\.\d{1,2})?[a-z]?(?:[ -][A-Z]\w+)?")
_KINDS = ("vendor", "model", "product", "organisation", "person")
_SURE_PERSON = 3
INTRODUCED = frozenset({"apposition", "introduction", "legal form", "ticker", "heading"})
"""The rules by which the text itself says that a name follows or went before."""


@dataclass(slots=True)
class Entity:
    """One named thing; ``words`` are the lower-case words of its fullest form."""

    name: str
    kind: str
    owner: str | None
    how: str
    words: tuple[str, ...] = ()
    listed: bool = False
    votes: dict[str, int] = field(default_factory=dict)

    def sure_vendor(self) -> bool:
        """Whether more than a capital letter says that it is a vendor."""
        return self.kind == "vendor" and (self.listed or self.votes.get("vendor", 0) > 2)


@dataclass(slots=True)
class Sighting:
    """One way to write a possible name, over the whole text: how often it stood in the ``middle`` of a
    sentence and at its ``open`` beginning, the rule that makes it a name whatever its place (``strong``), and
    all votes."""

    candidate: Candidate
    words: tuple[str, ...]
    shapes: tuple[Shape, ...]
    votes: dict[str, int] = field(default_factory=dict)
    middle: int = 0
    open: int = 0
    strong: str | None = None
    owner: str | None = None
    person_like: int = 0

    def kind(self) -> str:
        """The kind with the most votes; a person needs more than the mere shape of a name."""
        person = self.votes.get("person", 0) >= _SURE_PERSON and len(self.words) <= 4
        kinds = [k for k in _KINDS if k != "person" or person]
        return max(kinds, key=lambda k: (self.votes.get(k, 0), -_KINDS.index(k)))

    def is_firm(self) -> bool:
        """Whether the text introduces it as a vendor: *Torrigiani, a maker of pumps*, beside *Giulia Torrigiani*."""
        return self.strong in INTRODUCED and self.votes.get("vendor", 0) > self.votes.get("person", 0)

    def vote(self, kind: str, weight: int) -> None:
        """Adds evidence."""
        self.votes[kind] = self.votes.get(kind, 0) + weight


class Entities:
    """Entities under all the keys that lead to them."""

    def __init__(self) -> None:
        self.by_key: dict[str, Entity] = {}
        self._listed: dict[str, Entity] = {}

    def get(self, candidate: Candidate) -> Entity | None:
        """The thing that a candidate names, if any."""
        return self.by_key.get(candidate_key(candidate))

    def all(self) -> Iterable[Entity]:
        """Each entity once, in the order in which they came."""
        return {id(e): e for e in self.by_key.values()}.values()

    def listed(self, name: str, kind: str, owner: str | None, how: str) -> Entity:
        """The one entity of a listed name."""
        if name not in self._listed:
            self._listed[name] = Entity(name, kind, owner, how, tuple(name.lower().split()), listed=True)
        return self._listed[name]

    def add(self, key: str, name: str, kind: str, owner: str | None, s: Sighting) -> None:
        """Puts what was sighted under its own key and that of its canonical name."""
        entity = self.by_key.get(name_key(name))
        if entity is None:
            entity = Entity(name, kind, owner, s.strong or s.candidate.how, s.words, votes=dict(s.votes))
            self.by_key[name_key(name)] = entity
        self.by_key[key] = entity


def candidate_key(c: Candidate) -> str:
    """The key of a candidate: as it is written, or for a group its name."""
    return name_key(c.known.name) if c.known is not None and c.known.kind == "group" else name_key(c.text)
