"""What `octavo freeze` does where something has changed, and what it tells of it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from ..application import VIEWS
from ..config import Config
from ..content.facts import as_base
from ..fonts import missing
from ..release.compress import KINDS, refuse_missing
from ..release.freezer import Options, freeze
from ..release.lock import PATIENCE
from ..release.press import Shape
from ..release.publish import Changes
from ..settled import Settled, state_of_release, state_of_site
from ..site import Site
from .outcome import as_data, progress_as_json, refusals, say
from .places import warn
from .shared import application, from_here

RARELY = 200_000, 20, 100
"""How seldom it is looked for what nobody needs any more: in a short freeze that takes a tenth of the time."""

SHOWN = 12
"""How many names of files a report lists of one kind."""


def run(
    out: Path, name: str, before: str, *, base_url: str | None, drafts: bool, explain: str, as_json: bool, jobs: int | None,
    strict: bool, minify: bool, compress: str, no_wait: bool,
) -> None:  # fmt: skip
    """Freeze into `out`, and tell of it; `before` is the state of the files at the beginning, to be kept under `name`."""
    gc.set_threshold(*RARELY)
    known = Config.from_environment()
    app = application(Config(checked(base_url) or known.base_url, drafts or known.drafts))
    site: Site = app.extensions["octavo"]
    shape, patience = Shape(minify, kinds_in(compress)), 0 if no_wait else PATIENCE
    options = Options(jobs or 0, explain, strict, shape, patience, warn)
    with refusals("nothing was published", as_json):
        refuse_missing(shape.compress)
        changes = freeze(app, VIEWS, out, progress_as_json() if as_json else progress_on_terminal(), options)
    lines = tuple(notices(site, changes, out))
    if as_json:
        warnings = [asdict(problem) for problem in changes.warnings]
        say({"published": True, **as_data(changes), "warnings": warnings, "lines": [told_of(changes, out), *lines]})
    else:
        report(changes, explain)
        click.echo("\n".join((told_of(changes, out), *lines)))
    if state_of_site(site.folder) == before:
        settled = told_of(Changes((), (), (), changes.files, changes.size), out)
        Settled(before, state_of_release(out), (settled, *lines)).keep(site.folder, name)
    else:
        warn("Files were changed while the site was frozen: freeze again to have those changes too.")


def checked(base_url: str | None) -> str | None:
    """An address with a slash at its end."""
    try:
        return as_base(base_url) if base_url else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base-url") from error


def kinds_in(written: str) -> tuple[str, ...]:
    """The kinds of packed copies that `gzip,br` names."""
    kinds = tuple(dict.fromkeys(kind.strip() for kind in written.split(",") if kind.strip()))
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise click.BadParameter(f"'{unknown[0]}' is none of {', '.join(KINDS)}", param_hint="--compress")
    return kinds


def progress_on_terminal() -> Callable[[int, int, str], None]:
    """What shows how far a freeze is, where there is a terminal to show it on."""
    return progress if sys.stderr.isatty() else lambda done, total, url: None


def progress(done: int, total: int, url: str) -> None:
    """Show on a terminal how far a freeze is."""
    end = "\r" if done < total else "\r\x1b[K"
    click.echo(f"\r\x1b[K{done}/{total} {url[:60]}{end}", nl=False, err=True)


def report(changes: Changes, explain: str = "") -> None:
    """Print what a release has that the one before had not, and why a URL was made again that was asked for."""
    if explain:
        click.echo(f"{explain} was made again: {'; '.join(changes.why)}." if changes.why else f"{explain} is as it was.")
    for word, mark, names in (
        ("added", "+", changes.added),
        ("changed", "~", changes.changed),
        ("removed", "-", changes.removed),
    ):
        for name in sorted(names, key=lambda name: not name.endswith(".html"))[:SHOWN]:
            click.echo(f"{mark} {name}")
        if len(names) > SHOWN:
            click.echo(f"{mark} and {len(names) - SHOWN} more {word}")
    for path in changes.gone[:SHOWN]:
        click.echo(f"{path} was released before and is gone: add an alias ('aliases: [{path}]') to where it is now.")
    if len(changes.gone) > SHOWN:
        click.echo(f"{len(changes.gone) - SHOWN} more pages are gone.")


def told_of(changes: Changes, out: Path) -> str:
    """The numbers of a release."""
    counts = f"{len(changes.added)} added, {len(changes.changed)} changed, {len(changes.removed)} removed"
    return f"{from_here(out)}: {changes.files} files, {changes.size / 1e6:.1f} MB; {counts}."


def notices(site: Site, changes: Changes, out: Path) -> Iterator[str]:
    """What else is to be known of a release, as long as nothing changes."""
    yield from (f"warning: {problem}" for problem in changes.warnings)
    if changes.without_search:
        yield f"The search page is an index only: {changes.without_search}"
    if told := missing(site):
        yield told
    if site.base_url is None:
        yield "No address is known: give 'url' in pages/site.yml, or --base-url, for a feed and a site map."
