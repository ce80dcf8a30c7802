"""What the network adds to a choice: with small weights made by hand, and with those that the package carries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import reading_of

from extract.decisions import NEAREST
from extract.encoder import Pieces, tokenizer
from extract.network import CLASSES, DISTANCES, IN_TITLE, Judge, Sight, distance, nearest
from extract.scorer import Choice

TEXT = "Orla and Brio rose 5 %"


def sight() -> Sight:
    """A sight whose vectors are two numbers wide: the first is 1 for *Brio* and *rose*."""
    pieces = Pieces(tokenizer(), "", TEXT, [])
    vectors = np.zeros((pieces.ids.size, 2), dtype=np.float32)
    for word in ("Brio", "rose"):
        rows = pieces.rows(("text", TEXT.index(word), TEXT.index(word) + len(word)))
        assert rows is not None
        vectors[rows[0] : rows[1] + 1, 0] = 1
    zeros = np.zeros
    weights = {
        "role": zeros((5, 1)), "metric": zeros((25, 1)),
        "classes.negated.0.w": np.eye(2, 6), "classes.negated.0.b": zeros(2),
        "classes.negated.1.w": np.array([[0, 0], [5, 5]]), "classes.negated.1.b": zeros(2),
        "none.subject.0.w": zeros((2, 6)), "none.subject.0.b": zeros(2),
        "none.subject.1.w": zeros((1, 2)), "none.subject.1.b": np.array([-9]),
        "query.subject.w": zeros((2, 6)), "query.subject.b": zeros(2),
        "key.subject.w": np.eye(2, 4), "key.subject.b": zeros(2),
        "distance.subject": zeros((IN_TITLE + 1, 2)), "features.subject": np.array([[4, 0]]),
        "judge.subject.0.w": np.eye(2), "judge.subject.0.b": zeros(2),
        "judge.subject.1.w": np.array([[3, 0]]), "judge.subject.1.b": zeros(1), "trust.subject": np.array(0.5),
        "tag.w": np.array([[0, 0], [1, 0], [0, 0]]), "tag.b": np.array([0.5, 0, 0]),
    }  # fmt: skip
    rows = {"subject": {"opens the sentence": 0}}
    return Sight({name: value.astype(np.float32) for name, value in weights.items()}, pieces, vectors, rows)


def test_a_class_is_scored_from_the_vector_of_its_place() -> None:
    rose = (TEXT.index("rose"), TEXT.index("rose") + 4)
    scores = sight().scores(Choice("negated", [], ["no", "yes"], [(), ()], rose))
    assert scores is not None
    assert scores[1] > scores[0]
    orla = sight().scores(Choice("negated", [], ["yes", "no"], [(), ()], (0, 4)))
    assert orla == [0, 0]


def test_a_candidate_is_scored_by_its_pieces_and_one_without_pieces_as_none() -> None:
    spots = [[("text", 0, 4)], [("text", 9, 13)], []]
    choice = Choice("subject", (), ["Orla", "Brio", "?"], [(), (), ()], (14, 18), ("change", "price"), spots)
    scores = sight().scores(choice)
    assert scores is not None
    assert scores[1] > scores[0] > scores[2]
    assert scores[2] == -9
    assert sight().trust("subject") == 0.5
    assert sight().trust("metric") == 1


def test_features_of_a_candidate_are_seen_and_unknown_ones_left_out() -> None:
    spots = [[("text", 0, 4)], [("text", 0, 4)]]
    own = [("opens the sentence", "never met"), ("never met",)]
    choice = Choice("subject", (), ["Orla", "Aldo"], own, (14, 18), ("change", "price"), spots)
    scores = sight().scores(choice)
    assert scores is not None
    assert scores[0] > scores[1]


def test_what_it_knows_nothing_of_it_leaves_alone() -> None:
    assert sight().scores(Choice("colour", [], ["red"], [()], (0, 4))) is None
    assert sight().scores(Choice("negated", [], ["no", "perhaps"], [(), ()], (0, 4))) is None
    assert sight().scores(Choice("per", [], ["none", "day"], [(), ()], (0, 4))) is None


def test_classes_that_came_after_the_tuning_are_left_to_the_features() -> None:
    older = sight()
    older._w = {**older._w, "classes.per.0.w": np.eye(2, 6), "classes.per.1.b": np.zeros(2)}
    assert older.scores(Choice("per", [], ["none", "day"], [(), ()], (0, 4))) is None


def test_pieces_that_may_name_a_subject_are_joined() -> None:
    found = [TEXT[start:end] for start, end in sight().named()]
    assert "".join(found) == "Briorose"


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_distance_has_one_bucket_on_each_side(place: int, start: int) -> None:
    bucket = distance(place, ("text", start, start + 1))
    assert 0 <= bucket < IN_TITLE
    assert (bucket > len(DISTANCES)) == (place >= start)
    assert distance(place, ("title", start, start + 1)) == IN_TITLE


def test_only_the_nearest_pieces_of_a_candidate_are_judged() -> None:
    spots = [("text", at, at + 1) for at in range(0, 1000, 10)]
    assert {s for _, s, _ in nearest(500, spots)} >= {500, 490, 510}
    assert len(nearest(500, spots)) == NEAREST


@pytest.mark.parametrize("decision", ["role quantity", "modality", "per"])
def test_the_weights_of_the_package_know_every_decision(decision: str) -> None:
    reading = reading_of("<Nvidia> sold {5} chips .")
    seen = Judge().sight("A title", reading)
    labels = CLASSES[decision]
    scores = seen.scores(Choice(decision, [], labels, [()] * len(labels), (12, 13)))
    assert scores is not None
    assert len(scores) == len(labels)
