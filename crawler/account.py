"""The account of one visit: every page ends in exactly one of its counts."""

from collections import Counter
from dataclasses import replace

from crawler.article import Article, Fetch
from crawler.outcome import Outcome
from crawler.policy import KEPT, broken_expectations
from crawler.sources import FIELDS, Source


class Account:
    """Counts while a visit goes on; ``outcome`` sums up."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.fetched = 0
        self.skipped: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.per_day: float | None = None
        self.error: str | None = None
        self._pages: Counter[str] = Counter()
        self._filled: Counter[str] = Counter()

    def page(self, fetch: Fetch) -> None:
        match fetch.outcome:
            case "skipped":
                self.skipped[fetch.reason or ""] += 1
            case "failed":
                self.failures[fetch.reason or ""] += 1
            case _:
                self._pages[fetch.outcome] += 1

    def article(self, article: Article) -> None:
        self._filled["articles"] += 1
        self._filled.update(name for name in FIELDS if getattr(article, name))

    def outcome(self, seconds: float, left: int, why: str | None) -> Outcome:
        """``left`` pages were not come to because of ``why`` (null where the visit came to its end)."""
        skipped = self.skipped + Counter({why or "interrupted": left})
        failed = self.failures.total()
        outcome = Outcome(
            source=self.source.id,
            found=sum(self._pages[name] for name in KEPT) + failed + skipped.total(),
            fetched=self.fetched,
            new=self._pages["new"],
            changed=self._pages["changed"],
            unchanged=self._pages["unchanged"],
            failed=failed,
            skipped=dict(skipped),
            failures=dict(self.failures),
            filled=dict(self._filled),
            per_day=self.per_day,
            seconds=seconds,
            error=self.error,
            interrupted=why is not None,
        )
        return replace(outcome, problems=broken_expectations(self.source, outcome))
