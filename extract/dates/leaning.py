"""Whether a date without a year lies ahead or behind, read from the verbs around it."""

from extract.dates.reading import Reading


def leaning(r: Reading, i: int, after: int) -> int:
    """1 where the verbs nearest to an expression look ahead, -1 where they look back, 0 where none tells.

    The expression stands between the places ``i`` and ``after``. Verbs of saying date what is said only right
    beside.
    """
    left, right = _clause(r, i - 1, -1, 15), _clause(r, after, 1, 12)
    for places, near in ((left[0], i - 3), (right[0], after + 1), (left[1], i), (right[1], -1)):
        for place in places:
            beside = place >= near if place < i else place <= near
            if verdict := _tense(r, place, beside):
                return verdict
    return 0


def _clause(r: Reading, start: int, step: int, most: int) -> tuple[list[int], list[int]]:
    """The places from ``start`` on, outwards: those of the same clause, and those of the rest of the
    sentence.
    """
    inner: list[int] = []
    outer: list[int] = []
    places = inner
    for place in range(start, start + step * most, step):
        if place < 0 or r.kind(place) == "stop":
            break
        if r.kind(place) in (",", ";", "(", ")") or r.low(place) in r.words.sets["conjunctions"]:
            places = outer
        places.append(place)
    return inner, outer


def _tense(r: Reading, place: int, beside: bool) -> int:
    low = r.low(place)
    if low == "d" and r.kind(place - 1) == "'":
        low = "'d"
    if low in r.words.future:
        return 1
    if (low == "to" and r.low(place - 1) in ("is", "are")) or (
        r.low(place + 1) == "to" and low in r.words.sets["future_to"]
    ):
        return 1
    if low in r.words.past:
        return -1
    if low in r.words.sets["saying"]:
        return -1 if beside else 0
    if len(low) > 4 and low.endswith("ed") and not low.endswith("eed"):
        return 1 if r.low(place - 1) in ("be", "will", "get") else -1
    return 0
