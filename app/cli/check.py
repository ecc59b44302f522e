"""`octavo check`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from ..check import advice
from ..check import check as check_all
from ..config import Config
from ..fonts import missing
from ..release.verify import verify_folder
from ..site import Site
from .shared import BaseUrl, application, failed, from_here


@click.command("check")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Check drafts too.")
@click.option(
    "--frozen", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Check this folder of static files."
)
@click.option("--base-url", type=BaseUrl(), help="Where those files will stand.")
@click.option("--strict", is_flag=True, help="Take a warning for a mistake.")
def command(drafts: bool, frozen: Path | None, base_url: str | None, strict: bool) -> None:
    """Tell every mistake in the content, with its line; or, with --frozen, in a folder of static files, whoever made it.

    Exit status 1 where there is one. A translation that is older than its original is told too, but is no mistake.
    """
    if frozen:
        check_frozen(frozen, base_url or Config.from_environment().base_url, strict)
        return
    sites: list[Site] = [application(Config(drafts=shown)).extensions["octavo"] for shown in {drafts, False}]
    if problems := sorted({problem for site in sites for problem in check_all(site)}):
        failed(problems)
    advised = sorted({one for site in sites for one in advice(site)})
    for one in advised:
        click.echo(one)
    count = max(len(list(site.store)) for site in sites)
    click.echo(f"No problems in {count} {'entry' if count == 1 else 'entries'}.")
    if told := missing(sites[0]):
        click.echo(told)


def check_frozen(folder: Path, base_url: str | None, strict: bool) -> None:
    """Tell what is wrong with a folder of static files."""
    findings = verify_folder(folder, base_url)
    findings = findings.strictly() if strict else findings
    for problem in findings.warnings:
        click.echo(f"{os.path.join(from_here(folder), str(problem))} (a warning)", err=True)
    if findings.errors:
        failed([replace(problem, path=os.path.join(from_here(folder), problem.path)) for problem in findings.errors])
    click.echo(f"No problems in {from_here(folder)}.")
