"""Whose figure it is: what the scorer sees of the entities that may be the subject of a place."""

from collections.abc import Sequence
from itertools import takewhile

from extract.drafts import few, near
from extract.entities import Entity
from extract.view import PlaceView


def subject_features(
    view: PlaceView,
    entity: Entity,
    metric: str,
    role: str,
    counts: Sequence[str],
    listed: dict[int, int],
    recency: dict[str, tuple[int, int]],
) -> list[str]:
    """How an entity stands to the place. ``counts`` are the entities by number of mentions, ``listed`` pairs the item
    of a name with that of a figure in lists of equal length, ``recency`` ranks the entities named before the
    sentence by their last mention, among all and among those of their class."""
    reading, s, i = view.reading, view.sentence, view.anchor.at
    first = reading.first_item
    kind = entity.kind
    found = [f"{kind}", f"{kind}~{metric}", f"{kind}~{view.unit}", f"how={entity.how.split(':')[0]}"]
    here = entity.items_in(reading.items_of(s))
    left = [j for j in here if j <= i]
    right = [j for j in here if j > i]
    if left:
        found += _side(view, left[-1], "left", kind)
        if len(left) > 1:
            found.append("left twice")
        if left[0] - first[s] < 3:
            found.append(f"opens sentence {kind}")
    if right:
        found += _side(view, right[0], "right", kind)
    found += _place_in_sentence(view, here, kind)
    found += _described(view, here, kind)
    states = _standing_for(view, here)
    found += states + [f"{state} {kind}" for state in states] + [" & ".join(states)]
    for j in here:
        if listed.get(j) == i:
            found.append("listed with it")
        elif j in listed:
            found.append("listed with another")
    if not here:
        before = entity.last_before(first[s])
        if before is not None:
            back = s - reading.sentence_of[before]
            same = reading.sentences[reading.sentence_of[before]].paragraph == reading.sentences[s].paragraph
            found += [f"back {min(back, 4)} same paragraph {same}", f"back {min(back, 4)} {kind}"]
            overall, own = recency.get(entity.name, (9, 9))
            found += [f"recency {min(overall, 4)}", f"recency in class {min(own, 3)} {states[0]}"]
            if back == 1:
                opening = before - first[s - 1] < 4
                found.append(f"opened the sentence before {opening}")
        else:
            found.append("only later" if entity.items else "only elsewhere")
    if view.caption is not None and entity.items_in(reading.items_of(view.caption)):
        found += [f"in the caption {kind} here {bool(here)}"]
    topic = view.topic
    if topic == entity.name:
        found += [f"topic of paragraph here {bool(here)}", f"topic of paragraph {kind}"]
    if view.topic_before == entity.name:
        found += [f"first of sentence before here {bool(here)}", f"first of sentence before {kind}"]
    if entity.name in reading.title_names:
        found += [
            "in title",
            f"title place {min(reading.title_names.index(entity.name), 3)}",
            f"in title here {bool(here)}",
        ]
    if counts and counts[0] == entity.name:
        found += ["most told", f"most told here {bool(here)}"]
    elif entity.name in counts[:3]:
        found.append("much told")
    found += _history(view, entity, metric, role, bool(here), states)
    return found


def _place_in_sentence(view: PlaceView, here: Sequence[int], kind: str) -> list[str]:
    """Is the entity the first name of the sentence, of its clause; does it stand in an insertion; does a pronoun stand
    between it and the place?"""
    if not here:
        return []
    reading, s = view.reading, view.sentence
    items = reading.items_of(s)
    names = view.names_here
    at = max((j for j in here if j <= view.anchor.at), default=here[0])
    found = []
    if names[:1] == [here[0]]:
        before = "start" if here[0] == items.start else reading.word(here[0] - 1, s)
        found += [f"first name {kind}", f"first name after {before}"]
    if at == max((j for j in names if j <= view.anchor.at), default=-1):
        found.append(f"latest name {kind}")
    begin = at
    while begin > items.start and reading.items[begin - 1].text not in (",", ";", "–", "(", ":"):
        begin -= 1
    closed = any(reading.items[j].text in (",", ")", "–") for j in range(at, view.anchor.at))
    opener = reading.word(begin, s)
    found += [f"segment {opener} closed {closed}", f"segment at start {begin == items.start} closed {closed}"]
    return found


def _standing_for(view: PlaceView, here: Sequence[int]) -> list[str]:
    """Who opens the sentence, and who stands nearest before the place: the entity, another name, a pronoun or a
    description?"""
    found = []
    for what, stands in (("opener", view.opener), ("nearest", view.nearest_standing)):
        if stands is None:
            found.append(f"{what} nobody here {bool(here)}")
            continue
        at, sort = stands
        if sort == "name":
            found.append(f"{what} name {'itself' if at in here else 'another' if here else 'absent'}")
        else:
            found.append(
                f"{what} {sort} {'here' if any(j < at for j in here) else 'later' if here else 'absent'}"
            )
    return found


def _described(view: PlaceView, here: Sequence[int], kind: str) -> list[str]:
    """How an entity stands to the descriptions around the place: inside one, or one stands where its name could."""
    found = []
    at = view.anchor.at
    product = kind in ("model", "product")
    for begin, end, what in view.descriptions():
        inside = [j for j in here if begin <= j < end]
        if inside:
            found.append(f"inside a description of a {what} {kind}")
        elif begin <= at:
            fits = product == (what == "product")
            state = "after it" if any(end <= j <= at for j in here) else "before it" if here else "absent"
            found += [f"description fits {fits} {state}", f"description {what} {kind} {state}"]
            apposed = any(j in (begin - 2, begin - 1, end, end + 1) for j in here)
            if apposed:
                found.append(f"description beside {fits}")
    return found


def _side(view: PlaceView, at: int, side: str, kind: str) -> list[str]:
    reading, s, i = view.reading, view.sentence, view.anchor.at
    distance = abs(i - at)
    strong = reading.between("strong", i, at)
    clause = reading.between("clause", i, at)
    names = reading.between("n", i, at)
    figures = reading.between("q", i, at)
    before, after = reading.word(at - 1, s), reading.word(at + 1, s)
    return [
        f"{side} {near(distance)}",
        f"{side} names {few(names)}",
        f"{side} figures {few(figures)}",
        f"{side} breaks {few(strong)} clauses {few(clause)}",
        f"{side} names {few(names)} figures {few(figures)} breaks {few(strong + clause)}",
        f"{side} before={before}",
        f"{side} after={after}",
        f"{side} {kind} names {few(names)}",
        f"{side} commas {few(reading.between('comma', i, at))}",
    ]


def _history(
    view: PlaceView, entity: Entity, metric: str, role: str, here: bool, states: Sequence[str]
) -> list[str]:
    found = []
    last = view.last_here or view.last_near
    if last is not None:
        where = "here" if view.last_here is not None else "near"
        mine = last.subject == entity.name
        sure = "sure" if last.subject_sure > 0.8 else "likely" if last.subject_sure > 0.5 else "unsure"
        found.append(f"last {where} {mine} metric {last.metric == metric} role {last.role}-{role}")
        if mine:
            found += [
                f"as last {where}",
                f"as last {where} L1={view.left[0]}",
                f"as last {where} named here {here}",
            ]
            found += [f"as last {where} {state}" for state in states]
            found.append(f"as last {where} {sure}")
            gap = view.reading.between("n", last.anchor.at, view.anchor.at)
            found.append(f"as last {where} names between {few(gap)}")
        elif last.owner == entity.name or (entity.owner is not None and entity.owner == last.subject):
            found.append("kin of last")
    elif view.last is not None and view.last.subject == entity.name:
        found.append("as last, paragraph before")
    if (entity.name, metric) in view.history.pairs:
        found.append("had this metric")
    if entity.name in view.history.subjects:
        found.append("had claims")
        here_before = takewhile(lambda d: d.anchor.sentence == view.sentence, reversed(view.history))
        if any(d.subject == entity.name and d.metric == metric and d.role == role for d in here_before):
            found.append("had the same here")
    return found
