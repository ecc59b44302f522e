"""`octavo deploy`."""

from __future__ import annotations

from pathlib import Path

import click

from ..content.facts import Facts
from ..deploy import Address, Plan, Wishes
from ..deploy import deploy as send
from ..problems import Problems
from ..release.refusal import Refused
from .shared import failed, from_here, site_folder

SHOWN = 12
"""How many names of files a report lists of one kind."""


@click.command("deploy")
@click.argument("target", required=False)
@click.option("--out", type=click.Path(path_type=Path), help="The release to send. Default: build/ in the site folder.")
@click.option("--squash/--history", default=None, help="Git: one commit without a past, or one more on top of the others.")
@click.option("--endpoint", default="", help="S3: the URL of a service other than AWS.")
@click.option("--all", "all", is_flag=True, help="Send every file, also those that are there.")
@click.option("--delete-unknown", is_flag=True, help="Delete what is there and was never sent by a deploy, too.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def command(
    *, target: str | None, out: Path | None, squash: bool | None, endpoint: str, all: bool, delete_unknown: bool, dry_run: bool
) -> None:
    """Send the current release to TARGET, or to what 'deploy' in site.yml says.

    TARGET is git:origin#gh-pages (a remote or an address, and a branch), rsync:you@host:/path, s3://bucket/folder, or
    the path of a folder. Only what changed is sent; what is gone is deleted last, and never what no deploy has sent.
    """
    folder = site_folder()
    try:
        address, facts = chosen(target, folder)
        kept = facts.deploy
        squashed = squash if squash is not None else bool(kept and kept.squash)
        service = endpoint or (kept.endpoint if kept else "")
        wishes = Wishes(squashed, service, all, delete_unknown, dry_run)
        plan = send(folder, out or folder / "build", address, wishes)
    except Problems as error:
        failed(error.problems, "nothing was sent")
    except (Refused, ValueError) as error:
        raise click.ClickException(str(error)) from error
    report(plan, address, dry_run)


def chosen(written: str | None, folder: Path) -> tuple[Address, Facts]:
    """Where to deploy to, and the facts of the site. Raises `Problems`, or `ValueError` where nobody has said where."""
    facts, source = Facts.read(folder)
    if written:
        return Address.parse(written, Path.cwd()), facts
    if facts.deploy is None or source is None:
        hint = "octavo deploy git:origin#gh-pages, or 'deploy: {to: git:origin#gh-pages}' in site.yml"
        raise ValueError(f"it is not said where to deploy to; write it: {hint}")
    try:
        return Address.parse(facts.deploy.to, folder), facts
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        raise Problems([source.problem(message, hint, at=("deploy", "to"))]) from error


def report(plan: Plan, address: Address, dry_run: bool) -> None:
    """Print what was sent and deleted, or would be."""
    names = [("+", "new", [item.path for item in plan.added]), ("~", "changed", [item.path for item in plan.changed])]
    for mark, word, paths in (*names, ("-", "deleted", list(plan.gone))):
        for path in paths[:SHOWN]:
            click.echo(f"{mark} {path}")
        if len(paths) > SHOWN:
            click.echo(f"{mark} and {len(paths) - SHOWN} more {word}")
    if plan.unknown:
        some = "1 file there is" if len(plan.unknown) == 1 else f"{len(plan.unknown)} files there are"
        click.echo(f"{some} not Octavo's and left alone, such as '{plan.unknown[0]}' (--delete-unknown deletes them).")
    place = from_here(Path(address.place)) if address.kind == "folder" else str(address)
    if plan.done:
        click.echo(f"{place} has this release already; nothing was sent.")
        return
    counts = f"{len(plan.added)} new, {len(plan.changed)} changed, {len(plan.gone)} deleted, {plan.size / 1000:.1f} kB"
    click.echo(f"{place}: {counts}{'; nothing was done (--dry-run)' if dry_run else ''}.")
