"""`octavo freeze`."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import click

from ..settled import settled, state_of_site
from .places import out_of, site_of

FROM_AROUND = ("OCTAVO_BASE_URL", "OCTAVO_DRAFTS")
"""What else decides what a release is."""


@click.command("freeze")
@click.option("--base-url", metavar="URL", help="Where the site will stand, such as https://you.github.io/repo/.")
@click.option("--drafts/--no-drafts", default=False, show_default=True, help="Release drafts too.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder to publish into. Default: build/ in the site folder.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes work at once. Default: one for each core.")
@click.option("--strict", is_flag=True, help="Publish nothing where there is a warning.")
@click.option("--minify", is_flag=True, help="Make the HTML smaller, without touching its text.")
@click.option("--compress", default="", metavar="KINDS", help="Write packed copies beside texts: gzip,br,zst.")
@click.option("--explain", default="", metavar="URL", help="Tell why this page was made again, or was not.")
@click.option("--no-wait", is_flag=True, help="Give up at once where another freeze is at work.")
@click.option("--json", "as_json", is_flag=True, help="Tell how far it is and how it ends as JSON, a line each.")
def command(base_url: str | None, out: Path | None, explain: str, as_json: bool, **options: object) -> None:
    """Make static files of the site, for any host.

    Only what has changed is made again. The content is checked first, every link of the result after; the finished
    release takes the place of the one before in one step. Where anything is wrong nothing is published, and the exit
    status is 1.
    """
    site, out = site_of(), out_of(out)
    known = {**options, "base_url": base_url, **{name: os.environ.get(name) for name in FROM_AROUND}}
    name = repr((str(out), sorted((key, value) for key, value in known.items() if key not in ("jobs", "no_wait"))))
    now = state_of_site(site) if (site / "pages").is_dir() else ""
    if now and not (explain or as_json) and (same := settled(site, out, name, now)):
        for line in same.lines:
            click.echo(line)
        return
    import_module(".freezing", __package__).run(out, name, now, base_url=base_url, explain=explain, as_json=as_json, **options)
