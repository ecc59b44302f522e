"""Reference: one work of a bibliography, read; and the names of its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts, or the name of a body (`family` alone, `literal` set). Plain text."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A work as its `.bib` entry says, its LaTeX turned into text.

    `kind` is BibTeX's type and `fields` its fields, both with names in lower case. A value is text with the few tags that
    CSL-JSON knows (`<i>`, `<b>`, `<sup>`, `<sub>`, `<span class="nocase">` for what keeps its capitals), `&`, `<` and `>`
    as entities, and a formula as `$...$`. Links (`url`, `doi`, `eprint`) are as they were written.
    `names` has the people by role (`author`, `editor`), and `others` the roles that end with "and others".
    """

    key: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    path: str = ""
    line: int = 1
    written: str = ""

    def get(self, name: str) -> str:
        """A field, or nothing."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True)
class Cited:
    """One work in a citation: the words before its key and after it (HTML), and whether its author is left out."""

    key: str
    prefix: str = ""
    locator: str = ""
    bare: bool = False
