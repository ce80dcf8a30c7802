"""What the scorer sees of a place: readable features of a figure and its surroundings, one function a decision.

A feature is a short string, such as ``L1=to`` (the word before is *to*) or ``own metric, left, 1-2`` (a cue of the
candidate metric stands one or two items to the left). Functions here are pure; ``extract.decisions`` asks them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.reading import Anchor, Reading, descriptions_of
from extract.records import Dates, Mention, Period, Quantity

MONEY = frozenset(
    ["USD", "CNY", "TWD", "EUR", "KRW", "JPY", "INR", "GBP", "HKD", "SGD", "AUD", "CAD", "CHF", "SEK", "NOK", "DKK", "BRL", "MXN", "RUB", "TRY", "ZAR", "IDR", "THB", "MYR", "VND", "PHP", "PLN", "CZK", "HUF", "ILS", "SAR", "AED", "NZD", "PKR", "BDT", "ARS", "CLP", "COP", "EGP", "NGN", "KES", "UAH", "RON", "QAR", "KWD"]
)
PLAIN = frozenset(
    ["percent", "points", "x", "tokens", "users", "downloads", "units", "calls", "GPUs", "MW", "parameters", "wafers", "GWh", "TEU"]
)


QUOTES = '“"'


@dataclass(slots=True)
class Draft:
    """A claim while it is being made; what later places of the article look back on."""

    anchor: Anchor
    role: str
    metric: str = ""
    subject: str = ""
    subject_kind: str = ""
    subject_sure: float = 1.0
    owner: str | None = None
    unit: str | None = None
    direction: str | None = None
    per: str | None = None
    basis: str | None = None
    period: Dates = (None, None)
    modality: str = "reported"
    source: str | None = None
    negated: bool = False
    previous: float | None = None
    scope: str | None = None
    confidence: float = 1.0
    rules: list[str] = field(default_factory=list)


def unit_class(quantity: Quantity | None) -> str:
    """The class of a figure's unit: ``money``, ``price``, a unit of its own, ``bare`` or ``noun``."""
    if quantity is None:
        return "none"
    unit = quantity.unit
    if unit is None:
        return "bare"
    if unit in MONEY:
        return "money"
    if unit in PLAIN:
        return unit
    return "price" if "/" in unit else "noun"


def near(distance: int) -> str:
    """A distance in items as a bucket."""
    if distance <= 2:
        return str(distance)
    if distance <= 4:
        return "3-4"
    if distance <= 7:
        return "5-7"
    return "8-12" if distance <= 12 else "13+"


def few(count: int) -> str:
    """A count as ``0``, ``1`` or ``2+``."""
    return str(count) if count < 2 else "2+"


def magnitude(quantity: Quantity) -> str:
    """The order of magnitude of a figure, two decades a bucket."""
    value = abs(quantity.value)
    return "0" if value == 0 else str(int(math.floor(math.log10(value) / 1.5)))


def _caption(reading: Reading, s: int) -> int | None:
    """The sentence above a list or a table that says what it is of; null where the sentence stands in none."""
    if not reading.sentences[s].bullet:
        return None
    for above in range(s - 1, max(-1, s - 25), -1):
        if not reading.sentences[above].bullet:
            return above
    return None


class PlaceView:
    """The features of one anchor that several decisions share, computed once."""

    def __init__(self, reading: Reading, anchor: Anchor, history: Sequence[Draft]) -> None:
        self.reading = reading
        self.anchor = anchor
        self.history = history
        self.sentence = anchor.sentence
        self._descriptions: list[tuple[int, int, str]] | None = None
        self._standing: list[tuple[int, str]] | None = None
        self.unit = unit_class(anchor.quantity)
        word = reading.word
        i = anchor.at
        s = anchor.sentence
        self.left = [word(i - k, s) for k in range(1, 5)]
        self.right = [word(i + k, s) for k in range(1, 5)]
        last = history[-1] if history else None
        self.last = last
        self.last_here = last if last is not None and last.anchor.sentence == s else None
        self.head = reading.head_of(i) if reading.sentences[s].bullet else range(0)
        self.head_metrics = (
            frozenset(
                cue.value
                for at, cue in reading.cues_in("metric", reading.sentence_of[self.head.start])
                if at in self.head
            )
            if self.head
            else frozenset()
        )
        self.caption = _caption(reading, s)
        self.caption_metrics = (
            frozenset()
            if self.caption is None
            else frozenset(c.value for _, c in reading.cues_in("metric", self.caption))
        )
        paragraph = reading.sentences[s].paragraph
        self.last_near = (
            last
            if last is not None and reading.sentences[last.anchor.sentence].paragraph == paragraph
            else None
        )

    def nearest(
        self, kind: str, most: int = 40
    ) -> tuple[tuple[int, str, str] | None, tuple[int, str, str] | None]:
        """The nearest cue of a kind left and right in the sentence as (distance, value, text); one inside counts left."""
        i = self.anchor.at
        left: tuple[int, str, str] | None = None
        right: tuple[int, str, str] | None = None
        for at, cue in self.reading.cues_in(kind, self.sentence):
            distance = i - at
            if distance >= 0:
                if distance <= most:
                    left = (distance, cue.value, cue.text)
            elif right is None and -distance <= most:
                right = (-distance, cue.value, cue.text)
        return left, right

    def nearest_name_kind(self) -> str:
        """The kind of the name nearest to the place in its sentence, to the left first."""
        reading, i = self.reading, self.anchor.at
        items = reading.items_of(self.sentence)
        for j in [*range(i, items.start - 1, -1), *range(i + 1, items.stop)]:
            ref = reading.items[j].ref
            if isinstance(ref, Mention):
                return ref.kind
        return "nobody"

    def descriptions(self) -> list[tuple[int, int, str]]:
        """The descriptions of the sentence that stand in for a name."""
        if self._descriptions is None:
            self._descriptions = descriptions_of(self.reading, self.sentence)
        return self._descriptions

    def standing(self) -> list[tuple[int, str]]:
        """What stands for someone in the sentence, in order: names outside descriptions, pronouns, descriptions."""
        if self._standing is None:
            described = self.descriptions()
            found = [(begin, f"a {what}") for begin, _, what in described]
            found += [
                (at, cue.text)
                for at, cue in self.reading.cues_in("stand_in", self.sentence)
                if cue.value == "pronoun"
            ]
            for j in self.reading.items_of(self.sentence):
                ref = self.reading.items[j].ref
                if (
                    isinstance(ref, Mention)
                    and ref.kind not in ("person", "place")
                    and not any(begin <= j < end for begin, end, _ in described)
                ):
                    found.append((j, "name"))
            self._standing = sorted(found)
        return self._standing

    def opener(self) -> tuple[int, str] | None:
        """The first of what stands in the sentence."""
        return self.standing()[0] if self.standing() else None

    def nearest_standing(self) -> tuple[int, str] | None:
        """The last of what stands before the place."""
        before = [stands for stands in self.standing() if stands[0] < self.anchor.at]
        return before[-1] if before else None

    def topic(self) -> str | None:
        """The first name of the paragraph."""
        reading = self.reading
        s = self.sentence
        while s > 0 and reading.sentences[s - 1].paragraph == reading.sentences[self.sentence].paragraph:
            s -= 1
        return self._first_name(range(reading.first_item[s], reading.first_item[self.sentence + 1]))

    def topic_before(self) -> str | None:
        """The first name of the sentence before, in whichever paragraph."""
        return self._first_name(self.reading.items_of(self.sentence - 1)) if self.sentence else None

    def _first_name(self, items: range) -> str | None:
        for j in items:
            ref = self.reading.items[j].ref
            if isinstance(ref, Mention):
                return ref.name
        return None

    def words(self) -> list[str]:
        """The words around."""
        left, right, u = self.left, self.right, self.unit
        return [
            f"L1={left[0]}",
            f"L2={left[1]}",
            f"L3={left[2]}",
            f"R1={right[0]}",
            f"R2={right[1]}",
            f"R3={right[2]}",
            f"L={left[1]} {left[0]}",
            f"R={right[0]} {right[1]}",
            f"{u} L1={left[0]}",
            f"{u} R1={right[0]}",
            f"L3={left[2]} {left[1]} {left[0]}",
        ]

    def figure(self) -> list[str]:
        """The figure itself."""
        q, u = self.anchor.quantity, self.unit
        if q is None:
            cue = self.anchor.cue
            return [f"kind={self.anchor.kind}", f"cue={cue.text if cue else ''}"]
        found = [f"unit={u}", f"unit={u} size={magnitude(q)}", f"qualifier={q.qualifier}"]
        if u in ("noun", "price"):
            found.append(f"exact={q.unit}")
        if q.direction:
            found += [f"marked {q.direction}", f"{u} marked {q.direction}"]
        if q.per:
            found.append(f"per={q.per}")
        if q.value_high is not None:
            found.append("range")
        return found

    def nearest_cues(self, *kinds: str) -> list[str]:
        """The nearest cues of some kinds on either side, with their distances and their words."""
        found = []
        for kind in kinds:
            left, right = self.nearest(kind)
            for side, cue in (("L", left), ("R", right)):
                if cue is None:
                    found.append(f"{kind} {side} none")
                    continue
                distance, value, text = cue
                d = near(distance)
                found += [f"{kind} {side} {value}", f"{kind} {side} {value} {d}", f"{kind} {side}:{text}"]
                if distance <= 3:
                    found.append(f"{kind} {side} close:{text}")
        return found

    def gaps(self) -> list[str]:
        """What stands between this figure and its neighbours."""
        reading, i, s = self.reading, self.anchor.at, self.sentence
        found = []
        for side, step in (("before", -1), ("after", 1)):
            words: list[str] = []
            j = i + step
            while True:
                word = reading.word(j, s)
                if word in ("#", "<figure>") or len(words) == 6:
                    break
                words.append(word)
                j += step
            if word == "<figure>":
                other = reading.items[j].ref
                same = isinstance(other, Quantity) and self.unit == unit_class(other)
                shown = " ".join(words[::step] if step > 0 else words[::-1])
                found += [
                    f"gap {side}:{shown}",
                    f"gap {side} {same}:{shown}",
                    f"gap {side} {same} {near(len(words))}",
                ]
                if isinstance(other, Quantity):
                    found.append(f"neighbour {side} {unit_class(other)} of {self.unit}")
            else:
                found.append(f"no figure {side}")
        return found

    def setting(self) -> list[str]:
        """Where in the article the place is."""
        reading, s, i = self.reading, self.sentence, self.anchor.at
        sentence = reading.sentences[s]
        items = reading.items_of(s)
        names = reading.between("n", items.start - 1 if items.start else 0, items.stop)
        opening = reading.text[sentence.start : sentence.start + 1]
        return [
            f"names={few(names)}",
            f"bullet={sentence.bullet}",
            f"field={reading.field}",
            f"early={sentence.paragraph < 2}",
            f"at start={i - items.start < 2}",
            f"short={len(items) < 6}",
            f"question={reading.text[sentence.end - 1 : sentence.end] == '?'}",
            f"quoted={opening in QUOTES}",
        ]

    def column(self) -> list[str]:
        """The words at the head of the table column that the figure stands in."""
        found = [f"head {self.reading.items[j].text.lower()}" for j in self.head] if self.head else []
        found += [f"head of {metric}" for metric in self.head_metrics]
        if self.reading.sentences[self.sentence].bullet:
            found.append(
                f"bullet {self.unit} head {bool(self.head_metrics)} caption {bool(self.caption_metrics)}"
            )
        return found

    def looking_back(self) -> list[str]:
        """What the claim before was."""
        if self.last_here is not None:
            return [
                f"last here {self.last_here.role} {self.last_here.metric}",
                f"last here {self.last_here.role} of {self.unit}",
            ]
        if self.last_near is not None:
            return [f"last near {self.last_near.metric}"]
        return ["no claim before" if self.last is None else "new paragraph"]


def role_features(view: PlaceView) -> list[str]:
    """Is the figure a level, a change, the figure before, or no claim?"""
    if view.anchor.kind != "quantity":
        return worded_role_features(view)
    found = view.words() + view.figure() + view.gaps() + view.setting() + view.looking_back() + view.column()
    found += view.nearest_cues("metric", "direction", "compare", "hypothesis", "negation")
    return found + [f"{view.unit}&{f}" for f in view.nearest_cues("metric")]


def worded_role_features(view: PlaceView) -> list[str]:
    """Is a word of direction, of rank, of launch or of a price of nothing a claim of its own?

    What counts is whether a figure near by already says it, whether a metric and a name are there, and a negation.
    """
    reading, i, s = view.reading, view.anchor.at, view.sentence
    cue = view.anchor.cue
    found = view.words()[:9] + view.figure() + view.setting()
    for side, step in (("left", -1), ("right", 1)):
        figures = [j for j in reading.items_of(s) if reading.items[j].kind == "q" and (j - i) * step > 0]
        if not figures:
            found.append(f"figure {side} none")
            continue
        j = figures[-1] if step < 0 else figures[0]
        breaks = (
            reading.between("strong", i, j) + reading.between("clause", i, j) + reading.between("comma", i, j)
        )
        found += [
            f"figure {side} {near(abs(i - j))}",
            f"figure {side} breaks {few(breaks)} {near(abs(i - j))}",
        ]
        names = [j for j in reading.items_of(s) if reading.items[j].kind == "n" and (j - i) * step > 0]
        if names:
            k = names[-1] if step < 0 else names[0]
            ref = reading.items[k].ref
            kind = ref.kind if isinstance(ref, Mention) else ""
            found += [f"name {side} {kind} {near(abs(i - k))}", f"name {side} {kind}"]
    for kind in ("metric", "negation", "modality"):
        for side, near_cue in zip(("L", "R"), view.nearest(kind), strict=True):
            if near_cue is None:
                found.append(f"{kind} {side} none")
                continue
            distance, value, text = near_cue
            found += [
                f"{kind} {side} {value}",
                f"{kind} {side} {near(distance)}",
                f"{kind} {side} {value} {near(distance)}",
            ]
            if distance <= 4:
                found += [f"{kind} {side} close:{text}", f"{cue.value if cue else ''} with {value}"]
    if any(reading.items[j].kind == "p" for j in reading.items_of(s)):
        found.append("period here")
    return found + [
        f"{cue.text}&{f}" for f in found if cue is not None and f.startswith(("figure right b", "metric L "))
    ]


def metric_place_features(view: PlaceView, role: str) -> list[str]:
    """What the place says of its metric, whatever cues stand elsewhere."""
    found = view.words() + view.figure() + [f"role={role}", f"role={role} unit={view.unit}"] + view.column()
    for kind in ("metric", "direction"):
        left, right = view.nearest(kind)
        for side, cue in (("L", left), ("R", right)):
            if cue is not None:
                found += [f"{kind} {side}:{cue[2]}", f"{view.unit} {kind} {side}:{cue[2]}"]
    if view.last_here is not None:
        found.append(f"after {view.last_here.metric}")
    return found


def metric_own_features(
    view: PlaceView, metric: str, role: str, titled: frozenset[str], owner_kind: str
) -> list[str]:
    """How the cues of one metric stand to the place."""
    reading, i, s = view.reading, view.anchor.at, view.sentence
    u = view.unit
    found: list[str] = []
    left: tuple[int, str] | None = None
    right: tuple[int, str] | None = None
    last_left = first_right = -1
    for at, cue in reading.cues_in("metric", s):
        mine = cue.value == metric
        if at == i:
            if mine:
                found += ["inside", f"inside {u}", f"inside {cue.text}"]
        elif at < i:
            last_left = at
            if mine:
                left = (at, cue.text)
        else:
            if first_right < 0:
                first_right = at
            if mine and right is None:
                right = (at, cue.text)
    for side, cue_at, nearest_at in (("left", left, last_left), ("right", right, first_right)):
        if cue_at is None:
            continue
        at, text = cue_at
        distance = abs(i - at)
        strong = reading.between("strong", i, at) + reading.between("clause", i, at)
        figures = few(reading.between("q", i, at))
        found += [
            f"{side} {near(distance)}",
            f"{side} breaks {few(strong)} commas {few(reading.between('comma', i, at))}",
            f"{side} figures {figures}",
            f"{side} nearest {nearest_at == at}",
            f"{side} nearest {nearest_at == at} figures {figures} breaks {few(strong)}",
            f"{side} via {text}",
        ]
        if nearest_at == at and strong == 0:
            found.append(f"{side} nearest via {text}")
        if strong == 0:
            found.append(f"{side} clear {near(distance)}")
    if left is None and right is None:
        found.append("no cue here")
        for back in (1, 2):
            if (
                s - back >= 0
                and reading.sentences[s - back].paragraph == reading.sentences[s].paragraph
                and any(cue.value == metric for _, cue in reading.cues_in("metric", s - back))
            ):
                found.append(f"cue {back} back")
                break
    if metric in view.head_metrics:
        found += ["cue at the head", f"cue at the head of {len(view.head_metrics)}"]
    if metric in view.caption_metrics:
        found.append("cue in the caption")
    if metric in titled:
        found.append("cue in title")
    last = view.last_here
    if last is not None and last.metric == metric:
        found += ["as here", f"as here {last.role}-{role}", f"as here {u}", f"as here gap {view.left[0]}"]
        if left is None and right is None:
            found.append("as here, no cue")
    elif view.last_near is not None and view.last_near.metric == metric:
        found += ["as near", f"as near {view.last_near.role}-{role}"]
        if left is None and right is None:
            found.append("as near, no cue")
    elif view.last is not None and view.last.metric == metric:
        found.append("as before")
    if any(d.metric == metric for d in view.history):
        found.append("told before")
    found.append(f"{owner_kind}~{metric}")
    return found


def direction_features(view: PlaceView, role: str, metric: str) -> list[str]:
    """Which way it moved."""
    found = view.nearest_cues("direction") + view.figure()
    left, right = view.nearest("direction")
    if left is not None and (right is None or left[0] <= right[0]):
        found.append(f"nearest {left[1]}")
    elif right is not None:
        found.append(f"nearest {right[1]}")
    found += [f"L1={view.left[0]}", f"R1={view.right[0]}", f"role={role}", f"{metric}"]
    found += view.column()
    q = view.anchor.quantity
    if q is not None:
        found.append(f"marked {q.direction}" if q.direction else "unmarked")
        if q.text[:1] in "+-":
            found.append(f"sign {q.text[0]}")
    elif view.anchor.cue is not None:
        found += [f"said {view.anchor.cue.value}", f"said {view.anchor.cue.text}"]
    if view.last_here is not None:
        found.append(f"last {view.last_here.direction}")
    profit = metric == "profit"
    if profit:
        loss = any(
            "loss" in cue.text or "deficit" in cue.text
            for _, cue in view.reading.cues_in("metric", view.sentence)
        )
        found += [f"profit loss={loss} {f}" for f in found if f.startswith("nearest ")]
    return [f"{role} {f}" for f in found] + found


def negation_features(view: PlaceView, role: str) -> list[str]:
    """Does the text deny it?"""
    found = view.nearest_cues("negation")
    left, _ = view.nearest("negation")
    if left is not None:
        breaks = view.reading.between("strong", view.anchor.at, view.anchor.at - left[0])
        commas = view.reading.between("comma", view.anchor.at, view.anchor.at - left[0])
        found += [
            f"reach {near(left[0])} {few(breaks)} {few(commas)}",
            f"reach {left[2]} {few(breaks)} {few(commas)}",
        ]
    found += [
        f"kind={view.anchor.kind}",
        f"role={role}",
        f"L={view.left[1]} {view.left[0]}",
        f"L1={view.left[0]}",
    ]
    if view.last_here is not None:
        found.append(f"last negated {view.last_here.negated}")
    return [f"{view.anchor.kind} {f}" for f in found] + found


def modality_features(view: PlaceView, metric: str, period: Dates, now: str) -> list[str]:
    """Reported, forecast, target, plan or rumor?"""
    found = view.nearest_cues("modality") + [f"metric={metric}"]
    values = {cue.value for _, cue in view.reading.cues_in("modality", view.sentence)}
    found += [f"has {value}" for value in values]
    if not values:
        found.append("has none")
    if period[1] is not None and period[1] > now:
        found.append("ends later")
    if period[0] is not None and period[0] > now:
        found.append("starts later")
    if view.last_here is not None:
        found.append(f"last here {view.last_here.modality}")
    elif view.last_near is not None:
        found.append(f"last near {view.last_near.modality}")
    later = "ends later" in found
    found += [f"{later}&{f}" for f in found if f.startswith(("has ", "modality L", "last "))]
    return found


def per_features(view: PlaceView, metric: str, role: str) -> list[str]:
    """The time base of a flow."""
    found = view.nearest_cues("per") + [
        f"metric={metric}",
        f"metric={metric} role={role}",
        f"unit={view.unit}",
    ]
    q = view.anchor.quantity
    if q is not None and q.per:
        found += [f"marked {q.per}", f"marked {q.per} {metric}"]
    for back, draft in enumerate(reversed(view.history[-4:])):
        if draft.metric == metric and draft.role == role:
            found += [
                f"as {draft.per}",
                f"as {draft.per} {'here' if draft.anchor.sentence == view.sentence else 'before'}",
            ]
            break
        if back == 0 and draft.metric == metric:
            found.append(f"other role {draft.per}")
    left, right = view.nearest("per")
    for side, cue in (("L", left), ("R", right)):
        if cue is not None:
            at = view.anchor.at + (-cue[0] if side == "L" else cue[0])
            figures = view.reading.between("q", view.anchor.at, at)
            found += [f"{side} {cue[1]} {metric} {near(cue[0])}", f"{side} {cue[1]} figures {few(figures)}"]
    return found


def basis_features(view: PlaceView, metric: str) -> list[str]:
    """What a change is against."""
    found = view.nearest_cues("basis") + [f"unit={view.unit}", f"metric={metric}"]
    left, right = view.nearest("basis")
    for side, cue in (("L", left), ("R", right)):
        if cue is not None:
            at = view.anchor.at + (-cue[0] if side == "L" else cue[0])
            figures = view.reading.between("q", view.anchor.at, at)
            found += [
                f"{side} {cue[1]} figures {few(figures)}",
                f"{side} {cue[1]} figures {few(figures)} {near(cue[0])}",
            ]
    for draft in reversed(view.history):
        if draft.role == "change" and draft.basis:
            where = "here" if draft.anchor.sentence == view.sentence else "before"
            found += [f"as {draft.basis} {where}", f"as {draft.basis} {where} {draft.metric == metric}"]
            break
    return found


def period_own_features(view: PlaceView, candidate: Period | None, at: int | None, source: str) -> list[str]:
    """How a candidate period stands to the place. ``source`` is ``here``, ``last``, ``near``, ``lead`` or ``none``."""
    role_bits = [f"{source}", f"{source} {view.unit}"]
    if candidate is None or at is None:
        return role_bits + [
            f"{source} periods here={few(sum(view.reading.items[j].kind == 'p' for j in view.reading.items_of(view.sentence)))}"
        ]
    reading, i = view.reading, view.anchor.at
    distance = at - i
    side = "right" if distance > 0 else "left"
    span = abs(distance)
    strong = reading.between("strong", i, at) + reading.between("clause", i, at)
    figures = reading.between("q", i, at)
    before = reading.word(at - 1, reading.sentence_of[at])
    words = candidate.text.lower().split()
    return role_bits + [
        f"{source} {side} {near(span)}",
        f"{source} {side} figures {few(figures)} breaks {few(strong)}",
        f"{source} kind={candidate.kind}",
        f"{source} {side} before={before}",
        f"{source} first={words[0] if words else ''}",
        f"{source} {side} kind={candidate.kind} figures={few(figures)}",
        f"{source} open={candidate.period[0] is None or candidate.period[1] is None}",
        f"{source} none={candidate.period == (None, None)}",
    ]


def denominator_features(view: PlaceView, draft: Draft) -> list[str]:
    """What a price is for, where only its currency is written."""
    q = view.anchor.quantity
    found = view.words() + view.nearest_cues("per") + [f"kind={draft.subject_kind}", f"role={draft.role}"]
    if q is not None:
        found.append(f"size={magnitude(q)}")
    for other in sorted(
        (o for o in view.reading.quantities if o.unit is not None and "/" in o.unit),
        key=lambda o: abs(o.start - view.anchor.start),
    )[:1]:
        name = (other.unit or "").partition("/")[2]
        found += [f"around {name}", f"around {name} {kind_of_distance(abs(other.start - view.anchor.start))}"]
    for earlier in reversed(view.history):
        if earlier.anchor.start < view.anchor.start and earlier.unit and "/" in earlier.unit:
            found.append(f"before {earlier.unit.partition('/')[2]}")
            break
    for word in (
        "tokens",
        "month",
        "hour",
        "phone",
        "unit",
        "chip",
        "GB",
        "car",
        "subscription",
        "plan",
        "API",
    ):
        if word in view.reading.text:
            found.append(f"text has {word}")
    return found


def kind_of_distance(characters: int) -> str:
    """A distance in characters: about a clause, a sentence, a paragraph or more."""
    return (
        "clause"
        if characters < 60
        else "sentence"
        if characters < 200
        else "paragraph"
        if characters < 600
        else "far"
    )
