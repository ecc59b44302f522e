"""The words of the interface: every phrase in every language, and dates as each writes them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
import yaml

from app.activities import SectionName
from app.bibliography.details import KINDS, OTHER, PREPRINT
from app.content.entry import Status
from app.content.when import when
from app.content_types import COLLECTIONS
from app.dates import day, month, span
from app.markup.alerts import KINDS as ALERTS
from app.markup.labels import WORDS
from app.papers.cv import TITLES
from app.views.search import SAID, type_name
from app.words import LANGUAGES, TABLES, name_of, words_of

APP = TABLES.parent
PHRASE = re.compile(r"""(?<![\w.])(?:_|say|published\.facet\(_|words_in\([\w.]+\))\(\s*"((?:[^"\\]|\\.)*)\"""")
IN_CODE = re.compile(r"""\bwords\(\s*"((?:[^"\\]|\\.)*)\"""")
FOUND = {
    *(one for file in (APP.parent / "templates").iterdir() for one in PHRASE.findall(file.read_text())),
    *(one for file in APP.rglob("*.py") if "bibliography" not in file.parts for one in IN_CODE.findall(file.read_text())),
}
"""Every phrase that a template or a module says as it stands."""

NAMED = {
    *WORDS.values(), *SAID, *(kind.capitalize() for kind in ALERTS), *TITLES.values(),
    *(kind.word for kind in (*KINDS.values(), PREPRINT, OTHER)),
    *(status.capitalize() for status in get_args(get_args(Status)[0])),
    *(name.capitalize() for name in get_args(SectionName) if name not in TITLES),
    *(type_name(one.type) for one in COLLECTIONS), "Page", "Document", "Report", "Slides", "Poster", "Video", "Data", "Undated",
}  # fmt: skip
"""Every phrase that is the name of something."""


def table(lang: str) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = yaml.safe_load((TABLES / f"{lang}.yml").read_text("utf-8"))
    return found


def names_in(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def test_the_interface_speaks_five_languages() -> None:
    assert LANGUAGES == ("de", "en", "es", "fr", "zh")


def test_every_phrase_that_is_said_is_in_the_tables() -> None:
    assert len(FOUND) > 60
    assert sorted((FOUND | NAMED) - table("en").keys()) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_has_the_same_phrases_once(lang: str) -> None:
    lines = (TABLES / f"{lang}.yml").read_text("utf-8").splitlines()

    assert table(lang).keys() == table("en").keys()
    assert len(table(lang)) == sum(line.startswith('"') for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_has_the_values_of_its_key_and_says_something(lang: str) -> None:
    for phrase, said in table(lang).items():
        for form in said if isinstance(said, list) else [said]:
            assert form.strip() or phrase == " ", phrase
            assert names_in(form) == names_in(phrase), phrase


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [("en", 1, "1 work"), ("en", 0, "0 works"), ("de", 2, "2 Arbeiten"), ("fr", 0, "0 travail"), ("fr", 2, "2 travaux"),
     ("es", 1, "1 trabajo"), ("zh", 1, "1 篇"), ("zh-Hant", 3, "3 篇"), ("ar", 3, "3 works")],
)  # fmt: skip
def test_a_count_has_the_form_of_its_language(lang: str, count: int, said: str) -> None:
    assert words_of(lang)("{count} works", count=count) == said


def test_a_word_that_is_in_no_table_is_said_as_it_is() -> None:
    assert words_of("de")("Version {2}") == "Version {2}"


@pytest.mark.parametrize(
    ("lang", "long", "short"),
    [("en", "3 October 2026", "Oct 2026"), ("en-GB", "3 October 2026", "Oct 2026"), ("de", "3. Oktober 2026", "Okt. 2026"),
     ("fr", "3 octobre 2026", "oct. 2026"), ("es", "3 de octubre de 2026", "oct 2026"), ("zh", "2026年10月3日", "2026年10月"),
     ("de-XX", "3. Oktober 2026", "Okt. 2026"), ("xx", "October 3, 2026", "Oct 2026")],
)  # fmt: skip
def test_dates_are_written_as_their_language_writes_them(lang: str, long: str, short: str) -> None:
    assert day(date(2026, 10, 3), lang) == long
    assert month(date(2026, 10, 3), lang) == short


@pytest.mark.parametrize(
    ("written", "lang", "said"),
    [("2019-09 – 2023-06", "en", "Sep 2019 – Jun 2023"), ("2019-09 – 2023-06", "zh", "2019年9月 – 2023年6月"),
     ("Fall 2024", "de", "Herbst 2024"), ("Fall 2024", "zh", "2024 年秋季"), ("2021 – present", "fr", "2021 – aujourd’hui"),
     ("March 2024", "es", "mar 2024"), ("2024-03-05", "de", "5. März 2024"), ("Michaelmas 2024", "de", "Michaelmas 2024"),
     ("2021", "zh", "2021")],
)  # fmt: skip
def test_a_time_is_said_in_words(written: str, lang: str, said: str) -> None:
    assert span(when(written), lang) == said
    assert span(None, lang) == ""


@pytest.mark.parametrize(
    ("tag", "name"), [("zh", "中文"), ("fr", "Français"), ("en", "English"), ("pt-BR", "Português (Brasil)"), ("xx", "xx")]
)
def test_a_language_is_called_what_it_calls_itself(tag: str, name: str) -> None:
    assert name_of(tag) == name


def test_no_template_has_words_of_its_own() -> None:
    spoken = re.compile(r">\s*([A-Z][a-z]+(?: [a-z]+)*)\s*<|(?:aria-label|placeholder|alt)=\"([A-Z][^\"{]*)\"")
    names = {"BibTeX", "RIS", "CSL-JSON", "PDF", "Problems"}
    left = {
        f"{file.name}: {found[1] or found[2]}"
        for file in Path(APP.parent, "templates").glob("*.html")
        for found in spoken.finditer(file.read_text())
        if (found[1] or found[2]) not in names
    }

    assert left == {"problems.html: This page cannot be shown yet"}
