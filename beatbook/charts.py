"""Charts of answers, as PNG, SVG or a page of HTML that needs no network; made without a browser."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from beatbook.wording import figure, period
from crawler.errors import InputError
from store.records import Leader, Mover, Point, Price

FORMATS = (".png", ".svg", ".html")
WIDTH, HEIGHT = 640, 320
LARGE = "replace(format(datum.value, '~s'), 'G', 'B')"
"""Labels of an axis: 3T and 40B for trillions and billions, as the trade press writes them."""
DASHES: dict[str, Any] = {"domain": ["in force", "announced"], "range": [[1, 0], [5, 4]]}
DAY = "%-d %b"
EMBED = {"actions": {"export": True, "source": False, "editor": False}}


class _InScript(json.JSONEncoder):
    """JSON that may stand inside a script element: no text of an article can close it."""

    def encode(self, o: Any) -> str:
        return super().encode(o).replace("<", "\\u003c")


def save(chart: Any, path: Path) -> None:
    """Writes an Altair chart; the suffix of ``path`` is one of ``FORMATS``. Raises InputError, also where it
    cannot."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise InputError(path, f"a chart is written as one of {' '.join(FORMATS)}")
    try:
        if suffix == ".html":
            chart.save(
                str(path), format="html", inline=True, embed_options=EMBED, json_kwds={"cls": _InScript}
            )
        else:
            chart.save(str(path), format=suffix[1:], scale_factor=2 if suffix == ".png" else 1)
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error


def chart(rows: Sequence[Any], title: str, today: date) -> Any:
    """The chart of an answer: points, price steps, places of a ranking or movers, as the query module gives
    them."""
    match rows:
        case [Point(), *_]:
            return _series(rows, title)
        case [Price(), *_]:
            return _steps(rows, title, today)
        case [Leader(), *_]:
            return _ranking(rows, title)
        case [Mover(), *_]:
            return _movers(rows, title)
    raise InputError(title, "there is nothing to draw")


def _titled(values: Iterable[dict[str, Any]], title: str) -> Any:
    import altair as alt

    return alt.Chart(alt.InlineData(values=list(values)), title=title, width=WIDTH, height=HEIGHT)


def _axis(units: Iterable[str | None], metric: str = "value") -> str:
    named = sorted({unit for unit in units if unit})
    return f"{metric} ({', '.join(named)})" if named else metric


def _amounts(title: str, **settings: Any) -> dict[str, Any]:
    import altair as alt

    return {"title": title, "axis": alt.Axis(labelExpr=LARGE, tickCount=6), **settings}


def _days() -> Any:
    import altair as alt

    return alt.X("day:T", title=None, axis=alt.Axis(format=DAY, tickCount=8, labelOverlap=True))


def _legend(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _series(points: Sequence[Point], title: str) -> Any:
    """Reported and forecast told apart by the form of the mark, scopes by colour, ranges as bars."""
    import altair as alt

    values = [
        {
            "day": point.period_end or point.period_start or point.first_said[:10],
            "value": point.value,
            "high": point.value_high if point.value_high is not None else point.value,
            "series": _legend(point.subject, point.scope, f"per {point.per}" if point.per else None),
            "said as": "derived" if point.derived else point.modality,
            "figure": figure(point.value, point.unit, point.value_high),
            "period": period(point.period_start, point.period_end),
            "sentence": point.evidence[0].sentence if point.evidence else "",
        }
        for point in points
        if point.value is not None
    ]
    base = _titled(values, title).encode(
        x=_days(),
        y=alt.Y(
            "value:Q",
            **_amounts(_axis({p.unit for p in points}, points[0].metric), scale=alt.Scale(zero=False)),
        ),
        color=alt.Color("series:N", title=None, legend=alt.Legend(orient="bottom", labelLimit=400)),
        tooltip=["figure:N", "period:N", "said as:N", "sentence:N"],
    )
    lines = base.transform_filter("datum['said as'] == 'reported'").mark_line()
    ranges = base.transform_filter("datum.high != datum.value").mark_rule(strokeWidth=3).encode(y2="high:Q")
    marks = base.mark_point(filled=True, size=70).encode(shape=alt.Shape("said as:N", title=None))
    return alt.layer(lines, ranges, marks)


def _steps(prices: Sequence[Price], title: str, today: date) -> Any:
    """Each price as a step function over the time in which it is in force; announced prices are dashed."""
    import altair as alt

    values: list[dict[str, Any]] = []
    for price in prices:
        day = price.valid_from or (price.evidence[0].said if price.evidence else today.isoformat())
        step = {
            "value": price.per_million if price.per_million is not None else price.value,
            "series": _legend(price.subject, price.metric, price.scope),
            "status": "announced" if price.status == "announced" else "in force",
            "figure": figure(price.value, price.unit, price.value_high),
            "from": period(price.valid_from, price.valid_to),
        }
        last = price.valid_to or max(day, today.isoformat())
        values += [{**step, "day": day[:10]}, {**step, "day": last[:10]}]
    # A key to the dashes only where there are any.
    legend = alt.Legend(title=None) if any(p.status == "announced" for p in prices) else None
    units = {f"{p.currency}/1M tokens" if p.per_million is not None else p.unit for p in prices}
    return (
        _titled(values, title)
        .mark_line(interpolate="step-after", point=True)
        .encode(
            x=_days(),
            y=alt.Y("value:Q", **_amounts(_axis(units, "price"))),
            color=alt.Color(
                "series:N", title=None, legend=alt.Legend(orient="bottom", columns=2, labelLimit=400)
            ),
            strokeDash=alt.StrokeDash("status:N", legend=legend, scale=alt.Scale(**DASHES)),
            tooltip=["series:N", "figure:N", "from:N"],
        )
    )


def _bars(values: list[dict[str, Any]], title: str, axis: str) -> Any:
    import altair as alt

    bars = _titled(values, title).encode(
        x=alt.X("value:Q", **_amounts(axis)),
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
    )
    return alt.layer(
        bars.mark_bar().encode(color=alt.Color("up:N", legend=None), tooltip=["name:N", "figure:N"]),
        bars.mark_text(align="left", dx=4).encode(text="figure:N"),
    )


def _ranking(leaders: Sequence[Leader], title: str) -> Any:
    """The places of the latest period of the ranking."""
    latest = max(leader.period_end for leader in leaders)
    shown = [leader for leader in leaders if leader.period_end == latest]
    values = [
        {
            "name": f"{place.rank}. {place.subject}",
            "value": place.value,
            "figure": figure(place.value, place.unit),
        }
        for place in shown
    ]
    return _bars([{**row, "up": True} for row in values], title, _axis({place.unit for place in shown}))


def _movers(movers: Sequence[Mover], title: str) -> Any:
    values = [
        {
            "name": _legend(mover.subject, mover.scope, period(mover.period_start, mover.period_end)),
            "value": mover.percent,
            "figure": f"{mover.percent:+.3g}%",
            "up": mover.percent >= 0,
        }
        for mover in movers
    ]
    return _bars(values, title, "change (percent)")
