"""`octavo rollback`."""

from __future__ import annotations

from pathlib import Path

import click

from ..release.kept import rollback
from ..release.lock import PATIENCE
from ..release.refusal import Refused
from .places import out_of, warn

SHOWN = 5
"""How many names of files are told."""


@click.command("rollback")
@click.argument("number", type=click.IntRange(1), required=False)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder of the current release. Default: build/ in the site folder."
)
@click.option("--wait/--no-wait", default=True, show_default=True, help="Wait while another command uses the release.")
def command(number: int | None, out: Path | None, wait: bool) -> None:
    """Bring the release before this one back, or that with a NUMBER of 'octavo releases'.

    It takes the place of the current one in one step; the current one is kept, and can be brought back the same way.
    """
    try:
        release = rollback(out_of(out), number, PATIENCE if wait else 0, warn)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Release {release.number} of {release.published:%Y-%m-%d %H:%M:%S} is the current one again.")
    if release.altered:
        more = f" and {len(release.altered) - SHOWN} more" if len(release.altered) > SHOWN else ""
        warn(f"Not as they were published: {', '.join(release.altered[:SHOWN])}{more}. 'octavo freeze' makes them anew.")
