"""What ``previous`` means, from the words around it: a view revised, or a level that was left. Pure."""

import re

from store.figures import same_number
from store.records import Sighting
from store.series import AHEAD

_BACKGROUND = re.compile(
    r"\b(had|previously|earlier|initially|originally|at first|first (said|put|forecast|expected)|until)\b",
    re.I,
)
_VIEW = r"(?:forecasts?|outlook|guidance|estimates?|projections?|targets?|expectations?|predictions?)"
_FORMER = r"(?:previous|prior|earlier|former|initial|original|old|preliminary)"
_CHANGED = r"(?:rais|lift|cut|trim|lower|hik|upgrad|downgrad|slash|boost|narrow|increas|reduc)\w*"
_NEW_VIEW = re.compile(
    r"\b(?:revis|updat|correct|restat|amend)\w+"
    rf"|\b{_CHANGED}\s(?:\S+\s){{0,6}}?{_VIEW}\b"
    r"|\b(?:now|instead) (?:expect|see|forecast|project|put|aim|target|guid|plan|predict)\w*"
    rf"|\b{_VIEW} (?:\S+\s){{0,6}}?(?:from|to)\b"
    rf"|\b{_FORMER} (?:\S+\s)?(?:{_VIEW}|range|figure|view)\b"
    r"|\bpreviously (?:expected|forecast|projected|guided|targeted|estimated|aimed|planned)\b",
    re.I,
)
_CORRECTION = re.compile(
    r"\b(?:revis|correct|restat|amend)\w+|\b(?:initially|first) (?:reported|put|estimated)\b"
    rf"|\b{_FORMER} (?:estimate|figure|count|reading|number)\b",
    re.I,
)
_PACE = re.compile(
    r"\b(?:slow|accelerat|eas(?:ed|es|ing)|cool|quicken|moderat)\w*"
    r"|\b(?:last|previous|prior) (?:year|quarter|month|week)\b"
    r"|\b(?:year|quarter|month|week) (?:earlier|ago|before)\b",
    re.I,
)
_MOVE = re.compile(
    r"\b(?:up|down) from\b|\b(?:compared (?:with|to)|versus|against)\b"
    r"|\b(?:gr[eo]w|ris|rose|climb|jump|increas|expand|surg|fall|fell|drop|declin|shrink|slip|doubl|tripl)\w*\b"
    r"[^.;]*\bfrom\b|\b(?:in|of) 20\d\d\b.*\bfrom\b|\bfrom\b[^.;]*\b(?:in|of) 20\d\d\b"
    r"|\b(?:last|previous|prior) (?:year|quarter|month|week)\b"
    r"|\b(?:year|quarter|month|week) (?:earlier|ago|before)\b",
    re.I,
)


def supersedes(s: Sighting) -> bool:
    """Whether the claim's ``previous`` is the figure that it takes the place of, not the level that it left.

    Of a change ``previous`` is that, unless a pace is told to have slowed. A forecast of 120, previous 100,
    may be a view revised or growth foreseen, and a reported level is nearly always a move: the words around
    it decide.
    """
    if s.previous is None or s.negated or s.value is None or same_number(s.previous, s.value):
        return False
    if s.kind == "change":
        return bool(_CORRECTION.search(s.sentence)) or not (
            s.modality == "reported" and _PACE.search(s.sentence)
        )
    if s.modality not in AHEAD:
        return bool(_CORRECTION.search(s.sentence)) and s.modality == "reported"
    if _NEW_VIEW.search(s.sentence):
        return True
    return s.modality != "plan" and not _MOVE.search(s.sentence) and not s.metric.startswith("price")


def told_as_past(s: Sighting) -> bool:
    """Whether the sentence tells a figure as what was once said."""
    return bool(_BACKGROUND.search(s.sentence))
