"""The Markdown of an entry: its body, and the fields that are Markdown too, as its author wrote them."""

from __future__ import annotations

from typing import Any, NamedTuple

from .content import Entry, Source
from .content.nodes import Location, Place
from .content.source import BOM


class Prose(NamedTuple):
    """A text, the line of the file it begins on, how far its lines are indented there, and the commands of its formulas.

    `rows` has the lines of the file that its own stand on, where they do not follow each other; theorems are numbered
    through the text, or `by_section`; what stands before their numbers is in a language.
    """

    text: str
    line: int
    indents: tuple[int, ...]
    macros: dict[str, str]
    rows: tuple[int, ...] = ()
    by_section: bool = False
    lang: str = "en"


def fields_of(entry: Entry) -> tuple[str, ...]:
    """The parts of an entry that are Markdown and not empty; one inside a group is named by its place, `education.0.details`."""
    titled = ("title",) if "$" in entry.title else ()
    named = dict.fromkeys(("summary", entry.lead))
    return ("body", *titled, *(field for field in named if getattr(entry, field)), *entry.markdown)


def prose(entry: Entry, field: str) -> Prose:
    """The Markdown of a field."""
    source = entry.source
    if field == "body":
        by_section = entry.numbering == "section"
        return Prose(source.body, source.body_line, source.indents, entry.macros, source.rows, by_section, entry.language)
    location = tuple(int(part) if part.isdigit() else part for part in field.split("."))
    value, place = str(at(entry, location)), source.front.places.get(location)
    if place is None or place.start == place.end:
        return Prose(value, place.line if place else 1, (), entry.macros, lang=entry.language)
    return Prose(*written(value, source, place), entry.macros, lang=entry.language)


def at(entry: Entry, location: Location) -> Any:
    """What stands in an entry at a place."""
    found: Any = entry
    for part in location:
        found = found[part] if isinstance(part, int) else getattr(found, part)
    return found


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
