"""Choice: templates that depend on what is known of a work."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .template import Template
from .work import SERIALS, Work

Test = Callable[[Work], object]
"""What may hold of a work; a template holds when it says something."""


def nothing(work: Work) -> str:
    """Nothing, of any work."""
    return ""


def first_of(*parts: Template) -> Template:
    """The first part that says anything."""
    return lambda work: next(filter(None, (part(work) for part in parts)), "")


def when(test: Test, part: Template, otherwise: Template = nothing) -> Template:
    """A part if something holds of the work, and another one if not."""
    return lambda work: part(work) if test(work) else otherwise(work)


def by_kind(table: Mapping[str, Template], otherwise: Template = nothing) -> Template:
    """The template for the work's kind, from a table whose keys may name several."""
    each = {kind: template for kinds, template in table.items() for kind in kinds.split()}
    return lambda work: each.get(work.kind, otherwise)(work)


def has(*names: str) -> Test:
    """Whether any of these is known of a work."""
    return lambda work: work.has(*names)


def lacks(*names: str) -> Test:
    """Whether none of these is known of a work."""
    return lambda work: not work.has(*names)


def is_a(*kinds: str) -> Test:
    """Whether a work is of one of these kinds."""
    return lambda work: work.kind in kinds


def serial(work: Work) -> bool:
    """Whether a work appeared in a journal, or like in one: in proceedings that nobody is named as the editor of."""
    return work.kind in SERIALS or (work.kind == "paper" and "editor" not in work.names)
