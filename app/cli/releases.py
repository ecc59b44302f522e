"""`octavo releases`."""

from __future__ import annotations

from pathlib import Path

import click

from ..release.kept import releases
from .places import out_of


@click.command("releases")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder of the current release. Default: build/ in the site folder."
)
def command(out: Path | None) -> None:
    """List the releases that 'octavo rollback' knows.

    The current one and the three before it, with the time at which each was made.
    """
    known = releases(out_of(out))
    if not known:
        click.echo("There is no release yet; 'octavo freeze' makes one.")
    for release in known:
        size = f"{release.size / 1e6:.1f} MB"
        current = "  current" if release.current else ""
        click.echo(f"{release.number:4}  {release.published:%Y-%m-%d %H:%M:%S}  {release.files:6} files  {size:>9}{current}")
