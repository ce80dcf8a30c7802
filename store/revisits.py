"""Pages of earlier crawls that may be due again, whether an index still lists them or not."""

from crawler.article import Seen
from store.schema import Store, reading


def known(db: Store, source: str) -> list[Seen]:
    """What is remembered of the pages of a source that hold an article or failed, last asked for first.

    Feeds, sitemaps and listings themselves are none of them. Raises StoreError.
    """
    with reading(db):
        rows = db.conn.execute(
            "SELECT p.url, p.at, p.outcome, p.etag, p.last_modified, p.digest, p.failures, p.next_try,"
            " coalesce((SELECT published FROM articles a WHERE a.url = p.url),"
            " (SELECT published FROM articles a WHERE a.url = p.final_url)) FROM pages p"
            " WHERE p.source = ? AND p.reason IS NOT 'index'"
            " AND (p.failures > 0 OR p.outcome IN ('new', 'changed', 'unchanged')) ORDER BY p.at DESC, p.url",
            (source,),
        ).fetchall()
    return [Seen(*row) for row in rows]
