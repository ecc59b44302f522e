"""Documents: what a site has at each address, as data."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import Entry
from ..content_types import Listing as ListPage
from ..site import Site
from .addresses import id_of, name_of
from .entries import full, row, section
from .schemas import kind
from .shapes import VERSION, Document, Listing
from .works import ID as WORKS
from .works import works


def names(site: Site) -> list[str]:
    """The names of all documents, as their URLs have them: of the published entries, but for the home page, and of folders."""
    return sorted(map(name_of, {entry.id for entry in site.store}.union(folders(site)) - {"index"}))


def folders(site: Site) -> list[str]:
    """The ids of the folders that lists know: those with a page that lists them, and those without a page.

    A folder whose name differs from another's only in case has no document, which would be the same file on some systems.
    """
    pages = {entry.id: entry for entry in site.store}
    lists = {id for id, entry in pages.items() if isinstance(entry, ListPage) and not entry.unlisted}
    around = {folder for entry in site.query() for folder in above(entry.id)}.union([WORKS] if site.works else [])
    taken = {id.casefold(): id for id in (*sorted(around, reverse=True), *pages)}
    return sorted(lists.union(id for id in around - pages.keys() if taken[id.casefold()] == id) - {"index"})


def above(id: str) -> Iterator[str]:
    """`a/b` and `a` for `a/b/c`."""
    while id := id.rpartition("/")[0]:
        yield id


def document(site: Site, name: str) -> Document | None:
    """The document with a name, or nothing where there is none."""
    id = id_of(name)
    entry = site.entry(id)
    if name != name_of(id) or (entry is None and id not in folders(site)):
        return None
    return Document(
        version=VERSION,
        id=id,
        url=url_of(site, id),
        entry=full(site, entry) if entry else None,
        listing=listing(site, id, entry) if entry is None or isinstance(entry, ListPage) else None,
    )


def url_of(site: Site, id: str) -> str | None:
    """The path of the page of an entry or a folder, if it has one."""
    entry = site.entry(id)
    return entry.url if entry else f"/{WORKS}/" if id == WORKS and site.works else None


def listing(site: Site, id: str, entry: ListPage | None) -> Listing:
    """What the folder `id` holds, as its page shows it."""
    tag = entry.tag if entry else ""
    sections = site.entries(entry.sections, tag) if entry else []
    most = (entry.per_page if entry else None) or site.facts.notes_per_page
    return Listing(
        type=type_in(site, id),
        sections=tuple(section(site, one, tag, most) for one in sections),
        entries=() if sections else tuple(row(site, one) for one in entries_in(site, id)),
        works=works(site) if id == WORKS else (),
    )


def entries_in(site: Site, id: str) -> list[Entry]:
    """The listed entries in a folder, in their order; none where there is no more than a page of works."""
    try:
        return list(site.query(id))
    except KeyError:
        return []


def type_in(site: Site, id: str) -> str | None:
    """The name of the type of all entries in a folder, where it is a collection."""
    return next((kind(one.type) for one in site.store.collections if one.folder == id), None)
