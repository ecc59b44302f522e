"""Citation: a work in every form in which others take it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Self

from .bibtex import bibtex
from .export import csl_json, ris
from .metadata import highwire, schema
from .reference import Reference


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite a work. `tags` (name and content) and `data` (JSON-LD that can stand in HTML) are for the head of its page."""

    bibtex: str
    ris: str
    csl_json: str
    tags: list[tuple[str, str]]
    data: str

    @classmethod
    def of(cls, reference: Reference, page: str = "", pdf: str = "") -> Self:
        """The Citation of a work with its page and its document at these full addresses, as far as they are known."""
        data = json.dumps(schema(reference, page), ensure_ascii=False).replace("<", "\\u003c")
        return cls(bibtex(reference), ris(reference), csl_json(reference), highwire(reference, page, pdf), data)
