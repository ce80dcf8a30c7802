"""Names: listed ones, and by shapes and introductions the ones that no list holds."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extract.names import find_names, names_of
from extract.vocabulary import Vocabulary, load_vocabulary

SHIPPED = load_vocabulary()
BARE = Vocabulary({t: e for t, e in SHIPPED.tables.items() if t not in ("vendor", "model", "organisation")})


def kinds(text: str, title: str = "", vocabulary: Vocabulary = BARE) -> dict[str, str]:
    return {m.name: m.kind for m in find_names(text, title, vocabulary)}


def by_text(text: str, vocabulary: Vocabulary = BARE) -> dict[str, str]:
    return {m.text: m.name for m in find_names(text, "", vocabulary)}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Shenzhen-based startup Qorvane raised $40 million.", "Qorvane", "vendor"),
        ("A rival, chipmaker Ardoise, cut its prices.", "Ardoise", "vendor"),
        ("Orders at Velmont, a memory maker from Brno, doubled.", "Velmont", "vendor"),
        ("Velmont, which sells routers, grew 5%.", "Velmont", "vendor"),
        ("Sales of Tessaly Inc. rose by a tenth.", "Tessaly", "vendor"),
        ("It rents from Ostrava Compute and others.", "Ostrava Compute", "vendor"),
        ("Kestrelon (NASDAQ: KSTL) fell 4% on Monday.", "Kestrelon", "vendor"),
        ("Shares of OpenQuarry were flat.", "OpenQuarry", "vendor"),
        ("The price of zAtlas stayed.", "zAtlas", "vendor"),
        ("A customer of Lumio.ai left.", "Lumio.ai", "vendor"),
        ("On Tuesday Drovane-Long became cheaper.", "Drovane-Long", "model"),
        ("The lab released Corvel-2 Pro in March.", "Corvel-2 Pro", "model"),
        ("It charges 6 yuan for Hallow 3.5 Flash today.", "Hallow 3.5 Flash", "model"),
        ("Its large language model “Sumire 3” is cheaper.", "Sumire 3", "model"),
        ("Developers use drava-2.5-mini at night.", "drava-2.5-mini", "model"),
        ("Users of the chatbot Ferny doubled.", "Ferny", "product"),
        ("The chat service “Maru” has 2 million users.", "Maru", "product"),
        ("According to market researcher Brightlode, sales rose.", "Brightlode", "organisation"),
        ("Brokerage Kanchan & Vyas expects less.", "Kanchan & Vyas", "organisation"),
        ("Figures from Pellucid Research show it.", "Pellucid Research", "organisation"),
        ("“It works,” said Jane Orrell, chief executive of a fab.", "Jane Orrell", "person"),
        ("Outi Rantala, 43, answered.", "Outi Rantala", "person"),
        ("By R. Okafor", "R. Okafor", "person"),
        ("Later Dr. Emil Straka disagreed.", "Emil Straka", "person"),
        ("Industrial Bank of Varna lent 30 billion won.", "Industrial Bank of Varna", "vendor"),
        ("A kit of 32GB DDR5 modules costs $400.", "32GB DDR5 modules", "product"),
        ("The Tarn Cloud API costs more, Tarn Cloud said.", "Tarn Cloud", "vendor"),
        ("Brumel 3, with more parameters, is out.", "Brumel 3", "model"),
        ("Clerk 2, launched in February, handles more.", "Clerk 2", "model"),
        ("Brumel 4.5 unchanged, it says.", "Brumel 4.5", "model"),
        ("Amber Quay, once a shop, is worth more.", "Amber Quay", "vendor"),
        ("Red Heron Labs wants more customers.", "Red Heron Labs", "vendor"),
        ("A seat of the Orchard tier, $25 until May, is dear.", "Orchard", "product"),
        ("Duo rose while Family went to $20 from $18.", "Family", "vendor"),
        ("The dearer tier, Peak, will cost $4.", "Peak", "product"),
        ("The carrier said that Three had lost users to Nothing.", "Three", "vendor"),
        ("A shop said an RTX 5090 fetched 24,800 yuan.", "RTX 5090", "model"),
        ("It serves borel-oss-120b to all.", "borel-oss-120b", "model"),
        ("A Skarv D5 16 GB module costs $4.", "Skarv D5 16 GB", "model"),
        ("The maker Aster & Roe said so.", "Aster & Roe", "vendor"),
        ("Makes Tarnel. Tarnel 2 costs $2.", "Tarnel 2", "model"),
        ("Sells Tarnel and rents GPUs.", "Tarnel", "vendor"),
        ("Rents Tarnel Cloud at $2.", "Tarnel Cloud", "vendor"),
        ("Expects Tarnel to grow.", "Tarnel", "vendor"),
        ("**Heron Park**, the owner of 340 cinemas, lost money.", "Heron Park", "vendor"),
        ("Orders at Brastow Semi fell.", "Brastow Semi", "vendor"),
        ("0710 BRASTOW SEMI Q3 REVENUE EUR 41 MLN VS EUR 44 MLN", "BRASTOW SEMI", "vendor"),
        ("AUSTRIA'S GRUNWALT, UP 1.2 PCT, BUCKS THE WIDER MARKET TREND", "GRUNWALT", "vendor"),
        ("Prices per hour: VX90 0.72 | VX70 0.40", "VX90", "model"),
        ("First came Skarv Code Fast 1 (11%).", "Skarv Code Fast 1", "model"),
        ("Tarnel 2 costs $5, Tarnel 1 $3. Does Tarnel 3 bring a new list?", "Tarnel 3", "model"),
        ("None of OpenQuarry, Crate and Miro touched a price.", "Crate", "vendor"),
        ("The UK arm of Tarnel TV raises its price.", "Tarnel TV", "vendor"),
        ("It buys from Casa dos Ventos.", "Casa dos Ventos", "vendor"),
        ("Hane Glass Works (5X21) spins cloth.", "Hane Glass Works", "vendor"),
        ("Hane Data Halls (ASX: HNDH) grew.", "Hane Data Halls", "vendor"),
        ("So said Orla Vint, boss of Fenn Drake, on the sum that her firm will pay.", "Fenn Drake", "vendor"),
        ("Third-ranked Arvo Steel told them.", "Arvo Steel", "vendor"),
        ("Loss-making Arvo Steel warned them.", "Arvo Steel", "vendor"),
        ("Tarnel Digital TRND.O sees sales of $3 billion.", "Tarnel Digital", "vendor"),
        ("So said Tarnel Interactive CEO Min Gyeong-ho.", "Tarnel Interactive", "vendor"),
        ("Arvo Fibre added 61 000 homes.", "Arvo Fibre", "vendor"),
        ("An RTX Pro 6000 costs $8,000.", "RTX Pro 6000", "model"),
        ("In the hall: Tarnel GPT, at 49 euros.", "Tarnel GPT", "vendor"),
        ("Q. Narvo says it has overtaken you.", "Narvo", "vendor"),
        ("One party owns halls; Narvo rents out machines.", "Narvo", "vendor"),
        ("Neighbour Tarnvik Optics was weak: Tarnvik fell 3%.", "Tarnvik Optics", "vendor"),
        ("So Tarnix Pro costs $29, says Ada from Tarnix. More – tarnix, june 2025", "Tarnix", "model"),
        ("Sales at Van der Kolst rose.", "Van der Kolst", "vendor"),
        ("Deliveries of the Hoar 900 chiller reached 12 units.", "Hoar 900", "model"),
        ("The Tarnel One goes to 72 euros, the One Lite to 39.", "Tarnel One", "model"),
    ],
)
def test_shapes_and_introductions(text: str, name: str, kind: str) -> None:
    assert kinds(text).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday sales rose. Then they fell. Neither surprised anyone.",
        "Revenue rose 5%. Shipments fell. Analysts had expected more of the AI boom and the IPO.",
        "The CEO and the CFO spoke about ARR, EBITDA and APIs in Q1 FY26.",
        "July-September was weak; Rs 500 crore was lost, Rmb724m gained.",
        "Headcount fell. Unfortunately nobody asked. Having said that, prices held.",
        "Phase 2, with more money, begins. Figure 3, from May, shows it.",
        "It rates the shares Buy. (Reporting by the newsroom)",
        "Where things stand\n\nNET REVENUE\n\nThe rest is silence.",
        "A peer closed at Rp2,310, another at Rp1,790, R7.05 billion in all.",
        "Voice took in Sh44.1 billion. It costs Sh 500 or Tk 20.",
    ],
)
def test_ordinary_capitals_are_no_names(text: str) -> None:
    assert kinds(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moonvale AI grew. Users like Moonvale.", {"Moonvale AI": "Moonvale AI", "Moonvale": "Moonvale AI"}),
        ("Tidal Forge, Inc. grew. Later Tidal Forge fell.", {"Tidal Forge": "Tidal Forge"}),
        ("Nordlicht Corp (NLC) grew. So NLC hired.", {"NLC": "Nordlicht"}),
        ("So did Tarnora ($TRNA, Albany PA). $TRNA is a $14bn firm now.", {"TRNA": "Tarnora"}),
        ("In May Hona Precision Co, better known as Foxtrel, grew.", {"Foxtrel": "Hona Precision"}),
        ("Dana Pruitt, chief executive, left. Later Pruitt returned.", {"Pruitt": "Dana Pruitt"}),
        ("Startup Zanova raised prices. “We need it,” ZANOVA said.", {"ZANOVA": "Zanova"}),
        ("The lab Brenor sells Brenor V3.2. The older V3.2 stays.", {"V3.2": "Brenor V3.2"}),
        ("Chipmaker Brenor said Brenor's M2 costs more.", {"M2": "Brenor M2"}),
        ("Sales at Korvis rose. Korvis grew. A Korvis Halo costs $2.", {"Korvis": "Korvis"}),
        ("Korvis, a lab, grew. It is not Korvis Marine Coatings.", {"Korvis": "Korvis"}),
        ("korvis, a lab, grew. It is not Korvis Yacht Leasing.", {"korvis": "korvis"}),
        ("Korvis Yacht Leasing grew. Korvis said so.", {"Korvis": "Korvis Yacht Leasing"}),
        ("It runs on Korvis Growth. Korvis has 40 staff.", {"Korvis": "Korvis", "Korvis Growth": "Korvis Growth"}),
        ("brook 2.5 reads all; brook 2.5 wherl came. wherl, by far, grew.", {"wherl": "brook 2.5 wherl"}),
        ("Gia Torri, chief executive of Torri, left. Torri makes pasta.", {"Torri": "Torri"}),
        ("Its owner, Gia Torri, left. Torri, a maker of pumps, grew.", {"Torri": "Torri"}),
        ("DDR4 8Gb fell, 16 Gb DDR5 rose, DDR4 too.", {n: n for n in ("DDR4 8Gb", "16 Gb DDR5", "DDR4")}),
        ("It sells GPX-5.4. Now 5.4 costs $2, 5.4 Pro $30.", {"5.4": "GPX-5.4", "5.4 Pro": "GPX-5.4 Pro"}),
    ],
)  # fmt: skip
def test_forms_of_one_name_meet(text: str, expected: dict[str, str]) -> None:
    found = by_text(text)
    assert {form: found.get(form) for form in expected} == expected


def test_owner_of_a_possessed_model() -> None:
    found = find_names("Startup Brenor raised prices. Brenor's Corvel-2 Pro now costs 6 yuan.", "", BARE)
    assert {(m.name, m.owner) for m in found if m.kind == "model"} == {("Corvel-2 Pro", "Brenor")}


def test_vendor_before_its_model_is_the_owner() -> None:
    text = "The startup Brenor, a lab in Oslo, said so. Then Brenor Corvel-2 Pro doubled."
    assert ("Corvel-2 Pro", "Brenor") in {(m.name, m.owner) for m in find_names(text, "", BARE)}


@pytest.mark.parametrize(
    ("text", "name", "kind", "owner"),
    [
        ("Alibaba Cloud (Aliyun) leads.", "Alibaba Cloud", "vendor", None),
        ("DeepSeek V9 is out.", "DeepSeek V9", "model", "DeepSeek"),
        ("GLM-7.2 costs more.", "GLM-7.2", "model", "Zhipu AI"),
        ("Opus 9 costs more.", "Claude Opus 9", "model", "Anthropic"),
        ("Tencent HY3.0 Instruct costs more.", "Tencent HY3.0 Instruct", "model", "Tencent"),
        ("MiniMax's M2.5 leads.", "MiniMax M2.5", "model", "MiniMax"),
        ("OpenAI ChatGPT leads.", "ChatGPT", "product", "OpenAI"),
        ("In May Samsung Display grew.", "Samsung Display", "product", "Samsung"),
        ("The PlayStation 5 Pro costs more.", "PlayStation 5 Pro", "product", "Sony"),
        ("There ChatGPT 22.3 million users.", "ChatGPT", "product", "OpenAI"),
        ("DeepSeek V3.2 2.4T, then nothing.", "DeepSeek V3.2", "model", "DeepSeek"),
        ("deepseek-v3 is billed at half.", "DeepSeek-V3", "model", "DeepSeek"),
        ("Hon Hai Precision Industry Co posted a record.", "Foxconn", "vendor", None),
    ],
)
def test_listed_names_and_their_versions(text: str, name: str, kind: str, owner: str | None) -> None:
    found = find_names(text, "", SHIPPED)
    assert [(m.name, m.kind, m.owner) for m in found if m.name == name][:1] == [(name, kind, owner)]


def test_quotation_marks_hold_one_name() -> None:
    found = kinds("The app “Pocket Oracle” has 3 million users.", vocabulary=SHIPPED)
    assert found == {"Pocket Oracle": "product"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chinese AI models lead.", "Chinese models"),
        ("China's large models lead.", "Chinese models"),
        ("Most large language models built in China are free.", "Chinese models"),
        ("American labs' models cost more.", "US models"),
        ("U.S. models cost more.", "US models"),
        ("Japanese chipmakers fell.", "Japanese chipmakers"),
        ("South Korean battery makers lost share.", "Korean battery makers"),
        ("The US camp answered.", "US camp"),
        ("Open-source models took a third.", "open-source models"),
    ],
)
def test_groups(text: str, name: str) -> None:
    assert kinds(text, vocabulary=SHIPPED).get(name) == "group"


def test_places_are_places() -> None:
    found = kinds("HANGZHOU, Nov 25 - In South Korea and the U.S. prices rose; Brno was calm.")
    assert found["South Korea"] == found["US"] == found["Brno"] == "place"


def test_headline_in_capitals_names_only_what_the_body_confirms() -> None:
    text = "Chipmaker Ardoise raised prices."
    found = names_of(text, "ARDOISE LIFTS PRICES AS DEMAND SOARS", BARE)
    assert [(m.text, m.name) for m in found.title] == [("ARDOISE", "Ardoise")]
    found = names_of(text, "Ardoise Lifts Prices As Strong Demand Soars", BARE)
    assert {m.name for m in found.title} == {"Ardoise"}


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (
            "Plain words.\n\nBOUNTY\n\nMakes Tarnel.\n\nPEBBLE\n\nThe Leeds startup charges £4.",
            "Ladder, Bounty, Pebble: new nouns",
            {"BOUNTY": "Bounty", "Tarnel": "Tarnel", "PEBBLE": "Pebble", "Leeds": "Leeds"},
        ),
        (
            "Gravel\n\nIts app costs $5. Users left gravel in May.\n\nTinder Box\n\nRents lamps at $2.",
            "",
            {"Gravel": "Gravel", "gravel": "Gravel", "Tinder Box": "Tinder Box"},
        ),
        ("Lantern\n\nThe chipmaker cut prices.", "Lantern Cuts Prices", {"Lantern": "Lantern"}),
        (
            "Rates\nFJELLHAL\nThe cards cost $5.\n\nOTTERPOL BOARDS (Oslo)\nNothing moved.\n\nOUTLOOK\nAll is quiet.",
            "",
            {"FJELLHAL": "FJELLHAL", "OTTERPOL BOARDS": "OTTERPOL BOARDS", "Oslo": "Oslo"},
        ),
        ("Bounty\n\nSells a bounty.\n\nSedge\n\nSells hay.", "", {"Bounty": "Bounty", "Sedge": "Sedge"}),
    ],
)
def test_lines_of_their_own_name_the_firm_of_the_paragraph(
    text: str, title: str, expected: dict[str, str]
) -> None:
    found = names_of(text, title, BARE).text
    assert {m.text: m.name for m in found} == expected
    assert {m.kind for m in found if m.text not in ("Tarnel", "Leeds", "Oslo")} == {"vendor"}


@pytest.mark.parametrize(
    "text",
    [
        "Overview\n\nThe market fell.\n\nBACKGROUND\n\nThe company was founded in 2019.",
        "Fine Print\n\nThe Chinese firm fell.\n\nWhat Next\n\nThe company will cut jobs.",
        "Harvest\n\nPrices of it fell.\n\nSpindle\n\nIt rained, and nobody sold a thing.",
    ],
)
def test_other_lines_of_their_own_name_no_firm(text: str) -> None:
    assert {m.kind for m in find_names(text, "", BARE)} <= {"place"}


def test_a_plain_headline_is_read_like_text() -> None:
    found = names_of("It was a quiet day.", "Prices at chipmaker Ardoise doubled last week", BARE)
    assert [(m.name, m.kind) for m in found.title] == [("Ardoise", "vendor")]


@pytest.mark.parametrize("mark", ["’", "ʼ", "'"])
@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "  "])
@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013"])
def test_typography_changes_nothing(mark: str, blank: str, dash: str) -> None:
    text = f"Moonshot{blank}AI{mark}s Kimi{blank}K2.5 and Qwen3{dash}Max beat DeepSeek{dash}V3."
    assert set(kinds(text, vocabulary=SHIPPED)) == {"Moonshot AI", "Kimi K2.5", "Qwen3-Max", "DeepSeek-V3"}


PIECES = """Ardoise Brenor GLM-5 V3.2 3.5 Pro AI Inc. , . ( ) “ ” ’s - – | : said the The startup 5% $3
of & X Chinese models Bank by V4-Pro gpt-5-mini 1Q26 “Maru” NASDAQ: US U.S. OpenAI's Claude Opus 4.7 Moonshot
DeepSeek–V3 32GB modules ²"""
pieces = st.sampled_from([*PIECES.split(), "\n", "\n\n", "深度求索"])


@given(st.lists(st.one_of(pieces, st.text(max_size=8)), max_size=40), st.text(max_size=40))
def test_mentions_quote_their_text_in_order(parts: list[str], title: str) -> None:
    text = " ".join(parts)
    found = names_of(text, title, SHIPPED)
    for field, mentions in ((text, found.text), (title, found.title)):
        end = 0
        for m in mentions:
            assert field[m.start : m.end] == m.text
            assert m.start >= end
            assert m.end > m.start
            assert m.name
            end = m.end


def test_the_component_reads_extra_files(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('[[market]]\nname = "oat milk"\nexample = "Sales of oat milk rose."\n', encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("beatbook_names", config={"extra": [str(own)]})
    assert [(m.name, m.kind) for m in nlp("Sales of oat milk rose.")._.names] == [("oat milk", "market")]


def test_long_runs_of_capitals_end() -> None:
    text = " ".join(["B"] * 3000 + ["Rival"] * 3000 + ["Xq"] * 3000)
    mentions = find_names(text, text, BARE)
    assert all(len(m.text.split()) <= 13 for m in mentions)


def test_the_component_sets_names_with_the_title_as_evidence() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("beatbook_names")
    doc = nlp.make_doc("Prices at Ardoise doubled.")
    doc._.title = "Ardoise doubles its prices"
    doc = nlp(doc)
    assert [m.name for m in doc._.names] == ["Ardoise"]
    assert [m.name for m in doc._.title_names] == ["Ardoise"]
