"""Texts that make parsers hang or crash, 50 KB each, in a process with five seconds of CPU time."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import NamedTuple

import pytest

SIZE = 50_000
SECONDS = 5

PARSE_EACH = """
import json, os, resource, sys
from app.markup import parse

for name, text in json.load(sys.stdin).items():
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        document = parse(text, "pages/a.md")
        "".join(map(str, document.parts))
        os.write(writing, json.dumps([problem.message for problem in document.problems[:100]]).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read().decode()
    print(json.dumps([name, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said]))
""".replace("SECONDS", str(SECONDS))


class Outcome(NamedTuple):
    """How the process of one text ended (a negative number is a signal), and the problems it told."""

    status: int
    problems: str


def again(text: str) -> str:
    """`text` as often as fits."""
    return text * (SIZE // len(text))


HAZARDS: dict[str, str] = {
    "open brackets": again("["),
    "brackets in brackets": "[" * (SIZE // 2) + "a" + "]" * (SIZE // 2),
    "strong and emphasis opened": again("**a *a "),
    "strong opened": again("a **a"),
    "stars and underscores": again("*a_b"),
    "stars and underscores apart": again("*a_ "),
    "links without an end": again("[a](<b"),
    "pictures of nothing": again("![[]()"),
    "a title of escapes": '[a](b "' + "\\!" * (SIZE // 2),
    "longer and longer ticks": "".join("e" + "`" * length for length in range(1, int((2 * SIZE) ** 0.5))),
    "less-than signs": again("<"),
    "declarations opened": again("<!A "),
    "comments opened": again("a <!-- "),
    "tags opened": again("<a b "),
    "quotes in quotes": "> " * (SIZE // 2) + "a",
    "lists in lists": "".join("  " * level + "* a\n" for level in range(int(SIZE**0.5))),
    "a wide table": "|" + "a|" * (SIZE // 8) + "\n|" + "-|" * (SIZE // 8) + "\n" + ("|" + "a|" * (SIZE // 8) + "\n") * 2,
    "many references": "".join(f"[r{number}]: /u\n" for number in range(SIZE // 20)) + "\n" + "[r0] " * (SIZE // 10),
    "fences": again("~~~\n"),
    "underlined headings": again("a\n=\n"),
    "entities": again("&amp"),
    "control characters": again("\0\x0b\u2028a"),
    "1 MB of prose": ("The quick *brown* fox [jumps](http://e.org) over `the` lazy dog. " * 8 + "\n\n") * (1_000_000 // 522),
    "dollars": again("$"),
    "formulas opened": again("$a"),
    "displays opened": again("$$ a\n"),
    "displays of nothing": again("$$\n\n"),
    "displays in a quote": "> " * 90 + "$$\n" + again("> - a\n") + "> $$",
    "formulas and pipes": "|" + again("$a|"),
    "ticks, dollars and pipes": again("`$|"),
    "dollars and escapes": again("$a\\"),
    "side notes opened": again("^["),
    "side notes": again("^[a]"),
    "one footnote often": again("[^a]") + "\n\n[^a]: x",
    "footnotes without a text": again("[^a] "),
    "footnotes without a text in emphasis": again("*[^a]* "),
    "strong in emphasis": "*a **b " * (SIZE // 14) + " b** a*" * (SIZE // 14),
    "a run of stars": "*" * (SIZE // 2) + "a" + "*" * (SIZE // 2),
    "pictures in pictures": "![" * (SIZE // 6) + "a" + "](b)" * (SIZE // 6),
    "marks opened": again("==a"),
    "attributes opened": "# " + again("{#a"),
    "attributes of one heading": "# a {" + again(".a ") + "\n",
    "headings of one name": again("# a\n"),
    "superscripts": again("a^"),
    "linked pictures": again("[![a](b)](c)\n\n"),
    "alerts": again("> [!NOTE]\n> "),
    "tasks": again("- [ ] a\n"),
    "definitions": again("a\n\n: b\n\n"),
    "tags without an end": again('<a href="b'),
    "tags": again('<a href="b">'),
    "a tag of many": again("<a ") + ">",
    "programs": again("<script>\n\n"),
    "comments": again("<!--\n\n"),
    "ids in a text": again(" id=a"),
    "a long indentation": " " * SIZE + "$$\na",
    "directives in directives": "".join(":" * (303 - level) + " a\n" for level in range(300)) + "x",
    "one code block with many ranges": "```python {" + again("1-99999,") + "1}\n" + "a\n" * 1000 + "```",
    "captions": again("| a |\n|---|\n: b\n\n"),
    "strays": again("5$\\times$3 "),
    "strays and ticks": "5$\\times$3 " + again("`` a ` "),
    "strays and comments opened": "{{ a }} " + again("a <!-- "),
    "strays and tags opened": "{{ a }} " + again("<a b "),
    "brackets of LaTeX opened": again("\\(x^2 \\[ "),
    "brackets of LaTeX": again("\\(x^2\\) "),
    "links with spaces": again("[a](b c.d) "),
    "links with spaces opened": again("[a](b c"),
    "links to nothing": again("[a][b c]"),
    "tags of Liquid": again("{% a %}{{ b"),
    "tildes": again("~a "),
    "tildes in tildes": again("~a b~ ~c~d"),
    "highlights": again("a==b "),
    "rows with too many cells": "| a |\n|---|\n" + again("| `a|b` | $a|b$ |\n"),
    "tables that are none": again("| a |\n|--|--|\n\n"),
    "dashes of a table": "a|b\n" + again("-|") + "x",
    "spaces in the dashes of a table": "a|b\n|" + " " * (SIZE // 2) + "-" + " " * (SIZE // 2) + "x|\n|--|",
    "footnotes that nobody uses": "".join(f"[^{number}]: a\n\n" for number in range(SIZE // 12)),
    "formulas and full stops": again("$a$. "),
    "elements opened": again("<b>a "),
    "images in HTML": again("<img>"),
    "quotes in a tag": "<img " + again("' \" "),
    "attributes of a figure": "![a](b){" + again("a=b ") + "}",
}


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """What became of every text, each parsed in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PARSE_EACH], input=json.dumps(HAZARDS), capture_output=True, text=True, timeout=500, check=True
    )
    lines = map(json.loads, done.stdout.splitlines())
    return {name: Outcome(status, problems) for name, status, problems in lines}


@pytest.mark.parametrize("name", HAZARDS)
def test_no_text_makes_the_parser_hang_or_crash(name: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[name].status == 0


@pytest.mark.parametrize("name", ["quotes in quotes", "strong in emphasis", "a run of stars", "pictures in pictures"])
def test_a_text_that_is_bounded_says_so_in_a_problem(name: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[name].problems == '["this is nested too deeply to be read"]'
