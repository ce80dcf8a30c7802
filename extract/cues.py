"""Cue words: which words near a figure name its metric, its direction, its modality, who says it, and the like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from extract.doc_text import text_of
from extract.metrics import Metrics
from extract.phrases import PhraseIndex, noun_forms, verb_forms


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word or phrase: ``kind`` is ``metric``, ``direction``, ``modality``, …; ``value`` what it says;
    ``first`` and ``last`` are the numbers of its words in the document (``last`` exclusive)."""

    start: int
    end: int
    kind: str
    value: str
    text: str
    first: int
    last: int


_SIDES = ("in", "out")
_AFTER_SIDE = frozenset((",", ".", ";", ")", "|", "/", "and", "versus", "but", "–", "—", "(", ":"))
_PRICED = frozenset(
    ("million", "m", "mtok", "tokens", "thousand", "cents", "cent", "c", "dollars", "yuan", "euros", "nickel")
)


def _is_side(words: Sequence[str], i: int) -> bool:
    """Whether *in* or *out* is a side of a price (*90 cents a million in and $2.70 out*, *in/out*, a column's
    head) and not the preposition."""
    before = words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < len(words) else "."
    if words[i] == "in" and after in ("and", "/") and i + 2 < len(words) and words[i + 2] == "out":
        return True
    if words[i] == "out" and before in ("and", "/") and i > 1 and words[i - 2] == "in":
        return True
    if before == "|" or (after == "|" and not before.isalpha()):
        return True
    return after in _AFTER_SIDE and (before in _PRICED or before[-1:].isdigit())


class CueFinder:
    """Marks cues in a document's words; one index a kind, so that cues of different kinds may overlap."""

    def __init__(self, entries: Iterable[Mapping[str, Any]], tokenizer: Tokenizer) -> None:
        by_kind: dict[str, list[tuple[Sequence[str], str]]] = {}
        for entry in entries:
            forms = list(entry.get("phrases", ()))
            for noun in entry.get("nouns", ()):
                forms += noun_forms(noun)
            for verb in entry.get("verbs", ()):
                forms += verb_forms(verb)
            listed = by_kind.setdefault(entry["kind"], [])
            listed.extend((tuple(t.lower_ for t in tokenizer(form)), entry["value"]) for form in forms)
        self._indexes = {kind: PhraseIndex(listed) for kind, listed in by_kind.items()}
        self._openers: dict[str, list[str]] = {}
        for kind, index in self._indexes.items():
            for word in index.openers:
                self._openers.setdefault(word, []).append(kind)

    def find(self, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[Cue]:
        """The cues in the order of their places."""
        places: dict[str, list[int]] = {kind: [] for kind in self._indexes}
        for i, word in enumerate(words):
            for kind in self._openers.get(word, ()):
                places[kind].append(i)
        found = [
            Cue(starts[i], ends[j - 1], kind, value, " ".join(words[i:j]), i, j)
            for kind, index in self._indexes.items()
            for i, j, value in index.find_at(words, places[kind])
            if kind != "metric" or words[i] not in _SIDES or j > i + 1 or _is_side(words, i)
        ]
        found.sort(key=lambda cue: (cue.first, -cue.last, cue.kind, cue.value))
        return found


def words_of(doc: Doc) -> tuple[list[str], list[int], list[int]]:
    """The words of a document in lower case, where they begin and where they end; blanks are left out."""
    text = text_of(doc)
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals are two letters when small
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, length in doc.to_array(["IDX", "LENGTH"]).tolist():
        word = lower[start : start + length]
        if not word.isspace():
            words.append(word)
            starts.append(start)
            ends.append(start + length)
    return words, starts, ends


class CueMarker:
    """Sets ``doc._.words`` (lower-case words with their offsets), ``doc._.cues`` and ``doc._.metrics``, what the
    vocabulary says of the metrics that its cues name."""

    def __init__(self, finder: CueFinder) -> None:
        self.finder = finder
        self.metrics = Metrics()

    def __call__(self, doc: Doc) -> Doc:
        words, starts, ends = words_of(doc)
        doc._.words = (words, starts, ends)
        doc._.metrics = self.metrics
        doc._.cues = self.finder.find(words, starts, ends)
        return doc


@Language.factory("beatbook_cues", default_config={"entries": []})
def make_cues(nlp: Language, name: str, entries: list[dict[str, Any]]) -> CueMarker:
    """The cue component; ``entries`` are those of metrics.toml and cues.toml."""
    for extension, default in (("words", ()), ("cues", ()), ("metrics", None)):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=default)
    return CueMarker(CueFinder(entries, nlp.tokenizer))
