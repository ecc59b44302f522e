"""`octavo init-ci`."""

from __future__ import annotations

import click

from ..deploy.hosts import HOSTS, write_workflow
from ..release.refusal import Refused
from .shared import from_here, site_folder


@click.command("init-ci")
@click.argument("host", type=click.Choice(list(HOSTS)))
@click.option("--octavo", default="", help="The https address from which the host gets Octavo. Default: the one you cloned.")
def command(host: str, octavo: str) -> None:
    """Let a host freeze and publish the site at every push: octavo init-ci github.

    Writes the file that the host reads into the repository of your site; one that is there is never touched.
    """
    try:
        file = write_workflow(host, site_folder(), octavo)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{from_here(file)}\nCommit it; {HOSTS[host].then}.")
