"""`octavo new`."""

from __future__ import annotations

from datetime import date

import click

from ..new import KINDS, create
from ..site import Site
from .shared import application, from_here


@click.command("new")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("title")
def command(kind: str, title: str) -> None:
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
