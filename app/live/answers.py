"""Answers: what the app answered since the last refresh, remembered; and in every HTML page what makes it live."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from werkzeug import Response

from .turns import Turns

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TAGS = (
    '<link rel="stylesheet" href="/_octavo/live.css">'
    '<script src="/_octavo/live.js" data-token="{token}" data-etag="{etag}" defer></script>'
)
"""What is put at the end of the head of a page; by its ETag a page asks later whether it is still the same."""

REMEMBERED = 64_000_000
"""How many bytes of answers are remembered together."""

LARGEST = 4_000_000
"""From how many bytes on an answer is sent on piece by piece, and is not remembered."""

ASKED_ANEW = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
"""What the app does not hear: it answers as to somebody who has nothing yet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer with the status 200."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


class Answers:
    """A WSGI application around another: asks it in a shared turn, and once only for each path until `forget` is called."""

    def __init__(self, app: WSGIApplication, turns: Turns, token: str) -> None:
        self.app = app
        self.turns = turns
        self.token = token
        self._kept: dict[str, Answer] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer to a request, or 304 where who asks has it already."""
        path = environ["PATH_INFO"] if is_plain(environ) else None
        kept = self._kept.get(path) if path is not None else None
        response = Response(kept.body, headers=list(kept.headers)) if kept else self._asked(environ, path)
        return response.make_conditional(environ)(environ, start_response)

    def forget(self) -> None:
        """Ask for everything again; nobody may be asking at the time."""
        with self._lock:
            self._kept, self._bytes = {}, 0

    def _asked(self, environ: WSGIEnvironment, path: str | None) -> Response:
        """The answer of the app, made ready; remembered where it may be."""
        asked = environ if path is None else {**without(environ, ASKED_ANEW), "REQUEST_METHOD": "GET"}
        with self.turns.shared():
            response = Response.from_app(self.app, asked)
            if (response.content_length or 0) > LARGEST:
                return response
            self._make_ready(response)
            if path is not None and response.status_code == 200:
                self._remember(path, Answer(tuple(response.headers), response.get_data()))
        return response

    def _make_ready(self, response: Response) -> None:
        """Give an answer an ETag, let nobody use it again without asking, and put the tags into a page."""
        body = response.get_data()
        is_page = response.mimetype == "text/html"
        etag = hashlib.blake2b(body, digest_size=16, key=self.token.encode()[:64]).hexdigest()
        if is_page or (response.status_code == 200 and "ETag" not in response.headers):
            response.set_etag(etag)
        response.headers.setdefault("Cache-Control", "no-cache")
        if is_page:
            response.set_data(body.replace(b"</head>", TAGS.format(token=self.token, etag=etag).encode() + b"</head>", 1))

    def _remember(self, path: str, answer: Answer) -> None:
        """Keep an answer; the oldest ones go where there is no room."""
        with self._lock:
            gone = self._kept.pop(path, None)
            self._bytes += len(answer.body) - (len(gone.body) if gone else 0)
            self._kept[path] = answer
            while self._bytes > REMEMBERED:
                self._bytes -= len(self._kept.pop(next(iter(self._kept))).body)


def is_plain(environ: WSGIEnvironment) -> bool:
    """Whether a request asks for the whole of what has a path."""
    asks = environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ.get("QUERY_STRING")
    return asks and "HTTP_RANGE" not in environ


def without(environ: WSGIEnvironment, names: Iterable[str]) -> WSGIEnvironment:
    """A request without some of its headers."""
    return {name: value for name, value in environ.items() if name not in names}
