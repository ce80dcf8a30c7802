"""Whether a date without a year lies ahead or behind, read from the verbs around it."""

from extract.dates.reading import Reading


def leaning(r: Reading, i: int, after: int) -> int:
    """1 where the verbs nearest to an expression look ahead, -1 where they look back, 0 where none tells.

    The expression stands between the places ``i`` and ``after``. Verbs of saying date what is said only right beside.
    """
    for place in range(i - 1, max(i - 15, -1), -1):
        if r.kind(place) == "stop":
            break
        if verdict := _tense(r, place, place >= i - 3):
            return verdict
    for place in range(after, after + 12):
        if r.kind(place) == "stop":
            break
        if verdict := _tense(r, place, place <= after + 1):
            return verdict
    return 0


def _tense(r: Reading, place: int, beside: bool) -> int:
    low = r.low(place)
    if low == "d" and r.kind(place - 1) == "'":
        low = "'d"
    if low in r.words.future:
        return 1
    if low in r.words.past:
        return -1
    if low in r.words.sets["saying"]:
        return -1 if beside else 0
    if len(low) > 4 and low.endswith("ed") and not low.endswith("eed"):
        return 1 if r.low(place - 1) in ("be", "will", "get") else -1
    return 0
