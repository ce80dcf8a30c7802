from pathlib import Path

import pytest
from store_helpers import line, load, new_db

from store.history import base_period
from store.query import history

WEEKS = [("2026-03-16", "2026-03-22"), ("2026-03-23", "2026-03-29"), ("2026-03-30", "2026-04-05")]


def week(i: int, value: float, **more: object) -> dict[str, object]:
    start, end = WEEKS[i]
    plain = {
        "url": f"https://a.example/{i}/{value}",
        "published": f"2026-04-{10 + i}",
        "period": [start, end],
    }
    return line(value=value, quote=f"{value:g}", **{"sentence": f"It was {value:g}."} | plain | more)


def test_the_series_goes_by_period(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, [week(2, 14), week(0, 10), week(1, 12)])
        found = history(db, "alpha", "tokens")
        assert [(p.period_start, p.period_end, p.value, p.derived) for p in found] == [
            (*WEEKS[0], 10, False), (*WEEKS[1], 12, False), (*WEEKS[2], 14, False),
        ]  # fmt: skip
        assert [p.evidence[0].sentence for p in found] == ["It was 10.", "It was 12.", "It was 14."]


def test_reported_and_forecast_are_apart(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(
            db,
            [
                week(1, 12),
                week(1, 13, modality="forecast"),
                week(1, 12, modality="target", url="https://t.example/"),
            ],
        )
        assert [(p.modality, p.value) for p in history(db, "alpha", "tokens")] == [
            ("reported", 12), ("forecast", 13), ("target", 12),
        ]  # fmt: skip


def test_a_copy_and_a_quoting_outlet_add_no_story(tmp_path: Path) -> None:
    words = "Alpha processed 12 in the week, more than ever before in a week of March."
    own = week(1, 12, site="a.example", title="Alpha grows again", sentence=words)
    copy = own | {"url": "https://b.example/1", "site": "b.example", "published": "2026-04-12"}
    quoting = copy | {
        "url": "https://c.example/1",
        "site": "c.example",
        "source": "a.example",
        "title": "They say",
        "sentence": "It was 12, says a.example, which is read by many.",
    }
    another = copy | {
        "url": "https://d.example/1",
        "site": "d.example",
        "title": "Ours",
        "sentence": "We counted 12.",
    }
    with new_db(tmp_path) as db:
        load(db, [own, copy, quoting, another])
        (point,) = history(db, "alpha", "tokens")
        assert (point.stories, len(point.evidence), point.first_said) == (2, 4, "2026-04-11")


def test_figures_that_disagree_stand_beside_each_other(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, [week(1, 12), week(1, 15, site="b.example")])
        assert [p.value for p in history(db, "alpha", "tokens")] == [12, 15]


def test_levels_follow_from_a_change_and_a_known_base(tmp_path: Path) -> None:
    change = {"kind": "change", "unit": "percent", "direction": "up", "basis": "wow"}
    with new_db(tmp_path) as db:
        load(db, [week(0, 10), week(1, 25, **change), week(2, 50, **change)])
        found = history(db, "alpha", "tokens")
        assert [(p.period_start, p.value, p.unit, p.derived) for p in found] == [
            (WEEKS[0][0], 10, "tokens", False), (WEEKS[1][0], 12.5, "tokens", True),
        ]  # fmt: skip
        assert {s.kind for s in found[1].evidence} == {"level", "change"}
        load(db, [week(1, 12.4, url="https://later.example/")])
        assert [(p.value, p.derived) for p in history(db, "alpha", "tokens")] == [
            (10, False), (12.4, False), (18.6, True),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"negated": True}, {"qualifier": "over"}, {"basis": None}, {"basis": "yoy"}, {"scope": "China"},
        {"direction": None}, {"value_high": 30}, {"unit": "points"}, {"per": "day"},
    ],
)  # fmt: skip
def test_what_gives_no_level(tmp_path: Path, fields: dict[str, object]) -> None:
    change = {"kind": "change", "unit": "percent", "direction": "up", "basis": "wow"} | fields
    with new_db(tmp_path) as db:
        load(db, [week(0, 10), week(1, 25, **change)])
        assert [p.derived for p in history(db, "alpha", "tokens")] == [False]


def test_halving_and_falling_derive_downwards(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, [week(0, 10), week(1, 0.5, kind="change", unit="x", direction="down", basis="wow")])
        load(db, [week(0, 20, unit="users", metric="users")])
        load(db, [week(1, 10, kind="change", unit="percent", direction="down", basis="wow", metric="users")])
        assert [p.value for p in history(db, "alpha", "tokens")] == [10, 5]
        assert [p.value for p in history(db, "alpha", "users")] == [20, 18]


def test_without_a_period_a_point_stands_until_the_figure_changes(tmp_path: Path) -> None:
    days = {"2026-03-01": 10, "2026-03-05": 10, "2026-03-09": 12, "2026-03-20": 10}
    with new_db(tmp_path) as db:
        load(
            db,
            [
                line(
                    url=f"https://a.example/{day}",
                    published=day,
                    value=value,
                    quote=str(value),
                    sentence=f"Now {value}.",
                )
                for day, value in days.items()
            ],
        )
        assert [(p.value, p.first_said, len(p.evidence)) for p in history(db, "alpha", "tokens")] == [
            (10, "2026-03-01", 2), (12, "2026-03-09", 1), (10, "2026-03-20", 1),
        ]  # fmt: skip


def test_what_was_known_on_a_day(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(
            db, [week(0, 10), week(1, 12), week(0, 11, url="https://a.example/0/10", first_seen="2026-04-20")]
        )
        assert [p.value for p in history(db, "alpha", "tokens")] == [11, 12]
        assert [p.value for p in history(db, "alpha", "tokens", as_of="2026-04-19")] == [10, 12]
        assert [p.value for p in history(db, "alpha", "tokens", as_of="2026-04-10")] == [10]
        assert history(db, "alpha", "tokens", as_of="2026-04-09") == []


@pytest.mark.parametrize(
    ("period", "basis", "expected"),
    [
        (("2026-03-23", "2026-03-29"), "wow", ("2026-03-16", "2026-03-22")),
        (("2026-03-23", "2026-03-23"), "dod", ("2026-03-22", "2026-03-22")),
        (("2026-03-01", "2026-03-31"), "mom", ("2026-02-01", "2026-02-28")),
        (("2026-01-01", "2026-01-31"), "mom", ("2025-12-01", "2025-12-31")),
        (("2026-01-01", "2026-03-31"), "qoq", ("2025-10-01", "2025-12-31")),
        (("2024-02-01", "2024-02-29"), "yoy", ("2023-02-01", "2023-02-28")),
        (("2023-02-01", "2023-02-28"), "yoy", ("2022-02-01", "2022-02-28")),
        (("2025-02-01", "2025-02-28"), "yoy", ("2024-02-01", "2024-02-29")),
        ((None, "2026-03-29"), "wow", None),
        (("2026-03-23", "2026-03-29"), None, None),
    ],
)
def test_what_a_change_is_against(
    period: tuple[str | None, str | None], basis: str | None, expected: tuple[str, str] | None
) -> None:
    assert base_period(*period, basis) == expected
