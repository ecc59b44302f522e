"""Settled: whether anything at all has changed since the last freeze, found out without loading what makes a release."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from shutil import which

import click

from .cache import Cache
from .folders import PROGRAM
from .stamps import stamps

KIND = "settled"

PACKAGES = Path(click.__file__).parent.parent
"""The folder with what Octavo stands on, each with its version in the name of a folder beside it."""

OURS = ("pages", "templates", "static", "fonts")
"""The folders of a site that decide what it is."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the files of a site and of its release were when it was frozen, and what there was to tell of that release."""

    site: str
    release: str
    lines: tuple[str, ...]

    def keep(self, site_folder: Path, name: str) -> None:
        """Keep it for the next run."""
        cache = Cache(site_folder)
        cache.put(KIND, name, json.dumps(astuple(self)).encode())
        cache.save()
        cache.close()


def settled(site_folder: Path, out: Path, name: str, now: str) -> Settled | None:
    """What the last freeze has left, where nothing has changed since: neither what it read nor what it made."""
    cache = Cache(site_folder)
    kept = cache.get(KIND, name)
    cache.close()
    try:
        found = Settled(*json.loads(kept)) if kept else None
    except (ValueError, TypeError):
        return None
    return found if found and found.site == now and found.release == state_of_release(out) else None


def state_of_site(site_folder: Path) -> str:
    """What tells the files of a site and of the program, as they are now, from others, as far as the system says."""
    home = site_folder.resolve()
    folders = [home / name for name in OURS] + [PROGRAM / name for name in ("app", "templates", "static")]
    versions = [name for name in sorted(os.listdir(PACKAGES)) if name.endswith(".dist-info")]
    return state(dict.fromkeys(folders), sys.version, which("dot") or "", *versions)


def state_of_release(out: Path) -> str:
    """The same of the files of a release; that another release shares a file does not count."""
    told = hashlib.sha256()
    for path, (size, changed, _, number) in stamps(out):
        told.update(f"{path} {size} {changed} {number}\n".encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def state(folders: Iterable[Path], *more: str) -> str:
    """What tells the files of some folders from others."""
    told = hashlib.sha256(" ".join(more).encode())
    for folder in folders:
        for path, stamp in stamps(folder):
            told.update(f"{folder} {path} {stamp}\n".encode("utf-8", "surrogateescape"))
    return told.hexdigest()
