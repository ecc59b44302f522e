"""Connection: a request as it arrives, within bounds of size and time, and a listener that holds so many of them."""

from __future__ import annotations

import io
import socket
import time
from contextlib import suppress
from http import HTTPStatus
from http.server import HTTPServer
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from .guard import HEADERS, STRICT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

SECONDS = 10
"""How long a request may take to arrive, and a part of an answer to be taken."""

HEAD = 96 * 1024
"""The bytes that the first line and the headers may have; `http.server` bounds each line by 64 KiB, and their number by 100."""

REST = 1024 * 1024
"""The bytes that are read after them, so that whoever sends too many can still be told."""

MOST = 128
"""The connections that are open at a time."""

ALWAYS = (*HEADERS, ("Content-Security-Policy", STRICT), ("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close"))


class TooLong(ConnectionError):
    """A request whose head does not end."""


class Arriving(io.RawIOBase):
    """The bytes of a request, until its time is over, and as many as it may have."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.until = time.monotonic() + SECONDS
        self.left = HEAD
        self.head = True

    def readable(self) -> bool:
        """Whether this can be read."""
        return True

    def body(self) -> None:
        """Go on after the head: what is too long or too late from now on is not there."""
        self.head, self.left = False, REST

    def readinto(self, buffer: Any) -> int:
        """Read some bytes; raises `TooLong` and `TimeoutError` as long as it is the head."""
        seconds = self.until - time.monotonic()
        if not self.head and (self.left <= 0 or seconds <= 0):
            return 0
        if self.left <= 0:
            raise TooLong
        if seconds <= 0:
            raise TimeoutError
        self.connection.settimeout(seconds)
        size = self.connection.recv_into(buffer, min(len(buffer), self.left))
        self.connection.settimeout(SECONDS)
        self.left -= size
        return size


class Connection(WSGIRequestHandler):
    """One request and its answer. Says nothing about requests that went well, or that a client did wrong."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"
    """What a request is taken for that says no version: in older ones, an answer has no headers."""

    def setup(self) -> None:
        """Read within bounds."""
        super().setup()
        self.rfile.close()
        self.arriving = Arriving(self.connection)
        self.rfile = io.BufferedReader(self.arriving)

    def parse_request(self) -> bool:
        """Read the head; answer right away where it is none."""
        try:
            if not super().parse_request():
                return False
        except TooLong:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            return False
        except TimeoutError:
            self.send_error(HTTPStatus.REQUEST_TIMEOUT)
            return False
        if not self.path.startswith("/") or len(self.headers.get_all("Content-Length", [])) > 1:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return False
        return True

    def make_environ(self) -> WSGIEnvironment:
        """The request as the application sees it."""
        self.arriving.body()
        return super().make_environ()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Tell what is wrong with a request that does not reach the application."""
        status = HTTPStatus(code)
        text = f"{status.phrase}\n".encode()
        self.send_response(code, status.phrase)
        for name, value in (*ALWAYS, ("Content-Length", str(len(text)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def version_string(self) -> str:
        """The name of the server."""
        return "Octavo"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Tell only what failed on the server's side."""
        if str(code).startswith("5"):
            super().log_request(code, size)

    def log_error(self, format: str, *arguments: object) -> None:
        """Say nothing: these are the client's."""


class Listener(ThreadedWSGIServer):
    """A server with a thread for each connection, and so many of them that they cannot take all of the machine."""

    def __init__(self, host: str, port: int, app: WSGIApplication, fd: int | None = None) -> None:
        super().__init__(host, port, app, Connection, fd=fd)
        self.taken: set[Any] = set()

    def serve_forever(self, poll_interval: float = 0.1) -> None:
        """Answer until `shutdown` is called; unlike Werkzeug's, raises `KeyboardInterrupt` at an interrupt."""
        try:
            HTTPServer.serve_forever(self, poll_interval)
        finally:
            self.server_close()

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002
        """Take a connection, or, where there are too many, tell so and close it."""
        if len(self.taken) < MOST:
            self.taken.add(request)
            return True
        with suppress(OSError):
            request.setblocking(False)
            request.send(busy())
            request.recv(HEAD)
        return False

    def shutdown_request(self, request: Any) -> None:
        """Let go of a connection."""
        self.taken.discard(request)
        super().shutdown_request(request)


def busy() -> bytes:
    """The answer of a server that has too much to do."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers = "".join(f"{name}: {value}\r\n" for name, value in (*ALWAYS, ("Retry-After", "1"), ("Content-Length", "0")))
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{headers}\r\n".encode()
