"""From an article to stored claims, resumable: an article is durable before anything is read from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.article import Article
from store.schema import Store
from store.write import pending, save_article, save_claims


@dataclass(slots=True)
class Reader:
    """The extractor, built when the first article asks for it; ``vocabulary`` are files of the user's own words."""

    vocabulary: tuple[Path, ...] = ()
    _nlp: Any = field(default=None, repr=False)

    @property
    def nlp(self) -> Any:
        if self._nlp is None:
            from extract.pipeline import build_nlp
            from extract.vocabulary import load_vocabulary

            self._nlp = build_nlp(load_vocabulary(self.vocabulary))
        return self._nlp

    @property
    def version(self) -> str:
        """The version of pipeline and vocabulary; claims carry it."""
        from extract.pipeline import version_of

        return version_of(self.nlp)


def keep(
    db: Store, articles: Iterable[tuple[str, Any]], now: datetime, report: Callable[[Any], None]
) -> dict[str, int]:
    """Stores what ``crawler.files.articles_in`` gives and counts ``new``, ``changed`` and ``unchanged``.

    ``report`` is told of each article or error. An article without an address is kept under the name it came with.
    """
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for name, article in articles:
        report(article)
        if isinstance(article, Article):
            counts[save_article(db, addressed(article, name), now)] += 1
    return counts


def addressed(article: Article, name: str) -> Article:
    """The article under an address of its own: its URL, else the name of the file it came from."""
    from dataclasses import replace

    return article if article.url else replace(article, url=f"file:{name}")


def finish(
    db: Store, reader: Reader, *, again: bool = False, on_article: Callable[[], None] = lambda: None
) -> int:
    """Reads the claims of every stored version that has none yet; returns how many versions were read.

    With ``again`` also those that another version of the pipeline has read. One transaction a version, so that an
    interruption loses nothing: the next call goes on.
    """
    done = 0
    for item in pending(db, reader.version if again else None):
        claims, mentions = reader.read(item.article)
        save_claims(db, item.id, item.version, claims, mentions, reader.version)
        done += 1
        on_article()
    return done
