"""Words: what the interface says, in every language that it speaks, from the tables in `translations/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError

TABLES = Path(__file__).with_name("translations")
LANGUAGES = tuple(sorted(file.stem for file in TABLES.glob("*.yml")))
"""The languages of the interface."""

OTHERWISE = "en"
"""The language of what is said where there are no words in another."""


class Speech:
    """What the interface says in one language: `words("Search")`, `words("{count} works", count=2)`.

    A phrase with a `count` has a form for one and a form for all other numbers, where its language tells them apart.
    A phrase that is in no table, such as a word of the author's, is said as it is.
    """

    def __init__(self, lang: str, phrases: Mapping[str, str | list[str]]) -> None:
        self.lang, self.phrases = lang, phrases

    def __call__(self, phrase: str, **values: object) -> str:
        """The phrase in this language, with the values in their places."""
        found = self.phrases.get(phrase, phrase)
        if isinstance(found, list):
            found = found[0 if self.is_one(values.get("count")) else 1]
        return found.format(**values) if values else found

    def is_one(self, count: object) -> bool:
        """Whether a number of things is said as of one: in French nothing is, too."""
        return count == 1 or (count == 0 and self.lang == "fr")

    def forms(self, phrase: str) -> list[str]:
        """How a phrase is said of one thing, and of several."""
        found = self.phrases.get(phrase, phrase)
        return found if isinstance(found, list) else [found, found]


def written(tag: str) -> bool:
    """Whether there are words in the language of a tag."""
    return primary(tag) in LANGUAGES


def primary(tag: str) -> str:
    """The language of a tag without its script and its region: `zh` of `zh-Hant`."""
    return tag.partition("-")[0].lower()


@cache
@cache
def words_of(tag: str) -> Speech:
    """The words in the language of a tag, in English where there are none."""
    return read(primary(tag) if written(tag) else OTHERWISE)


@cache
def locale_of(tag: str) -> Locale:
    """What Babel knows of the language of a tag, without the subtags that it does not know; of English where it knows nothing."""
    for form in (tag, primary(tag)):
        try:
            return Locale.parse(form, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@cache
def name_of(tag: str) -> str:
    """What a language calls itself: `中文`, `Français`; the tag where that is not known."""
    locale = locale_of(tag)
    name = locale.display_name if locale.language == primary(tag) else None
    return name[:1].upper() + name[1:] if name else tag


@cache
def digest() -> str:
    """What tells these tables from those of another version."""
    return sha256(b"".join((TABLES / f"{lang}.yml").read_bytes() for lang in LANGUAGES)).hexdigest()


@cache
def read(lang: str) -> Speech:
    """The words of one table."""
    table = yaml.load((TABLES / f"{lang}.yml").read_text("utf-8"), yaml.CSafeLoader)
    return Speech(lang, table)
