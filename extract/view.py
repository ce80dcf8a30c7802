"""A place of a reading with its surroundings, as the features see it."""

from functools import cached_property

from extract.drafts import History, few, magnitude, near, unit_class
from extract.reading import Anchor, Reading, descriptions_of
from extract.records import Mention, Quantity

OF_ANOTHER = frozenset({"for", "at", "of", "by", "from", "in"})
FARTHEST = 40
"""Items beyond which a cue says nothing of a place."""
Neighbours = tuple[tuple[int, str, str] | None, tuple[int, str, str] | None]
QUOTES = '“"'

MetricCues = tuple[tuple[str, ...], tuple[int, str] | None, tuple[int, str] | None]


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

    def __init__(self, reading: Reading, anchor: Anchor, history: History) -> None:
        self.reading = reading
        self.anchor = anchor
        self.history = history
        self.sentence = anchor.sentence
        self._descriptions: list[tuple[int, int, str]] | None = None
        self._standing: list[tuple[int, str]] | None = None
        self._nearest: dict[str, Neighbours] = {}
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

    def nearest(self, kind: str) -> Neighbours:
        """The nearest cue of a kind left and right in the sentence: (distance, value, text); one inside counts left."""
        if kind not in self._nearest:
            self._nearest[kind] = self._search(kind)
        return self._nearest[kind]

    def _search(self, kind: str) -> Neighbours:
        i = self.anchor.at
        left: tuple[int, str, str] | None = None
        right: tuple[int, str, str] | None = None
        for at, cue in self.reading.cues_in(kind, self.sentence):
            distance = i - at
            if distance >= 0:
                if distance <= FARTHEST:
                    left = (distance, cue.value, cue.text)
            elif right is None and -distance <= FARTHEST:
                right = (-distance, cue.value, cue.text)
        return left, right

    @cached_property
    def metric_cues(self) -> dict[str, MetricCues]:
        """The cues of each metric of the sentence: the words of those inside the place, the last left and the first
        right of it."""
        i = self.anchor.at
        found: dict[str, MetricCues] = {}
        for at, cue in self.reading.cues_in("metric", self.sentence):
            inside, left, right = found.get(cue.value, ((), None, None))
            if at == i:
                inside = (*inside, cue.text)
            elif at < i:
                left = at, cue.text
            elif right is None:
                right = at, cue.text
            found[cue.value] = inside, left, right
        return found

    @cached_property
    def metric_bounds(self) -> tuple[int, int]:
        """The items of the last metric cue left of the place and of the first right of it; -1 where there is none."""
        places = [at for at, _ in self.reading.cues_in("metric", self.sentence)]
        i = self.anchor.at
        return max((at for at in places if at < i), default=-1), min(
            (at for at in places if at > i), default=-1
        )

    @cached_property
    def metrics_back(self) -> list[tuple[int, frozenset[str]]]:
        """The metrics with a cue in each of the two sentences before, as far as the paragraph reaches."""
        reading, s = self.reading, self.sentence
        paragraph = reading.sentences[s].paragraph
        return [
            (back, frozenset(cue.value for _, cue in reading.cues_in("metric", s - back)))
            for back in (1, 2)
            if s - back >= 0 and reading.sentences[s - back].paragraph == paragraph
        ]

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

    @cached_property
    def opener(self) -> tuple[int, str] | None:
        """The first of what stands in the sentence."""
        return self.standing()[0] if self.standing() else None

    @cached_property
    def nearest_standing(self) -> tuple[int, str] | None:
        """The last of what stands before the place."""
        before = [stands for stands in self.standing() if stands[0] < self.anchor.at]
        return before[-1] if before else None

    @cached_property
    def topic(self) -> str | None:
        """The first name of the paragraph."""
        reading = self.reading
        s = self.sentence
        while s > 0 and reading.sentences[s - 1].paragraph == reading.sentences[self.sentence].paragraph:
            s -= 1
        return self._first_name(range(reading.first_item[s], reading.first_item[self.sentence + 1]))

    @cached_property
    def names_here(self) -> list[int]:
        """The items of the names of the sentence."""
        return [j for j in self.reading.items_of(self.sentence) if self.reading.items[j].kind == "n"]

    @cached_property
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
        left, _ = self.nearest("compare")
        if left is not None and left[0] <= 2 and self.right[1] == "<name>" and self.right[0] in OF_ANOTHER:
            found.append("compared, of another")
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
