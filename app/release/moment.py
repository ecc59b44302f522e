"""Moment: what the files of a site are at one time, by which it is noticed that they are changed while a release is made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..settled import OURS
from ..stamps import Stamp, stamps
from .refusal import Refused

SHOWN = 3
"""How many files are named."""

Moment = Mapping[str, Stamp]
"""What the system says of each file, by its path in the site folder."""


def moment_of(site_folder: Path) -> Moment:
    """The files of which a release can be made, as they are now; hidden ones are never part of it."""
    found = ((f"{name}/{path}", stamp) for name in OURS for path, stamp in stamps(site_folder / name))
    return {path: stamp for path, stamp in found if "/." not in path}


def moved(before: Moment, after: Moment) -> list[str]:
    """The paths of the files that are new, gone or no longer what they were."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def unsteady(paths: list[str]) -> Refused:
    """What to say of a site whose files are changed faster than it can be frozen."""
    named = ", ".join(paths[:SHOWN]) + (f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else "")
    return Refused(
        f"files were changed while the site was frozen, each time it was tried: {named}; freeze again when they are done"
    )
