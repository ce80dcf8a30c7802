"""From drafts to claims: superseded figures joined, lists spread out, repetitions left out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.decisions import Reader
from extract.drafts import Draft, unit_class
from extract.reading import Anchor, Reading
from extract.records import Claim, Quantity
from extract.units_of_claims import price_unit_around, unit_of

LOSS = re.compile(r"\b(?:loss(?:es)?|deficit|lost|loses?|losing|shortfall|red|minus)\b", re.IGNORECASE)
# What says of the figure beside it, whatever else the sentence has, that it is a loss or none.
_RED_AFTER = re.compile(r"[^.;,\d]{0,14}\bin the (?:red|minus)\b", re.IGNORECASE)
_RED_BEFORE = re.compile(
    r"\b(?:minus|negative)\b(?: (?:is|was|of|about|some|around|nearly))* ?$", re.IGNORECASE
)
_BLACK_BEFORE = re.compile(
    r"\b(?:earn(?:s|ed|ing)?|(?:profit|income|surplus) of|profit (?:was|is|came to|reached)|plus)"
    r"(?: (?:about|some|around|nearly|a|record|over|more than|only|just))* ?$",
    re.IGNORECASE,
)


def claims_from(reader: Reader, threshold: float) -> list[Claim]:
    """The claims of a reading whose confidence reaches ``threshold``, in the order of the text."""
    drafts = reader.read()
    claims: list[Claim] = []
    for draft in drafts:
        if draft.confidence < threshold:
            continue
        claim = _claim(reader, draft)
        if claim is not None:
            claims += [replace(claim, subject=name) for name in draft.joined or (draft.subject,)]
    return _without_repetitions(claims)


def _claim(reader: Reader, draft: Draft) -> Claim | None:
    reading, anchor = reader.reading, draft.anchor
    quantity = anchor.quantity
    value, high, unit, factor = None, None, None, 1.0
    if quantity is not None:
        unit, factor = unit_of(reader, draft)
        if unit is None:
            return None
        lost = draft.metric == "profit" and draft.role == "level" and _is_loss(reading, anchor)
        sign = -1.0 if lost and quantity.value > 0 else 1.0
        value = sign * quantity.value * factor
        high = None if quantity.value_high is None else sign * quantity.value_high * factor
        if high is not None and sign < 0:
            value, high = high, value
        draft.unit = unit
    elif draft.role == "rank" and anchor.cue is not None:
        value = float(anchor.cue.value)
    elif draft.role == "level":
        value = 0.0
        unit = price_unit_around(reader, draft)
    previous = _previous(reader, draft, factor)
    if previous is not None and value is not None and value < 0 and previous > 0 and draft.metric == "profit":
        previous = previous if _profit_before(reading, anchor) else -previous
    direction = draft.direction if draft.role == "change" else _level_direction(draft, value, previous)
    return Claim(
        subject=draft.subject,
        metric=draft.metric,
        kind=draft.role,
        value=value,
        unit=unit,
        quote=reading.text[anchor.start : anchor.end],
        sentence=reading.quote(anchor.sentence),
        field=reading.field,
        start=anchor.start,
        end=anchor.end,
        value_high=high,
        previous=previous,
        direction=direction,
        qualifier=quantity.qualifier if quantity is not None else None,
        per=None if unit is not None and "/" in unit else draft.per,
        scope=None,
        basis=draft.basis,
        period=draft.period,
        modality=draft.modality,
        negated=draft.negated,
        source=draft.source,
        confidence=round(draft.confidence, 3),
        rounding=quantity.rounding * factor if quantity is not None else 0.0,
        rules=tuple(draft.rules),
    )


def _is_loss(reading: Reading, anchor: Anchor) -> bool:
    """Is the nearest word of profit to the left, else to the right, one of loss? What stands right beside the figure,
    and the brackets of accounts, come before that."""
    s = anchor.sentence
    before = reading.text[max(reading.sentences[s].start, anchor.start - 40) : anchor.start]
    if _BLACK_BEFORE.search(before):
        return False
    bracketed = before.endswith("(") and reading.text.startswith(")", anchor.end)
    if (bracketed and before[:-1].rstrip()[-1:] in ("|", ":", "")) or _RED_BEFORE.search(before):
        return True
    if _RED_AFTER.match(reading.text, anchor.end):
        return True
    here = [(at, cue) for at, cue in reading.cues_in("metric", s) if cue.value == "profit"]
    if not here:
        start = reading.sentences[s].start
        return bool(LOSS.search(reading.text[start : anchor.start]))
    left = [cue for at, cue in here if at <= anchor.at]
    if left:
        return bool(LOSS.search(left[-1].text))
    at, cue = here[0]
    near_by = at - anchor.at <= 4 and not reading.between("comma", anchor.at, at) + reading.between(
        "strong", anchor.at, at
    )
    return near_by and bool(LOSS.search(cue.text))


def _profit_before(reading: Reading, anchor: Anchor) -> bool:
    return bool(re.search(r"\bprofits?\b", reading.text[anchor.end : reading.sentences[anchor.sentence].end]))


def _previous(reader: Reader, draft: Draft, factor: float) -> float | None:
    """The value of the figure that this one replaces: the nearest one so marked in the sentence, of a like unit, which
    no nearer claim takes."""
    if draft.anchor.quantity is None:
        return None
    mine = draft.anchor
    best: tuple[int, float] | None = None
    for anchor in reader.previous:
        q = anchor.quantity
        if q is None or anchor.sentence != mine.sentence or not _alike(q, mine.quantity):
            continue
        distance = abs(anchor.at - mine.at)
        takers = [
            abs(d.anchor.at - anchor.at)
            for d in reader.history
            if d.anchor.sentence == mine.sentence
            and d.anchor.quantity is not None
            and _alike(q, d.anchor.quantity)
        ]
        if takers and min(takers) < distance:
            continue
        if best is None or distance < best[0]:
            scale = 1.0 if q.unit is not None and "/" in q.unit else factor
            best = (distance, q.value * scale)
    return best[1] if best else None


def _alike(one: Quantity, other: Quantity | None) -> bool:
    if other is None:
        return False
    a, b = unit_class(one), unit_class(other)
    return a == b or {a, b} <= {"money", "price"} or "bare" in (a, b)


def _level_direction(draft: Draft, value: float | None, previous: float | None) -> str | None:
    if previous is not None and value is not None and value != previous:
        return "up" if value > previous else "down"
    return None if draft.role in ("rank", "event") else draft.direction


def merge_title(body: Sequence[Claim], title: Sequence[Claim]) -> list[Claim]:
    """The claims of the text and those of the title that the text does not make: a headline restates, rounds or only
    hints at what follows."""
    said = {(c.metric, c.direction) for c in body}
    figures = [c.value for c in body if c.value is not None]

    def told(claim: Claim) -> bool:
        if claim.value is None or claim.kind in ("rank", "event"):
            return True
        return (
            any(abs(v - claim.value) <= 0.03 * abs(v) for v in figures)
            or (claim.metric, claim.direction) in said
        )

    return [*body, *(c for c in title if not told(c))]


def _without_repetitions(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those that say the same again; the more confident one stays in its place."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        change = claim.kind == "change"
        key = (
            claim.subject, claim.metric, claim.kind, claim.value, claim.value_high, claim.unit,
            claim.direction if change else None, claim.negated,
            claim.period if change and claim.value is None else None,
        )  # fmt: skip
        if key not in best or best[key].confidence < claim.confidence:
            best[key] = claim
    kept = set(map(id, best.values()))
    return [claim for claim in claims if id(claim) in kept]
