"""Deploying: what is sent, in which order, what is left alone, and what happens when it ends in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.deploy import Address, Wishes
from app.deploy.deployment import remembered
from app.deploy.folder import Folder
from app.deploy.plan import compare
from app.release.lock import locked
from app.release.manifest import NAME, Item, Manifest
from app.release.refusal import Refused

from .releases import FIRST, SECOND, Home, files_in, paths
from .site_tree import SiteTree
from .test_cli import octavo


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A site folder with a first release."""
    home = Home(tmp_path / "home")
    home.holds(FIRST)
    return home


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """Where a release is sent to."""
    return tmp_path / "www"


@dataclass(frozen=True)
class Watched:
    """A folder that tells what was done to it, and of which a number of steps are done before the power fails."""

    folder: Folder
    steps: list[str] = field(default_factory=list)
    most: int = 1000

    def step(self, what: str) -> None:
        if len(self.steps) == self.most:
            raise KeyboardInterrupt
        self.steps.append(what)

    def begin(self, record: bytes) -> None:
        self.step("begin")
        self.folder.begin(record)

    def send(self, release: Path, items: Sequence[Item]) -> None:
        for item in items:
            self.step(f"+ {item.path}")
            self.folder.send(release, [item])

    def delete(self, gone: Sequence[str]) -> None:
        for path in gone:
            self.step(f"- {path}")
            self.folder.delete([path])

    def finish(self, record: bytes) -> None:
        self.step("finish")
        self.folder.finish(record)

    def take(self, home: Home) -> None:
        """Do what `deploy` does, to this target."""
        theirs = remembered(self.folder)
        plan = compare(Manifest.of(home.release), theirs, self.folder.sizes(), all=False, delete_unknown=False)
        self.begin(plan.before.dumps())
        for batch in plan.batches:
            self.send(home.release, batch)
        self.delete(plan.gone)
        self.finish(plan.after.dumps())


def test_a_first_deploy_sends_everything_and_the_next_only_what_changed(home: Home, www: Path) -> None:
    first = home.deploy(str(www))
    home.holds(SECOND)
    second = home.deploy(str(www))

    assert paths(first) == (sorted(FIRST), [], [])
    assert paths(second) == (
        ["new/index.html", "static/site.4567cdef.css"],
        ["index.html", "sitemap.xml", "static/site.css"],
        ["notes/a/index.html", "static/site.0123abcd.css"],
    )
    assert files_in(www) == SECOND
    assert not (www / "notes" / "a").exists()


def test_what_pages_show_comes_first_then_pages_then_what_leads_to_them_and_deletions_last(home: Home, www: Path) -> None:
    home.deploy(str(www))
    home.holds(SECOND)
    watched = Watched(Folder(www))

    watched.take(home)

    assert watched.steps == [
        "begin",
        "+ static/site.4567cdef.css",
        "+ static/site.css",
        "+ new/index.html",
        "+ index.html",
        "+ sitemap.xml",
        "- notes/a/index.html",
        "- static/site.0123abcd.css",
        "finish",
    ]


@pytest.mark.parametrize("steps", range(9))
def test_a_deploy_that_ends_in_the_middle_leaves_whole_pages_and_the_next_one_finishes(home: Home, www: Path, steps: int) -> None:
    home.deploy(str(www))
    (www / "mine.txt").write_text("mine")
    home.holds(SECOND)
    with pytest.raises(KeyboardInterrupt):
        Watched(Folder(www), most=steps).take(home)

    sheet = files_in(www)["index.html"].partition('"')[2].partition('"')[0]
    assert (www / sheet).exists()
    third = {path: text for path, text in SECOND.items() if not path.startswith(("new/", "static/site.4567"))}
    home.holds(third)
    home.deploy(str(www))

    assert files_in(www) == {**third, "mine.txt": "mine"}


def test_kill_minus_9_at_any_moment_is_mended_by_the_next_deploy(home: Home, www: Path) -> None:
    home.holds({f"{number}/index.html": "x" * 20_000 for number in range(300)})
    command = [sys.executable, "-m", "app.cli", "--site", str(home.folder), "deploy", str(www)]
    (home.folder / "pages").mkdir()
    killed = 0
    for seconds in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        time.sleep(seconds)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        killed += run.returncode == -signal.SIGKILL
        assert all(len(text) == 20_000 for path, text in files_in(www).items() if path.endswith(".html"))

    home.deploy(str(www))

    assert killed
    assert set(files_in(www)) == set(files_in(home.release))


def test_nothing_is_sent_where_nothing_changed(home: Home, www: Path) -> None:
    home.deploy(str(www))
    times = {file: file.stat().st_mtime_ns for file in www.rglob("*")}

    again = home.deploy(str(www))

    assert again.done
    assert {file: file.stat().st_mtime_ns for file in www.rglob("*")} == times


def test_a_dry_run_says_what_would_be_done_and_does_nothing(home: Home, www: Path) -> None:
    plan = home.deploy(str(www), Wishes(dry_run=True))

    assert paths(plan) == (sorted(FIRST), [], [])
    assert not www.exists()


def test_what_no_deploy_has_sent_is_left_alone_unless_that_is_wished(home: Home, www: Path) -> None:
    www.mkdir()
    for path in ("old.html", "CNAME", ".well-known/x"):
        (www / path).parent.mkdir(exist_ok=True)
        (www / path).write_text("foreign")

    kept = home.deploy(str(www))

    assert kept.unknown == (".well-known/x", "CNAME", "old.html")
    assert files_in(www).keys() == {*FIRST, "old.html", "CNAME", ".well-known/x"}
    assert home.deploy(str(www), Wishes(delete_unknown=True)).gone == (".well-known/x", "old.html")
    assert files_in(www).keys() == {*FIRST, "CNAME"}


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"form": 1, "items": [{"path": "mine.txt"}]}', None])
def test_without_a_record_that_can_be_trusted_everything_is_sent_and_nothing_deleted(
    home: Home, www: Path, damage: bytes | None
) -> None:
    home.deploy(str(www))
    (www / NAME).unlink() if damage is None else (www / NAME).write_bytes(damage)
    home.holds(SECOND)

    plan = home.deploy(str(www))

    assert len(plan.added) + len(plan.changed) == len(SECOND)
    assert plan.gone == ()
    assert (www / "notes/a/index.html").exists()
    assert Manifest.read(www) == Manifest.read(home.release)


def test_a_record_cannot_lead_a_deploy_out_of_its_target(home: Home, www: Path) -> None:
    victim = www.parent / "victim.txt"
    victim.write_text("mine")
    home.deploy(str(www))
    items = (*Manifest.of(www).items, Item.of("../victim.txt", b"mine"), Item.of(str(victim), b"mine"))
    Manifest(items).write(www)

    plan = home.deploy(str(www))

    assert plan.gone == ()
    assert victim.read_text() == "mine"


def test_what_is_missing_or_cut_off_at_the_target_is_sent_again(home: Home, www: Path) -> None:
    home.deploy(str(www))
    (www / "index.html").unlink()
    (www / "sitemap.xml").write_text("<a")

    plan = home.deploy(str(www))

    assert paths(plan) == (["index.html"], ["sitemap.xml"], [])
    assert files_in(www) == FIRST


def test_every_file_is_sent_where_that_is_wished(home: Home, www: Path) -> None:
    home.deploy(str(www))
    (www / "sitemap.xml").write_text("<b/><a/>")

    plan = home.deploy(str(www), Wishes(all=True))

    assert len(plan.changed) == len(FIRST)
    assert files_in(www) == FIRST


def test_a_release_changed_by_hand_is_told_before_anything_is_sent(home: Home, www: Path) -> None:
    (home.release / "index.html").write_text("mine")
    (home.release / "sitemap.xml").unlink()

    with pytest.raises(Refused, match=r"'index.html' and 1 more in 'build' changed after the freeze; run 'octavo freeze'"):
        home.deploy(str(www))

    assert not www.exists()


@pytest.mark.parametrize("there", [True, False])
def test_where_there_is_no_release_the_author_is_told_to_freeze(tmp_path: Path, www: Path, there: bool) -> None:
    home = Home(tmp_path)
    if there:
        home.release.mkdir()

    with pytest.raises(Refused, match="run 'octavo freeze' first"):
        home.deploy(str(www))


def test_a_folder_that_cannot_be_is_told(home: Home, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Refused, match=r"there is no folder '.*nowhere' to deploy into"):
        home.deploy(str(tmp_path / "nowhere" / "www"))
    with pytest.raises(Refused, match=r"could not be used: .*; look at who may write there"):
        home.deploy(str(tmp_path / "file"))


def test_a_deploy_waits_for_a_freeze_of_the_same_release(home: Home, www: Path) -> None:
    (home.folder / "pages").mkdir()

    with locked(home.release, "freeze"):
        run = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "--site", str(home.folder), "deploy", str(www)], stdout=subprocess.PIPE
        )
        time.sleep(1.5)
        waiting = run.poll() is None and not www.exists()
    run.communicate(timeout=30)

    assert waiting
    assert run.returncode == 0
    assert files_in(www) == FIRST


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("git", "git:origin#gh-pages"),
        ("git:", "git:origin#gh-pages"),
        ("git:upstream", "git:upstream#gh-pages"),
        ("git:#main", "git:origin#main"),
        ("git:git@example.org:you/you.git#main", "git:git@example.org:you/you.git#main"),
        ("rsync:you@host:/var/www/", "rsync:you@host:/var/www"),
        ("rsync://host/module/", "rsync://host/module"),
        ("s3://bucket", "s3://bucket"),
        ("s3://bucket/a/b/", "s3://bucket/a/b"),
        ("/var/www", "/var/www"),
        ("../www", "/home/www"),
        ("./www", "/home/site/www"),
    ],
)
def test_an_address_is_read_as_it_is_written(written: str, read: str) -> None:
    assert str(Address.parse(written, Path("/home/site"))) == read


@pytest.mark.parametrize("written", ["gti:origin", "www", "sites/www", "", "rsync", "ftp://host/", "http://host"])
def test_a_word_that_is_no_address_is_told_with_all_that_are(written: str) -> None:
    with pytest.raises(ValueError, match="is no place to deploy to; write git:origin#gh-pages, rsync:"):
        Address.parse(written, Path("/home/site"))


@pytest.mark.parametrize("written", ["git:--upload-pack=x", "rsync:-e x", "s3://", "git:origin#--all"])
def test_an_address_that_a_program_would_take_for_an_option_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="does not say where"):
        Address.parse(written, Path("/home/site"))


def test_octavo_deploy_sends_what_octavo_freeze_has_made_to_where_site_yml_says(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "deploy: {to: ../www}\n")
    octavo("--site", tree.folder, "freeze", "--base-url", "https://you.github.io/")

    dry = octavo("--site", tree.folder, "deploy", "--dry-run", cwd=tree.folder.parent)
    sent = octavo("--site", tree.folder, "deploy", cwd=tree.folder.parent)
    again = octavo("--site", tree.folder, "deploy", cwd=tree.folder.parent)

    assert dry.stdout.splitlines()[-1].endswith(
        "0 changed, 0 deleted, " + size(dry.stdout) + " kB; nothing was done (--dry-run)."
    )
    assert sent.stdout.splitlines()[:-1] == dry.stdout.splitlines()[:-1]
    assert again.stdout == "www has this release already; nothing was sent.\n"
    assert files_in(tree.folder.parent / "www") == files_in(tree.folder / "build")
    assert (sent.stderr, sent.returncode) == ("", 0)


def size(report: str) -> str:
    """The kilobytes in the last line of a report."""
    return report.splitlines()[-1].split(" kB")[0].split()[-1]


def test_octavo_deploy_tells_a_wrong_address_in_site_yml_with_its_line(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "title: Notes\ndeploy:\n  to: gti:origin\n")

    result = octavo("--site", tree.folder, "deploy")

    assert result.returncode == 1
    assert result.stderr.startswith("pages/site.yml:3:7: 'gti:origin' is no place to deploy to\n    write git:origin#gh-pages")
    assert "nothing was sent" in result.stderr


def test_octavo_deploy_asks_where_to_and_for_a_release_in_one_line(tree: SiteTree) -> None:
    nowhere = octavo("--site", tree.folder, "deploy")
    unfrozen = octavo("--site", tree.folder, "deploy", "./www")

    assert (nowhere.returncode, unfrozen.returncode) == (1, 1)
    assert "octavo deploy git:origin#gh-pages" in nowhere.stderr
    assert unfrozen.stderr == "Error: there is no release in 'build'; run 'octavo freeze' first\n"
