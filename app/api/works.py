"""Works: the author's own publications as data."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from ..content.addresses import Nowhere, leads_elsewhere
from ..markup.fields import html_of
from ..publications import Link
from ..publications import Work as Published
from ..site import Site
from .shapes import Attachment, Work

ID = "publications"
"""The id of the document that has them."""


def works(site: Site) -> tuple[Work, ...]:
    """The works that lists show, the newest first."""
    return tuple(work(site, one) for one in site.works if one.listed)


def work(site: Site, one: Published) -> Work:
    """A work of the author's."""
    title = html_of(one.reference.get("title"))
    return Work(
        key=one.reference.key,
        url=one.url,
        id=one.entry.id if one.entry else None,
        title=Markup(title).striptags(),  # noqa: S704
        title_html=title,
        authors=tuple(writer.name for writer in one.writers),
        year=one.year,
        kind=one.kind,
        venue=html_of(one.venue),
        where=html_of(one.where),
        award=html_of(one.award),
        abstract=html_of(one.abstract),
        topics=one.topics,
        selected=one.selected,
        links=tuple(Attachment(label=link.word, url=where(site, link)) for link in one.links),
        bibtex=f"/publications/{quote(one.name)}.bib",
    )


def where(site: Site, link: Link) -> str:
    """The URL of a link, or the link as it is where it leads to nothing."""
    try:
        return link.href if leads_elsewhere(link.href) else site.texts.link(link.path, link.href)
    except Nowhere:
        return link.href
