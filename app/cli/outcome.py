"""Outcome: how `octavo status` and `octavo freeze` end, told in words or, for other programs, as lines of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import click

from ..problems import Problem, Problems
from ..release.manifest import url_of
from ..release.publish import Changes
from ..release.refusal import Refused
from .shared import failed

PAUSE = 0.1
"""The seconds between two lines that tell how far a freeze is."""


def say(data: dict[str, object]) -> None:
    """Print one line of JSON."""
    click.echo(json.dumps(data))


def as_data(changes: Changes) -> dict[str, object]:
    """What is new in a release, by URLs, and its size in files and in bytes."""
    paths = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
    urls = {word: [url_of(path) for path in named] for word, named in paths.items()}
    return {**urls, "files": changes.files, "size": changes.size}


@contextmanager
def refusals(consequence: str, as_json: bool = False) -> Iterator[None]:
    """Where the block raises `Problems` or `Refused`, tell it and leave with status 1."""
    try:
        yield
    except Problems as error:
        if as_json:
            refused(error.problems, f"{len(error.problems)} to mend; {consequence}.")
        failed(error.problems, consequence)
    except Refused as error:
        if as_json:
            refused((), str(error))
        raise click.ClickException(str(error)) from error


def refused(problems: Sequence[Problem], message: str) -> None:
    """Print why there is no release, and leave with status 1."""
    say({"problems": [asdict(problem) for problem in problems], "message": message})
    sys.exit(1)


def progress_as_json() -> Callable[[int, int, str], None]:
    """What prints how far a freeze is, some ten times a second."""
    last = 0.0

    def told(done: int, total: int, url: str) -> None:
        nonlocal last
        if done == total or time.monotonic() - last >= PAUSE:
            last = time.monotonic()
            say({"done": done, "of": total})

    return told
