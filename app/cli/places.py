"""What commands share that need no application: which folder they are about, and how they warn."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..folders import PROGRAM


def site_of() -> Path:
    """The folder of the site that `--site` names."""
    return Path(click.get_current_context().find_root().params.get("site") or os.environ.get("OCTAVO_SITE") or PROGRAM)


def out_of(out: Path | None) -> Path:
    """The folder of the current release: `out`, else that of the site that `--site` names."""
    return (out or site_of() / "build").absolute()


def warn(message: str) -> None:
    """Tell something that is not the answer."""
    click.echo(message, err=True)
