"""`octavo status`."""

from __future__ import annotations

from pathlib import Path

import click

from ..application import VIEWS
from ..config import Config
from ..release.freezer import would_change
from ..release.manifest import url_of
from .outcome import as_data, refusals, say
from .places import out_of
from .shared import BaseUrl, application


@click.command("status")
@click.option("--base-url", type=BaseUrl(), help="Where the site will stand, as for 'octavo freeze'.")
@click.option("--drafts/--no-drafts", default=False, show_default=True, help="As if drafts were released too.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder of the current release. Default: build/ in the site folder."
)
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON, for other programs.")
def command(base_url: str | None, drafts: bool, out: Path | None, as_json: bool) -> None:
    """Tell what a freeze would change now, URL by URL.

    Nothing is published. Exit status 1 where a freeze would not publish anything either.
    """
    known = Config.from_environment()
    app = application(Config(base_url or known.base_url, drafts or known.drafts))
    with refusals("a freeze would publish nothing", as_json):
        changes = would_change(app, VIEWS, out_of(out))
    if as_json:
        say(as_data(changes))
        return
    for mark, paths in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
        for path in paths:
            click.echo(f"{mark} {url_of(path)}")
    if not (changes.added or changes.changed or changes.removed):
        click.echo("Nothing would change.")
    else:
        counts = f"{len(changes.added)} added, {len(changes.changed)} changed, {len(changes.removed)} removed"
        click.echo(f"A freeze would make {changes.files} files, {changes.size / 1e6:.1f} MB: {counts}.")
