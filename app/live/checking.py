"""Checking: what is wrong with the texts of a site, found in the background while a page of it is open."""

from __future__ import annotations

import threading
import time

from ..check import check_site, problems_in
from ..problems import Problem
from .desk import Desk

OPEN = 60.0
"""For how many seconds after somebody asked for its state a page counts as open."""

QUIET = 0.5
"""How many seconds after a refresh the check begins anew: the writer's page comes first."""

SHARE = 0.2
"""The part of its time that the check works."""

STRETCH = 0.005
"""The seconds it works for before it pauses; it has the turn for one entry at a time."""

SITE = ""
"""The id under which is kept what is wrong with the site as a whole."""


class Checks:
    """What was found wrong in each entry, and after which refresh it was looked at."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._found: dict[str, tuple[Problem, ...]] = {}
        self._checked: dict[str, int] = {}
        self._through = -1
        self._until = 0.0
        self._asked = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def open(self) -> bool:
        """Whether a page of the site is open."""
        return time.monotonic() < self._until and not self._stopped.is_set()

    @property
    def complete(self) -> bool:
        """Whether every entry was checked since the last refresh."""
        return self._through == self.desk.events.number

    def ask(self) -> None:
        """Say that a page is open, so that the check goes on."""
        self._until = time.monotonic() + OPEN
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="octavo check", daemon=True)
            self._thread.start()
        self._asked.set()

    def stop(self) -> None:
        """End the check."""
        self._stopped.set()
        self._asked.set()
        if self._thread:
            self._thread.join()

    def problems(self, within: float = 0.02) -> set[Problem]:
        """Everything found so far; what was wrong before the last refresh is looked at again, as far as `within` seconds allow.

        It is for who has a turn at the site.
        """
        end = time.monotonic() + within
        for id in [id for id, found in self._found.items() if found and self._is_old(id)]:
            if time.monotonic() < end:
                self.look(id)
        return {problem for found in [*self._found.values()] for problem in found}

    def look(self, id: str) -> None:
        """Look for what is wrong with an entry; one that is gone has nothing. It is for who has a turn at the site."""
        site, self._checked[id] = self.desk.site, self.desk.events.number
        entry = site.entry(id)
        try:
            self._found[id] = tuple(check_site(site) if id == SITE else problems_in(site, entry) if entry else ())
        except Exception:
            self.desk.app.logger.exception("the check of '%s' has failed", id or "the site")

    def _is_old(self, id: str) -> bool:
        """Whether the site has changed since an entry was checked."""
        return self._checked.get(id) != self.desk.events.number

    def _run(self) -> None:
        """Check the site after each refresh, until the end."""
        while not self._stopped.is_set():
            self._asked.wait()
            self._asked.clear()
            while self.open and not self.complete:
                self._round(self.desk.events.number)

    def _round(self, number: int) -> None:
        """Check every entry that was not since the refresh with a number, until the next: first what was wrong before."""
        self._stopped.wait(QUIET)
        with self.desk.turns.shared():
            known = [SITE, *(entry.id for entry in self.desk.site.store)]
        begun = time.thread_time()
        for id in sorted(known, key=lambda one: (not self._found.get(one), self._checked.get(one, -1))):
            with self.desk.turns.shared():
                if not self.open or self.desk.events.number != number:
                    return
                if self._is_old(id):
                    self.look(id)
            if (worked := time.thread_time() - begun) > STRETCH:
                self._stopped.wait(worked * (1 - SHARE) / SHARE)
                begun = time.thread_time()
        self._finish(number, {*known})

    def _finish(self, number: int, known: set[str]) -> None:
        """Forget entries that are gone, keep what was parsed, and tell the open pages."""
        for id in [id for id in self._checked if id not in known]:
            self._checked.pop(id, None)
            self._found.pop(id, None)
        self.desk.site.texts.save()
        self._through = number
        self.desk.events.send("state", {})
