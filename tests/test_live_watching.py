"""Watching: nothing that is saved is missed, however it is saved, and what belongs together is shown together."""

from __future__ import annotations

import os
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.live.watching import batches

from .live_server import Live, hearing, live, wait_for
from .saving import STYLES, Save, by_git, git, in_place, renamed_over
from .site_tree import SiteTree

LONG = "OCTAVO_LONG" in os.environ
SAVES = 10_000 if LONG else 52

LIMITED = 'echo 0 > "/proc/sys/user/max_inotify_$0"; exec "$@"'
"""Lets the rest of a command have nothing of what the system has for telling about changes."""


@dataclass
class Told:
    """What is told of a folder."""

    batches: list[frozenset[Path]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[list[str]]:
        """The names of what has changed."""
        return [sorted(path.name for path in batch) for batch in self.batches]

    def calm(self) -> None:
        """Wait until nothing more is told."""
        count = -1
        while count != len(self.batches):
            count = len(self.batches)
            time.sleep(0.4)


@contextmanager
def told_of(folder: Path) -> Iterator[Told]:
    """What is told of a site folder from now on."""
    told, stop = Told(), threading.Event()
    found = batches(folder, stop, told.lines.append)
    next(found)
    thread = threading.Thread(target=lambda: told.batches.extend(found), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        thread.join(5)


def seconds_until(server: Live, path: str, text: str) -> float:
    """How long it takes until a page has a text."""
    start = time.monotonic()
    wait_for(lambda: text in server.get(path).text)
    return time.monotonic() - start


def memory(process: int) -> float:
    """The megabytes that a process has for itself."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))) / 1024


@pytest.mark.parametrize("save", STYLES, ids=lambda save: save.__name__)
def test_a_save_is_seen_whoever_saves_and_however(tree: SiteTree, save: Save) -> None:
    file = tree.entry("notes/a", "Before.")

    with live(tree.folder) as server:
        assert "Before." in server.get("/notes/a/").text
        for text in ("After1.", "After2."):
            save(file, file.read_text().replace("Before.", text).replace("After1.", text))

            seconds_until(server, "/notes/a/", text)


def test_r12_every_save_of_every_style_is_seen_and_the_server_does_not_grow(
    tree: SiteTree, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(12)
    files = [tree.entry(f"notes/n{number}", f"Note {number} has <b>old</b> text.") for number in range(30)]
    took: list[float] = []

    with live(tree.folder) as server:
        before = 0.0
        for number in range(SAVES):
            file, save = chance.choice(files), STYLES[number % len(STYLES)]
            head = file.read_text().partition("<b>")[0]
            save(file, f"{head}<b>save {number:06}</b> text.\n")
            took.append(seconds_until(server, f"/notes/{file.stem}/", f"save {number:06}"))
            before = memory(server.process.pid) if number == SAVES // 10 else before

        grown = memory(server.process.pid) - before
        p95 = statistics.quantiles(took, n=20)[-1]
        record_property("found", f"median {statistics.median(took):.3f} s, p95 {p95:.3f} s, {grown:.1f} MB more")
        assert p95 <= 0.3
        assert grown <= 10
        assert "Traceback" not in server.log.read_text()


def test_a_save_is_one_change_and_what_editors_keep_beside_it_none(tree: SiteTree) -> None:
    file = tree.entry("a")

    with told_of(tree.folder) as told:
        for save in STYLES[:3]:
            save(file, "---\ntitle: A\n---\nOther.\n")
            told.calm()
        for name in (".a.md.swp", "a.md~", "4913", "#a.md#", ".DS_Store", "a.md.tmp", ".git/index", "__pycache__/a.pyc"):
            tree.write(f"pages/{name}", "x")
        told.calm()

    assert told.names[:3] == [["a.md"]] * 3
    assert [names for names in told.names[3:] if "pages" not in names] == []


def test_a_rename_in_case_only_is_followed(tree: SiteTree) -> None:
    file = tree.entry("notes/Upper", "Some text.")

    with live(tree.folder) as server:
        assert server.get("/notes/Upper/").status == 200
        file.rename(file.with_name("upper.md"))

        wait_for(lambda: server.get("/notes/upper/").status == 200)
        assert server.get("/notes/Upper/").status == 404


def test_a_folder_can_be_moved_in_and_out_and_is_followed_there(tree: SiteTree) -> None:
    outside = tree.write("outside/deep/one.md", "---\ntitle: One\n---\nFirst.\n").parents[1]

    with live(tree.folder) as server:
        moved = outside.rename(tree.folder / "pages" / "inside")
        seconds_until(server, "/inside/deep/one/", "First.")
        renamed_over(moved / "deep" / "one.md", "---\ntitle: One\n---\nSecond.\n")
        seconds_until(server, "/inside/deep/one/", "Second.")
        moved.rename(outside)

        wait_for(lambda: server.get("/inside/deep/one/").status == 404)


def test_the_folder_of_all_pages_can_be_away_for_a_while(tree: SiteTree) -> None:
    tree.entry("a", "First.")
    pages = tree.folder / "pages"

    with live(tree.folder) as server:
        pages.rename(tree.folder / "elsewhere")
        wait_for(lambda: server.get("/a/").status == 404)
        (tree.folder / "elsewhere").rename(pages)
        seconds_until(server, "/a/", "First.")
        tree.entry("a", "Second.")

        seconds_until(server, "/a/", "Second.")


def test_folders_that_were_not_there_are_followed_when_they_come(tree: SiteTree) -> None:
    tree.entry("mine", template="mine.html")
    tree.write("elsewhere/mine.html", "own template")

    with live(tree.folder) as server:
        assert "own template" not in server.get("/mine/").text
        (tree.folder / "elsewhere").rename(tree.folder / "templates")
        seconds_until(server, "/mine/", "own template")
        tree.write("templates/mine.html", "another template")

        seconds_until(server, "/mine/", "another template")


def test_a_checkout_of_another_branch_that_takes_two_seconds_is_one_refresh(tree: SiteTree) -> None:
    tree.write(".gitattributes", "*.md filter=slow\n")
    files = [tree.entry(f"notes/n{number:03}", "On main.") for number in range(200)]
    git(tree.folder, "init", "-q")
    git(tree.folder, "add", "-A")
    git(tree.folder, "commit", "-qm", "one")
    git(tree.folder, "checkout", "-qb", "other")
    for file in files:
        file.write_text(file.read_text().replace("On main.", "On the other."))
    files[0].rename(files[0].with_name("renamed.md"))
    git(tree.folder, "add", "-A")
    git(tree.folder, "commit", "-qm", "two")
    git(tree.folder, "checkout", "-q", "main")
    git(tree.folder, "config", "filter.slow.smudge", "sleep 0.008; cat")

    with live(tree.folder) as server, hearing(server) as heard:
        start = time.monotonic()
        git(tree.folder, "checkout", "-q", "other")
        assert time.monotonic() - start > 1.5
        wait_for(lambda: heard.named("refresh"))
        told = time.monotonic()

        pages = [server.get(f"/notes/{file.stem}/") for file in files[1:]]
        assert all("On the other." in page.text for page in pages)
        assert server.get("/notes/n000/").status == 404
        time.sleep(max(0.0, 0.5 - (time.monotonic() - told)))
        assert len(heard.named("refresh")) == 1


def test_many_saves_without_git_are_shown_when_they_are_over(tree: SiteTree) -> None:
    files = [tree.entry(f"notes/n{number:03}", "Before.") for number in range(200)]

    with live(tree.folder) as server, hearing(server) as heard:
        for file in files:
            in_place(file, file.read_text().replace("Before.", "After."))
            time.sleep(0.008)
        seconds_until(server, "/notes/n199/", "After.")
        time.sleep(0.5)

        assert len(heard.named("refresh")) <= 2
        assert all("After." in server.get(f"/notes/{file.stem}/").text for file in files)


def test_stash_and_checkout_in_the_middle_of_writing_end_right(tree: SiteTree) -> None:
    file = tree.entry("notes/a", "Committed.")
    git(tree.folder, "init", "-q")
    git(tree.folder, "add", "-A")
    git(tree.folder, "commit", "-qm", "one")

    with live(tree.folder) as server:
        in_place(file, file.read_text().replace("Committed.", "Not yet."))
        seconds_until(server, "/notes/a/", "Not yet.")
        git(tree.folder, "stash", "-q")
        seconds_until(server, "/notes/a/", "Committed.")
        git(tree.folder, "stash", "pop", "-q")
        seconds_until(server, "/notes/a/", "Not yet.")
        by_git(file, file.read_text().replace("Not yet.", "Elsewhere."))

        seconds_until(server, "/notes/a/", "Elsewhere.")


def test_a_lock_that_git_has_left_behind_holds_nothing_up(tree: SiteTree) -> None:
    file = tree.entry("notes/a", "Before.")
    git(tree.folder, "init", "-q")
    lock = tree.write(".git/index.lock")
    os.utime(lock, (1_000_000_000, 1_000_000_000))

    with live(tree.folder) as server:
        in_place(file, file.read_text().replace("Before.", "After."))

        assert seconds_until(server, "/notes/a/", "After.") < 1


@pytest.mark.parametrize("what", ["instances", "watches"])
def test_where_the_system_tells_no_more_changes_the_files_are_looked_at_and_that_is_said(tree: SiteTree, what: str) -> None:
    file = tree.entry("notes/a", "Before.")

    with live(tree.folder, through=("unshare", "--user", "--map-root-user", "sh", "-c", LIMITED, what)) as server:
        said = server.log.read_text()
        for number, save in enumerate(STYLES):
            save(file, f"---\ntitle: A\n---\nSave {number:03}.\n")
            seconds_until(server, "/notes/a/", f"Save {number:03}.")

    assert said.count("The system does not tell what changes") == 1
    assert "looking at all files again and again" in said
