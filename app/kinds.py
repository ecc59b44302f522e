"""Kinds: what there can be an entry of, where it belongs, and what its author may write in its front matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .api.schemas import described, kind
from .api.spelling import AsWritten
from .content import Entry
from .content_types import COLLECTIONS, Listing, Page

SHORT = {"research_note": "note", "course_project": "course", "news_item": "news"}
"""The types that are called by another word."""


@dataclass(frozen=True)
class Kind:
    """A kind of entry: the word for it, its type, and the folder below `pages/` in which it belongs, or its only file."""

    word: str
    type: type[Entry]
    place: str

    @property
    def about(self) -> str:
        """What it is, in a line."""
        return described(self.type).partition("\n")[0]

    @cached_property
    def schema(self) -> dict[str, Any]:
        """What an author may write in its front matter, as JSON Schema."""
        return self.type.model_json_schema(schema_generator=AsWritten)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields, as front matter has them."""
        return tuple(self.schema["properties"])

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The fields that it cannot be without, beside its date; the first is what its file is named after."""
        return tuple(name for name in self.schema["required"] if name != "date")

    @cached_property
    def defaults(self) -> Mapping[str, object]:
        """What each field is where its author says nothing."""
        return {info.alias or name: info.get_default(call_default_factory=True) for name, info in self.type.model_fields.items()}

    def words(self, name: str) -> tuple[str, ...]:
        """The words of which one can stand in a field; none where it can be any."""
        if isinstance(self.defaults[name], bool):
            return ("true", "false")
        return next((tuple(one["enum"]) for one in self._parts(name) if "enum" in one), ())

    def group(self, name: str) -> tuple[str, ...]:
        """The fields of the groups of which a field is a list; none where it is something else."""
        found = next((one["$ref"].rpartition("/")[2] for one in self._parts(name) if "$ref" in one), "")
        return tuple(self.schema["$defs"][found]["properties"]) if found else ()

    def said(self, name: str) -> str:
        """What a field is for, and which words or groups can stand in it."""
        told, group = str(self.schema["properties"][name].get("description", "")), self.group(name)
        words = () if isinstance(self.defaults[name], bool) else self.words(name)
        more = f"each with {', '.join(group)}" if group else ", ".join(words)
        return f"{told.removesuffix('.')}: {more}." if told and more else told or more

    def _parts(self, name: str) -> list[dict[str, Any]]:
        """The schema of a field, with those of what it may be, and of what is in it."""
        field = self.schema["properties"][name]
        return [one for inner in (field, *field.get("anyOf", ())) for one in (inner, inner.get("items", {}))]


PAGE, LISTING = Kind("page", Page, ""), Kind("list", Listing, "")

OF_COLLECTIONS = tuple(Kind(SHORT.get(kind(one.type), kind(one.type)), one.type, one.folder) for one in COLLECTIONS)

KINDS: Mapping[str, Kind] = {one.word: one for one in (*OF_COLLECTIONS, PAGE)}
"""What can be begun, by the word for it."""
