"""A Datasette plugin: figures of claims as a person reads them (``3.4 trillion``), the exact value on
pointing at it."""

from typing import Any

from datasette import hookimpl
from markupsafe import Markup

from beatbook.wording import number

FIGURES = ("value", "value_high", "previous", "tokens")


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str) -> Markup | None:
    """The cell of a figure; every other cell is left to Datasette."""
    if column not in FIGURES or not isinstance(value, int | float):
        return None
    return Markup('<span title="{}">{}</span>').format(repr(value), number(value))
