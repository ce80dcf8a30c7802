"""The database: how it is opened, brought up to date and written to, and what its errors mean."""

import fcntl
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from time import monotonic, sleep

from sqlite_utils import Database, Migrations

from crawler.errors import StoreError

BUSY_SECONDS = 10.0


class Store(Database):
    """A Beatbook database that is open: sqlite-utils' ``Database`` that knows its path."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        super().__init__(connection)


def _sql(name: str) -> str:
    return resources.files("store").joinpath(name).read_text("utf-8")


def _tables(db: Database) -> None:
    db.executescript(_sql("tables.sql"))
    for table, columns in (("articles", ("title", "text")), ("claims", ("subject", "sentence"))):
        # The triggers are in tables.sql: the stock ones index the text anew at every update of a row.
        db.table(table).enable_fts(columns, tokenize="porter unicode61 remove_diacritics 2")


def _indexes(db: Database) -> None:
    db.executescript(_sql("indexes.sql"))


_STEPS: Mapping[str, Callable[[Database], None]] = {"0001_tables": _tables, "0002_indexes": _indexes}


def _migrations() -> Migrations:
    migrations = Migrations("beatbook")
    for name, step in _STEPS.items():
        migrations(name=name)(step)
    return migrations


def open_db(path: str | Path, *, create: bool = False, readonly: bool = False) -> Store:
    """Open a database and bring its schema up to date.

    With ``create`` a missing file is made, and the connection is one for long writing: it keeps little of
    the database in memory, however large that grows. With ``readonly`` nothing is written, so that a folder that
    allows no writing will do. Raises StoreError, subject the path: missing, not SQLite, not Beatbook's, of
    a newer schema, locked, or in a place that cannot be written to.
    """
    path = Path(path)
    if not create and not path.is_file():
        raise StoreError(path, "no such database" if not path.exists() else "not a file")
    if not path.parent.is_dir():
        raise StoreError(path, "its folder does not exist")
    with _translated(path):
        db = _connect(path, readonly=readonly, roomy=not create)
    try:
        with _translated(path):
            _bring_up_to_date(db, readonly=readonly)
    except BaseException:
        db.close()
        raise
    return db


def _connect(path: Path, *, readonly: bool, roomy: bool) -> Store:
    uri = path.absolute().as_uri() + ("?mode=ro" if readonly else "")
    try:
        return Store(path, _connection(uri, roomy=roomy))
    except sqlite3.OperationalError:
        # A WAL database in a folder that allows no writing cannot keep its index file; nobody else can write
        # there either, so that reading it as it stands is safe.
        if not readonly or path.with_name(path.name + "-wal").exists():
            raise
        return Store(path, _connection(uri.replace("?mode=ro", "?immutable=1"), roomy=roomy))


def _connection(uri: str, *, roomy: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = {-65536 if roomy else -32768}")
        connection.execute(f"PRAGMA mmap_size = {1 << 30 if roomy else 0}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA wal_autocheckpoint = 8000")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _bring_up_to_date(db: Store, *, readonly: bool) -> None:
    migrations = _migrations()
    applied = {migration.name for migration in migrations.applied(db)}
    pending = migrations.pending(db)
    if applied - set(_STEPS):
        raise StoreError(db.path, "its schema is newer than this version of Beatbook; update Beatbook")
    if not applied and db.table_names():
        raise StoreError(db.path, "a database of something else, not of Beatbook")
    views = _sql("views.sql")
    mark = zlib.crc32(views.encode()) & 0x7FFFFFFF
    current = db.execute("PRAGMA user_version").fetchone()[0] == mark
    if readonly:
        if pending:
            raise StoreError(db.path, "its schema is older than this Beatbook; open it once for writing")
        return
    if pending:
        db.enable_wal()
        migrations.apply(db)
    if pending or not current:
        with db.atomic():
            for view in db.view_names():
                db.execute(f'DROP VIEW "{view}"')
            db.executescript(views)
            db.execute(f"PRAGMA user_version = {mark}")


_MEANINGS = (
    ("not a database", "not a SQLite database"),
    ("malformed", "damaged: SQLite cannot read it"),
    ("locked", "locked by another program; try again when it has ended"),
    ("disk is full", "the disk is full; what was committed is kept"),
    ("readonly", "cannot be written: the file or its folder is read-only"),
    ("unable to open", "cannot be opened: no permission, or its folder is read-only"),
    ("disk I/O", "the disk cannot be read or written"),
)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        meaning = next((said for sign, said in _MEANINGS if sign in text), " ".join(text.split()))
        raise StoreError(path, meaning) from error
    except UnicodeEncodeError as error:
        raise StoreError(path, "cannot keep a text that is no Unicode") from error


@contextmanager
def reading(db: Store) -> Iterator[None]:
    """Translate what SQLite raises while the block reads."""
    with _translated(db.path):
        yield


@contextmanager
def transaction(db: Store) -> Iterator[None]:
    """One transaction that holds the write lock from its start: all of the block is kept, or nothing.

    Inside another transaction the block is part of that one. Raises StoreError for what SQLite raises.
    """
    with _translated(db.path):
        if db.conn.in_transaction:
            yield
            return
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


@contextmanager
def only_writer(path: str | Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the one place for a long writer (a crawl, an import) of a database, waiting ``wait`` seconds at
    most.

    The lock is the operating system's on a file beside the database, so that it ends with the process however
    that ends. Raises StoreError when another process keeps it.
    """
    lock = Path(f"{path}.lock")
    try:
        handle = lock.open("w")
    except OSError as error:
        raise StoreError(path, "cannot be written: the file or its folder is read-only") from error
    with handle:
        deadline = monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if monotonic() >= deadline:
                    raise StoreError(path, "another crawl is writing to it; wait for it to end") from error
                sleep(min(0.2, max(0.0, deadline - monotonic())))
        yield


def utc(moment: datetime) -> str:
    """A date-time as it is stored: ISO 8601 in UTC to the second; one without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")
