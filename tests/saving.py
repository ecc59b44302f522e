"""Every way in which editors and other programs save a file."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

Save = Callable[[Path, str], None]
"""Give a file a text."""

GIT = ("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")


def in_place(file: Path, text: str) -> None:
    """As `echo >` does it."""
    file.write_text(text)


def renamed_over(file: Path, text: str) -> None:
    """As most editors do it."""
    aside = file.with_name(f".{file.name}.tmp")
    aside.write_text(text)
    aside.replace(file)


def from_elsewhere(file: Path, text: str) -> None:
    """By a file that comes from a folder nobody follows."""
    aside = file.parents[2] / "aside"
    aside.write_text(text)
    aside.replace(file)


def deleted_and_created(file: Path, text: str) -> None:
    """Without the file for a moment."""
    file.unlink()
    file.write_text(text)


def deleted_for_long(file: Path, text: str) -> None:
    """Without the file for so long that this can be seen."""
    file.unlink()
    time.sleep(0.15)
    file.write_text(text)


def as_vim(file: Path, text: str) -> None:
    """With a swap file, a try whether the folder can be written to, and a copy of the text before."""
    swap = file.with_name(f".{file.name}.swp")
    swap.write_bytes(b"b0VIM 9.1")
    tried = file.with_name("4913")
    tried.touch()
    tried.unlink()
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_text(text)
    backup.unlink()
    swap.unlink()


def as_emacs(file: Path, text: str) -> None:
    """With a lock that leads to nothing, what is kept while one types, and a copy of the text before."""
    lock, typed = file.with_name(f".#{file.name}"), file.with_name(f"#{file.name}#")
    lock.symlink_to("ada@host.1:1")
    typed.write_text(text[:-1])
    file.with_name(f"{file.name}~").write_bytes(file.read_bytes())
    file.write_text(text)
    typed.unlink()
    lock.unlink()


def in_halves(file: Path, text: str) -> None:
    """So slowly that half of it can be seen."""
    with file.open("w") as stream:
        stream.write(text[: len(text) // 2])
        stream.flush()
        time.sleep(0.02)
        stream.write(text[len(text) // 2 :])


def of_old(file: Path, text: str) -> None:
    """With a time long ago, as after a jump of the clock or from an archive."""
    file.write_text(text)
    os.utime(file, (1_000_000_000, 1_000_000_000))


def unseen(file: Path, text: str) -> None:
    """With the size and the time that the file had before, where the texts are of the same length."""
    before = file.stat()
    file.write_text(text)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def in_a_moved_folder(file: Path, text: str) -> None:
    """While its folder has another name."""
    folder = file.parent
    aside = folder.rename(folder.with_name("aside"))
    (aside / file.name).write_text(text)
    aside.rename(folder)


def in_a_folder_moved_out(file: Path, text: str) -> None:
    """While its folder is somewhere else."""
    folder, outside = file.parent, file.parents[2] / "outside"
    folder.rename(outside)
    time.sleep(0.02)
    (outside / file.name).write_text(text)
    outside.rename(folder)


def by_git(file: Path, text: str) -> None:
    """By a checkout of another branch; what the branch before had is kept aside."""
    home = file.parents[2]
    if not (home / ".git").exists():
        git(home, "init", "-q")
        git(home, "add", "-A")
        git(home, "commit", "-qm", "first")
    git(home, "stash", "-q", "--include-untracked")
    git(home, "checkout", "-q", "--detach")
    file.write_text(text)
    git(home, "commit", "-qam", "other")
    other = subprocess.run([*GIT, "rev-parse", "HEAD"], cwd=home, check=True, capture_output=True, text=True).stdout.strip()
    git(home, "checkout", "-q", "main")
    git(home, "checkout", "-q", other)


def git(home: Path, *words: str) -> None:
    """Call Git."""
    subprocess.run([*GIT, *words], cwd=home, check=True, capture_output=True)


STYLES: tuple[Save, ...] = (
    in_place, renamed_over, from_elsewhere, deleted_and_created, deleted_for_long, as_vim, as_emacs, in_halves, of_old, unseen,
    in_a_moved_folder, in_a_folder_moved_out, by_git,
)  # fmt: skip
