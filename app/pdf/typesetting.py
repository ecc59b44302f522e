"""From a Paper or a Cv to the Sheet that Typst prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from ..dates import day
from .code import array, call, joined, string
from .flow import Flow
from .links import own_place, web
from .nodes import Node, parsed
from .paper import Cv, Paper, Section, Sheet
from .pictures import Shelf


def typeset(page: Paper | Cv) -> Sheet:
    """What Typst is to print."""
    return typeset_paper(page) if isinstance(page, Paper) else typeset_cv(page)


def typeset_paper(paper: Paper) -> Sheet:
    """A text with its title, its authors and what it cites."""
    trees = [parsed(html) for html in (paper.title, paper.abstract, paper.html)]
    flow = flow_of(trees, paper.url, paper.images)
    title, abstract, body = (flow.inside(tree) for tree in trees)
    details = array(map(string, paper.details))
    known = common(paper, trees[0].words, paper.authors)
    return sheet(paper, flow, "article", call("article", body, heading=title, details=details, summary=abstract, **known))


def typeset_cv(cv: Cv) -> Sheet:
    """A CV with its sections."""
    flow = Flow(cv.url, Shelf({}))
    summary = flow.inside(parsed(cv.summary))
    contacts = array(call("contact", string(one.text), string(web(cv.url, one.url) if one.url else "")) for one in cv.contacts)
    body = joined(section_code(section, flow) for section in cv.sections)
    known = common(cv, cv.name, (cv.name,))
    return sheet(cv, flow, "cv", call("cv", body, contacts=contacts, summary=summary, **known))


def section_code(section: Section, flow: Flow) -> str:
    """A section of a CV; its rows have a column for dates where one of them has a date."""
    dated = any(row.when for row in section.rows)
    rows = (
        call("row", string(row.when) if dated else "none", *(flow.inside(parsed(html)) for html in (row.title, row.details)))
        for row in section.rows
    )
    return joined([call("heading", string(section.title), level="1"), *rows])


def flow_of(trees: Iterable[Node], url: str, images: Mapping[str, bytes]) -> Flow:
    """A Flow that knows the notes of some texts, and where their links lead."""
    nodes = [node for tree in trees for node in tree.walk() if node.tag]
    targets = frozenset(name for node in nodes if node.tag == "a" and (name := own_place(node, url)))
    notes = {
        one.id: one
        for node in nodes
        if "footnotes" in node.classes
        for one in node.walk()
        if one.tag == "li" and one.id in targets
    }
    return Flow(url, Shelf(images), targets, notes)


def common(page: Paper | Cv, title: str, authors: Iterable[str]) -> dict[str, str]:
    """What both templates ask for."""
    when = page.date
    dated = call("datetime", year=str(when.year), month=str(when.month), day=str(when.day)) if when else "none"
    language = page.lang.partition("-")[0].lower()
    return {
        "title": string(title),
        "authors": array(map(string, authors)),
        "date": dated,
        "written": string(day(when)) if when else "none",
        "lang": string(language if language.isascii() and len(language) in (2, 3) else "en"),
        "size": string(page.size),
    }


def sheet(page: Paper | Cv, flow: Flow, name: str, code: str) -> Sheet:
    """The program that prints what `code` says, by the template `name`."""
    known = f"#let known = {array(map(string, sorted(flow.placed)))}"
    source = "\n".join((known, template("elements"), template(name), f"#{code}", ""))
    return Sheet(page.path, source, flow.shelf.files, frozenset(code), page.lang)


@cache
def template(name: str) -> str:
    """One of our templates."""
    return files(__package__).joinpath("templates", f"{name}.typ").read_text("utf-8")
