"""The author's publications: their list, a page and a `.bib` file for each, and how to cite any page of the site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ..bibliography.bibtex import bibtex
from ..bibliography.citation import Citation
from ..bibliography.citing import Bibliography
from ..bibliography.export import reference_of
from ..check import check_entry
from ..content import Entry
from ..content.addresses import Nowhere, find, leads_elsewhere
from ..content.names import slug
from ..content_types import CourseProject, Post, Publication, ResearchNote
from ..markup.fields import html_of
from ..problems import Problem, Problems
from ..publications import Link, Work, problems, said_more_in
from ..site import Site, current_site

CITABLE = (ResearchNote, CourseProject, Post)
"""The types of entry that say how to cite them."""

blueprint = Blueprint("publications", __name__)
blueprint.add_app_template_filter(bibtex)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The list, each work and its `.bib` file, and the files that the bibliography leads to."""
    own = site.works
    for name in ["", *(work.name for work in own)] if own else []:
        yield "publications.references", {"name": name}
    for path in ["", *(f"{work.name}/" for work in own if not work.entry)] if own else []:
        yield "publications.page", {"path": path}
    for file in sorted({file for work in own for link in work.links if (file := file_of(site, link))}):
        yield "content.page", {"path": file}


@blueprint.get("/publications/", defaults={"path": ""})
@blueprint.get("/publications/<path:path>")
def page(path: str) -> ResponseReturnValue:
    """Show the list, or a work; what is neither is the content's to answer."""
    site = current_site()
    own = site.works
    if own and not path:
        entry = site.entry("publications")
        return render_template("publications.html", entry=entry, problems=problems_on(site, entry), **listed(own))
    work = next((one for one in own if one.url == f"/publications/{quote(path)}"), None)
    if work:
        return render_template("publication.html", entry=work.entry, work=work, **surroundings(site, work))
    refuse_workless(site, path)
    return cast(ResponseReturnValue, current_app.view_functions["content.page"](path=f"publications/{path}"))


@blueprint.get("/publications.bib", defaults={"name": ""})
@blueprint.get("/publications/<name>.bib")
def references(name: str) -> Response:
    """All works as one `.bib` file, or one of them."""
    found = [bibtex(work.reference) for work in current_site().works if name in ("", work.name)]
    return Response("\n".join(found), content_type="application/x-bibtex; charset=utf-8") if found else abort(404)


def refuse_workless(site: Site, path: str) -> None:
    """Raise `Problems` where an entry would have the page, had it a work."""
    entry = site.entry(f"publications/{path}".rstrip("/"))
    if isinstance(entry, Publication):
        raise Problems(
            [one for one in problems(site.library, said_more_in(site.store), site.facts.author) if one.path == entry.path]
        )


def surroundings(site: Site, work: Work) -> dict[str, Any]:
    """What the page of a work shows beside it."""
    (reference,) = Bibliography(site.style, [work.reference]).items
    return {
        "preview": site.picture(work.entry.path, work.entry.preview) if work.entry else None,
        "reference": with_formulas(reference.html),
        "citation": citation_of(work),
        "citing": site.neighbours.citing(work.reference.key),
        "problems": problems_on(site, work.entry),
    }


def problems_on(site: Site, entry: Entry | None) -> list[Problem]:
    """What is wrong with the entry that a page is made of, if there is one."""
    return check_entry(site, entry) if entry else []


def listed(own: tuple[Work, ...]) -> dict[str, Any]:
    """What the list shows: the works by year, and those of each type and of each topic."""
    shown = [work for work in own if work.listed]
    kinds = sorted({work.kind for work in shown})
    topics = sorted({slug(topic): topic for work in reversed(shown) for topic in work.topics}.items())
    return {
        "works": shown,
        "years": [(slug(year), year, list(group)) for year, group in groupby(shown, key=lambda work: work.year)],
        "kinds": [(f"type-{slug(kind)}", kind, [work for work in shown if work.kind == kind]) for kind in kinds],
        "topics": [(f"topic-{name}", word, [one for one in shown if name in map(slug, one.topics)]) for name, word in topics],
    }


@blueprint.app_template_global()
def selected_works() -> list[Work]:
    """The works for the home page."""
    return [work for work in current_site().works if work.selected and work.listed]


@blueprint.app_template_global()
def citation_of(shown: Entry | Work | None) -> Citation | None:
    """How to cite a work, or an entry of a type that is cited."""
    site = current_site()
    if isinstance(shown, Work):
        pdf = next((where(site, link) for link in shown.links if link.word == "PDF"), "")
        return Citation.of(shown.reference, full(site, shown.url), full(site, pdf))
    if not isinstance(shown, CITABLE):
        return None
    url = full(site, shown.url)
    lead = site.document(shown, shown.lead).text if getattr(shown, shown.lead) else ""
    return Citation.of(reference_of(shown, site.facts, url, lead), url)


@blueprint.app_template_global()
def links_of(work: Work) -> list[tuple[str, str]]:
    """The links of a work: the word, and where it leads."""
    return [(link.word, where(current_site(), link)) for link in work.links]


@blueprint.app_template_filter()
def with_formulas(text: str) -> Markup:
    """The text of a field of the bibliography as HTML."""
    return Markup(html_of(text))  # noqa: S704


def full(site: Site, url: str) -> str:
    """A URL of the site with scheme and host, where they are known; nothing where they are not."""
    if leads_elsewhere(url):
        return url
    return site.absolute(url) if site.base_url and url else ""


def where(site: Site, link: Link) -> str:
    """The URL of a link, or the link as it is where it leads to nothing."""
    try:
        return link.href if leads_elsewhere(link.href) else site.texts.link(link.path, link.href)
    except Nowhere:
        return link.href


def file_of(site: Site, link: Link) -> str:
    """The file below `pages/` that a link leads to, or nothing."""
    try:
        return "" if leads_elsewhere(link.href) else find(site.store, link.path, link.href).file
    except Nowhere:
        return ""
