"""Plain typography, character for character, so that every offset into the plain text holds in the original."""

import re
import unicodedata

_SINGLE = {
    "\r": " ", "\t": " ", "\x0b": " ", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "`": "'", "ʼ": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "−": "-", "﹣": "-", "\u00ad": "-",
    "·": "·", "⁄": "/", "∕": "/", "\u200b": " ", "\ufeff": " ", "\u2060": " ",
}  # fmt: skip
_NOT_ASCII = re.compile(r"[^\x20-\x7e\n]")
_DASH = re.compile(r"(?<=[\w%])[–—](?=[\d$€£¥₹+])|(?<=\d)[–—](?=\w)")
_SPACED = re.compile(r"(?<=[ \n])-(?=[ \n])|(?<=[ \n])—(?=[ \n])|—")
_DOUBLE = re.compile(r"--+")


def plain(text: str) -> str:
    """``text`` with spaces, quotation marks, dashes and full-width forms in their plain shape, of the same length.

    A dash inside a range or a compound becomes a hyphen, a dash that breaks a clause an en dash.
    """
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda m: _char(m.group()), text)
        text = _DASH.sub("-", text)
    text = text.replace("\r", " ")
    text = _DOUBLE.sub(lambda m: "–" * len(m.group()), text)
    return _SPACED.sub("–", text)


def _char(char: str) -> str:
    known = _SINGLE.get(char)
    if known is not None:
        return known
    if unicodedata.category(char) == "Zs":
        return " "
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() else char
