"""Front matter checked against a type; what does not fit, in the author's words."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..problems import Problem, Problems, did_you_mean
from .source import Source

Model = TypeVar("Model", bound=BaseModel)

DATE = "is not a date", "write it as year-month-day: 2026-02-28"
NUMBER = "is not a whole number", "write digits only"
GROUP = "is not a group of fields", "write 'name: value' lines below it, indented by two spaces"
EXPECTED = {
    "date_from_datetime_parsing": DATE,
    "date_parsing": DATE,
    "date_type": DATE,
    "int_parsing": NUMBER,
    "int_parsing_size": NUMBER,
    "int_type": NUMBER,
    "bool_parsing": ("is neither yes nor no", "write true or false"),
    "bool_type": ("is neither yes nor no", "write true or false"),
    "tuple_type": ("is not a list", "write it as [one, two]"),
    "string_type": ("is not text", "write it on one line, in quotes if it begins with a bracket"),
    "string_too_short": ("is empty", "write something, or delete the line"),
    "model_type": GROUP,
    "orcid_form": ("is no ORCID iD", "write it as 0000-0002-1825-0097"),
    "orcid_digits": ("is no ORCID iD", "one of its digits is wrong"),
    "when_unread": ("is no time that can be read", "write it as 2024, 2024-03, Fall 2024, 2024/25 or 2021 – present"),
    "when_nowhere": ("is not in the calendar", "look at the year, the month and the day"),
    "when_turned": ("ends before it begins", "write the earlier time first"),
    "dict_type": GROUP,
    "colour_form": ("is no colour", "write it in quotes, as '#0b6e4f'"),
    "contact_form": ("is nowhere to write to", "write an email address, or a URL that begins with https:// or mailto:"),
    "origin_form": ("is not a host", "write it as https://stats.example.org"),
}
SHOWN = 60
"""How many characters of a value a message repeats."""


def validated(model: type[Model], source: Source) -> Model:
    """The front matter of `source` as a `model`; raises `Problems` with a line for each thing that does not fit."""
    try:
        return model.model_validate(given(source.front.values))
    except ValidationError as error:
        problems = [told(model, source, detail) for detail in error.errors(include_url=False)]
        raise Problems(sorted(set(problems))) from error


def given(value: Any) -> Any:
    """`value` without the fields that are left empty."""
    if isinstance(value, dict):
        return {key: given(item) for key, item in value.items() if item is not None}
    return [given(item) for item in value if item is not None] if isinstance(value, list) else value


def told(model: type[BaseModel], source: Source, detail: ErrorDetails) -> Problem:
    """One complaint of pydantic's as a Problem."""
    location, kind = tuple(detail["loc"]), detail["type"]
    name = next((part for part in reversed(location) if isinstance(part, str)), "the front matter")
    if kind == "missing":
        known = location in source.front.keys
        at = location if known else location[:-1]
        hint = f"write a value after '{name}:'" if known else f"add a line '{name}: ...' to the front matter"
        return source.problem(f"'{name}' is missing", hint, at=at, key=known)
    if kind == "extra_forbidden":
        fields = fields_at(model, location[:-1])
        hint = did_you_mean(name, fields, otherwise=f"the fields are {', '.join(sorted(fields))}")
        return source.problem(f"unknown field '{brief(name)}'", hint, at=location, key=True)
    value = detail["input"]
    shown = f"'{brief(value)}'" if isinstance(value, str) and value.strip() else "this"
    if kind == "literal_error":
        choices = str(detail["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        hint = did_you_mean(str(value).lower(), choices, otherwise=f"it can be {', '.join(choices)}")
        return source.problem(f"{name}: {shown} is not one of its values", hint, at=location)
    message, hint = EXPECTED.get(kind, (f"does not fit: {detail['msg'].removeprefix('Value error, ')}", ""))
    if (message, hint) == DATE and re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
        message, hint = "is no day of the calendar", "look at the month and the day"
    return source.problem(f"{name}: {shown} {message}", hint, at=location)


def brief(value: str) -> str:
    """The beginning of `value`, on one line."""
    line = " ".join(value.split())
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"


def fields_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The names of the fields of the model that stands at `location` inside `model`."""
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            inner = [annotation, *getattr(annotation, "__args__", ())]
            model = next((one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)), model)
    return [info.alias or name for name, info in model.model_fields.items()]
