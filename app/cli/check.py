"""`octavo check`."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import click

from ..config import Config
from ..fonts import missing
from ..outward import Asked
from ..site import Site
from . import checking
from .shared import BaseUrl, failed, from_here, site_folder


@click.command("check")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Check drafts too.")
@click.option("--watch", is_flag=True, help="Check again at every save.")
@click.option("--json", "as_json", is_flag=True, help="Tell everything as JSON.")
@click.option("--external", is_flag=True, help="Ask other hosts whether what the site links to is still there.")
@click.option(
    "--frozen", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Check this folder of static files."
)
@click.option("--base-url", type=BaseUrl(), help="Where those files will stand.")
@click.option("--strict", is_flag=True, help="Take a warning for a mistake.")
def command(frozen: Path | None, base_url: str | None, strict: bool, **options: bool) -> None:
    """Tell every mistake in the content, with its line; or, with --frozen, in a folder of static files, whoever made it.

    Exit status 1 where there is one. What you may want to look at is told as advice, and is no mistake.
    """
    known = Config.from_environment()
    if frozen:
        check_frozen(frozen, base_url or known.base_url, strict)
    else:
        check_site(replace(known, base_url=base_url or known.base_url, drafts=options.pop("drafts")), **options)


def check_site(config: Config, watch: bool, as_json: bool, external: bool) -> None:
    """Tell every mistake in the content of the site."""
    site = Site(site_folder(), config)
    if watch:
        try:
            checking.watch(site)
        except KeyboardInterrupt:
            click.echo()
        return
    gc.disable()  # looking for what nobody needs any more takes a sixth of the time, and the process ends soon
    found, asked = checking.found(site, date.today()), None
    if external:
        found, asked = checking.with_others(found)
    if as_json:
        click.echo(checking.as_json(found))
        sys.exit(bool(found.problems))
    tell(found, asked)
    if told := missing(site):
        click.echo(told)


def tell(found: checking.Found, asked: Asked | None) -> None:
    """Print what was found; where that is a mistake, leave with status 1."""
    for problem in found.problems:
        click.echo(problem, err=True)
    for one in map(checking.as_advice, found.advice):
        click.echo(one)
    for line in checking.told_of_others(found, asked):
        click.echo(line)
    if found.problems:
        click.echo(f"{checking.counted(len(found.problems), 'problem')}.", err=True)
        sys.exit(1)
    click.echo(f"No problems in {found.entries} {'entry' if found.entries == 1 else 'entries'}.")


def check_frozen(folder: Path, base_url: str | None, strict: bool) -> None:
    """Tell what is wrong with a folder of static files."""
    findings = import_module("..release.verify", __package__).verify_folder(folder, base_url)
    findings = findings.strictly() if strict else findings
    for problem in findings.warnings:
        click.echo(f"{os.path.join(from_here(folder), str(problem))} (a warning)", err=True)
    if findings.errors:
        failed([replace(problem, path=os.path.join(from_here(folder), problem.path)) for problem in findings.errors])
    click.echo(f"No problems in {from_here(folder)}.")
