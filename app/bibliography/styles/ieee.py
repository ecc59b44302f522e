"""IEEE: the numeric style of the Institute of Electrical and Electronics Engineers, 2023."""

from __future__ import annotations

from .choice import by_kind, first_of, has, is_a, lacks, when
from .citation import Numbers
from .dates import SHORT, accessed, issued, short_month, year
from .locators import TERMS
from .numerals import dashed, edition, labelled
from .parts import DOI, field, href, names, opening
from .people import Manner
from .style import Style
from .template import italic, join, quoted, sentence, text, words, wrap

LISTED = Manner(most=7, italic=True)
WITHIN = Manner()

# Who
author = first_of(
    names("author", LISTED),
    names("editor", LISTED, "{}, Ed.", "{}, Eds."),
    names("translator", LISTED, "{}, Trans."),
)
editor = when(has("author"), names("editor", WITHIN, "{}, Ed.", "{}, Eds."))

# What
title = when(is_a("book", "software"), italic(field("title")), quoted(field("title")))
container = italic(field("container"))
locators = join(
    ", ",
    when(is_a("book", "chapter"), edition),
    wrap("vol. ", field("volume")),
    wrap("", field("volumes"), " vols."),
    wrap("no. ", dashed("issue")),
)
page = labelled("p.", "pages", "pp.")
status = when(lacks("pages", "issue", "volume"), opening("status"))
of_series = join(", ", field("series"), wrap("no. ", field("series number")), wrap("vol. ", field("volume")))
series = when(has("series"), wrap("in ", of_series, ". "))

# Where and when
place_first = join(": ", field("place"), field("publisher"))
place_last = join(", ", field("publisher"), field("place"))
month_year = words(short_month, year)
in_full = issued(SHORT, "{:02}")
seen = wrap("Accessed: ", accessed(SHORT, "{:02}"), ". [Online]. ")
available = wrap("Available: ", href("url"))
doi = wrap(" doi: ", href("doi", DOI, full=False), ".")
access = first_of(doi, when(has("url"), wrap(" ", join("", seen, available))))
online = when(has("url"), wrap(" ", join("", first_of(seen, text("[Online]. ")), available)))

article = join(
    "",
    join(", ", title, container, locators, page, month_year, status),
    when(has("doi", "url"), text(","), text(".")),
    access,
)
event = first_of(wrap("in ", container), wrap("presented at the ", field("event")))
paper = join(
    "", wrap("", join(", ", title, event, editor), ", "), series, sentence(place_first, month_year, page, status), access
)
chapter = join(
    "",
    sentence(title, wrap("in ", container), locators, editor, series, place_first, year, labelled("ch.", "chapter"), page),
    access,
)
book = join("", wrap("", join(", ", title, locators), ". "), series, sentence(place_first, year, page), access)
report = join("", sentence(title, place_last, words(field("genre"), field("number")), month_year), access)
thesis = join("", sentence(title, field("genre"), place_last, year), access)
software = join("", sentence(title, wrap("(", in_full, ")"), field("genre"), place_last, between=". "), access)
web_page = join("", sentence(title, field("container")), online)
patent = join("", join(", ", title, field("number"), in_full), access)
periodical = join("", sentence(title, container, locators, place_last, page, in_full), access)
other = join("", wrap("", join(", ", title, container, locators), ". "), series, sentence(place_last, page, in_full), access)

entry = join(
    ", ",
    author,
    by_kind(
        {
            "article": article,
            "paper": paper,
            "chapter": chapter,
            "book": book,
            "report": report,
            "thesis": thesis,
            "software": software,
            "page": web_page,
            "patent": patent,
            "magazine newspaper manuscript": periodical,
        },
        other,
    ),
)


def say(term: str, several: bool) -> str:
    """The word for a locator: short, with a capital for all but pages."""
    if term == "chapter":
        return "Ch."
    return TERMS[term][several] if term == "page" else TERMS[term][several].capitalize()


IEEE = Style("ieee", entry, Numbers("[{}]", "[{}]"), say)
