"""Paths while writing: whatever is asked for, only files of the site are read, shown and opened."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from .live_server import Answer, Live, bytes_of, live, wait_for
from .site_tree import SiteTree

SECRET = "kept-secret-4711"
ROUNDS = 1000 if os.environ.get("OCTAVO_LONG") else 60

NAMES = (
    "..", "...", ".", ".git", ".env", ".octavo", ".hidden.md", "%2e%2e", "%252e%252e", "..%2f..", "..%5c..", "..\\..", "..;",
    "..%00", "%00", "a%00.md", "%c0%ae%c0%ae", "%u002e%u002e", "C:", "C:%5cwindows", "%5c%5chost%5cshare", "\\\\host\\share",
    "%2f%2fhost", "CON", "con.md", "AUX.txt", "NUL", "nul.html", "COM1", "LPT9.md", "CONIN$", "a.", "a%20", "a.md%20", "a.md.",
    "a%e2%80%ae.md", "%e2%80%8b", "a%ef%bb%bf", "%ff%fe", "%ed%a0%80", "a" * 256, "%e4%b8%80" * 100, "a" * 5000, "~root", "$HOME",
    "*", "?", "a:stream", "a::$DATA", "..%ef%bc%8f..", "%e2%88%95", "link", "folder", "pipe", "chain", "link.md", "link.svg",
    "link.txt", "loop",
)  # fmt: skip
PLACES = (
    "/{}", "/{}/", "/{}/secret.txt", "/static/{}", "/static/{}/secret.txt", "/about/{}/secret.svg", "/_octavo/{}",
    "/_octavo/{}/secret.txt", "/images/{}-0123456789-100.webp", "/api/{}/", "/notes/../{}", "/_octavo/state?path=/{}/",
)  # fmt: skip
OPENED = (
    "pages/{}", "pages/{}/secret.txt", "templates/{}", "static/{}/secret.txt", "{}", "{}/pages/about.md", "pages/about.md/{}",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    """A site beside a folder of secrets; links of every kind lead out of it."""
    tree = SiteTree(tmp_path_factory.mktemp("paths") / "site")
    outside = tree.write("../outside/secret.txt", SECRET).parent
    tree.write("../outside/secret.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><title>{SECRET}</title></svg>')
    tree.write("../outside/secret.md", f"---\ntitle: {SECRET}\n---\n{SECRET}\n")
    tree.entry("index")
    tree.entry("about", "[A file](own.txt)")
    tree.write("pages/own.txt", "My own words.")
    for hidden in (
        ".env",
        ".git/config",
        ".octavo/secret.txt",
        "pages/.hidden.md",
        "pages/.env",
        "static/.env",
        "templates/.env",
    ):
        tree.write(hidden, SECRET)
    for folder in ("pages", "static", "templates"):
        home = tree.write(f"{folder}/a").parent
        (home / "folder").symlink_to(outside)
        (home / "chain").symlink_to("folder")
        (home / "loop").symlink_to("loop")
        for ending in ("txt", "svg", "md"):
            (home / f"link.{ending}").symlink_to(outside / f"secret.{ending}")
        (home / "link").symlink_to(outside / "secret.txt")
        os.mkfifo(home / "pipe")
    return tree


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an editor was told that writes it down: `code`, as far as the server knows."""
    home = tmp_path_factory.mktemp("editor")
    editor = home / "code"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {home}/said\n')
    editor.chmod(0o755)
    return home / "said"


@pytest.fixture(scope="module")
def server(site: SiteTree, opened: Path) -> Iterator[Live]:
    """`octavo serve` for that site."""
    with live(site.folder, OCTAVO_EDITOR=str(opened.parent / "code")) as running:
        yield running


def test_s6_no_path_of_a_url_reads_what_is_outside(server: Live, site: SiteTree) -> None:
    paths = [place.format(name) for place in PLACES for name in NAMES]
    before = bytes_of(site.folder.parent)

    with ThreadPoolExecutor(16) as together:
        answers = list(together.map(lambda path: server.asked(f"GET {path}".encode()), paths))

    assert len(paths) >= 300
    assert not [path for path, answer in zip(paths, answers, strict=True) if SECRET in answer.text]
    failed = {path for path, answer in zip(paths, answers, strict=True) if answer.status >= 500}
    assert failed == {"/link/"}
    assert "a symbolic link to a file outside" in server.get("/link/").text
    assert {name for name, data in bytes_of(site.folder.parent).items() if data != before.get(name)} <= {"site.log"}
    assert "Traceback" not in server.log.read_text()


def test_s6_the_editor_opens_only_files_of_the_site(server: Live, opened: Path) -> None:
    paths = [place.format(name) for place in OPENED for name in NAMES]
    token = server.token

    def ask(path: str) -> Answer:
        return server.post("/_octavo/open", json.dumps({"path": path, "line": 1, "column": 1}).encode(), X_Octavo_Token=token)

    with ThreadPoolExecutor(16) as together:
        answers = list(together.map(ask, paths))
    good = ask("pages/about.md")
    wait_for(lambda: opened.exists() and "pages/about.md" in opened.read_text())

    assert len(paths) >= 300
    assert good.status == 200
    assert {answer.status for answer in answers} <= {400, 404}
    assert "outside" not in opened.read_text()


@contextmanager
def swapped(folder: Path, other: Path) -> Iterator[None]:
    """A folder that is, by turns, itself and a link to another, for as long as the block."""
    stop, aside, link = threading.Event(), folder.with_name("aside"), folder.with_name("made")

    def swap() -> None:
        while not stop.is_set():
            link.symlink_to(other)
            folder.rename(aside)
            link.rename(folder)
            time.sleep(0.0005)
            folder.unlink()
            aside.rename(folder)
            time.sleep(0.0005)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_s6_a_folder_that_becomes_a_link_while_it_is_read_lets_nothing_out(tree: SiteTree) -> None:
    outside = tree.write("../outside/own.txt", SECRET).parent
    tree.write("../outside/own.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><title>{SECRET}</title></svg>')
    tree.entry("about", "[A file](folder/own.txt)")
    for place in ("pages", "static"):
        tree.write(f"{place}/folder/own.txt", "My own words.")
        tree.write(f"{place}/folder/own.svg", '<svg xmlns="http://www.w3.org/2000/svg"><title>My own words.</title></svg>')
    paths = ("/folder/own.txt", "/folder/own.svg", "/static/folder/own.txt", "/static/folder/own.svg")

    with (
        live(tree.folder) as server,
        swapped(tree.folder / "pages/folder", outside),
        swapped(tree.folder / "static/folder", outside),
        ThreadPoolExecutor(4) as together,
    ):
        answers = list(together.map(server.get, (f"{path}?{number}" for number in range(ROUNDS) for path in paths)))

    assert not [answer for answer in answers if SECRET in answer.text]
    assert {answer.status for answer in answers} >= {200}
    assert {answer.status for answer in answers} <= {200, 404}
