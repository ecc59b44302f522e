"""Folders: where templates and static files come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent
"""The folder of Octavo itself, with its own templates and static files."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where templates and static files come from: the author's first, then Octavo's."""

    templates: tuple[Path, ...]
    static: tuple[Path, ...]

    @classmethod
    def of(cls, site_folder: Path) -> Folders:
        """Those of a site folder."""
        homes = tuple(dict.fromkeys((site_folder, PROGRAM)))
        return cls(tuple(home / "templates" for home in homes), tuple(home / "static" for home in homes))
