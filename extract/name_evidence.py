"""What the words around a candidate say about it: introductions, appositions, verbs, endings and shapes as
votes for kinds."""

import re

from extract.name_index import NameIndex
from extract.name_runs import Candidate
from extract.name_tokens import Shape, Words, word_set

_SAYING = word_set(
    "said says told tells added adds wrote writes argued argues asked recalled noted warned laughed recalls"
)
_SAID_BEFORE = word_set("said says told added wrote argued asked recalls")
_NAMING = word_set("called named dubbed codenamed nicknamed renamed titled christened")
_LAUNCHING = word_set("launched released unveiled introduced launches releases unveils debuted shipped")
_ATTRIBUTING = (
    "according to",
    "data from",
    "figures from",
    "cited by",
    "polled by",
    "surveyed by",
    "compiled by",
    "tracked by",
)
_APPOSED = word_set("a an the its their his her one another that your our")
_STOPS = word_set("that which whose who in on of for with from behind at by and based where then is has to")
_TICKER = re.compile(
    r"\((?:(?:NASDAQ|NYSE|TSE|TWSE|HKEX|KOSDAQ|KOSPI|LSE|NSE|BSE|Nasdaq|Oslo|Stockholm|Frankfurt|Tokyo|Xetra|AMS|EPA|ETR|OTC|SEHK|HKG|SSE|SZSE|STO)\s*:?\s*)?"
    r"(?:[A-Z]{2,6}|[A-Z0-9]{1,6}\.[A-Z]{1,2}|\d{4,6}(?:[ .][A-Z]{2})?)\s*[,;)]"
)
_REACH = 9


class Weigher:
    """Gives the candidates of one text their votes."""

    def __init__(self, words: Words, index: NameIndex) -> None:
        self.words = words
        self.lists = index.lists

    def weigh(self, candidates: list[Candidate]) -> None:
        """Adds votes to every candidate that the vocabulary and the shape did not settle."""
        previous: Candidate | None = None
        for candidate in candidates:
            if candidate.kind is None:
                self._by_form(candidate)
                self._by_what_stands_before(candidate, previous)
                self._by_what_stands_after(candidate)
            elif candidate.known is None:
                self._owner(candidate, previous)
            previous = candidate

    def _by_form(self, c: Candidate) -> None:
        words, lists = self.words, self.lists
        last = c.last - 1
        final = words.lower[last]
        shapes = words.shapes[c.first : c.last]
        several = c.last - c.first > 1
        if any(s in (Shape.VERSIONED, Shape.LOWER_VERSIONED) for s in shapes) or (
            several and any(s in (Shape.NUMBER, Shape.SIZE) for s in shapes)
        ):
            c.vote("model", 4)
            if any(s in (Shape.VERSIONED, Shape.LOWER_VERSIONED) for s in shapes):
                c.vote("model", 0, "version")
        if (several and final in lists.tiers and final not in lists.corporate) or (
            "-" in final and final.rpartition("-")[2] in lists.tiers
        ):
            c.vote("model", 4, "tier")
        elif not several and final in lists.tiers:
            c.vote("product", 1)
        if several and final in lists.legal:
            c.vote("vendor", 6, "legal form")
        elif (several and final in lists.press) or (several and final in lists.research):
            c.vote("organisation", 3, "ending")
        elif several and final in lists.corporate:
            c.vote("vendor", 3, "ending")
        elif words.lower[c.first] in ("university", "ministry", "bank", "institute", "department", "bureau"):
            c.vote("organisation", 3, "ending")
        if any(s is Shape.CAMEL for s in shapes):
            c.vote("vendor", 1, "camel case")
        if 2 <= len(shapes) <= 3 and all(s is Shape.CAP for s in shapes):
            c.person_like = 4 if words.lower[c.first] in lists.first_names else 1
            if self._pronoun_follows(c.last):
                c.vote("person", 2)
        nxt = c.last
        if (
            nxt + 1 < len(words)
            and words.texts[nxt] == ","
            and words.lower[nxt + 1] in ("inc", "ltd", "llc", "corp", "plc", "co")
        ):
            c.vote("vendor", 6, "legal form")

    def _by_what_stands_before(self, c: Candidate, previous: Candidate | None) -> None:
        words, lists = self.words, self.lists
        i = c.first - 1
        quoted = i >= 0 and words.texts[i] in "\"'"
        if quoted:
            i -= 1
            closing = c.last < len(words) and (
                words.texts[c.last] in "\"'"
                or (
                    words.texts[c.last] in ",."
                    and c.last + 1 < len(words)
                    and words.texts[c.last + 1] in "\"'"
                )
            )
            if closing and c.last - c.first <= 4:
                c.vote("product", 2, "quotation marks")
        if i < 0:
            return
        before = words.lower[i]
        if words.shapes[i] is Shape.BREAK or words.shapes[i] is Shape.MARK:
            if before == "." and i > 0 and words.shapes[i - 1] is Shape.LETTER and c.last - c.first == 1:
                c.vote("person", 5, "initial")
                c.first = i - 1
                c.text = words.phrase(c.first, c.last)
            elif (
                before == ","
                and i > 0
                and words.lower[i - 1] in ("flagship", "model", "rival", "parent", "subsidiary")
            ):
                c.vote(
                    "model" if words.lower[i - 1] in ("flagship", "model") else "vendor", 3, "introduction"
                )
            return
        if self._possessed(c, previous, i):
            return
        two = f"{words.lower[i - 1]} {before}" if i > 0 else before
        if two in (
            "market researcher",
            "research firm",
            "data company",
            "data provider",
            "analyst firm",
            "market tracker",
            "research house",
            "investment bank",
            "data firm",
            "research group",
        ):
            c.vote("organisation", 5, "introduction")
        elif before in lists.person_nouns and self._person_shape(c):
            c.vote("person", 6)
        elif before in lists.organisation_nouns and before not in ("exchange", "daily", "weekly"):
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
        elif before in _SAID_BEFORE and self._person_shape(c):
            c.vote("person", 4 if c.last - c.first > 1 else 1)
        elif two in _ATTRIBUTING or before in ("per", "told", "citing"):
            c.vote("organisation", 2, "attribution")
        elif two in ("analysts at", "economists at", "strategists at", "polled by", "surveyed by"):
            c.vote("organisation", 4, "attribution")
        elif (
            before == "by"
            and i > 0
            and words.lower[i - 1] in ("reporting", "edited", "written", "translated", "editing")
        ) or (before == "by" and self._line_starts(i)):
            c.vote("person", 5)
        elif before == "at":
            c.vote("vendor", 1)

    def _possessed(self, c: Candidate, previous: Candidate | None, i: int) -> bool:
        """*MiniMax's M2.5*: what a vendor has is its product, with the vendor as owner."""
        if not self._owner(c, previous):
            return False
        if not (self._person_shape(c) and c.last < len(self.words) and self.words.lower[c.last] in _SAYING):
            c.vote("product", 2, "possessive")
        return True

    def _owner(self, c: Candidate, previous: Candidate | None) -> bool:
        if previous is None or c.owner is not None:
            return False
        words = self.words
        between = words.lower[previous.last : c.first]
        by_possessive = (
            words.possessive[previous.last - 1]
            and len(between) <= 3
            and all(
                w in self.lists.common
                or w in ('"', "'")
                or w in self.lists.product_nouns
                or w in self.lists.model_nouns
                or w in ("own", "new")
                for w in between
            )
        )
        vendor = previous.kind == "vendor" or (previous.kind is None and previous.votes.get("person", 0) < 4)
        if by_possessive and vendor and not previous.votes.get("model"):
            c.owner = previous.known.name if previous.known else previous.text
            return True
        return False

    def _by_what_stands_after(self, c: Candidate) -> None:
        words, lists = self.words, self.lists
        k, n = c.last, len(words)
        if words.possessive[k - 1]:
            judged = any(w in lists.judged_by for w in words.lower[k : k + 3])
            c.vote("organisation" if judged else "vendor", 1)
            if not self._plain_word(c):
                c.vote("vendor", 0, "possessive")
            return
        if k >= n:
            return
        after = words.lower[k]
        if after in "\"'" and k + 1 < n:
            k += 1
            after = words.lower[k]
        if after in _SAYING:
            c.vote("person", (4 if c.last - c.first > 1 else 1) if self._person_shape(c) else 0)
            c.vote("vendor", 1)
            self._subject(c)
        elif after in lists.judged_by:
            c.vote("organisation", 2)
        elif after in lists.judging_verbs:
            c.vote("organisation", 2)
            self._subject(c)
        elif after in lists.model_nouns:
            c.vote("model", 3, "kind word")
        elif after in lists.product_nouns:
            c.vote("product", 2, None if c.initial else "kind word")
        elif after in lists.verbs and words.shapes[k] is Shape.LOWER:
            c.vote("vendor", 1)
            self._subject(c)
            if after in ("costs", "cost"):
                c.vote("model", 2)
        elif after == "," and k + 1 < n:
            self._apposition(c, k + 1)
        elif after == "(":
            if _TICKER.match(words.text, words.starts[k]):
                c.vote("vendor", 4, "ticker")
            elif k + 1 < n and words.lower[k + 1] in ("ceo", "president"):
                c.vote("vendor", 4, "introduction")
            else:
                self._apposition(c, k + 1)
        elif after in ("–", "-") and k + 1 < n:
            self._apposition(c, k + 1)
        elif after in ("|", ":") and c.first > 0 and words.shapes[c.first - 1] <= Shape.MARK:
            self._row(c)

    def _row(self, c: Candidate) -> None:
        if not self._plain_word(c):
            c.vote("vendor", 0, "table row")

    def _subject(self, c: Candidate) -> None:
        if not self._plain_word(c):
            c.vote("vendor", 0, "subject of a verb")

    def _apposition(self, c: Candidate, k: int) -> None:
        """*X, a Lisbon chipmaker that …*, *X, which sells …*, *Jane Doe, chief executive of …*."""
        words, n = self.words, len(self.words)
        if k >= n:
            return
        first = words.lower[k]
        if words.shapes[k] is Shape.NUMBER and len(first) == 2 and k + 1 < n and words.texts[k + 1] in ",.;)":
            c.vote("person", 6)  # an age
        elif first == "who":
            c.vote("person", 4)
        elif first in ("which", "whose"):
            c.vote("vendor", 1)
            if not self._plain_word(c):
                c.vote("vendor", 0, "relative clause")
        elif first in (
            "chief",
            "president",
            "founder",
            "chairman",
            "head",
            "analyst",
            "managing",
            "director",
            "co-founder",
        ) or (first in _APPOSED and k + 1 < n and words.lower[k + 1] in ("chief", "head")):
            if self._person_shape(c):
                c.vote("person", 6)
        elif first in _APPOSED:
            head = self._head_noun(k + 1)
            kind = self._kind_of(head) if head else None
            if kind == "person" and not self._person_shape(c):
                return
            if kind is not None:
                c.vote(kind, 5, "apposition")

    def _head_noun(self, k: int) -> str | None:
        """The last word of the noun phrase that begins at ``k``; none where it does not end within reach."""
        words = self.words
        head = None
        for j in range(k, min(k + _REACH, len(words))):
            if words.shapes[j] in (Shape.MARK, Shape.BREAK) or words.lower[j] in _STOPS:
                return head
            if words.possessive[j]:
                continue
            if self._kind_of(words.lower[j]) is not None:
                head = words.lower[j]
        return head

    def _kind_of(self, noun: str) -> str | None:
        lists = self.lists
        noun = noun.rpartition("-")[2] if noun not in lists.vendor_nouns else noun
        if noun in lists.model_nouns:
            return "model"
        if noun in lists.vendor_nouns:
            return "vendor"
        if noun in lists.organisation_nouns:
            return "organisation"
        if noun in lists.person_nouns:
            return "person"
        if noun in lists.product_nouns:
            return "product"
        return None

    def _person_shape(self, c: Candidate) -> bool:
        shapes = self.words.shapes[c.first : c.last]
        final = self.words.lower[c.last - 1]
        lists = self.lists
        return (
            all(s in (Shape.CAP, Shape.LETTER, Shape.MARK) for s in shapes)
            and c.last - c.first <= 4
            and final not in lists.corporate
            and final not in lists.research
            and final not in lists.legal
        )

    def _plain_word(self, c: Candidate) -> bool:
        """A single word that any dictionary may hold, at a place that explains its capital."""
        lower = self.words.lower[c.last - 1]
        single = c.last - c.first == 1
        ordinary = self.lists.ordinary(lower) or lower in self.lists.function
        return (
            single
            and c.initial
            and (
                ordinary
                or lower.endswith(("ing", "ly", "tion", "ions", "ment", "ness", "ers", "ments", "ities"))
            )
        )

    def _pronoun_follows(self, k: int) -> bool:
        """Whether *he* or *she* comes up before the sentence ends: companies are *it*."""
        words = self.words
        for j in range(k, min(k + 30, len(words))):
            if words.shapes[j] is Shape.BREAK:
                return False
            if words.lower[j] in ("he", "she", "his", "her", "him", "herself", "himself"):
                return j + 1 == len(words) or words.lower[j + 1] not in _SAYING
            if words.lower[j] in ("it", "its", "."):
                return False
        return False

    def _line_starts(self, i: int) -> bool:
        return i == 0 or self.words.shapes[i - 1] is Shape.BREAK
