"""`octavo new`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import click

from ..kinds import KINDS
from ..live.editor import open_at
from ..new import create
from ..problems import did_you_mean
from ..site import Site
from .shared import application, from_here


@click.command("new")
@click.argument("kind", required=False)
@click.argument("title", required=False)
@click.option("--set", "given", multiple=True, metavar="FIELD=TEXT", help="What to write in another field; more than once.")
@click.option("--open", "opens", is_flag=True, help="Open the file in your editor (OCTAVO_EDITOR, VISUAL, EDITOR).")
def command(kind: str | None, title: str | None, given: tuple[str, ...], opens: bool) -> None:
    """Begin an entry: octavo new note "On the shape of losses".

    Writes a draft into the folder where it belongs, with every field of its type and what each is for; an existing file is
    never touched. On a terminal it asks for what is missing. A work in a .bib file is named by its key.
    """
    site: Site = application().extensions["octavo"]
    kind = known(kind or asked_kind())
    made = KINDS[kind]
    title = title or asked(made.required[0], f"the {made.required[0]} of the {kind}")
    fields = dict(parted(given))
    fields |= {name: asked(name, made.said(name)) for name in made.required[1:] if not fields.get(name)}
    try:
        file = create(site, made, title, date.today(), fields)
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(from_here(file))
    if opens and not open_at(file, file.read_text("utf-8").count("\n")):
        click.echo("No editor opened: name yours in VISUAL or EDITOR.", err=True)


def known(kind: str) -> str:
    """A word for a kind, as it is written, or a usage error."""
    if kind not in KINDS:
        hint = did_you_mean(kind, KINDS, f"it can be {', '.join(KINDS)}")
        raise click.BadParameter(f"there is no kind '{kind}': {hint}", param_hint="KIND")
    return kind


def asked_kind() -> str:
    """The kind that somebody at the terminal wants."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"say what to begin: {', '.join(KINDS)}")
    for word, kind in KINDS.items():
        click.echo(f"  {word:<12} {kind.about}")
    return str(click.prompt("What is it", type=click.Choice(list(KINDS)), show_choices=False))


def asked(name: str, what: str) -> str:
    """The value of a field that somebody at the terminal gives."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"'{name}' is missing: {what}")
    return str(click.prompt(what if what.startswith("the ") else f"{name} ({what})"))


def parted(given: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The name and the text of every field that `--set` gives."""
    for one in given:
        name, sign, text = one.partition("=")
        if not sign:
            raise click.BadParameter(f"'{one}' is no FIELD=TEXT", param_hint="--set")
        yield name.strip(), text
