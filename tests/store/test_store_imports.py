from datetime import date
from pathlib import Path
from typing import Any

import pytest
from store_helpers import NOW, TEXT, article, claim, dump, line, load, load_file, new_db, write_lines

from crawler.errors import InputError
from store.imports import claim_lines, line_of
from store.query import claims
from store.write import article_id, pending, save_article, save_claims


def test_a_line_becomes_an_article_with_its_claim(tmp_path: Path) -> None:
    row = line(
        url="https://wire.example/7", title="T", published="2026-03-30T08:00:00+08:00", kind="change",
        value=55, value_high=60, unit="percent", previous=40, direction="up", qualifier="about", per="week",
        scope="China", basis="yoy", period=["2026-01-01", None], modality="forecast", negated=True,
        source="IDC", quote=" 55-60% ",
        sentence="It may rise 55-60% .", field="title", start=4, end=12, confidence=0.75,
    )  # fmt: skip
    with new_db(tmp_path) as db:
        imported = load_file(db, write_lines(tmp_path / "c.jsonl", [row]))
        assert (imported.articles, imported.claims, imported.problems) == (1, 1, ())
        (found,) = claims(db)
    for name, value in row.items():
        if name != "period":
            assert getattr(found, name) == value, name
    assert found.period == ("2026-01-01", None)
    assert (found.said, found.first_seen) == ("2026-03-30", "2026-03-30T00:00:00+00:00")


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "c.jsonl",
        [
            line(),
            line(value=11),
            line(value=12, first_seen="2026-04-02"),
            {"subject": "A", "metric": "users"},
        ],
    )
    with new_db(tmp_path) as db:
        load_file(db, path)
        before = dump(db, "articles", "article_versions", "claims", "entities", "story_bands")
        again = load_file(db, path)
        assert (again.articles, again.claims) == (0, 0)
        assert dump(db, "articles", "article_versions", "claims", "entities", "story_bands") == before


def test_lines_of_one_url_are_one_article(tmp_path: Path) -> None:
    rows = [line(value=1), line(url="https://other.example/1"), line(value=2, metric="users")]
    with new_db(tmp_path) as db:
        assert load(db, rows).articles == 2
        assert len(claims(db, url="https://wire.example/1")) == 2


def test_a_note_is_an_analysts_own(tmp_path: Path) -> None:
    rows = [
        {"subject": "Alpha", "metric": "price", "value": 2, "sentence": "Told on the phone."},
        line(source_kind="note", value=3),
        line(url=None, article="saved.html", value=4),
    ]
    with new_db(tmp_path) as db:
        load(db, rows)
        found = {c.value: c for c in claims(db)}
        assert [found[v].source_kind for v in (2, 3, 4)] == ["note", "note", "crawl"]
        assert found[2].said == NOW.date().isoformat()
        assert found[4].url == "article:saved.html"


def test_another_first_seen_is_a_version(tmp_path: Path) -> None:
    """Only what the later version speaks of is superseded: it may come with the corrected claim alone."""
    rows = [
        line(value=10, period=["2026-03-23", "2026-03-29"]),
        line(value=5, metric="users"),
        line(value=12, period=["2026-03-23", "2026-03-29"], first_seen="2026-04-02T09:00:00Z"),
    ]
    for order in (rows, rows[::-1]):
        with new_db(tmp_path, f"{order[0]['value']}.db") as db:
            for row in order:
                load(db, [row])
            now = {c.metric: (c.value, c.said, c.version) for c in claims(db)}
            assert now == {"tokens": (12, "2026-04-02", 2), "users": (5, "2026-03-30", 1)}
            before = {c.metric: c.value for c in claims(db, as_of=date(2026, 4, 1))}
            assert before == {"tokens": 10, "users": 5}


def test_a_correction_in_the_same_place_supersedes(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(
            db,
            [
                line(value=10, start=4, end=6),
                line(value=10, start=4, end=6, subject="Beta", first_seen="2026-04-02"),
            ],
        )
        assert [c.subject for c in claims(db)] == ["Beta"]


def test_claims_for_a_crawled_article_go_to_its_text(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_claims(db, article_id(article().url), 1, [claim()], (), "v1")
        load(db, [line(url=article().url, first_seen="2026-05-02", value=3)])
        assert sorted(c.value or 0 for c in claims(db)) == [3, 3.96e12]
        assert db.execute("SELECT text FROM articles").fetchone()[0] == TEXT
        assert list(pending(db)) == []


def test_a_text_that_is_crawled_later_supersedes_imported_claims(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        load(db, [line()])
        assert save_article(db, article(), NOW) == "changed"
        save_claims(db, article_id(article().url), 2, [claim()], (), "v1")
        assert [c.value for c in claims(db)] == [3.96e12]
        assert [c.value for c in claims(db, as_of="2026-04-01")] == [10]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"subject": None}, "has no subject"),
    ({"metric": ""}, "has no metric"),
    ({"kind": "guess"}, "kind 'guess' is none of"),
    ({"modality": "sure"}, "modality 'sure' is none of"),
    ({"value": "many"}, "value is no number"),
    ({"value": True}, "value is no number"),
    ({"value": float("nan")}, "value is no number"),
    ({"period": "May"}, "period is no pair of dates"),
    ({"period": ["May", None]}, "period: 'May' is no ISO date"),
    ({"published": "yesterday"}, "published: 'yesterday' is no ISO date"),
    ({"first_seen": "soon"}, "first_seen: 'soon' is no ISO date"),
    ({"source_kind": "rumour"}, "source_kind 'rumour'"),
    ({"unit": 3}, "unit is no text"),
]


@pytest.mark.parametrize(("fields", "said"), WRONG)
def test_what_is_wrong_with_a_line(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        line_of(line(**fields))


def test_wrong_lines_are_handed_back_and_the_rest_is_saved(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "c.jsonl", [line(), line(kind="guess")])
    path.write_text(
        path.read_text("utf-8") + "[1]\n\nno json\n" + '{"subject": "\\ud800", "metric": "users"}\n', "utf-8"
    )
    with new_db(tmp_path) as db:
        imported = load_file(db, path)
        assert imported.claims == 2
        assert [str(p).removeprefix(f"{path} ") for p in imported.problems] == [
            "line 2: kind 'guess' is none of level, change, rank, event",
            "line 3: is no JSON object",
            "line 5: is no JSON: Expecting value",
        ]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "b.jsonl"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    for path, said in ((tmp_path / "none.jsonl", "No such file"), (binary, "UTF-8"), (tmp_path, "directory")):
        with pytest.raises(InputError, match=said) as caught:
            list(claim_lines(path))
        assert caught.value.subject == str(path)


def test_annotated_lists_stand_for_their_first() -> None:
    found = line_of(line(subject=["Alpha", "A"], metric=["tokens"], source=[])).claim
    assert (found.subject, found.metric, found.source) == ("Alpha", "tokens", None)
