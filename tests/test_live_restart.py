"""Restart: a change of the program shows by itself, at the same address, and a broken one takes nothing away."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.folders import PROGRAM

from .live_server import Live, answers, free_port, hearing, live, wait_for
from .site_tree import SiteTree

ANEW = "was started anew"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program."""
    for name in ("app", "templates", "static"):
        shutil.copytree(PROGRAM / name, tmp_path / "octavo" / name)
    return tmp_path / "octavo"


def told(server: Live, text: str) -> None:
    """Wait until the server has said something."""
    wait_for(lambda: text in server.log.read_text(), 20)


def change(program: Path, name: str, old: str, new: str) -> None:
    """Change a file of the program."""
    file = program / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_change_of_the_program_shows_by_itself_and_pages_listen_on(tree: SiteTree, program: Path) -> None:
    with live(tree.folder, program=program) as server:
        token, start = server.token, server.process.pid
        with hearing(server) as heard:
            hello = heard.named("hello")[0].data
            change(program, "app/live/connection.py", 'return "Octavo"', 'return "Changed"')
            wait_for(lambda: heard.over, 20)
            assert heard.named("restart")
        told(server, ANEW)

        assert server.get("/").header("server") == "Changed"
        assert (server.token, server.process.pid) == (token, start)
        with hearing(server) as heard:
            assert heard.named("hello")[0].data["start"] != hello["start"]
        assert server.log.read_text().count(ANEW) == 1
        change(program, "app/live/connection.py", 'return "Changed"', 'return "Again"')
        wait_for(lambda: server.log.read_text().count(ANEW) == 2, 20)
        assert server.get("/").header("server") == "Again"


def test_a_broken_program_is_told_the_one_before_goes_on_and_the_mended_one_starts(tree: SiteTree, program: Path) -> None:
    file = tree.entry("about", "Before.")

    with live(tree.folder, program=program) as server:
        change(program, "app/live/connection.py", 'return "Octavo"', 'return "Changed')
        told(server, "would not start; the one before goes on")
        assert "connection.py" in server.log.read_text()
        file.write_text(file.read_text().replace("Before.", "After."))
        wait_for(lambda: "After." in server.get("/about/").text)
        assert server.get("/").header("server") == "Octavo"
        change(program, "app/live/connection.py", 'return "Changed', 'return "Mended"')
        told(server, ANEW)

        assert server.get("/").header("server") == "Mended"


def test_what_changes_no_code_starts_nothing_anew(tree: SiteTree, program: Path) -> None:
    with live(tree.folder, program=program) as server, hearing(server) as heard:
        (program / "app" / "site.py").touch()
        (program / "app" / "new").mkdir()
        (program / "app" / "live" / "browser" / "live.js").write_text("// other\n")
        (program / "app" / "__pycache__").mkdir(exist_ok=True)
        (program / "app" / "__pycache__" / "x.pyc").write_bytes(b"x")
        (tree.folder / "templates").mkdir()
        tree.write("templates/mine.html", "mine")
        tree.entry("mine", template="mine.html")
        wait_for(lambda: server.get("/mine/").text.startswith("mine"))
        time.sleep(0.5)

        assert not heard.named("restart")
        assert not heard.over
        assert server.get("/_octavo/live.js").text == "// other\n"
        assert ANEW not in server.log.read_text()


def test_it_ends_at_any_moment_of_a_restart(tree: SiteTree, program: Path) -> None:
    file = program / "app" / "live" / "connection.py"

    for tenths in (0, 4, 6, 8, 10, 14):
        port = free_port()
        command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), "serve", "--port", str(port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, cwd=program, **quiet) as process:  # type: ignore[call-overload]
            wait_for(lambda port=port: answers(port), 20)  # type: ignore[misc]
            time.sleep(0.4)
            file.write_text(f"{file.read_text()}\n# {tenths}\n")
            time.sleep(tenths / 10)

            process.send_signal((signal.SIGINT, signal.SIGTERM)[tenths % 4 // 2])

            process.wait(5)
            assert not answers(port)
