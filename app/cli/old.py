"""The command `octavo`: each command parses, calls one function and prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask

from . import VIEWS, create_app
from .check import check as check_site
from .config import Config
from .content.facts import as_base
from .live import serve as serve_app
from .live.server import LOOPBACK
from .new import KINDS, create
from .problems import Problem, Problems
from .release import Changes, Refused
from .release import freeze as freeze_app
from .site import Site

SHOWN = 12
"""How many names of files a report lists of one kind."""


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
    try:
        return create_app(click.get_current_context().find_root().params.get("site"), config)
    except (FileNotFoundError, ValueError) as error:
        raise click.ClickException(str(error)) from error


@click.group()
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False),
    help="The site folder, which has 'pages/'. Default: OCTAVO_SITE, or Octavo's own demo.",
)
@click.version_option(package_name="octavo")
def main(site: str | None) -> None:
    """Keep a researcher's site as a folder of Markdown.

    Write in pages/, look at it with 'octavo serve', and make static files of it with 'octavo freeze'.
    """


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to answer on.")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show drafts, marked as such.")
def serve(port: int, drafts: bool) -> None:
    """Serve the site while you write.

    Answers on this machine only. A saved file shows at the next load of its page; a mistake shows in the page it is
    in, with its line, and the other pages go on.
    """
    app = application(Config(Config.from_environment().base_url, drafts, LOOPBACK))
    click.echo(f"{app.extensions['octavo'].folder} is at http://127.0.0.1:{port}/ (Ctrl+C stops it)")
    try:
        serve_app(app, "127.0.0.1", port)
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be used: {error.strerror}; try --port {port + 1}") from error
    except KeyboardInterrupt:
        click.echo()


@main.command()
@click.option("--base-url", type=BaseUrl(), help="Where the site will stand, such as https://you.github.io/repo/.")
@click.option("--drafts/--no-drafts", default=False, show_default=True, help="Release drafts too.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder to publish into. Default: build/ in the site folder.")
def freeze(base_url: str | None, drafts: bool, out: Path | None) -> None:
    """Make static files of the site, for any host.

    The content is checked first, every link of the result after; the finished release takes the place of the one
    before in one step. Where anything is wrong nothing is published, and the exit status is 1.
    """
    known = Config.from_environment()
    app = application(Config(base_url or known.base_url, drafts or known.drafts))
    site: Site = app.extensions["octavo"]
    out = out or site.folder / "build"
    try:
        changes = freeze_app(app, VIEWS, out, progress if sys.stderr.isatty() else lambda done, total, url: None)
    except Problems as error:
        failed(error.problems, "nothing was published")
    except Refused as error:
        raise click.ClickException(str(error)) from error
    report(changes, out)
    if changes.without_search:
        click.echo(f"The search page is an index only: {changes.without_search}")
    if site.base_url is None:
        click.echo("No address is known: give 'url' in pages/site.yml, or --base-url, for a feed and a site map.")


@main.command()
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Check drafts too.")
def check(drafts: bool) -> None:
    """Tell every mistake in the content, with its line.

    Exit status 1 where there is one.
    """
    sites: list[Site] = [application(Config(drafts=shown)).extensions["octavo"] for shown in {drafts, False}]
    if problems := sorted({problem for site in sites for problem in check_site(site)}):
        failed(problems)
    count = max(len(list(site.store)) for site in sites)
    click.echo(f"No problems in {count} {'entry' if count == 1 else 'entries'}.")


@main.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("title")
def new(kind: str, title: str) -> None:
    """Begin an entry: octavo new note "On the shape of losses".

    Writes a draft with the fields of its kind into the folder where it belongs; an existing file is never touched.
    """
    site: Site = application().extensions["octavo"]
    try:
        file = create(site.folder, kind, title, date.today())
    except FileExistsError as error:
        raise click.ClickException(f"{error.filename} is there already") from error
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(from_here(file))


def from_here(path: Path) -> str:
    """`path` as seen from the current folder, where it is below it."""
    path = path.absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def progress(done: int, total: int, url: str) -> None:
    """Show on a terminal how far a freeze is."""
    end = "\r" if done < total else "\r\x1b[K"
    click.echo(f"\r\x1b[K{done}/{total} {url[:60]}{end}", nl=False, err=True)


def report(changes: Changes, out: Path) -> None:
    """Print what a release has that the one before had not."""
    for word, mark, names in (
        ("added", "+", changes.added),
        ("changed", "~", changes.changed),
        ("removed", "-", changes.removed),
    ):
        for name in names[:SHOWN]:
            click.echo(f"{mark} {name}")
        if len(names) > SHOWN:
            click.echo(f"{mark} and {len(names) - SHOWN} more {word}")
    for path in changes.gone[:SHOWN]:
        click.echo(f"{path} was released before and is gone: add an alias ('aliases: [{path}]') to where it is now.")
    if len(changes.gone) > SHOWN:
        click.echo(f"{len(changes.gone) - SHOWN} more pages are gone.")
    counts = f"{len(changes.added)} added, {len(changes.changed)} changed, {len(changes.removed)} removed"
    click.echo(f"{from_here(out)}: {changes.files} files, {changes.size / 1e6:.1f} MB; {counts}.")


def failed(problems: Sequence[Problem], consequence: str = "") -> NoReturn:
    """Print problems and leave with status 1."""
    for problem in problems:
        click.echo(problem, err=True)
    count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
    click.echo(f"{count}; {consequence}." if consequence else f"{count}.", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
