"""Cue words: which words near a figure name its metric, its direction, its modality, who says it, and the like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

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

    def find(self, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[Cue]:
        """The cues in the order of their places."""
        found = [
            Cue(starts[i], ends[j - 1], kind, value, " ".join(words[i:j]), i, j)
            for kind, index in self._indexes.items()
            for i, j, value in index.find(words)
        ]
        found.sort(key=lambda cue: (cue.first, -cue.last, cue.kind, cue.value))
        return found


class CueMarker:
    """Sets ``doc._.words`` (lower-case words with their offsets) and ``doc._.cues``."""

    def __init__(self, finder: CueFinder) -> None:
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        tokens = [(t.lower_, t.idx, t.idx + len(t)) for t in doc if not t.is_space]
        words = [t[0] for t in tokens]
        starts = [t[1] for t in tokens]
        ends = [t[2] for t in tokens]
        doc._.words = (words, starts, ends)
        doc._.cues = self.finder.find(words, starts, ends)
        return doc


@Language.factory("beatbook_cues", default_config={"entries": []})
def make_cues(nlp: Language, name: str, entries: list[dict[str, Any]]) -> CueMarker:
    """The cue component; ``entries`` are those of metrics.toml and cues.toml."""
    for extension, default in (("words", ()), ("cues", ())):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=default)
    return CueMarker(CueFinder(entries, nlp.tokenizer))
