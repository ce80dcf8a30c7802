"""Reads the tables of invented publishers' pages: the answers of each page, then its markup.

A record begins with ``=== NAME``; the lines ``url:``, ``title:``, ``authors:`` (``; `` between them) and
``day:`` follow, then HTML up to the next record. ``{{body}}`` stands for a few
paragraphs of text in the script of the page.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "publishers"
_LATIN = """The price of a million tokens fell to 0.40 dollars last week, the lowest since the index began.
Analysts expect a further fall of a tenth by the summer, according to a survey made on Sunday.
Vendors have cut their prices five times since the autumn, and demand has doubled meanwhile."""
# In another script the language is read from the text, whatever the page declares.
_OTHER = {
    "ar": """انخفضت الأسعار في الأسبوع الماضي إلى أدنى مستوى لها منذ بداية العام وفقا لما أعلنته الشركة.
ويتوقع المحللون أن تستمر الأسعار في الانخفاض حتى الصيف المقبل بسبب زيادة الإنتاج في المنطقة.""",
    "bg": """Цените се понижиха през миналата седмица до най-ниското си ниво от началото на годината насам.
Според анализаторите понижението ще продължи и през лятото, защото търсенето все още е слабо.""",
    "bn": """গত সপ্তাহে দাম কমে বছরের সর্বনিম্ন পর্যায়ে এসেছে বলে জানিয়েছেন বাজারের ব্যবসায়ীরা।
বিশ্লেষকেরা মনে করেন, আগামী গ্রীষ্ম পর্যন্ত দাম আরও কমতে পারে, কারণ সরবরাহ বেড়েছে।""",
    "el": """Οι τιμές υποχώρησαν την περασμένη εβδομάδα στο χαμηλότερο επίπεδο από την αρχή του έτους.
Οι αναλυτές περιμένουν ότι η πτώση θα συνεχιστεί και το καλοκαίρι, επειδή η ζήτηση είναι χαμηλή.""",
    "fa": """قیمت‌ها در هفته گذشته به پایین‌ترین سطح خود از آغاز سال رسید و این را شرکت اعلام کرد.
تحلیلگران می‌گویند که کاهش قیمت‌ها تا تابستان ادامه خواهد داشت، چون عرضه بیشتر شده است.""",
    "he": """המחירים ירדו בשבוע שעבר לרמה הנמוכה ביותר מתחילת השנה, כך הודיעה החברה לעיתונאים.
האנליסטים מעריכים שהירידה תימשך גם בקיץ הקרוב, משום שהביקוש עדיין חלש בשוק.""",
    "hi": """पिछले सप्ताह कीमतें गिरकर साल के सबसे निचले स्तर पर आ गईं, यह जानकारी कंपनी ने दी है।
विश्लेषकों का कहना है कि गर्मियों तक कीमतों में और गिरावट हो सकती है क्योंकि मांग कम है।""",
    "ja": """先週、価格は年初来の最低水準まで下がったと会社が発表した。市場では驚きの声が上がっている。
専門家は、需要がまだ弱いため、夏まで値下がりが続くと見ている。生産の増加も影響している。""",
    "ko": """지난주 가격이 올해 들어 가장 낮은 수준까지 떨어졌다고 회사가 발표했다. 시장은 놀랐다.
전문가들은 수요가 아직 약하기 때문에 여름까지 하락이 이어질 것으로 보고 있다고 말했다.""",
    "ru": """Цены на прошлой неделе опустились до самого низкого уровня с начала года, сообщила компания.
По мнению аналитиков, снижение продолжится и летом, потому что спрос всё ещё остаётся слабым.""",
    "ta": """கடந்த வாரம் விலை இந்த ஆண்டின் மிகக் குறைந்த அளவுக்குச் சரிந்தது என்று நிறுவனம் தெரிவித்தது.
கோடை வரை விலை மேலும் குறையும் என்று ஆய்வாளர்கள் கூறுகின்றனர், ஏனெனில் தேவை குறைவாக உள்ளது.""",
    "th": """ราคาลดลงในสัปดาห์ที่ผ่านมาจนถึงระดับต่ำสุดนับตั้งแต่ต้นปี ตามที่บริษัทได้ประกาศไว้
นักวิเคราะห์คาดว่าราคาจะลดลงต่อไปจนถึงฤดูร้อน เพราะความต้องการยังคงอ่อนแออยู่""",
    "uk": """Ціни минулого тижня знизилися до найнижчого рівня від початку року, повідомила компанія.
На думку аналітиків, зниження триватиме й улітку, тому що попит усе ще залишається слабким.""",
    "zh": """上周价格跌至今年以来的最低水平，公司在一份声明中表示，市场对此感到意外，交易量也明显增加。
分析师认为，由于需求仍然疲软，价格到夏天还会继续下跌，而产量的增加也会带来影响。""",
}


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    url: str
    title: str
    authors: tuple[str, ...]
    day: str | None
    html: str


def examples(table: str) -> list[Example]:
    """The records of one table of the folder."""
    return [_record(part) for part in (FOLDER / table).read_text("utf-8").split("=== ")[1:]]


def _record(part: str) -> Example:
    name, url, title, authors, day, html = part.split("\n", 5)
    said = [line.partition(":")[2].strip() for line in (url, title, authors, day)]
    people = tuple(one for one in said[2].split("; ") if one)
    return Example(name, said[0], said[1], people, said[3] or None, html.replace("{{body}}", _body(html)))


def _body(html: str) -> str:
    declared = html.partition('lang="')[2][:2]
    return "".join(f"<p>{line}</p>" for line in _OTHER.get(declared, _LATIN).splitlines() * 2)
