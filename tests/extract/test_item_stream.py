"""A reading: names, figures and periods as single items, and what the decisions ask about places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import at, reading_of, texts

from extract.reading import anchors_of, descriptions_of

TABLE = """Prices in dollars

Model | Input | Output
<GPT-5:model> | {$1.25} | {$10}
<Kimi K2:model> | {$0.60} | {$2.50}"""


def test_names_figures_and_periods_are_one_item_each() -> None:
    reading = reading_of("<Alibaba Cloud> raised prices by {34 percent} [last month].")
    assert [item.text for item in reading.items] == [
        "Alibaba Cloud", "raised", "prices", "by", "34 percent", "last month", ".",
    ]  # fmt: skip
    assert [item.kind for item in reading.items] == ["n", "w", "w", "w", "q", "p", "w"]


def test_a_figure_inside_a_name_is_no_figure() -> None:
    reading = reading_of("<GPT-5:model> fell.")
    assert [item.text for item in reading.items] == ["GPT-5", "fell", "."]


def test_words_for_features_end_with_the_sentence() -> None:
    reading = reading_of("<Nvidia> rose {5%} [in March]. It fell.")
    words = [reading.word(i, 0) for i in range(-1, 6)]
    assert words == ["#", "<name>", "rose", "<figure>", "<period>", ".", "#"]
    assert reading.word(at(reading, "it"), 1) == "it"
    assert reading.word(at(reading, "rose"), 1) == "#"


@pytest.mark.parametrize(
    ("sort", "count"), [("n", 1), ("q", 1), ("p", 1), ("comma", 2), ("clause", 1), ("strong", 1)]
)
def test_counts_between_two_places_are_of_what_stands_strictly_between(sort: str, count: int) -> None:
    reading = reading_of("{1%} rose, while <Dell> lost {2%} [in March]; then slowly, {3%}")
    first, last = at(reading, "1%"), at(reading, "3%")
    assert reading.between(sort, first, last) == count
    assert reading.between(sort, last, first) == count
    assert reading.between(sort, first, first) == 0
    assert reading.between(sort, first, first + 1) == 0


@given(st.lists(st.sampled_from(["<A>", "{1%}", ",", "word", "[now]"]), min_size=2, max_size=12), st.data())
def test_counts_between_agree_with_counting(pieces: list[str], data: st.DataObject) -> None:
    reading = reading_of(" ".join(pieces))
    places = st.integers(0, len(reading.items) - 1)
    i, j = sorted((data.draw(places), data.draw(places)))
    for sort in ("q", "n", "p"):
        assert reading.between(sort, i, j) == sum(item.kind == sort for item in reading.items[i + 1 : j])


def test_sentences_share_out_the_items() -> None:
    reading = reading_of("<A> rose. <B> fell {3%}.\n\nThen <C> rose.")
    covered = [i for s in range(len(reading.sentences)) for i in reading.items_of(s)]
    assert covered == list(range(len(reading.items)))
    assert [texts(reading, reading.items_of(s))[0] for s in range(3)] == ["A", "B", "then"]
    assert reading.quote(1) == "B fell 3%."


def test_cells_of_a_row() -> None:
    reading = reading_of(TABLE)
    assert [texts(reading, cell) for cell in reading.cells_of(2)] == [["GPT-5"], ["$1.25"], ["$10"]]
    assert [texts(reading, cell) for cell in reading.cells_of(0)] == [["prices", "in", "dollars"]]


@pytest.mark.parametrize(
    ("cell", "head"), [("$1.25", "input"), ("$10", "output"), ("$2.50", "output"), ("Kimi K2", "model")]
)
def test_the_head_of_a_column(cell: str, head: str) -> None:
    reading = reading_of(TABLE)
    assert texts(reading, reading.head_of(at(reading, cell))) == [head]


def test_a_row_without_a_name_for_its_first_column_is_read_from_the_right() -> None:
    reading = reading_of("Input | Output\n<GPT-5:model> | {$1.25} | {$10}")
    assert texts(reading, reading.head_of(at(reading, "$1.25"))) == ["input"]
    assert texts(reading, reading.head_of(at(reading, "$10"))) == ["output"]


def test_no_head_where_there_is_no_table_or_it_is_the_head() -> None:
    reading = reading_of(TABLE)
    assert not reading.head_of(at(reading, "dollars"))
    assert not reading.head_of(at(reading, "input"))


def test_cues_are_found_by_sentence_and_not_inside_names() -> None:
    cues = {"direction": {"rose": "up", "fell": "down"}}
    reading = reading_of("<Rose Systems> rose. Sales fell.", cues)
    assert [(reading.items[i].text, cue.value) for i, cue in reading.cues_in("direction", 0)] == [
        ("rose", "up")
    ]
    assert [(reading.items[i].text, cue.value) for i, cue in reading.cues_in("direction", 1)] == [
        ("fell", "down")
    ]
    assert reading.cues_in("rank", 0) == []


def test_anchors_are_figures_and_words_that_may_claim_without_one() -> None:
    cues = {
        "direction": {"rose": "up"},
        "rank": {"topped": "1"},
        "metric": {"launched": "launch", "sales": "revenue"},
        "free": {"free": "0"},
    }
    reading = reading_of("<A> topped the list, launched <B>, made it free; sales rose {5%}.", cues)
    found = [(anchor.kind, reading.text[anchor.start : anchor.end]) for anchor in anchors_of(reading)]
    assert found == [
        ("rank", "topped"), ("launch", "launched"), ("free", "free"), ("bare", "rose"), ("quantity", "5%"),
    ]  # fmt: skip


COMPANY, PRODUCT = "company", "product"
STAND_INS = {
    "stand_in": {
        "company": COMPANY,
        "chipmaker": COMPANY,
        "maker": COMPANY,
        "model": PRODUCT,
        "it": "pronoun",
    }
}


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("The company lost {5%}.", [("the company", "company")]),
        ("Its cheapest model costs {$2}.", [("its cheapest model", "product")]),
        ("The <Osaka:place>-based chipmaker lost {5%}.", [("the Osaka - based chipmaker", "company")]),
        ("The maker of <Grok:model> lost {5%}.", [("the maker of Grok", "company")]),
        ("A company lost {5%}.", []),
        ("It lost {5%}.", []),
        ("The price, said a company, fell.", []),
    ],
)
def test_descriptions_that_stand_for_a_name(text: str, described: list[tuple[str, str]]) -> None:
    reading = reading_of(text, STAND_INS)
    found = [(" ".join(texts(reading, range(a, b))), what) for a, b, what in descriptions_of(reading, 0)]
    assert found == described


def test_an_empty_text_has_no_items() -> None:
    reading = reading_of("")
    assert (reading.items, anchors_of(reading)) == ([], [])
