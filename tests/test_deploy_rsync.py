"""Deploying with rsync, to a folder of this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.deploy import Wishes
from app.release.manifest import Manifest
from app.release.refusal import Refused

from .releases import FIRST, SECOND, Home, files_in, paths


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A site folder with a first release."""
    home = Home(tmp_path / "home")
    home.holds(FIRST)
    return home


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """Where a release is sent to."""
    return tmp_path / "www and more"


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in which every run of rsync leaves a line with its list of files."""
    told, folder = tmp_path / "runs", tmp_path / "bin"
    folder.mkdir()
    real = next(place for place in os.environ["PATH"].split(":") if Path(place, "rsync").exists())
    script = folder / "rsync"
    lines = (
        "#!/bin/sh",
        f'case "$*" in *--files-from*) tee -a {told} | {real}/rsync "$@"; status=$?; echo "|" >> {told}; exit $status;; esac',
        f'exec {real}/rsync "$@"',
    )
    script.write_text("\n".join(lines))
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return told


def test_a_first_deploy_sends_everything_and_the_next_only_what_changed(home: Home, www: Path) -> None:
    home.deploy(f"rsync:{www}")
    first, kept = files_in(www), (www / "notes/ä b/index.html").stat()
    (www / "mine.txt").write_text("mine")
    home.holds(SECOND)
    plan = home.deploy(f"rsync:{www}")

    assert first == FIRST
    assert files_in(www) == {**SECOND, "mine.txt": "mine"}
    assert paths(plan)[2] == ["notes/a/index.html", "static/site.0123abcd.css"]
    assert plan.unknown == ("mine.txt",)
    assert not (www / "notes/a").exists()
    assert (www / "notes/ä b/index.html").stat() == kept
    assert Manifest.read(www) == Manifest.read(home.release)


def test_rsync_runs_in_the_order_that_keeps_pages_whole(home: Home, www: Path, runs: Path) -> None:
    home.deploy(f"rsync:{www}")
    runs.write_text("")
    home.holds(SECOND)

    home.deploy(f"rsync:{www}")

    assert [set(run.strip().split("\0")) for run in runs.read_text().split("|")[:-1]] == [
        {".manifest.json"},
        {"static/site.4567cdef.css", "static/site.css"},
        {"new/index.html"},
        {"index.html", "sitemap.xml"},
        {"notes/a/index.html", "static/site.0123abcd.css"},
        {"notes/a"},
        {"notes", "static"},
        {".manifest.json"},
    ]


def test_what_no_deploy_has_sent_is_deleted_only_if_that_is_wished(home: Home, www: Path) -> None:
    (www / "old").mkdir(parents=True)
    (www / "old" / "a page.html").write_text("foreign")

    home.deploy(f"rsync:{www}")
    kept = files_in(www)
    home.deploy(f"rsync:{www}", Wishes(delete_unknown=True))

    assert kept == {**FIRST, "old/a page.html": "foreign"}
    assert files_in(www) == FIRST
    assert not (www / "old").exists()


def test_a_dry_run_and_a_deploy_without_a_change_write_nothing(home: Home, www: Path) -> None:
    home.deploy(f"rsync:{www}", Wishes(dry_run=True))
    untouched = not www.exists()
    home.deploy(f"rsync:{www}")
    times = {file: file.stat().st_mtime_ns for file in www.rglob("*")}

    again = home.deploy(f"rsync:{www}")

    assert untouched
    assert again.done
    assert {file: file.stat().st_mtime_ns for file in www.rglob("*")} == times


def test_a_deploy_that_broke_off_is_finished_by_the_next(home: Home, www: Path) -> None:
    home.deploy(f"rsync:{www}")
    home.holds(SECOND)
    (www / "index.html").unlink()
    (www / "index.html").mkdir()
    (www / "index.html" / "x").write_text("in the way")

    with pytest.raises(Refused, match="could not be used"):
        home.deploy(f"rsync:{www}")
    (www / "index.html" / "x").unlink()
    third = {path: text for path, text in SECOND.items() if not path.startswith(("new/", "static/site.4567"))}
    home.holds(third)
    home.deploy(f"rsync:{www}")

    assert files_in(www) == third


def test_a_target_that_is_not_there_is_told_in_one_line(home: Home, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="make the folder there, or correct the path") as refused:
        home.deploy(f"rsync:{tmp_path}/no/where")

    assert "\n" not in str(refused.value)


def test_a_machine_without_rsync_is_told(home: Home, www: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(www))

    with pytest.raises(Refused, match="rsync is not installed on this machine"):
        home.deploy(f"rsync:{www}")
