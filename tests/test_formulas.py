"""Formulas that nobody of this project wrote, each on display in a page, and formulas that would crash a converter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from app.markup import Document, parse


class Formula(NamedTuple):
    """One formula of the corpus."""

    set: str
    tex: str
    macros: dict[str, str]


FORMULAS = [
    Formula(one["set"], one["tex"], one["macros"] or {})
    for one in map(json.loads, (Path(__file__).parent / "corpora" / "formulas.jsonl").read_text("utf-8").splitlines())
]

REFUSED_BY_THE_CONVERTER = r"""
import sys
from app.markup import parse
document = parse("$$\n" + {tex} + "\n$$", "pages/a.md")
sys.exit(document.problems[0].message)
"""


def on_display(formula: Formula) -> Document:
    return parse(f"$$\n{formula.tex.strip()}\n$$\n", "pages/a.md", macros=formula.macros)


@pytest.mark.parametrize(("name", "size", "share"), [("d2l-en", 2000, 0.999), ("katex-ss", 126, 0.6)])
def test_as_many_formulas_as_promised_render_without_a_problem(name: str, size: int, share: float) -> None:
    documents = [on_display(formula) for formula in FORMULAS if formula.set == name]

    good = [document for document in documents if not document.problems and "<math" in "".join(map(str, document.parts))]

    assert len(documents) == size
    assert len(good) >= share * size


def test_the_output_of_no_formula_has_a_style_or_a_command_left_in_it() -> None:
    htmls = [str(document.parts[0]) for document in map(on_display, FORMULAS) if not document.problems]

    assert not [html for html in htmls if " style=" in html]
    assert not [html for html in htmls if "\\" in html.replace("<mo>\\</mo>", "").replace("<mi>\\</mi>", "").replace("∖", "")]


def test_every_problem_of_a_formula_stands_on_one_of_its_lines() -> None:
    for formula in FORMULAS:
        lines = ["$$", *formula.tex.strip().split("\n"), "$$"]

        for problem in on_display(formula).problems:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        ("'{' * 100_000 + 'x' + '}' * 100_000", "at most 50,000 characters"),
        ("'{' * 20_000 + 'x' + '}' * 20_000", "more than 500 deep"),
        (r"r'\left(' * 100_000", "at most 50,000 characters"),
        (r"r'\left(' * 1_400 + r'\right)' * 1_400", "at most 1,500 commands"),
        (r"r'\left(' * 700 + r'\right)' * 700", "more than 500 deep"),
        (r"r'\begin{matrix}' * 100_000", "at most 50,000 characters"),
        (r"r'\begin{matrix}' * 700 + r'\end{matrix}' * 700", "more than 500 deep"),
        (r"r'\sqrt' * 9_000 + ' x'", "at most 1,500 commands"),
        ("'x + ' * 2_500_000 + 'x'", "at most 50,000 characters"),
        (r"r'\newcommand{\w}[1]{\frac{1}{\frac{1}{#1}}}' + r'\w{' * 450 + '}' * 450", "Too many expansions"),
        (r"r'\def\w{\w\w}\w'", "Too many expansions"),
        ("'x^{' * 501 + '}' * 501", "more than 500 deep"),
    ],
)
def test_a_formula_that_would_crash_the_converter_is_a_problem(tex: str, reason: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REFUSED_BY_THE_CONVERTER.format(tex=tex)], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 500 + "x" + "}" * 500,
        r"\left(" * 500 + "x" + r"\right)" * 500,
        r"\sqrt" * 1_500 + " x",
        r"\frac{1}{" * 250 + "x" + "}" * 250,
        r"\newcommand{\w}[1]{\frac{1}{#1}}" + r"\w{" * 450 + "x" + "}" * 450,
    ],
)
def test_the_deepest_formula_that_is_taken_does_not_crash(tex: str) -> None:
    code = f"from app.markup import parse; print(parse('$$' + {tex!r} + '$$').problems)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0
    assert done.stdout == "()\n"
