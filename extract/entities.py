"""Who may be the subject of a place: the names of a reading, its labels and bare subjects, and lists of names."""

from dataclasses import dataclass, field

from extract.reading import Reading
from extract.records import Mention
from extract.view import PlaceView

NOT_SUBJECTS = frozenset({"person"})


FUNCTION_WORDS = frozenset(
    {
        "the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "some", "all",
        "most", "many", "and", "or", "of", "for", "in", "on", "at", "by", "with", "from", "to", "as", "but",
        "if", "when", "while", "it", "they", "we", "he", "she", "there", "here", "what", "which", "who",
    }
)  # fmt: skip


LABEL_ITEMS = 7


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


def entities_of(reading: Reading) -> dict[str, Entity]:
    """Every name of a reading by its canonical form, every label and bare subject, with the items where they stand."""
    found: dict[str, Entity] = {}
    for i, item in enumerate(reading.items):
        if isinstance(item.ref, Mention) and item.ref.kind not in NOT_SUBJECTS:
            m = item.ref
            found.setdefault(m.name, Entity(m.name, m.kind, m.owner, m.how)).items.append(i)
    for m in reading.in_title:
        if m.kind not in NOT_SUBJECTS:
            found.setdefault(m.name, Entity(m.name, m.kind, m.owner, m.how))
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


def coordinated(reading: Reading, at: int) -> list[int]:
    """The items of the names that are joined with the name at ``at`` by commas and *and*, itself included."""
    for run in _runs(reading, reading.sentence_of[at], "n"):
        if at in run:
            return run
    return [at]
