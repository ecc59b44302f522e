"""YAML's nodes as plain values, spelt as their author wrote them, and the place of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from ..problems import Problem

MAX_DEPTH = 32
MAX_ALIASED = 100
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
QUOTE = 'if the value is text, put it in quotes: title: "A: B"'
BACKSLASH = "in double quotes a backslash begins an escape: use single quotes, or write every backslash twice"
TOO_DEEP = "the front matter is nested or repeated too deeply", "write the values out"
STANDARD = "tag:yaml.org,2002:"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CUT = re.compile(r"[ \t]+#[^\s#]")
FORMULA = re.compile(r"\$[^$]+\$")
EATEN = re.compile(r"(?<!\\)(?:\\\\)*\\(?:[tr][A-Za-z]|n(?:abla|eq|u)\b)")

Location: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key or value stands: `line` and `column` from 1, and its span as offsets into the text without a BOM.

    `style` is YAML's: `'`, `"`, `|`, `>` or `None` for plain text, and `flow` or `block` for lists and groups.
    """

    line: int
    column: int
    start: int
    end: int
    style: str | None = None


class Lines:
    """The lines of a text as editors number them: only a line feed ends one, whatever YAML says."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of the character at `offset`."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def problem(self, path: str, offset: int, message: str, hint: str = "") -> Problem:
        """A Problem at the character at `offset`."""
        return Problem(path, *self.at(offset), message, hint)


def too_deep(text: str) -> int | None:
    """The offset at which `text` nests deeper than may be, found without building anything: libyaml has no bound."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH and event.start_mark:
            return event.start_mark.index
    return None


@dataclass
class Builder:
    """Builds plain values out of YAML nodes, within a bound of expansion. `offset` is where the YAML begins in the text."""

    path: str
    lines: Lines
    offset: int
    problems: list[Problem] = field(default_factory=list)
    keys: dict[Location, Place] = field(default_factory=dict)
    places: dict[Location, Place] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    aliased: int = 0

    def place(self, node: yaml.Node) -> Place:
        """Where `node` stands in the file."""
        start, end, style = node.start_mark.index, node.end_mark.index, getattr(node, "style", None)
        if isinstance(node, yaml.CollectionNode):
            style = "flow" if node.flow_style else "block"
            leaf = last_leaf(node)
            end = leaf.end_mark.index
            if getattr(leaf, "style", None) in ("|", ">"):
                end = len(self.lines.text[: self.offset + end].rstrip()) - self.offset
        return Place(*self.lines.at(self.offset + start), self.offset + start, self.offset + end, style or None)

    def refuse(self, node: yaml.Node, message: str, hint: str = "") -> None:
        """Note that `node` cannot be read."""
        self.problems.append(self.lines.problem(self.path, self.offset + node.start_mark.index, message, hint))

    def value(self, node: yaml.Node, location: Location) -> Any:
        """The value of `node`, as written."""
        place = self.places[location] = self.place(node)
        self.aliased += id(node) in self.seen
        self.seen.add(id(node))
        if self.aliased > MAX_ALIASED or len(location) > MAX_DEPTH:
            if not self.problems:
                self.refuse(node, *TOO_DEEP)
            return None
        if not self.readable(node):
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return list(self.items(node, location))
        return self.text(node.value, place) if place.style or node.value not in NULLS else None

    def readable(self, node: yaml.Node) -> bool:
        """Whether `node` has no tag but YAML's own for plain values."""
        tag = node.tag.replace(STANDARD, "!!")
        if tag.startswith("!!") and not tag.startswith("!!python"):
            return True
        self.refuse(node, f"tags such as '{tag}' are not read", "write the plain value; text that begins with '!' in quotes")
        return False

    def text(self, value: str, place: Place) -> str:
        """The text of a scalar, unless escapes have eaten its backslashes."""
        written = self.lines.text[place.start : place.end]
        if place.style is None and CUT.match(self.lines.text, place.end):
            message, hint = "all that follows '#' here is a comment", "put the whole value in quotes, or a space after the '#'"
            self.problems.append(Problem(self.path, *self.lines.at(place.end), message, hint))
        formulas = FORMULA.findall(written) if place.style == '"' else ()
        found = next((found for formula in formulas if (found := EATEN.search(formula))), None)
        if found or CONTROL.search(value):
            shown = f"'{found[0]}' in a formula" if found else "one of these escapes"
            message = f"{shown} is read as a character that cannot be seen"
            self.problems.append(Problem(self.path, place.line, place.column, message, BACKSLASH))
        return value

    def items(self, node: yaml.SequenceNode, location: Location) -> Iterator[Any]:
        """The items of a list, without those left empty."""
        index = 0
        for item in node.value:
            value = self.value(item, (*location, index))
            if value is not None:
                index += 1
                yield value

    def mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        """The dict of a mapping; keys that are not text, or stand twice, are Problems."""
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(key_node, "a key must be a word", QUOTE)
                continue
            key = key_node.value
            if key == "<<":
                self.refuse(key_node, "merge keys ('<<') are not read", "write the fields out")
            elif key in values:
                first = self.keys[(*location, key)].line
                self.refuse(key_node, f"'{key}' stands twice; the first is on line {first}", "keep one of them")
            elif self.readable(key_node):
                self.keys[(*location, key)] = self.place(key_node)
                values[key] = self.value(value_node, (*location, key))
        return values


def last_leaf(node: yaml.Node) -> yaml.Node:
    """The last node of `node` that holds no others: YAML ends a block only where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node
