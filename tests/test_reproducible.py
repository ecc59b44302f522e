"""Reproducible: the release does not depend on how many processes make it, nor on how they are started."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import VIEWS
from app.folders import PROGRAM
from app.release.freezer import Options, freeze
from app.release.workers import cores

from .site_tree import SiteTree

LONG = "OCTAVO_LONG" in os.environ


@pytest.fixture
def demo(tmp_path: Path) -> SiteTree:
    """The demo, of which nothing has been made."""
    shutil.copytree(PROGRAM / "pages", tmp_path / "demo" / "pages")
    return SiteTree(tmp_path / "demo")


def made_with(tree: SiteTree, jobs: int, start: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The release that so many processes make from nothing."""
    shutil.rmtree(tree.folder / ".octavo", ignore_errors=True)
    monkeypatch.setattr("app.release.workers.ENOUGH", 1)
    monkeypatch.setattr("app.release.workers.ENOUGH_PAGES", 1)
    monkeypatch.setattr("app.release.workers.way_to_start", lambda: start)

    freeze(tree.app(), VIEWS, tree.folder / f"{start}-{jobs}", options=Options(jobs))

    return tree.release(f"{start}-{jobs}")


def test_r11_one_two_three_and_eight_processes_make_the_same_bytes_forked_or_spawned(
    demo: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = [(jobs, start) for start in ("fork", "spawn") for jobs in (2, 3, 8)] if LONG else [(3, "fork"), (2, "spawn")]
    expected = made_with(demo, 1, "fork", monkeypatch)

    for jobs, start in ways:
        release = made_with(demo, jobs, start, monkeypatch)

        assert {path for path in {*release, *expected} if release.get(path) != expected.get(path)} == set(), (jobs, start)


def test_a_freeze_after_one_with_other_processes_makes_nothing_again(demo: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.release.workers.ENOUGH_PAGES", 1)
    freeze(demo.app(), VIEWS, demo.folder / "build", options=Options(2))
    made: list[str] = []

    freeze(demo.app(), VIEWS, demo.folder / "build", lambda done, total, url: made.append(url), Options(1))

    assert made in ([], ["/pagefind/pagefind-entry.json"])
    assert cores() >= 1


DISGUISED: dict[str, Callable[[bytes], bytes]] = {
    "pages/a.md": lambda old: old.replace(b"First", b"Other"),
    "pages/references.bib": lambda old: old.replace(b"On the kernel", b"Of the kernel"),
    "pages/plot.svg": lambda old: old.replace(b'width="40"', b'width="41"'),
    "pages/data.csv": lambda old: old.replace(b"1,2", b"1,3"),
    "pages/site.yml": lambda old: old.replace(b"A site", b"B site"),
    "templates/analytics.html": lambda old: old.replace(b"one", b"two"),
    "static/own.css": lambda old: old.replace(b"red", b"tan"),
}
"""Other bytes, of the same number, for every kind of file."""


def disguisable(tree: SiteTree) -> SiteTree:
    """A site with every kind of file."""
    tree.write("pages/site.yml", "title: A site\nurl: https://example.org/\n")
    tree.entry("a", "First. ![A plot](plot.svg) [Data](data.csv) and @folio2024.")
    tree.write("pages/references.bib", "@article{folio2024, author = {Folio, Robin}, title = {On the kernel}, year = {2024}}\n")
    tree.write("pages/plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h9"/></svg>')
    tree.write("pages/data.csv", "1,2\n")
    tree.write("templates/analytics.html", "<!-- one -->")
    tree.write("static/own.css", "p { color: red }")
    return tree


@pytest.mark.parametrize("path", DISGUISED)
def test_other_bytes_of_the_same_size_and_with_the_same_time_are_noticed(tree: SiteTree, path: str) -> None:
    disguisable(tree).freeze()
    before, file = tree.release(), tree.folder / path
    status = file.stat()

    file.write_bytes(DISGUISED[path](file.read_bytes()))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    tree.freeze()
    now = tree.release()
    shutil.rmtree(tree.folder / ".octavo")
    tree.freeze("fresh")

    assert file.stat().st_size == status.st_size
    assert now != before
    assert now == tree.release("fresh")


@pytest.mark.parametrize("path", DISGUISED)
def test_a_file_that_is_saved_without_a_change_or_with_an_old_time_renders_nothing(tree: SiteTree, path: str) -> None:
    disguisable(tree).freeze()
    before, made = tree.release(), list[str]()

    for seconds in (2_000_000_000, 1):
        os.utime(tree.folder / path, (seconds, seconds))
        freeze(tree.app(), VIEWS, tree.folder / "build", lambda done, total, url: made.append(url), Options(1))

    assert set(made) <= {"/pagefind/pagefind-entry.json"}
    assert tree.release() == before
