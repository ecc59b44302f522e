"""Apart: works told from each other where a citation would take one for another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from string import ascii_lowercase

from ..reference import Name
from .citation import AuthorDate
from .people import dotted, initials
from .work import Work


def told_apart(works: Sequence[Work], cites: AuthorDate) -> list[Work]:
    """The works with as much of a given name, as many names and, where that does not do, such letters as it takes."""
    named = with_names(with_given(works, cites), cites)
    letters = {
        work.key: suffix(at)
        for group in grouped(named, lambda work: (cites.author(work), cites.date(work)))
        if len(group) > 1
        for at, work in enumerate(sorted(group, key=cites.order))
    }
    return [replace(work, suffix=letters[work.key]) if work.key in letters else work for work in named]


def grouped(works: Iterable[Work], key: Callable[[Work], Hashable]) -> Iterable[list[Work]]:
    """The works that agree in a key, group by group."""
    groups: dict[Hashable, list[Work]] = defaultdict(list)
    for work in works:
        groups[key(work)].append(work)
    return groups.values()


def suffix(at: int) -> str:
    """The letter of the work at a place: a to z, then aa."""
    return ascii_lowercase[at] if at < 26 else suffix(at // 26 - 1) + ascii_lowercase[at % 26]


def first_name(work: Work) -> Name | None:
    """The first of the people whom a work is cited by."""
    people = work.names.get("author") or work.names.get("editor") or work.names.get("translator") or ()
    return people[0] if people and not people[0].literal else None


def with_given(works: Sequence[Work], cites: AuthorDate) -> list[Work]:
    """The works, their first names with given names where others have the same family name."""
    families: dict[str, set[str]] = defaultdict(set)
    for work in works:
        if name := first_name(work):
            families[name.family].add(dotted(name.given))
    given = {work.key: given_of(name, families[name.family], cites) for work in works if (name := first_name(work))}
    return [replace(work, given=given[work.key]) if given.get(work.key) else work for work in works]


def given_of(name: Name, namesakes: set[str], cites: AuthorDate) -> str:
    """As much of a given name as tells it from those of its namesakes."""
    if len(namesakes) < 2:
        return ""
    short = [initials(given) for given in namesakes]
    mine = initials(name.given)
    if cites.full_names and short.count(mine) > 1:
        return dotted(name.given)
    return mine if len(set(short)) > 1 else ""


def with_names(works: list[Work], cites: AuthorDate) -> list[Work]:
    """The works, with more names where that tells them from others."""
    told: dict[str, int] = {}
    for group in grouped(works, lambda work: (cites.author(work), cites.date(work))):
        if len(group) > 1:
            told |= zip((work.key for work in group), names_needed(group, cites), strict=True)
    return [replace(work, told=told[work.key]) if work.key in told else work for work in works]


def names_needed(group: Sequence[Work], cites: AuthorDate) -> list[int]:
    """For each work of a group the fewest names that tell it from all the others that names can tell it from."""
    most = max((len(people) for work in group for people in work.names.values()), default=1)
    levels = [[cites.author(replace(work, told=told)) for work in group] for told in range(1, most + 1)]
    counted = [Counter(texts) for texts in levels]
    alike = [[count[text] for text in texts] for count, texts in zip(counted, levels, strict=True)]
    return [1 + next(told for told, level in enumerate(alike) if level[at] == alike[-1][at]) for at in range(len(group))]
