"""The author's facts about the whole site: `pages/site.yml`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .entry import Day, Href, RelationNames, Text, Words
from .entry import Part as Group
from .looks import Hosts, Theme
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


Part = Literal["api", "cards", "map", "math-font", "more-feeds", "search"]
"""What a site can do without; its own feed it has without those of folders and tags."""


def as_contact(written: str) -> str:
    """A URL, also where an email address was written."""
    if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+", written):
        return f"mailto:{written}"
    if not re.fullmatch(r"(https://|mailto:|tel:)\S+", written):
        raise PydanticCustomError("contact_form", "no contact")
    return written


Contact = Annotated[str, AfterValidator(as_contact)]
SiteUrl = Annotated[str, AfterValidator(as_base)]
Orcid = Annotated[str, AfterValidator(as_orcid)]


class Link(Group):
    """A word and where it leads."""

    label: Text
    url: Text


class Author(Group):
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


class Licence(Group):
    """Under what terms others may use the texts."""

    name: Text
    url: str = ""


class Security(Group):
    """Whom to tell of a hole in what the author runs, as an email address or a URL, and until when that is true."""

    contact: Contact
    expires: Day


class Deployment(Group):
    """Where the release is sent: an address such as `git:origin#gh-pages`, and how."""

    to: Text
    squash: bool = False
    endpoint: str = ""


class Facts(Group):
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
    without: tuple[Part, ...] = ()
    deploy: Deployment | None = None
    security: Security | None = None
    theme: Theme = Field(default_factory=Theme)
    hosts: Hosts = Field(default_factory=Hosts)

    @classmethod
    def read(cls, site_folder: Path) -> tuple[Facts, Source | None]:
        """The facts of a site and the file they came from; raises `Problems` when it cannot be read."""
        file = site_folder / FACTS
        if not os.path.lexists(file):
            return cls(), None
        source = Source.read_facts(file, FACTS)
        return validated(cls, source), source
