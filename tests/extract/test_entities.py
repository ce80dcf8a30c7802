"""Who may be the subject: names by canonical form, labels, opening nouns; names paired with figures."""

import pytest
from marked import reading_of

from extract.drafts import History
from extract.entities import Roll, entities_of, joined_with, lists_of, says_each
from extract.reading import Reading, anchors_of
from extract.view import PlaceView

CUES = {"direction": {"rose": "up", "fell": "down"}}


def paired(reading: Reading) -> list[tuple[str, str]]:
    return [(reading.items[i].text, reading.items[j].text) for i, j in lists_of(reading, 0).items()]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("<A>, <B> and <C> rose {3%}, {4%} and {5%}, respectively.", [("A", "3%"), ("B", "4%"), ("C", "5%")]),
        ("Sales at <A> and <B> fell {3%} and about {4%}.", [("A", "3%"), ("B", "4%")]),
        ("<A> ({9%}) and <B> rose {3%} and {4%}.", [("A", "3%"), ("B", "4%")]),
        ("<X>'s <A:model> and <B:model> cost {$3} and {$4}.", [("A", "$3"), ("B", "$4")]),
        ("<A> and <B> rose {3%}.", []),
        ("<A> rose {3%} and {4%}.", []),
        ("<A>, <B> and <C> rose {3%} and {4%}.", []),
        ("<A> rose {3%} while <B> rose {4%}.", []),
    ],
)
def test_lists_of_names_and_of_figures_of_one_length_are_paired(
    text: str, pairs: list[tuple[str, str]]
) -> None:
    assert paired(reading_of(text)) == pairs


def test_names_joined_in_a_list() -> None:
    reading = reading_of("<A>, <B> ({1%}), and <C> raised fees, <D> did not.")
    entities = entities_of(reading)
    assert joined_with(reading, entities["B"], 0) == ("A", "B", "C")
    assert joined_with(reading, entities["D"], 0) == ()


def test_a_list_joins_what_is_of_one_kind() -> None:
    reading = reading_of("<A>, <B:model> and <C> raised fees.")
    assert joined_with(reading, entities_of(reading)["A"], 0) == ("A", "C")


@pytest.mark.parametrize(
    ("text", "each"), [("<A> and <B> put in {$3} each.", True), ("<A> put in {$3}.", False)]
)
def test_each(text: str, each: bool) -> None:
    assert says_each(reading_of(text), 0) is each


def test_a_name_is_one_entity_wherever_it_stands_and_persons_are_none() -> None:
    reading = reading_of("<A> rose. <Jane Orrell:person> said <A> fell, and so did <B:model>.")
    found = entities_of(reading)
    assert list(found) == ["A", "B"]
    assert [reading.items[i].text for i in found["A"].items] == ["A", "A"]
    assert found["B"].kind == "model"


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("- Flat panels: {5%}", "Flat panels", "label"),
        ("Copper foil | {5%} | {6%}", "Copper foil", "label"),
        ("The average rent rose {5%}.", "average rent", "opening"),
    ],
)
def test_labels_and_opening_nouns_stand_for_names(text: str, name: str, how: str) -> None:
    found = entities_of(reading_of(text, CUES))
    assert (list(found), found[name].kind, found[name].how) == ([name], "phrase", how)


@pytest.mark.parametrize("text", ["<A>: {5%}", "It rose {5%}.", "In {5%} of cases it fell.", ": {5%}"])
def test_no_label_where_a_name_a_figure_or_nothing_stands(text: str) -> None:
    assert not any(entity.kind == "phrase" for entity in entities_of(reading_of(text, CUES)).values())


def test_candidates_come_the_nearest_first() -> None:
    reading = reading_of("<Far> fell.\n\n<Next> fell. <One> fell but <Two> rose {5%}.")
    (figure,) = [anchor for anchor in anchors_of(reading) if anchor.kind == "quantity"]
    view = PlaceView(reading, figure, History())
    roll = Roll(reading, entities_of(reading))
    assert [entity.name for entity in roll.candidates(view)] == ["Two", "One", "Next", "Far"]
    assert [entity.name for entity in roll.candidates(view, most=2)] == ["Two", "One"]


def test_recency_ranks_the_last_named_among_all_and_among_their_like() -> None:
    reading = reading_of("<Ada> met <Bree> and <Muse:model>. <Ada> left <Rome:place>. It rose {5%}.")
    roll = Roll(reading, entities_of(reading))
    assert roll.recency(0) == {}
    assert roll.recency(1) == {"Muse": (0, 0), "Bree": (1, 0), "Ada": (2, 1)}
    assert roll.recency(2) == {"Ada": (0, 0), "Muse": (1, 0), "Bree": (2, 1)}


def test_names_of_the_title_and_those_often_told_of_are_candidates_from_afar() -> None:
    filler = " ".join(["Nothing stands here."] * 8)
    reading = reading_of(
        f"One fell. Two fell. <Old> fell. <Titled> fell. {filler} Sales rose {{5%}}.", title=("Titled",)
    )
    (figure,) = [anchor for anchor in anchors_of(reading) if anchor.kind == "quantity"]
    roll = Roll(reading, entities_of(reading))
    found = roll.candidates(PlaceView(reading, figure, History()))
    assert [entity.name for entity in found] == ["Titled", "Old"]


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("- {55-inch} UHD: {126}", "55-inch UHD", "label"),
        ("<Larch> module, {24 TB} | {465} | {449}", "Larch module, 24 TB", "label"),
        ("Fork lifts (each) | {465}", "Fork lifts", "label"),
        ("It grew {5%} while smart locks lost {3%}.", "smart locks", "clause"),
        ("The four hyperscalers spent {$600 bn}.", "hyperscalers", "clause"),
        ("Coding agents used {40%}.", "Coding agents", "clause"),
        ("Its <Tarn> optics made {4 million}.", "Tarn optics", "clause"),
        ("Plenty\n\nThe vertical farm raised {$40 million} in all.", "Plenty", "heading"),
        ("The {16GB} <Larch Pi 5> costs {$120}.", "16GB Larch Pi 5", "clause"),
        ("<Larch> <DRAM:market> rose to {$5}.", "Larch DRAM", "clause"),
        ("She expects subscription prices to fall by {5%}.", "subscription prices", "clause"),
        ("Its revenue from overseas markets is {$5}.", "overseas markets", "measured"),
        ("In May sales of the electric bikes were {3%} lower.", "electric bikes", "measured"),
    ],
)
def test_phrases_that_figures_are_about(text: str, name: str, how: str) -> None:
    found = entities_of(reading_of(text, CUES))
    assert (found[name].kind, found[name].how) == ("phrase", how)


@pytest.mark.parametrize(
    "text",
    ["<A> made {3 million}.", "Smart locks made sense.", "However, it was {5%}.", "Revenue was {$3}."],
)
def test_no_phrase_where_a_mere_name_a_pronoun_or_a_metric_stands(text: str) -> None:
    assert not any(entity.kind == "phrase" for entity in entities_of(reading_of(text)).values())


def test_a_phrase_is_one_whatever_its_first_letter() -> None:
    found = entities_of(
        reading_of("Smart locks made {$3}. Yet smart locks lost {3%}, smart locks were {3%}.")
    )
    assert [len(entity.items) for entity in found.values()] == [2]
