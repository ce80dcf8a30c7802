"""The words around names in bylines, in some forty languages. Data only: add a language here."""

import re

# What stands before a name. Short words that are part of names somewhere (de, da, e, y) are not among them.
_BY = """
by von par di por af av door przez od oleh av от від от аўтар από του της bởi โดย szerző írta yazan yazar
haber
autor autorin autoren autora autores autore autori auteur auteure auteurs author authors
autors autorius autorė piše pišu napisao napisala pisze raksta kirjutas muhabir
подготовил подготовила пишет пише автор автори авторы
auteurs skribent forfatter författare kirjoittaja teksti penulis reporter reporters редактор журналист
text texte texto testo tekst текст words story
συντάκτης γράφει מאת بقلم كتب كتبت إعداد نویسنده نوشته लेखक द्वारा
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

BY_IN = {
    "ro": "de", "ca": "per|de", "cs": "od", "sk": "od", "sl": "od", "hr": "od", "lt": "nuo", "is": "eftir",
    "sq": "nga", "af": "deur", "cy": "gan", "gl": "por", "fa": "به قلم|از", "ur": "از", "ms": "dari",
    "vi": "bởi|theo",
}  # fmt: skip
"""Short words for *by* that are parts of names in other languages, as alternatives of a pattern."""

AFFIXED_AND = {
    "ar": ("و", "وليد وائل وسيم وسام وفاء وداد وجيه وهيب وحيد وفيق ولاء وئام وصفي وجدي وردة ورد وديع وهبي"),
    "he": ("ו", "ורד ויקי ורוניקה ולדימיר ויקטור ויקטוריה ורדית"),
}
"""The *and* that is written as one word with the name after it, and names that begin with its letter."""

WITH = re.compile(
    r"\s+(?:with|avec|mit|con|com|met|med|cu|ile|amb|og|och|und|et|y|e|and)\s+(?:l['’]|the\s+|la\s+|der\s+)?"
    r"(?=[A-Z]{2,6}\b|Reuters|Bloomberg|Associated Press|Agence France)"
)
"""What stands between a writer and an agency, where the agency has capitals."""

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
\w*redakt\w* \w*korrespondent\w* volont\w+ chefred\w* ressort\w* \w*reporter\w* \w*journalist\w* autor(?:in|en)?
leiter(?:in)? co(?:r)?respond\w*
rédac\w* journaliste correspondante? envoyée? spéciale? directeur directrice
redac\w* corresponsal periodista enviad[oa] director[a]? giornalista inviat[oa] jornalista repórter
dziennikarz dziennikarka toimittaja verslaggever verslaggeefster jurnalist\w* novin[aá]\w+ újságíró muhabiri?
δημοσιογράφος
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

_OTHER_LABELS = r"""
fotos? photos? photographs? bild(?:er)? imagen imágenes zdjęci[ae] фото video videos? grafik illustrations? kuvat?
fotó fotograf(?:ie|ía|ia|ija)? foto[ģg]rāf[si]? nuotr(?:auka)? снимк[аи] φωτογραφί[αε]ς? صورة תמונה צילום ảnh ภาพ
写真 撮影 攝影 摄影 사진 kamera snimi[ol]a? source quelle fuente fonte bron källa kilde lähde allikas avots šaltinis
źródło zdroj izvor vir forrás kaynak sursa източник источник джерело πηγή המקור מקור المصدر منبع sumber nguồn स्रोत
来源 來源 出典 출처
editors? edited\sby oprac(?:owanie)? opr penyunting übersetzung translation traduction traducción traduzione tłumaczenie
перевод
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

GROUP = re.compile(
    r"(?:\w+\s+){1,3}(?:desk|team|bureau|newsroom|staff|redaktion|redazione|rédaction)", re.IGNORECASE
)
"""A whole name of those who have no other."""

IS = re.compile(
    r"(?<=\S)\s+(?:is|was|has|writes|covers|reports|ist|schreibt|arbeitet|est|écrit|es|escribe|è|scrive|é|är|jest)\s.*$",
    re.DOTALL,
)
"""Where a line about somebody goes on after the name."""

_PARTICLES = """
de da di do dos das del della van von der den ter ten te zu zum zur af av la le el al bin ibn
"""

PARTICLES = frozenset(_PARTICLES.split())
"""Small words that a name may begin with."""

FOR = re.compile(r"\s+(?:for|für|pour|para|för|voor|dla|special to)\s.*$", re.DOTALL)
"""The paper that somebody wrote for, after the name."""

WRITTEN_BY = re.compile(
    r"(?:written|verfasst|geschrieben|von|écrit|rédigé|escrito|por|scritto|geschreven|door|napisan[eay]|autor\w*"
    r"|skrevet|skriven|skrevet|kirjoittanut|автор|написано|yazan|ditulis|penulis|author)\b|作者|著者|執筆者|글쓴이",
    re.IGNORECASE,
)
"""The label of a card that social networks show beside the writer's name."""

NOT_WRITTEN = re.compile(
    rf"(?:{_alternatives(_OTHER_LABELS)})\b\s*[\s:：.]"
    r"|.*(?:報導|報道|报道|電|编译)$",
    re.IGNORECASE,
)
"""A part of a byline that names somebody or some place, but no writer."""
