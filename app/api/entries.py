"""Entries as data: as a name that leads to them, as a row of a list, and in full."""

from __future__ import annotations

from ..content import Entry
from ..content_types import Listing, Publication
from ..papers import pdf_url
from ..prose import fields_of
from ..site import Site
from .addresses import address
from .front import front
from .links import links
from .schemas import kind
from .shapes import Attachment, Citation, Full, Heading, Mention, Picture, Ref, Row, Section, Series, Translation


def ref(site: Site, entry: Entry) -> Ref:
    """What leads to an entry."""
    title = site.title(entry)
    if isinstance(entry, Publication):
        text = title.striptags()
    else:
        text = site.document(entry, "title").text if "$" in entry.title else entry.title
    return Ref(
        id=entry.id, url=entry.url, api=address(entry.id), type=kind(type(entry)), title=text, title_html=str(title)
    )  # fmt: skip


def row(site: Site, entry: Entry) -> Row:
    """An entry as a list shows it."""
    return Row(
        **vars(ref(site, entry)),
        label=entry.label,
        details=entry.details,
        lead=str(site.lead(entry)),
        date=entry.date,
        updated=entry.updated,
        tags=entry.tags,
        attachments=attachments(site, entry),
        image=picture(site, entry.path, entry.image),
    )


def attachments(site: Site, entry: Entry) -> tuple[Attachment, ...]:
    """The documents of an entry, its PDF last."""
    pdf = pdf_url(entry)
    own = tuple(Attachment(label=word, url=site.href(entry, href)) for word, href in entry.attachments)
    return (*own, Attachment(label="PDF", url=pdf)) if pdf else own


def picture(site: Site, path: str, href: str | None) -> Picture | None:
    """The picture that the file `path` names, if it is one of the site."""
    image = site.picture(path, href)
    return Picture(url=image.url, width=image.width, height=image.height) if image else None


def full(site: Site, entry: Entry) -> Full:
    """An entry with its texts, and what surrounds it."""
    near = site.neighbours
    series = near.series(entry)
    html = {field: str(site.html(entry, field)) for field in fields_of(entry) if field != "title"}
    return Full(
        **vars(row(site, entry)),
        lang=entry.language,
        translations=translations(site, entry),
        fields=front(site, entry),
        html=html,
        text=site.document(entry).text,
        contents=tuple(
            Heading(level=one.level, id=one.id, text=one.text, html=str(words)) for one, words in site.contents(entry)
        ),
        links=links(site, entry.id, html.values()),
        backlinks=tuple(Mention(**vars(ref(site, other)), sentence=said) for other, said in near.mentions(entry)),
        citations=tuple(Citation(key=one.key, label=one.label, html=str(one.html)) for one in site.references(entry)),
        related=tuple(ref(site, other) for other in near.related(entry)),
        series=Series(name=series.name, posts=tuple(ref(site, post) for post in series.posts)) if series else None,
    )


def translations(site: Site, entry: Entry) -> tuple[Translation, ...]:
    """An entry in other languages, the original first."""
    ids = (entry.original, *site.store.siblings.get(entry.original, {}).values())
    others = (other for other in site.entries(ids) if other.id != entry.id)
    return tuple(Translation(**vars(ref(site, other)), lang=other.language) for other in others)


def section(site: Site, entry: Entry, tag: str, most: int) -> Section:
    """A folder as another page shows it, in a language if one is given: of a list of lists the first `most`."""
    entries = site.query(entry.id, tag)
    shown = entries.limit(most) if isinstance(entry, Listing) else entries
    return Section(
        **vars(ref(site, entry)),
        html=str(site.html(entry)),
        count=len(entries),
        entries=tuple(row(site, one) for one in shown),
    )
