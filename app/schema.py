"""What schema.org's words say of the site, its author and its pages: JSON-LD for those that read pages by program."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from .activities import Teaching
from .bibliography.export import reference_of
from .bibliography.metadata import schema
from .content import Entry
from .content.facts import FACTS
from .content_types import CourseProject, Post, ResearchNote
from .leaves import LEAF
from .plain import plain
from .publications import Work
from .site import Site
from .words import words_of

CONTEXT = "https://schema.org"
TYPES: dict[type[Entry], str] = {Post: "BlogPosting", ResearchNote: "ScholarlyArticle", CourseProject: "ScholarlyArticle"}
"""The entries that are works of their author, and what they are."""

ROOMS = {"tags": "Tags", "publications": "Publications"}
"""What pages above others are called that are no entries."""

Thing = dict[str, object]


def filled(**values: object) -> Thing:
    """Those of some values that say anything; a name ends with `_` where Python has it for itself."""
    return {name.rstrip("_"): value for name, value in values.items() if value}


def typed(type: str, **values: object) -> Thing:
    """A thing of a type, with those of some values that say anything."""
    return {"@type": type, **filled(**values)}


def full(site: Site, url: str) -> str:
    """The full URL of a path of the site, where the site's address is known."""
    return site.absolute(url) if site.base_url else ""


def author(site: Site) -> Thing:
    """Whose site it is, in short."""
    return typed("Person", name=site.facts.author.name, url=full(site, "/"))


def person(site: Site) -> Thing:
    """Whose site it is."""
    facts = site.facts.author
    portrait = site.picture(FACTS, facts.portrait)
    orcid = [f"https://orcid.org/{facts.orcid}"] if facts.orcid else []
    return author(site) | filled(
        alternateName=list(facts.other_names),
        jobTitle=facts.position,
        affiliation=typed("Organization", name=facts.affiliation) if facts.affiliation else None,
        email=f"mailto:{facts.email}" if facts.email else "",
        image=full(site, portrait.url) if portrait else "",
        sameAs=[*orcid, *(link.url for link in facts.links if link.url.startswith("http"))],
    )


def website(site: Site) -> Thing:
    """The site itself."""
    facts = site.facts
    described = {"name": facts.title, "url": full(site, "/"), "description": facts.description, "inLanguage": facts.lang}
    licence = facts.licence.url if facts.licence else ""
    return typed("WebSite", **described, author=author(site), license=licence)


def breadcrumbs(site: Site, path: str, title: str, lang: str) -> Thing:
    """The pages above the one at `path`, unquoted, and that itself, from the home page in its language."""
    further = LEAF.fullmatch(path.strip("/"))
    parts = path.strip("/").split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts))]
    if further:
        above = [one for one in above if not one.startswith(f"{further['list']}/")]
    named = [(name, f"/{quote(id)}/") for id in above if (name := name_of(site, id, lang))]
    first = [] if named and parts[0] in site.store.tongues else [(site.facts.title, "/")]
    items = enumerate([*first, *named, (title, quote(path))], 1)
    return typed("BreadcrumbList", itemListElement=[crumb(site, *item) for item in items])


def crumb(site: Site, position: int, named: tuple[str, str]) -> Thing:
    """One step of the way."""
    return typed("ListItem", position=position, name=named[0], item=site.absolute(named[1]))


def name_of(site: Site, id: str, lang: str) -> str:
    """What the page of a folder is called, or nothing where there is none."""
    entry = site.entry(id)
    return plain(site.title(entry)) if entry else words_of(lang)(ROOMS.get(id.rpartition("/")[2], ""))


def works(site: Site, entry: Entry | None, work: Work | None, description: str, image: str) -> Iterator[Thing]:
    """The work that a page shows, or the course."""
    if work:
        yield schema(work.reference, full(site, work.url)) | filled(image=image)
    elif entry and type(entry) in TYPES:
        yield written(site, entry, description) | filled(image=image)
    elif isinstance(entry, Teaching):
        course, place = entry.course, typed("Organization", name=entry.institution) if entry.institution else None
        told = {"description": description or entry.title, "url": full(site, entry.url), "courseCode": course, "image": image}
        yield typed("Course", name=plain(site.title(entry)), **told, provider=place or author(site))


def written(site: Site, entry: Entry, description: str) -> Thing:
    """A text of the author's as a work."""
    url = full(site, entry.url)
    found = schema(reference_of(entry, site.facts, url), url) | {"@type": TYPES[type(entry)]}
    changes = filled(
        headline=plain(site.title(entry)),
        description=description,
        author=[by(site, name) for name in entry.authors or (site.facts.author.name,)],
        dateModified=str(entry.updated or ""),
        about=course_of(entry) if isinstance(entry, CourseProject) else None,
    )
    return found | changes


def by(site: Site, name: str) -> Thing:
    """An author, with the site where it is theirs."""
    return author(site) if name == site.facts.author.name else typed("Person", name=name)


def course_of(entry: CourseProject) -> Thing | None:
    """The course that a project was done for."""
    place = typed("Organization", name=entry.institution) if entry.institution else None
    name = entry.course_title or entry.course
    return typed("Course", name=name, courseCode=entry.course, provider=place, educationalLevel=entry.level) if name else None
