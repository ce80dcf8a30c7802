"""What the scorer sees when it decides the attributes of a claim: direction, denial, modality, rate, basis, unit."""

from extract.drafts import Draft, few, magnitude, near
from extract.records import Dates
from extract.view import PlaceView


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
    found = [*view.nearest_cues("modality"), f"metric={metric}"]
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
    found = [
        *view.nearest_cues("per"),
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
    found = [*view.nearest_cues("basis"), f"unit={view.unit}", f"metric={metric}"]
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
