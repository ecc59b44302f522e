"""APA: the style of the American Psychological Association, 7th edition."""

from __future__ import annotations

from .choice import by_kind, first_of, has, is_a, lacks, nothing, serial, when
from .citation import AuthorDate
from .dates import accessed, dated, month_day, year
from .locators import TERMS
from .numerals import edition, expanded, labelled, numeric, pages
from .parts import DOI, families, field, href, names, opening, titled
from .people import Manner
from .style import Style
from .template import italic, join, quoted, sentence, text, words, wrap

LISTED = Manner("&amp;", "always", inverted=99, most=21, few=19, last=True)
WITHIN = Manner("&amp;")
CITED = Manner("&amp;", most=3)

# Who and when
author = first_of(
    names("author", LISTED), names("editor", LISTED, "{} (Ed.)", "{} (Eds.)"), when(is_a("page"), field("publisher"))
)
day = by_kind(
    {
        "magazine newspaper booklet page": month_day,
        "paper": when(lacks("editor", "issue", "pages", "volume"), month_day),
    }
)
date = wrap("(", dated(join(", ", year, day), field("status")), ")")

# What: the title, what tells it from others in parentheses, and its form in brackets
title = by_kind({"page": italic(field("title"))}, when(has("container"), field("title"), italic(field("title"))))
number = words(when(has("number"), titled("genre")), labelled("No.", "number", "Nos."))
details = join(
    ", ",
    wrap("Version ", field("version")),
    edition,
    when(is_a("report"), words(titled("series"), field("series number"))),
    when(numeric("volume"), labelled("Vol.", "volume", "Vols."), wrap("Vols. 1–", field("volumes"))),
    first_of(labelled("p.", "pages", "pp."), labelled("Chapter", "chapter")),
)
editor = when(has("author"), names("editor", WITHIN, "{}, Ed.", "{}, Eds."))
translator = names("translator", WITHIN, "{}, Trans.")
identified = by_kind(
    {
        "patent": words(first_of(opening("genre"), text("Patent")), labelled("No.", "number")),
        "page": join("; ", editor, translator, number),
        "article magazine newspaper": translator,
    },
    when(has("container"), translator, when(serial, translator, join("; ", editor, translator, number, details))),
)
unseen = lacks("container", "doi", "number", "publisher", "url")
form = by_kind(
    {
        "thesis": join(", ", opening("genre"), when(has("doi", "url"), field("publisher"))),
        "dataset": text("Dataset"),
        "software": text("Computer software"),
        "manuscript": when(unseen, text("Unpublished manuscript")),
        "patent": nothing,
    },
    when(lacks("number"), opening("genre")),
)
described = words(title, wrap("(", identified, ")"), wrap("[", form, "]"))

# Where
journal = join(
    ", ",
    italic(join(", ", titled("container"), titled("series"))),
    join("", italic(field("volume")), wrap("(", field("issue"), ")")),
    pages(expanded),
)
editors = when(has("author"), names("editor", WITHIN, "{} (Ed.)", "{} (Eds.)"))
book = wrap("In ", words(join(", ", editors, italic(field("container"))), wrap("(", join("; ", number, details), ")")))
source = by_kind(
    {
        "page": join(". ", when(has("author", "editor"), field("publisher")), titled("container")),
        "thesis": when(lacks("doi", "url"), field("publisher")),
    },
    when(serial, journal, join(". ", when(has("container"), book), field("publisher"))),
)
retrieved = when(lacks("date", "status"), wrap("Retrieved ", accessed(), ", from"))
link = first_of(href("doi", DOI), words(retrieved, href("url")))

entry = words(
    when(
        author,
        sentence(author, date, described, source, between=". "),
        sentence(words(title, wrap("(", identified, ")")), date, wrap("[", form, "]"), source, between=". "),
    ),
    link,
)

# In the text
short = titled("short")
headed = by_kind({"report": short, "page": italic(short)}, when(has("container"), quoted(short), italic(short)))
cited = first_of(families("author", CITED), families("editor", CITED), when(is_a("page"), field("publisher")), headed)


def say(term: str, several: bool) -> str:
    """The word for a locator: short for pages and paragraphs, else in full."""
    return TERMS[term][several] if term in {"page", "paragraph"} else f"{term.capitalize()}{'s' * several}"


APA = Style(
    "apa",
    entry,
    AuthorDate(cited, dated(year, field("status")), LISTED, (1, 0, 2), ("title", "volume"), teams=True, sorts=True),
    say,
)
