"""Front matter as its author wrote it: plain values, and the place of each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import yaml
from frontmatter.default_handlers import YAMLHandler

from ..problems import Problem, Problems
from .nodes import BACKSLASH, QUOTE, TOO_DEEP, Builder, Lines, Location, Place, Surveyor, too_deep

MAX_CHARACTERS = 64_000
BRACKETS = ("flow sequence", "flow mapping")
OPENED = (*BRACKETS, "quoted scalar", "simple key", "an alias", "an anchor")
"""What YAML was reading when the mistake is where that began, not where the parser gave up."""


Places: TypeAlias = dict[Location, Place]


@dataclass(frozen=True)
class FrontMatter:
    """What stands between the fences: scalars as text, `None` for nothing, lists and dicts of those.

    `look` finds the place of every key, and of every value. That takes longer than to read them, and is asked for only
    where something is wrong or to be written.
    """

    values: dict[str, Any] = field(default_factory=dict)
    look: Callable[[], tuple[Places, Places]] = field(default=lambda: ({}, {}), compare=False, repr=False)

    @cached_property
    def found(self) -> tuple[Places, Places]:
        """The place of every key, and of every value."""
        return self.look()

    @property
    def keys(self) -> Places:
        """The place of every key."""
        return self.found[0]

    @property
    def places(self) -> Places:
        """The place of every value."""
        return self.found[1]

    def line_of(self, location: Location, key: bool = False) -> tuple[int, int]:
        """Line and column of the value (or key) at `location`, or of the nearest thing around it."""
        places = self.keys if key else self.places
        while location:
            if place := places.get(location):
                return place.line, place.column
            location = location[:-1]
        return 1, 1


class Handler(YAMLHandler):
    """python-frontmatter's YAML handler, except that it keeps every character, every place and every spelling."""

    FENCE = re.compile(r"(?P<blank>\s*?)(?P<fence>---|\+\+\+)[ \t]*(?:\r?\n|\Z)")

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def split(self, text: str) -> tuple[str, str]:
        """The front matter with its opening fence and all before it, and everything after the closing line."""
        opening = self.FENCE.match(text)
        if opening is None:
            raise Problems([self.nothing_found(text)])
        fence = opening["fence"]
        ending = r"\+\+\+" if fence == "+++" else r"(?:---|\.\.\.)"
        closing = re.compile(rf"^{ending}[ \t]*(?:\r?\n|\Z)", re.MULTILINE).search(text, opening.end())
        if closing is None:
            line = text.count("\n", 0, opening.start("fence")) + 1
            hint = f"write a line '{fence}' after the last field"
            raise Problems([Problem(self.path, line, 1, "the front matter is never closed", hint)])
        return text[: closing.start()], text[closing.end() :]

    def nothing_found(self, text: str) -> Problem:
        """Why there is no front matter in `text`."""
        if "\0" in text:
            return Problem(self.path, 1, 1, "this is not a text file", "save it as UTF-8, or give it another ending than .md")
        message = "there is no front matter" if text.strip() else "the file is empty"
        return Problem(self.path, 1, 1, message, "begin the file with '---', 'title: ...' and '---', each on a line")

    def load(self, fm: str, **_: object) -> FrontMatter:  # type: ignore[override]
        """The values and places in `fm`, which is a file's text up to its closing fence."""
        opening = self.FENCE.match(fm)
        start = opening.end() if opening else 0
        return self.load_toml(fm, start) if opening and opening["fence"] == "+++" else self.load_yaml(fm, start)

    def bounded(self, text: str, start: int) -> Lines:
        """The lines of a text whose fields begin at `start`; raises `Problems` where it is too long."""
        lines = Lines(text)
        if len(text) - start > MAX_CHARACTERS:
            hint = f"keep it under {MAX_CHARACTERS:,} characters; long text belongs below the second '---'"
            raise Problems([lines.problem(self.path, start, "the front matter is too long", hint)])
        return lines

    def load_toml(self, text: str, start: int) -> FrontMatter:
        """TOML's values, spelt out, and the line of every top-level key."""
        lines = self.bounded(text, start)
        blank = "\n" * text.count("\n", 0, start)
        try:
            values = spelt(tomllib.loads(blank + text[start:].replace("\r\n", "\n"), parse_float=str))
        except RecursionError as error:
            raise Problems([lines.problem(self.path, start, *TOO_DEEP)]) from error
        except ValueError as error:
            found = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error))
            line, column = (int(found[2]), int(found[3])) if found else lines.at(len(text.rstrip()))
            message = found[1] if found else str(error).partition(" (")[0]
            hint = "write it as year-month-day: 2026-02-28" if "date" in message else "text stands in quotes"
            raise Problems([Problem(self.path, line, column, f"this is not TOML: {message}", hint)]) from error
        return FrontMatter(values, lambda: tables(values, lines, start))

    def load_yaml(self, text: str, start: int) -> FrontMatter:
        """YAML's values as written and the place of each."""
        lines = self.bounded(text, start)
        written = text[start:]
        try:
            deep = too_deep(written)
            if deep is not None:
                raise Problems([lines.problem(self.path, start + deep, *TOO_DEEP)])
            root = yaml.compose(written, Loader=yaml.CSafeLoader)
        except yaml.reader.ReaderError as error:
            before = written.encode()[: error.position].decode("utf-8", "ignore")
            message = f"the character U+{error.character:04X} cannot stand in front matter"
            raise Problems([lines.problem(self.path, start + len(before), message, "delete it")]) from error
        except yaml.MarkedYAMLError as error:
            raise Problems([self.not_yaml(lines, start, error)]) from error
        if root is None:
            return FrontMatter()
        if not isinstance(root, yaml.MappingNode):
            place = start + root.start_mark.index
            raise Problems([lines.problem(self.path, place, "front matter is 'key: value' lines", QUOTE)])
        builder = Builder(self.path, lines, start)
        values = builder.mapping(root, 0)
        if builder.problems:
            raise Problems(builder.problems)
        return FrontMatter(values, lambda: surveyed(lines, start))

    def not_yaml(self, lines: Lines, start: int, error: yaml.MarkedYAMLError) -> Problem:
        """The parser's complaint, with the place of the mistake and what usually mends it."""
        context, complaint = error.context or "", error.problem or "it ends too early"
        escape = "escape" in complaint
        began = error.context_mark if context.endswith(OPENED) and not escape else None
        mark = began or error.problem_mark
        offset = start + (mark.index if mark else 0)
        hint = QUOTE
        if lines.text[offset : offset + 1] == "\t":
            hint = "YAML is indented with spaces; replace the tab"
        elif escape:
            hint = BACKSLASH
        elif context.endswith("quoted scalar"):
            hint = "close the quotes"
        elif context.endswith("simple key"):
            hint = "write 'key: value', or end the front matter above this line with '---'"
        elif context.endswith(BRACKETS):
            hint = "close the bracket; text that begins with a bracket stands in quotes"
        return lines.problem(self.path, offset, f"this is not YAML: {complaint}", hint)


def surveyed(lines: Lines, start: int) -> tuple[Places, Places]:
    """The places of the keys and values of YAML that begins at `start` and was read before."""
    surveyor = Surveyor(lines, start)
    if root := yaml.compose(lines.text[start:], Loader=yaml.CSafeLoader):
        surveyor.survey(root)
    return surveyor.keys, surveyor.places


def tables(values: Iterable[str], lines: Lines, start: int) -> tuple[Places, Places]:
    """The line of every top-level key of TOML that begins at `start`, which stands for its value too."""
    found: Places = {}
    for key in values:
        named = re.search(rf"^[ \t]*[\[\"']*{re.escape(key)}(?=[\]\"'\s.=])", lines.text[start:], re.MULTILINE)
        at = start + named.start() if named else start
        found[(key,)] = Place(*lines.at(at), at, at)
    return found, dict(found)


def spelt(value: Any) -> Any:
    """TOML's typed values as text, so that both languages give the same."""
    if isinstance(value, dict):
        return {key: spelt(item) for key, item in value.items()}
    if isinstance(value, list):
        return [spelt(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
