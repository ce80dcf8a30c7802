"""What holds whatever is told, in whatever order."""

import tempfile
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_helpers import NOW, article, claim, dump, line, load, new_db

from store.pricing import prices_of
from store.query import claims, history, leaders, movers, prices
from store.records import name_key
from store.schema import Store
from store.stories import Body, is_copy
from store.write import article_id, pending, save_article, save_claims

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WEEKS = [["2026-03-16", "2026-03-22"], ["2026-03-23", "2026-03-29"], [None, None], ["2026-03-25", None]]
SEEN = datetime(2026, 4, 1, 8, tzinfo=UTC)


def _line(draw: st.DrawFn) -> dict[str, Any]:
    site = draw(st.sampled_from(["a.example", "b.example", "c.example"]))
    number = draw(st.integers(0, 3))
    kind = draw(st.sampled_from(["level", "level", "change"]))
    value = draw(st.sampled_from([2.0, 2.5, 3.0, 10.0, None]))
    return line(
        url=f"https://{site}/{number}",
        site=site,
        title=f"Report {number}",
        published=f"2026-04-0{number + 1}",
        first_seen=(SEEN + timedelta(days=draw(st.integers(0, 3)))).isoformat(),
        subject=draw(st.sampled_from(["Alpha", "alpha", "Beta"])),
        metric=draw(st.sampled_from(["tokens", "price_input"])),
        kind=kind,
        value=value,
        unit="percent" if kind == "change" else "USD/1M tokens",
        direction="up" if kind == "change" else None,
        basis="wow" if kind == "change" else None,
        period=draw(st.sampled_from(WEEKS)),
        modality=draw(st.sampled_from(["reported", "reported", "plan", "forecast"])),
        negated=draw(st.booleans()),
        sentence=f"It says {value} for the week, as was said before in many other words than these.",
    )


LINES = st.lists(st.composite(_line)(), max_size=12)


def answers(db: Store, **asked: Any) -> Any:
    """What is answered, but for the name that is shown where a subject is spelt in several ways."""
    subjects = [row[0] for row in db.conn.execute("SELECT id FROM entities ORDER BY id")]
    found: list[Any] = [sorted(claims(db, limit=1000, **asked), key=lambda c: c.id)]
    for subject in subjects:
        found.append(
            [(p.value, p.period_start, p.derived, p.evidence) for p in history(db, subject, **asked)]
        )
        found.append(
            [
                (p.value, p.valid_from, p.valid_to, p.status)
                for p in prices(db, subject, now=NOW.date(), **asked)
            ]
        )
    found.append([(m.percent, m.derived, m.period_start) for m in movers(db, "tokens", **asked)])
    found.append([(x.rank, x.value, x.moved) for x in leaders(db, "tokens", **asked)])
    return found


@SLOW
@given(rows=LINES)
def test_importing_twice_changes_no_answer(rows: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_db(Path(folder)) as db:
        load(db, rows)
        before = answers(db)
        load(db, rows)
        assert answers(db) == before


@SLOW
@given(rows=LINES, dice=st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_answer(rows: list[dict[str, Any]], dice: Any) -> None:
    shuffled = [*rows]
    dice.shuffle(shuffled)
    with (
        tempfile.TemporaryDirectory() as folder,
        new_db(Path(folder), "a.db") as one,
        new_db(Path(folder), "b.db") as other,
    ):
        load(one, rows)
        for row in shuffled:
            load(other, [row])
        # Which of several copies names their story is the first one's privilege, so stories are left out.
        for db in (one, other):
            db.execute("UPDATE articles SET story = id")
        assert answers(one) == answers(other)


@SLOW
@given(rows=LINES)
def test_as_of_today_is_no_as_of(rows: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_db(Path(folder)) as db:
        load(db, rows)
        assert answers(db, as_of=NOW.date()) == answers(db)


@SLOW
@given(texts=st.lists(st.tuples(st.sampled_from(["one", "two", "three"]), st.integers(0, 4)), max_size=6))
def test_articles_and_versions_do_not_depend_on_the_order(texts: list[tuple[str, int]]) -> None:
    """The texts of one article, each at a time of its own, saved forwards and backwards."""
    timed = list({day: (word, day) for word, day in texts}.values())

    def build(folder: str, name: str, order: list[tuple[str, int]]) -> Any:
        with new_db(Path(folder), name) as db:
            for word, day in order:
                save_article(db, article(text=f"{word} billion, it said."), NOW + timedelta(days=day))
            for item in pending(db):
                save_claims(
                    db, item.id, item.version, [claim(item.article.text, "billion", value=1e9)], (), "v1"
                )
            return dump(db, "article_versions", "claims"), len(claims(db))

    with tempfile.TemporaryDirectory() as folder:
        forwards = build(folder, "a.db", sorted(timed, key=lambda t: t[1]))
        backwards = build(folder, "b.db", sorted(timed, key=lambda t: -t[1]))
        assert forwards == backwards


@given(text=st.text(max_size=40), other=st.text(max_size=40))
def test_copies_are_mutual_and_keys_have_no_case(text: str, other: str) -> None:
    assert is_copy(Body("", text), Body("", other)) == is_copy(Body("", other), Body("", text))
    assert name_key(name_key(text)) == name_key(text)
    assert article_id(text) == article_id(text)


@SLOW
@given(rows=LINES)
def test_steps_of_a_price_do_not_overlap(rows: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_db(Path(folder)) as db:
        load(db, rows)
        series: dict[Any, list[Any]] = {}
        for step in prices_of(claims(db, limit=1000), NOW.date()):
            series.setdefault((step.evidence[0].entity, step.metric, step.scope, step.unit), []).append(step)
        for steps in series.values():
            for before, after in pairwise(steps):
                assert before.valid_to is not None
                assert before.valid_to < after.valid_from
            assert sum(step.status == "current" for step in steps) <= 1
