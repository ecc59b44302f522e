"""rsync as a target: a folder on another machine, or on this one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..release.manifest import NAME, Item
from ..release.refusal import Refused

VANISHED = 24
"""What rsync ends with when a file of its list is not here, as is meant when it is to be deleted there."""

HINTS = {
    "permission denied": "look at your key, and at who may write there",
    "no such file or directory": "make the folder there, or correct the path",
    "could not resolve": "look at the network and the name of the host",
    "unknown option": "rsync 3.1 or newer is needed on both sides",
    "unrecognized option": "rsync 3.1 or newer is needed on both sides",
    "no space left": "make room there",
}


@dataclass(frozen=True, slots=True)
class Rsync:
    """A folder as rsync names it, such as `you@host:/var/www`; `scratch` is an empty folder of this machine."""

    place: str
    scratch: Path

    def sizes(self) -> Mapping[str, int]:
        """The files below it; a folder that is not there has none."""
        run = self.run("--recursive", "--list-only", "--no-human-readable", "--8-bit-output", "--", f"{self.place}/")
        if run.returncode == 23 and b"No such file or directory" in run.stderr:
            return {}
        refuse(run, self.place)
        lines = [line.split(maxsplit=4) for line in os.fsdecode(run.stdout).splitlines()]
        return {line[4].removeprefix("./"): int(line[1]) for line in lines if line[0][0] != "d"}

    def record(self) -> bytes | None:
        """The record inside it."""
        run = self.run("--", f"{self.place}/{NAME}", f"{self.scratch}/")
        if run.returncode == 23 and b"No such file or directory" in run.stderr:
            return None
        refuse(run, self.place)
        return (self.scratch / NAME).read_bytes()

    def begin(self, record: bytes) -> None:
        """Put the record there."""
        (self.scratch / NAME).write_bytes(record)
        self.given([NAME], "--checksum", "--", f"{self.scratch}/")

    def send(self, release: Path, items: Sequence[Item]) -> None:
        """Copy files in one run; what has the same bytes already is not sent."""
        self.given((item.path for item in items), "--checksum", "--", f"{release}/")

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, then the folders that held them and are empty: rsync leaves one alone that is not."""
        nothing = self.scratch / "nothing"
        nothing.mkdir()
        folders = {parent for path in paths for parent in list(Path(path).parents)[:-1]}
        deepest_first = [[one.as_posix() for one in folders if len(one.parts) == depth] for depth in range(99, 0, -1)]
        for some in filter(None, [paths, *deepest_first]):
            self.given(some, "--delete-missing-args", "--", f"{nothing}/")

    def finish(self, record: bytes) -> None:
        """Put the record there."""
        self.begin(record)

    def given(self, paths: Iterable[str], *words: str) -> None:
        """Run rsync for these paths. Raises `Refused` where it fails."""
        listed = b"\0".join(os.fsencode(path) for path in paths)
        refuse(self.run("--from0", "--files-from=-", *words, f"{self.place}/", stdin=listed), self.place)

    def run(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run rsync, whose messages are to be in English."""
        command = ["rsync", "--protect-args", *words]
        try:
            return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, "LC_ALL": "C"}, check=False)  # noqa: S603
        except FileNotFoundError as error:
            raise Refused("rsync is not installed on this machine: apt install rsync, or brew install rsync") from error


def refuse(run: subprocess.CompletedProcess[bytes], place: str) -> None:
    """Raise `Refused` where rsync has failed, with what it said first."""
    if run.returncode not in (0, VANISHED):
        said = run.stderr.decode("utf-8", "replace").strip()
        first = said.splitlines()[0] if said else f"rsync ended with {run.returncode}"
        hint = next((hint for sign, hint in HINTS.items() if sign in said.lower()), "look at the address, then deploy again")
        raise Refused(f"'{place}' could not be used: {first}; {hint}")
