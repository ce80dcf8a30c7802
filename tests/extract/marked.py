"""Readings written by hand: ``<Nvidia>`` is a name, ``{5%}`` a figure, ``[in March]`` a period, the rest are words."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

import spacy
from spacy.language import Language

from extract.cues import CueFinder
from extract.reading import Reading
from extract.records import Mention, Period, Quantity
from extract.sentences import split_sentences

MARCH = ("2026-03-01", "2026-03-31")
_MARK = re.compile(r"<(?P<name>[^>:]+)(?::(?P<kind>\w+))?>|\{(?P<figure>[^}]+)\}|\[(?P<period>[^\]]+)\]")


def reading_of(
    marked: str, cues: Mapping[str, Mapping[str, str]] | None = None, title: tuple[str, ...] = ()
) -> Reading:
    """The reading of a marked text. ``cues`` gives, by kind, the value of each cue word; ``<V3:model>`` is a model,
    a name without a kind a vendor; every period is March 2026."""
    text, done = "", 0
    mentions: list[Mention] = []
    quantities: list[Quantity] = []
    periods: list[Period] = []
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        done = mark.end()
        words = mark["name"] or mark["figure"] or mark["period"]
        start, end = len(text), len(text) + len(words)
        text += words
        if mark["name"]:
            mentions.append(Mention(start, end, words, words, mark["kind"] or "vendor"))
        elif mark["figure"]:
            number = re.search(r"[\d.]+", words)
            unit = "percent" if words.endswith("%") else "USD" if words.startswith("$") else None
            quantities.append(Quantity(start, end, words, float(number[0]) if number else 0.0, unit=unit))
        else:
            periods.append(Period(start, end, words, MARCH))
    text += marked[done:]
    tokens = [t for t in _english()(text) if not t.is_space]
    stream = [t.lower_ for t in tokens], [t.idx for t in tokens], [t.idx + len(t) for t in tokens]
    entries = [
        {"kind": kind, "value": value, "phrases": [phrase]}
        for kind, values in (cues or {}).items()
        for phrase, value in values.items()
    ]
    found = CueFinder(entries, _english().tokenizer).find(*stream)
    return Reading(
        text,
        date(2026, 4, 7),
        split_sentences(text),
        stream,
        found,
        mentions,
        quantities,
        periods,
        in_title=[Mention(0, len(name), name, name, "vendor") for name in title],
    )


def at(reading: Reading, text: str) -> int:
    """The number of the first item with this text."""
    return next(i for i, item in enumerate(reading.items) if item.text == text)


def texts(reading: Reading, items: range) -> list[str]:
    """What some items say."""
    return [reading.items[i].text for i in items]


@cache
def _english() -> Language:
    return spacy.blank("en")
