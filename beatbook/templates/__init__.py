"""The pages that Beatbook writes for a person, as Jinja templates; everything put into them is escaped."""

from functools import cache
from pathlib import Path
from typing import Any


@cache
def environment(folder: Path) -> Any:
    """The templates of a folder, strict about names and escaping every value."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **values: Any) -> str:
    """The template ``name`` of this folder, filled in."""
    text: str = environment(Path(__file__).parent).get_template(name).render(**values)
    return text
