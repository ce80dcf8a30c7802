"""Bytes to text: which encoding a page really has, whatever it says of itself. Pure."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "RIFF",
    b"PK\x03\x04": "ZIP",
    b"\x1f\x8b": "gzip",
    b"\x7fELF": "ELF",
    b"MZ\x90": "executable",
    b"OggS": "Ogg",
    b"ID3": "MP3",
    b"\x00\x00\x01\x00": "icon",
    b"wOFF": "font",
    b"wOF2": "font",
    b"\xd0\xcf\x11\xe0": "Office",
    b"SQLite format 3": "SQLite",
}
# Decoding never fails in these, so a declaration of one of them proves nothing.
_WESTERN = {"cp1252", "iso8859-1", "iso8859-15", "latin-1", "ascii"}
_EAST_ASIAN = ("gb18030", "cp932", "euc_jp", "cp949", "big5hkscs")
_SAMPLE = 40_000
_RUNS_SAMPLE = 1_000_000
_HIGH_RUN = re.compile(rb"[\x80-\xff]{2,}")
_HIGH_BYTES = bytes(range(0x80, 0x100))
_TAGS = re.compile(
    rb"<(?:script|style)\b[^<]*+(?:<(?!/?(?:script|style)\b)[^<]*+)*+</(?:script|style)>|<[^<>]{0,2000}>",
    re.IGNORECASE,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def binary_kind(body: bytes) -> str | None:
    """What a body that is no text is (``PDF``, ``PNG``, …, ``binary``), or None for text."""
    if any(body.startswith(bom) for bom, _ in _BOMS):
        return None
    head = body[:4096]
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if not head or _wide(head):
        return None
    # A stray NUL or form feed happens in text; more than one control byte in fifty does not.
    return "binary" if len(_CONTROL.findall(head)) > len(head) / 50 + 1 else None


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page. ``content_type`` is the HTTP header, believed only where the bytes agree.

    Never fails: what no encoding explains becomes U+FFFD. A BOM goes before valid UTF-8, that before what
    is declared, and that before what is guessed, since publishers err in just this order.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if wide := _wide(body[:4096]):
        return body.decode(wide, "replace")
    declared = list(_declared(body, content_type))
    if "iso2022_jp" in declared and b"\x1b" in body:
        return body.decode("iso2022_jp", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    high = _high(body)
    lenient = body.decode("utf-8", "replace")
    if lenient.count("\ufffd") < high / 20:
        return lenient  # UTF-8 that was cut or spliced somewhere
    start = body[:_RUNS_SAMPLE]
    runs = sum(map(len, _HIGH_RUN.findall(start)))
    for name in declared:
        if name in _WESTERN and runs > _high(start) / 2:
            continue  # no western language writes most of its accents in runs
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= high / 50:
            return text
    return body.decode(_guess(body), "replace")


def _high(body: bytes) -> int:
    """How many bytes are not ASCII."""
    return len(body) - len(body.translate(None, _HIGH_BYTES))


def _wide(head: bytes) -> str | None:
    """UTF-16 without a BOM shows as a NUL at every other place."""
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _declared(body: bytes, content_type: str | None) -> Iterator[str]:
    for name in (http_content_type_encoding(content_type), html_body_declared_encoding(body[:8192])):
        resolved = resolve_encoding(name) if name else None
        if resolved and not resolved.startswith(("utf-16", "utf-32", "utf-7")):
            yield resolved


def _guess(body: bytes) -> str:
    sample = _TAGS.sub(b" ", body[: 8 * _SAMPLE])
    sample = sample[:_SAMPLE]
    best, name = max((_east_asian_score(sample, name), name) for name in _EAST_ASIAN)
    if best > 0.7:
        return name
    match = from_bytes(sample).best()
    return match.encoding if match and not match.encoding.startswith("utf") else "cp1252"


def _east_asian_score(sample: bytes, name: str) -> float:
    """How much of the sample's high bytes reads as everyday East Asian text in this encoding, 0 to 1."""
    text = sample.decode(name, "ignore")
    beyond = [char for char in text if char > "\x7f"]
    high = _high(sample)
    if len(beyond) < 4 or not high:
        return 0.0
    good = 0.0
    for char in beyond:
        if "\u3040" <= char <= "\u30ff":
            good += 1.1 if name in ("cp932", "euc_jp") else 0.5  # kana in a Chinese encoding are chance
        elif "\uac00" <= char <= "\ud7a3":
            good += 1.0 if name == "cp949" else 0.2
        elif "\u4e00" <= char <= "\u9fff":
            good += _hanzi(char, name)
        elif "\uff61" <= char <= "\uff9f":
            good -= 0.5  # half-width kana: the mark of Shift-JIS forced on something else
        elif unicodedata.category(char) in ("Po", "Ps", "Pe", "Nd") and char > "\u2fff":
            good += 1.0
    lost = max(0.0, 1.0 - len(text.encode(name, "ignore")) / max(1, len(sample)))
    return good / len(beyond) - 5 * lost


def _hanzi(char: str, name: str) -> float:
    """Everyday characters lie in the first level of each national standard."""
    lead = char.encode(name, "ignore")[:1] or b"\0"
    first = lead[0]
    everyday = {
        "gb18030": 0xB0 <= first <= 0xD7,
        "euc_jp": 0xB0 <= first <= 0xCF,
        "cp932": 0x88 <= first <= 0x97,
        "big5hkscs": 0xA4 <= first <= 0xC6,
        "cp949": False,
    }[name]
    return 0.95 if everyday else 0.2
