"""The gate: on the annotated articles the extractor scores no less than it did before."""

import pytest
from gold_scores import FLOORS, GOLD, Readings, limits, raised, read_all
from score_claims import articles_in, faults

FLOOR, CEILING = limits("floor"), limits("ceiling")


@pytest.fixture(scope="session")
def readings() -> Readings:
    return read_all()


@pytest.mark.parametrize(("table", "name"), FLOOR)
def test_no_score_falls_below_its_floor(table: str, name: str, readings: Readings) -> None:
    assert readings.figures[table, name] >= FLOOR[table, name]


@pytest.mark.parametrize(("table", "name"), CEILING)
def test_no_loss_rises_above_its_ceiling(table: str, name: str, readings: Readings) -> None:
    assert readings.figures[table, name] <= CEILING[table, name]


def test_the_gate_is_built_on_enough(readings: Readings) -> None:
    assert len(readings.articles["shared"]) + len(readings.articles["held"]) >= 100
    assert sum(len(article["claims"]) for article in readings.articles["noisy"]) >= 800
    assert len(readings.silent) >= 12


@pytest.mark.parametrize("how", ["shared", "held", "exam", "silent", "renamed", "noisy"])
def test_every_quote_stands_where_its_claim_says(how: str, readings: Readings) -> None:
    for article in readings.articles[how]:
        for claim in readings.claims[how][article["id"]]:
            assert article[claim["field"]][claim["start"] : claim["end"]] == claim["quote"]


@pytest.mark.parametrize("how", ["renamed", "noisy"])
def test_disturbed_annotations_are_sound(how: str, readings: Readings) -> None:
    assert [fault for article in readings.articles[how] for fault in faults(article)] == []


@pytest.mark.parametrize("folder", ["shared", "own", "held", "exam", "silent"])
def test_annotations_are_sound(folder: str) -> None:
    assert [fault for article in articles_in(GOLD / folder) for fault in faults(article)] == []


def test_ids_are_unique() -> None:
    ids = [
        a["id"]
        for folder in ("shared", "own", "held", "exam", "silent")
        for a in articles_in(FLOORS.parent / folder)
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("score", "loss", "floor", "ceiling"),
    [(0.9876, 0.012, 0.97, 0.03), (0.5, 0.5, 0.9, 0.1), (0.906, -0.2, 0.9, 0.01)],
)
def test_floors_are_only_raised_and_ceilings_only_lowered(
    score: float, loss: float, floor: float, ceiling: float
) -> None:
    text = "# why\n[floor.a]\nf1 = 0.9\n\n[ceiling.b]\nfall = 0.1\n"
    expected = f"# why\n[floor.a]\nf1 = {floor}\n\n[ceiling.b]\nfall = {ceiling}\n"
    assert raised(text, {("a", "f1"): score, ("b", "fall"): loss}) == expected
