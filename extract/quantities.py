"""Quantities in text: money, percentages, multiples, counts and measures, with bounds, ranges and directions.

``find_quantities`` is pure and works on the raw text: what is no quantity (dates, times, names) is blanked first, then
each numeral is read with what stands around it.
"""

import re
from bisect import insort
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from extract.fractions_in_words import Fraction, read_fraction, read_multiple, read_one_in
from extract.nonquantities import blank
from extract.numbers import WORD, Numeral, fold, lower, read_digits, read_words
from extract.records import Quantity
from extract.surroundings import Before, look_after, look_before, look_for_noun, look_for_per, look_for_price
from extract.units import Unit, Units, load_units, normal

_RATIOS = ("percent", "points", "x")
_DIGIT = re.compile(r"[0-9]+")
_GLUED = re.compile(r"([A-Za-z]{1,2})(?![A-Za-z0-9])")
_SPACED = re.compile(r" ([mbkt]|MM)(?![A-Za-z0-9'])")
_METRES = re.compile(
    r" ?(?:tall|high|long|wide|deep|above|below|away|race|sprint|dash|hurdles|freestyle|butterfly|backstroke"
    r"|breaststroke|relay|final|runner|record holder|walk)(?![a-z])"
)
_SCREEN = re.compile(r" (?:video|tv|tvs|resolution|display|displays|screen|screens|television|streaming|content|uhd|oled|footage)\b")
_NEXT_NUMBER = re.compile(r"(?:[^\d\s]{1,4} ?)?(?=[0-9])|(?=[a-z])")
_CONNECT = re.compile(r"( ?(?:-|—) ?| ?~ ?| ?\n?(?:to|and|or|through) +)(?:about |around |as much as |some |as many as |perhaps |even )?")
_TIMES = re.compile(r"(?: ?\n| |-)times(?![a-z])")
_FOLD = re.compile(r"[ -]?fold(?![a-z])")
_TIMES_OF = re.compile(
    r" (?:as|the|that|those|its|their|his|her|our|what|more|higher|larger|bigger|greater|faster|cheaper|lower|less|today|normal"
    r"|current|last|this year|over|fewer|better|earnings|sales|revenue|[a-z-]+er (?:than)|[a-z]+'s|an? (?!day|week|month|year|hour|minute|second))"
)
_GREW = re.compile(r"(?:grown?|grew|increased?|rose|risen|multipl|expand|jump|surg|up|soar|climb|swell|by)[a-z]* $")
_WEIGHT = re.compile(r"(?:weigh(?:s|ed|ing|t)?|lost|gained|heav(?:y|ier)|lift(?:ed|s|ing)?)(?: [a-z]+)? $")
_SIGNS = {"+": "up", "-": "down", "~": "about", "≈": "about", "<": "under", ">": "over", "≤": "up_to", "≥": "at_least"}
_PLACE_WORDS = frozenset(
    """the a an of in on at by for from to with over under about around some nearly almost only just than and or but as up
    down between more less after before since until during within per its their his her our my this that these those all
    any both each every last next first another total is was are were has had have of into against versus vs not no at
    least approximately roughly circa estimated plus minus least most another further additional other earlier later now
    then still also even every out off across through among beyond above below past near off despite like unlike via
    if when while where which who whom whose what how why because so yet it he she they we you i there here""".split()
)
_CHINESE = re.compile(r"yuan|rmb|renminbi|cny|beijing|shanghai|shenzhen|hangzhou|china|chinese")
_JAPANESE = re.compile(r"(?<![a-z])(?:yen|jpy|japan|japanese|tokyo|osaka|nikkei)(?![a-z])")


@dataclass(slots=True)
class _Figure:
    """One end of a quantity while it is read."""

    start: int
    end: int
    numeral: Numeral
    scale: float = 1.0
    unit: Unit | None = None
    prefixed: bool = False
    sign: str | None = None
    qualifier: str | None = None

    @property
    def value(self) -> float:
        return self.numeral.value * self.scale


def find_quantities(text: str, units: Units) -> list[Quantity]:
    """Every quantity of ``text``, in order and without overlap; offsets are into ``text`` as it is given."""
    return _Reader(text, units).read()


class _Reader:
    """One text with its folded forms; every method reads at a position of it."""

    def __init__(self, text: str, units: Units) -> None:
        self.text, self.units = text, units
        self.folded = fold(text)
        low = lower(self.folded)
        self.low = blank(low, self.folded)
        self.yen = "CNY" if _CHINESE.search(low) and not _JAPANESE.search(low) else "JPY"

    def read(self) -> list[Quantity]:
        low, found = self.low, list[Quantity]()
        starts = [(m.start(), "digits") for m in _DIGIT.finditer(low)]
        for m in WORD.finditer(low):
            insort(starts, (m.start(), "words"))
        for m in self.units.multiple.finditer(low):
            insort(starts, (m.start(), "multiple"))
        done = 0
        for start, kind in starts:
            if start < done:
                continue
            if kind == "multiple":
                quantity, end = self._multiple(start)
            else:
                quantity, end = self._quantity(start, kind == "words")
            if quantity and quantity.start >= (found[-1].end if found else 0):
                found.append(quantity)
                end = max(end, quantity.end)
            done = max(done, end)
        return _coordinate(found, low)

    # ------------------------------------------------------------ one quantity

    def _quantity(self, start: int, words: bool) -> tuple[Quantity | None, int]:
        """The quantity whose first numeral begins at ``start``, or None; and where reading goes on."""
        figure = self._figure(start, words)
        if figure is None:
            number = None if words else read_digits(self.low, self.text, start)
            return None, number.end if number else start + 1
        one_in = read_one_in(self.low, figure.numeral) if figure.scale == 1 and figure.unit is None else None
        before = look_before(self.low, figure.start, self.units)
        if figure.numeral.kind == "fraction":
            fraction = read_fraction(self.low, figure.numeral, before, self.units)
            return (self._fraction(fraction, before), fraction.end) if fraction else (None, figure.numeral.end)
        if one_in:
            return self._fraction(one_in, before), one_in.end
        high = self._range(figure, before)
        end = high.end if high else figure.end
        if high and high.unit:
            figure.unit = high.unit
        return self._finish(figure, high, before, end), end

    def _figure(self, start: int, words: bool, joined: bool = False) -> _Figure | None:
        """The figure at ``start`` with sign, currency, magnitude and the unit that sticks to it.

        ``joined`` says that a dash before it connects it to the low end of a range and is no sign.
        """
        low, folded, units = self.low, self.folded, self.units
        if words:
            if start and not joined and (low[start - 1].isalnum() or low[start - 1] in "-_/'"):
                return None
            numeral = read_words(low, start)
            if numeral is None:
                return None
            figure = _Figure(numeral.start, numeral.end, numeral)
        else:
            prefix = self._prefix(start)
            numeral = read_digits(low, self.text, start, prefix is not None)
            if prefix is None and start and low[start - 1] == "." and (start == 1 or low[start - 2] in " (\n|-+~"):
                numeral = replace(numeral, start=start - 1, value=float("0." + low[start : numeral.end].replace(",", "")), step=0.01)
            figure = _Figure(numeral.start, numeral.end, numeral)
            if prefix:
                figure.start, figure.prefixed = prefix[0], True
                figure.unit = Unit(prefix[1], "currency")
            if not joined and not self._sign(figure):
                return None
        self._magnitude(figure)
        self._suffix(figure)
        if not figure.prefixed:
            self._unit(figure)
            self._suffix(figure)
        following = folded[figure.end : figure.end + 2]
        if following[:1].isascii() and following[:1].isalnum():
            return None
        if following[:1] in (".", ":", "/", ",", "'") and following[1:].isdigit() and not figure.unit:
            return None
        if following[:1] == "'" and following[1:].isalpha() and not figure.unit:
            return None
        return figure

    def _prefix(self, start: int) -> tuple[int, str] | None:
        """Start and code of the currency written before the digits at ``start``."""
        end = start - 1 if start > 1 and self.folded[start - 1] == " " else start
        if end <= 0:
            return None
        last = self.folded[end - 1]
        if last == "¥" and self.folded[max(0, end - 3) : end - 1] not in ("CN", "JP") and self.folded[max(0, end - 4) : end - 1] != "RMB":
            return end - 1, self.yen
        if last.isspace() or last in "-,()%0123456789":
            return None
        for size in range(min(5, end), 0, -1):
            code = self.units.prefixes.get(self.folded[end - size : end])
            if code is None:
                continue
            if not code[0].isalpha() or not self.folded[end - size].isalpha():
                return end - size, code
            if end == size or not (self.folded[end - size - 1].isalnum()):
                return end - size, code
        return None

    def _sign(self, figure: _Figure) -> bool:
        """Takes in a sign before the figure; False where the character there shows that it is no quantity."""
        low, start = self.low, figure.start
        before = low[start - 1] if start else " "
        if before in " \n(|\"'[\x00=—:;,*•·" or ord(before) >= 0x2E80:
            if before in "'" and figure.numeral.value < 100 and low[start - 2 : start - 1] in (" ", "") and not figure.prefixed:
                return not re.match(r"\d\d(?!\d)", low[start:])
            if before in ",:" and low[start - 2 : start - 1].isdigit():
                return False
            return True
        if before in _SIGNS:
            outer = low[start - 2] if start > 1 else " "
            if outer in " \n(|\"'[\x00=/" or (before in "~≈<>≤≥" and not outer.isdigit()):
                figure.start, figure.sign = start - 1, before
                return True
            return figure.prefixed and before == "-" and not outer.isalnum()
        if before == "/" and figure.prefixed:
            return True
        if before == "/" and "." in low[figure.numeral.start : figure.numeral.end]:
            return low[start - 2 : start - 1].isdigit()
        return figure.prefixed and not before.isalnum()

    def _magnitude(self, figure: _Figure) -> None:
        low, units = self.low, self.units
        match = units.magnitude.match(low, figure.end)
        if match and figure.numeral.kind != "fold":
            while match:
                figure.scale *= units.magnitudes[match.group(1)]
                figure.end = match.end()
                match = units.magnitude.match(low, figure.end)
            return
        glued = _GLUED.match(self.folded, figure.end) if figure.numeral.kind == "digits" else None
        if glued is None and figure.prefixed:
            glued = _SPACED.match(self.folded, figure.end)
        if glued is None:
            return
        letters = glued.group(1)
        scale = units.glued.get(letters.lower())
        if scale is None or (letters == "mm" and not figure.prefixed):
            return
        if not figure.prefixed:
            if letters == "t" or (letters == "m" and _METRES.match(low, glued.end())):
                return
            if letters in ("K", "k") and figure.value in (2, 4, 5, 8, 16) and _SCREEN.match(low, glued.end()):
                return
        figure.scale, figure.end = scale, glued.end()

    def _suffix(self, figure: _Figure) -> None:
        match = self.units.suffix.match(self.low, figure.end)
        if match:
            word = match.group(1) or match.group(2)
            if word in ("plus", "tops", "max", "odd", "ish") and match.group()[0] == " " and word != "odd":
                return
            figure.qualifier = self.units.suffixes[normal(word)]
            figure.end = match.end()

    def _unit(self, figure: _Figure) -> None:
        low, units, end = self.low, self.units, figure.end
        if figure.numeral.kind == "fold":
            figure.unit = Unit("x")
            return
        fold_word = _FOLD.match(low, end)
        if fold_word:
            figure.unit, figure.end = Unit("x"), fold_word.end()
            return
        times = _TIMES.match(low, end)
        if times:
            if self._is_multiple(figure, times.end()):
                figure.unit, figure.end = Unit("x"), times.end()
            return
        match = units.words.match(low, end) or units.symbols.match(self.folded, end)
        if match is None:
            return
        word = match.group(1)
        unit = units.forms.get(word) or units.forms[normal(word)]
        spaced = match.start(1) > end
        if word == "p" and spaced:
            return
        if word in ("x", "X", "×") and re.compile(r" ?\d").match(low, match.end()):
            return
        if word == "won" and figure.scale == 1 and (figure.numeral.kind != "digits" or figure.value < 100):
            return
        if unit.name == "GBP" and word.startswith("pound") and "sterling" not in word and self._is_weight(figure, match):
            unit = Unit("pound")
        if word in ("point", "points", "pt", "pts") and figure.numeral.value < 1000 and match.group()[0] == "-":
            return
        figure.unit, figure.end = unit, match.end()

    def _is_multiple(self, figure: _Figure, end: int) -> bool:
        if figure.scale >= 1e6:
            return False
        return bool(_TIMES_OF.match(self.low, end) or _GREW.search(self.low, max(0, figure.start - 20), figure.start))

    def _is_weight(self, figure: _Figure, match: re.Match[str]) -> bool:
        low = self.low
        if match.group()[0] == "-" or low.startswith(" of ", match.end()):
            return True
        return bool(_WEIGHT.search(low, max(0, figure.start - 24), figure.start))

    # ------------------------------------------------------------ ranges

    def _range(self, first: _Figure, before: Before) -> _Figure | None:
        """The high end where ``first`` is the low end of a range (*55-60%*, *between A and B*, *2 to 3 billion*)."""
        low = self.low
        connector = _CONNECT.match(low, first.end)
        if connector is None or first.numeral.kind == "fold":
            return None
        word = connector.group(1).strip()
        at = connector.end()
        lead = _NEXT_NUMBER.match(self.folded, at) or _NEXT_NUMBER.match(low, at)
        if lead is None:
            return None
        position = lead.end()
        words = not low[position : position + 1].isdigit()
        if words and not WORD.match(low, position) and not low.startswith(("a ", "half a "), position):
            return None
        if words and low.startswith("a ", position):
            position += 2
        if word == "or" and not (words and first.numeral.kind == "words"):
            return None
        left = before.words[len(before.words) - before.reach - 1 :][:1] if before.words else ()
        between = bool(left) and left[0].lstrip("(\"'") in ("between", "anywhere", "somewhere") or before.words[-1:] == ("between",)
        if (word == "and") != between and word in ("and", "to"):
            return None
        if word == "to" and not self._to_is_range(before):
            return None
        second = self._second(position, words, at)
        if second is None or second.numeral.kind in ("fraction", "fold"):
            return None
        return second if self._joins(first, second, word, before) else None

    def _second(self, position: int, words: bool, at: int) -> _Figure | None:
        figure = self._figure(position, words, joined=True)
        return figure if figure and figure.start <= at + 1 else None

    def _to_is_range(self, before: Before) -> bool:
        words = [word.strip("(\"',") for word in before.words]
        tail = words[-1 - before.reach :] if before.reach else words[-1:]
        if "from" in tail:
            at = len(words) - 1 - words[::-1].index("from")
            return words[at - 1 : at] and words[at - 1] in ("ranging", "range", "ranges", "ranged", "anywhere", "somewhere") or False
        return True

    def _joins(self, first: _Figure, second: _Figure, word: str, before: Before) -> bool:
        a, b = first.unit, second.unit
        if a and b and a != b:
            return False
        if a and not b:
            if not first.prefixed or (word == "to" and before.direction and not before.qualifier):
                return False
            second.unit = a
        if second.prefixed and not first.prefixed and first.unit is None:
            return False
        scale = first.scale
        if second.scale > 1 and first.scale == 1 and first.numeral.value <= second.numeral.value and first.numeral.kind == "digits":
            scale = second.scale
        low_value, high_value = first.numeral.value * scale, second.value
        if not low_value < high_value:
            return False
        if before.direction and word == "to" and before.qualifier is None:
            name = b.name if b else ""
            if (name == "percent" and high_value > 2.5 * low_value) or (name != "percent" and a and high_value > 1.5 * low_value):
                return False
        first.scale = scale
        return True

    # ------------------------------------------------------------ putting together

    def _finish(self, first: _Figure, high: _Figure | None, before: Before, end: int) -> Quantity | None:
        low, units = self.low, self.units
        unit, last = first.unit, high or first
        scale = first.scale
        name, per, factor = (unit.name, None, unit.factor) if unit else (None, None, 1.0)
        if unit is None:
            if self._is_year(first):
                return None
            noun = look_for_noun(low, self.folded, end, units)
            if self._is_label(first, before, noun is not None):
                return None
            if noun is None and high and low[first.end : high.start].strip() == "-" and scale == 1 and not before.qualifier:
                return None
            if noun is None and self._is_joined(first, end):
                return None
            if noun:
                name, end, per = noun.name, noun.end, noun.per
                factor = noun.unit.factor if noun.unit else 1.0
            if first.numeral.value == 1 and scale == 1 and first.numeral.kind != "digits":
                return None
            if noun is None and not self._stands(first, high):
                return None
        elif unit.kind == "currency":
            price = look_for_price(low, self.text, end, units)
            if price:
                end = price.end
                if price.time and first.value >= 1e6:
                    per = price.below
                elif price.below:
                    name, factor = f"{unit.name}/{price.below}", factor * price.factor
                else:
                    end = price.end
        if unit and first.numeral.kind == "words" and first.numeral.value == 1 and scale == 1 and name == "points":
            return None
        if per is None and (unit is None or unit.kind != "currency") and name not in _RATIOS:
            time = look_for_per(low, end, units)
            if time:
                per, end = time
        return self._quantity_of(first, high, last, before, name, per, factor, end)

    def _quantity_of(
        self,
        first: _Figure,
        high: _Figure | None,
        last: _Figure,
        before: Before,
        name: str | None,
        per: str | None,
        factor: float,
        end: int,
    ) -> Quantity:
        ratio_or_money = name in _RATIOS or bool(first.unit and first.unit.kind == "currency")
        qualifier = first.qualifier or last.qualifier or before.qualifier
        tail = self.units.suffix.match(self.low, end)
        if tail and not qualifier and tail.group(2):
            qualifier, end = self.units.suffixes[normal(tail.group(2))], tail.end()
        if before.qualifier and before.bound.strip("(\"'") in ("over", "past", "under", "inside") and name in _TIMES_SPANS:
            qualifier = first.qualifier or last.qualifier
        direction = before.direction if ratio_or_money or not before.change else None
        value, value_high = first.value, high.value if high else None
        negative = False
        if first.sign in ("+", "-"):
            direction = _SIGNS[first.sign] if ratio_or_money or first.sign == "+" else direction
            negative = first.sign == "-" and not ratio_or_money
        elif first.sign:
            qualifier = _SIGNS[first.sign]
        if before.words[-1:] == ("minus",) and not ratio_or_money:
            negative = True
        if direction is None and ratio_or_money:
            direction = look_after(self.low, end, self.units)
        if negative:
            value, direction = -value, None
        step = last.numeral.step * last.scale * factor
        return Quantity(
            start=first.start,
            end=end,
            text=self.text[first.start : end],
            value=_clean(value * factor),
            value_high=None if value_high is None else _clean(value_high * factor),
            unit=name,
            per=per,
            qualifier=qualifier,
            direction=direction,
            rounding=_clean(step),
        )

    def _fraction(self, fraction: Fraction, before: Before) -> Quantity:
        direction = fraction.direction or before.direction
        if direction is None and fraction.unit in _RATIOS:
            direction = look_after(self.low, fraction.end, self.units)
        return Quantity(
            start=fraction.start,
            end=fraction.end,
            text=self.text[fraction.start : fraction.end],
            value=_clean(fraction.value),
            unit=fraction.unit,
            qualifier=before.qualifier,
            direction=direction,
            rounding=fraction.rounding,
        )

    def _multiple(self, start: int) -> tuple[Quantity | None, int]:
        before = look_before(self.low, start, self.units)
        fraction = read_multiple(self.low, start, before, self.units)
        if fraction is None:
            return None, start + 1
        return self._fraction(fraction, before), fraction.end

    # ------------------------------------------------------------ names, years, labels

    def _is_year(self, figure: _Figure) -> bool:
        written = self.low[figure.numeral.start : figure.end]
        return figure.scale == 1 and len(written) == 4 and written.isdigit() and 1900 <= figure.numeral.value < 2100 and not (
            self.units.counted.get(self.low[figure.end + 1 :].split(" ", 1)[0].rstrip(",.;")) is not None
        )

    def _is_label(self, figure: _Figure, before: Before, counted: bool) -> bool:
        """Whether the word before makes the bare number a name or a place in a list (*Phase 3*, *Llama 4*)."""
        if figure.numeral.kind == "words":
            return self._is_capital(figure.start) and not self._starts_sentence(figure.start) and not self._is_title(figure.start)
        if figure.sign or self.low[figure.start - 1 : figure.start] not in (" ", "\xa0"):
            return False
        word = before.words[-1] if before.words else ""
        if word in self.units.labels or (not counted and word in self.units.weak_labels):
            return True
        if figure.scale > 1 or not word.isidentifier() and not word.replace("-", "").isalnum():
            return False
        at = figure.start - 1 - len(word)
        if at < 0 or word in _PLACE_WORDS or word in self.units.before or not self._is_capital(at):
            return False
        if "," in self.low[figure.start : figure.end]:
            return False
        if counted and (self._starts_sentence(at) or figure.value >= 100 and self._is_title(at)):
            return False
        return True

    def _is_capital(self, at: int) -> bool:
        word = self.folded[at : at + 24].split(" ", 1)[0]
        return word != word.lower() or any(c.isdigit() for c in word)

    def _starts_sentence(self, at: int) -> bool:
        left = self.folded[max(0, at - 3) : at].rstrip(" \"'(•*")
        return not left or left[-1] in ".!?:\n|"

    def _is_title(self, at: int) -> bool:
        """Whether the line is a headline in capitals, where capital letters tell nothing."""
        start = self.folded.rfind("\n", 0, at) + 1
        stop = self.folded.find("\n", at)
        words = [w for w in self.folded[start : stop if stop >= 0 else len(self.folded)].split() if w[0].isalpha() and len(w) > 3]
        return bool(words) and sum(w[0].isupper() for w in words) >= 0.8 * len(words)

    def _is_joined(self, figure: _Figure, end: int) -> bool:
        """A bare number that a hyphen joins to more is a name, a score or a code."""
        return self.low[end : end + 1] in ("-", "_") and self.low[end + 1 : end + 2].isalnum()

    def _stands(self, figure: _Figure, high: _Figure | None) -> bool:
        """Whether a number without unit and noun counts as a quantity: not *one*, and words only where they count."""
        if figure.numeral.kind == "article" and figure.scale == 1 and figure.numeral.value < 1000:
            return False
        return True


_TIMES_SPANS = frozenset("second minute hour day week month quarter year decade night weekend season century".split())
_GAP = re.compile(r"(?: ?\([^()\n]{1,24}\))?(?:, ?(?:and |or )?| and | or | ?/ ?| respectively)", re.DOTALL)


def _coordinate(found: list[Quantity], low: str) -> list[Quantity]:
    """Members of a list take the unit that only the last one bears: *3, 4 and 5 per cent*, *$30/$180 per million tokens*."""
    for i in range(len(found) - 2, -1, -1):
        here, following = found[i], found[i + 1]
        if following.unit is None or here.end > following.start:
            continue
        gap = _GAP.fullmatch(low, here.end, following.start)
        if gap is None:
            continue
        base, _, below = following.unit.partition("/")
        if here.unit is None and (following.unit == "percent" or (below == "" and base.isupper() and len(base) == 3)):
            found[i] = replace(here, unit=following.unit, direction=here.direction or following.direction)
        elif here.unit == base and below and base != "":
            factor = 1.0
            if below == "1M tokens":
                factor = 1.0
            found[i] = replace(here, unit=following.unit, value=_clean(here.value * factor))
    return found


def _clean(value: float) -> float:
    """The value without the noise of binary multiplication."""
    return float(f"{value:.12g}")


@Language.factory("beatbook_quantities", default_config={"paths": []})
def make_quantities(nlp: Language, name: str, paths: list[str]) -> "QuantityMarker":
    """A component that sets ``doc._.quantities``; ``paths`` are further units files."""
    if not Doc.has_extension("quantities"):
        Doc.set_extension("quantities", default=())
    return QuantityMarker(load_units(*paths))


class QuantityMarker:
    """Marks a document's quantities as ``doc._.quantities``, a tuple of ``Quantity`` with offsets into ``doc.text``."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def __call__(self, doc: Doc) -> Doc:
        doc._.quantities = tuple(find_quantities(doc.text, self.units))
        return doc
