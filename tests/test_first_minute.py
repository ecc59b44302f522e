"""The first minute: the README's commands, each as the very first one in a fresh clone with an empty environment."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from app.folders import PROGRAM

from .live_server import answers, wait_for

FOLDERS = ("app", "pages", "templates", "static", "tests", "bench", "docs")
FILES = ("pyproject.toml", "constraints.txt", "Makefile", "README.md", "LICENSE", "freeze.py")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is in the repository, without anything that was installed or made here."""
    folder = tmp_path_factory.mktemp("clone") / "octavo"
    folder.mkdir()
    for name in (*FOLDERS, *FILES):
        source = PROGRAM / name
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy2(source, folder / name)
    return folder


def environment() -> dict[str, str]:
    """The environment of a user: nothing of the one that runs the tests but the way to Python and to packages."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("PIP_", "HTTP", "http", "SSL")) or name in ("HOME", "LANG")
    }
    return {**kept, "PATH": f"{Path(sys.base_prefix) / 'bin'}:/usr/local/bin:/usr/bin:/bin"}


def make(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run make in the clone."""
    return subprocess.run(
        ["make", *words], cwd=clone, env=environment(), capture_output=True, text=True, check=False, timeout=600
    )


def test_make_site_is_all_that_is_needed_for_a_release(clone: Path) -> None:
    shutil.rmtree(clone / ".venv", ignore_errors=True)

    result = make(clone, "site")

    assert result.returncode == 0, result.stdout + result.stderr
    assert (clone / "build" / "notes" / "index.html").exists()
    assert "Files were changed" not in result.stderr


def test_a_second_call_sets_up_in_under_a_second(clone: Path) -> None:
    make(clone, ".venv/site")

    start = time.monotonic()
    result = make(clone, ".venv/site")

    assert result.returncode == 0
    assert time.monotonic() - start < 1


def test_make_serve_is_all_that_is_needed_to_see_the_site(clone: Path) -> None:
    shutil.rmtree(clone / ".venv", ignore_errors=True)

    with subprocess.Popen(
        ["make", "serve"], cwd=clone, env=environment(), stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            wait_for(lambda: answers(8000), 180)
            with urllib.request.urlopen("http://127.0.0.1:8000/notes/", timeout=10) as response:
                html = response.read().decode()
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(20)

    assert "Theory of scaling laws" in html


def test_make_test_sets_up_what_the_tests_need(clone: Path) -> None:
    result = make(clone, "--dry-run", "test")

    assert result.returncode == 0
    for tool in ("ruff check", "ruff format --check", "mypy", "pytest"):
        assert f".venv/bin/{tool}" in result.stdout


def test_python_freeze_py_and_flask_run_in_that_environment(clone: Path) -> None:
    make(clone, ".venv/site")

    for command in (
        [".venv/bin/python", "freeze.py"],
        [".venv/bin/flask", "--app", "app", "routes"],
        [".venv/bin/octavo", "check"],
    ):
        result = subprocess.run(command, cwd=clone, env=environment(), capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr


def test_no_file_names_the_host_of_a_package_index() -> None:
    for name in ("pyproject.toml", "constraints.txt", "Makefile", ".ci/run", ".gitignore"):
        text = (PROGRAM / name).read_text()
        assert "://" not in text.replace("http://127.0.0.1", ""), name


def test_every_dependency_is_pinned() -> None:
    lines = (PROGRAM / "constraints.txt").read_text().splitlines()

    assert lines
    assert all("==" in line for line in lines)
