"""Publish: a finished release takes the place of the one before in a single step."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..content.source import sync_folder

AT_FDCWD = -100
RENAME_EXCHANGE = 2

SEARCH = "pagefind/"
"""Where a release has what its search looks through."""

UNTOLD = re.compile(r"^/tags/|/page/\d+/$")
"""The pages that come and go with the entries they list."""


class Refused(Exception):
    """A release that cannot be made or put in its place, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The files of a release that are new, different or gone since the one before, the number of all and their size in bytes.

    `without_search` says why the release has no search, where it has none.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    files: int
    size: int
    without_search: str = ""

    @property
    def gone(self) -> list[str]:
        """The paths of the pages that were there before, without those of tags and of the leaves of lists."""
        pages = (f"/{name.removesuffix('index.html')}" for name in self.removed if name.endswith(".html"))
        return [path for path in pages if not UNTOLD.search(path)]


def beside(out: Path, what: str) -> Path:
    """A hidden folder next to `out`, and so on the same disk."""
    return out.parent / f".{out.name}-{what}"


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """An empty folder in which to build what shall become `out`; it is gone at the end, whatever happens.

    Raises `Refused` where that cannot be done, or where `out` is something other than a release.
    """
    out = out.absolute()
    next_release = beside(out, "next")
    try:
        recover(out)
        refuse_what_is_not_ours(out)
        remove(next_release)
        next_release.mkdir(parents=True)
        yield next_release
    except OSError as error:
        if error.errno is None:  # not the system's: a template that is not there is one too
            raise
        what = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else (error.strerror or str(error)).lower()
        place = error.filename or next_release
        raise Refused(f"the release was not made: {what} ({place}); '{out.name}' stays as it was") from error
    finally:
        with suppress(OSError):
            remove(next_release)


def refuse_what_is_not_ours(out: Path) -> None:
    """Raise `Refused` when publishing would overwrite what no freeze has made, or what is protected."""
    if inside := [part for part in out.parts[:-1] if part in ("pages", "templates", "static") and content_at(out, part)]:
        raise Refused(f"'{out}' is inside '{inside[0]}/', which is content; choose another with --out")
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Refused(f"'{out}' is not a folder; move it away, or choose another with --out")
    if not out.exists():
        return
    if any(out.iterdir()) and not (out / ".nojekyll").exists():
        raise Refused(f"'{out}' holds files that Octavo did not make; empty it, or choose another with --out")
    if not out.stat().st_mode & stat.S_IWUSR or not os.access(out, os.W_OK):
        raise Refused(f"'{out}' is read-only; allow writing (chmod -R u+w), or choose another with --out")


def content_at(out: Path, name: str) -> bool:
    """Whether the folder `name` above `out` belongs to a site."""
    home = Path(*out.parts[: out.parts.index(name)])
    return (home / "pages").is_dir()


def compare(old: Path, new: Path) -> Changes:
    """What tells the release in `new` from that in `old`, which need not exist.

    The files of the search are counted and not told: most have another name as soon as a word changes anywhere.
    """
    before, after = listed(old), listed(new)
    size, files = sum(after.values()), len(after)
    before, after = ({name: one for name, one in all.items() if not name.startswith(SEARCH)} for all in (before, after))
    changed = [name for name in before.keys() & after.keys() if not same(old / name, new / name, before[name], after[name])]
    added, removed = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
    return Changes(tuple(added), tuple(sorted(changed)), tuple(removed), files, size)


def listed(folder: Path) -> dict[str, int]:
    """The files below a folder with their sizes."""
    return {file.relative_to(folder).as_posix(): file.stat().st_size for file in folder.rglob("*") if file.is_file()}


def same(one: Path, other: Path, size: int, other_size: int) -> bool:
    """Whether two files hold the same bytes."""
    return size == other_size and one.read_bytes() == other.read_bytes()


def publish(new: Path, out: Path) -> None:
    """Let `new` become `out`, so that whoever looks sees the whole old release or the whole new one."""
    out = out.absolute()
    os.sync()
    if not out.exists():
        os.rename(new, out)
    elif not exchanged(new, out):
        previous = beside(out, "previous")
        os.rename(out, previous)
        os.rename(new, out)
        remove(previous)
    sync_folder(out.parent)


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; `False` on systems that cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(number, os.strerror(number), str(other))


def recover(out: Path) -> None:
    """Mend what a freeze has left that was killed between two renames."""
    previous = beside(out, "previous")
    if previous.exists():
        if out.exists():
            remove(previous)
        else:
            os.rename(previous, out)


def remove(folder: Path) -> None:
    """Delete a folder, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)
