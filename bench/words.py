"""Sentences, formulas and blocks of code that mean nothing, made of what is in `words.yml`."""

from __future__ import annotations

import random
from pathlib import Path
from string import Template

import yaml

WORDS = yaml.safe_load(Path(__file__).with_name("words.yml").read_text())
NOUNS: list[str] = WORDS["nouns"]
ADJECTIVES: list[str] = WORDS["adjectives"]
HEADINGS: list[str] = WORDS["headings"]


class Form(Template):
    """A text with blanks such as `@{noun}`."""

    delimiter = "@"


SENTENCES = [Form(text) for text in WORDS["sentences"]]
INLINE = [Form(text) for text in WORDS["inline"]]
DISPLAY = [Form(text) for text in WORDS["display"]]
CODE = [(language, Form(text)) for language, text in WORDS["code"].items()]


def filled(form: Form, chance: random.Random) -> str:
    """A form with its blanks filled, none of them like another of its kind."""
    blanks = {"number": str(chance.randint(11, 97)), "digit": str(chance.randint(2, 9)), "year": str(chance.randint(1850, 2019))}
    for kind, names in (
        ("nouns", ("noun", "noun2", "noun3")),
        ("adjectives", ("adj", "adj2", "adj3")),
        ("verbs", ("verb", "verb2")),
        ("adverbs", ("adv",)),
        ("scholars", ("scholar", "scholar2")),
        ("greek", ("g", "h")),
        ("letters", ("a", "b", "c")),
    ):
        blanks |= zip(names, chance.sample(WORDS[kind], len(names)), strict=True)
    return form.substitute(blanks, Noun=blanks["noun"].title())


def sentence(chance: random.Random) -> str:
    """A sentence of about twenty words."""
    return filled(chance.choice(SENTENCES), chance)


def code(chance: random.Random) -> str:
    """A fenced block of about fifteen lines, like no other."""
    language, form = chance.choice(CODE)
    return f"```{language}\n{filled(form, chance)}\n```"
