"""The lines of a file around a place, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..folders import inside

AROUND = 2
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, and whether it is the one meant."""

    number: int
    text: str
    meant: bool


def lines_around(folder: Path, path: str, line: int) -> list[Line]:
    """Those around a line, from 1, of the file with a path below a folder; none where it is no text, or really elsewhere."""
    file = inside(folder, path)
    try:
        lines = file.read_text("utf-8").splitlines() if file else []
    except (OSError, UnicodeError):
        return []
    first = max(line - AROUND, 1)
    return [Line(number, text[:LONGEST], number == line) for number, text in enumerate(lines[first - 1 : line + AROUND], first)]
