from datetime import timedelta
from pathlib import Path

import pytest
from store_helpers import NOW, TEXT, article, claim, dump, line, load, new_db

from crawler.article import Fetch
from crawler.errors import StoreError
from extract.records import Mention
from store.entities import Entity, save_entities
from store.fetches import record_fetch, seen, start_run
from store.merge import merge
from store.query import claims
from store.schema import Store, utc
from store.versions import claims_of
from store.write import article_id, pending, save_article, save_claims

TABLES = (
    "articles",
    "article_versions",
    "claims",
    "mentions",
    "entities",
    "aliases",
    "runs",
    "fetches",
    "pages",
)
EDITED = TEXT.replace("3.96", "4.12")


def fill(db: Store, *, early: bool, late: bool) -> None:
    """One article in two editions, an import, and what a crawl remembers; each half may be missing."""
    key = article_id(article().url)
    if early:
        save_article(db, article(), NOW)
        save_claims(db, key, 1, [claim()], [Mention(0, 13, "DeepSeek V3.2", "DeepSeek V3.2", "model")], "v1")
        start_run(db, ["wire"], NOW)
        record_fetch(db, "run", Fetch("wire", article().url, utc(NOW), "new", etag="a"))
        save_entities(db, [Entity("Alpha", aliases=("Al",))])
    if late:
        at = NOW + timedelta(days=1)
        save_article(db, article(text=EDITED), at)
        version = max(item.version for item in pending(db))
        save_claims(db, key, version, [claim(EDITED, "4.12 trillion tokens", value=4.12e12)], (), "v1")
        load(db, [line(url="https://b.example/")])
        record_fetch(db, "run", Fetch("wire", article().url, utc(at), "changed", etag="b"))


def test_two_halves_make_the_whole(tmp_path: Path) -> None:
    for name, halves in {"e": (True, False), "l": (False, True), "w": (True, True)}.items():
        with new_db(tmp_path, f"{name}.db") as db:
            fill(db, early=halves[0], late=halves[1])
    whole = {}
    with new_db(tmp_path, "w.db") as db:
        whole = dump(db, *TABLES)
    for name, parts in {"el": "el", "le": "le", "elel": "elel"}.items():
        with new_db(tmp_path, f"{name}.merged.db") as db:
            counts = [merge(db, tmp_path / f"{part}.db") for part in parts]
            assert counts[:2] == ([1, 2] if parts[0] == "e" else [2, 1])
            merged = dump(db, *TABLES)
            merged["articles"] = [row[:-2] + row[-1:] for row in merged["articles"]]
            expected = whole | {"articles": [row[:-2] + row[-1:] for row in whole["articles"]]}
            for table in TABLES:
                assert merged[table] == expected[table], table
            remembered = seen(db, article().url)
            assert remembered is not None
            assert (remembered.etag, remembered.outcome) == ("b", "changed")
            assert [c.value for c in claims(db, subject="DeepSeek V3.2")] == [4.12e12]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_same_text_seen_twice_is_one_version(tmp_path: Path) -> None:
    for i in (0, 1):
        with new_db(tmp_path, f"{i}.db") as db:
            save_article(db, article(), NOW + timedelta(days=i))
            save_claims(db, article_id(article().url), 1, [claim()], (), "v1")
    with new_db(tmp_path) as db:
        merge(db, tmp_path / "1.db")
        merge(db, tmp_path / "0.db")
        assert db.table("article_versions").count == 1
        assert db.execute("SELECT first_seen, last_seen FROM articles").fetchone() == (
            utc(NOW), utc(NOW + timedelta(days=1)),
        )  # fmt: skip
        assert len(claims(db)) == 1


def test_claims_come_back_as_they_were_saved(tmp_path: Path) -> None:
    saved = claim(
        value_high=4e12, previous=3.5e12, negated=True, rules=("a", "b"), rounding=1e10, confidence=0.7
    )
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_claims(db, article_id(article().url), 1, [saved])
        assert claims_of(db, article_id(article().url), 1) == [saved]


def test_what_cannot_be_merged(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("a letter " * 500)
    with new_db(tmp_path) as db:
        for name, said in (("none.db", "no such database"), ("letter.db", "not a SQLite database")):
            with pytest.raises(StoreError, match=said):
                merge(db, tmp_path / name)
