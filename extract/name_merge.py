"""From candidates to names: which candidates are names, which of them are one, and what each is called."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.name_index import NameIndex
from extract.name_runs import Candidate
from extract.name_tokens import Shape, Words, word_set
from extract.vocabulary import name_key

_BARE_VERSION = re.compile(r"[A-Z]{1,2}\d{1,3}(?:\.\d{1,2})?[a-z]?(?:[ -][A-Z]\w+)?")
_ALSO = re.compile(
    r"[,\s(–-]*(?:(?:which is )?(?:better|also|formerly|previously|commonly|widely|now) (?:known|called|named)(?: as)?"
    r"|formerly|previously|a\.k\.a\.?|aka|known as|or|hereafter|abbreviated(?: as)?|trading as|once)?[\s\"']*"
)
_BETWEEN_ALIASES = re.compile(
    r"(?:,? (?:Inc|Corp|Ltd|LLC|PLC|Co|AG)\.?)?\s*\(\s*(?:[A-Z][A-Za-z]+:\s?)?(?:the )?[\"']?"
)
_TICKER = re.compile(r"[A-Z]{1,5}\.[A-Z]{1,2}")
_INTRODUCED = frozenset({"apposition", "introduction", "legal form", "ticker"})
_PLAIN_ENDINGS = ("ing", "ed", "ly", "tion", "tions", "ment", "ments", "ness", "ies", "ers", "ards", "ive", "able", "ible", "ous", "ful",
    "less", "ally", "ity", "ward", "wise", "ance", "ence", "ism", "ship", "hood", "ant", "ent", "ient")  # fmt: skip
_INSTITUTIONS = word_set("foundation university ministry association institute")
_ORDER = ("vendor", "model", "product", "organisation", "person")


@dataclass(slots=True)
class Entity:
    """One named thing of one article; ``words`` are the lower-case words of its fullest form."""

    name: str
    kind: str
    owner: str | None
    how: str
    words: tuple[str, ...] = ()
    listed: bool = False
    votes: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Sighting:
    """What is known of one way to write a possible name, over the whole article."""

    candidate: Candidate
    words: tuple[str, ...]
    shapes: tuple[Shape, ...]
    votes: dict[str, int] = field(default_factory=dict)
    middle: int = 0
    open: int = 0
    strong: str | None = None
    owner: str | None = None


class Register:
    """The names of one article under all the keys that lead to them."""

    def __init__(self, index: NameIndex, lower_seen: frozenset[str]) -> None:
        self.index = index
        self.lists = index.lists
        self.lower_seen = lower_seen
        self._entities: dict[str, Entity] = {}

    def get(self, candidate: Candidate) -> Entity | None:
        """The name that a candidate stands for, if any."""
        return self._entities.get(_candidate_key(candidate))

    def fill(self, words: Words, candidates: Sequence[Candidate]) -> None:
        """Takes in the candidates of one text; what the register knows already stays as it is."""
        for candidate in candidates:
            if candidate.kind is not None:
                self._settled(candidate)
        sightings = self._sightings(words, candidates)
        self._aliases(words, candidates, sightings)
        fresh = {key: s for key, s in sightings.items() if key not in self._entities and self._is_name(s)}
        self._persons(sightings)
        kinds = {key: _kind(s) for key, s in fresh.items()}
        things = ("model", "product")  # after their vendors, whom they may carry in their names
        for key in sorted(fresh, key=lambda k: (kinds[k] in things, -len(fresh[k].words))):
            self._enter(key, fresh[key], kinds[key])
        self._families()
        self._prefixes(sightings)
        self._versions(words, candidates)
        self._endings()

    def _settled(self, c: Candidate) -> None:
        key = _candidate_key(c)
        if key in self._entities:
            return
        assert c.kind is not None
        listed = self.index.get(c.text) if c.known is None else c.known
        if listed is not None and not (c.known and c.known.version):
            entity = next((e for e in self._entities.values() if e.listed and e.name == listed.name), None)
            words = tuple(listed.name.lower().split())
            entity = entity or Entity(listed.name, listed.kind, listed.owner, c.how, words, listed=True)
        else:
            entity = Entity(c.text, c.kind, c.owner, c.how, tuple(c.text.lower().split()))
        self._entities[key] = entity

    def _sightings(self, words: Words, candidates: Iterable[Candidate]) -> dict[str, _Sighting]:
        found: dict[str, _Sighting] = {}
        for c in candidates:
            if c.kind is not None:
                continue
            first, last = c.first, c.last
            while last - 1 > first and words.lower[last - 1] in self.lists.legal:
                last -= 1
            c.text = words.phrase(first, last)
            sighting = found.setdefault(
                _candidate_key(c),
                _Sighting(c, tuple(words.lower[first:last]), tuple(words.shapes[first:last])),
            )
            if sighting.candidate.text.isupper() and not c.text.isupper():
                sighting.candidate, sighting.shapes = c, tuple(words.shapes[first:last])
            for kind, weight in c.votes.items():
                sighting.votes[kind] = sighting.votes.get(kind, 0) + weight
            sighting.middle += not c.initial
            sighting.open += c.initial and not c.heading and self._stands_free(words, c)
            sighting.owner = sighting.owner or c.owner
            if c.strong and sighting.strong is None:
                sighting.strong = c.how
        return found

    def _stands_free(self, words: Words, c: Candidate) -> bool:
        """Whether a capital at the start of a sentence may be a name's: no noun follows, and no ending of plain words."""
        head, _, tail = words.texts[c.last - 1].rpartition("-")
        if (head and tail.islower()) or words.lower[c.last - 1].endswith(_PLAIN_ENDINGS):
            return False
        if c.last >= len(words) or words.shapes[c.last] is not Shape.LOWER or words.possessive[c.last - 1]:
            return True
        after = words.lower[c.last]
        return after in self.lists.verbs or after in ("and", "or", "at", "with", "as", "of")

    def _ordinary(self, word: str) -> bool:
        lists = self.lists
        return (
            lists.ordinary(word)
            or word in lists.function
            or word in self.lower_seen
            or word in lists.acronyms
        )

    def _is_name(self, s: _Sighting) -> bool:
        """Whether the evidence of the article makes this a name."""
        odd = any(shape >= Shape.CAMEL for shape in s.shapes)
        rare = [
            w
            for w, shape in zip(s.words, s.shapes, strict=True)
            if shape >= Shape.CAP and not self._ordinary(w)
        ]
        if len(s.words) == 1:
            if odd:
                return True
            if s.shapes[0] is Shape.UPPER:
                return (
                    (s.middle > 0 or s.strong is not None or s.open > 0)
                    and 2 <= len(s.words[0]) <= 6
                    and bool(rare)
                )
            if s.strong is not None and s.middle:
                return not self.lists.ordinary(s.words[0]) or s.strong in ("introduction", "ticker")
            return bool(rare) and (
                s.middle > 0 or s.strong is not None or (s.open > 0 and len(s.words[0]) > 3)
            )
        if s.strong in _INTRODUCED:
            return True
        if s.middle and not rare and _numbered(s):
            s.votes["product"] = s.votes.get("product", 0) + 4
            return True
        if s.middle and not rare and not s.strong and all(shape is Shape.CAP for shape in s.shapes):
            return self._titled(s)
        if s.strong is not None and (s.middle or rare):
            return bool(rare) or s.strong not in ("ending", "camel case", "subject of a verb")
        return bool(rare) if s.middle else len(rare) > 1

    def _persons(self, sightings: dict[str, _Sighting]) -> None:
        """What is said of *Pruitt* is said of *Dana Pruitt*."""
        for s in sightings.values():
            if len(s.words) > 1 and s.votes.get("person"):
                alone = sightings.get(name_key(s.words[-1]))
                if alone is not None and alone.votes.get("person"):
                    s.votes["person"] += alone.votes["person"] + 1

    def _titled(self, s: _Sighting) -> bool:
        """Plain words with capitals in the middle of a sentence: *Premium Individual*, the name of a plan."""
        lists = self.lists
        barred = any(
            w in lists.person_nouns or w in lists.function or w in self.index.nationalities for w in s.words
        )
        if not barred and s.words != ("new", "year"):
            s.votes["product"] = s.votes.get("product", 0) + 1
            return True
        return False

    def _enter(self, key: str, s: _Sighting, kind: str) -> None:
        name, owner = s.candidate.text, s.owner
        if kind in ("model", "product"):
            name, owner = self._without_owner(s, name, owner)
        else:
            owner = None
        entity = self._entities.get(name_key(name))
        if entity is None:
            entity = Entity(name, kind, owner, s.strong or s.candidate.how, s.words, votes=dict(s.votes))
            self._entities[name_key(name)] = entity
        self._entities[key] = entity

    def _families(self) -> None:
        """*Onggi* beside *Onggi-32B* and *Onggi-Mini* is their family, unless it is plainly a vendor."""
        models = [e for e in self._entities.values() if e.kind in ("model", "product")]
        for entity in self._entities.values():
            if (
                entity.kind != "vendor"
                or entity.listed
                or len(entity.words) > 1
                or entity.votes.get("vendor", 0) > 2
            ):
                continue
            stem = re.compile(re.escape(entity.name) + r"(?:[\s-]|(?=\d))", re.IGNORECASE)
            if any(stem.match(m.name) and m.owner != entity.name for m in models):
                entity.kind = "model"

    def _without_owner(self, s: _Sighting, name: str, owner: str | None) -> tuple[str, str | None]:
        """*Brelnor Corvanta-2* is Corvanta-2 of Brelnor; *Brelnor B2* keeps its vendor, for B2 alone says little."""
        pieces = name.split()
        for size in range(len(pieces) - 1, 0, -1):
            vendor = self._entities.get(name_key("".join(pieces[:size])))
            if (
                vendor is not None
                and vendor.kind == "vendor"
                and (vendor.listed or vendor.votes.get("vendor", 0) > 2)
            ):
                rest = " ".join(pieces[size:])
                tier = pieces[size].lower() in self.lists.tiers
                bare = _BARE_VERSION.fullmatch(rest) or rest[0].isdigit() or tier
                return (name if bare else rest), vendor.name
        if owner is not None:
            known = self._entities.get(name_key(owner))
            owner = known.name if known is not None and known.kind in ("vendor", "organisation") else None
            if owner and _BARE_VERSION.fullmatch(name):
                joined = f"{owner} {name}"
                listed = self.index.get(joined)
                return (listed.name if listed else joined), owner
        return name, owner

    def _aliases(
        self, words: Words, candidates: Sequence[Candidate], sightings: dict[str, _Sighting]
    ) -> None:
        """*Semiconductor Manufacturing International (SMIC)*, *Hon Hai, better known as Foxconn*: two ways, one name."""
        for a, b in zip(candidates, candidates[1:], strict=False):
            if b.first - a.last > 8 or words.possessive[a.last - 1]:
                continue
            gap = words.text[words.ends[a.last - 1] : words.starts[b.first]]
            bracket = "(" in gap and words.text[words.ends[b.last - 1] :][:2].lstrip("\"'")[:1] in (
                ")",
                ",",
                ";",
            )
            if not (
                self._short_form(a, b)
                if bracket and _BETWEEN_ALIASES.fullmatch(gap)
                else _said_to_be_one(gap)
            ):
                continue
            key_a, key_b = _candidate_key(a), _candidate_key(b)
            full, short = (b, a) if a.kind is None and b.kind is not None else (a, b)
            key_full, key_short = (key_b, key_a) if full is b else (key_a, key_b)
            if short.kind is not None:
                continue
            if key_full not in self._entities and key_full in sightings:
                sightings[key_full].votes["vendor"] = sightings[key_full].votes.get("vendor", 0) + 3
                self._enter(key_full, sightings[key_full], _kind(sightings[key_full]))
            if key_full in self._entities:
                self._entities.setdefault(key_short, self._entities[key_full])

    def _short_form(self, full: Candidate, short: Candidate) -> bool:
        """Whether a bracketed name is another form of the one before it: its initials, or capitals like a ticker's."""
        text = short.text.replace(".", "")
        if full.kind in ("person", "place", "group", "market") or short.kind is not None:
            return False
        if _TICKER.fullmatch(short.text):
            return True
        initials = "".join(w[0] for w in re.split(r"[\s-]+", full.text) if w and w[0].isupper())
        return text.isupper() and (text[:2] == initials[:2] or text[0] == full.text[0].upper())

    def _prefixes(self, sightings: dict[str, _Sighting]) -> None:
        """*Tolvanen* after *Tolvanen Compute*, *Pruitt* after *Dana Pruitt*; two candidates for one short form cancel out."""
        for key, s in sightings.items():
            entity = self._entities.get(key)
            if entity is not None and (
                entity.listed or (entity.words != s.words and len(entity.words) > len(s.words))
            ):
                continue
            if len(s.words) == 1 and self.lists.ordinary(s.words[0]) and not s.middle:
                continue
            fuller = {
                id(e): e
                for e in self._entities.values()
                if e is not entity and e.words != s.words and self._shortens(s.words, e)
            }
            if fuller and len({e.words[1][:3] for e in fuller.values() if len(e.words) > 1}) <= 1:
                chosen = max(fuller.values(), key=lambda e: (e.listed, len("".join(e.words))))
                if (
                    entity is not None
                    and entity.kind in ("model", "product")
                    and chosen.kind in ("vendor", "organisation")
                ):
                    continue
                self._entities[key] = chosen

    def _shortens(self, words: tuple[str, ...], entity: Entity) -> bool:
        if entity.kind == "person":
            return words == entity.words[-1:]
        if (
            entity.kind not in ("vendor", "organisation")
            or entity.words[-1] in _INSTITUTIONS
            or len(entity.words) < len(words)
        ):
            return False
        if entity.words[0] != words[0] or (
            len(words) == 1 and len(words[0]) < 3 and not words[0][0].isalpha()
        ):
            return False
        return all(
            w == full or (len(w) > 2 and full.startswith(w))
            for w, full in zip(words[1:], entity.words[1:], strict=False)
        )

    def _versions(self, words: Words, candidates: Sequence[Candidate]) -> None:
        """*V3.2* after *DeepSeek V3.2*; a version alone goes to the only vendor that its sentence named before it."""
        vendors: dict[str, str] = {}
        for c in candidates:
            if c.first and any(
                words.texts[k] == "." or words.shapes[k] is Shape.BREAK
                for k in range(max(0, c.first - 1), c.first)
            ):
                vendors = {}
            entity = self.get(c)
            if entity is None:
                continue
            if entity.kind == "vendor":
                if entity.listed or entity.votes.get("vendor"):
                    vendors[entity.name] = c.text if " " not in c.text else entity.name
            elif entity.kind == "model" and not entity.listed and _BARE_VERSION.fullmatch(entity.name):
                whole = [e for e in self._entities.values() if e is not entity and _ends_with(e, entity.name)]
                if len({id(e) for e in whole}) == 1:
                    self._entities[_candidate_key(c)] = whole[0]
                elif entity.owner is None and len(vendors) == 1:
                    owner, short = next(iter(vendors.items()))
                    joined = f"{short} {entity.name}"
                    listed = self.index.get(joined)
                    entity.owner, entity.name = owner, listed.name if listed else joined

    def bare_numbers(self, words: Words, candidates: Sequence[Candidate]) -> list[Candidate]:
        """*5.4* and *5.4 Pro* after *GPT-5.4*: numbers that can only be versions of a model of this article."""
        models: dict[str, set[str]] = {}
        for entity in self._entities.values():
            ending = re.search(r"[ -](\d{1,2}\.\d{1,2})$", entity.name) if entity.kind == "model" else None
            if ending:
                models.setdefault(ending.group(1), set()).add(entity.name)
        taken = {k for c in candidates for k in range(c.first, c.last)} if models else set()
        found = []
        for i, word in enumerate(words.texts if models else ()):
            names = models.get(word, set())
            if len(names) != 1 or i in taken or not _stands_for_version(words, i, self.lists.tiers):
                continue
            last, name = i + 1, next(iter(names))
            if last < len(words) and words.joined[last] and words.lower[last] in self.lists.tiers:
                name, last = f"{name} {words.texts[last]}", last + 1
            c = Candidate(
                i, last, name, None, "model", self._entities[name_key(next(iter(names)))].owner, "version"
            )
            self._settled(c)
            found.append(c)
        return found

    def _endings(self) -> None:
        """A model's ending with a version in it (*V4-Pro* of *DeepSeek V4-Pro*) is another way to write it."""
        endings: dict[str, list[Entity]] = {}
        for entity in {id(e): e for e in self._entities.values() if e.kind in ("model", "product")}.values():
            pieces = re.split(r"[\s-]", entity.name)
            for size in range(1, len(pieces)):
                ending = pieces[size:]
                if (ending[0][:1].isalpha() and any(ch.isdigit() for ch in ending[0])) or (
                    size == 1 and len(ending) > 1
                ):
                    endings.setdefault(name_key("".join(ending)), []).append(entity)
        for key, entities in endings.items():
            if len(entities) == 1:
                known = self._entities.get(key)
                if known is None or (
                    known is not entities[0] and not known.listed and known.kind in ("model", "product")
                ):
                    self._entities[key] = entities[0]


def _numbered(s: _Sighting) -> bool:
    """*Model 3*, *Customer A*: what is counted through by name."""
    return s.words[0] in ("model", "customer") and s.shapes[1] in (Shape.LETTER, Shape.NUMBER)


def _kind(s: _Sighting) -> str:
    """The kind with the most votes; a person needs more than the mere shape of a name."""
    person = s.votes.get("person", 0) > 2 and len(s.words) <= 4
    return max(
        (k for k in _ORDER if k != "person" or person), key=lambda k: (s.votes.get(k, 0), -_ORDER.index(k))
    )


def _stands_for_version(words: Words, i: int, tiers: frozenset[str]) -> bool:
    """Whether nothing at a number makes it an amount: no sign or unit, at most a verb, a stop or a tier after it."""
    if i and words.texts[i - 1] in "$€£¥₹+-–|/":
        return False
    if i + 1 >= len(words) or words.shapes[i + 1] is Shape.BREAK:
        return True
    after = words.lower[i + 1]
    if words.shapes[i + 1] is Shape.MARK:
        return after in ".,;:!?)" and not (i + 2 < len(words) and words.starts[i + 2] == words.ends[i + 1])
    return after in tiers or after in (
        "is",
        "was",
        "costs",
        "has",
        "had",
        "will",
        "and",
        "at",
        "in",
        "on",
        "did",
        "does",
        "needs",
    )


def _said_to_be_one(gap: str) -> bool:
    return bool(gap.strip(" ,(")) and bool(_ALSO.fullmatch(gap)) and any(ch.isalpha() for ch in gap)


def _ends_with(entity: Entity, version: str) -> bool:
    if entity.kind not in ("model", "product"):
        return False
    name, ending = name_key(entity.name), name_key(version)
    return len(name) > len(ending) and name.endswith(ending) and not name[-len(ending) - 1].isdigit()


def _candidate_key(c: Candidate) -> str:
    return name_key(c.known.name) if c.known is not None and c.known.kind in ("group",) else name_key(c.text)
