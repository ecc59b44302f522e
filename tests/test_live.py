"""Writing: mistakes in the page they are in, and a server that follows the files."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .live_server import hearing, live, wait_for
from .site_tree import SiteTree


def test_a_save_is_seen_at_the_next_load(tree: SiteTree) -> None:
    file = tree.entry("about", "Before.")

    with live(tree.folder) as server:
        assert "Before." in server.get("/about/").text
        file.write_text(file.read_text().replace("Before.", "After."))

        wait_for(lambda: "After." in server.get("/about/").text)


def test_new_and_deleted_files_are_seen(tree: SiteTree) -> None:
    with live(tree.folder) as server:
        assert server.get("/late/").status == 404
        file = tree.entry("late")
        wait_for(lambda: server.get("/late/").status == 200)

        file.unlink()

        wait_for(lambda: server.get("/late/").status == 404)


def test_whatever_a_page_is_made_of_is_followed(tree: SiteTree) -> None:
    tree.entry("index", "![A dot](dot.svg)")
    tree.write("pages/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"/>')
    tree.write("templates/mine.html", "{{ entry.title }} one")
    tree.entry("mine", template="mine.html")

    with live(tree.folder) as server:
        assert "Site two" not in server.get("/").text
        assert server.get("/mine/").text.endswith("one")
        assert 'width="10"' in server.get("/dot.svg").text
        tree.write("pages/site.yml", "title: Site two\n")
        tree.write("templates/mine.html", "{{ entry.title }} two")
        tree.write("pages/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="33" height="20"/>')
        tree.write("static/site.css", "body { color: teal }")

        wait_for(lambda: "Site two" in server.get("/").text)
        wait_for(lambda: server.get("/mine/").text.endswith("two"))
        wait_for(lambda: 'width="33"' in server.get("/").text and 'width="33"' in server.get("/dot.svg").text)
        wait_for(lambda: server.get("/static/site.css").text.startswith("body { color: teal }"))


def test_a_broken_file_shows_its_problem_and_the_other_pages_go_on(tree: SiteTree) -> None:
    file = tree.entry("about", "Fine.")
    tree.entry("other", "Other.")

    with live(tree.folder) as server:
        server.get("/about/")
        file.write_text("---\ntitle: About\ntitel: x\n---\nText\n")
        wait_for(lambda: server.get("/about/").status == 500)
        html = server.get("/about/").text

        assert "pages/about.md:3:1" in html
        assert "unknown field" in html
        assert "did you mean" in html
        assert re.search(r"<mark>\s+3  titel: x</mark>", html)
        assert server.get("/other/").status == 200
        file.write_text("---\ntitle: About\n---\nMended.\n")
        wait_for(lambda: "Mended." in server.get("/about/").text)


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

    with live(tree.folder) as server:
        answer = server.get("/broken/")

    assert answer.status == 500
    assert not re.search("EVALEX|SECRET =|/console|__debugger__", answer.text)


def test_a_port_in_use_is_told(tree: SiteTree) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), "serve", "--port", str(port)]

        result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)

    assert result.returncode == 1
    assert f"port {port} cannot be used" in result.stderr
    assert f"--port {port + 1}" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_asked_to_while_pages_listen(tree: SiteTree, asked: signal.Signals) -> None:
    with live(tree.folder) as server, hearing(server) as heard:
        start = time.monotonic()
        server.process.send_signal(asked)

        assert server.process.wait(5) == 0
        assert time.monotonic() - start < 1
        wait_for(lambda: heard.over)
        assert "Traceback" not in server.log.read_text()


def test_it_ends_by_ctrl_c_where_a_shell_lets_it_ignore_that(tree: SiteTree) -> None:
    with live(tree.folder, through=("sh", "-c", 'trap "" INT; exec "$@"', "sh")) as server:
        server.process.send_signal(signal.SIGINT)

        assert server.process.wait(5) == 0


def test_it_ends_at_any_moment_of_its_start(tree: SiteTree) -> None:
    command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), "serve", "--port", "0"]

    for tenths in range(1, 12, 2):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(tenths / 10)
            process.send_signal(signal.SIGINT)
            process.wait(5)


def test_a_full_disk_is_told_where_it_is_and_the_server_goes_on(tree: SiteTree, small_disk: Path) -> None:
    site = SiteTree(small_disk / "site")
    site.entry("index", "Home.")
    file = site.entry("about", "Before.")

    with live(site.folder) as server:
        room = small_disk / "room"
        with pytest.raises(OSError, match="No space left"):
            room.write_bytes(bytes(2_000_000))
        file.write_text(file.read_text().replace("Before.", "After."))
        wait_for(lambda: "After." in server.get("/about/").text)

        assert server.get("/").status == 200
        room.unlink()
        site.entry("late", "There is room again.")
        wait_for(lambda: "room again" in server.get("/late/").text)
        assert "Traceback" not in server.log.read_text()
