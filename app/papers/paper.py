"""An entry's text as a Paper, and the PDF of an entry."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin

from ..activities import CV
from ..content import Entry
from ..content.addresses import Nowhere, find
from ..content.entry import Printable
from ..images import Unfit
from ..pdf import Paper, Printed, printed, typeset
from ..pdf.paper import Sheet
from ..relative import relative
from ..site import Site
from .cv import cv_of

PICTURE = re.compile(r'<img\s(?:[^<>]*\s)?src="([^"]+)"')


def pdf_url(entry: Entry) -> str:
    """Where the PDF of an entry is, or nothing where it has none: `/cv.pdf`."""
    return f"{entry.url.rstrip('/') or '/index'}.pdf" if isinstance(entry, Printable) and entry.pdf else ""


def pdf_of(site: Site, entry: Entry) -> Printed:
    """The PDF of an entry, and what is wrong with it."""
    sheet = typeset(cv_of(site, entry) if isinstance(entry, CV) else paper_of(site, entry))
    return kept(sheet.path, sheet.source, tuple(sheet.files.items()), sheet.characters, sheet.lang)


@lru_cache(maxsize=64)
def kept(path: str, source: str, files: tuple[tuple[str, bytes], ...], characters: frozenset[str], lang: str) -> Printed:
    """What becomes of a Sheet, printed only once: a page is checked each time that it is shown."""
    return printed(Sheet(path, source, dict(files), characters, lang))


def paper_of(site: Site, entry: Entry) -> Paper:
    """The text of an entry as it is to be printed, with the works it cites."""
    lead = site.html(entry, entry.lead) if entry.lead != "summary" and getattr(entry, entry.lead) else ""
    html, abstract = (relative(str(one), entry.url) for one in (str(site.html(entry)) + references(site, entry), lead))
    return Paper(
        entry.path, str(site.title(entry)), html, entry.authors or (site.facts.author.name,),
        tuple(one for one in (entry.label, *entry.details) if one), entry.changed, abstract,
        entry.lang or site.facts.lang, site.absolute(entry.url) if site.base_url else "",
        images={url: found for url in PICTURE.findall(html) if (found := picture(site, entry, url))},
    )  # fmt: skip


def references(site: Site, entry: Entry) -> str:
    """The works that an entry cites, as a list with a heading."""
    works = site.references(entry)
    kind = "bibliography numbered" if works and works[0].label else "bibliography"
    items = "".join(
        f'<li id="ref-{one.key}">{f"<span>{one.label}</span> " * bool(one.label)}<span>{one.html}</span></li>' for one in works
    )
    return f'<section class="{kind}"><h2>{entry.words("References")}</h2><ol>{items}</ol></section>' if items else ""


def picture(site: Site, entry: Entry, url: str) -> bytes:
    """The bytes of a picture on the page of an entry, by the URL that it has there; none where there is no such file."""
    try:
        file = site.texts.file_of(find(site.store, "", urljoin(entry.url, url)))
        return (site.texts.pictures.cleaned(file) or Path(file).read_bytes()) if file else b""
    except (Nowhere, Unfit, OSError):
        return b""
