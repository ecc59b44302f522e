"""Rechecks: what was found in each entry when it was last looked at, true until something changes that was read for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from ..check import problems_in
from ..content import Entry
from ..outward import Use, uses_in
from ..problems import Findings, Problem
from ..reads import Read, recorded
from ..site import Site
from .evidence import Evidence, digest
from .page import read
from .program import program_of

KIND = "recheck"
"""The kind under which the cache keeps what was found, by whether drafts were shown."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in an entry, its links to other hosts; what was read for that, and what it was."""

    problems: tuple[Problem, ...]
    uses: tuple[Use, ...]
    reads: tuple[Read, ...]
    digest: str


class Rechecks:
    """The entries of a site, looked at again only where something has changed since the last time."""

    def __init__(self, site: Site) -> None:
        self.site, self.now, self.shown = site, Evidence(site), site.config.drafts
        self.program = program_of(site, self.now)
        self._before = self._known = {id: unpacked(look) for id, look in self._kept("looks", {}).items()}
        self._looks: dict[str, Look] = {}

    def again(self) -> None:
        """Look at the same site as it is shown now, with drafts or without."""
        self.now, self._known = Evidence(self.site), self._known | self._looks

    def look(self, entry: Entry) -> Look:
        """What is to be found in an entry."""
        before = self._known.get(entry.id)
        if before is None or self._digest(before.reads) != before.digest:
            with recorded() as reads:
                problems = tuple(sorted(set(problems_in(self.site, entry)) or set(wrong_html(self.site, entry))))
                uses = tuple(uses_in(self.site, entry))
            known = tuple(sorted(reads))
            before = Look(problems, uses, known, self._digest(known))
        self._looks[entry.id] = before
        return before

    def foreseen(self, foresee: Callable[[], Findings]) -> Findings:
        """What `foresee` answers, which is not asked again where nothing has changed that was read for it."""
        reads, told, errors, warnings = self._kept("foreseen", ((), "", (), ()))
        known = tuple((kind, key) for kind, key in reads)
        if not told or self._digest(known) != told:
            with recorded() as noted:
                found = foresee()
            known = tuple(sorted(noted))
            whole = known, self._digest(known), *(list(map(astuple, some)) for some in (found.errors, found.warnings))
            self._keep("foreseen", whole)
            return found
        return Findings(tuple(Problem(*one) for one in errors), tuple(Problem(*one) for one in warnings))

    def save(self) -> None:
        """Keep what was found for the next run."""
        if self._looks != self._before:
            self._keep("looks", {id: astuple(look) for id, look in self._looks.items()})

    def _keep(self, what: str, value: object) -> None:
        """Keep something for the next run."""
        if cache := self.site.texts.cache:
            whole = json.dumps([self.program, value], ensure_ascii=False)
            cache.put(KIND, f"{what} {self.shown}", whole.encode("utf-8", "surrogatepass"))

    def _kept(self, what: str, otherwise: Any) -> Any:
        """What the last run has kept, where the program is the same."""
        cache = self.site.texts.cache
        kept = cache.get(KIND, f"{what} {self.shown}") if cache else None
        try:
            program, value = json.loads(kept.decode("utf-8", "surrogatepass")) if kept else ("", otherwise)
        except (ValueError, TypeError):
            return otherwise
        return value if program == self.program else otherwise

    def _digest(self, reads: tuple[Read, ...]) -> str:
        """What tells what was read from what it was before."""
        return digest([self.now.of(one) for one in reads])


def unpacked(kept: Any) -> Look:
    """What was kept of an entry."""
    problems, uses, reads, told = kept
    pairs = tuple((kind, key) for kind, key in reads)
    return Look(tuple(Problem(*one) for one in problems), tuple(Use(*one) for one in uses), pairs, str(told))


def wrong_html(site: Site, entry: Entry) -> Iterator[Problem]:
    """What a freeze refuses in the HTML of an entry's own text, before anything stands around it."""
    path, line = entry.path, entry.source.body_line
    page = read(site.rendering(entry).html)
    for id in page.twice:
        yield Problem(path, line, 1, f"the id '{id}' stands twice in this page", "name one of the two in another way")
    for _, _, message in page.faults:
        yield Problem(path, line, 1, message, "look at the HTML in this text: open and close elements in pairs")
    if site.base_url and site.base_url.startswith("https:"):
        for url in page.insecure:
            message = f"this page loads something without encryption: {url}"
            yield Problem(path, line, 1, message, "write https://, or keep a copy")
