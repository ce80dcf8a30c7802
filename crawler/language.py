"""Which language a page is in: what it declares, held against its script. Pure."""

import re
import unicodedata
from collections import Counter
from functools import cache

from justext.utils import get_stoplist  # type: ignore[import-untyped]

# Scripts that settle the language by themselves, by the first word of the Unicode name.
_BY_SCRIPT = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th", "HEBREW": "he", "GREEK": "el",
    "ARMENIAN": "hy", "GEORGIAN": "ka", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn",
    "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si", "KHMER": "km", "LAO": "lo",
    "MYANMAR": "my", "ETHIOPIC": "am",
}  # fmt: skip
_SHARED = {
    "CJK": {"zh", "ja"}, "CYRILLIC": {"ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"},
    "ARABIC": {"ar", "fa", "ur", "ps", "ku", "ckb", "ug", "sd"}, "DEVANAGARI": {"hi", "mr", "ne", "sa"},
}  # fmt: skip
_STOPLISTS = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian_Bokmal", "fi": "Finnish", "pl": "Polish",
    "cs": "Czech", "sk": "Slovak", "hu": "Hungarian", "ro": "Romanian", "tr": "Turkish", "id": "Indonesian",
    "ms": "Malay", "vi": "Vietnamese", "hr": "Croatian", "sl": "Slovenian", "et": "Estonian", "lv": "Latvian",
    "lt": "Lithuanian", "is": "Icelandic", "ca": "Catalan", "ru": "Russian", "uk": "Ukrainian",
    "bg": "Bulgarian",
    "ar": "Arabic", "fa": "Persian", "hi": "Hindi", "sr": "Serbian", "mk": "Macedonian",
}  # fmt: skip
_ALIASES = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "tl": "fil", "jp": "ja", "cn": "zh", "kr": "ko",
    "gr": "el", "ua": "uk", "cz": "cs", "dk": "da", "se": "sv",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")


def language(declared: list[str | None], text: str) -> str | None:
    """The ISO 639-1 code of the article's language.

    ``declared`` are the page's own statements, the most trustworthy first; one that the script of the text
    contradicts (an English template around Korean) is passed over. Without any, the commonest words decide.
    """
    script = _script(text)
    for code in declared:
        match = _CODE.match(code or "")
        if match is None:
            continue
        found = _ALIASES.get(match[1].lower(), match[1].lower())
        if _possible(found, script):
            return found
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    if script == "CJK":
        return "zh"
    return _by_words(text)


def _script(text: str) -> str | None:
    counts: Counter[str] = Counter()
    for char, times in Counter(text[:4000]).items():
        if char.isalpha():
            counts[unicodedata.name(char, "?").split()[0].split("-")[0]] += times
    if not counts:
        return None
    total = sum(counts.values())
    if counts["HIRAGANA"] + counts["KATAKANA"] > total / 10:
        return "HIRAGANA"
    return counts.most_common(1)[0][0]


def _possible(code: str, script: str | None) -> bool:
    if script in _BY_SCRIPT:
        return code == _BY_SCRIPT[script] or (script == "HEBREW" and code == "yi")
    if script in _SHARED:
        return code in _SHARED[script]
    return not (
        script == "LATIN" and code in {*_BY_SCRIPT.values(), "zh", "ru", "uk", "bg", "ar", "fa", "hi"}
    )


def _by_words(text: str) -> str | None:
    words = [word.lower() for word in _WORD.findall(text[:5000])]
    if len(words) < 5:
        return None
    # A word that many languages share says little of which one this is.
    scores: dict[str, float] = {}
    for word, times in Counter(words).items():
        codes = [code for code in _STOPLISTS if word in _stopwords(code)]
        for code in codes:
            scores[code] = scores.get(code, 0.0) + times / len(codes)
    best, score = max(scores.items(), key=lambda item: item[1], default=("", 0.0))
    return best if score > len(words) * 0.05 else None


@cache
def _stopwords(code: str) -> frozenset[str]:
    return frozenset(word.lower() for word in get_stoplist(_STOPLISTS[code]))
