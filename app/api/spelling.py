"""Spelling: how JSON Schema says what an author may write in a field, and what an answer has in it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ..content import Part
from ..content.when import When
from .fields import description

TEXT: JsonSchemaValue = {"type": ["string", "number", "boolean"]}
"""A text: YAML takes `1984` for a number and `true` for a truth, and Octavo reads them as they are written."""

DAY: JsonSchemaValue = {"type": "string", "pattern": r"^\s*\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}.*)?\s*$"}


class Described(GenerateJsonSchema):
    """Schemas whose fields have a sentence each, and no title, which would say what the name says."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A group of fields."""
        found = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        for name, field in found.get("properties", {}).items():
            if said := description(model.__name__, name) if issubclass(model, Part) else below(model).get(name):
                field.setdefault("description", said)
        return found

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        """Never."""
        return False


@cache
def below(model: type[BaseModel]) -> Mapping[str, str]:
    """The sentence that stands below each field of a class, by its name.

    Pydantic finds them too, for every class when it is imported, which takes a twentieth of a short freeze.
    """
    if model is BaseModel:
        return {}
    (written,) = ast.parse(inspect.getsource(model)).body
    found = dict(below(model.__mro__[1]))
    for field, said in pairwise(written.body if isinstance(written, ast.ClassDef) else ()):
        match field, said:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = inspect.cleandoc(text)
    return found


class AsAnswered(Described):
    """What answers are made of: nothing in them is ever left out."""

    def field_is_required(self, field: object, total: bool) -> bool:  # noqa: ARG002
        """Always."""
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The value, which is there."""
        return self.generate_inner(schema["schema"])

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """A time as its words and its days."""
        if schema["cls"] is not When:
            return super().dataclass_schema(schema)
        day = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
        fields = {"written": {"type": "string"}, "first": day, "last": day}
        told = "A time in words, its first day, and its last, which is null for what goes on."
        return {"type": "object", "description": told, "properties": fields, "required": [*fields]}


class AsWritten(Described):
    """What authors write, where the program reads more than one spelling of a thing."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """What need not be there may also be left empty."""
        return either(self.generate_inner(schema["schema"]), {"type": "null"})

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A text, also one that YAML takes for something else."""
        return {**super().str_schema(schema), **TEXT}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """A whole number, also in quotes."""
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": r"^\s*\d+\s*$"}

    def bool_schema(self, _: core_schema.BoolSchema) -> JsonSchemaValue:
        """Yes or no, in any of the words for it."""
        return either(
            {"type": "boolean"}, {"type": "string", "pattern": rf"^\s*{spelt(['yes', 'no', 'on', 'off', 'true', 'false'])}\s*$"}
        )

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """What a function takes, where it is one that reads what authors write."""
        inner = self.generate_inner(schema["schema"])
        read = SPELT.get(getattr(schema["function"]["function"], "__qualname__", ""))
        return read(inner) if read else inner


def either(*schemas: JsonSchemaValue) -> JsonSchemaValue:
    """Any of some schemas, without a choice inside a choice."""
    flat = [one for schema in schemas for one in (schema["anyOf"] if schema.keys() == {"anyOf"} else [schema])]
    return {"anyOf": [one for number, one in enumerate(flat) if one not in flat[:number]]}


def spelt(words: Sequence[str]) -> str:
    """A pattern of some words in any case."""
    return f"(?:{'|'.join(''.join(f'[{one.upper()}{one}]' for one in word) for word in words)})"


def one_of(inner: JsonSchemaValue) -> JsonSchemaValue:
    """One of the words of `inner`, in any case, also in the brackets it is shown in."""
    word = {"type": "string", "pattern": rf"^[\[\] ]*{spelt(inner['enum'])}[\[\] ]*$"}
    return either(inner, word, {"type": "array", "items": word, "minItems": 1, "maxItems": 1})


SPELT: Mapping[str, Callable[[JsonSchemaValue], JsonSchemaValue]] = {
    "as_date": lambda inner: DAY,
    "as_list": lambda inner: either(inner, TEXT),
    "as_word": one_of,
    "as_when": lambda inner: {"type": ["string", "number"]},
    "Item.titled": lambda inner: {**inner, "type": ["object", *TEXT["type"]]},
    "Publication.titled": lambda inner: {**inner, "required": ["key"]},
}
"""What the functions that read an author's spelling take, by their names, made from what they answer."""
