"""What a crawl leaves behind of each source. Standard library only, so that any floor may import it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """One source of one run, every page accounted for:
    ``found = new + changed + unchanged + failed + the sum of skipped``, all in pages.

    ``fetched`` counts the pages that were asked for and answered with something to read or with *not
    modified*.
    ``skipped`` and ``failures`` give the number of pages by reason; ``failed`` is the sum of ``failures``.
    ``filled`` counts the articles read in this run by the field that they had (``articles`` for all of them);
    ``per_day`` is how many articles a day the source's index dated lately, null where it gave no dates.
    ``error`` says why the source itself could not be read, ``problems`` which expectations it broke; a run
    that was ended early (Ctrl-C, out of time) is ``interrupted``.
    """

    source: str
    found: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    filled: Mapping[str, int] = field(default_factory=dict)
    per_day: float | None = None
    seconds: float = 0.0
    error: str | None = None
    problems: tuple[str, ...] = ()
    interrupted: bool = False
