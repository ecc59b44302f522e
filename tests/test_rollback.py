"""Rolling back: the release before is there again at once, and none that is kept ever changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from app.folders import PROGRAM
from app.release.kept import altered, releases, rollback
from app.release.lock import locked, state_of
from app.release.manifest import Manifest
from app.release.publish import publish, staging
from app.release.refusal import Refused
from app.release.sharing import way_to_share

from .test_publish import LONG, made, rests, text_of


def numbers(out: Path) -> list[int]:
    """The numbers of the releases that are known, the current one first."""
    known = releases(out)
    return [one.number for one in known if one.current] + [one.number for one in known if not one.current]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A release, after five others."""
    folder = tmp_path / "site" / "build"
    for text in ("one", "two", "three", "four", "five", "six"):
        made(folder, text)
    return folder


def test_r15_the_current_release_and_the_three_before_it_are_kept(out: Path) -> None:
    assert numbers(out) == [6, 5, 4, 3]
    assert rests(out) == []


def test_r15_the_release_before_is_brought_back_and_then_that_before_it(out: Path) -> None:
    assert rollback(out).number == 5
    assert text_of(out) == "five"
    assert rollback(out).number == 4
    assert text_of(out) == "four"
    assert numbers(out) == [4, 6, 5, 3]


def test_r15_any_that_is_kept_can_be_the_current_one(out: Path) -> None:
    for number, text in ((3, "three"), (6, "six"), (4, "four"), (6, "six")):
        assert rollback(out, number).number == number
        assert text_of(out) == text
        assert sorted(numbers(out)) == [3, 4, 5, 6]
        assert rests(out) == []


def test_a_release_after_a_rollback_has_a_number_of_its_own(out: Path) -> None:
    rollback(out, 3)

    made(out, "seven")

    assert numbers(out) == [7, 6, 5, 4]
    assert [text_of(release.folder) for release in releases(out)] == ["seven", "six", "five", "four"]


def test_what_is_published_a_second_time_is_the_latest(out: Path) -> None:
    made(out, "five")

    assert numbers(out) == [7, 6, 4, 3]
    assert rollback(out).number == 6


def test_a_release_that_is_not_there_is_refused(tmp_path: Path, out: Path) -> None:
    with pytest.raises(Refused, match="there is no release 2; kept: 5, 4, 3"):
        rollback(out, 2)
    with pytest.raises(Refused, match="release 6 is the current one"):
        rollback(out, 6)
    with pytest.raises(Refused, match="there is no release before this one; nothing is kept yet"):
        rollback(tmp_path / "none")

    assert text_of(out) == "six"


def test_a_release_that_somebody_deleted_can_be_had_again(out: Path) -> None:
    subprocess.run(["rm", "-r", str(out)], check=True)

    assert rollback(out).number == 5
    assert text_of(out) == "five"


def test_what_was_changed_by_hand_in_a_release_is_told_when_it_comes_back(out: Path) -> None:
    (out / "p3" / "index.html").write_text("by hand")
    made(out, "seven")

    release = rollback(out)

    assert release.altered == ("p3/index.html",)


def test_r15_no_freeze_changes_a_file_of_a_release_that_is_kept(out: Path) -> None:
    def next_release(text: str) -> None:
        with staging(out) as folder:
            share = way_to_share(folder)
            for item in Manifest.of(out).items:
                (folder / item.path).parent.mkdir(parents=True, exist_ok=True)
                share(out / item.path, folder / item.path)
            (folder / "p0" / "index.html").unlink()
            (folder / "p0" / "index.html").write_text(text)
            publish(folder, out)

    for round_ in range(8):
        next_release(f"{round_}")
        assert all(not list(altered(release.folder)) for release in releases(out))
    rollback(out, 12)

    assert (out / "p0" / "index.html").read_text() == "5"


ROLLING = """
import sys
from pathlib import Path
from app.release.kept import releases, rollback
out = Path(sys.argv[1])
print(flush=True)
while True:
    for number in [release.number for release in releases(out) if not release.current]:
        rollback(out, number)
"""


def test_r15_a_rollback_killed_at_any_moment_loses_none(out: Path) -> None:
    before = {release.number: text_of(release.folder) for release in releases(out)}

    for round_ in range(100 if LONG else 10):
        command = [sys.executable, "-c", ROLLING, str(out)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROGRAM, start_new_session=True) as process:
            if process.stdout:
                process.stdout.readline()
            time.sleep(0.003 * (round_ % 17))
            os.killpg(process.pid, signal.SIGKILL)
        with staging(out):
            pass
        assert {release.number: text_of(release.folder) for release in releases(out)} == before
        assert rests(out) == []


def test_r15_the_command_serves_the_release_before_within_a_second(out: Path) -> None:
    made(out, "x" * 9_000, files=1_000)
    made(out, "y" * 9_000, files=1_000)
    command = [sys.executable, "-m", "app.cli", "rollback", "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM)}
    start = time.monotonic()

    run = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)

    assert time.monotonic() - start < 3  # 0.2 on an idle machine
    assert run.stdout.startswith("Release 7 of 20")
    assert run.stderr == ""
    assert text_of(out) == "x" * 9_000


def test_releases_are_listed_with_the_current_one_marked(out: Path) -> None:
    rollback(out)

    lines = CliRunner().invoke(main, ["releases", "--out", str(out)]).output.splitlines()

    assert [line.split()[0] for line in lines] == ["6", "5", "4", "3"]
    assert [line.endswith("  current") for line in lines] == [False, True, False, False]
    assert "      21 files     0.0 MB" in lines[0]


def test_a_site_without_a_release_says_how_to_make_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--site", str(tmp_path), "releases"])

    assert result.output == "There is no release yet; 'octavo freeze' makes one.\n"


def test_a_rollback_that_does_not_wait_says_who_has_the_release(out: Path) -> None:
    with locked(out, "deploy"):
        result = CliRunner().invoke(main, ["rollback", "--no-wait", "--out", str(out)])

    assert result.exit_code == 1
    assert "'build' is in use: a deploy has it since" in result.output
    assert state_of(out).is_dir()
    assert text_of(out) == "six"
