"""A server for the time of writing, as it is measured: started, asked, listened to, and its files saved."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parent.parent
"""The folder of the program."""

PATIENCE = 60.0
"""How many seconds are waited for what has to happen."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers, and how many seconds it took until it did."""

    folder: Path
    port: int
    process: int
    took: float

    def url(self, path: str) -> str:
        """Where a path of the site is."""
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str) -> str:
        """The page at a path. Raises `OSError` where nobody answers."""
        return get(self.port, path)

    def save(self, file: Path, sign: str) -> float:
        """Put a sign into the first paragraph of a note, as most editors save; answers when, by the clock of `time.time`."""
        head, _, body = file.read_text().partition("\n---\n")
        rest = re.sub(r"\ASign [0-9]+\. ", "", body.lstrip())
        aside = file.with_name(f".{file.name}.tmp")
        aside.write_text(f"{head}\n---\n\nSign {sign}. {rest}")
        aside.rename(file)
        return time.time()

    def wait(self, path: str, sign: str) -> float:
        """Ask for a page until it has a sign; answers when it had."""
        end = time.time() + PATIENCE
        while f"Sign {sign}." not in self.get(path):
            if time.time() > end:
                raise TimeoutError(f"{path} has not changed")
            time.sleep(0.001)
        return time.time()

    @property
    def memory(self) -> float:
        """The megabytes that the process holds."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    def listen(self) -> socket.socket:
        """A connection on which events come."""
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        connection.sendall(f"GET /_octavo/events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        connection.recv(65536)
        return connection


def get(port: int, path: str) -> str:
    """The page at a path of a server on this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


@contextmanager
def serving(folder: Path, path: str) -> Iterator[Server]:
    """A server for a site folder, once it has answered with the page at a path."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "--site", str(folder), "serve", "--port", str(port)]
    around = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=HOME, env=around) as process:
        try:
            first_answer(port, path)
            yield Server(folder, port, process.pid, time.monotonic() - start)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def first_answer(port: int, path: str) -> None:
    """Wait for the first answer."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            get(port, path)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.005)
        else:
            return
