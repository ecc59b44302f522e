"""The page that stands for a mistake in a template or in the program: what went wrong, and where, with the lines around it."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError

from ..content import Entry
from ..folders import PROGRAM
from ..site import Site
from .lines import Line, lines_around

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FRAMES = 30
"""The frames that a page shows, the last of them; a template that includes itself has a thousand."""

LONGEST = 2000
"""The characters of a message that are shown."""

TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True)
"""Only ours: what an author's templates say may be what is wrong."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a template or of the program."""

    file: Path
    line: int
    site_folder: Path

    @property
    def path(self) -> str:
        """The path, as seen from the site folder or from that of Octavo."""
        return self.file.relative_to(self.home).as_posix()

    @property
    def home(self) -> Path:
        """The folder that the path is seen from."""
        return self.site_folder if self.own else PROGRAM

    @property
    def own(self) -> bool:
        """Whether the file is the author's."""
        return self.file.is_relative_to(self.site_folder)

    @property
    def in_template(self) -> bool:
        """Whether this is a template."""
        return self.path.startswith("templates/")

    @property
    def around(self) -> list[Line]:
        """The lines around it."""
        return lines_around(self.home, self.path, self.line)

    @property
    def text(self) -> str:
        """The line itself, if it is there."""
        return next((line.text.strip() for line in self.around if line.meant), "")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What went wrong: its kind and message, where, for which entry, and the way that led there."""

    kind: str
    message: str
    place: Place | None
    entry: Entry | None
    frames: list[Place]

    def __str__(self) -> str:
        text = f"{self.kind}: {self.message}" + (f"\n  {self.place}: {self.place.text}" if self.place else "")
        return "".join(letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text)


class ErrorPages:
    """A WSGI application that answers with a page where another fails, and tells the terminal."""

    def __init__(self, wsgi: WSGIApplication, site: Site) -> None:
        self.wsgi, self.site = wsgi, site

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer of the other, or that page."""
        try:
            return self.wsgi(environ, start_response)
        except Exception as error:  # noqa: BLE001 - whatever it is, its author has to see it
            mistake = mistaken(error, self.site, environ.get("PATH_INFO", ""))
        environ["wsgi.errors"].write(f"{mistake}\n")
        html = TEMPLATES.get_template("error.html").render(mistake=mistake).encode("utf-8", "replace")
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(html)))]
        start_response("500 Internal Server Error", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [html]


def show_errors(app: Flask) -> None:
    """Let the application answer its own failures with a page."""
    app.wsgi_app = ErrorPages(app.wsgi_app, app.extensions["octavo"])  # type: ignore[method-assign]


def mistaken(error: Exception, site: Site, path: str) -> Mistake:
    """What an error at a URL's path says to the author."""
    frames = list(places(error, site))
    message = str(error)[:LONGEST] or "without a message"
    return Mistake(type(error).__name__, message, cause(error, frames, site), entry_at(site, path), frames[-FRAMES:])


def places(error: Exception, site: Site) -> Iterator[Place]:
    """The way to an error, through templates and the program; what libraries do is not ours to mend."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        if found := known(frame.f_code.co_filename, line, site):
            yield found


def known(filename: str, line: int, site: Site) -> Place | None:
    """A line of a file, if the file is a template or belongs to the program."""
    file = Path(filename)
    ours = any(file.is_relative_to(folder) for folder in (*site.folders.templates, PROGRAM / "app"))
    return Place(file, line, site.folder) if ours else None


def cause(error: Exception, frames: list[Place], site: Site) -> Place | None:
    """Where an error is to be mended: in the innermost template, or else in the innermost of our files."""
    if isinstance(error, TemplateSyntaxError) and (found := known(error.filename or "", error.lineno, site)):
        return found
    if isinstance(error, UnicodeDecodeError) and (found := undecoded(error, site)):
        return found
    return next((frame for frame in reversed(frames) if frame.in_template), frames[-1] if frames else None)


def undecoded(error: UnicodeDecodeError, site: Site) -> Place | None:
    """The line of the template that is not UTF-8."""
    for folder in site.folders.templates:
        for file in folder.rglob("*"):
            if file.is_file() and file.read_bytes() == error.object:
                return Place(file, error.object.count(b"\n", 0, error.start) + 1, site.folder)
    return None


def entry_at(site: Site, path: str) -> Entry | None:
    """The entry whose page is at a path, if there is one and entries can be read at all."""
    try:
        return site.entry(path.strip("/") or "index")
    except Exception:  # noqa: BLE001 - the mistake may be in what reads them
        return None
