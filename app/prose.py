"""The Markdown of an entry: its body, and the fields that are Markdown too, as its author wrote them."""

from __future__ import annotations

from typing import NamedTuple

from .content import Entry, Source
from .content.nodes import Place
from .content.source import BOM


class Prose(NamedTuple):
    """A text, the line of the file it begins on, how far its lines are indented there, and the commands of its formulas."""

    text: str
    line: int
    indents: tuple[int, ...]
    macros: dict[str, str]


def fields_of(entry: Entry) -> tuple[str, ...]:
    """The parts of an entry that are Markdown and not empty."""
    titled = ("title",) if "$" in entry.title else ()
    named = dict.fromkeys(("summary", entry.lead))
    return ("body", *titled, *(field for field in named if getattr(entry, field)))


def prose(entry: Entry, field: str) -> Prose:
    """The Markdown of a field."""
    source = entry.source
    if field == "body":
        return Prose(source.body, source.body_line, (), entry.macros)
    value, place = str(getattr(entry, field)), source.front.places.get((field,))
    if place is None or place.start == place.end:
        return Prose(value, place.line if place else 1, (), entry.macros)
    return Prose(*written(value, source, place), entry.macros)


def written(value: str, source: Source, place: Place) -> tuple[str, int, tuple[int, ...]]:
    """The text of a value in front matter line by line, its first line, and the indentation of each."""
    text = source.text.removeprefix(BOM)[place.start : place.end]
    if place.style in ("|", ">"):
        lines = text.rstrip().split("\n")[1:]
        indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
        return "\n".join(line[indent:] for line in lines), place.line + 1, (indent,) * len(lines)
    if place.style is None:
        lines = text.split("\n")
        indents = (place.column - 1, *(len(line) - len(line.lstrip(" ")) for line in lines[1:]))
        return "\n".join(line.strip(" ") for line in lines), place.line, indents
    return value, place.line, (place.column,) if text[1:-1] == value else ()
