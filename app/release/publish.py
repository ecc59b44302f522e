"""Publish: a finished release takes the place of the one before in a single step."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..content.source import sync_folder
from ..problems import Problem
from .exchange import put, remove, sync
from .kept import ASIDE, settle
from .lock import PATIENCE, Tell, locked, state_of
from .manifest import Manifest
from .refusal import Refused, reason

SEARCH = "pagefind/"
"""Where a release has what its search looks through."""

UNTOLD = re.compile(r"^/tags/|/page/\d+/$")
"""The pages that come and go with the entries they list."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The files of a release that are new, different or gone since the one before, the number of all and their size in bytes.

    `without_search` says why the release has no search, where it has none; `warnings` are what had better be mended; `why` says
    why the URL that was asked for was made again, and is empty where it was taken over.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    files: int
    size: int
    without_search: str = ""
    warnings: tuple[Problem, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def gone(self) -> list[str]:
        """The paths of the pages that were there before, without those of tags and of the leaves of lists."""
        pages = (f"/{name.removesuffix('index.html')}" for name in self.removed if name.endswith(".html"))
        return [path for path in pages if not UNTOLD.search(path)]


@contextmanager
def staging(out: Path, what: str = "freeze", patience: float = PATIENCE, tell: Tell = lambda message: None) -> Iterator[Path]:
    """An empty folder in which to build what shall become `out`; it is gone at the end, whatever happens.

    Until then `out` is locked: another freeze waits for up to `patience` seconds, and `tell` is given a message that says for
    whom. Raises `Refused` where that cannot be done, or where `out` is something other than a release.
    """
    out = out.absolute()
    next_release = state_of(out) / "next"
    try:
        refuse_what_is_not_ours(out)
        with locked(out, what, patience, tell):
            try:
                settle(out)
                remove(next_release)
                next_release.mkdir(parents=True)
                yield next_release
            finally:
                with suppress(OSError):
                    remove(next_release)
    except OSError as error:
        if error.errno is None:  # not the system's: a template that is not there is one too
            raise
        place = error.filename or next_release
        raise Refused(f"the release was not made: {reason(error)} ({place}); '{out.name}' stays as it was") from error


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
    before, after = (Manifest.read(folder) or Manifest.of(folder) for folder in (old, new))
    then, now = ({item.path: item.sha256 for item in one.items if not item.path.startswith(SEARCH)} for one in (before, after))
    changed = [path for path in then.keys() & now.keys() if then[path] != now[path]]
    added, removed = sorted(now.keys() - then.keys()), sorted(then.keys() - now.keys())
    return Changes(tuple(added), tuple(sorted(changed)), tuple(removed), len(after.items), after.size)


def publish(new: Path, out: Path) -> None:
    """Let `new`, from `staging`, become `out`, so that whoever looks sees the whole old release or the whole new one.

    The old one is kept under its number. Raises `OSError` where `out` is still the old one; what cannot be tidied up after that
    is left to the next freeze.
    """
    out = out.absolute()
    if Manifest.read(new) is None:
        Manifest.of(new).write(new)
    sync(new)
    put(new, out, state_of(out) / ASIDE)
    with suppress(OSError):
        sync_folder(out.parent)
        sync_folder(new.parent)
        settle(out)
