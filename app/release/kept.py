"""Kept releases: the current one and those before it, by number, and the way back to each."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .exchange import put, remove
from .lock import PATIENCE, Tell, locked, state_of
from .manifest import NAME, Manifest
from .refusal import Refused, reason

KEPT = 3
"""How many releases are kept beside the current one."""

ASIDE = "previous"
"""The name of the current release for the moment in which another takes its place, where that is two steps."""

NUMBERS = "numbers.json"


@dataclass(frozen=True, slots=True)
class Release:
    """A release with its number, the time at which it was made, how many files it has, and their size in bytes.

    `altered` are the files that are not what was published, where somebody has looked.
    """

    number: int
    folder: Path
    published: datetime
    files: int
    size: int
    current: bool
    altered: tuple[str, ...] = ()


def releases(out: Path) -> list[Release]:
    """The release in `out` and those kept, the latest first."""
    out = out.absolute()
    numbers = numbers_of(out)
    found = []
    for folder in (out, *shelf(out)):
        number, manifest = numbers.get(mark(folder)), Manifest.read(folder)
        if number and manifest:
            made = datetime.fromtimestamp((folder / NAME).stat().st_mtime)
            found.append(Release(number, folder, made, len(manifest.items), manifest.size, folder == out))
    return sorted(found, key=lambda release: -release.number)


def rollback(out: Path, number: int | None = None, patience: float = PATIENCE, tell: Tell = lambda message: None) -> Release:
    """Let a kept release be the current one again, that before the current one unless a number is given; and answer it.

    What was current is kept. Raises `Refused` where there is no such release, or it cannot be brought back.
    """
    out = out.absolute()
    with locked(out, "rollback", patience, tell):
        try:
            settle(out)
            wanted = chosen(releases(out), number)
            put(wanted.folder, out, state_of(out) / ASIDE)
            settle(out)
        except OSError as error:
            raise Refused(f"release {number or 'before'} was not brought back: {reason(error)} ({error.filename})") from error
    return Release(wanted.number, out, wanted.published, wanted.files, wanted.size, True, tuple(altered(out)))


def chosen(known: list[Release], number: int | None) -> Release:
    """The release with a number, or the latest before the current one. Raises `Refused` where there is none."""
    current = next((release.number for release in known if release.current), None)
    kept = [release for release in known if not release.current]
    if number is not None and number == current:
        raise Refused(f"release {number} is the current one")
    wanted = [one for one in kept if (one.number == number if number else current is None or one.number < current)]
    if wanted:
        return wanted[0]
    others = ", ".join(str(release.number) for release in kept)
    what = f"there is no release {number}" if number else "there is no release before this one"
    raise Refused(what + (f"; kept: {others}" if others else "; nothing is kept yet"))


def altered(release: Path) -> Iterator[str]:
    """The paths of the files that are not what the manifest of a release says, those missing and those it does not know too."""
    then, now = Manifest.read(release), Manifest.of(release)
    known, found = ({(item.path, item.sha256) for item in one.items} for one in (then or Manifest(()), now))
    yield from sorted({path for path, _ in known ^ found})


def settle(out: Path) -> None:
    """Put everything where it belongs, also after a crash: every kept release under its number, no more than `KEPT`, no rest.

    A release is known by its manifest, so that it does not matter between which two steps anything ended.
    """
    state = state_of(out)
    if (state / ASIDE).exists() and not out.exists():
        os.rename(state / ASIDE, out)
    numbers, current = numbers_of(out), mark(out)
    again = any(mark(folder) == current for folder in shelf(out) if folder.name.isdigit())
    if current and (again or current not in numbers):
        numbers[current] = max(numbers.values(), default=0) + 1
        write_numbers(out, numbers)
    for folder in shelf(out):
        number = numbers.get(mark(folder))
        place = state / str(number)
        if number is None or mark(folder) == current or (folder != place and place.exists()):
            remove(folder)
        elif folder != place:
            os.rename(folder, place)
    by_number = sorted(shelf(out), key=lambda folder: -int(folder.name))
    for folder in by_number[KEPT:]:
        remove(folder)
    left = {mark(folder) for folder in (out, *by_number[:KEPT])}
    write_numbers(out, {known: number for known, number in numbers.items() if known in left})


def shelf(out: Path) -> list[Path]:
    """The folders with what is kept of a release, or was left by a crash."""
    state = state_of(out)
    return sorted(path for path in state.iterdir() if path.is_dir()) if state.is_dir() else []


def mark(release: Path) -> str:
    """What tells one release from every other; nothing where the folder is none."""
    try:
        return hashlib.sha256((release / NAME).read_bytes()).hexdigest()
    except OSError:
        return ""


def numbers_of(out: Path) -> dict[str, int]:
    """The number of every release that is known, by its mark: that of its folder, where nothing else is written."""
    known = {mark(folder): int(folder.name) for folder in shelf(out) if folder.name.isdigit()}
    try:
        told = json.loads((state_of(out) / NUMBERS).read_bytes())
        return known | {mark: number for mark, number in told.items() if isinstance(number, int)}
    except (OSError, ValueError, AttributeError):
        return known


def write_numbers(out: Path, numbers: dict[str, int]) -> None:
    """Keep the number of every release, in one step."""
    state = state_of(out)
    state.mkdir(parents=True, exist_ok=True)
    (state / "numbers.new").write_text(json.dumps(numbers, indent=1))
    os.replace(state / "numbers.new", state / NUMBERS)
