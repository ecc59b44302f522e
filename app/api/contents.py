"""The index: the facts of a site, and what leads to all its documents."""

from __future__ import annotations

from ..content import Entry
from ..content.facts import FACTS
from ..content_types import Listing
from ..site import Site
from .addresses import address
from .documents import entries_in, folders, type_in, url_of
from .entries import full, picture, ref
from .facts import About, Folder, Index, Person, Place, Tag, Terms, Type
from .schemas import described, types
from .shapes import VERSION


def index(site: Site) -> Index:
    """The index of a site."""
    home = site.entry("index")
    others = {entry.language for entry in site.store if not entry.unlisted}
    return Index(
        version=VERSION,
        site=about(site),
        languages=tuple(dict.fromkeys((site.facts.lang, *sorted(others)))),
        home=full(site, home) if home else None,
        collections=tuple(folder(site, id) for id in folders(site)),
        types=tuple(type_of(name, model) for name, model in types(site).items()),
        tags=tuple(
            Tag(word=one.word, url=one.url, entries=tuple(entry.id for entry in one.entries)) for one in site.tags.values()
        ),
        entries=tuple(ref(site, entry) for entry in listed(site)),
    )


def listed(site: Site) -> list[Entry]:
    """The entries that lists show, and the pages that list them, by id."""
    pages = (entry for entry in site.store if isinstance(entry, Listing) and not entry.unlisted)
    return sorted((*site.query(), *pages), key=lambda entry: entry.id)


def about(site: Site) -> About:
    """The facts of a site."""
    facts, author = site.facts, site.facts.author
    return About(
        title=facts.title,
        description=facts.description,
        lang=facts.lang,
        base_url=site.base_url,
        author=Person(
            name=author.name, pronouns=author.pronouns, position=author.position, affiliation=author.affiliation,
            email=author.email, orcid=author.orcid, links=tuple(Place(label=one.label, url=one.url) for one in author.links),
        ),
        portrait=picture(site, FACTS, author.portrait),
        licence=Terms(name=facts.licence.name, url=facts.licence.url) if facts.licence else None,
        navigation=tuple(ref(site, entry) for entry in site.entries(facts.navigation)),
    )  # fmt: skip


def folder(site: Site, id: str) -> Folder:
    """A folder of a site."""
    entry = site.entry(id)
    return Folder(
        id=id,
        url=url_of(site, id),
        api=address(id),
        title=ref(site, entry).title if entry else id.rpartition("/")[2],
        type=type_in(site, id),
        count=len(entries_in(site, id)),
    )


def type_of(name: str, model: type[Entry]) -> Type:
    """A type of entry."""
    return Type(name=name, schema_url=f"/api/schema/{name}.json", description=described(model))
