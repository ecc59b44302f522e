"""Writing: mistakes in the page they are in, and a server that follows the files."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from .site_tree import SiteTree


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    """What the server answers."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@contextmanager
def serving(tree: SiteTree) -> Iterator[int]:
    """The port of `octavo serve`, running as a writer runs it."""
    port = free_port()
    command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ}) as process:
        try:
            wait_for(lambda: answers(port))
            yield port
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(10)


def answers(port: int) -> bool:
    """Whether anybody listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition: object, seconds: float = 10) -> None:
    """Wait until `condition()` holds; fail when it does not in time."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_a_save_is_seen_at_the_next_load(tree: SiteTree) -> None:
    file = tree.entry("about", "Before.")

    with serving(tree) as port:
        assert "Before." in answer(port, "/about/")[1]
        file.write_text(file.read_text().replace("Before.", "After."))

        wait_for(lambda: "After." in answer(port, "/about/")[1])


def test_new_and_deleted_files_are_seen(tree: SiteTree) -> None:
    with serving(tree) as port:
        assert answer(port, "/late/")[0] == 404
        file = tree.entry("late")
        wait_for(lambda: answer(port, "/late/")[0] == 200)

        file.unlink()

        wait_for(lambda: answer(port, "/late/")[0] == 404)


def test_a_broken_file_shows_its_problem_and_the_other_pages_go_on(tree: SiteTree) -> None:
    file = tree.entry("about", "Fine.")
    tree.entry("other", "Other.")

    with serving(tree) as port:
        answer(port, "/about/")
        file.write_text("---\ntitle: About\ntitel: x\n---\nText\n")
        wait_for(lambda: answer(port, "/about/")[0] == 500)
        html = answer(port, "/about/")[1]

        assert "pages/about.md:3:1" in html
        assert "unknown field" in html
        assert "did you mean" in html
        assert re.search(r"<mark>\s+3  titel: x</mark>", html)
        assert answer(port, "/other/")[0] == 200
        file.write_text("---\ntitle: About\n---\nMended.\n")
        wait_for(lambda: "Mended." in answer(port, "/about/")[1])


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "10.0.0.1", "0.0.0.0"])
def test_other_host_names_are_refused(tree: SiteTree, host: str) -> None:
    with serving(tree) as port:
        assert answer(port, "/", host)[0] == 400
        assert answer(port, "/static/site.css", host)[0] == 400
        assert answer(port, "/", f"localhost:{port}")[0] == 200


def test_a_page_with_a_problem_shows_it_with_the_lines_around_and_its_text(tree: SiteTree) -> None:
    tree.entry("about", "First.\n\nA [link](nowhere.md).\n\nLast.")

    html = tree.get("/about/")

    assert "1 problem in this page" in html
    assert "pages/about.md:7:3" in html
    assert "&#39;nowhere.md&#39; leads to nothing" in html
    assert re.search(r"<mark>\s+7  A \[link\]\(nowhere.md\).</mark>", html)
    assert "Last." in html


def test_nothing_of_the_debugger_is_ever_served(tree: SiteTree) -> None:
    tree.write("templates/mine.html", "{{ 1 / 0 }}")
    tree.entry("broken", template="mine.html")

    with serving(tree) as port:
        status, html = answer(port, "/broken/")

    assert status == 500
    assert not re.search("EVALEX|SECRET =|/console|__debugger__", html)


def test_a_port_in_use_is_told(tree: SiteTree) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), "serve", "--port", str(port)]

        result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)

    assert result.returncode == 1
    assert f"port {port} cannot be used" in result.stderr
    assert "Traceback" not in result.stderr
