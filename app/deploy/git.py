"""A git branch as a target: commits made by git itself, without a checkout; the author's files and index stay as they are."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..release.manifest import NAME, Item
from ..release.refusal import Refused

OF_ANOTHER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX")
"""What git tells those it calls, which here would lead it to another repository."""

HINTS = {
    "stale info": "somebody else has pushed meanwhile: deploy again",
    "fetch first": "somebody else has pushed meanwhile: deploy again",
    "non-fast-forward": "somebody else has pushed meanwhile: deploy again",
    "cannot lock ref": "somebody else has pushed meanwhile: deploy again",
    "protected branch": "the branch is protected there: allow the push, or choose another branch",
    "could not read username": "git knows no password for it: use an SSH address, or 'git config credential.helper store'",
    "authentication failed": "the password or token is wrong",
    "permission denied": "look at your key, and at who may push there",
    "could not resolve host": "look at the network and the address",
    "does not appear to be a git repository": "look at the address ('git remote -v' has those of this repository)",
    "repository not found": "make it there first, or correct the address",
    "tell me who you are": "git config --global user.name 'Your Name', and the same for user.email",
    "empty ident": "git config --global user.name 'Your Name', and the same for user.email",
    "unable to auto-detect": "git config --global user.name 'Your Name', and the same for user.email",
}
TOLD = re.compile(r"^(?:fatal:|error:| ! ).*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Git:
    """A branch of a remote, whose last commit is `tip`, empty where there is none; its next one grows in the file `index`."""

    folder: Path
    index: Path
    remote: str
    branch: str
    squash: bool
    tip: str

    @classmethod
    def opened(cls, site_folder: Path, remote: str, branch: str, squash: bool, scratch: Path) -> Git:
        """The branch, fetched into the repository of the site, or into one for now where the site is in none."""
        index = scratch / "index"
        own = git("rev-parse", "--absolute-git-dir", folder=site_folder, fails=True).strip()
        if own:
            refuse_own_branch(site_folder, remote, branch)
        elif ":" not in remote and "/" not in remote:
            hint = f"write the address of one: git:https://...#{branch}"
            raise Refused(f"'{site_folder}' is in no git repository, and so knows no remote '{remote}'; {hint}")
        else:
            own = str(scratch / "repository")
            git("init", "--quiet", "--bare", own, folder=scratch)
        place = cls(Path(own), index, remote, branch, squash, "")
        listed = place.git("ls-remote", "--", remote, place.ref).split()
        if listed:
            place.git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote, place.ref)
        place = cls(Path(own), index, remote, branch, squash, listed[0] if listed else "")
        place.git("read-tree", place.tip or "--empty")
        return place

    @property
    def ref(self) -> str:
        """The whole name of the branch."""
        return f"refs/heads/{self.branch}"

    def git(self, *words: str, stdin: bytes = b"") -> str:
        """Run git for this branch, and answer what it prints."""
        return git(*words, folder=self.folder, stdin=stdin, GIT_DIR=str(self.folder), GIT_INDEX_FILE=str(self.index))

    def sizes(self) -> Mapping[str, int]:
        """The files of the last commit."""
        if not self.tip:
            return {}
        entries = self.git("ls-tree", "-r", "-l", "-z", "--full-tree", self.tip).split("\0")
        listed = [(*entry.partition("\t")[0].split(), entry.partition("\t")[2]) for entry in entries if entry]
        return {path: int(size) for _, kind, _, size, path in listed if kind == "blob"}

    def record(self) -> bytes | None:
        """The record in the last commit."""
        there = self.tip and self.git("ls-tree", "--full-tree", self.tip, "--", NAME)
        return self.git("cat-file", "blob", f"{self.tip}:{NAME}").encode() if there else None

    def begin(self, record: bytes) -> None:
        """Nothing: the branch moves in one step, at the end."""

    def send(self, release: Path, items: Sequence[Item]) -> None:
        """Put files into the next commit."""
        paths = [item.path for item in items]
        listed = "\n".join(str(release.absolute() / path) for path in paths)
        blobs = self.git("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=os.fsencode(listed)).split()
        self.enter(f"100644 {blob}\t{path}" for blob, path in zip(blobs, paths, strict=True))

    def delete(self, paths: Sequence[str]) -> None:
        """Leave files out of the next commit."""
        self.enter(f"0 {'0' * 40}\t{path}" for path in paths)

    def finish(self, record: bytes) -> None:
        """Commit and push. Raises `Refused` where the branch has moved meanwhile."""
        blob = self.git("hash-object", "-w", "--no-filters", "--stdin", stdin=record).strip()
        self.enter([f"100644 {blob}\t{NAME}"])
        tree = self.git("write-tree").strip()
        if self.tip and tree == self.git("rev-parse", f"{self.tip}^{{tree}}").strip():
            return
        parent = ["-p", self.tip] if self.tip and not self.squash else []
        commit = self.git("commit-tree", tree, *parent, "-m", "Release of the site").strip()
        lease = [f"--force-with-lease={self.ref}:{self.tip}"] if self.squash else []
        self.git("push", "--quiet", *lease, "--", self.remote, f"{commit}:{self.ref}")

    def enter(self, lines: Iterable[str]) -> None:
        """Put entries into the index of the next commit."""
        self.git("update-index", "--replace", "-z", "--index-info", stdin=os.fsencode("".join(f"{line}\0" for line in lines)))


def refuse_own_branch(site_folder: Path, remote: str, branch: str) -> None:
    """Raise `Refused` where the release would be put among the author's own files."""
    current = git("symbolic-ref", "--short", "-q", "HEAD", folder=site_folder, fails=True).strip()
    if current == branch and remote in git("remote", folder=site_folder).split():
        raise Refused(f"'{branch}' is the branch with your own files; write another: git:{remote}#gh-pages")


def git(*words: str, folder: Path, stdin: bytes = b"", fails: bool = False, **environ: str) -> str:
    """Run git in `folder` and answer what it prints, nothing where it may fail and does. Raises `Refused`."""
    around = {name: value for name, value in os.environ.items() if name not in OF_ANOTHER}
    around |= {"LC_ALL": "C", **environ}
    try:
        run = subprocess.run(["git", *words], cwd=folder, input=stdin, capture_output=True, env=around, check=False)  # noqa: S603, S607
    except FileNotFoundError as error:
        raise Refused("git is not installed on this machine") from error
    if not run.returncode:
        return os.fsdecode(run.stdout)
    if fails:
        return ""
    said = run.stderr.decode("utf-8", "replace").strip()
    line = next(iter(TOLD.findall(said)), said.partition("\n")[0]) or f"git {words[0]} ended with {run.returncode}"
    hint = next((hint for sign, hint in HINTS.items() if sign in said.lower()), "look at what git says, then deploy again")
    raise Refused(f"git could not deploy: {' '.join(line.split())}; {hint}")
