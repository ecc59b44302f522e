"""A CV: what its file says and what the store knows, section by section, for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import get_args

from ..activities import CV, Item, Items, Project, SectionName, Talk, Teaching
from ..content import Entry
from ..content_types import CourseProject
from ..dates import month, span
from ..markup.fields import html_of, paragraph
from ..pdf import Contact, Cv, Row, Section
from ..publications import Work
from ..relative import relative
from ..site import Site

TITLES = {"courses": "Course projects", "awards": "Honours and awards", "projects": "Projects"}
"""The titles of the sections that are not called by the names of their fields."""


def sections(site: Site, entry: CV) -> tuple[Section, ...]:
    """The sections of a CV that have something in them, in its order."""
    written = [name for name in entry.source.front.values if name in OWN]
    names: tuple[str, ...] = (*entry.sections,) or (*written, *DRAWN)
    found = (Section(entry.words(TITLES.get(name, name.capitalize())), tuple(rows(site, entry, name))) for name in names)
    return tuple(one for one in found if one.rows)


def cv_of(site: Site, entry: CV) -> Cv:
    """What is to be printed: every link in it is seen from the page of the CV."""
    found = tuple(
        Section(one.title, tuple(Row(row.when, seen(row.title, entry), seen(row.details, entry)) for row in one.rows))
        for one in sections(site, entry)
    )
    return Cv(
        entry.path, site.facts.author.name, tuple(contacts(site)), found, seen(site.html(entry), entry), entry.changed,
        entry.lang or site.facts.lang, site.absolute(entry.url) if site.base_url else "",
    )  # fmt: skip


def seen(html: str, entry: Entry) -> str:
    """HTML with its links as seen from the page of an entry."""
    return relative(str(html), entry.url)


def contacts(site: Site) -> Iterator[Contact]:
    """How to reach the author: position and affiliation, email, this site, ORCID and other places."""
    author = site.facts.author
    if place := ", ".join(one for one in (author.position, author.affiliation) if one):
        yield Contact(place)
    if author.email:
        yield Contact(author.email, f"mailto:{author.email}")
    if site.base_url:
        yield Contact(site.base_url.partition("//")[2].rstrip("/"), site.base_url)
    if author.orcid:
        yield Contact(f"ORCID {author.orcid}", f"https://orcid.org/{author.orcid}")
    for link in author.links:
        yield Contact(link.label, link.url)


def rows(site: Site, entry: CV, name: str) -> Iterable[Row]:
    """The rows of one section."""
    return DRAWN[name](site, entry) if name in DRAWN else written_rows(site, entry, name)


def written_rows(site: Site, entry: CV, name: str) -> Iterator[Row]:
    """The rows that the CV's own file has; where all are a title and nothing else, they are one row."""
    items: Items = getattr(entry, name)
    if items and not any(one.when or one.place or one.details for one in items):
        yield Row("", ", ".join(titled(site, entry, one) for one in items))
        return
    for index, one in enumerate(items):
        details = site.html(entry, f"{name}.{index}.details") if one.details else ""
        yield Row(span(one.when, entry.words.lang), titled(site, entry, one), lines(escape(one.place), details))


def titled(site: Site, entry: CV, item: Item) -> str:
    """The title of an item, as a link where it has one."""
    return linked(site.href(entry, item.url), escape(item.title)) if item.url else escape(item.title)


def linked(url: str, html: str) -> str:
    """A link."""
    return f'<a href="{escape(url)}">{html}</a>'


def lines(*pieces: str) -> str:
    """Pieces of HTML below each other, those that are a single paragraph as lines of one."""
    inline = [paragraph(one) for one in pieces]
    return "<br>".join(one for one in inline if one)


def publications(site: Site, entry: CV) -> Iterator[Row]:
    """The author's works, the newest first."""
    for work in site.works:
        if work.listed:
            title = linked(work.url, html_of(work.reference.get("title")))
            place = ", ".join(html_of(one) for one in (work.where or entry.words(work.kind), work.award) if one)
            yield Row(work.year, title, f"{writers(work, entry)}. {place}")


def writers(work: Work, entry: CV) -> str:
    """The authors of a work, the site's own in bold; a star is for those who did as much as the first."""
    names = (f"<strong>{escape(one.name)}</strong>" if one.own else escape(one.name) for one in work.writers)
    starred = ", ".join(name + ("*" if one.equal else "") for name, one in zip(names, work.writers, strict=True))
    return starred + (f" {entry.words('and others')}" if "author" in work.reference.others else "")


def talks(site: Site, entry: CV) -> Iterator[Row]:
    """The talks, by month."""
    for one in site.query("talks", entry.tag):
        if isinstance(one, Talk):
            yield Row(month(one.date, entry.words.lang), own(site, one), escape(", ".join(one.details)))


def teaching(site: Site, entry: CV) -> Iterator[Row]:
    """The courses taught, by term."""
    for one in site.query("teaching", entry.tag):
        if isinstance(one, Teaching):
            place = ", ".join(part for part in (one.role, one.course, one.institution) if part)
            yield Row(span(one.term, entry.words.lang), own(site, one), escape(place))


def projects(site: Site, entry: CV) -> Iterator[Row]:
    """The projects, each with its summary."""
    for one in site.query("projects", entry.tag):
        if isinstance(one, Project):
            yield Row(span(one.when, entry.words.lang), own(site, one), lines(site.html(one, "summary")) if one.summary else "")


def courses(site: Site, entry: CV) -> Iterator[Row]:
    """The projects that were done for a course."""
    for one in site.query("notes/courses", entry.tag):
        if isinstance(one, CourseProject):
            course = " ".join(part for part in (one.course, one.course_title) if part)
            yield Row(one.term, own(site, one), escape(", ".join(part for part in (one.label, course) if part)))


def own(site: Site, entry: Entry) -> str:
    """The title of an entry, as a link to its page."""
    return linked(entry.url, site.title(entry))


DRAWN: dict[str, Callable[[Site, CV], Iterator[Row]]] = {
    "publications": publications,
    "talks": talks,
    "teaching": teaching,
    "projects": projects,
    "courses": courses,
}
"""The sections that are drawn from the store."""

OWN = frozenset(get_args(SectionName)) - frozenset(DRAWN)
"""The sections that the CV's own file has."""
