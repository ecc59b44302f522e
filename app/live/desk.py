"""Desk: what the parts of the server for the time of writing share: the site, whose turn it is, and who is told of changes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import cast

from flask import Flask, current_app

from ..site import Site
from .answers import Answers
from .events import Events
from .turns import Turns


class Desk:
    """The site while it is written.

    Routes below `/_octavo/` are asked outside of any turn: one that reads the site does so in `with desk.turns.shared()`, and
    one that changes what is shown calls `change`. `token` is what a page says to be let change anything.
    """

    def __init__(self, app: Flask, token: str = "") -> None:
        self.app = app
        self.site: Site = app.extensions["octavo"]
        self.token = token or secrets.token_urlsafe(24)
        self.turns = Turns()
        self.events = Events(secrets.token_hex(8))
        self.answers = Answers(app.wsgi_app, self.turns, self.token)
        app.extensions["octavo.desk"] = self

    def change(self, how: Callable[[], None], paths: Iterable[str] = ()) -> None:
        """Change the site by calling `how` while nobody reads it, forget what was answered, and tell the open pages."""
        with self.turns.alone():
            try:
                how()
            finally:
                self.answers.forget()
                self.events.number += 1
                self.events.send("refresh", {"refresh": self.events.number, "paths": list(paths)})


def current_desk() -> Desk:
    """The Desk of the application that answers this request."""
    return cast(Desk, current_app.extensions["octavo.desk"])
