from pathlib import Path

import pytest
from store_helpers import line, load, new_db

from store.entities import Entity, save_entities
from store.query import leaders, movers
from store.schema import Store

FIRST, SECOND = ("2026-03-16", "2026-03-22"), ("2026-03-23", "2026-03-29")


def levels(
    week: tuple[str, str], more: dict[str, object] | None = None, **values: float
) -> list[dict[str, object]]:
    return [
        line(
            url=f"https://a.example/{week[0]}/{name}/{value}", subject=name, value=value, quote=f"{value:g}",
            sentence=f"{name} had {value:g}.", period=list(week), published="2026-04-01", **more or {},
        )
        for name, value in values.items()
    ]  # fmt: skip


def table(db: Store, **asked: object) -> list[tuple[int, str, float, int | None]]:
    return [(x.rank, x.subject, x.value, x.moved) for x in leaders(db, "tokens", **asked)]  # type: ignore[arg-type]


def test_places_won_and_lost(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(FIRST, Alpha=9, Beta=8, Gamma=7) + levels(SECOND, Gamma=10, Alpha=9, Delta=5, Beta=4))
        assert table(db) == [
            (1, "Gamma", 10, 2),
            (2, "Alpha", 9, -1),
            (3, "Delta", 5, None),
            (4, "Beta", 4, -2),
        ]
        (top, *_) = leaders(db, "tokens")
        assert (top.period_start, top.period_end, top.previous_rank) == (*SECOND, 3)
        assert top.evidence[0].sentence == "Gamma had 10."


def test_each_ranking_of_a_window(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(FIRST, Alpha=9, Beta=8) + levels(SECOND, Alpha=7, Beta=8))
        assert [x.period_start for x in leaders(db, "tokens", since="2026-03-01")] == [SECOND[0]] * 2 + [
            FIRST[0]
        ] * 2
        assert table(db, until="2026-03-25") == [(1, "Alpha", 9, None), (2, "Beta", 8, None)]
        assert table(db, since="2026-03-25") == [(1, "Beta", 8, 1), (2, "Alpha", 7, -1)]
        assert leaders(db, "tokens", since="2026-04-10") == []


def test_only_what_is_comparable_is_ranked(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(SECOND, Alpha=9, Beta=8))
        load(
            db,
            levels(SECOND, {"modality": "forecast"}, Gamma=99) + levels(SECOND, {"negated": True}, Gamma=98),
        )
        load(
            db,
            levels(("2026-03-01", "2026-03-31"), Gamma=97) + levels(("2026-03-29", "2026-03-29"), Gamma=96),
        )
        load(db, levels(SECOND, {"unit": "percent"}, Gamma=95) + levels(SECOND, {"scope": "China"}, Gamma=94))
        assert table(db) == [(1, "Alpha", 9, None), (2, "Beta", 8, None)]
        assert table(db, scope="china") == [(1, "Gamma", 94, None)]
        assert table(db, period="month") == [(1, "Gamma", 97, None)]
        assert leaders(db, "users") == []


def test_the_whole_competes_with_nobody(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(SECOND, Alpha=9, Rest=30) + levels(SECOND, **{"Chinese models": 20, "global": 30}))
        assert [x.subject for x in leaders(db, "tokens")] == ["Rest", "Chinese models", "Alpha"]
        save_entities(db, [Entity("Chinese models", "group"), Entity("Rest", "group")])
        assert [x.subject for x in leaders(db, "tokens")] == ["Alpha"]
        load(db, levels(SECOND, {"metric": "users"}, **{"Chinese models": 20, "US models": 30}))
        save_entities(db, [Entity("US models", "group")])
        assert [x.subject for x in leaders(db, "users")] == ["US models", "Chinese models"]


def test_equal_figures_share_a_place(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(SECOND, Alpha=9, Beta=9, Gamma=3))
        assert [x.rank for x in leaders(db, "tokens")] == [1, 1, 3]


def test_the_figure_that_most_give_counts(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(SECOND, {"site": "a.example"}, Alpha=9, Beta=10))
        load(db, levels(SECOND, {"site": "b.example"}, Alpha=12))
        load(
            db,
            [
                row
                | {"url": "https://c.example/", "site": "c.example", "sentence": "Alpha: 12, we are told."}
                for row in levels(SECOND, Alpha=12)
            ],
        )
        assert [(x.subject, x.value) for x in leaders(db, "tokens")] == [("Alpha", 12), ("Beta", 10)]


def test_rankings_as_they_were_known(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(FIRST, {"first_seen": "2026-03-24"}, Alpha=9))
        load(db, levels(SECOND, Alpha=7))
        assert table(db, as_of="2026-03-31") == [(1, "Alpha", 9, None)]
        assert table(db, as_of="2026-04-01") == table(db) == [(1, "Alpha", 7, 0)]


def test_the_largest_changes_come_first(tmp_path: Path) -> None:
    change = {"kind": "change", "unit": "percent", "basis": "wow"}
    with new_db(tmp_path) as db:
        load(db, levels(SECOND, change | {"direction": "up"}, Alpha=34, Beta=5))
        load(db, levels(SECOND, change | {"direction": "down"}, Gamma=60))
        load(db, levels(SECOND, change | {"direction": "up", "unit": "x"}, Delta=3))
        load(db, levels(SECOND, change | {"direction": "up", "modality": "forecast"}, Epsilon=900))
        found = movers(db, "tokens")
        assert [(m.subject, m.percent, m.derived) for m in found] == [
            ("Delta", 200, False), ("Gamma", -60, False), ("Alpha", 34, False), ("Beta", 5, False),
        ]  # fmt: skip
        assert len(movers(db, "tokens", limit=1)) == 1
        assert [m.subject for m in movers(db, "tokens", subject="gamma")] == ["Gamma"]
        assert movers(db, "tokens", since="2026-04-02") == []


def test_changes_between_neighbouring_levels_are_derived(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(FIRST, Alpha=10, Beta=10, Gamma=10) + levels(SECOND, Alpha=15, Beta=12))
        load(
            db,
            levels(SECOND, {"kind": "change", "unit": "percent", "direction": "up", "basis": "wow"}, Beta=21),
        )
        found = movers(db, "tokens")
        assert [(m.subject, m.percent, m.derived, m.previous, m.value) for m in found] == [
            ("Alpha", 50, True, 10, 15), ("Beta", 21, False, None, None),
        ]  # fmt: skip
        assert len(found[0].evidence) == 2


@pytest.mark.parametrize("other", [("2026-03-30", "2026-04-05"), ("2026-02-01", "2026-02-28")])
def test_periods_apart_are_no_neighbours(tmp_path: Path, other: tuple[str, str]) -> None:
    with new_db(tmp_path) as db:
        load(db, levels(FIRST, Alpha=10) + levels(other, Alpha=20))
        assert movers(db, "tokens") == []
