"""`octavo schema`."""

from __future__ import annotations

import click

from ..editors import write_all
from ..site import Site
from .shared import application


@click.command("schema")
def command() -> None:
    """Write what editors read: front matter completes and is checked while you type, and every problem is marked.

    JSON Schema files of all types and of site.yml into schemas/, snippets, settings and a task for VS Code into .vscode/, and
    the settings of remark. What is yours there stays as it is; a file that cannot be added to is told with what to add.
    """
    site: Site = application().extensions["octavo"]
    try:
        outcomes = write_all(site)
    except OSError as error:
        raise click.ClickException(str(error)) from error
    for one in outcomes:
        if one.state == "written":
            click.echo(one.path)
        if one.state == "left":
            click.echo(f"{one.path} is yours and was left as it is; add this to it:\n\n{one.add}", err=True)
    if all(one.state == "unchanged" for one in outcomes):
        click.echo("Everything is there already.")
