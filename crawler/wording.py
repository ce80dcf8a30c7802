"""The words around names in bylines, in some forty languages. Data only: add a language here."""

import re

# What stands before a name. Short words that are part of names somewhere (de, da, e, y) are not among them.
_BY = """
by von par di por af av door przez od oleh av от від от аўтар από του της bởi โดย szerző írta yazan yazar
haber
autor autorin autoren autora autores autore autori auteur auteure auteurs author authors автор автори авторы
auteurs skribent forfatter författare kirjoittaja teksti penulis reporter reporters редактор журналист
text texte texto testo tekst текст words story
συντάκτης γράφει מאת بقلم كتب كتبت إعداد نویسنده लेखक द्वारा
"""
_BY_PHRASES = r"""
(?:written|reported|posted|published|story|reporting|words|review|analysis|opinion|edited|compiled|text)\s+by
(?:ein\s+|eine\s+)?(?:beitrag|artikel|analyse|kommentar|interview|gastbeitrag|bericht|reportage|protokoll|text)\s+von
(?:propos\s+recueillis|article|texte|publié|écrit|rédigé)\s+par
(?:escrito|redactado|publicado|texto|análisis|opinión)\s+por
(?:scritto|articolo|testo|a\s+cura)\s+d[ia]
(?:tekst|text)\s+(?:av|af)
γράφει\s+[οη]
"""
# Between or after East Asian names no space is written.
_BY_CJK = """
作者 撰文 文・ 文 本报记者 本報記者 记者 記者 责任编辑 責任編輯 责编 编辑 編輯 采写 取材 글 취재
"""

JOINERS = {
    "de": "und", "fr": "et", "es": "y|e", "pt": "e", "it": "e", "ca": "i", "pl": "i|oraz", "nl": "en",
    "af": "en", "sv": "och", "da": "og", "no": "og", "fi": "ja", "et": "ja", "hu": "és", "tr": "ve",
    "ro": "și|şi|si", "ru": "и", "bg": "и", "uk": "та|і|й", "be": "і|ды", "sr": "и|i", "mk": "и",
    "hr": "i", "bs": "i", "sl": "in", "cs": "a", "sk": "a", "el": "και", "id": "dan", "ms": "dan",
    "vi": "và", "lt": "ir", "lv": "un", "is": "og", "lb": "an|a", "eu": "eta", "gl": "e", "sq": "dhe",
    "sw": "na", "hi": "और", "bn": "ও", "he": "ו", "ar": "و", "fa": "و", "ur": "اور",
}  # fmt: skip
"""The word for *and* between two names, by language, as alternatives of a pattern."""

_ROLES = r"""
reporters? editors? correspondents? staff writers? columnists? journalists? contributors? contributing
producers?
analysts? professors? director chief bureau newsroom desk special senior freelance fellow lecturer news
media agency
agencies press team editorial managing deputy photograph(?:er|y|s)? economist researcher ph\.?d
redakt\w* korrespondent\w* volont\w+ chefred\w* ressort\w* reporter\w* journalist\w* autor(?:in|en)?
leiter(?:in)?
rédac\w* journaliste correspondante? envoyée? spéciale? directeur directrice
redac\w* corresponsal periodista enviad[oa] director[a]? giornalista inviat[oa] jornalista repórter
dziennikarz dziennikarka reporterka toimittaja
updated? published actualizad[oa] aktualisiert minutes follow twitter facebook linkedin instagram
e-?mail share subscribe contact view profile latest articles? comments? submitted
написал редактор корреспондент журналист обозреватель
"""

_AGENCIES = """
dpa afp ap reuters apa sid epd kna ansa efe lusa pap anp belga tass тасс xinhua 新华社 bloomberg upi ritzau
ntb tt stt mti ctk čtk interfax интерфакс tanjug associatedpress theassociatedpress agencefrancepresse
europapress kyodo adnkronos yonhap 연합뉴스 pti ani aap dpaafx keystonesda sda ats dts hina beta fena rnd
redaktionsnetzwerkdeutschland
"""
_NOBODY = """
redaktion onlineredaktion redazione redacción redaccion redação redacao redakcja larédaction rédaction
redactie redaksjonen redaktionen toimitus szerkesztőség redakce redakcia редакция staff admin administrator
editor editors newsdesk webmaster online unknown null none undefined anonymous guest author authors
editorial print
"""

AGENCIES = frozenset(_AGENCIES.split())
"""News agencies, as ``markup.key`` writes them."""

NOBODY = frozenset(_NOBODY.split())
"""Words that fill an author field without naming anybody, as ``markup.key`` writes them."""


def _alternatives(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


BY = re.compile(
    rf"^(?:(?:{'|'.join(_BY_PHRASES.split(chr(10))[1:-1])}|{_alternatives(_BY)})(?:\s*[:：|]\s*|\s+)"
    rf"|(?:{'|'.join(map(re.escape, _BY_CJK.split()))})\s*[:：/／|]?\s*)",
    re.IGNORECASE,
)
"""What is cut off before a name."""

ROLE = re.compile(rf"\b(?:{_alternatives(_ROLES)})\b", re.IGNORECASE)
"""Words that no name has."""

_R = _alternatives(_ROLES)
AROUND = re.compile(
    rf"^(?:(?:{_R})\s+)+(?=\S+\s+\S)|(?<=\w)\s+(?:the\s+)?(?:associated\s+press|reuters|afp|dpa|bloomberg)$"
    rf"|(?<=\w)(?:\s+(?:{_R}))+$|\s*(?:기자|特派员|特派員|記者|记者)$",
    re.IGNORECASE,
)
"""Roles before or after a name."""

NOT_WRITTEN = re.compile(
    r"(?:fotos?|photos?|photographs?|bild(?:er)?|imagen|imágenes|zdjęci[ae]|фото|video|grafik|illustrations?|kuva)"
    r"\b[\s:]"
    r"|.*(?:報導|報道|报道|電|编译)$",
    re.IGNORECASE,
)
"""A part of a byline that names somebody or some place, but no writer."""
