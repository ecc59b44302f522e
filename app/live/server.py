"""The server for the time of writing: it puts its parts together, listens, and shows every change at once."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug import Response
from werkzeug.utils import send_from_directory

from ..folders import PROGRAM, inside
from .connection import Listener
from .desk import Desk
from .error_page import show_errors
from .guard import LOOPBACK, OURS, Guard, Rules
from .policing import police
from .restart import BROWSER, CODE, Left, fault, is_code, program, restart
from .routes import Panel, attach
from .watching import Tell, batches

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENDING = 1.0
"""How many seconds requests may take to end before the program starts anew."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server answers."""

    host: str
    port: int

    @property
    def is_open(self) -> bool:
        """Whether others in the network reach it."""
        return f"[{self.host}]" not in LOOPBACK and self.host not in LOOPBACK

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which others may ask for it."""
        named = [self.host, socket.gethostname(), own_address()] if self.is_open else []
        return tuple(f"[{name}]" if ":" in name else name for name in named if name not in ("", "0.0.0.0", "::"))  # noqa: S104

    def url(self, token: str) -> str:
        """What to open in a browser."""
        name = next(iter(self.names), "127.0.0.1")
        return f"http://{name}:{self.port}/" + (f"?token={token}" if self.is_open else "")


def own_address() -> str:
    """The address under which this machine is known in its network; nothing is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def listening(address: Address) -> socket.socket:
    """The socket of the server. Raises `OSError` where the port is taken."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    return socket.create_server((address.host, address.port), family=family, backlog=128)


def serve(app: Flask, address: Address, left: Left, opened: Callable[[str], None], tell: Tell) -> None:
    """Serve `app` until it is interrupted, or until the program has changed and starts itself anew.

    `opened` is called with the URL when all is ready; the socket, and the token if there was one before, are those `left`.
    """
    app.jinja_env.auto_reload = False
    police(app)
    show_errors(app)
    desk = Desk(app, left.token)
    panel = attach(desk)
    rules = Rules(address.port, desk.token, address.is_open, address.names)
    server = Listener(address.host, address.port, Guard(entrance(desk, panel), rules), left.listening.fileno())
    stop = threading.Event()
    changes = batches(desk.site.folder, stop, tell)
    next(changes, None)
    follower = threading.Thread(target=follow, args=(desk, changes, left.program, server.shutdown, tell), daemon=True)
    follower.start()
    try:
        opened(address.url(desk.token))
        server.serve_forever(poll_interval=0.1)
    finally:
        stop.set()
        panel.stop()
        follower.join(ENDING)
    end = time.monotonic() + ENDING
    while len(server.taken) > len(desk.events) and time.monotonic() < end:
        time.sleep(0.01)
    restart(left.listening, desk.token)


def entrance(desk: Desk, panel: Panel) -> WSGIApplication:
    """The part of the server that answers: events and the browser's files, the routes below `/_octavo/`, or the site."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if not path.startswith(OURS):
            return desk.answers(environ, start_response)
        if path == f"{OURS}events":
            return stream(desk, environ)(environ, start_response)
        name = path.removeprefix(OURS)
        if "/" not in name and inside(BROWSER, name):
            return send_from_directory(BROWSER, name, environ, max_age=0)(environ, start_response)
        return panel.app.wsgi_app(environ, start_response)

    return answer


def stream(desk: Desk, environ: WSGIEnvironment) -> Response:
    """The answer that does not end, or, where too many listen, that it is not given now."""
    client = desk.events.join(environ["REMOTE_ADDR"]) if environ["REQUEST_METHOD"] == "GET" else None
    if client is None:
        return Response("too many listen\n", 503, [("Retry-After", "5")])
    return Response(desk.events.stream(client, environ["werkzeug.socket"]), mimetype="text/event-stream")


def follow(desk: Desk, changes: Iterable[frozenset[Path]], known: str, start_anew: Callable[[], None], tell: Tell) -> None:
    """Show every change of the files; where the program is no more the `known` one, start it anew if it would start."""
    for paths in chain([frozenset({CODE})], changes):
        code = {path for path in paths if is_code(path)}
        if paths - code:
            show(desk, paths - code)
        before, known = known, program() if code else known
        if known == before:
            continue
        if not (reason := fault()):
            desk.events.send("restart", {})
            return start_anew()
        tell(f"The program has changed and would not start; the one before goes on.\n{reason}")
    return None


def show(desk: Desk, paths: Iterable[Path]) -> None:
    """Let the site see that files have changed, and the open pages too."""
    names = sorted(named(path, desk.site.folder) for path in paths)
    everything = any("/" not in name for name in names)
    if any(name.startswith("templates") for name in names) and desk.app.jinja_env.cache is not None:
        desk.app.jinja_env.cache.clear()

    def look() -> None:
        try:
            desk.site.reload() if everything else desk.site.refresh(set(names))
        except Exception:
            desk.app.logger.exception("The site could not be looked at again in part; it is looked at as a whole.")
            desk.site.reload()

    desk.change(look, names)


def named(path: Path, site_folder: Path) -> str:
    """A path as seen from the site folder, or from that of the program."""
    home = site_folder if path.is_relative_to(site_folder) else PROGRAM
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.as_posix()
