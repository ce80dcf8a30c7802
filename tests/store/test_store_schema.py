import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from store_helpers import NOW, article, new_db

from crawler.errors import StoreError
from store import schema
from store.schema import Store, only_writer, open_db, reading, transaction
from store.write import save_article

PUBLIC = {
    "sources",
    "articles",
    "article_versions",
    "entities",
    "aliases",
    "mentions",
    "claims",
    "runs",
    "fetches",
}
ARTICLE = [
    "id",
    "url",
    "source",
    "site",
    "title",
    "authors",
    "published",
    "updated",
    "language",
    "text",
    "first_seen",
    "last_seen",
]
CLAIM = [
    "subject",
    "metric",
    "kind",
    "value",
    "value_high",
    "unit",
    "previous",
    "direction",
    "qualifier",
    "per",
    "scope",
    "basis",
    "period_start",
    "period_end",
    "modality",
    "negated",
    "source",
    "quote",
    "sentence",
    "field",
    "start",
    "end",
    "confidence",
]


def test_tables_and_columns_are_the_public_ones(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        assert set(db.table_names()) >= PUBLIC
        assert set(ARTICLE) <= {column.name for column in db.table("articles").columns}
        assert set(CLAIM) <= {column.name for column in db.table("claims").columns}


def test_wal_and_foreign_keys_are_on(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        assert db.journal_mode == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(
                "INSERT INTO article_versions (article, version, first_seen, last_seen, title, text)"
                " VALUES ('nobody', 1, '', '', '', '')"
            )


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    new_db(tmp_path).close()
    with open_db(tmp_path / "beat.db") as db:
        first = db.schema
    with open_db(tmp_path / "beat.db") as db:
        assert db.schema == first


def test_a_database_of_the_first_schema_gets_the_later_indexes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "_STEPS", {"0001_tables": schema._STEPS["0001_tables"]})
        with new_db(tmp_path) as db:
            save_article(db, article(), NOW)
    with pytest.raises(StoreError, match="older"):
        open_db(tmp_path / "beat.db", readonly=True)
    with open_db(tmp_path / "beat.db") as db:
        assert db.table("articles").count == 1
        plans = [
            db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchone()[3]
            for sql in (
                "SELECT id FROM claims"
                " WHERE entity = '' AND metric = '' AND period_end = '' AND period_start IS ''",
                "SELECT url FROM pages WHERE source = '' ORDER BY at DESC",
            )
        ]
    assert "claims_series (entity=? AND metric=? AND period_end=? AND period_start=?)" in plans[0]
    assert "pages_source (source=?)" in plans[1]


def test_views_are_made_anew_when_they_changed(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        names = set(db.view_names())
        db.execute("DROP VIEW latest_claims")
        db.execute("PRAGMA user_version = 1")
    with open_db(tmp_path / "beat.db") as db:
        assert set(db.view_names()) == names
        for name in names:
            db.execute(f"SELECT * FROM {name}").fetchall()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"this is a letter to a friend, longer than a header of SQLite's " * 20, "not a SQLite database"),
        (b"SQLite format 3\x00" + b"\xff" * 4000, "not a SQLite database"),
    ],
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(StoreError, match=said) as caught:
            open_db(path, create=create)
        assert caught.value.subject == str(path)
        assert path.read_bytes() == content


def test_missing_file_folder_and_folder_as_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        open_db(tmp_path / "none.db")
    with pytest.raises(StoreError, match="folder does not exist"):
        open_db(tmp_path / "no" / "none.db", create=True)
    with pytest.raises(StoreError):
        open_db(tmp_path, create=True)
    assert not (tmp_path / "none.db").exists()


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id)")
    connection.close()
    with pytest.raises(StoreError, match="something else"):
        open_db(path, create=True)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('beatbook', '9999', '')"
        )
    with pytest.raises(StoreError, match="newer"):
        open_db(tmp_path / "beat.db")


def test_readonly_writes_nothing(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
    with open_db(tmp_path / "beat.db", readonly=True) as db:
        assert db.table("articles").count == 1
        with pytest.raises(StoreError, match="read-only"):
            save_article(db, article(text="Another text of the same article, seen later."), NOW)


def test_a_long_writer_keeps_less_of_the_database_in_memory_than_who_asks(tmp_path: Path) -> None:
    def memory(db: Store) -> tuple[int, int]:
        cache, mapped = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("cache_size", "mmap_size"))
        return -cache, mapped

    with new_db(tmp_path) as writer:
        cache, mapped = memory(writer)
    for readonly in (False, True):
        with open_db(tmp_path / "beat.db", readonly=readonly) as asking:
            assert (cache, mapped) < memory(asking)
    assert mapped == 0


def test_a_locked_database_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_db(tmp_path) as holder:
        monkeypatch.setattr(schema, "BUSY_SECONDS", 0.05)
        with (
            open_db(tmp_path / "beat.db") as db,
            transaction(holder),
            pytest.raises(StoreError, match="locked"),
        ):
            save_article(db, article(), NOW)
        with open_db(tmp_path / "beat.db") as db:
            assert save_article(db, article(), NOW) == "new"


def test_a_full_disk_keeps_what_was_committed(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError, match="disk is full"):
            save_article(db, article("https://wire.example/2", "word " * 200_000), NOW)
        assert [row[0] for row in db.execute("SELECT url FROM articles")] == ["https://wire.example/1"]
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_transaction_keeps_all_or_nothing(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        with pytest.raises(ZeroDivisionError), transaction(db):
            save_article(db, article(), NOW)
            raise ZeroDivisionError
        assert db.table("articles").count == 0


def test_errors_of_reading_name_the_database(tmp_path: Path) -> None:
    with (
        new_db(tmp_path) as db,
        pytest.raises(StoreError, match=r"beat\.db: no such table: recipes"),
        reading(db),
    ):
        db.conn.execute("SELECT * FROM recipes")


def test_only_one_crawl_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "beat.db"
    code = (
        "import sys\nfrom store.schema import only_writer\n"
        "with only_writer(sys.argv[1]):\n    print('held', flush=True)\n    input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout and other.stdin
    assert other.stdout.readline() == "held\n"
    with pytest.raises(StoreError, match="another crawl"), only_writer(path):
        pass
    other.kill()  # however the holder ends, the place is free
    other.wait()
    with only_writer(path, wait=5):
        pass
