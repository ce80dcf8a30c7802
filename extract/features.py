"""What the scorer sees when it decides whether a place is a claim, and of which metric.

A feature is a short string, such as ``L1=to`` (the word before is *to*) or ``left 1`` (a cue of the candidate
metric stands one item to the left). Functions here are pure; ``extract.decisions`` asks them.
"""

from extract.drafts import few, near
from extract.records import Mention
from extract.view import PlaceView


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
    reading, i, u = view.reading, view.anchor.at, view.unit
    found: list[str] = []
    inside, left, right = view.metric_cues.get(metric, ((), None, None))
    last_left, first_right = view.metric_bounds
    for text in inside:
        found += ["inside", f"inside {u}", f"inside {text}"]
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
        for back, metrics in view.metrics_back:
            if metric in metrics:
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
    if metric in view.history.metrics:
        found.append("told before")
    found.append(f"{owner_kind}~{metric}")
    return found
