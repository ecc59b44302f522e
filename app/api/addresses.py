"""Addresses: where in the API the document with an id is."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

OURS = re.compile(r"_*(?:openapi|schema)(?:/.*)?", re.IGNORECASE | re.DOTALL)
"""The ids whose documents would stand where the API describes itself, and those that one more `_` would lead to."""


def name_of(id: str) -> str:
    """The name of a document: its id, with one more `_` before it where the API itself has that name."""
    return f"_{id}" if OURS.fullmatch(id) else id


def id_of(name: str) -> str:
    """The id of the document with a name."""
    return name.removeprefix("_") if OURS.fullmatch(name) else name


@lru_cache(maxsize=4096)
def address(id: str) -> str:
    """The path of a document from the root of the site, quoted; the home page's is in the index."""
    return f"/api/{quote(name_of(id))}.json"
