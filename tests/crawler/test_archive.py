"""WARC archives: written so that others read them, read whoever wrote them."""

import gzip
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import MAX_BODY, Archived, ArchiveWriter, read_warc
from crawler.errors import ArchiveError

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HTML = [("Content-Type", "text/html; charset=utf-8")]


def written(folder: Path, *pages: tuple[str, list[tuple[str, str]], bytes]) -> Path:
    writer = ArchiveWriter(folder, NOW, "test/1")
    for url, headers, body in pages:
        writer.write(url, 200, "OK", headers, body, NOW)
    writer.close()
    return writer.path


def test_what_was_written_is_read_with_its_encoding_removed(tmp_path: Path) -> None:
    packed = [*HTML, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "7")]
    path = written(
        tmp_path,
        ("https://a.example/1?q=ü", HTML, "Grüße".encode()),
        ("https://a.example/2", packed, gzip.compress(b"<p>packed</p>", mtime=0)),
    )
    assert list(read_warc(path)) == [
        Archived("https://a.example/1?q=ü", "text/html; charset=utf-8", "Grüße".encode(), NOW),
        Archived("https://a.example/2", "text/html; charset=utf-8", b"<p>packed</p>", NOW),
    ]


def test_others_find_nothing_wrong_with_an_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, ("https://a.example/", HTML, b"<p>one</p>"), ("https://a.example/2", HTML, b""))
    options = type("Options", (), {"inputs": [str(path)], "verbose": True})()
    checker = Checker(options)
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest pass" in capsys.readouterr().out


def test_an_archive_is_readable_up_to_the_last_record_while_it_is_being_written(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, NOW, "test/1")
    writer.write("https://a.example/1", 200, "OK", HTML, b"one", NOW)
    assert [page.body for page in read_warc(writer.path)] == [b"one"]
    writer.close()


def test_two_archives_of_one_second_do_not_overwrite_each_other(tmp_path: Path) -> None:
    assert len({written(tmp_path, ("https://a.example/1", HTML, b"one")) for _ in range(3)}) == 3


def test_requests_errors_and_bombs_of_other_archives_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "other.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)

        def response(url: str, status: str, body: bytes, *headers: tuple[str, str]) -> None:
            http = StatusAndHeaders(status, [*HTML, *headers], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", BytesIO(body), http_headers=http))

        response("https://a.example/gone", "404 Not Found", b"gone")
        response(
            "https://a.example/bomb",
            "200 OK",
            gzip.compress(b"\0" * (MAX_BODY + 1), mtime=0),
            ("Content-Encoding", "gzip"),
        )
        writer.write_record(writer.create_warc_record("https://a.example/", "resource", BytesIO(b"x")))
        response("https://a.example/fine", "200 OK", b"fine")
    assert [page.url for page in read_warc(path)] == ["https://a.example/fine"]


@pytest.mark.parametrize(
    "body", [b"", b"not an archive\r\n\r\n", gzip.compress(b"nor this", mtime=0), b"\x1f\x8b\x08broken"]
)
def test_what_is_no_archive_is_an_error_or_empty(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "bad.warc.gz"
    path.write_bytes(body)
    try:
        assert list(read_warc(path)) == []
    except ArchiveError as error:
        assert str(error).startswith(str(path)) and "\n" not in str(error)


def test_folders_that_cannot_be_written_and_files_that_are_missing_are_errors(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveError):
        ArchiveWriter(tmp_path / "file", NOW, "test/1")
    with pytest.raises(ArchiveError, match="No such file"):
        list(read_warc(tmp_path / "gone.warc"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_an_error_of_the_archive(tmp_path: Path) -> None:
    writer = ArchiveWriter(tmp_path, NOW, "test/1")
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, writer._file.fileno())
    os.close(full)
    with pytest.raises(ArchiveError, match="No space left"):
        writer.write("https://a.example/1", 200, "OK", HTML, os.urandom(1_000_000), NOW)
