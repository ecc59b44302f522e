"""Events: what open pages are told while the site is served, as server-sent events."""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from typing import TypeAlias

Data: TypeAlias = Mapping[str, object]

CLIENTS = 96
"""How many may listen at a time; the others of the connections that a listener holds are for requests."""

EACH = 64
"""How many of these from one address: fifty browsers on one machine, and some room."""

WAITING = 16
"""How many events may wait for a client before it counts as dead."""

PATIENCE = 10.0
"""How many seconds a client may take for the bytes of an event."""

HEARTBEAT = 15.0
"""How many seconds pass before something is sent to a client for which there is nothing."""

GLANCE = 1.0
"""How many seconds pass before a client is looked at, whether it is still there."""


@dataclass(eq=False, slots=True)
class Client:
    """Somebody who listens, and the events that wait for them."""

    address: str
    waiting: Queue[bytes] = field(default_factory=lambda: Queue(WAITING))
    dropped: bool = False


class Events:
    """Those who listen, and what is said to all of them. `number` is that of the last refresh, and the id of every event."""

    def __init__(self, start: str) -> None:
        self.start = start
        self.number = 0
        self._clients: set[Client] = set()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many listen."""
        return len(self._clients)

    def send(self, name: str, data: Data) -> None:
        """Say something to everybody; nobody is waited for, and whoever has not taken the last events is dropped."""
        said = event(name, data, self.number)
        with self._lock:
            for client in self._clients:
                try:
                    client.waiting.put_nowait(said)
                except Full:
                    client.dropped = True

    def join(self, address: str) -> Client | None:
        """A new listener at an address; nothing where there are too many."""
        client = Client(address)
        client.waiting.put(event("hello", {"refresh": self.number, "start": self.start}, self.number))
        with self._lock:
            if len(self._clients) >= CLIENTS or Counter(one.address for one in self._clients)[address] >= EACH:
                return None
            self._clients.add(client)
        return client

    def stream(self, client: Client, connection: socket.socket) -> Iterator[bytes]:
        """What a listener is told, until it goes away; a connection that takes nothing for some time breaks by itself."""
        connection.settimeout(PATIENCE)
        spoken = time.monotonic()
        try:
            while not (client.dropped or gone(connection)):
                try:
                    said = client.waiting.get(timeout=GLANCE)
                except Empty:
                    said = b": \n\n" if time.monotonic() - spoken >= HEARTBEAT else b""
                if said:
                    yield said
                    spoken = time.monotonic()
        finally:
            with self._lock:
                self._clients.discard(client)


def event(name: str, data: Data, number: int) -> bytes:
    """An event as it is sent."""
    return f"id: {number}\nevent: {name}\ndata: {json.dumps(data)}\n\n".encode()


def gone(connection: socket.socket) -> bool:
    """Whether the other side has closed a connection; it has nothing more to say on it."""
    try:
        return bool(select.select([connection], [], [], 0)[0]) and not connection.recv(1, socket.MSG_PEEK)
    except (OSError, ValueError):
        return True
