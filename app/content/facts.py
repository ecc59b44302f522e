"""The author's facts about the whole site: `pages/site.yml`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from .entry import Part, RelationNames, Text, Words
from .source import Source
from .validation import validated


def as_base(url: str) -> str:
    """A site's address with a scheme, a host and a slash at the end."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or re.search(r"\s", url):
        raise ValueError(f"'{url}' is not the address of a site, such as https://you.example.org/")
    return url.rstrip("/") + "/"


SiteUrl = Annotated[str, AfterValidator(as_base)]


class Link(Part):
    """A word and where it leads."""

    label: Text
    url: Text


class Author(Part):
    """Whose site it is."""

    name: Text = "Anonymous"
    other_names: Words = ()
    affiliation: str = ""
    email: str = ""
    orcid: str = ""
    links: tuple[Link, ...] = ()


class Licence(Part):
    """Under what terms others may use the texts."""

    name: Text
    url: str = ""


class Facts(Part):
    """What `site.yml` can say; nothing in it is required."""

    title: Text = "Notes"
    author: Author = Field(default_factory=Author)
    description: str = ""
    url: SiteUrl | None = None
    lang: Text = "en"
    navigation: RelationNames = ()
    licence: Licence | None = None
    citation_style: str = "apa"
    notes_per_page: int = Field(default=20, ge=1)

    @classmethod
    def read(cls, site_folder: Path) -> tuple[Facts, Source | None]:
        """The facts of a site and the file they came from; raises `Problems` when it cannot be read."""
        file = site_folder / "pages" / "site.yml"
        if not os.path.lexists(file):
            return cls(), None
        source = Source.read_facts(file, "pages/site.yml")
        return validated(cls, source), source
