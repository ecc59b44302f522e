"""State: what the panel of an open page shows, as plain data: problems, badges, and what a freeze would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote, unquote

from ..check import check_entry, wrong_publications
from ..content import Entry
from ..leaves import LEAF
from ..problems import Problem
from ..publications import Work
from ..site import Site
from .checking import Checks
from .editor import Editor, file_at
from .lines import lines_around

Data: TypeAlias = dict[str, object]

LISTED = 100
"""How many problems of a page, and of the site, are told of; the others are counted."""


def state(checks: Checks, editor: Editor, path: str) -> Data:
    """What the panel of the page at `path`, a path as in the address line, shows of it and of the site.

    It is for who has a turn at the site.
    """
    desk, site = checks.desk, checks.desk.site
    id = id_at(path)
    page, entry = problems_of(site, id), site.entry(id)
    if entry:
        checks.look(id)
    elsewhere = sorted(checks.problems().union(site.store.problems).difference(page))
    return {
        "refresh": desk.events.number,
        "released": not site.config.drafts,
        "badges": badges(entry, date.today()) if entry else [],
        "marked": marked(site, date.today()),
        "page": shown(site.folder, page[:LISTED], editor),
        "rest": len(page[LISTED:]),
        "site": shown(site.folder, elsewhere[:LISTED], editor),
        "more": len(elsewhere[LISTED:]),
        "complete": checks.complete,
    }


def id_at(path: str) -> str:
    """The id of the entry whose page is at a path, be it a further page of a list: `notes` for `/notes/page/2/`."""
    id = unquote(path).strip("/") or "index"
    leaf = LEAF.fullmatch(id)
    return leaf["list"] if leaf else id


def problems_of(site: Site, id: str) -> list[Problem]:
    """What is wrong with the page of an entry, with the file that should be one, or with the page of a work."""
    entry, broken = site.entry(id), site.broken(id)
    found = set(check_entry(site, entry) if entry else broken.problems if broken else ())
    if id.partition("/")[0] == "publications":
        found.update(problems_of_works(site, id))
    return sorted(found)


def problems_of_works(site: Site, id: str) -> list[Problem]:
    """What is wrong with the works on the list of all, or with the work that has a page."""
    wrong = {*wrong_publications(site), *site.library.problems}
    if id == "publications":
        return [one for one in wrong if one.path.endswith(".bib")]
    work = next((one for one in site.works if one.url == f"/{quote(id)}/"), None)
    entry = site.entry(id)
    return [one for one in wrong if (entry and one.path == entry.path) or (work and is_of(site, work, one))]


def is_of(site: Site, work: Work, problem: Problem) -> bool:
    """Whether a problem is between the first line of a work in its bibliography and that of the next."""
    own = work.reference
    if problem.path != own.path or problem.line < own.line:
        return False
    starts = (one.line for one in site.library.references.values() if one.path == own.path and one.line > own.line)
    return problem.line < min(starts, default=problem.line + 1)


def badges(entry: Entry, today: date) -> list[str]:
    """What keeps an entry from being seen by all: `draft`, `unlisted`, or `future` where its date is yet to come."""
    ahead = entry.date is not None and entry.date > today
    return [word for word, holds in (("draft", entry.draft), ("unlisted", entry.unlisted), ("future", ahead)) if holds]


def marked(site: Site, today: date) -> dict[str, list[str]]:
    """The badges of all entries that have any, by their URLs."""
    return {entry.url: found for entry in site.store if (found := badges(entry, today))}


def shown(site_folder: Path, problems: Iterable[Problem], editor: Editor) -> list[Data]:
    """Problems with the lines around each, and how their places are opened: by a link, by the server, or not at all."""
    return [
        asdict(problem)
        | {"around": [asdict(line) for line in lines_around(site_folder, problem.path, problem.line)]}
        | opened(file, problem, editor)
        for problem in problems
        for file in [file_at(site_folder, problem.path)]
    ]


def opened(file: Path | None, problem: Problem, editor: Editor) -> Data:
    """How the place of a problem is opened."""
    link = editor.link(file, problem.line, problem.column) if file else None
    return {"edit": link, "open": bool(file and editor.windowed)}
