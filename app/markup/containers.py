"""Containers: `::: name {#id} Title` to `:::`, made plain for the parser, and what their first lines say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .attributes import Attributes, split
from .guard import displays, guard, leading
from .manuscript import Container, Manuscript
from .tree import literal_lines

COLONS = re.compile(r":{3,}")
BEGINNING = re.compile(r"(?P<braced>\{[^{}]*\})|(?P<name>[\w-]+)")
AFTER_NAME = re.compile(r"\s*(?P<braced>\{\s*[#.\w][^{}]*\})\s*")


def containers(lines: list[str], document: Manuscript) -> list[str]:
    """`lines` with fences the parser can read, each longer than all colons inside it; what they said is noted in `document`."""
    if not any(":::" in line for line in lines):
        return lines
    out = list(lines)
    opened: list[int] = []
    pairs: list[tuple[int, int, int]] = []
    read = dict.fromkeys(fences(lines))
    for number in read:
        if info(lines[number]):
            opened.append(number)
        elif opened:
            pairs.append((opened.pop(), number, len(opened)))
        else:
            start = len(leading(lines[number]))
            document.problem(number + 1, start + 1, "this ends no container", "take the colons away")
            out[number] = lines[number][:start] + "\\" + lines[number][start:]
    for depth, number in enumerate(opened):
        message = "this container is never closed"
        document.problem(number + 1, len(leading(lines[number])) + 1, message, "end it with a line ':::'")
        pairs.append((number, -1, depth))
    others = "\n".join(line for number, line in enumerate(lines) if number not in read)
    least = 1 + max(map(len, COLONS.findall(others)), default=2)
    deepest = max((depth for _, _, depth in pairs), default=0)
    for first, last, depth in pairs:
        colons = ":" * (least + deepest - depth)
        out[first] = leading(lines[first]) + f"{colons} {noted(lines[first], first + 1, document)}"
        if last >= 0:
            out[last] = leading(lines[last]) + colons
    return out


def noted(line: str, number: int, document: Manuscript) -> str:
    """The name of the container that begins on `line`; the document now knows its title and attributes."""
    start, written = len(leading(line)), info(line)
    found = BEGINNING.match(written)
    name, rest = "", written
    attributes = Attributes()
    if found and found["name"]:
        name, rest = found["name"], written[found.end() :]
        if braced := AFTER_NAME.match(rest):
            attributes, rest = split(braced["braced"])[1], rest[braced.end() :]
        else:
            rest, attributes = split(rest)
    elif found:
        attributes, rest = split(found["braced"])[1], written[found.end() :]
        name = attributes.classes[0] if attributes.classes else ""
    title = rest.strip()
    column = (line.rfind(title) if title else start) + 1
    document.containers[number] = Container(name.lower() or "div", title, column, attributes)
    return "container"


def fences(lines: list[str]) -> Iterator[int]:
    """The lines (from 0) that begin or end a container: not those in code, in HTML or in a formula."""
    inside = {number for first, last in displays(lines) for number in range(first, (first if last is None else last) + 1)}
    inside.update(literal_lines(guard(lines).text))
    for number, line in enumerate(lines):
        if ":::" in line and number not in inside and line[len(leading(line)) :].startswith(":::"):
            yield number


def info(line: str) -> str:
    """What the first line of a container says; a last line says nothing."""
    return line[len(leading(line)) :].strip(": \t")
