"""Quantities in text: money, percentages, multiples, counts and measures, with bounds, ranges and directions.

``find_quantities`` is pure and works on the raw text: what is no quantity (dates, times, codes) is blanked
first, then each numeral is read with what stands around it, then members of lists share what only one of them
bears.
"""

import re
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from extract.doc_text import text_of
from extract.number_words import WORD
from extract.numbers import clean, read_digits
from extract.quantity_coins import COIN, read_coin
from extract.quantity_ellipses import share_cents, share_magnitudes
from extract.quantity_figures import SIGNS, Figure, read_figure
from extract.quantity_fractions import Fraction, read_fraction, read_multiple, read_one_in
from extract.quantity_heads import apply_heads
from extract.quantity_homes import settle_homes
from extract.quantity_labels import is_label, is_year
from extract.quantity_lists import Written, share_units
from extract.quantity_nouns import TIME_SPANS, look_for_noun
from extract.quantity_passage import Passage, read_passage
from extract.quantity_prices import look_for_price
from extract.quantity_ranges import read_high_end
from extract.quantity_words import Before, look_after, look_before, look_fewer, look_for_per
from extract.records import Quantity
from extract.units import Units, normal
from extract.units_loading import load_units

_RATIOS = ("percent", "points", "x")
# A number alone in brackets, such as a stock exchange lists companies by.
_TICKER = re.compile(r"\([0-9]{4,6}\)")
_DIGIT = re.compile(r"[0-9]+")


def find_quantities(text: str, units: Units) -> list[Quantity]:
    """Every quantity of ``text``, in order and without overlap; offsets are into ``text`` as it is given.

    ``text`` of a quantity reaches from its sign or currency to the unit, the time base or the words that say
    what a price is for; bound and direction words before it are read but not part of it.
    """
    passage = read_passage(text)
    low = passage.low
    starts = [(match.start(), "digits") for match in _DIGIT.finditer(low)]
    starts += [(match.start(), "words") for match in WORD.finditer(low)]
    starts += [(match.start(), "coin") for match in COIN.finditer(low)]
    starts += [(match.start(), "multiple") for match in units.multiple.finditer(low)]
    found: list[Quantity] = []
    written: dict[int, Written] = {}
    done = 0
    for start, kind in sorted(starts):
        if start < done:
            continue
        if kind == "multiple":
            quantity, end = _multiple(passage, start, units)
        elif kind == "coin":
            quantity, end = _coin(passage, start, units)
        else:
            quantity, end = _quantity(passage, start, kind == "words", units, written)
        if quantity and quantity.start >= (found[-1].end if found else 0):
            found.append(quantity)
            end = max(end, quantity.end)
        done = max(done, end)
    shared = apply_heads(share_units(found, written, low), written, low, passage.folded, units)
    shared = share_cents(settle_homes(share_magnitudes(shared, written, low), low), written, low)
    return [_replaced(quantity, passage, text) for quantity in shared] if passage.dropped else shared


def _replaced(quantity: Quantity, passage: Passage, text: str) -> Quantity:
    """The quantity at its place in the text as it was given."""
    start, end = passage.span(quantity.start, quantity.end)
    return replace(quantity, start=start, end=end, text=text[start:end])


def _quantity(
    passage: Passage, start: int, words: bool, units: Units, written: dict[int, Written]
) -> tuple[Quantity | None, int]:
    """The quantity whose first numeral begins at ``start``, or None; and where reading goes on."""
    low = passage.low
    figure = read_figure(passage, start, words, units)
    if figure is None:
        return None, start + 1 if words else read_digits(low, passage.text, start).end
    before = look_before(low, figure.start, units, figure.is_money)
    if figure.numeral.kind == "fraction":
        fraction = read_fraction(low, figure.numeral, before, units)
        return (
            (_of_fraction(passage, fraction, before, units), fraction.end) if fraction else (None, figure.end)
        )
    if figure.scale == 1 and (figure.unit is None or (figure.is_money and figure.numeral.kind == "words")):
        odds = read_one_in(low, figure.numeral)
        if odds:
            return _of_fraction(passage, odds, before, units), odds.end
    if before.last == "per":
        return None, figure.end  # the denominator of a rate whose figure stands elsewhere
    high = read_high_end(passage, figure, before, units)
    reading = _Reading(figure, high, before, (high or figure).end)
    if not _take_what_follows(passage, reading, units):
        return None, reading.end
    written[figure.start] = Written(figure.scale, reading.factor, reading.price_factor)
    return _put_together(passage, reading, units), reading.end


@dataclass(slots=True)
class _Reading:
    """A figure or range with what was read after it so far; ``end`` moves on as more is taken in."""

    first: Figure
    high: Figure | None
    before: Before
    end: int
    name: str | None = None
    per: str | None = None
    factor: float = 1.0
    price_factor: float = 1.0


def _take_what_follows(passage: Passage, reading: _Reading, units: Units) -> bool:
    """Takes in the counted noun, the price's denominator or the time base; False where the number is no
    quantity."""
    unit = reading.first.unit
    if unit is None:
        if not _take_noun(passage, reading, units):
            return False
    else:
        reading.name, reading.factor = unit.name, unit.factor
        if unit.kind == "currency":
            price = look_for_price(passage.low, passage.folded, reading.end, units)
            if price is None:
                return True
            reading.end = price.end
            if price.time and reading.first.value >= 1e6:
                reading.per = price.below  # a sum this large flows and is no price
            elif price.below:
                reading.name = f"{unit.name}/{price.below}"
                reading.price_factor = price.factor
            return True
    if reading.per is None and reading.name not in _RATIOS:
        time = look_for_per(passage.low, reading.end, units)
        if time:
            reading.per, reading.end = time
    return True


def _take_noun(passage: Passage, reading: _Reading, units: Units) -> bool:
    first, high, low = reading.first, reading.high, passage.low
    numeral = first.numeral
    if is_year(low, first, units):
        return False
    noun = look_for_noun(low, passage.folded, reading.end, units)
    if is_label(passage, first, reading.before, noun is not None, units):
        return False
    if numeral.value == 1 and first.scale == 1 and numeral.kind != "digits" and not high:
        return False  # "one" is mostly a pronoun
    if noun:
        reading.name, reading.per, reading.end = noun.name, noun.per, noun.end
        reading.factor = noun.unit.factor if noun.unit else 1.0
        return True
    if numeral.kind == "article" and first.scale == 1 and numeral.value < 1000:
        return False
    if first.scale == 1 and _TICKER.match(passage.folded, first.start - 1):
        return False
    if (
        high
        and first.scale == 1
        and not reading.before.qualifier
        and low[first.end : high.start].strip() == "-"
    ):
        return False  # a score: 3-1, 5-4
    # a bare number that a hyphen joins to more is a name, a score or a code
    return not (
        low[reading.end : reading.end + 1] in ("-", "_") and low[reading.end + 1 : reading.end + 2].isalnum()
    )


def _put_together(passage: Passage, reading: _Reading, units: Units) -> Quantity:
    first, high, before = reading.first, reading.high, reading.before
    low, last = passage.low, high or first
    compared = reading.name in _RATIOS or first.is_money
    qualifier = first.qualifier or last.qualifier
    if qualifier is None:
        tail = units.suffix.match(low, reading.end)
        if tail and tail.group(2):
            qualifier, reading.end = units.suffixes[normal(tail.group(2))], tail.end()
    # "over three years" is a stretch of time, no bound
    stretch = reading.name in TIME_SPANS and before.bound.strip("(\"'") in ("over", "past", "under", "inside")
    if qualifier is None and not stretch:
        qualifier = before.qualifier
    direction = before.direction if compared or not before.change or first.value >= 1000 else None
    negative = before.last == "minus" and not compared
    if first.sign == "+":
        direction = "up"
    elif first.sign == "-":
        negative = not compared
        direction = "down" if compared else None
    elif first.sign:
        qualifier = SIGNS[first.sign]
    if negative:
        direction = None
    elif direction is None:
        if compared:
            direction = look_after(low, reading.end, units, reading.name in _RATIOS)
        else:
            direction = look_fewer(low, reading.end)
    factor = reading.factor * reading.price_factor
    value = clean(first.value * factor)
    return Quantity(
        start=first.start,
        end=reading.end,
        text=passage.text[first.start : reading.end],
        value=-value if negative else value,
        value_high=clean(high.value * factor) if high else None,
        unit=reading.name,
        per=reading.per,
        qualifier=qualifier,
        direction=direction,
        rounding=clean(last.numeral.step * last.scale * factor),
    )


def _of_fraction(passage: Passage, fraction: Fraction, before: Before, units: Units) -> Quantity:
    direction, end, unit, factor = fraction.direction or before.direction, fraction.end, fraction.unit, 1.0
    if direction is None and (unit in _RATIOS or fraction.money):
        direction = look_after(passage.low, end, units, unit in _RATIOS)
    if fraction.money:
        price = look_for_price(passage.low, passage.folded, end, units)
        if price and price.below:
            unit, factor, end = f"{unit}/{price.below}", price.factor, price.end
    return Quantity(
        start=fraction.start,
        end=end,
        text=passage.text[fraction.start : end],
        value=clean(fraction.value * factor),
        unit=unit,
        qualifier=before.qualifier,
        direction=direction,
        rounding=clean(fraction.rounding * factor),
    )


def _multiple(passage: Passage, start: int, units: Units) -> tuple[Quantity | None, int]:
    before = look_before(passage.low, start, units)
    fraction = read_multiple(passage.low, start, before, units)
    if fraction is None:
        return None, start + 1
    return _of_fraction(passage, fraction, before, units), fraction.end


def _coin(passage: Passage, start: int, units: Units) -> tuple[Quantity | None, int]:
    before = look_before(passage.low, start, units, True)
    amount = read_coin(passage.low, passage.folded, start, before, units)
    if amount is None:
        return None, start + 1
    return _of_fraction(passage, amount, before, units), amount.end


@Language.factory("beatbook_quantities", default_config={"paths": []})
def make_quantities(nlp: Language, name: str, paths: list[str]) -> "QuantityMarker":
    """A component that sets ``doc._.quantities``; ``paths`` are units files that add to the built-in one."""
    if not Doc.has_extension("quantities"):
        Doc.set_extension("quantities", default=())
    return QuantityMarker(load_units(*paths))


class QuantityMarker:
    """Marks a document's quantities as ``doc._.quantities``, a tuple of ``Quantity`` with offsets into
    ``doc.text``."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def __call__(self, doc: Doc) -> Doc:
        doc._.quantities = tuple(find_quantities(text_of(doc), self.units))
        return doc
