"""The page that stands for a file which is no entry: what is wrong, with the lines around it."""

from __future__ import annotations

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue

from ..problems import Problem, Problems
from ..site import Site, current_site
from .lines import Line, lines_around


def show_problems(app: Flask) -> None:
    """Answer `Problems` with a page, and let templates show the lines around one."""
    app.register_error_handler(Problems, problem_page)
    app.jinja_env.globals["lines_around"] = lambda problem: around(current_site(), problem)


def problem_page(error: Problems) -> ResponseReturnValue:
    """The page that shows what is wrong with a file; a freeze is told of it instead."""
    if "FREEZER_DESTINATION" in current_app.config:
        raise error
    return render_template("problems.html", problems=error.problems), 500


def around(site: Site, problem: Problem) -> list[Line]:
    """The lines of the file around a problem."""
    return lines_around(site.folder, problem.path, problem.line)
