"""Answers: each is made once between two changes, revalidated by its bytes, and whole."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from app.live import answers
from app.live.answers import Answers
from app.live.turns import Turns

from .live_server import Live, hearing, live, wait_for
from .site_tree import SiteTree

TAGS = re.compile(
    '<link rel="stylesheet" href="/_octavo/live.css">'
    '<script src="/_octavo/live.js" data-token="([^"]+)" data-etag="([^"]+)" defer></script></head>'
)


class Counting:
    """An application that answers with how often it was asked."""

    def __init__(self, size: int = 0, kind: str = "text/plain", status: str = "200 OK") -> None:
        self.asked, self.size, self.kind, self.status = 0, size, kind, status
        self.methods: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The answer."""
        self.asked += 1
        self.methods.append(environ["REQUEST_METHOD"])
        body = f"<head></head>{self.asked}".encode() + b" " * self.size
        start_response(self.status, [("Content-Type", self.kind), ("Content-Length", str(len(body)))])
        return [body]


def remembering(app: Counting) -> tuple[Answers, Client]:
    """The application, remembered, and somebody who asks it."""
    remembered = Answers(app, Turns(), "secret")
    return remembered, Client(remembered)


def frozen(tree: SiteTree, server: Live, path: str) -> str:
    """A page as it is served, without what makes it live."""
    return TAGS.sub("</head>", server.get(path).text)


def test_a_page_differs_from_the_released_one_by_the_two_tags_alone(tree: SiteTree) -> None:
    tree.entry("notes/a", "Some *text*.")
    tree.freeze(base_url=None)

    with live(tree.folder) as server:
        html = server.get("/notes/a/").text
        assert len(TAGS.findall(html)) == 1

        assert frozen(tree, server, "/notes/a/") == tree.frozen("notes/a/index.html")


@pytest.mark.parametrize("path", ["/nowhere/", "/broken/"])
def test_pages_of_mistakes_are_live_too(tree: SiteTree, path: str) -> None:
    tree.write("pages/broken.md", "---\ntitel: x\n---\n")

    with live(tree.folder) as server:
        found = server.get(path)

    assert found.status in (404, 500)
    assert TAGS.search(found.text)


def test_a_page_is_the_same_to_itself_by_the_etag_it_carries(tree: SiteTree) -> None:
    file, _ = tree.entry("notes/a", "Before."), tree.entry("notes/b")

    with live(tree.folder) as server, hearing(server) as heard:
        etags = {path: TAGS.findall(server.get(path).text)[0][1] for path in ("/notes/a/", "/notes/b/")}
        for path, etag in etags.items():
            same = server.get(path, f'If-None-Match: "{etag}"')
            assert (same.status, same.body) == (304, b"")
        file.write_text(file.read_text().replace("Before.", "After."))
        wait_for(lambda: heard.named("refresh"))

        assert "After." in server.get("/notes/a/", f'If-None-Match: "{etags["/notes/a/"]}"').text
        assert server.get("/notes/b/", f'If-None-Match: "{etags["/notes/b/"]}"').status == 304


def test_static_files_and_pictures_are_revalidated_and_told_in_part(tree: SiteTree) -> None:
    tree.write("pages/data.txt", "0123456789")
    tree.entry("index", "[data](data.txt)")

    with live(tree.folder) as server:
        etag = server.get("/data.txt").header("etag")

        assert server.get("/data.txt", f"If-None-Match: {etag}").status == 304
        part = server.get("/data.txt", "Range: bytes=2-4")
        assert (part.status, part.body) == (206, b"234")
        head = server.asked("HEAD /data.txt")
        assert (head.status, head.body, head.header("content-length")) == (200, b"", "10")


def test_the_application_is_asked_once_until_the_next_change() -> None:
    app = Counting()
    remembered, client = remembering(app)

    first = [client.get("/a").text for _ in range(3)]
    client.head("/a")
    remembered.forget()

    assert first == ["<head></head>1"] * 3
    assert client.get("/a").text == "<head></head>2"
    assert app.methods == ["GET", "GET"]


def test_what_depends_on_more_than_the_path_is_asked_every_time() -> None:
    app = Counting()
    _, client = remembering(app)

    for _ in range(2):
        client.get("/a?b=c")
        client.post("/a")

    assert app.asked == 4


def test_a_mistake_is_not_remembered() -> None:
    app = Counting(status="500 Internal Server Error")
    _, client = remembering(app)

    assert [client.get("/a").text for _ in range(2)] == ["<head></head>1", "<head></head>2"]


def test_the_memory_for_answers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "REMEMBERED", 50_000)
    monkeypatch.setattr(answers, "LARGEST", 30_000)
    app = Counting(size=20_000)
    _, client = remembering(app)

    for path in ("/a", "/b", "/c", "/c", "/a"):
        client.get(path)

    assert app.asked == 4
    large = Counting(size=40_000)
    _, client = remembering(large)
    assert [client.get("/a").status_code for _ in range(2)] == [200, 200]
    assert large.asked == 2


def test_a_request_in_the_middle_of_a_refresh_is_answered_with_the_old_or_the_new_never_half(tree: SiteTree) -> None:
    files = [tree.entry(f"notes/n{number:02}", "Version 000.", summary="Version 000") for number in range(40)]
    tree.entry("notes/index")
    stop, found = threading.Event(), set[frozenset[str]]()

    def ask(server: Live) -> None:
        while not stop.is_set():
            found.add(frozenset(re.findall(r"Version (\d{3})", server.get("/notes/").text)))

    with live(tree.folder) as server, ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask, server) for _ in range(3)]
        for version in range(1, 6):
            save_all(files, f"{version:03}")
            wait_for(lambda text=f"Version {version:03}": text in server.get("/notes/n39/").text)  # type: ignore[misc]
        stop.set()
        assert [one.result() for one in asking] == [None] * 3

    assert frozenset(["005"]) in found or frozenset(["004"]) in found
    assert all(len(versions) == 1 for versions in found), found


def save_all(files: list[Path], version: str) -> None:
    """Save all files at once: in a folder aside, which takes the place of the one before."""
    folder = files[0].parent
    aside = folder.parents[1] / f"aside-{version}"
    aside.mkdir()
    for file in folder.iterdir():
        (aside / file.name).write_text(re.sub(r"Version \d{3}", f"Version {version}", file.read_text()))
    folder.rename(folder.parents[1] / f"before-{version}")
    aside.rename(folder)
