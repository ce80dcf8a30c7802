"""From candidates to names: which candidates are names, of what kind each is, and what it is called."""

from collections.abc import Iterable, Sequence, Set

from extract.name_aliases import bare_numbers, bracketed, endings, families, short_forms, versions
from extract.name_candidates import Candidate
from extract.name_entities import (
    BARE_VERSION,
    INTRODUCED,
    MAKERS,
    THINGS,
    Entities,
    Entity,
    Sighting,
    candidate_key,
)
from extract.name_index import NameIndex
from extract.name_tokens import Shape, Words, word_set
from extract.vocabulary import name_key

_MERE_HINTS = frozenset({"ending", "camel case", "subject of a verb"})
_LONGEST = 6
_COUNTED = frozenset({"model", "customer", "hall", "plant", "fab", "line", "building"})
_BEFORE_NAMES_END = word_set("and or at with as of also now never still alone itself already again")
_NEVER_NAMES = word_set(
    """i ii iii iv government state internet board bank congress parliament council ministry street group fund company
    chief president chairman north south east west western eastern northern southern english act bill court new year
    christmas easter day god earth web net house senate union republic county city university institute academy"""
)
_NUMBERED = word_set(
    """phase slide figure chapter table step tier level page week day part section article item note round stage
    option case type group question number room line unit quarter season episode volume issue chart rank top"""
)
_PLAIN_ENDINGS = tuple(
    word_set("""ing ed ly tion tions ment ments ness ies ers ards able ible ous ful less ity wise ism""")
)


class Register:
    """The names of one article."""

    def __init__(self, index: NameIndex, lower_seen: Set[str]) -> None:
        self.index = index
        self.lists = index.lists
        self.lower_seen = lower_seen
        self.entities = Entities()

    def get(self, candidate: Candidate) -> Entity | None:
        """The name that a candidate stands for, if any."""
        return self.entities.get(candidate)

    def longest(self, words: Words, i: int) -> int:
        """The word after the longest name of the register that begins at word ``i``, else ``i`` itself."""
        found, key, j = i, "", i
        while (
            words.shapes[i] >= Shape.CAP and j < min(i + _LONGEST, len(words)) and (j == i or words.joined[j])
        ):
            key += name_key(words.lower[j])
            j += 1
            if key in self.entities.by_key:
                found = j
        return found

    def fill(self, words: Words, candidates: Sequence[Candidate]) -> None:
        """Takes in the candidates of one text; what the register knows already stays as it is."""
        entities = self.entities
        for candidate in candidates:
            self._settled(candidate)
        sightings = self._sightings(words, candidates)
        bracketed(words, candidates, sightings, entities)
        _persons(sightings)
        fresh = {k: s for k, s in sightings.items() if k not in entities.by_key and self._is_name(s)}
        kinds = {key: s.kind() for key, s in fresh.items()}
        # Things come after their vendors, whom they may carry in their names.
        for key in sorted(fresh, key=lambda k: (kinds[k] in THINGS, -len(fresh[k].words))):
            name, owner = self._called(fresh[key], kinds[key])
            entities.add(key, name, kinds[key], owner, fresh[key])
        families(entities)
        short_forms(sightings, entities, self.lists)

    def calm(self, title: Iterable[Candidate]) -> None:
        """Gives the firms that the body has only as headings in capitals (*BOUNTY*) the form that the title has."""
        for candidate in title:
            entity = self.get(candidate)
            if entity is not None and entity.how == "heading" and entity.name.isupper():
                entity.name = candidate.text

    def finish(self, words: Words, body: Sequence[Candidate]) -> list[Candidate]:
        """Joins versions with their models once both texts are filled in; gives the candidates of the body
        back with those that only now show themselves."""
        versions(self.entities, self.index)
        endings(self.entities)
        late = bare_numbers(words, body, self.entities, self.lists)
        for candidate in late:
            self._settled(candidate)
        return sorted([*body, *late], key=lambda c: c.first)

    def _settled(self, c: Candidate) -> None:
        """Enters a candidate whose kind the vocabulary or its shape has settled."""
        key = candidate_key(c)
        if c.kind is None or key in self.entities.by_key:
            return
        listed = self.index.get(c.text) if c.known is None and c.how != "measure" else c.known
        if listed is not None and not listed.version:
            entity = self.entities.listed(listed.name, listed.kind, listed.owner, c.how)
        else:
            entity = Entity(c.text, c.kind, c.owner, c.how, tuple(c.text.lower().split()))
        self.entities.by_key[key] = entity

    def _sightings(self, words: Words, candidates: Iterable[Candidate]) -> dict[str, Sighting]:
        found: dict[str, Sighting] = {}
        for c in candidates:
            if c.kind is not None:
                continue
            first, last = c.first, c.last
            while (
                last - 1 > first
                and words.lower[last - 1] in self.lists.legal
                and words.texts[last - 2] != "&"
            ):
                last -= 1
            c.text = words.phrase(first, last)
            shapes = tuple(words.shapes[first:last])
            sighting = found.setdefault(candidate_key(c), Sighting(c, tuple(words.lower[first:last]), shapes))
            if sighting.candidate.text.isupper() and not c.text.isupper():
                sighting.candidate, sighting.shapes = c, shapes
            for kind, weight in c.votes.items():
                sighting.vote(kind, weight)
            if c.person_like > sighting.person_like:  # a shape says no more each time it is seen
                sighting.vote("person", c.person_like - sighting.person_like)
                sighting.person_like = c.person_like
            sighting.middle += not c.initial
            sighting.open += c.initial and not c.heading and self._stands_free(words, c)
            sighting.owner = sighting.owner or c.owner
            if (
                c.strong
                and (sighting.strong is None or c.how in INTRODUCED)
                and sighting.strong not in INTRODUCED
            ):
                sighting.strong = c.how
        return found

    def _stands_free(self, words: Words, c: Candidate) -> bool:
        """Whether a capital that opens a sentence may be a name's: no noun after it, no ending of plain
        words."""
        head, _, tail = words.texts[c.last - 1].rpartition("-")
        if (head and tail.islower()) or words.lower[c.last - 1].endswith(_PLAIN_ENDINGS):
            return False
        if words.shapes[c.last - 1] is Shape.NUMBER:
            return True
        if c.last >= len(words) or words.shapes[c.last] is not Shape.LOWER or words.possessive[c.last - 1]:
            return True
        after = words.lower[c.last]
        acts = after.endswith("s") and self.lists.ordinary(after[:-1])
        if acts and words.lower_at(c.last + 1) in self.lists.function:  # Fellside rents out
            return True
        return after.endswith("ed") or after in self.lists.verbs or after in _BEFORE_NAMES_END

    def _ordinary(self, word: str) -> bool:
        lists = self.lists
        plain = (
            word in self.lower_seen or word in lists.function or word in lists.acronyms or word in lists.verbs
        )
        return plain or lists.ordinary(word)

    def _is_name(self, s: Sighting) -> bool:
        """Whether the evidence of the article makes this a name."""
        pairs = zip(s.words, s.shapes, strict=True)
        rare = sum(
            shape is Shape.LOWER or (shape >= Shape.CAP and not self._ordinary(w)) for w, shape in pairs
        )
        if len(s.words) == 1:
            return self._is_single_name(s, bool(rare))
        if s.strong in INTRODUCED:
            return True
        if self._is_headed(s, rare):
            return True
        if s.owner and not rare and s.shapes[1:] == (Shape.NUMBER,) and s.shapes[0] is Shape.CAP:
            return s.words[0] not in _NUMBERED  # Tarn's new Small 5
        if s.middle and not rare:
            if s.words[0] in _COUNTED and s.shapes[1] in (Shape.LETTER, Shape.NUMBER):
                s.vote("product", 4)  # Model 3, Customer A
                return True
            if s.strong is None and all(shape is Shape.CAP for shape in s.shapes):
                return self._is_title(s)
        if s.strong is not None and (s.middle or rare):
            institution = s.middle and s.votes.get("organisation", 0) > 2
            return bool(rare or institution) or s.strong not in _MERE_HINTS
        return bool(rare) if s.middle else rare > 1

    def _is_headed(self, s: Sighting, rare: int) -> bool:
        """A name that a capital at the start of a sentence does not explain by itself: a rare word before a version
        (*Saola 3*) or before another capital (*Astrid Star*), three words that end like a firm's."""
        if not s.open or s.shapes[0] is not Shape.CAP or s.words[0] in self.lists.function:
            return False
        if s.shapes[1:] == (Shape.NUMBER,):
            return rare == 1 or s.words[0] not in _NUMBERED
        if all(shape is Shape.CAP for shape in s.shapes):
            firm = s.words[-1] in self.lists.corporate and (len(s.words) > 2 or s.strong in _MERE_HINTS)
            return firm or (not self._ordinary(s.words[0]) and len(s.words) == 2)
        return False

    def _is_single_name(self, s: Sighting, rare: bool) -> bool:
        word, shape = s.words[0], s.shapes[0]
        placed = s.middle > 0 or s.strong is not None
        if shape is Shape.LOWER or s.strong == "heading":  # a brand, a firm with a paragraph of its own
            return True
        if shape is Shape.LOWER_VERSIONED:
            return not self._ordinary(word.partition("-")[0])
        if shape >= Shape.CAMEL:
            return word not in self.lists.acronyms
        if shape is Shape.UPPER:
            return rare and 2 <= len(word) <= 8 and (placed or s.open > 0)
        if not rare and shape is Shape.CAP and s.middle and word not in self.lower_seen:
            return self._is_plain_name(s)
        if s.strong is not None and s.middle:
            return not self.lists.ordinary(word) or s.strong in ("introduction", "ticker")
        return rare and (placed or (s.open > 0 and len(word) > 3))

    def _is_plain_name(self, s: Sighting) -> bool:
        """Whether a plain word that the article never has in small letters is a name (*Honor*, *Nothing*, the plan
        *Starter*): it has its capital in the middle of a sentence, again and again or where it does something."""
        word, lists = s.words[0], self.lists
        if word in lists.person_nouns or word in self.index.nationalities or word in _NEVER_NAMES:
            return False
        if s.strong is not None or word in lists.function:
            return True
        return s.middle > 1 or s.open > 0 or word in lists.tiers

    def _is_title(self, s: Sighting) -> bool:
        """Plain words with capitals in the middle of a sentence: *Premium Individual*, the name of a plan."""
        barred = self.lists.person_nouns | self.lists.function | self.index.nationalities.keys()
        if s.words == ("new", "year") or not barred.isdisjoint(s.words):
            return False
        s.vote("product", 1)
        return True

    def _called(self, s: Sighting, kind: str) -> tuple[str, str | None]:
        """The canonical name and the owner. *Brelnor Corvanta-2* is Corvanta-2 of Brelnor; *Brelnor B2* keeps
        its vendor, for B2 alone says little."""
        name = s.candidate.text
        if kind not in THINGS:
            return name, None
        by_key = self.entities.by_key
        pieces = name.split()
        for size in range(len(pieces) - 1, 0, -1):
            vendor = by_key.get(name_key("".join(pieces[:size])))
            if vendor is not None and vendor.sure_vendor():
                rest = " ".join(pieces[size:])
                bare = (
                    rest[0].isdigit()
                    or BARE_VERSION.fullmatch(rest)
                    or pieces[size].lower() in self.lists.tiers
                    or self._ordinary(rest.lower())
                )
                return (name if bare else rest), vendor.name
        owner = by_key.get(name_key(s.owner)) if s.owner else None
        if owner is None or owner.kind not in MAKERS:
            return name, None
        if BARE_VERSION.fullmatch(name):
            listed = self.index.get(f"{owner.name} {name}")
            name = listed.name if listed else f"{owner.name} {name}"
        return name, owner.name


def _persons(sightings: dict[str, Sighting]) -> None:
    """What is said of *Pruitt* is said of *Dana Pruitt*."""
    for s in sightings.values():
        if len(s.words) > 1 and s.votes.get("person"):
            alone = sightings.get(name_key(s.words[-1]))
            if alone is not None and alone.votes.get("person"):
                s.vote("person", alone.votes["person"] + 1)
