"""Graphviz, which draws graphs: where it is on this machine, how it is asked, and what it has to say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryFile

SECONDS = 10
"""How long one graph may take."""

LARGEST = 2_000_000
"""How many bytes one picture may have."""

LIBRARY = """
import sys, pygraphviz
sys.excepthook = lambda *error: None
sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.buffer.write(pygraphviz.AGraph(string=sys.stdin.read()).draw(format="svg", prog="dot"))
"""
"""A program for a Python of its own: Graphviz is in C, and a crash of it must not end ours."""

PASSED_ON = ("PATH", "HOME", "SYSTEMROOT", "TEMP")
GAP = r"(?:\s|//[^\n]*|/\*.*?\*/|^\#[^\n]*)*+"
HEAD = re.compile(
    rf'{GAP}(?:strict\b{GAP})?(?:di)?graph\b{GAP}(?:"(?:\\.|[^"\\])*"|[\w.-]+)?{GAP}\{{', re.DOTALL | re.IGNORECASE | re.MULTILINE
)
DEFAULTS = r' bgcolor=transparent fontname="Helvetica" node [fontname="Helvetica" label="\N"] edge [fontname="Helvetica"] '
"""What holds unless the graph says otherwise; put into its first line, so that no line gets another number.

The label is what a node has anyway, but the library forgets it once another node is given one.
"""

MESSAGE = re.compile(r"^(?:Error|Warning): .*?(?=^(?:Error|Warning): |\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What Graphviz says against a graph: on which line (from 1) of it, or 0, and which word it is about, if it says so."""

    message: str
    hint: str
    line: int = 0
    word: str = ""
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The picture of a graph as Graphviz writes it, empty where there is none, and what it says."""

    svg: str
    complaints: tuple[Complaint, ...] = ()


def command() -> tuple[str, ...]:
    """What to run to have Graphviz draw: the program, else the library of the same name; nothing where there is neither."""
    if program := which("dot"):
        return program, "-Tsvg"
    return (sys.executable, "-P", "-c", LIBRARY) if find_spec("pygraphviz") else ()


@lru_cache(maxsize=256)
def answer(asked: tuple[str, ...], graph: str) -> Answer:
    """What Graphviz makes of a graph when it is `asked` by that command; kept, since the same graphs come again."""
    head = HEAD.match(graph)
    text = graph[: head.end()] + DEFAULTS + graph[head.end() :] if head else graph
    try:
        svg, messages, ended_well = run(asked, text)
    except subprocess.TimeoutExpired:
        return Answer("", (Complaint(f"this diagram takes more than {SECONDS} seconds to draw", "make it smaller"),))
    found = tuple(complaint for message in MESSAGE.findall(messages) if (complaint := complaint_of(message)))
    if any(complaint.fatal for complaint in found):
        return Answer("", found)
    if len(svg) > LARGEST:
        return Answer("", (*found, Complaint("this diagram is too large", "draw less of it")))
    if not ended_well or svg.count("<svg ") != 1:
        return Answer("", (*found, Complaint("nothing can be drawn of this", "write one graph, such as 'digraph { a -> b }'")))
    return Answer(svg, found)


def run(asked: tuple[str, ...], text: str) -> tuple[str, str, bool]:
    """The picture and the messages of Graphviz, no more of either than may be read, and whether it ended well.

    Raises `TimeoutExpired`.
    """
    with TemporaryFile() as out, TemporaryFile() as err:
        ended = subprocess.run(  # noqa: S603 - a fixed command, and no shell
            asked, input=text.encode(), stdout=out, stderr=err, env=surroundings(), timeout=SECONDS, check=False
        )
        out.seek(0)
        err.seek(0)
        svg, messages = (file.read(LARGEST + 1).decode("utf-8", "replace") for file in (out, err))
    return svg, messages, ended.returncode == 0


def surroundings() -> dict[str, str]:
    """The environment for Graphviz: little, and with the variable that makes it refuse to read files where it knows it."""
    found = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    library = find_spec("pygraphviz")
    if library and library.origin:
        found["PYTHONPATH"] = str(Path(library.origin).parent.parent)
    return {**found, "SERVER_NAME": "octavo"}


def complaint_of(message: str) -> Complaint | None:
    """A message of Graphviz's in an author's words, or `None` for one that says nothing of the graph."""
    for pattern, words, hint in WORDS:
        if found := re.search(pattern, message, re.DOTALL):
            line, word = (found.groupdict().get(name) for name in ("line", "word"))
            said = words.replace("{word}", " ".join((word or "").split()))
            return Complaint(said, hint, int(line or 0), word or "", message.startswith("Error")) if said else None
    return None


WORDS = (
    (r"syntax error in line (?P<line>\d+) near '(?P<word>.*)'", "this cannot be read at '{word}'", "look at what is before it"),
    (r"syntax error in line (?P<line>\d+)\s*\Z", "this cannot be read to its end", "close what is open: '{' or '['"),
    (r'scanning a quoted string.*?starting:(?P<word>"[^\n]*)', "this text is never closed", "end it with '\"'"),
    (r"scanning a HTML string.*?starting:(?P<word><[^\n]*)", "this label is never closed", "end it with '>'"),
    (r"unknown shape (?P<word>\S+)", "no shape is called '{word}'", "such as box, ellipse, circle, diamond, point or plain"),
    (r"(?P<word>\S+) is not a known color", "no colour is called '{word}'", "write a name such as steelblue, or '#4682b4'"),
    (r'Arrow type "(?P<word>[^"]*)" unknown', "no arrow is called '{word}'", "such as normal, vee, dot, diamond or none"),
    (r"unsupported style (?P<word>\S+)", "no style is called '{word}'", "such as filled, rounded, dashed, dotted or bold"),
    (r"cluster named (?P<word>\S+) not found", "no cluster is called '{word}'", ""),
    (r"node \S+, port (?P<word>\S+) unrecognized", "the node has no port '{word}'", "name it in the label, between '<' and '>'"),
    (r'Layout type: "(?P<word>[^"]*)" not recognized', "no layout is called '{word}'", "such as dot, neato, circo or twopi"),
    (r"Layout was not done", "", ""),
    (r"\AError: (?:<stdin>: )?(?P<word>.*)", "Graphviz says: {word}", ""),
)  # fmt: skip
"""How Graphviz puts it, what is said instead, and the hint. What is not found here, or has no words, says nothing new."""
