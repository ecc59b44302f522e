"""YAML's nodes as plain values, spelt as their author wrote them, and the place of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
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
INDENT = re.compile(r"^ +", re.MULTILINE)
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

    @cached_property
    def starts(self) -> list[int]:
        """Where each begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of the character at `offset`."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def problem(self, path: str, offset: int, message: str, hint: str = "") -> Problem:
        """A Problem at the character at `offset`."""
        return Problem(path, *self.at(offset), message, hint)


def too_deep(text: str) -> int | None:
    """The offset at which `text` nests deeper than may be, found without building anything: libyaml has no bound.

    Each level has a sign of its own, or stands further in than the one around it.
    """
    if sum(map(text.count, "[{-?")) + max(map(len, INDENT.findall(text)), default=0) < MAX_DEPTH:
        return None
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
    seen: set[int] = field(default_factory=set)
    aliased: int = 0

    def refuse(self, node: yaml.Node, message: str, hint: str = "") -> None:
        """Note that `node` cannot be read."""
        self.problems.append(self.lines.problem(self.path, self.offset + node.start_mark.index, message, hint))

    def value(self, node: yaml.Node, depth: int) -> Any:
        """The value of `node`, as written, so many levels deep."""
        self.aliased += id(node) in self.seen
        self.seen.add(id(node))
        if self.aliased > MAX_ALIASED or depth > MAX_DEPTH:
            if not self.problems:
                self.refuse(node, *TOO_DEEP)
            return None
        if not self.readable(node):
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            values = [self.value(item, depth + 1) for item in node.value]
            return [value for value in values if value is not None]
        return self.text(node) if isinstance(node, yaml.ScalarNode) and not is_nothing(node) else None

    def readable(self, node: yaml.Node) -> bool:
        """Whether `node` has no tag but YAML's own for plain values."""
        tag = node.tag.replace(STANDARD, "!!")
        if tag.startswith("!!") and not tag.startswith("!!python"):
            return True
        self.refuse(node, f"tags such as '{tag}' are not read", "write the plain value; text that begins with '!' in quotes")
        return False

    def text(self, node: yaml.ScalarNode) -> str:
        """The text of a scalar, unless escapes have eaten its backslashes."""
        value: str = node.value
        start, end = self.offset + node.start_mark.index, self.offset + node.end_mark.index
        if not node.style and CUT.match(self.lines.text, end):
            message, hint = "all that follows '#' here is a comment", "put the whole value in quotes, or a space after the '#'"
            self.problems.append(self.lines.problem(self.path, end, message, hint))
        formulas = FORMULA.findall(self.lines.text[start:end]) if node.style == '"' else ()
        found = next((found for formula in formulas if (found := EATEN.search(formula))), None)
        if found or CONTROL.search(value):
            shown = f"'{found[0]}' in a formula" if found else "one of these escapes"
            self.refuse(node, f"{shown} is read as a character that cannot be seen", BACKSLASH)
        return value

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        """The dict of a mapping; keys that are not text, or stand twice, are Problems."""
        values: dict[str, Any] = {}
        first: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(key_node, "a key must be a word", QUOTE)
                continue
            key = key_node.value
            if key == "<<":
                self.refuse(key_node, "merge keys ('<<') are not read", "write the fields out")
            elif key in values:
                line, _ = self.lines.at(self.offset + first[key].start_mark.index)
                self.refuse(key_node, f"'{key}' stands twice; the first is on line {line}", "keep one of them")
            elif self.readable(key_node):
                first[key], values[key] = key_node, self.value(value_node, depth + 1)
        return values


@dataclass
class Surveyor:
    """Finds the place of every key and every value of YAML that a Builder could read."""

    lines: Lines
    offset: int
    keys: dict[Location, Place] = field(default_factory=dict)
    places: dict[Location, Place] = field(default_factory=dict)

    def survey(self, node: yaml.Node, location: Location = ()) -> None:
        """Find those in `node`; a list's items are numbered without those left empty."""
        if location:
            self.places[location] = self.place(node)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self.keys[(*location, key.value)] = self.place(key)
                self.survey(value, (*location, key.value))
        elif isinstance(node, yaml.SequenceNode):
            index = 0
            for item in node.value:
                self.survey(item, (*location, index))
                index += not is_nothing(item)

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


def is_nothing(node: yaml.Node) -> bool:
    """Whether a value is left empty."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in NULLS


def last_leaf(node: yaml.Node) -> yaml.Node:
    """The last node of `node` that holds no others: YAML ends a block only where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node
