"""`octavo clean`."""

from __future__ import annotations

from pathlib import Path

import click

from ..cache import Cache
from ..release.lock import PATIENCE, locked
from ..release.refusal import Refused, reason
from ..release.upkeep import BOUND, delete_all, delete_releases, keep_within, size_of
from .places import out_of, warn
from .shared import site_folder

MEGABYTE = 1_000_000


@click.command("clean")
@click.option("--all", "everything", is_flag=True, help="Delete all that can be made again.")
@click.option("--releases", is_flag=True, help="Delete the releases that 'octavo rollback' knows too, but for the current one.")
@click.option(
    "--keep", type=click.IntRange(0), default=BOUND // MEGABYTE, show_default=True, metavar="MB", help="How much is kept."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder of the current release. Default: build/ in the site folder."
)
def command(everything: bool, releases: bool, keep: int, out: Path | None) -> None:
    """Delete what is kept in .octavo/ only to save time.

    What was not used for the longest time goes first, until no more is kept than --keep says; every freeze does so too.
    Whatever goes is made again when it is needed.
    """
    site, out = site_folder(), out_of(out)
    try:
        with locked(out, "clean", PATIENCE, warn):
            freed = delete_all(site) if everything else within(site, keep * MEGABYTE)
            count, more = delete_releases(out) if releases else (0, 0)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{reason(error)} ({error.filename})") from error
    if releases:
        click.echo(f"{count} release{'s' * (count != 1)} before the current one deleted.")
    click.echo(f"Freed {(freed + more) / MEGABYTE:.1f} MB; {size_of(site) / MEGABYTE:.1f} MB are kept.")


def within(site: Path, bound: int) -> int:
    """Keep no more than `bound` bytes; answer how many are gone."""
    cache = Cache(site)
    try:
        return keep_within(site, cache, bound)
    finally:
        cache.close()
