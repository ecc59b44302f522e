"""Everything that is wrong with the content of a site."""

from __future__ import annotations

import os
from collections.abc import Iterator

from .content import Entry, Target
from .content.addresses import Nowhere, leads_elsewhere
from .content_types import Listing
from .problems import Problem, did_you_mean
from .prose import fields_of
from .site import Site

FACTS = "pages/site.yml"


def check(site: Site) -> list[Problem]:
    """What is wrong with any file of the site."""
    found = set(site.store.problems)
    if "index" not in {*site.store.contents.entries, *site.store.contents.broken}:
        found.add(Problem("pages/index.md", 1, 1, "there is no home page", "write this file: '---', 'title: ...' and '---'"))
    for entry in site.store:
        found.update(problems_in(site, entry))
    return sorted(found)


def check_entry(site: Site, entry: Entry) -> list[Problem]:
    """What is wrong with one entry."""
    found = {problem for problem in site.store.problems if problem.path in (entry.path, FACTS)}
    return sorted(found.union(problems_in(site, entry)))


def problems_in(site: Site, entry: Entry) -> Iterator[Problem]:
    """What is wrong with the text of an entry, and with what it leads to."""
    for field in fields_of(entry):
        yield from site.document(entry, field).problems
        yield from site.rendering(entry, field).problems
    for location, href in entry.marked(Target):
        try:
            if not leads_elsewhere(href):
                site.link(entry.path, href)
        except Nowhere as error:
            yield entry.source.problem(f"{location[0]}: {error.message}", error.hint, at=location)
    if entry.date and entry.updated and entry.updated < entry.date:
        yield entry.source.problem("updated: this is before the entry's date", "mend one of the two", at=("updated",))
    if isinstance(entry, Listing) and entry.date and not site.query(entry.id) and site.store.collection_of(entry.id):
        hint = f"name it '{entry.id}.md', beside its folder, to have it listed"
        yield entry.source.problem("an 'index.md' is a list, and this one lists nothing", hint, at=("date",), key=True)
    if isinstance(entry, Listing) and entry.id in sections_below(site, entry):
        yield entry.source.problem("sections: this list leads back to itself", "take one of them out", at=("sections",))
    if entry.template and not any(os.path.isfile(folder / entry.template) for folder in site.folders.templates):
        names = {file.name for folder in site.folders.templates if folder.is_dir() for file in folder.iterdir()}
        message = f"template: there is no template '{entry.template}'"
        yield entry.source.problem(message, did_you_mean(entry.template, names), at=("template",))


def sections_below(site: Site, listing: Listing) -> set[str]:
    """The ids of the sections of a list page, and of their sections, and so on."""
    found: set[str] = set()
    waiting = [*listing.sections]
    while waiting:
        if (id := waiting.pop()) not in found:
            found.add(id)
            waiting.extend(getattr(site.entry(id), "sections", ()))
    return found
