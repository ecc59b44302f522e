"""The page that stands for a file which is no entry: what is wrong, with the lines around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue

from ..problems import Problem, Problems
from ..site import current_site

AROUND = 2
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, and whether it is the one meant."""

    number: int
    text: str
    meant: bool


def show_problems(app: Flask) -> None:
    """Answer `Problems` with a page, and let templates show the lines around one."""
    app.register_error_handler(Problems, problem_page)
    app.jinja_env.globals["lines_around"] = lambda problem: lines_around(current_site().folder, problem)


def problem_page(error: Problems) -> ResponseReturnValue:
    """The page that shows what is wrong with a file; a freeze is told of it instead."""
    if "FREEZER_DESTINATION" in current_app.config:
        raise error
    return render_template("problems.html", problems=error.problems), 500


def lines_around(site_folder: Path, problem: Problem) -> list[Line]:
    """The lines of the file around a problem; none where the file is no text."""
    try:
        lines = (site_folder / problem.path).read_text("utf-8").splitlines()
    except (OSError, UnicodeError, ValueError):
        return []
    first = max(problem.line - AROUND, 1)
    around = enumerate(lines[first - 1 : problem.line + AROUND], first)
    return [Line(number, text[:LONGEST], number == problem.line) for number, text in around]
