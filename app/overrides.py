"""Overrides: the templates of the author's own, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from traceback import walk_tb

from jinja2 import Environment, TemplateSyntaxError

from .content.looks import Hosts
from .content.source import read_text
from .loads import loads
from .problems import Problem, Problems
from .site import Site

COMMENT = re.compile(r"(?s)\{#.*?#\}|<!--.*?-->")


def wrong_templates(site: Site) -> Iterator[Problem]:
    """What is wrong with the author's own templates, as far as it can be seen without showing anything."""
    for file in own_templates(site):
        path = file.relative_to(site.folder).as_posix()
        try:
            text = read_text(file, path)
            Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text)
        except Problems as error:
            yield from error.problems
        except TemplateSyntaxError as error:
            yield unread(path, error)
        else:
            yield from unnamed_hosts(text, path, site.facts.hosts)


def own_templates(site: Site) -> list[Path]:
    """The files of the templates that are the author's and not Octavo's."""
    files = {file for folder in site.folders.templates[:-1] for file in folder.rglob("*.*") if not file.name.startswith(".")}
    return sorted(file for file in files if file.is_file())


def unnamed_hosts(text: str, path: str, hosts: Hosts) -> Iterator[Problem]:
    """A Problem for each place where a template loads from a host that `site.yml` does not name."""
    shown = COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    for load in loads(shown):
        if not any(fnmatchcase(load.source, host) for name in load.directives for host in hosts.named.get(name, ())):
            line, column = text.count("\n", 0, load.at) + 1, load.at - text.rfind("\n", 0, load.at)
            message = f"this loads from {load.source}, which 'hosts' in pages/site.yml does not name"
            yield Problem(path, line, column, message, f"add 'hosts: {{{load.directives[0]}: [{load.source}]}}' there")


@contextmanager
def faults_told(site: Site) -> Iterator[None]:
    """In the block, an error that comes out of a template of the author's own is raised as `Problems`, with its place there."""
    try:
        yield
    except Exception as error:
        if isinstance(error, Problems) or not (problem := fault(site, error)):
            raise
        raise Problems([problem]) from error


def fault(site: Site, error: Exception) -> Problem | None:
    """The place in the author's own templates that an error comes from; nothing where it comes from elsewhere."""
    paths = {str(file): file.relative_to(site.folder).as_posix() for file in own_templates(site)}
    if isinstance(error, TemplateSyntaxError):
        return unread(paths[error.filename], error) if error.filename in paths else None
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    file, line = next(((file, line) for file, line in reversed(frames) if file in paths), ("", 0))
    what = f"there is no template '{error}'" if type(error).__name__ == "TemplateNotFound" else f"this fails: {error}"
    return Problem(paths[file], line, 1, what, "mend it, or delete the file to have Octavo's own again") if file else None


def unread(path: str, error: TemplateSyntaxError) -> Problem:
    """A template that cannot be read."""
    hint = "mend it, or delete the file to have Octavo's own again"
    return Problem(path, error.lineno, 1, f"this template cannot be read: {error.message}", hint)
