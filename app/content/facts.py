"""The author's facts about the whole site: `pages/site.yml`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .entry import Href, Part, RelationNames, Text, Words
from .source import Source
from .validation import validated

FACTS = "pages/site.yml"


def as_base(url: str) -> str:
    """A site's address with a scheme, a host and a slash at the end."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or re.search(r"\s", url):
        raise ValueError(f"'{url}' is not the address of a site, such as https://you.example.org/")
    return url.rstrip("/") + "/"


def as_orcid(written: str) -> str:
    """An ORCID iD, sixteen digits of which the last checks the others; also where its URL was written."""
    id = written.removeprefix("https://orcid.org/")
    digits = id.replace("-", "")
    if not re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", id, re.ASCII):
        raise PydanticCustomError("orcid_form", "no ORCID iD")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    if (12 - total) % 11 != (10 if digits[-1] == "X" else int(digits[-1])):
        raise PydanticCustomError("orcid_digits", "no ORCID iD")
    return id


SiteUrl = Annotated[str, AfterValidator(as_base)]
Orcid = Annotated[str, AfterValidator(as_orcid)]


class Link(Part):
    """A word and where it leads."""

    label: Text
    url: Text


class Author(Part):
    """Whose site it is."""

    name: Text = "Anonymous"
    other_names: Words = ()
    pronouns: str = ""
    position: str = ""
    affiliation: str = ""
    portrait: Href | None = None
    email: str = ""
    orcid: Orcid = ""
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
        file = site_folder / FACTS
        if not os.path.lexists(file):
            return cls(), None
        source = Source.read_facts(file, FACTS)
        return validated(cls, source), source
