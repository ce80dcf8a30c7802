"""From a reading to drafts: each place is decided in a fixed order, later decisions seeing the earlier ones."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Sequence

from extract.attributes import (
    basis_features,
    denominator_features,
    direction_features,
    modality_features,
    negation_features,
    per_features,
)
from extract.attribution import source_candidates
from extract.drafts import Draft, History, unit_class
from extract.entities import Entity, Roll, entities_of, joined_with, lists_of, says_each
from extract.features import metric_own_features, metric_place_features, role_features
from extract.metrics import PRICES, Metrics
from extract.name_phrases import NOT_HEADS, names_something
from extract.reading import Anchor, Reading, anchors_of
from extract.records import Dates, Mention, Period
from extract.scorer import Choice, Spot, sober
from extract.subjects import subject_features
from extract.timing import period_candidates
from extract.view import PlaceView

Choose = Callable[[Choice, Anchor, Sequence[object]], tuple[int, Sequence[float]]]
"""Takes a choice for an anchor, with what each candidate stands for; gives the winner and the probability of each."""

QUANTITY_ROLES = ("level", "change", "previous", "none")
OTHER_ROLES = ("claim", "none")
DIRECTIONS = {"change": ("up", "down", "flat"), "level": ("up", "down", "flat", "none")}
ANSWERS = ("no", "yes")
MODALITIES = ("reported", "forecast", "target", "plan", "rumor")
PERS = ("none", "minute", "hour", "day", "week", "month", "quarter", "year")
BASES = ("none", "yoy", "qoq", "mom", "wow", "dod")
NEAREST = 10
"""Of a candidate named more often than this, the pieces nearest to the place are judged."""

DENOMINATORS = ("none", "1M tokens", "month", "year", "hour", "unit", "GB")


def metrics_for(anchor: Anchor, role: str, metrics: Metrics) -> Sequence[str]:
    """The metrics that a place can be of, by its role and its unit."""
    if anchor.kind == "rank":
        return ("rank",)
    if anchor.kind == "launch":
        return ("launch",)
    if anchor.kind == "free":
        return PRICES
    if role in ("change", "claim"):
        return metrics.changes
    return metrics.levels.get(unit_class(anchor.quantity), ())


def spots_of(reading: Reading) -> dict[str | Dates, list[Spot]]:
    """Where each name and each period stands in a text; a period that is none stands nowhere."""
    found: dict[str | Dates, list[Spot]] = {}
    for item in reading.items:
        if isinstance(item.ref, Mention):
            found.setdefault(item.ref.name, []).append(("text", item.start, item.end))
        elif isinstance(item.ref, Period) and item.ref.period != (None, None):
            spot = ("text", item.start, item.end)
            found.setdefault(item.ref.period, []).append(spot)
            if None not in item.ref.period:  # the time from it on
                found.setdefault((item.ref.period[0], None), []).append(spot)
    return found


def with_named(
    entities: dict[str, Entity], reading: Reading, named: Sequence[tuple[int, int]]
) -> dict[str, Entity]:
    """The entities with pieces of the text that may name a subject too, where no name and no figure stands."""
    by_start = {item.start: i for i, item in enumerate(reading.items)} if named else {}
    for start, end in named:
        at = by_start.get(start)
        if at is None:
            continue
        stop = at
        while stop < len(reading.items) and reading.items[stop].start < end:
            stop += 1
        if any(item.kind != "w" for item in reading.items[at:stop]):
            continue
        while stop > at and not names_something(reading.items[stop - 1].text):
            stop -= 1
        if stop == at or (stop == at + 1 and reading.items[at].text in NOT_HEADS):
            continue
        name = reading.text[start : reading.items[stop - 1].end]
        entity = entities.setdefault(name, Entity(name, "phrase", None, "seen"))
        if at not in entity.items:
            insort(entity.items, at)
    return entities


class Reader:
    """Reads drafts off a reading. ``choose`` takes every decision: the scorer at work, the teacher in training.

    ``named`` are pieces of the text that may name a subject though they were not found as names.
    """

    def __init__(
        self,
        reading: Reading,
        choose: Choose,
        anchors: Sequence[Anchor] | None = None,
        named: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.anchors = anchors_of(reading) if anchors is None else anchors
        self.reading = reading
        self.choose = choose
        self.entities = with_named(entities_of(reading), reading, named)
        self.roll = Roll(reading, self.entities)
        self.counts = [
            name for name, _ in Counter({e.name: len(e.items) for e in self.entities.values()}).most_common(5)
        ]
        self.history = History()
        self.titled = frozenset(reading.title_metrics)
        self.previous: list[Anchor] = []
        self._spots = spots_of(reading)
        self._lists: dict[int, dict[int, int]] = {}
        self._recency: dict[int, dict[str, tuple[int, int]]] = {}

    def read(self) -> list[Draft]:
        """The drafts of the whole reading, in the order of the text."""
        for anchor in self.anchors:
            draft = self._one(anchor)
            if draft is not None:
                self.history.tell(draft)
        return self.history

    def _pick(
        self,
        anchor: Anchor,
        decision: str,
        labels: Sequence[str],
        place: Sequence[str],
        draft: Draft | None = None,
    ) -> tuple[str, float]:
        own: list[Sequence[str]] = [()] * len(labels)
        told = ("", "") if draft is None else (draft.role, draft.metric)
        choice = Choice(decision, place, labels, own, (anchor.start, anchor.end), told)
        winner, p = self.choose(choice, anchor, labels)
        return labels[winner], p[winner]

    def _spots_of(self, entity: Entity, at: int) -> list[Spot]:
        """Where an entity is named: in the title, and nearest to item ``at`` on either side."""
        items, k = self.reading.items, bisect_left(entity.items, at)
        around = entity.items[max(0, k - NEAREST) : k + NEAREST]
        named: list[Spot] = [("text", items[i].start, items[i].end) for i in around]
        return named + [("title", m.start, m.end) for m in self.reading.in_title if m.name == entity.name]

    @staticmethod
    def _pointing(
        decision: str,
        draft: Draft,
        place: Sequence[str],
        labels: Sequence[str],
        own: Sequence[Sequence[str]],
        spots: Sequence[Sequence[Spot]],
    ) -> Choice:
        at = (draft.anchor.start, draft.anchor.end)
        return Choice(decision, place, labels, own, at, (draft.role, draft.metric), spots)

    def _one(self, anchor: Anchor) -> Draft | None:
        view = PlaceView(self.reading, anchor, self.history)
        roles = QUANTITY_ROLES if anchor.kind == "quantity" else OTHER_ROLES
        role, p = self._pick(anchor, f"role {anchor.kind}", roles, role_features(view))
        if role == "previous":
            self.previous.append(anchor)
        if role in ("none", "previous"):
            return None
        if role == "claim":
            role = {"bare": "change", "rank": "rank", "launch": "event", "free": "level"}[anchor.kind]
        draft = Draft(anchor, role, confidence=p)
        draft.rules.append(f"role {role} {p:.2f}")
        self._metric(view, draft)
        self._subject(view, draft)
        if role in ("change", "level"):
            place = direction_features(view, role, draft.metric)
            direction, p = self._pick(anchor, f"direction {role}", DIRECTIONS[role], place, draft)
            draft.direction = None if direction == "none" else direction
            if role == "change":
                draft.confidence *= p
        negated, p = self._pick(anchor, "negated", ANSWERS, negation_features(view, role), draft)
        draft.negated = negated == "yes"
        draft.confidence *= p
        self._when(view, draft)
        self._how(view, draft)
        draft.confidence = sober(draft.confidence)
        return draft

    def _metric(self, view: PlaceView, draft: Draft) -> None:
        anchor, role = draft.anchor, draft.role
        metrics = metrics_for(anchor, role, self.reading.metrics)
        if not metrics:
            draft.confidence = 0.0
            return
        if len(metrics) == 1:
            draft.metric = metrics[0]
            return
        nearest_name = view.nearest_name_kind()
        own = [metric_own_features(view, m, role, self.titled, nearest_name) for m in metrics]
        place = metric_place_features(view, role)
        choice = Choice("metric", place, metrics, own, (anchor.start, anchor.end), (role, ""))
        winner, p = self.choose(choice, anchor, metrics)
        draft.metric = metrics[winner]
        draft.confidence *= p[winner]
        draft.rules.append(f"metric {draft.metric} {p[winner]:.2f}")

    def _subject(self, view: PlaceView, draft: Draft) -> None:
        anchor = draft.anchor
        candidates = self.roll.candidates(view)
        if not candidates:
            draft.subject = "?"
            draft.confidence = 0.0
            return
        listed = self._lists.get(anchor.sentence)
        if listed is None:
            listed = self._lists[anchor.sentence] = lists_of(self.reading, anchor.sentence)
        recency = self._recency.get(anchor.sentence)
        if recency is None:
            recency = self._recency[anchor.sentence] = self.roll.recency(anchor.sentence)
        own = [
            subject_features(view, e, draft.metric, draft.role, self.counts, listed, recency)
            for e in candidates
        ]
        names = [e.name for e in candidates]
        choice = self._pointing(
            "subject", draft, (), names, own, [self._spots_of(e, anchor.at) for e in candidates]
        )
        winner, p = self.choose(choice, anchor, candidates)
        chosen: Entity = candidates[winner]
        draft.subject, draft.subject_kind, draft.owner = chosen.name, chosen.kind, chosen.owner
        if anchor.kind != "quantity" or says_each(self.reading, anchor.sentence):
            draft.joined = joined_with(self.reading, chosen, anchor.sentence)
        # A list of names is one answer: its members share the chances.
        sure = sum(p[k] for k, name in enumerate(names) if name == chosen.name or name in draft.joined)
        draft.subject_sure = sure
        draft.confidence *= sure
        draft.rules.append(f"subject {draft.subject} {sure:.2f}")

    def _when(self, view: PlaceView, draft: Draft) -> None:
        anchor = draft.anchor
        periods, own = period_candidates(view, draft)
        labels = [f"{p[0]}..{p[1]}" for p in periods]
        place = [f"metric={draft.metric}"]
        own = [
            [*features, f"{draft.metric}&{features[0]}", f"{draft.role}&{features[0]}"] for features in own
        ]
        spots = [self._spots.get(p, ()) for p in periods]
        winner, _ = self.choose(self._pointing("period", draft, place, labels, own, spots), anchor, periods)
        draft.period = periods[winner]
        per, _ = self._pick(anchor, "per", PERS, per_features(view, draft.metric, draft.role), draft)
        draft.per = None if per == "none" else per
        if draft.role == "change":
            basis, _ = self._pick(anchor, "basis", BASES, basis_features(view, draft.metric), draft)
            draft.basis = None if basis == "none" else basis

    def _how(self, view: PlaceView, draft: Draft) -> None:
        now = self.reading.published.isoformat()
        place = modality_features(view, draft.metric, draft.period, now)
        draft.modality, _ = self._pick(draft.anchor, "modality", MODALITIES, place, draft)
        sources = source_candidates(view, draft)
        names = [name for name, _ in sources]
        own = [features for _, features in sources]
        spots = [self._spots.get(name, ()) for name in names]
        winner, _ = self.choose(self._pointing("source", draft, (), names, own, spots), draft.anchor, names)
        draft.source = names[winner] or None

    def denominator(self, draft: Draft) -> str:
        """What a price that names only its currency is for: a month, a unit, a million tokens, …"""
        view = PlaceView(self.reading, draft.anchor, self.history)
        place = denominator_features(view, draft)
        label, _ = self._pick(draft.anchor, "denominator", DENOMINATORS, place, draft)
        return label
