"""Deploying to a git branch: real repositories, and what is in them afterwards."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from app.deploy import Wishes
from app.deploy.git import Git
from app.release.manifest import NAME, Manifest
from app.release.refusal import Refused

from .releases import FIRST, SECOND, Home, paths

AUTHOR = {
    "GIT_AUTHOR_NAME": "Ada Example", "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada Example", "GIT_COMMITTER_EMAIL": "ada@example.org",
}  # fmt: skip


def git(folder: Path, *words: str) -> str:
    """What git prints in a folder."""
    run = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def branch(remote: Path, name: str = "gh-pages") -> dict[str, str]:
    """The files of a branch with their texts, without the record of the deploy."""
    names = git(remote, "ls-tree", "-r", "-z", "--name-only", name).strip("\0").split("\0")
    shown = {path: subprocess.check_output(["git", "show", f"{name}:{path}"], cwd=remote).decode() for path in names}
    return {path: text for path, text in shown.items() if path != NAME}


def commits(remote: Path, name: str = "gh-pages") -> int:
    """How many commits a branch has."""
    return int(git(remote, "rev-list", "--count", name))


@pytest.fixture(autouse=True)
def author(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Git as it is for somebody who has said who they are, and nothing else."""
    for name, value in {**AUTHOR, "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A repository on a server."""
    place = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(place))
    return place


@pytest.fixture
def home(tmp_path: Path, remote: Path) -> Home:
    """A site in a repository of its own, in the middle of the author's work."""
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    git(home.folder, "init", "--quiet", "--initial-branch=main")
    git(home.folder, "remote", "add", "origin", str(remote))
    (home.folder / ".gitignore").write_text("build/\n.octavo/\n")
    (home.folder / "page.md").write_text("committed")
    git(home.folder, "add", ".")
    git(home.folder, "commit", "--quiet", "-m", "Mine")
    git(home.folder, "push", "--quiet", "origin", "main")
    (home.folder / "staged.md").write_text("staged")
    git(home.folder, "add", "staged.md")
    (home.folder / "page.md").write_text("not even staged")
    home.holds(FIRST)
    return home


def state(folder: Path) -> tuple[str, ...]:
    """Everything of a repository that its author can see."""
    asked = (["status", "--porcelain"], ["rev-parse", "HEAD"], ["branch", "--list"], ["stash", "list"], ["diff", "--cached"])
    return tuple(git(folder, *words) for words in asked)


def test_a_release_goes_to_a_branch_that_is_not_there_yet_and_its_history_is_kept(home: Home, remote: Path) -> None:
    home.deploy("git")
    first = branch(remote)
    home.holds(SECOND)
    plan = home.deploy("git:origin#gh-pages")

    assert first == FIRST
    assert branch(remote) == SECOND
    assert paths(plan)[2] == ["notes/a/index.html", "static/site.0123abcd.css"]
    assert commits(remote) == 2
    assert git(remote, "log", "-1", "--format=%an <%ae>", "gh-pages") == "Ada Example <ada@example.org>"
    assert Manifest.loads(git(remote, "show", f"gh-pages:{NAME}").encode() + b"\n") == Manifest.read(home.release)


def test_the_authors_files_index_and_branches_stay_as_they_are(home: Home) -> None:
    before = state(home.folder)

    home.deploy("git")
    home.holds(SECOND)
    home.deploy("git", Wishes(squash=True))

    assert state(home.folder) == before
    assert git(home.folder, "for-each-ref", "--format=%(refname)").split() == [
        "refs/heads/main", "refs/remotes/origin/gh-pages", "refs/remotes/origin/main",
    ]  # fmt: skip


def test_a_squashed_branch_has_one_commit(home: Home, remote: Path) -> None:
    home.deploy("git")
    home.holds(SECOND)

    home.deploy("git", Wishes(squash=True))

    assert commits(remote) == 1
    assert branch(remote) == SECOND


@pytest.mark.parametrize("squash", [False, True])
def test_nothing_is_pushed_where_nothing_changed(home: Home, remote: Path, squash: bool) -> None:
    home.deploy("git", Wishes(squash=squash))
    tip = git(remote, "rev-parse", "gh-pages")

    plan = home.deploy("git", Wishes(squash=squash))
    home.deploy("git", Wishes(squash=squash, all=True))

    assert plan.done
    assert git(remote, "rev-parse", "gh-pages") == tip


def test_a_dry_run_pushes_nothing(home: Home, remote: Path) -> None:
    plan = home.deploy("git", Wishes(dry_run=True))

    assert len(plan.added) == len(FIRST)
    assert git(remote, "branch", "--list").split() == ["main"]


@pytest.mark.parametrize("squash", [False, True])
def test_a_push_between_ours_is_never_lost(home: Home, remote: Path, tmp_path: Path, squash: bool) -> None:
    home.deploy("git")
    home.holds(SECOND)
    ours = Git.opened(home.folder, "origin", "gh-pages", squash, tmp_path)
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(other))
    (other / "CNAME").write_text("example.org")
    git(other, "add", "CNAME")
    git(other, "commit", "--quiet", "-m", "Theirs")
    git(other, "push", "--quiet", "origin", "gh-pages")

    ours.send(home.release, Manifest.of(home.release).items)
    with pytest.raises(Refused, match="somebody else has pushed meanwhile: deploy again"):
        ours.finish(b"{}")
    assert branch(remote) == {**FIRST, "CNAME": "example.org"}

    home.deploy("git", Wishes(squash=squash, delete_unknown=True))
    assert branch(remote) == {**SECOND, "CNAME": "example.org"}


def test_what_others_have_put_into_the_branch_stays(home: Home, remote: Path) -> None:
    blob = git(home.folder, "hash-object", "-w", "page.md")
    tree = subprocess.run(
        ["git", "mktree"], cwd=home.folder, input=f"100644 blob {blob}\told.html\n", capture_output=True, text=True, check=True
    ).stdout.strip()
    commit = git(home.folder, "commit-tree", tree, "-m", "Old")
    git(home.folder, "push", "--quiet", "origin", f"{commit}:refs/heads/gh-pages")

    plan = home.deploy("git")

    assert plan.unknown == ("old.html",)
    assert branch(remote).keys() == {*FIRST, "old.html"}
    assert commits(remote) == 2


def test_a_file_becomes_a_folder(home: Home, remote: Path) -> None:
    home.holds({"a": "file"})
    home.deploy("git")
    (home.release / "a").unlink()
    home.holds({"a/index.html": "folder"})
    home.deploy("git")

    assert branch(remote) == {"a/index.html": "folder"}


def test_a_site_outside_of_any_repository_needs_an_address(tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    home = Home(tmp_path / "plain")
    home.holds(FIRST)

    with pytest.raises(Refused, match=r"is in no git repository, and so knows no remote 'origin'; write the address"):
        home.deploy("git")
    home.deploy(f"git:{remote}#main")
    home.holds(SECOND)
    home.deploy(f"git:{remote}#main")

    assert branch(remote, "main") == SECOND
    assert commits(remote, "main") == 2
    assert not (home.folder / ".git").exists()


def test_the_branch_with_the_authors_own_files_is_refused(home: Home) -> None:
    with pytest.raises(Refused, match="'main' is the branch with your own files"):
        home.deploy("git:origin#main")


def test_a_deploy_from_a_hook_of_git_works_on_the_right_repository(
    home: Home, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(home.folder)
    for name, value in {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_PREFIX": ""}.items():
        monkeypatch.setenv(name, value)

    home.deploy("git")

    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"):
        monkeypatch.delenv(name)
    assert branch(remote) == FIRST
    assert state(home.folder) == before


def test_files_are_committed_with_the_bytes_they_have(home: Home, remote: Path) -> None:
    (home.folder / ".gitattributes").write_text("* text eol=crlf\n*.html filter=none\n")
    git(home.folder, "config", "core.autocrlf", "true")
    home.holds({"index.html": "a\r\nb\nc", ".gitattributes": "* text=auto\n"})

    home.deploy("git")

    assert branch(remote)["index.html"] == "a\r\nb\nc"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("git:nowhere", "look at the address"),
        ("git:https://127.0.0.1:9/x.git", "look at what git says, then deploy again"),
    ],
)
def test_a_remote_that_cannot_be_reached_is_told_in_one_line(home: Home, address: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        home.deploy(address)

    assert "\n" not in str(refused.value)


def test_a_push_that_the_server_refuses_is_told(home: Home, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)

    with pytest.raises(Refused, match=r"\[remote rejected\].*pre-receive hook declined"):
        home.deploy("git")


def test_an_author_without_a_name_is_told_how_to_give_one(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in AUTHOR:
        monkeypatch.delenv(name)
    Path(os.environ["GIT_CONFIG_GLOBAL"]).write_text("[user]\n  useConfigOnly = true\n")

    with pytest.raises(Refused, match=r"git config --global user.name"):
        home.deploy("git")
