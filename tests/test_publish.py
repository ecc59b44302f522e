"""Publishing: whole or not at all, whatever fails and whenever, and nobody ever sees half a release."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.folders import PROGRAM
from app.release import Refused
from app.release.exchange import exchanged
from app.release.kept import altered, releases
from app.release.lock import state_of
from app.release.manifest import NAME, Manifest
from app.release.publish import compare, publish, staging
from app.release.sharing import link, way_to_share

LONG = "OCTAVO_LONG" in os.environ
LINUX = sys.platform.startswith("linux")


def made(out: Path, text: str, files: int = 20) -> None:
    """Publish a release in which every file holds the same text."""
    with staging(out) as folder:
        (folder / ".nojekyll").touch()
        for number in range(files):
            (folder / f"p{number}").mkdir()
            (folder / f"p{number}" / "index.html").write_text(text)
        publish(folder, out)


def text_of(out: Path) -> str:
    """The text of a release, which is whole."""
    assert not list(altered(out))
    texts = {file.read_text() for file in out.rglob("*.html")}
    assert len(texts) == 1
    return texts.pop()


def rests(out: Path) -> list[str]:
    """What lies beside a release and is neither a kept one nor what tells of them."""
    known = {str(release.number) for release in releases(out)} | {"numbers.json"}
    beside = [name for name in os.listdir(out.parent) if name.startswith(".") and name != ".octavo"]
    return beside + sorted({path.name for path in state_of(out).iterdir()} - known)


def test_a_release_is_published_with_its_manifest_and_the_one_before_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "build"

    made(out, "one")
    made(out, "two")

    assert Manifest.read(out) == Manifest.of(out)
    assert [(release.number, release.current, text_of(release.folder)) for release in releases(out)] == [
        (2, True, "two"),
        (1, False, "one"),
    ]
    assert rests(out) == []


def test_the_same_release_again_is_no_new_one_and_pushes_none_out(tmp_path: Path) -> None:
    out = tmp_path / "build"
    made(out, "one")

    for _ in range(5):
        made(out, "two")

    assert [release.number for release in releases(out)] == [2, 1]


def test_two_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name").write_text(name)

    assert exchanged(tmp_path / "one", tmp_path / "two") == LINUX

    assert (tmp_path / "one" / "name").read_text() == ("two" if LINUX else "one")


@pytest.mark.parametrize("steps", range(4))
def test_a_crash_between_any_two_steps_is_mended_by_the_next_freeze(tmp_path: Path, steps: int) -> None:
    out, state = tmp_path / "build", state_of(tmp_path / "build")
    made(out, "one")
    made(out, "two")
    with staging(tmp_path / "other") as folder:  # the third, finished and not yet published
        shutil.copytree(out, folder, dirs_exist_ok=True)
        (folder / "new.txt").write_text("three")
        Manifest.of(folder).write(folder)
        shutil.copytree(folder, state / "next")
    if steps == 1:  # killed after the exchange
        assert exchanged(state / "next", out) == LINUX
    if steps == 2:  # killed between the two renames of a system that cannot exchange
        os.rename(out, state / "previous")
    if steps == 3:  # killed after the second of them
        os.rename(out, state / "previous")
        os.rename(state / "next", out)

    made(out, "four")

    numbers = {0: [3, 2, 1], 1: [4, 3, 2, 1], 2: [3, 2, 1], 3: [4, 3, 2, 1]}[steps]
    assert [release.number for release in releases(out)] == numbers
    assert all(not list(altered(release.folder)) for release in releases(out))
    assert text_of(out) == "four"
    assert rests(out) == []


def test_a_freeze_killed_when_it_had_made_again_what_is_kept_is_mended_too(tmp_path: Path) -> None:
    out, state = tmp_path / "build", state_of(tmp_path / "build")
    made(out, "one")
    made(out, "two")
    shutil.copytree(state / "1", state / "next")

    made(out, "three")

    assert [(release.number, text_of(release.folder)) for release in releases(out)] == [(3, "three"), (2, "two"), (1, "one")]
    assert rests(out) == []


def test_what_is_known_of_releases_may_be_lost_without_losing_them(tmp_path: Path) -> None:
    out = tmp_path / "build"
    for text in ("one", "two", "three"):
        made(out, text)
    (state_of(out) / "numbers.json").write_text("{")

    made(out, "four")

    assert {release.number: text_of(release.folder) for release in releases(out)}.keys() >= {1, 2}
    assert text_of(out) == "four"


KILLED = """
import sys
from pathlib import Path
from tests.test_publish import made
while True:
    for text in ("one", "two", "three"):
        made(Path(sys.argv[1]), text)
        print(text, flush=True)
"""


def test_r1_publishing_killed_at_any_moment_leaves_a_whole_release_and_the_next_no_rest(tmp_path: Path) -> None:
    out = tmp_path / "build"
    made(out, "zero")

    for round_ in range(200 if LONG else 12):
        command = [sys.executable, "-c", KILLED, str(out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROGRAM, start_new_session=True) as process:
            if process.stdout:
                process.stdout.readline()
            time.sleep(0.0007 * (round_ % 50))
            os.killpg(process.pid, signal.SIGKILL)
        assert text_of(out) in ("zero", "one", "two", "three")

        made(out, f"after {round_}")
        assert text_of(out) == f"after {round_}"
        assert all(not list(altered(release.folder)) for release in releases(out))
        assert rests(out) == []


TOGETHER = """
import sys
from pathlib import Path
from tests.test_publish import made
for number in range(int(sys.argv[3])):
    made(Path(sys.argv[1]), f"{sys.argv[2]} {number}")
"""


def test_r14_many_that_publish_at_once_take_turns(tmp_path: Path) -> None:
    out, rounds = tmp_path / "build", 50 if LONG else 5
    commands = [[sys.executable, "-c", TOGETHER, str(out), name, str(rounds)] for name in "abc"]

    processes = [subprocess.Popen(command, cwd=PROGRAM, stderr=subprocess.PIPE, text=True) for command in commands]
    told = [process.communicate()[1] for process in processes]

    assert told == ["", "", ""]
    assert text_of(out).endswith(f" {rounds - 1}")
    assert [release.number for release in releases(out)] == [3 * rounds, 3 * rounds - 1, 3 * rounds - 2, 3 * rounds - 3]
    assert all(text_of(release.folder) for release in releases(out))
    assert rests(out) == []


def test_r2_readers_see_a_whole_release_at_every_moment(tmp_path: Path) -> None:
    out = tmp_path / "build"
    made(out, "0" * 9_000)
    seen: list[int] = []
    torn: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            for number in range(20):
                text = (out / f"p{number}" / "index.html").read_text()
                if len(text) != 9_000 or len(set(text)) != 1:
                    torn.append(text)
            seen.append(20)

    readers = [threading.Thread(target=look) for _ in range(4)]
    for reader in readers:
        reader.start()
    round_ = 0
    while round_ < (50 if LONG else 10) or (LONG and sum(seen) < 1_000_000):
        made(out, str(round_ % 10) * 9_000)
        round_ += 1
    done.set()
    for reader in readers:
        reader.join()

    assert sum(seen) >= (1_000_000 if LONG else 1_000)
    assert torn == []


FAILING = """
import os, sys
from pathlib import Path
from app.release import Refused
from tests.test_publish import made, rests, text_of

WATCHED = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.scandir", "os.listdir"}
out, error = Path(sys.argv[1]), int(sys.argv[2])
left = -1

def fail(event, args):
    global left
    if left > 0 and event in WATCHED:
        left -= 1
        if left == 0:
            raise OSError(error, os.strerror(error), str(args[0]))

sys.addaudithook(fail)
made(out, "old", files=3)
for number in range(1, 10_000):
    left, refused = number, ""
    try:
        made(out, f"new {number}", files=3)
    except Refused as told:
        refused = str(told)
    spent, left = left == 0, -1
    now = text_of(out)
    assert now == ("old" if refused else f"new {number}"), (number, now, refused)
    assert not refused or os.strerror(error).lower() in refused or "disk is full" in refused, refused
    made(out, "old", files=3)
    assert rests(out) == [], rests(out)
    if not spent:
        print(number)
        break
"""


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_r3_whatever_call_fails_the_cause_is_told_and_a_whole_release_is_served(tmp_path: Path, error: int) -> None:
    command = [sys.executable, "-c", FAILING, str(tmp_path / "build"), str(error)]

    run = subprocess.run(command, capture_output=True, text=True, cwd=PROGRAM, check=False)

    assert run.stderr == ""
    assert int(run.stdout) > 30


@pytest.mark.skipif(os.geteuid() != 0 and "CI" not in os.environ, reason="only root can make a small disk")
def test_r3_a_disk_that_is_full_after_any_byte_is_told_and_the_release_before_stays(small_disk: Path) -> None:
    out, refused, published = small_disk / "build", 0, 0
    made(out, "old")

    rooms = range(0, 200_000, 4_096 if LONG else 16_384)
    for room in rooms:
        usage = shutil.disk_usage(small_disk)
        (small_disk / "filler").write_bytes(b"x" * (usage.free - room))
        try:
            made(out, "new" * 1_000)
        except Refused as error:
            refused += "the disk is full" in str(error) and text_of(out) == "old"
        else:
            published += 1
        (small_disk / "filler").unlink()
        made(out, "old")
        assert rests(out) == []

    assert refused + published == len(rooms)
    assert refused > 3


def test_changes_are_told_from_the_manifests(tmp_path: Path) -> None:
    made(tmp_path / "a", "one", files=3)
    made(tmp_path / "b", "one", files=4)
    (tmp_path / "b" / "p0" / "index.html").write_text("changed")
    (tmp_path / "b" / NAME).unlink()

    changes = compare(tmp_path / "a", tmp_path / "b")

    assert changes.added == ("p3/index.html",)
    assert changes.changed == ("p0/index.html",)
    assert compare(tmp_path / "b", tmp_path / "a").removed == ("p3/index.html",)
    assert len(compare(tmp_path / "none", tmp_path / "a").added) == changes.files - 1 == 4


def test_a_file_is_taken_over_as_a_clone_or_by_a_link(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text("x")
    share = way_to_share(tmp_path)

    share(old, tmp_path / "new")

    assert (tmp_path / "new").read_text() == "x"
    assert (old.stat().st_nlink == 2) == (share is link)
    assert sorted(os.listdir(tmp_path)) == ["new", "old"]
    with pytest.raises(FileExistsError):
        share(old, tmp_path / "new")


def test_a_disk_that_fails_has_its_own_words(tmp_path: Path) -> None:
    def fail() -> None:
        with staging(tmp_path / "build"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), "x")

    with pytest.raises(Refused, match=r"input/output error \(x\); 'build' stays"):
        fail()
