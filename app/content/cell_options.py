"""What a notebook's author says of a cell: in comments at its top (`#| echo: false`), in its tags, in its metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ..problems import Problem, Problems
from .cells import Cell, Line, Notebook, listed
from .front_matter import FrontMatter, Handler
from .nodes import Place

Moved = TypeVar("Moved", Place, Problem)

COMMENT = re.compile(r"\s*(?:#|//|--|%)\| ?(.*)$")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a cell, its tags, and its lines without the comments that are options."""

    values: dict[str, Any]
    tags: frozenset[str]
    lines: tuple[Line, ...]

    def says(self, key: str, word: str) -> bool:
        """Whether the option `key` is `word`."""
        return str(self.values.get(key, "")).lower() == word

    @property
    def removed(self) -> bool:
        """Whether nothing of the cell is shown."""
        return "remove-cell" in self.tags or self.says("include", "false")

    @property
    def code_removed(self) -> bool:
        """Whether its code is not shown."""
        return "remove-input" in self.tags or self.says("echo", "false")

    @property
    def outputs_removed(self) -> bool:
        """Whether its outputs are not shown."""
        return "remove-output" in self.tags or self.says("output", "false")

    @property
    def code_folded(self) -> bool:
        """Whether its code is shown when asked for."""
        return bool(self.tags & {"hide-input", "hide-cell"}) or self.says("code-fold", "true")

    @property
    def outputs_folded(self) -> bool:
        """Whether its outputs are shown when asked for."""
        return bool(self.tags & {"hide-output", "hide-cell"})

    def of_picture(self, number: int, *keys: str) -> str:
        """What the first of `keys` that is there says of the picture `number`, from 0: one text is for the first picture."""
        value: object = next((self.values[key] for key in keys if self.values.get(key)), [])
        words = value if isinstance(value, list) else [value]
        return " ".join(str(words[number]).split()) if number < len(words) else ""


def options_of(cell: Cell, book: Notebook) -> Options:
    """The options of a cell; those in comments go before its tags, and those before its metadata."""
    tags = [tag for tag in listed(cell.metadata.get("tags")) if isinstance(tag, str)]
    values: dict[str, Any] = {
        key: value for key, value in cell.metadata.items() if isinstance(value, str | list) and key != "tags"
    }
    values |= {key.strip(): value.strip() for key, colon, value in (tag.partition(":") for tag in tags) if colon}
    comments = []
    for line in cell.lines if cell.kind == "code" else ():
        if not (found := COMMENT.match(line.text)):
            break
        comments.append(Line(found[1], line.at + found.start(1)))
    try:
        values |= fields(comments, book, lambda text: Handler(book.path).load_yaml(text, 0)).values
    except Problems as error:
        book.problems.extend(error.problems)
    return Options(values, frozenset(tag.replace("_", "-") for tag in tags), cell.lines[len(comments) :])


def fields(lines: Sequence[Line], book: Notebook, load: Callable[[str], FrontMatter]) -> FrontMatter:
    """The fields that `load` reads in the lines of a cell, with their places in the file; raises `Problems`."""

    def moved(thing: Moved) -> Moved:
        row, quote = book.place(lines[min(thing.line, len(lines)) - 1].at)
        return replace(thing, line=row, column=quote + thing.column)

    if not lines:
        return FrontMatter()
    try:
        front = load("\n".join(line.text for line in lines))
    except Problems as error:
        raise Problems([moved(problem) for problem in error.problems]) from error
    keys, places = ({key: moved(place) for key, place in one.items()} for one in (front.keys, front.places))
    return FrontMatter(front.values, lambda: (keys, places))
