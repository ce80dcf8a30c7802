"""The sample site as data: which page an address shows in which weekly edition. Pure but for reading its own
files.

Every company, model, person and figure on it is invented.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from beatbook.templates import environment

FOLDER = Path(__file__).parent / "site"


@dataclass(frozen=True, slots=True)
class Page:
    """What the server answers: a status, a content type and a body."""

    body: str
    content_type: str = "text/html; charset=utf-8"
    status: int = 200


@dataclass(frozen=True, slots=True)
class Story:
    """One article of one outlet, as an edition shows it. ``path`` is its address below the site's root."""

    outlet: str
    slug: str
    title: str
    authors: tuple[str, ...]
    published: datetime
    paragraphs: tuple[str, ...]
    syndicated: str | None = None
    malformed: bool = False

    @property
    def path(self) -> str:
        return f"/{self.outlet}/{self.published:%Y/%m}/{self.slug}"

    @property
    def rfc822(self) -> str:
        return format_datetime(self.published)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publication: how it lists its articles and in which markup it writes them."""

    id: str
    name: str
    index: str
    template: str
    stories: tuple[Story, ...] = field(default=())


@cache
def content() -> Mapping[str, Any]:
    """The parsed ``site.toml``."""
    return tomllib.loads((FOLDER / "site.toml").read_text(encoding="utf-8"))


def editions() -> tuple[date, ...]:
    """The days of the weekly editions, oldest first."""
    return tuple(date.fromisoformat(day) for day in content()["editions"])


def outlets(edition: date) -> tuple[Outlet, ...]:
    """The outlets with the stories that are out on the day of ``edition``, newest first."""
    out = [_story(entry, edition) for entry in content()["article"]]
    out = sorted(
        (story for story in out if story.published.date() <= edition), key=lambda s: s.published, reverse=True
    )
    return tuple(
        Outlet(**entry, stories=tuple(story for story in out if story.outlet == entry["id"]))
        for entry in content()["outlet"]
    )


def _story(entry: Mapping[str, Any], edition: date) -> Story:
    text = entry["text"] if "text" in entry else _original(entry)["text"]
    corrected = entry.get("corrected")
    if corrected and date.fromisoformat(corrected["edition"]) <= edition:
        text = corrected["text"]
    return Story(
        outlet=entry["outlet"],
        slug=entry["slug"],
        title=entry["title"],
        authors=tuple(entry["authors"]),
        published=datetime.fromisoformat(entry["published"]),
        paragraphs=tuple(part.strip() for part in text.strip().split("\n\n")),
        syndicated=entry.get("syndicated"),
        malformed=entry.get("malformed", False),
    )


def _original(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    outlet, slug = entry["syndicated"].split("/")
    return next(one for one in content()["article"] if (one["outlet"], one["slug"]) == (outlet, slug))


def price_rows(edition: date) -> list[list[str]]:
    """The rows of the vendor's price page on the day of ``edition``."""
    pages = [page for page in content()["price_page"] if date.fromisoformat(page["edition"]) <= edition]
    rows: list[list[str]] = pages[-1]["rows"]
    return rows


def pages(edition: date, root: str) -> dict[str, Page]:
    """Every page of an edition by its path; ``root`` is the address of the site, without a slash at its
    end."""
    env = environment(FOLDER)
    shown = outlets(edition)
    made: dict[str, Page] = {}
    for outlet in shown:
        for story in outlet.stories:
            template = env.get_template(f"{outlet.template}.html")
            html = template.render(root=root, outlet=outlet, story=story, canonical=root + story.path)
            made[story.path] = Page(_broken(html) if story.malformed else html)
        name, content_type = INDEXES[outlet.index]
        listing = env.get_template(f"{outlet.index}.jinja").render(root=root, outlet=outlet, edition=edition)
        made[f"/{outlet.id}/{name}"] = Page(listing, content_type)
    made["/halcyon/pricing"] = Page(
        env.get_template("pricing.html").render(root=root, rows=price_rows(edition))
    )
    made["/meridian-wire/subscribers/outlook"] = Page("<h1>For subscribers only</h1>")
    made["/robots.txt"] = Page("User-agent: *\nDisallow: /meridian-wire/subscribers/\n", "text/plain")
    return made


INDEXES = {
    "rss": ("feed.xml", "application/rss+xml; charset=utf-8"),
    "atom": ("atom.xml", "application/atom+xml; charset=utf-8"),
    "news-sitemap": ("news-sitemap.xml", "application/xml; charset=utf-8"),
    "listing": ("latest", "text/html; charset=utf-8"),
}
"""How an outlet lists its articles: the last part of the address, and the content type."""


def _broken(html: str) -> str:
    """The same page as a careless publisher would serve it: elements left open, closed twice, nested
    wrongly."""
    return (
        html.replace("</p>", "")
        .replace('<html lang="en">', "<html lang=en><body><div>")
        .replace("</head>", "</div></head><center>")
        .replace("</article>", "</div></b></article")
    )


def sources_toml(root: str) -> str:
    """The sources file that a crawl of the site is started with."""
    kinds = {"rss": "feed", "atom": "feed", "news-sitemap": "sitemap", "listing": "listing"}
    entries = [
        (o["id"], o["name"], kinds[o["index"]], f"/{o['id']}/{INDEXES[o['index']][0]}")
        for o in content()["outlet"]
    ]
    entries.append(("halcyon-pricing", "Halcyon AI", "page", "/halcyon/pricing"))
    return "\n".join(
        f'[[source]]\nid = "{id_}"\nname = "{name}"\nkind = "{kind}"\nurl = "{root}{path}"\ninterval = "1d"\n'
        for id_, name, kind, path in entries
    )
