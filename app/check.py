"""Everything that is wrong with the content of a site."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from .answers.embeds import pageless_in
from .bibliography.styles import STYLES
from .content import Entry, Facts, Target
from .content.addresses import Nowhere, find, leads_elsewhere
from .content.facts import FACTS
from .content_types import Listing
from .icons import wrong_icon
from .leaves import LEAF
from .linkcards import wrong_cards
from .markup.fields import refused
from .overrides import wrong_templates
from .papers import pdf_of, pdf_url
from .problems import Problem, did_you_mean
from .prose import fields_of
from .publications import astray, problems, said_more_in
from .reads import note
from .site import Site
from .theme import wrong_theme


def check(site: Site) -> list[Problem]:
    """What is wrong with any file of the site."""
    found = set(check_site(site))
    for entry in site.store:
        found.update(problems_in(site, entry))
    site.texts.save()
    return sorted(found)


def check_site(site: Site) -> list[Problem]:
    """What is wrong with the site as a whole, and with files that are no entries."""
    found = set(site.store.problems)
    if "index" not in {*site.store.contents.entries, *site.store.contents.broken}:
        found.add(Problem("pages/index.md", 1, 1, "there is no home page", "write this file: '---', 'title: ...' and '---'"))
    found.update(wrong_style(site))
    found.update(wrong_portrait(site))
    found.update((*wrong_icon(site), *wrong_cards(site)))
    found.update(wrong_theme(site.folder, site.facts.theme))
    found.update(wrong_templates(site))
    found.update(site.library.problems)
    found.update((*site.texts.aliases.problems, *site.neighbours.problems))
    found.update(wrong_publications(site))
    return sorted(found)


def show_drafts(site: Site, shown: bool) -> None:
    """Show the drafts of a site, or show it as it would be released; nobody may ask anything meanwhile."""
    site.config = replace(site.config, drafts=shown)
    site.store.drafts = shown
    site.reload()


def check_entry(site: Site, entry: Entry) -> list[Problem]:
    """What is wrong with one entry."""
    everywhere = (*site.store.problems, *site.texts.aliases.problems, *site.neighbours.problems)
    found = {problem for problem in everywhere if problem.path in (entry.path, FACTS)}
    return sorted(found.union(problems_in(site, entry)))


def problems_in(site: Site, entry: Entry) -> Iterator[Problem]:
    """What is wrong with the text of an entry, and with what it leads to."""
    for field in fields_of(entry):
        yield from site.document(entry, field).problems
        yield from site.rendering(entry, field).problems
    for location, href in entry.marked(Target):
        try:
            if not leads_elsewhere(href):
                site.texts.link(entry.path, href)
        except Nowhere as error:
            yield entry.source.problem(f"{location[0]}: {error.message}", error.hint, at=location)
    for notebook in pageless_in(site.texts, entry):
        yield from (*notebook.source.problems, *site.document(notebook).problems, *site.rendering(notebook).problems)
    yield from wrong_bibliography(site, entry)
    yield from wrong_image(site, entry)
    yield from wrong_pdf(site, entry)
    if entry.date and entry.updated and entry.updated < entry.date:
        yield entry.source.problem("updated: this is before the entry's date", "mend one of the two", at=("updated",))
    if isinstance(entry, Listing) and entry.date and not site.query(entry.id) and site.store.collection_of(entry.id):
        hint = f"name it '{entry.id}.md', beside its folder, to have it listed"
        yield entry.source.problem("an 'index.md' is a list, and this one lists nothing", hint, at=("date",), key=True)
    yield from at_a_leaf(site, entry)
    if isinstance(entry, Listing) and entry.id in sections_below(site, entry):
        yield entry.source.problem("sections: this list leads back to itself", "take one of them out", at=("sections",))
    if entry.template and not any(os.path.isfile(folder / entry.template) for folder in site.folders.templates):
        names = {file.name for folder in site.folders.templates if folder.is_dir() for file in folder.iterdir()}
        message = f"template: there is no template '{entry.template}'"
        yield entry.source.problem(message, did_you_mean(entry.template, names), at=("template",))


def wrong_pdf(site: Site, entry: Entry) -> Iterator[Problem]:
    """What is wrong with the PDF of an entry, if it has one."""
    if url := pdf_url(entry):
        name = unquote(url[1:])
        note("file", name)
        if (Path(site.store.root) / name).exists():
            message = f"pdf: a file beside this page has the address of its PDF, {url}"
            yield entry.source.problem(message, "rename that file, or write 'pdf: false'", at=("pdf",))
        yield from pdf_of(site, entry).problems


def wrong_portrait(site: Site) -> Iterator[Problem]:
    """What is wrong with the author's portrait."""
    href = site.facts.author.portrait
    _, source = Facts.read(site.folder) if href else (None, None)
    if href and source:
        try:
            site.texts.image(FACTS, href)
        except Nowhere as error:
            yield source.problem(f"portrait: {error.message}", error.hint, at=("author", "portrait"))


def wrong_image(site: Site, entry: Entry) -> Iterator[Problem]:
    """What is wrong with the picture that stands for an entry."""
    try:
        if entry.image and not leads_elsewhere(entry.image):
            site.texts.image(entry.path, entry.image)
    except Nowhere as error:
        yield entry.source.problem(f"image: {error.message}", error.hint, at=("image",))


def at_a_leaf(site: Site, entry: Entry) -> Iterator[Problem]:
    """What is wrong with an entry that stands where a list has its further pages."""
    leaf = LEAF.fullmatch(entry.id)
    if leaf and isinstance(site.entry(leaf["list"]), Listing):
        yield entry.source.problem(f"the further pages of '{leaf['list']}' have addresses like this", "name the file in words")


def wrong_publications(site: Site) -> Iterator[Problem]:
    """What is wrong with the author's own works."""
    yield from problems(site.library, said_more_in(site.store), site.facts.author)
    yield from astray(site.works, site.texts.link)
    for reference in (work.reference for work in site.works):
        for field in ("title", "abstract"):
            yield from refused(reference.get(field), reference.path, reference.line)


def wrong_style(site: Site) -> Iterator[Problem]:
    """What is wrong with the style of citations that `site.yml` names."""
    name = site.facts.citation_style
    _, source = Facts.read(site.folder) if name not in STYLES else (None, None)
    if source:
        hint = did_you_mean(name, STYLES, f"write one of {', '.join(STYLES)}")
        yield source.problem(f"citation_style: there is no style '{name}'", hint, at=("citation_style",))


def wrong_bibliography(site: Site, entry: Entry) -> Iterator[Problem]:
    """What is wrong with the files that an entry names as its bibliography."""
    for index, href in enumerate(entry.bibliography):
        try:
            if not find(site.store, entry.path, href).file.endswith(".bib"):
                yield entry.source.problem(f"bibliography: '{href}' is no .bib file", at=("bibliography", index))
        except Nowhere as error:
            yield entry.source.problem(f"bibliography: {error.message}", error.hint, at=("bibliography", index))
    if entry.bibliography:
        yield from site.page(entry).works.library.problems


def sections_below(site: Site, listing: Listing) -> set[str]:
    """The ids of the sections of a list page, and of their sections, and so on."""
    found: set[str] = set()
    waiting = [*listing.sections]
    while waiting:
        if (id := waiting.pop()) not in found:
            found.add(id)
            waiting.extend(getattr(site.entry(id), "sections", ()))
    return found
