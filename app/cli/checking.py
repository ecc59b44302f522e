"""What `octavo check` finds, and how it is told: in lines that editors read, as JSON, or again at every save."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from importlib import import_module

import click

from ..advice import advice
from ..check import check_site, show_drafts
from ..live.watching import batches
from ..outward import Asked, Use, ask, hosts, lost, uses_of_site
from ..problems import Findings, Problem
from ..release.rechecks import Rechecks
from ..site import Site


@dataclass(frozen=True, slots=True)
class Found:
    """What must be mended, what had better be looked at, the links to other hosts; how many entries there are."""

    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...]
    uses: tuple[Use, ...]
    entries: int


def found(site: Site, today: date) -> Found:
    """Everything that is found in a site as it is shown, and as it would be released: by what a freeze reads, and foresees."""
    problems, uses, entries = set[Problem](), set(uses_of_site(site)), len(list(site.store))
    advised = set(advice(site, today))
    drafts = site.config.drafts and any(entry.draft for entry in site.store)
    rechecks = Rechecks(site)
    if drafts:
        look(site, rechecks, problems, uses)
        show_drafts(site, False)
        rechecks.again()
    try:
        look(site, rechecks, problems, uses)
        ahead = rechecks.foreseen(lambda: import_module(".foreseeing", __package__).ahead(site)) if not problems else Findings()
    finally:
        if drafts:
            show_drafts(site, True)
    problems.update(ahead.errors)
    advised.update(ahead.warnings)
    rechecks.save()
    site.texts.save()
    return Found(tuple(sorted(problems)), tuple(sorted(advised)), tuple(sorted(uses)), entries)


def look(site: Site, rechecks: Rechecks, problems: set[Problem], uses: set[Use]) -> None:
    """Add what is wrong with a site as it is shown now, and its links to other hosts."""
    problems.update(check_site(site))
    for entry in site.store:
        seen = rechecks.look(entry)
        problems.update(seen.problems)
        uses.update(seen.uses)


def with_others(one: Found) -> tuple[Found, Asked]:
    """The same with the links to other hosts that lead to nothing, as advice; what else there is to say of them."""
    asked = ask(use.url for use in one.uses)
    return replace(one, advice=tuple(sorted({*one.advice, *lost(list(one.uses), asked)}))), asked


def as_advice(problem: Problem) -> Problem:
    """A piece of advice as it is told."""
    return replace(problem, message=f"advice: {problem.message}")


def as_json(one: Found) -> str:
    """What was found, as an array."""
    told = (("error", one.problems), ("advice", one.advice))
    return json.dumps([{**asdict(problem), "severity": word} for word, some in told for problem in some], ensure_ascii=False)


def told_of_others(one: Found, asked: Asked | None) -> Iterator[str]:
    """What there is to say of links to other hosts."""
    if one.uses and asked is None:
        yield f"{counted(len(one.uses), 'link')} to {counted(len(hosts(one.uses)), 'other host')}; --external asks for each."
    if asked and asked.unclear:
        yield f"{counted(asked.unclear, 'link')} could not be asked for: no answer, or one that says nothing of the page."


def counted(count: int, word: str) -> str:
    """A number of things."""
    return f"{count} {word}{'s' * (count != 1)}"


def in_a_line(problems: Iterable[Problem]) -> Iterator[str]:
    """Each problem on one line, with its hint."""
    for one in problems:
        yield f"{one.place}: {one.message}" + (f" ({one.hint})" if one.hint else "")


def watch(site: Site) -> None:
    """Check the site now and at every save, and tell what was found where it is not what was told last, until the end."""
    before: Found | None = None
    stop = threading.Event()
    try:
        for _ in batches(site.folder, stop, lambda said: click.echo(said, err=True)):
            site.reload()
            now = found(site, date.today())
            if before is None or (now.problems, now.advice) != (before.problems, before.advice):
                click.echo(block(now))
            before = now
    finally:
        stop.set()


def block(one: Found) -> str:
    """What was found, between a line that begins and a line that ends with the time."""
    time = datetime.now().strftime("%H:%M:%S")
    lines = (*in_a_line(one.problems), *in_a_line(map(as_advice, one.advice)))
    count = counted(len(one.problems), "problem") if one.problems else "no problems"
    return "\n".join((f"{time} checked", *lines, f"{time} {count}."))
