"""`octavo diff`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote

import click

from ..application import VIEWS
from ..config import Config
from ..problems import Problems, did_you_mean
from ..release.differences import Differences, PageDifference, Unknown, would_differ
from ..release.freezer import Options
from ..release.refusal import Refused
from ..release.report import written
from ..release.wording import END, Piece
from ..site import Site
from .places import out_of, warn
from .shared import BaseUrl, application, failed, from_here

SHOWN = 12
"""How many names of files are told of one kind."""

MARKS = {"old": ("[-", "-]", "red"), "new": ("{+", "+}", "green")}
"""What stands around words that are gone and words that are new."""


@click.command("diff")
@click.argument("url", required=False, default="")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with before and after to this file.")
@click.option("--base-url", type=BaseUrl(), help="Where the site will stand, as for 'octavo freeze'.")
@click.option("--drafts/--no-drafts", default=False, show_default=True, help="As if drafts were released too.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder of the current release. Default: build/ in the site folder."
)
def command(url: str, html: Path | None, base_url: str | None, drafts: bool, out: Path | None) -> None:
    """Tell which words a freeze would change, page by page, or on the page at URL.

    What would go stands in [-...-], what would come in {+...+}. Nothing is published. Exit status 1 where a freeze would not
    publish anything either.
    """
    known, out = Config.from_environment(), out_of(out)
    if html and html.absolute().is_relative_to(out):
        raise click.BadParameter("this would be in the release", param_hint="--html")
    if not (out.is_dir() and any(out.iterdir())):
        click.echo("There is no release yet to compare with; 'octavo freeze' makes one.")
        return
    app = application(Config(base_url or known.base_url, drafts or known.drafts))
    site: Site = app.extensions["octavo"]
    try:
        found = would_differ(app, VIEWS, out, Options(tell=warn), path_in(url, site))
    except Problems as error:
        failed(error.problems, "a freeze would publish nothing")
    except Refused as error:
        raise click.ClickException(str(error)) from error
    except Unknown as error:
        raise click.BadParameter(f"there is no page '{url}'; {did_you_mean(url, error.args)}", param_hint="URL") from error
    if html:
        write(html, written(found, site.facts.title))
    else:
        for line in lines_of(found):
            click.echo(line)
    click.echo(summary(found))


def path_in(url: str, site: Site) -> str:
    """The path of a URL that may be written with the address of the site."""
    return "/" + url.removeprefix(site.base_url).lstrip("/") if url and site.base_url else url


def write(file: Path, page: str) -> None:
    """Write the report."""
    try:
        file.write_text(page, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
    click.echo(f"Open {from_here(file)} in a browser.")


def lines_of(found: Differences) -> Iterable[str]:
    """What would be otherwise, as a terminal shows it."""
    yield from (click.style(f"+ {named(page)}", fg="green") for page in found.added)
    yield from (click.style(f"- {named(page)}", fg="red") for page in found.removed)
    for page in found.changed:
        yield click.style(f"~ {named(page)}", bold=True)
        for change in page.changes:
            if change.heading not in ("", page.title):
                yield click.style(f"    {change.heading}", dim=True)
            yield "      " + told(change.pieces).replace(END, f"{END}      ") + END
    yield from some("+", found.files_added)
    yield from some("~", found.files_changed)
    yield from some("-", found.files_removed)


def named(page: PageDifference) -> str:
    """A page by its URL and its title."""
    return f"{unquote(page.url)}  {page.title}".rstrip()


def told(pieces: Sequence[Piece]) -> str:
    """Words, those that go and those that come between signs."""
    return "".join(marked(piece) for piece in pieces)


def marked(piece: Piece) -> str:
    """Some words; no mark reaches from one line to the next."""
    if piece.kind == "both":
        return piece.text
    start, end, colour = MARKS[piece.kind]
    return END.join(click.style(f"{start}{line}{end}", fg=colour) if line else "" for line in piece.text.split(END))


def some(mark: str, urls: Sequence[str]) -> Iterable[str]:
    """The first of some files, and how many more there are."""
    yield from (f"{mark} {unquote(url)}" for url in urls[:SHOWN])
    if len(urls) > SHOWN:
        yield f"{mark} and {len(urls) - SHOWN} more files"


def summary(found: Differences) -> str:
    """All of it in numbers."""
    if found == Differences():
        return "Nothing would change."
    told = [f"Pages: {len(found.added)} added, {len(found.changed)} changed, {len(found.removed)} removed"]
    if found.looks:
        told.append(f"{counted(len(found.looks), 'page looks', 'pages look')} different only: the head, links or style")
    if files := len(found.files_added) + len(found.files_changed) + len(found.files_removed):
        told.append(counted(files, "other file", "other files"))
    if found.follow:
        told.append(f"{counted(len(found.follow), 'file', 'files')} for machines that follow from these")
    return "; ".join(told) + "."


def counted(count: int, one: str, more: str) -> str:
    """A number with what it counts."""
    return f"{count} {one if count == 1 else more}"
