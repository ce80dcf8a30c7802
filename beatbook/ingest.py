"""From files to stored claims, resumable: an article is durable before anything is read from it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from beatbook.ahead import read_all
from beatbook.failures import Failures
from beatbook.output import progress
from beatbook.reader import Reader
from crawler.article import Article
from crawler.errors import BeatbookError, PageError
from store.entities import save_entities
from store.schema import Store


def articles(
    paths: Sequence[Path], *, url: str | None = None, now: date | None = None
) -> Iterator[tuple[str, Article | BeatbookError]]:
    """The articles of files and folders, each with its name; a page without an address is called by its
    file."""
    from crawler.files import articles_in

    for path in paths:
        for name, found in articles_in(path, url=url, now=now):
            if isinstance(found, PageError) and found.subject == "page":
                found = PageError(name, found.message)
            elif isinstance(found, Article) and found.url == "page":
                found = replace(found, url="")
            yield name, found


def addressed(article: Article, name: str) -> Article:
    """The article under an address of its own: its URL, else the name of the file it came from."""
    return article if article.url else replace(article, url=f"file:{name}")


def finish(
    db: Store,
    reader: Reader,
    *,
    read_by: str | None = None,
    on_article: Callable[[], None] = lambda: None,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Reads the claims of every stored text that has none yet; returns how many texts were read.

    With ``read_by`` also those that were read by another version of the extractor than this one. One
    transaction a text, so that an interruption loses nothing: the next call goes on where it was. It ends
    early when it is ``stopped``.
    """
    from store.write import pending, save_claims

    done = 0
    waiting = () if stopped() else pending(db, read_by)
    with closing(read_all(reader, waiting)) as readings:
        for item, (claims, mentions) in readings:
            if stopped():
                break
            save_claims(db, item.id, item.version, claims, mentions, reader.version)
            done += 1
            on_article()
    return done


def import_files(
    path: Path,
    paths: Sequence[Path],
    claims: Sequence[Path],
    vocabulary: tuple[Path, ...],
    now: datetime,
    failures: Failures,
) -> None:
    """Brings articles (``paths``) and claims from elsewhere (``claims``) into the database at ``path``."""
    from store.imports import claim_lines, import_claims
    from store.schema import only_writer, open_db
    from store.write import save_article

    reader = Reader(vocabulary)
    _ = reader.words  # a wrong vocabulary is found before anything is written
    with open_db(path, create=True) as db, only_writer(path):
        save_entities(db, reader.entities)
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        with progress(None, "articles") as bar:
            for name, article in articles(paths, now=now.date()):
                failures.count(article)
                if isinstance(article, Article):
                    counts[save_article(db, addressed(article, name), now)] += 1
                bar.advance()
            if paths:
                finish(db, reader, on_article=bar.advance)
        if paths:
            report(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
        for file in claims:
            try:
                done = import_claims(db, claim_lines(file), now)
            except BeatbookError as error:
                failures.count(error)
                continue
            for problem in done.problems:
                failures.count(problem)
            failures.count(done)
            report(f"{file}: {done.claims} new claims in {done.articles} new articles")


def report(line: str) -> None:
    """Tells a person what was done, on standard error, so that output can be piped."""
    import click

    click.echo(line, err=True)
