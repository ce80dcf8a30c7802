"""Two ways to write one name: bracketed initials and tickers, short forms, families, endings and bare
versions."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extract.name_candidates import Candidate
from extract.name_entities import BARE_VERSION, MAKERS, THINGS, Entities, Entity, Sighting, candidate_key
from extract.name_index import NameIndex, WordLists
from extract.name_tokens import TICKER, Shape, Words, word_set
from extract.vocabulary import name_key

_ALSO = re.compile(
    r"[,\s(–-]*"
    r"(?:(?:which is )?(?:better|also|formerly|previously|commonly|widely|now) (?:known|called|named)(?: as)?"
    r"|formerly|previously|a\.k\.a\.?|aka|known as|or|hereafter|abbreviated(?: as)?|trading as|once)[\s\"']*"
)
_BRACKET = re.compile(
    r"(?:,? (?:Inc|Corp|Ltd|LLC|PLC|Co|AG)\.?)?\s*\(\s*(?:[A-Z][A-Za-z]+:\s?)?(?:the )?[\"'$]?"
)

_ENDING_NUMBER = re.compile(r"[ -](\d{1,2}\.\d{1,2})$")
_INSTITUTIONS = word_set("foundation university ministry association institute")
_DIVISIONS = word_set("for cloud core music games search pay health")
_AFTER_VERSION = word_set("is was costs has had will and at in on did does needs")
_REACH = 8


def bracketed(
    words: Words, candidates: Sequence[Candidate], sightings: Mapping[str, Sighting], entities: Entities
) -> None:
    """*Semiconductor Manufacturing International (SMIC)*, *Hon Hai, better known as Foxconn*."""
    for a, b in pairwise(candidates):
        if b.first - a.last > _REACH or words.possessive[a.last - 1]:
            continue
        if not _one_thing(words, a, b):
            continue
        full, short = (b, a) if a.kind is None and b.kind is not None else (a, b)
        if short.kind is not None:
            continue
        key = candidate_key(full)
        if key not in entities.by_key and key in sightings:
            s = sightings[key]
            s.vote("vendor", 3)
            entities.add(key, s.candidate.text, s.kind(), None, s)
        if key in entities.by_key:
            entities.by_key.setdefault(candidate_key(short), entities.by_key[key])


def _one_thing(words: Words, a: Candidate, b: Candidate) -> bool:
    gap = words.text[words.ends[a.last - 1] : words.starts[b.first]]
    after = words.text[words.ends[b.last - 1] : words.ends[b.last - 1] + 2].lstrip("\"'")
    if _BRACKET.fullmatch(gap) and after[:1] in (")", ",", ";"):
        return _short_form(a, b)
    return bool(_ALSO.fullmatch(gap))


def _short_form(full: Candidate, short: Candidate) -> bool:
    """Whether a bracketed name is another form of the one before it: its initials, or capitals like a
    ticker's."""
    if full.kind in ("person", "place", "group", "market") or short.kind is not None:
        return False
    if TICKER.fullmatch(short.text):
        return True
    text = short.text.replace(".", "")
    initials = "".join(w[0] for w in re.split(r"[\s-]+", full.text) if w and w[0].isupper())
    return text.isupper() and (text[:2] == initials[:2] or text[0] == full.text[0].upper())


def families(entities: Entities) -> None:
    """*Onggi* beside *Onggi-32B* and *Onggi-Mini* is their family, unless it is plainly a vendor."""
    stems = {
        name_key(head.group()): e.owner
        for e in entities.all()
        if e.kind in THINGS and (head := re.match(r"[^\W\d_]+(?=[\s\d-])", e.name))
    }
    for entity in entities.all():
        single = len(entity.words) == 1 and entity.kind == "vendor" and not entity.votes.get("vendor", 0) > 1
        key = name_key(entity.name)
        if single and key in stems and stems[key] != entity.name:
            entity.kind = "model"


def short_forms(sightings: Mapping[str, Sighting], entities: Entities, lists: WordLists) -> None:
    """*Tolvanen* after *Tolvanen Compute*, *Pruitt* after *Dana Pruitt*; where several full forms fit, none
    does."""
    fuller: dict[str, list[Entity]] = {}
    for entity in entities.all():
        if entity.kind == "person":
            fuller.setdefault(entity.words[-1], []).append(entity)
        elif entity.kind in MAKERS and entity.words[-1] not in _INSTITUTIONS:
            fuller.setdefault(entity.words[0], []).append(entity)
    for key, s in sightings.items():
        known = entities.by_key.get(key)
        if known is not None and (
            known.listed or (known.words != s.words and len(known.words) > len(s.words))
        ):
            continue
        if len(s.words) == 1 and lists.ordinary(s.words[0]) and not s.middle:
            continue
        fits = [
            e
            for e in fuller.get(s.words[0], ())
            if e is not known
            and _shortens(s.words, e)
            and (
                known is None or name_key(e.name) in sightings
            )  # the text decided; a title brings nothing new
            and not (e.kind == "person" and s.is_firm())
            and not _part_of(s, e, sightings, lists)
        ]
        makers = {e.words[1][:3] for e in fits if e.kind in MAKERS and len(e.words) > 1}
        if not fits or len(makers) > 1:
            continue
        chosen = max(fits, key=lambda e: (e.listed, len("".join(e.words))))
        if known is None or known.kind not in THINGS or chosen.kind not in MAKERS:
            entities.by_key[key] = chosen


def _part_of(short: Sighting, entity: Entity, sightings: Mapping[str, Sighting], lists: WordLists) -> bool:
    """Whether the longer name is rather a part of the shorter one or another firm, as the shorter one is told of first
    or, where one word parts them, more often and by itself: *Corvis Halo* of *Corvis*, but *Tolvanen Compute* is
    *Tolvanen*."""
    if entity.kind not in MAKERS or entity.listed or len(entity.words) <= len(short.words):
        return False
    full = sightings.get(name_key(entity.name))
    last = entity.words[-1]
    if full is None or last in lists.corporate or last in lists.research or last in lists.press:
        return False
    if last in lists.legal:
        return False
    return len(entity.words) == len(short.words) + 1 or short.candidate.first < full.candidate.first


def _shortens(words: tuple[str, ...], entity: Entity) -> bool:
    """Whether ``words`` are the first words of a vendor, cut short or not, or the last of a person."""
    if words == entity.words or len(words) > len(entity.words):
        return False
    if entity.kind == "person":
        return words == entity.words[-1:]
    if not _DIVISIONS.isdisjoint(entity.words[len(words) :]):
        return False
    return all(
        w == full or (len(w) > 2 and full.startswith(w))
        for w, full in zip(words[1:], entity.words[1:], strict=False)
    )


def versions(entities: Entities, index: NameIndex) -> None:
    """A version alone is joined with what it is surely a version of: *V3.2* after *DeepSeek V3.2*, *E5*
    beside *Suite E3*, or a listed model of the one vendor of this article that has such a version. A vendor
    that merely stands near may only rent it out, so all others stay as they are."""
    vendors = [e.name for e in entities.all() if e.kind == "vendor"]
    for key, entity in list(entities.by_key.items()):
        if entity.kind not in THINGS or entity.listed or not BARE_VERSION.fullmatch(entity.name):
            continue
        whole = [e for e in entities.all() if e is not entity and _ends_with(e, entity.name)]
        stems = _stems(entity, entities)
        listed = [known for v in vendors if (known := index.get(f"{v} {entity.name}")) is not None]
        if len(whole) == 1:
            entities.by_key[key] = whole[0]
        elif len(stems) == 1:
            entity.name, entity.owner = f"{stems[0][0]}{entity.name}", entity.owner or stems[0][1]
        elif len(listed) == 1:
            entities.by_key[key] = entities.listed(
                listed[0].name, listed[0].kind, listed[0].owner, entity.how
            )


def _stems(entity: Entity, entities: Entities) -> list[tuple[str, str | None]]:
    """What stands before versions of the same letter in the article's other names, each with its owner."""
    letter = re.match(r"[A-Z]+", entity.name)
    pattern = re.compile(rf"(.+[ -]){letter.group() if letter else ''}\d[\d.]*")
    found = {
        m.group(1): e.owner for e in entities.all() if e.kind in THINGS and (m := pattern.fullmatch(e.name))
    }
    return list(found.items())


def _ends_with(entity: Entity, version: str) -> bool:
    name, ending = name_key(entity.name), name_key(version)
    longer = entity.kind in THINGS and len(name) > len(ending) and name.endswith(ending)
    return longer and not name[-len(ending) - 1].isdigit()


def endings(entities: Entities) -> None:
    """A model's ending with a version in it (*V4-Pro* of *DeepSeek V4-Pro*) is another way to write it."""
    found: dict[str, list[Entity]] = {}
    for entity in entities.all():
        pieces = re.split(r"[\s-]", entity.name) if entity.kind in THINGS else []
        for size in range(1, len(pieces)):
            first = pieces[size]
            versioned = first[:1].isalpha() and any(ch.isdigit() for ch in first)
            tail = size == len(pieces) - 1 and pieces[size - 1][:1].isdigit() and entity.name.islower()
            if versioned or tail or (size == 1 and len(pieces) > 2):
                found.setdefault(name_key("".join(pieces[size:])), []).append(entity)
    for key, owners in found.items():
        known = entities.by_key.get(key)
        if len(owners) != 1 or (known is not None and known.listed):
            continue
        if known is None or known.kind in THINGS or known.name.islower():
            entities.by_key[key] = owners[0]


def bare_numbers(
    words: Words, candidates: Sequence[Candidate], entities: Entities, lists: WordLists
) -> list[Candidate]:
    """*5.4* and *5.4 Pro* after *GPT-5.4*: numbers that can only be versions of a model of this article."""
    models: dict[str, list[Entity]] = {}
    for entity in entities.all():
        ending = _ENDING_NUMBER.search(entity.name) if entity.kind == "model" else None
        if ending:
            models.setdefault(ending.group(1), []).append(entity)
    if not models:
        return []
    taken = {k for c in candidates for k in range(c.first, c.last)}
    found = []
    for i, word in enumerate(words.texts):
        owners = models.get(word, ())
        if len(owners) != 1 or i in taken or not _stands_for_version(words, i, lists.tiers):
            continue
        last, name = i + 1, owners[0].name
        if last < len(words) and words.joined[last] and words.lower[last] in lists.tiers:
            name, last = f"{name} {words.texts[last]}", last + 1
        found.append(Candidate(i, last, name, None, "model", owners[0].owner, "version"))
    return found


def _stands_for_version(words: Words, i: int, tiers: frozenset[str]) -> bool:
    """Whether nothing at a number makes it an amount: no sign, no unit; a verb, a stop or a tier may
    follow."""
    if i and words.texts[i - 1] in "$€£¥₹+-–|/":
        return False
    if i + 1 >= len(words) or words.shapes[i + 1] is Shape.BREAK:
        return True
    after = words.lower[i + 1]
    if words.shapes[i + 1] is Shape.MARK:
        return after in ".,;:!?)" and not (i + 2 < len(words) and words.starts[i + 2] == words.ends[i + 1])
    return after in tiers or after in _AFTER_VERSION
