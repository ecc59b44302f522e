"""`octavo serve` for a test, as a writer starts it, and requests to it as they are on the wire."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.folders import PROGRAM


@dataclass(frozen=True)
class Live:
    """A running server, whose process can be watched, and the file that its output goes to."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def host(self) -> str:
        """The Host of a good request."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """The Origin of a good request."""
        return f"http://{self.host}"

    def raw(self, request: bytes, seconds: float = 15) -> bytes:
        """What comes back for some bytes; nothing where the connection is cut."""
        found = b""
        with socket.create_connection(("127.0.0.1", self.port), seconds) as connection, suppress(ConnectionError):
            connection.sendall(request)
            while part := connection.recv(65536):
                found += part
        return found

    def asked(self, line: str | bytes, headers: tuple[str, ...] | None = None, body: bytes = b"") -> Answer:
        """The answer to a request: its first line without the version, its headers but for the Host (unless given), its body."""
        first = line.encode() if isinstance(line, str) else line
        told = "".join(f"{header}\r\n" for header in ((f"Host: {self.host}",) if headers is None else headers))
        return Answer.of(self.raw(first + b" HTTP/1.1\r\n" + told.encode("latin-1") + b"\r\n" + body))

    def get(self, path: str, *headers: str) -> Answer:
        """The answer to a good GET."""
        return self.asked(f"GET {path}", (f"Host: {self.host}", *headers))

    @property
    def token(self) -> str:
        """The token of this start, as its pages know it."""
        found = re.search(r'data-token="([^"]+)"', self.get("/").text)
        assert found
        return found[1]

    def post(self, path: str, body: bytes = b"{}", **changes: str | None) -> Answer:
        """The answer to a good POST, some of whose headers are others, or are left out."""
        headers = {
            "Host": self.host,
            "Origin": self.origin,
            "Content-Type": "application/json",
            "X-Octavo-Token": self.token,
            "Sec-Fetch-Site": "same-origin",
            "Content-Length": str(len(body)),
        } | {name.replace("_", "-"): value for name, value in changes.items()}
        sent = tuple(f"{name}: {value}" for name, value in headers.items() if value is not None)
        return self.asked(f"POST {path}", sent, body)


@dataclass(frozen=True)
class Answer:
    """An answer; its status is 0 where there was none."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def of(cls, data: bytes) -> Answer:
        """The answer in the bytes of a connection."""
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        if first.startswith("HTTP/1.1 100"):
            return cls.of(body)
        headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines))
        return cls(int(first.split()[1]) if first.startswith("HTTP/") else 0, headers, body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        """The value of a header; those of several, joined."""
        return ", ".join(value for key, value in self.headers if key == name.lower())


@dataclass(frozen=True)
class Event:
    """An event of the server, and when it came, by the clock of `time.monotonic`."""

    name: str
    id: str
    data: dict[str, Any]
    time: float


@dataclass
class Heard:
    """What somebody hears who listens to the events of a server."""

    connection: socket.socket
    events: list[Event] = field(default_factory=list)
    beats: int = 0
    over: bool = False

    def named(self, name: str) -> list[Event]:
        """The events with a name."""
        return [event for event in self.events if event.name == name]

    def take(self) -> None:
        """Hear until the server has no more to say."""
        with self.connection.makefile("rb") as stream, suppress(OSError):
            told: dict[str, str] = {}
            for line in stream:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                self.beats += line == b": \n"
                if line == b"\n" and "event" in told:
                    self.events.append(Event(told["event"], told["id"], json.loads(told["data"]), time.monotonic()))
                told = {} if line == b"\n" else {**told, name: value}
        self.over = True


@contextmanager
def hearing(server: Live) -> Iterator[Heard]:
    """Somebody who listens to the events of a server."""
    with socket.create_connection(("127.0.0.1", server.port), 30) as connection:
        connection.sendall(f"GET /_octavo/events HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
        heard = Heard(connection)
        thread = threading.Thread(target=heard.take, daemon=True)
        thread.start()
        wait_for(lambda: heard.named("hello") or heard.over)
        try:
            yield heard
        finally:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def wait_for(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until `condition()` holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def answers(port: int) -> bool:
    """Whether anybody listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def live(folder: Path, *options: str, program: Path = PROGRAM, through: Sequence[str] = (), **environment: str) -> Iterator[Live]:
    """`octavo serve` for a folder, ready to answer; that of another copy of the program, or through another command."""
    port, log = free_port(), folder.parent / f"{folder.name}.log"
    command = [*through, sys.executable, "-m", "app.cli", "--site", str(folder), "serve", "--port", str(port), *options]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out, cwd=program, env={**os.environ, **environment}) as process,
    ):
        server = Live(port, process, log)
        try:
            wait_until_ready(server)
            yield server
        finally:
            ended(process)


def ended(process: subprocess.Popen[bytes]) -> None:
    """Stop a server as its author does; one that goes on is a failure."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    finally:
        process.kill()


def wait_until_ready(server: Live) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + 30
    while True:
        assert server.process.poll() is None, server.log.read_text()
        assert time.monotonic() < end, server.log.read_text()
        with suppress(OSError):
            if server.get("/").status:
                return
        time.sleep(0.05)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, but for what the program remembers in `.octavo/`."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and ".octavo" not in file.parts]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
