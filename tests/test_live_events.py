"""Events: open pages are told what happens; who does not listen any more is let go, and nobody is waited for."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from contextlib import ExitStack
from itertools import islice

import pytest

from app.live import events
from app.live.events import CLIENTS, EACH, WAITING, Events

from .live_server import hearing, live, wait_for
from .site_tree import SiteTree


def listen(hub: Events, address: str = "127.0.0.1") -> tuple[list[bytes], socket.socket]:
    """What somebody hears, and the other end of their connection."""
    ours, theirs = socket.socketpair()
    client = hub.join(address)
    assert client is not None
    heard: list[bytes] = []

    def take() -> None:
        heard.extend(hub.stream(client, ours))
        ours.close()

    threading.Thread(target=take, daemon=True).start()
    return heard, theirs


def test_who_comes_is_told_the_number_of_the_last_refresh_and_of_the_start(tree: SiteTree) -> None:
    with live(tree.folder) as server:
        with hearing(server) as heard:
            first = heard.named("hello")[0]
            tree.entry("about")
            wait_for(lambda: heard.named("refresh"))
        with hearing(server) as later:
            second = later.named("hello")[0]

    assert (first.id, first.data["refresh"]) == ("0", 0)
    assert (second.id, second.data["refresh"]) == ("1", 1)
    assert first.data["start"] == second.data["start"]


def test_a_refresh_is_told_with_its_number_and_its_paths(tree: SiteTree) -> None:
    file = tree.entry("notes/a")

    with live(tree.folder) as server, hearing(server) as heard:
        file.write_text(file.read_text().replace("Some text.", "Other text."))
        wait_for(lambda: heard.named("refresh"))

        assert heard.named("refresh")[0].data == {"refresh": 1, "paths": ["pages/notes/a.md"]}
        assert heard.named("refresh")[0].id == "1"


def test_r13_fifty_listen_and_a_save_is_still_answered_at_once(tree: SiteTree) -> None:
    file = tree.entry("notes/a", "Save 00.")
    took = []

    with live(tree.folder) as server, ExitStack() as open_until_the_end:
        tabs = [open_until_the_end.enter_context(hearing(server)) for _ in range(50)]
        for number in range(10):
            start = time.monotonic()
            file.write_text(f"---\ntitle: A\n---\nSave {number + 1:02}.\n")
            wait_for(lambda text=f"Save {number + 1:02}.": text in server.get("/notes/a/").text)  # type: ignore[misc]
            took.append(time.monotonic() - start)
            wait_for(lambda count=number + 1: all(len(tab.named("refresh")) == count for tab in tabs))  # type: ignore[misc]

    assert max(took) <= 0.2, statistics.median(took)


def test_a_page_that_is_closed_is_let_go(tree: SiteTree) -> None:
    with live(tree.folder) as server:
        for _ in range(3):
            with ExitStack() as open_until_the_end:
                tabs = [open_until_the_end.enter_context(hearing(server)) for _ in range(EACH)]
                assert all(tab.named("hello") for tab in tabs)
            time.sleep(1.5)

        with hearing(server) as heard:
            assert heard.named("hello")


def test_too_many_listeners_are_refused_and_pages_are_still_answered(tree: SiteTree) -> None:
    with live(tree.folder) as server, ExitStack() as open_until_the_end:
        for _ in range(EACH):
            open_until_the_end.enter_context(hearing(server))

        refused = server.get("/_octavo/events")

        assert refused.status == 503
        assert refused.header("retry-after") == "5"
        assert server.get("/").status == 200


def test_there_is_a_bound_for_all_addresses_together() -> None:
    hub = Events("start")

    joined = [hub.join(f"10.0.0.{number}") for number in range(CLIENTS + 1)]

    assert all(joined[:-1])
    assert joined[-1] is None
    assert len(hub) == CLIENTS


def test_one_who_does_not_take_what_is_said_is_dropped_and_nobody_waits_for_them() -> None:
    hub = Events("start")
    client = hub.join("10.0.0.1")
    heard, theirs = listen(hub)
    assert client is not None

    start = time.monotonic()
    for number in range(WAITING + 5):
        hub.send("refresh", {"refresh": number})
        time.sleep(0.005)

    assert time.monotonic() - start < 1
    assert client.dropped
    wait_for(lambda: len(heard) == WAITING + 6)
    theirs.close()


def test_a_connection_that_takes_no_bytes_is_cut(tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PATIENCE", 0.2)
    hub = Events("start")
    client = hub.join("10.0.0.1")
    assert client is not None
    ours, theirs = socket.socketpair()
    stream = hub.stream(client, ours)
    assert b"hello" in next(stream)

    start = time.monotonic()
    with pytest.raises(TimeoutError):
        ours.sendall(bytes(10_000_000))
    stream.close()  # type: ignore[attr-defined]

    assert time.monotonic() - start < 2
    assert len(hub) == 0
    ours.close()
    theirs.close()


def test_there_is_a_beat_where_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT", 0.1)
    monkeypatch.setattr(events, "GLANCE", 0.05)
    hub = Events("start")
    client = hub.join("10.0.0.1")
    assert client is not None
    ours, theirs = socket.socketpair()

    said = list(islice(hub.stream(client, ours), 3))

    assert said[1:] == [b": \n\n"] * 2
    ours.close()
    theirs.close()
