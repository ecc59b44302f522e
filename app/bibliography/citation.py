"""Citation: a work in every form in which others take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from .bibtex import bibtex
from .export import csl_json, ris
from .metadata import highwire
from .reference import Reference


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite a work. `tags` (name and content) are for the head of its page."""

    bibtex: str
    ris: str
    csl_json: str
    tags: list[tuple[str, str]]

    @classmethod
    def of(cls, reference: Reference, page: str = "", pdf: str = "") -> Self:
        """The Citation of a work with its page and its document at these full addresses, as far as they are known."""
        return cls(bibtex(reference), ris(reference), csl_json(reference), highwire(reference, page, pdf))
