"""What form and neighbours say about a candidate: endings, introductions, verbs and shapes as votes for
kinds."""

import re
from collections import Counter
from collections.abc import Sequence

from extract.name_appositions import is_plain_word, looks_like_person, weigh_apposition
from extract.name_candidates import Candidate
from extract.name_index import NameIndex
from extract.name_tokens import Shape, Words, word_set

_SAYING = word_set(
    "said says told tells added adds wrote writes argued argues asked recalled noted warned laughed recalls"
)
_NAMING = word_set("called named dubbed codenamed nicknamed renamed titled christened")
_LAUNCHING = word_set("launched released unveiled introduced launches releases unveils debuted shipped")
_ATTRIBUTING = frozenset(
    {"according to", "data from", "figures from", "cited by", "compiled by", "tracked by"}
)
_EMPLOYING = frozenset({"analysts at", "economists at", "strategists at", "polled by", "surveyed by"})
_RESEARCHERS = frozenset(
    {
        "market researcher", "research firm", "data company", "data provider", "analyst firm",
        "market tracker", "research house", "investment bank", "data firm", "research group",
    }
)  # fmt: skip
_WORDED_BY = word_set("reporting edited written translated editing")
_FOREMOST = {
    "maker": "vendor",
    "owner": "vendor",
    "developer": "vendor",
    "flagship": "model",
    "model": "model",
    "rival": "vendor",
    "parent": "vendor",
    "subsidiary": "vendor",
}
_INSTITUTIONS = word_set("university ministry bank institute department bureau")
_LEGAL_AFTER_COMMA = word_set("inc ltd llc corp plc co")
_OFFICES = word_set("executive chairman chairwoman ceo cfo cto founder co-founder president")
_HEADS = word_set("boss head chief owner founder shares sales arm unit")
_NOT_WHO = word_set("exchange daily weekly")
_FORMS_OF_ADDRESS = word_set("mr mrs ms dr prof")
_PLAN_NOUNS = word_set("tier plan edition licence license subscription bundle")
_MONEY_SIGNS = frozenset("$€£¥₹")
_QUOTES = frozenset("\"'")
_VERSIONED = (Shape.VERSIONED, Shape.LOWER_VERSIONED)
_EXCHANGES = (
    "ASX|TSX|JSE|IDX|SGX|WSE|PSE|NZX|B3|BMV|BIT|BME|SET|TADAWUL|NASDAQ|Nasdaq|NYSE|TSE|TWSE|HKEX|KOSDAQ|KOSPI"
    "|LSE|NSE|BSE|SEHK|HKG|SSE|SZSE|STO|AMS|EPA|ETR|OTC"
)
_TICKER = re.compile(
    rf"\((?:(?:{_EXCHANGES}|Xetra|Oslo|Stockholm|Frankfurt|Tokyo)\s*:?\s*)?"
    r"(?:[A-Z]{2,6}|[A-Z0-9]{1,6}\.[A-Z]{1,2}|\d{4,6}(?:[ .][A-Z]{2})?|\d{3}[A-Z]|\d[A-Z]\d{2})\s*[,;)]"
)


class Weigher:
    """Gives the candidates of one text their votes."""

    def __init__(self, words: Words, index: NameIndex) -> None:
        self.words = words
        self.lists = index.lists
        self._labels = _labels(words)

    def weigh(self, candidates: Sequence[Candidate]) -> None:
        """Adds votes to every candidate that the vocabulary and the shape did not settle."""
        previous: Candidate | None = None
        for candidate in candidates:
            if candidate.kind is None:
                self._by_form(candidate)
                self._by_what_stands_before(candidate, previous)
                self._by_what_stands_after(candidate)
            elif candidate.known is None:
                self._owned(candidate, previous)
            previous = candidate

    def _by_form(self, c: Candidate) -> None:
        words, lists = self.words, self.lists
        final = words.lower[c.last - 1]
        shapes = words.shapes[c.first : c.last]
        several = len(shapes) > 1
        if any(s in _VERSIONED for s in shapes):
            c.vote("model", 4, "version")
        elif several and any(s in (Shape.NUMBER, Shape.SIZE) for s in shapes):
            c.vote("model", 4)
        elif not several and shapes[0] is Shape.LOWER and "." in final:  # pebble.xl
            c.vote("model", 3)
        if (several and final in lists.tiers and final not in lists.corporate) or self._hyphened_tier(final):
            c.vote("model", 4, "tier")
        elif not several and final in lists.tiers:
            c.vote("product", 1)
        if several:
            self._by_ending(c, final)
        if Shape.CAMEL in shapes:
            c.vote("vendor", 1, "camel case")
        if 2 <= len(shapes) <= 3 and looks_like_person(words, lists, c) and Shape.LETTER not in shapes:
            c.person_like = 4 if words.lower[c.first] in lists.first_names else 1
            if self._pronoun_follows(c.last):
                c.vote("person", 2)
        if words.lower_at(c.last) == "," and words.lower_at(c.last + 1) in _LEGAL_AFTER_COMMA:
            c.vote("vendor", 6, "legal form")

    def _hyphened_tier(self, final: str) -> bool:
        head, _, tail = final.rpartition("-")
        return bool(head) and tail in self.lists.tiers

    def _by_ending(self, c: Candidate, final: str) -> None:
        lists = self.lists
        if final in lists.legal:
            c.vote("vendor", 6, "legal form")
        elif final in lists.press or final in lists.research:
            c.vote("organisation", 3, "ending")
        elif final in lists.corporate:
            c.vote("vendor", 3, "ending")
        elif final in lists.product_nouns:
            c.vote("product", 3, "ending")
        elif self.words.lower[c.first] in _INSTITUTIONS:
            c.vote("organisation", 3, "ending")

    def _by_what_stands_before(self, c: Candidate, previous: Candidate | None) -> None:
        words = self.words
        i = c.first - 1
        if i >= 0 and words.texts[i] in _QUOTES:
            i -= 1
            closed = words.lower_at(c.last) in _QUOTES
            closed = closed or (
                words.lower_at(c.last) in (",", ".") and words.lower_at(c.last + 1) in _QUOTES
            )
            if closed and c.last - c.first <= 4:
                c.vote("product", 2, "quotation marks")
        if i < 0:
            return
        if words.shapes[i] in (Shape.BREAK, Shape.MARK):
            self._by_mark_before(c, i, previous)
            if words.texts[i] == "," and previous is not None and previous.last == i:
                after = words.lower_at(c.last)
                c.vote("vendor", 0, "list" if after in (",", "and", "or") and c.strong is False else None)
        elif self._owned(c, previous):
            if not (looks_like_person(words, self.lists, c) and words.lower_at(c.last) in _SAYING):
                c.vote("product", 2, "possessive")
        else:
            self._by_word_before(c, i)

    def _by_mark_before(self, c: Candidate, i: int, previous: Candidate | None) -> None:
        words = self.words
        mark, before = words.lower[i], words.lower_at(i - 1)
        free = previous is None or previous.last < i
        letter = bool(i) and words.shapes[i - 1] is Shape.LETTER
        asked = letter and before in ("q", "a") and (i < 2 or words.shapes[i - 2] is Shape.BREAK)
        if mark == "." and free and letter and not asked and c.last - c.first == 1:
            c.vote("person", 5, "initial")
            c.first = i - 1
            c.text = words.phrase(c.first, c.last)
        elif mark == "." and before in _FORMS_OF_ADDRESS and looks_like_person(words, self.lists, c):
            c.vote("person", 6, "form of address")
        elif mark == "," and before in _PLAN_NOUNS and words.lower_at(c.last) == ",":
            c.vote("product", 2, "introduction")
        elif mark == "," and before in _FOREMOST:
            c.vote(_FOREMOST[before], 3, "introduction")

    def _by_word_before(self, c: Candidate, i: int) -> None:
        words, lists = self.words, self.lists
        before, farther = words.lower[i], words.lower_at(i - 1)
        two = f"{farther} {before}"
        person = looks_like_person(words, lists, c)
        if two in _RESEARCHERS:
            c.vote("organisation", 5, "introduction")
        elif before in lists.person_nouns and person:
            c.vote("person", 6)
        elif before in lists.organisation_nouns and before not in _NOT_WHO:
            c.vote("organisation", 4, "introduction")
        elif before in lists.vendor_nouns and (words.shapes[i] is Shape.LOWER or not c.initial):
            c.vote("vendor", 4, "introduction")
        elif before in lists.model_nouns:
            c.vote("model", 4, "introduction")
        elif before in lists.product_nouns:
            c.vote("product", 3, "introduction")
        elif before in _NAMING:
            c.vote("product", 2, "introduction")
        elif before in _LAUNCHING:
            c.vote("product", 2)
        elif two in _EMPLOYING:
            c.vote("organisation", 4, "attribution")
        elif two in _ATTRIBUTING or before in ("per", "told", "citing"):
            c.vote("organisation", 2, "attribution")
        elif before in _SAYING and person:
            c.vote("person", 4 if c.last - c.first > 1 else 1)
        elif before == "by" and (farther in _WORDED_BY or i == 0 or words.shapes[i - 1] is Shape.BREAK):
            c.vote("person", 5)
        elif before == "of" and farther in _OFFICES and c.last - c.first == 1:
            c.vote("vendor", 2, "introduction")
        elif before in ("of", "at") and farther in _HEADS and not c.initial:
            c.vote("vendor", 4)
        elif before == "at":
            c.vote("vendor", 1)

    def _owned(self, c: Candidate, previous: Candidate | None) -> bool:
        """*MiniMax's M2.5*: what a vendor has is its product, with the vendor as owner."""
        if previous is None or c.owner is not None or not self.words.possessive[previous.last - 1]:
            return False
        between = self.words.lower[previous.last : c.first]
        if len(between) > 3 or not all(self._attributive(w) for w in between):
            return False
        if between and between[-1] in self.lists.vendor_nouns:  # Claude's maker Anthropic
            return False
        vendor = previous.kind == "vendor" or (previous.kind is None and previous.votes.get("person", 0) < 4)
        if not vendor or previous.votes.get("model"):
            return False
        c.owner = previous.known.name if previous.known else previous.text
        return True

    def _attributive(self, word: str) -> bool:
        lists = self.lists
        return word in lists.common or word in _QUOTES or word in ("own", "new") or lists.introduces(word)

    def _by_what_stands_after(self, c: Candidate) -> None:
        words, lists = self.words, self.lists
        k = c.last
        plain = is_plain_word(words, lists, c)
        if words.possessive[k - 1]:
            judged = not lists.judged_by.isdisjoint(words.lower[k : k + 3])
            c.vote("organisation" if judged else "vendor", 1, None if plain else "possessive")
            return
        while words.lower_at(k) in _QUOTES or words.lower_at(k) == "*":
            k += 1
        after = words.lower_at(k)
        subject = None if plain else "subject of a verb"
        counted = after == "added" and k + 1 < len(words) and words.shapes[k + 1] is Shape.NUMBER
        if after == ":" and self._labels[words.lower_at(c.first)] > 1 and begins_line(words, c.first):
            c.vote("person", 6)  # who speaks in an interview
            return
        if after in _SAYING and not counted:
            if looks_like_person(words, lists, c):
                c.vote("person", 4 if c.last - c.first > 1 else 1)
            c.vote("vendor", 1, subject)
        elif after in lists.judged_by:
            c.vote("organisation", 2)
        elif after in lists.judging_verbs:
            c.vote("organisation", 2, subject)
        elif after in lists.model_nouns:
            c.vote("model", 3, "kind word")
        elif after in lists.product_nouns:
            c.vote("product", 2, None if c.initial else "kind word")
        elif not c.initial and (after in _PLAN_NOUNS or self._priced(c, k)):
            c.vote("product", 2, "kind word" if after in _PLAN_NOUNS else "price")
        elif after in lists.verbs:
            c.vote("vendor", 1, subject)
            c.vote("model", 2 if after in ("costs", "cost") else 0)
        elif after == "(" and _TICKER.match(words.text, words.starts[k]):
            c.vote("vendor", 4, "ticker")
        elif after == "(" and words.lower_at(k + 1) in ("ceo", "president"):
            c.vote("vendor", 4, "introduction")
        elif after in (",", "(", "–", "-"):
            weigh_apposition(words, lists, c, k + 1)
        elif after in ("|", ":") and c.first and words.shapes[c.first - 1] <= Shape.MARK and not plain:
            c.vote("vendor", 0, "table row")

    def _priced(self, c: Candidate, k: int) -> bool:
        """Whether a plain word stands before an amount of money at word ``k``: *Family from $20*."""
        words = self.words
        if c.last - c.first > 1 or not self.lists.ordinary(words.lower[c.first]):
            return False
        if words.lower_at(k) in ("at", "from", "to", "for", "("):
            k += 1
        return k < len(words) and words.texts[k] in _MONEY_SIGNS

    def _pronoun_follows(self, k: int) -> bool:
        """Whether *he* or *she* comes up before the sentence ends: companies are *it*."""
        words = self.words
        for j in range(k, min(k + 30, len(words))):
            lower = words.lower[j]
            if lower in ("it", "its", ".") or words.shapes[j] is Shape.BREAK:
                return False
            if lower in ("he", "she", "his", "her", "him", "herself", "himself"):
                return words.lower_at(j + 1) not in _SAYING
        return False


def begins_line(words: Words, i: int) -> bool:
    """Whether a word is the first of its line."""
    return i == 0 or words.shapes[i - 1] is Shape.BREAK


def _labels(words: Words) -> Counter[str]:
    """How often each word begins a line of which a colon ends the first or the second word."""
    return Counter(
        words.lower[i]
        for i in range(len(words))
        if begins_line(words, i) and ":" in (words.lower_at(i + 1), words.lower_at(i + 2))
    )
