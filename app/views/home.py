"""What the home page shows of the author, and the pictures that stand for entries; the page itself is an entry's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from ..content import Entry
from ..content.addresses import Nowhere, find
from ..content.facts import FACTS
from ..markup import Image
from ..site import Site, current_site

DRAWINGS = {
    "orcid": "badge", "cv": "page", "website": "globe", "homepage": "globe", "linkedin": "case",
    "bluesky": "cloud", **dict.fromkeys(("google scholar", "scholar", "semantic scholar", "inspire"), "board"),
    **dict.fromkeys(("github", "gitlab", "codeberg", "sourcehut", "code", "software", "hugging face", "kaggle"), "code"),
    **dict.fromkeys(("mastodon", "matrix", "x", "twitter", "threads", "zulip", "telegram", "wechat", "signal"), "bubble"),
    **dict.fromkeys(("arxiv", "dblp", "openreview", "researchgate", "zotero", "web of science", "scopus"), "page"),
    **dict.fromkeys(("youtube", "video", "vimeo", "bilibili", "peertube"), "film"),
}  # fmt: skip
"""Which drawing of `icons.html` stands beside a link, by its label; beside any other it is a chain."""

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to find the author: a word, where it leads, and the name of a drawing."""

    word: str
    url: str
    drawing: str


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The portrait."""
    try:
        if href := site.facts.author.portrait:
            yield "content.page", {"path": find(site.store, FACTS, href).file}
    except Nowhere:
        return


@blueprint.app_template_global()
def places() -> list[Place]:
    """Where to find the author."""
    author = current_site().facts.author
    email = [Place(author.email, f"mailto:{author.email}", "letter")] if author.email else []
    orcid = [("ORCID", f"https://orcid.org/{author.orcid}")] if author.orcid else []
    links = (*orcid, *((link.label, link.url) for link in author.links))
    return [*email, *(Place(word, url, DRAWINGS.get(word.lower(), "chain")) for word, url in links)]


@blueprint.app_template_global()
def portrait() -> Image | None:
    """The portrait of the author, if there is one that can be shown."""
    site = current_site()
    return site.picture(FACTS, site.facts.author.portrait)


@blueprint.app_template_global()
def image_of(entry: Entry) -> Image | None:
    """The picture that stands for an entry, if there is one that can be shown."""
    return current_site().picture(entry.path, entry.image)
