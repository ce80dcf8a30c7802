"""Which period a claim is about: the candidates of a place and what the scorer sees of them."""

from extract.drafts import Draft, few, near
from extract.records import Dates, Period
from extract.view import PlaceView

FAR = 4
"""How many of the periods before a sentence are candidates whatever their distance."""

NOW_WORDS = frozenset(
    {"today", "now", "immediate", "immediately", "effective", "close", "closed", "closing", "session", "day",
     "announced", "tonight", "morning", "afternoon", "evening", "launched", "launches"}
)  # fmt: skip
"""Words with which the day of publication may be meant."""


def period_own_features(view: PlaceView, candidate: Period | None, at: int | None, source: str) -> list[str]:
    """How a candidate period stands to the place. ``source`` is ``here``, ``last``, ``near``, ``lead`` or ``none``."""
    role_bits = [f"{source}", f"{source} {view.unit}"]
    if candidate is None or at is None:
        return [
            *role_bits,
            f"{source} periods here={few(_periods_in(view))}",
        ]
    reading, i = view.reading, view.anchor.at
    distance = at - i
    side = "right" if distance > 0 else "left"
    span = abs(distance)
    strong = reading.between("strong", i, at) + reading.between("clause", i, at)
    figures = reading.between("q", i, at)
    before = reading.word(at - 1, reading.sentence_of[at])
    words = candidate.text.lower().split()
    return [
        *role_bits,
        f"{source} {side} {near(span)}",
        f"{source} {side} figures {few(figures)} breaks {few(strong)}",
        f"{source} kind={candidate.kind}",
        f"{source} {side} before={before}",
        f"{source} first={words[0] if words else ''}",
        f"{source} {side} kind={candidate.kind} figures={few(figures)}",
        f"{source} open={candidate.period[0] is None or candidate.period[1] is None}",
        f"{source} none={candidate.period == (None, None)}",
    ]


def _periods_in(view: PlaceView) -> int:
    return sum(view.reading.items[j].kind == "p" for j in view.reading.items_of(view.sentence))


def period_candidates(view: PlaceView, draft: Draft) -> tuple[list[Dates], list[list[str]]]:
    """The periods that a place may be about, each with its features: none, those of its sentence and the time from
    them on, of the sentences before, of the head of its column, of the caption and the lead, those of the claims
    before, and the day of publication."""
    reading, s = view.reading, view.sentence
    found: dict[Dates, list[str]] = {}

    def add(period: Dates, features: list[str]) -> None:
        found.setdefault(period, []).extend(features)

    add((None, None), period_own_features(view, None, None, "none"))
    for j in [*reading.items_of(s), *view.head]:
        ref = reading.items[j].ref
        if isinstance(ref, Period):
            where = "here" if reading.sentence_of[j] == s else "head"
            add(ref.period, period_own_features(view, ref, j, where))
            if where == "here" and None not in ref.period:
                add((ref.period[0], None), period_own_features(view, ref, j, "from here on"))
    paragraph = reading.sentences[s].paragraph
    for back in range(1, 5):
        if s - back < 0:
            break
        same = reading.sentences[s - back].paragraph == paragraph
        for j in reading.items_of(s - back):
            ref = reading.items[j].ref
            if isinstance(ref, Period) and ref.period != (None, None):
                add(ref.period, period_own_features(view, ref, j, f"{min(back, 3)} back {same}"))
    for j in reading.items_of(view.caption) if view.caption is not None else ():
        ref = reading.items[j].ref
        if isinstance(ref, Period) and ref.period != (None, None):
            add(ref.period, [f"caption {ref.kind}", f"caption open={None in ref.period}"])
    for j in range(reading.first_item[min(4, len(reading.sentences))]):
        ref = reading.items[j].ref
        if isinstance(ref, Period) and ref.period != (None, None) and reading.sentence_of[j] < s:
            add(ref.period, [f"lead {ref.kind}", f"lead open={None in ref.period}"])
    for period, features in _periods_told(view, draft):
        add(period, features)
    for rank, period in enumerate(_periods_before(view)):
        add(period, [f"far {rank}", f"far open={None in period}"])
    today = reading.published.isoformat()
    words = sorted(NOW_WORDS.intersection(reading.items[i].text for i in reading.items_of(s)))
    for period, name in (((today, today), "published"), ((today, None), "from publication on")):
        add(period, [name, *(f"{name} {word}" for word in words), f"{name} no word {not words}"])
    return list(found), list(found.values())


def _periods_before(view: PlaceView) -> list[Dates]:
    """The last periods before a sentence, whatever their distance, the nearest first."""
    found: dict[Dates, None] = {}
    for period in reversed(view.reading.periods):
        if period.start < view.reading.sentences[view.sentence].start and period.period != (None, None):
            found.setdefault(period.period)
            if len(found) == FAR:
                break
    return list(found)


def _periods_told(view: PlaceView, draft: Draft) -> list[tuple[Dates, list[str]]]:
    """The periods of the claims before, with whose and which claims they were."""
    told: list[tuple[Dates, list[str]]] = []
    if view.last is not None:
        where = "here" if view.last_here else "near" if view.last_near else "far"
        empty = view.last.period == (None, None)
        same = view.last.metric == draft.metric
        whose = view.last.subject == draft.subject
        words = f"{view.last.role}-{draft.role}"
        between = view.reading.between("p", view.last.anchor.at, view.anchor.at)
        told.append(
            (
                view.last.period,
                [
                    f"last {where} {empty}",
                    f"last {where} {empty} metric {same} subject {whose}",
                    f"last {where} {empty} {words}",
                    f"last {where} {empty} L1={view.left[0]}",
                    f"last {where} periods between {few(between)}",
                ],
            )
        )
    seen: set[str] = set()
    for back, earlier in enumerate(reversed(view.history[-12:])):
        for label, fits in (
            ("same metric", earlier.metric == draft.metric),
            ("same subject", earlier.subject == draft.subject),
            ("same both", earlier.metric == draft.metric and earlier.subject == draft.subject),
        ):
            if fits and label not in seen:
                seen.add(label)
                empty = earlier.period == (None, None)
                told.append(
                    (
                        earlier.period,
                        [f"last of {label} {empty}", f"last of {label} {empty} {near(back)}"],
                    )
                )
    for period, n in view.history.periods.most_common(2):
        told.append((period, [f"often told {period == (None, None)}", f"often told {near(n)}"]))
    return told
