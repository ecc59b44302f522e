"""Releasing: what a freeze would change, and a freeze, each in a process of its own and never two at once."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from ..problems import Problem
from .checking import Checks
from .commands import Command, Data
from .editor import Editor
from .state import shown

QUIET = 2.0
"""How many seconds after a refresh it is found out what a freeze would change."""

LISTED = 100
"""How many URLs are told of one kind."""

NEVER = -1


class Releasing:
    """What the next release is about.

    `changes` are those against the last one, once they are known, or the `message` why a freeze would publish nothing;
    `last` is what was said of a freeze.
    """

    def __init__(self, checks: Checks, editor: Editor) -> None:
        self.desk, self.checks, self.editor = checks.desk, checks, editor
        self.changes: Data | None = None
        self.last: Data | None = None
        self._seen = NEVER
        self._stopped = False
        self._later = threading.Timer(0, lambda: None)
        self._command: Command | None = None
        self._lock = threading.RLock()
        self._one_at_a_time = threading.Lock()

    @property
    def freezing(self) -> bool:
        """Whether a freeze is at work, or about to be."""
        return self.last is not None and self.last["state"] == "running"

    def ask(self) -> None:
        """Say that a page is open: after a refresh it is found out anew what has changed."""
        with self._lock:
            if self._seen != self.desk.events.number and not self.freezing:
                self._look_later()

    def freeze(self) -> bool:
        """Begin a freeze; `False` where one is at work."""
        with self._lock:
            if self.freezing or self._stopped:
                return False
            self._drop()
            self._tell(state="running")
            threading.Thread(target=self._freeze, name="octavo freeze", daemon=True).start()
        return True

    def stop(self) -> None:
        """End what is at work."""
        with self._lock:
            self._stopped = True
            self._drop()
        with self._one_at_a_time:
            return

    def _drop(self) -> None:
        """Give up what is at work, and what was to be."""
        self._later.cancel()
        if self._command:
            self._command.end()

    def _look_later(self) -> None:
        """Find out in a while what a freeze would change; what is known of that is no longer true."""
        self._drop()
        self._seen, self.changes = self.desk.events.number, None
        self._later = threading.Timer(QUIET, self._look)
        self._later.daemon = True
        self._later.start()

    def _look(self) -> None:
        """Find out what a freeze would change, and tell the open pages that it is known."""
        with self._one_at_a_time:
            command = self._begin("status", unless=self._later is not threading.current_thread() or self.freezing)
            if command is None:
                return
            *_, outcome = command.lines()
            with self._lock:
                self._command = None
                if self._later is not threading.current_thread():
                    return
                self.changes = bounded(outcome) if "added" in outcome else {"message": outcome.get("message", "")}
        self.desk.events.send("state", {})

    def _freeze(self) -> None:
        """Freeze, and tell all open pages how far it is and how it ends."""
        outcome: Data = {"message": "The freeze could not begin."}
        with self._one_at_a_time:
            command = self._begin("freeze")
            for outcome in command.lines() if command else ():
                if "done" in outcome:
                    self._tell(state="running", done=outcome["done"], of=outcome["of"])
            with self._lock:
                self._command = None
                self._tell(**self._ended(outcome))
                if not self._stopped:
                    self._look_later()

    def _begin(self, name: str, unless: bool = False) -> Command | None:
        """Let a command begin, where nothing has come between."""
        with self._lock:
            self._command = None
            with suppress(OSError):
                self._command = None if unless or self._stopped else Command(self.desk.site.folder, name)
            return self._command

    def _ended(self, outcome: Data) -> Data:
        """What is told of a freeze that has ended so."""
        if "published" in outcome:
            return {"state": "done", "exit": 0, "lines": outcome["lines"], "changes": bounded(outcome)}
        problems = [Problem(**problem) for problem in as_list(outcome.get("problems"))]
        return {
            "state": "failed", "exit": 1, "lines": [outcome.get("message", ""), *as_list(outcome.get("lines"))],
            "problems": shown(self.desk.site.folder, problems, self.editor),
        }  # fmt: skip

    def _tell(self, **data: object) -> None:
        """Tell all open pages of a freeze."""
        self.last = {"done": 0, "of": 0, "lines": [], "problems": [], "exit": None, **data}
        self.desk.events.send("release", self.last)


def as_list(found: object) -> list[Any]:
    """A list, empty where there is none."""
    return found if isinstance(found, list) else []


def bounded(outcome: Data) -> Data:
    """The URLs that are added, changed and removed, pages first, as far as they are listed; `counts` has how many there are."""
    ways = {way: sorted(as_list(outcome[way]), key=lambda url: not url.endswith("/")) for way in ("added", "changed", "removed")}
    return {way: urls[:LISTED] for way, urls in ways.items()} | {"counts": {way: len(urls) for way, urls in ways.items()}}
