"""Whose figure it is: the entities that may be the subject of a place, and the features that choose among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.features import PlaceView, few, near
from extract.reading import Reading
from extract.records import Mention

NOT_SUBJECTS = frozenset({"person"})
FUNCTION_WORDS = frozenset(
    ["the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "some", "all", "most", "many", "and", "or", "of", "for", "in", "on", "at", "by", "with", "from", "to", "as", "but", "if", "when", "while", "it", "they", "we", "he", "she", "there", "here", "what", "which", "who"]
)
LABEL_ITEMS = 7
LIST_WORDS = frozenset(
    {",", "and", "or", "&", "/", "about", "roughly", "'s", "to", "some", "around", "nearly", "over"}
)


@dataclass(slots=True)
class Entity:
    """Something that figures may be about: a name with all its mentions, or a noun phrase that stands as a label."""

    name: str
    kind: str
    owner: str | None = None
    how: str = ""
    items: list[int] = field(default_factory=list)


def entities_of(reading: Reading) -> dict[str, Entity]:
    """Every name of a reading by its canonical form, and every label and bare subject, with the items where they stand."""
    found: dict[str, Entity] = {}
    for i, item in enumerate(reading.items):
        if isinstance(item.ref, Mention) and item.ref.kind not in NOT_SUBJECTS:
            m = item.ref
            found.setdefault(m.name, Entity(m.name, m.kind, m.owner, m.how)).items.append(i)
    for s in range(len(reading.sentences)):
        phrase = _label(reading, s) or _bare_subject(reading, s)
        if phrase is not None:
            name, at, how = phrase
            found.setdefault(name, Entity(name, "phrase", None, how)).items.append(at)
    return found


def _label(reading: Reading, s: int) -> tuple[str, int, str] | None:
    """The words before the colon or the first bar of a line, where they hold no name and no figure."""
    items = reading.items_of(s)
    begin = items.start
    while begin < items.stop and reading.items[begin].text in ("•", "-", "–", "*", ">", "·"):
        begin += 1
    for i in range(begin, min(begin + LABEL_ITEMS, items.stop)):
        item = reading.items[i]
        if item.kind != "w":
            return None
        if item.text in (":", "|"):
            if i == begin:
                return None
            return reading.text[reading.items[begin].start : reading.items[i - 1].end], begin, "label"
    return None


def _bare_subject(reading: Reading, s: int) -> tuple[str, int, str] | None:
    """The noun phrase that opens a sentence, up to the first verb that is a cue, where it holds no name."""
    items = reading.items_of(s)
    verbs = {at for kind in ("direction", "modality", "metric") for at, _ in reading.cues_in(kind, s)}
    begin = items.start
    while begin < items.stop and reading.items[begin].text in FUNCTION_WORDS:
        begin += 1
    for i in range(begin, min(begin + 4, items.stop)):
        item = reading.items[i]
        if item.kind != "w" or not item.text[0].isalpha():
            return None
        if i > begin and i in verbs:
            return reading.text[reading.items[begin].start : reading.items[i - 1].end], begin, "opening"
    return None


def candidates_of(view: PlaceView, entities: dict[str, Entity], most: int = 20) -> list[Entity]:
    """The entities that may be the subject of a place, the nearest first: named in its sentence, in the sentences
    before, in the title, or the subject of the last claims."""
    reading, s = view.reading, view.sentence
    first = reading.first_item
    ranked: list[tuple[int, int, Entity]] = []
    title = set(reading.title_names)
    recent = {draft.subject for draft in view.history[-4:]}
    for entity in entities.values():
        here = [i for i in entity.items if first[s] <= i < first[s + 1]]
        if here:
            ranked.append((0, min(abs(i - view.anchor.at) for i in here), entity))
            continue
        before = [i for i in entity.items if i < first[s]]
        if before:
            back = s - reading.sentence_of[before[-1]]
            if back <= 6 or entity.name in recent or entity.name in title:
                ranked.append((1 if back <= 6 else 2, back, entity))
                continue
        if entity.name in recent or entity.name in title:
            ranked.append((2, 9, entity))
    ranked.sort(key=lambda r: r[:2])
    return [entity for _, _, entity in ranked[:most]]


def recency_of(reading: Reading, s: int, entities: dict[str, Entity]) -> dict[str, tuple[int, int]]:
    """The rank of each entity by its last mention before sentence ``s``: among all, and among companies or products."""
    before = []
    for entity in entities.values():
        mentions = [j for j in entity.items if j < reading.first_item[s]]
        if mentions and entity.kind != "place":
            before.append((-mentions[-1], entity))
    before.sort(key=lambda pair: pair[0])
    ranks: dict[str, tuple[int, int]] = {}
    classes = [0, 0]
    for overall, (_, entity) in enumerate(before):
        which = entity.kind in ("model", "product")
        ranks[entity.name] = (overall, classes[which])
        classes[which] += 1
    return ranks


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
    of a name with that of a figure in lists of equal length, ``recency`` ranks the entities named before the sentence by
    their last mention, among all and among those of their class."""
    reading, s, i = view.reading, view.sentence, view.anchor.at
    first = reading.first_item
    kind = entity.kind
    found = [f"{kind}", f"{kind}~{metric}", f"{kind}~{view.unit}", f"how={entity.how.split(':')[0]}"]
    here = [j for j in entity.items if first[s] <= j < first[s + 1]]
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
        before = [j for j in entity.items if j < first[s]]
        if before:
            back = s - reading.sentence_of[before[-1]]
            same = (
                reading.sentences[reading.sentence_of[before[-1]]].paragraph == reading.sentences[s].paragraph
            )
            found += [f"back {min(back, 4)} same paragraph {same}", f"back {min(back, 4)} {kind}"]
            overall, own = recency.get(entity.name, (9, 9))
            found += [f"recency {min(overall, 4)}", f"recency in class {min(own, 3)} {states[0]}"]
            if back == 1:
                opening = before[-1] - first[s - 1] < 4
                found.append(f"opened the sentence before {opening}")
        else:
            found.append("only later" if entity.items else "only elsewhere")
    if view.caption is not None and any(reading.sentence_of[j] == view.caption for j in entity.items):
        found += [f"in the caption {kind} here {bool(here)}"]
    topic = view.topic()
    if topic == entity.name:
        found += [f"topic of paragraph here {bool(here)}", f"topic of paragraph {kind}"]
    if view.topic_before() == entity.name:
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
    names = [j for j in items if reading.items[j].kind == "n"]
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
    for what, stands in (("opener", view.opener()), ("nearest", view.nearest_standing())):
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
    if any(d.subject == entity.name and d.metric == metric for d in view.history):
        found.append("had this metric")
    if any(d.subject == entity.name for d in view.history):
        found.append("had claims")
        if any(
            d.subject == entity.name
            and d.metric == metric
            and d.role == role
            and d.anchor.sentence == view.sentence
            for d in view.history
        ):
            found.append("had the same here")
    return found


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
    """Maximal runs of items of a kind that only commas, *and*, *or* and brackets part; the owner in *A's B* is left out."""
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


def coordinated(reading: Reading, at: int) -> list[int]:
    """The items of the names that are joined with the name at ``at`` by commas and *and*, itself included."""
    for run in _runs(reading, reading.sentence_of[at], "n"):
        if at in run:
            return run
    return [at]
