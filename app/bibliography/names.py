"""The people of an entry: a field of names, parted into Names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.database import InvalidNameString, Person

from .latex import inner, plain_of
from .reference import Name
from .symbols import ACCENTS, SYMBOLS

ROLES = frozenset({
    "author", "editor", "translator", "bookauthor", "editora", "editorb", "editorc", "annotator", "commentator",
    "introduction", "foreword", "afterword", "holder",
})  # fmt: skip
MARKS = re.compile(r"[{}]|(?<!\S)and(?!\S)", re.IGNORECASE)
COMMAND = re.compile(r"\\([A-Za-z]+) (\w)")
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·・ ]+")
"""A name in Chinese, Japanese or Korean letters, whose family name comes first."""

OTHERS = frozenset({"others", "et al", "et al.", "et. al."})


def names_of(value: str) -> tuple[tuple[Name, ...], bool, tuple[str, ...]]:
    """The Names in a field's LaTeX, whether others follow them, and what could not be read in it: names, commands."""
    written = list(parts(value))
    others = bool(written) and written[-1].lower() in OTHERS
    found = [name_of(one) for one in written[: len(written) - others]]
    return tuple(name for name, _ in found), others, tuple(one for _, wrong in found for one in wrong)


def parts(value: str) -> Iterator[str]:
    """The names in a field, as they are written: parted by the word "and" outside of braces."""
    value = " ".join(value.split())
    depth = start = 0
    for found in MARKS.finditer(value):
        mark = found[0]
        depth += (mark == "{") - (mark == "}")
        if depth == 0 and mark.lower() == "and":
            if one := value[start : found.start()].strip():
                yield one
            start = found.end()
    if one := value[start:].strip():
        yield one


def joined(found: re.Match[str]) -> str:
    r"""A command with what it eats of a name, so that the space after it parts no words: `\L ukasz`, `Gon\c calves`."""
    name, letter = found.groups()
    return f"\\{name}{{{letter}}}" if name in ACCENTS else f"\\{name}{{}}{letter}" if name in SYMBOLS else found[0]


@lru_cache(maxsize=10_000)
def name_of(written: str) -> tuple[Name, tuple[str, ...]]:
    """A Name out of its LaTeX, and what could not be read in it; what is no person's name is kept as it stands."""
    wrong: list[str] = []

    def plain(words: list[str]) -> str:
        text, unknown = plain_of(" ".join(words)) if words else ("", ())
        wrong.extend(unknown)
        return text

    if inner(written) != written:
        return Name(plain([written]), literal=True), tuple(wrong)
    if HAN.fullmatch(written):
        family, _, rest = written.partition(" ")
        return Name(family, rest), ()
    try:
        person = Person(COMMAND.sub(joined, written))
    except (InvalidNameString, BibTeXError):
        return Name(plain([written]), literal=True), (written,)
    given, particle = person.bibtex_first_names, list(person.prelast_names)
    if not particle:
        while len(given) > 1 and given[-1][0].islower():
            particle.insert(0, given.pop())
    surnames = person.last_names
    if particle and particle[0][0].isupper():
        surnames, particle = [*particle, *surnames], []
    name = Name(plain(surnames), plain(given), plain(particle), plain(person.lineage_names))
    return name, tuple(wrong)
