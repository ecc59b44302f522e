"""What commands share: the application of the site that they are about, and how problems and paths are printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask

from ..config import Config
from ..content.facts import as_base
from ..folders import PROGRAM
from ..problems import Problem


class BaseUrl(click.ParamType[str]):
    """The address of a site."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address with a slash at its end."""
        try:
            return as_base(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def application(config: Config | None = None) -> Flask:
    """The application of the site that `--site` names."""
    create_app = import_module("..application", __package__).create_app
    try:
        app: Flask = create_app(click.get_current_context().find_root().params.get("site"), config)
    except (FileNotFoundError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    return app


def site_folder() -> Path:
    """The site folder that `--site` names, or else `OCTAVO_SITE`, or Octavo's own, for a command that needs no application."""
    named = click.get_current_context().find_root().params.get("site")
    folder = Path(named or os.environ.get("OCTAVO_SITE") or PROGRAM)
    if not (folder / "pages").is_dir():
        raise click.ClickException(f"{folder} is no site folder: it has no 'pages/'")
    return folder.resolve()


def from_here(path: Path) -> str:
    """`path` as seen from the current folder, where it is below it."""
    path = path.absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def failed(problems: Sequence[Problem], consequence: str = "") -> NoReturn:
    """Print problems and leave with status 1."""
    for problem in problems:
        click.echo(problem, err=True)
    count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
    click.echo(f"{count}; {consequence}." if consequence else f"{count}.", err=True)
    sys.exit(1)
