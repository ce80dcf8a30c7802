"""What is due and when; the lines for cron and the units for systemd that ask it. The deciding half is
pure."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.sources import Source

DEFAULT_INTERVAL = timedelta(hours=6)
SLACK = 20
"""A source is due this part of its interval early, so that what cron starts a second sooner than last time is
not put off for a whole turn."""

STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440)
"""Minutes between two looks that cron can say evenly."""


@dataclass(frozen=True, slots=True)
class Turn:
    """When a source is to be crawled: ``last`` and ``at`` are date-times in UTC, ``due`` says whether ``at``
    is past or all but."""

    source: str
    interval: str
    last: str | None
    at: str
    due: bool


def interval_of(source: Source) -> timedelta:
    return source.interval or DEFAULT_INTERVAL


def turns(sources: Sequence[Source], last: Mapping[str, str], now: datetime) -> list[Turn]:
    """Every source with the time of its next crawl, the most urgent first; ``last`` is when each was last
    begun."""
    found = []
    for source in sources:
        begun = last.get(source.id)
        at = datetime.fromisoformat(begun) + interval_of(source) if begun else now
        found.append(
            Turn(
                source.id,
                words(interval_of(source)),
                begun,
                at.astimezone(UTC).isoformat(timespec="seconds"),
                at - interval_of(source) / SLACK <= now,
            )
        )
    return sorted(found, key=lambda turn: (turn.at, turn.source))


def words(interval: timedelta) -> str:
    """An interval as the sources file has it: ``30m``, ``6h``, ``1d``."""
    minutes = int(interval.total_seconds() // 60)
    for size, unit in ((10080, "w"), (1440, "d"), (60, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def step(sources: Sequence[Source]) -> int:
    """How many minutes may pass between two looks: the largest even step within the shortest interval."""
    shortest = min((interval_of(source) for source in sources), default=DEFAULT_INTERVAL)
    return max(size for size in STEPS if size <= max(1, shortest.total_seconds() // 60))


def cron_line(command: Sequence[str], folder: Path, minutes: int) -> str:
    """A crontab line that runs ``command`` in ``folder`` every so many minutes; one of ``STEPS``."""
    hours = minutes // 60
    match minutes:
        case _ if minutes >= 1440:
            when = "0 6 * * *"
        case _ if hours > 1:
            when = f"0 */{hours} * * *"
        case 60:
            when = "0 * * * *"
        case 1:
            when = "* * * * *"
        case _:
            when = f"*/{minutes} * * * *"
    run = f"cd {shlex.quote(str(folder))} && {shlex.join(command)}"
    return f"{when} " + run.replace("%", r"\%")


SERVICE = """\
[Unit]
Description=Beatbook: crawl the sources that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}
Nice=10
KillSignal=SIGTERM
TimeoutStopSec=120
# A run that lists failures has done its work.
SuccessExitStatus=1
"""

TIMER = """\
[Unit]
Description=Beatbook: look for sources that are due

[Timer]
OnBootSec=2min
OnUnitActiveSec={minutes}min
AccuracySec=1min
Persistent=false

[Install]
WantedBy=timers.target
"""


def systemd_units(command: Sequence[str], folder: Path, minutes: int) -> dict[str, str]:
    """The texts of a service and its timer by file name."""
    return {
        "beatbook.service": SERVICE.format(
            folder=_unit_path(folder), command=" ".join(_unit_word(word) for word in command)
        ),
        "beatbook.timer": TIMER.format(minutes=minutes),
    }


def _unit_path(path: Path) -> str:
    return str(path).replace("%", "%%")


def _unit_word(word: str) -> str:
    """A word of an ExecStart line: quoted where it has to be, with ``%`` and ``$`` standing for
    themselves."""
    word = word.replace("%", "%%").replace("$", "$$")
    if re.fullmatch(r"[^\s\"'\\;]+", word):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
