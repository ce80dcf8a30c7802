"""WARC archives: what a crawl received, kept as it came over the wire, and read again without the network.

An archive is a gzip of one member a record, flushed after each, so that an interrupted crawl leaves a file
that any WARC tool reads up to its last whole record.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from crawler.errors import ArchiveError

MAX_BODY = 32 * 2**20
"""Bytes of one decoded body that are read from an archive; what is larger is no article, or a bomb."""

_TRANSFER_HEADERS = {"transfer-encoding", "connection", "keep-alive", "content-length"}


@dataclass(frozen=True, slots=True)
class Archived:
    """A page from an archive: the body with transfer and content encodings removed, ``date`` in UTC."""

    url: str
    content_type: str | None
    body: bytes
    date: datetime | None


def read_warc(path: Path) -> Iterator[Archived]:
    """The successful responses of a ``.warc`` or ``.warc.gz`` file, in order, one at a time.

    Raises ArchiveError at the first place where the file cannot be read on.
    """
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, arc2warc=True):
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                if not str(record.http_headers.get_statuscode()).startswith("2"):
                    continue
                body = record.content_stream().read(MAX_BODY + 1)
                if len(body) > MAX_BODY:
                    continue
                record.raw_stream.read()
                if getattr(record.raw_stream, "limit", 0) > 0:  # the file ends before the record does
                    raise EOFError
                yield Archived(
                    url=(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"),
                    content_type=record.http_headers.get_header("Content-Type"),
                    body=body,
                    date=_date(record.rec_headers.get_header("WARC-Date")),
                )
    except OSError as error:
        raise ArchiveError(path, error.strerror or str(error)) from error
    except (ArchiveLoadFailed, EOFError, ValueError, zlib.error) as error:
        reason = (str(error).strip() or "cut short").splitlines()[0]
        raise ArchiveError(path, f"is no WARC archive, or is broken: {reason}") from error


class ArchiveWriter:
    """Appends responses to one new file ``beatbook-<UTC time>[-n].warc.gz`` in a folder; to be closed."""

    def __init__(self, folder: Path, now: datetime, software: str) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path, self._file = _new_file(folder, now)
            self._writer = WARCWriter(self._file, gzip=True)
            info = {"software": software, "format": "WARC File Format 1.0", "conformsTo": _CONFORMS}
            self._writer.write_record(self._writer.create_warcinfo_record(self.path.name, info))
        except OSError as error:
            raise ArchiveError(folder, error.strerror or str(error)) from error

    def write(
        self,
        url: str,
        status: int,
        reason: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        at: datetime,
    ) -> None:
        """Adds one response, its body as it was transferred (content encoding kept), received ``at``."""
        kept = [(name, value) for name, value in headers if name.lower() not in _TRANSFER_HEADERS]
        http = StatusAndHeaders(
            f"{status} {reason}".strip(), [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
        )
        date = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        record = self._writer.create_warc_record(
            url, "response", payload=BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
        try:
            self._writer.write_record(record)
        except OSError as error:
            raise ArchiveError(self.path, error.strerror or str(error)) from error

    def close(self) -> None:
        self._file.close()


_CONFORMS = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.0/"


def _new_file(folder: Path, now: datetime) -> tuple[Path, IO[bytes]]:
    """Opens a file that did not exist; two crawls of one second get two files."""
    stem = f"beatbook-{now.astimezone(UTC):%Y%m%d%H%M%S}"
    number = 0
    while True:
        path = folder / f"{stem}{f'-{number}' if number else ''}.warc.gz"
        try:
            return path, path.open("xb")
        except FileExistsError:
            number += 1


def _date(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
