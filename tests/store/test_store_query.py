from datetime import date
from pathlib import Path
from typing import Any

import pytest
from store_helpers import NOW, article, claim, line, load, new_db

from crawler.errors import InputError
from store.entities import Entity, save_entities
from store.query import claims, history, leaders, movers, prices, search
from store.schema import Store
from store.write import article_id, save_article, save_claims

FIELDS: dict[str, Any] = {
    "subject": "Beta", "metric": "users", "kind": "change", "unit": "percent", "direction": "down",
    "qualifier": "about", "per": "week", "scope": "China", "basis": "wow", "modality": "forecast",
    "negated": True, "source": "IDC", "site": "other.example", "field": "title",
}  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Any:
    with new_db(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(("name", "value"), FIELDS.items())
def test_claims_by_each_field(db: Store, name: str, value: Any) -> None:
    load(db, [line(value=1, direction="up"), line(value=2, url="https://other.example/2", **{name: value})])
    assert [c.value for c in claims(db, **{name: value})] == [2]
    assert sorted(c.value or 0 for c in claims(db)) == [1, 2]


def test_claims_by_all_fields_at_once(db: Store) -> None:
    load(db, [line(url="https://other.example/2", **FIELDS)])
    load(
        db,
        [
            line(url=f"https://other.example/{name}", **FIELDS | {name: None})
            for name in ("per", "basis", "source")
        ],
    )
    assert len(claims(db, **FIELDS)) == 1


def test_names_are_found_in_any_case_and_by_who_speaks(db: Store) -> None:
    load(db, [line(source="IDC", scope="China"), line(url="https://b.example/", site="Wire B", value=3)])
    assert len(claims(db, source="idc", scope="CHINA", unit="Tokens")) == 1
    assert [c.value for c in claims(db, source="wire b")] == [3]
    assert claims(db, source="wire.example") == []  # the outlet reported it, another is credited


def test_claims_by_value_period_confidence_and_url(db: Store) -> None:
    load(db, [line(value=v, confidence=v / 100, period=[f"2026-01-{v}", None]) for v in (10, 20, 30)])
    load(db, [line(url="https://b.example/", value=40, value_high=60)])
    assert [c.value for c in claims(db, value=20.05)] == [20]
    assert [c.value for c in claims(db, min_value=50)] == [40]
    assert sorted(c.value or 0 for c in claims(db, max_value=20)) == [10, 20]
    assert [c.value for c in claims(db, period_start="2026-01-30")] == [30]
    assert sorted(c.value or 0 for c in claims(db, min_confidence=0.2)) == [20, 30, 40]
    assert [c.value for c in claims(db, url="https://b.example/")] == [40]


def test_the_newest_come_first_and_the_window_is_inclusive(db: Store) -> None:
    days = [f"2026-03-{day:02}" for day in range(1, 11)]
    load(db, [line(url=f"https://a.example/{day}", published=day) for day in days])
    assert [c.said for c in claims(db, limit=3)] == days[:-4:-1]
    assert [c.said for c in claims(db, since="2026-03-03", until=date(2026, 3, 5))] == days[4:1:-1]
    with pytest.raises(InputError, match="limit"):
        claims(db, limit=0)
    with pytest.raises(InputError, match="no ISO date"):
        claims(db, since="last week")


@pytest.mark.parametrize("asked", ["deepseek v3.2", "DeepSeek-V3.2", "DSV32", "dsv 32"])
def test_a_subject_by_any_of_its_names(db: Store, asked: str) -> None:
    load(db, [line(subject="DeepSeek V3.2", period=["2026-03-23", "2026-03-29"])])
    save_entities(db, [Entity("DeepSeek V3.2", "model", "DeepSeek", aliases=("DSV32",))])
    assert [point.value for point in history(db, asked)] == [10]


def test_an_unknown_subject_names_its_neighbours(db: Store) -> None:
    load(db, [line(subject=name) for name in ("Claude Opus 4.5", "Claude Sonnet 4.5", "Qwen3-Max")])
    with pytest.raises(InputError, match=r"claude: no such subject; did you mean .*Claude Opus 4\.5"):
        history(db, "claude")
    with pytest.raises(InputError, match=r"did you mean Qwen3-Max\?"):
        prices(db, "Qwen 3 Mx")
    with pytest.raises(InputError, match=r"no such subject$"):
        claims(db, subject="Zzyzx")


def test_a_vendor_has_the_prices_of_its_models(db: Store) -> None:
    load(
        db,
        [
            line(subject=s, metric="price_input", unit="USD/1M tokens")
            for s in ("Alpha 1", "Alpha 2", "Beta 1")
        ],
    )
    owners = {"Alpha 1": "Alpha", "Alpha 2": "Alpha", "Beta 1": "Beta", "Alpha": None}
    save_entities(db, [Entity(name, owner=owner) for name, owner in owners.items()])
    assert [p.subject for p in prices(db, "alpha")] == ["Alpha 1", "Alpha 2"]
    assert len(prices(db)) == 3


def test_prices_in_a_window_and_on_a_day(db: Store) -> None:
    price = {"metric": "price_output", "unit": "USD/1M tokens"}
    load(
        db,
        [
            line(url="https://a.example/1", published="2026-01-10", value=8, **price),
            line(url="https://a.example/2", published="2026-02-10", value=6, **price),
            line(
                url="https://a.example/3", published="2026-03-10", value=5, modality="plan",
                period=["2026-05-01", None], **price,
            ),
        ],
    )  # fmt: skip
    steps = prices(db, "alpha", now=NOW.date())
    assert [(p.value, p.valid_from, p.valid_to, p.status) for p in steps] == [
        (8, "2026-01-10", "2026-02-09", "past"),
        (6, "2026-02-10", "2026-04-30", "current"),
        (5, "2026-05-01", None, "announced"),
    ]
    assert [p.value for p in prices(db, "alpha", since="2026-03-01", until="2026-04-01")] == [6]
    assert [(p.value, p.status) for p in prices(db, "alpha", as_of="2026-01-20")] == [(8, "current")]
    assert [p.status for p in prices(db, "alpha", now=date(2026, 6, 1))] == ["past", "past", "current"]


def test_search_finds_articles_and_their_claims(db: Store) -> None:
    save_article(db, article(), NOW)
    save_claims(db, article_id(article().url), 1, [claim(), claim(subject="Other", quote="12%")], (), "v1")
    save_article(
        db, article("https://b.example/", "A storm crossed the coast and left again.", title="Storm"), NOW
    )
    (hit,) = search(db, "tokens openrouter")
    assert (hit.url, hit.title, hit.site) == (article().url, article().title, "wire.example")
    assert "[tokens]" in hit.snippet
    assert {c.subject for c in hit.claims} == {"DeepSeek V3.2", "Other"}
    assert [h.title for h in search(db, "storm")] == ["Storm"]
    assert [h.title for h in search(db, "storms")] == ["Storm"]  # words are compared by their stems
    assert search(db, "storm openrouter") == []
    assert len(search(db, "storm OR openrouter")) == 2


@pytest.mark.parametrize(
    "text", ["", '"', "***", "AND", "storm)", "a:b", "GPT-5.2 $3", "NEAR(", "col:x OR", "\x00"]
)
def test_search_takes_any_text(db: Store, text: str) -> None:
    load(db, [line()])
    assert search(db, text) == []


def test_search_finds_claims_that_came_without_a_text(db: Store) -> None:
    load(
        db,
        [line(sentence="Quibble sold ten boards."), line(url="https://b.example/", published="2026-05-01")],
    )
    (hit,) = search(db, "quibble boards")
    assert [c.sentence for c in hit.claims] == ["Quibble sold ten boards."]
    assert hit.snippet == "[Quibble] sold ten [boards]."
    assert [h.url for h in search(db, "sentence", since="2026-04-01")] == ["https://b.example/"]
    assert [h.url for h in search(db, "alpha", until="2026-04-01")] == ["https://wire.example/1"]
    assert search(db, "alpha", as_of="2026-03-29") == []


def test_a_common_word_gives_the_newest(db: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.finding.RANKED", 3)
    for i in range(6):
        save_article(
            db, article(f"https://a.example/{i}", f"Tokens everywhere, part {i}.", title=str(i)), NOW
        )
    assert [h.title for h in search(db, "tokens", limit=3)] == ["5", "4", "3"]
    assert [h.title for h in search(db, "part 2")] == ["2"]


def test_no_answer_comes_from_a_scan_of_claims(db: Store) -> None:
    load(
        db,
        [line(value=i, url=f"https://a.example/{i}", period=["2026-03-23", "2026-03-29"]) for i in range(30)],
    )
    seen: set[str] = set()
    db.conn.set_trace_callback(seen.add)
    history(db, "Alpha", "tokens")
    history(db, "Alpha", as_of="2026-04-01")
    prices(db, "Alpha")
    prices(db)
    movers(db, "tokens")
    leaders(db, "tokens")
    search(db, "alpha")
    claims(db)
    for name, value in FIELDS.items():
        claims(db, **{"limit": 5, name: "Alpha" if name == "subject" else value})
    db.conn.set_trace_callback(None)
    asked = [sql for sql in seen if sql.startswith("SELECT") and "claims" in sql and "_fts_" not in sql]
    assert len(asked) > 20
    for sql in asked:
        plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step.startswith("SCAN c") and "VIRTUAL TABLE" not in step], (
            sql,
            plan,
        )
