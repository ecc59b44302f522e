"""Freezing: check, plan, render, verify, publish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from ..check import check, check_site
from ..problems import Findings, Problem, Problems
from ..site import Site
from .exchange import remove
from .lock import PATIENCE, Tell
from .manifest import Manifest
from .moment import moment_of, moved, unsteady
from .plan import Plan, View, jobs_of
from .press import AS_IT_IS, Job, Press, Shape
from .program import program_of
from .publish import Changes, compare, publish, staging
from .records import Record, Records
from .search import Searched, searched
from .upkeep import keep_within
from .verification import verified
from .workers import cores, parse_ahead, render

Progress = Callable[[int, int, str], None]

TIMES = 3
"""How often a release is begun at most, where files are changed while it is made."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a freeze is to go.

    `processes` work at once, one for each core where it is 0; `explain` is a URL of which to tell why it was made again;
    `strict` makes every warning an error; `shape` is what becomes of the files; a lock is waited for `patience` seconds.
    """

    processes: int = 0
    explain: str = ""
    strict: bool = False
    shape: Shape = AS_IT_IS
    patience: float = PATIENCE
    tell: Tell = lambda message: None


@dataclass(frozen=True, slots=True)
class Built:
    """A release that is finished and not yet published: the site as it was read for it, its records, what else was found."""

    site: Site
    records: Records
    findings: Findings
    searched: Searched
    why: tuple[str, ...]


def freeze(
    app: Flask, views: Sequence[View], out: Path, progress: Progress = lambda done, total, url: None, options: Options = Options()
) -> Changes:
    """Freeze the site of `app` into the folder `out`, and tell what is new in it.

    `progress` is called with the number of URLs done, that of all, and the one just done. Raises `Problems` when the
    content has any, `Refused` when the release cannot be made; whatever is raised, `out` stays what it was.
    """
    out = out.absolute()
    with staging(out, "freeze", options.patience, options.tell) as folder:
        built = build(app, views, folder, out, options=options, progress=progress)
        changes = told(compare(out, folder), built)
        publish(folder, out)
        built.records.keep(built.site.texts.cache, str(out))
        built.site.texts.save()
        keep_within(built.site.folder, built.site.texts.cache)
    return changes


def would_change(app: Flask, views: Sequence[View], out: Path, options: Options = Options()) -> Changes:
    """What would be new in `out` if the site of `app` were frozen now. Raises what `freeze` raises."""
    out = out.absolute()
    with staging(out, "status", options.patience, options.tell) as folder:
        built = build(app, views, folder, out, options=options)
        return told(compare(out, folder), built)


def told(changes: Changes, built: Built) -> Changes:
    """The changes with what else there is to tell."""
    return replace(changes, without_search=built.searched.without, warnings=built.findings.warnings, why=built.why)


def build(
    app: Flask,
    views: Sequence[View],
    folder: Path,
    old: Path,
    *,
    options: Options,
    progress: Progress = lambda done, total, url: None,
) -> Built:
    """Make the next release in `folder`, taking from `old` what is still true. Raises `Problems` or `Refused`.

    It is of one moment: where files are changed while it is made, it is begun again, and refused after `TIMES`.
    """
    known: Site = app.extensions["octavo"]
    changed: list[str] = []
    for _ in range(TIMES):
        before = moment_of(known.folder)
        try:
            built = built_once(app, views, folder, old, options, progress=progress)
        except Exception:
            if not (changed := moved(before, moment_of(known.folder))):
                raise
        else:
            if not (changed := moved(before, moment_of(known.folder))):
                return built
        app = app.extensions["octavo.again"]()
        remove(folder)
        folder.mkdir()
    raise unsteady(changed)


def built_once(app: Flask, views: Sequence[View], folder: Path, old: Path, options: Options, *, progress: Progress) -> Built:
    """The release of a site of which no file is changed meanwhile."""
    site: Site = app.extensions["octavo"]
    processes = options.processes or cores()
    press = Press(app.extensions["octavo.again"], app, folder, old, options.shape)
    records = Records.load(site.texts.cache, str(old))
    program = program_of(site, press.now, options.shape)
    plan = Plan.of(prepared(app, views, processes), records, press.now, program, old)
    pages = rendered(press, plan, progress, processes)
    search = searched(site, press, records, pages, program)
    items = list({item.path: item for record in (*pages.values(), *search.records) for item in record.items}.values())
    findings = verified(site, press, records, pages, items)
    if problems := (findings.strictly() if options.strict else findings).errors:
        raise Problems(problems)
    Manifest(tuple(items)).write(folder)
    why = records.why(options.explain, program, plan.changed) if options.explain else ()
    return Built(site, Records.of(program, press.now, pages, search.key, search.records), findings, search, tuple(why))


def prepared(app: Flask, views: Sequence[View], processes: int) -> list[Job]:
    """What is to be made, for which every text has been parsed. Raises `Problems`."""
    site: Site = app.extensions["octavo"]
    parse_ahead(site, processes)
    if check_site(site):
        raise Problems(check(site))
    return jobs_of(app, views)


def rendered(press: Press, plan: Plan, progress: Progress, processes: int) -> Mapping[str, Record]:
    """The records of all pages, those that were made again and those that were taken over. Raises `Problems`."""
    pages = {url: press.take(record) for url, record in plan.kept.items()}
    problems: set[Problem] = set()
    for done, one in enumerate(render(press, plan.again, processes), len(pages) + 1):
        pages[one.job.url] = one.record
        problems.update(one.problems)
        press.learn(one)
        progress(done, len(plan.jobs), one.job.url)
    if problems:
        raise Problems(sorted(problems))
    return {job.url: pages[job.url] for job in plan.jobs}
