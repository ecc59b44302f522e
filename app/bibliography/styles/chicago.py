"""Chicago: the author-date style of the Chicago Manual of Style, 18th edition."""

from __future__ import annotations

from .choice import by_kind, first_of, has, is_a, lacks, nothing, serial, when
from .citation import AuthorDate
from .dates import accessed, dated, issued, month, month_day, year
from .locators import TERMS
from .numerals import edition, labelled, numeric, pages, shortened
from .parts import DOI, families, field, href, names, opening, titled
from .people import Manner
from .style import Style
from .template import Template, italic, join, quoted, sentence, text, words, wrap

LISTED = Manner("and", "always", inverted=1, initials=False, most=7, few=3)
WITHIN = Manner("and", initials=False, most=7, few=3)
CITED = Manner("and", most=3)

# Who and when
author = first_of(
    names("author", LISTED),
    names("editor", LISTED, "{}, ed.", "{}, eds."),
    names("translator", LISTED, "{}, trans."),
    when(is_a("page"), field("publisher")),
    when(is_a("magazine", "newspaper"), italic(titled("container"))),
)
date = dated(year, opening("status"))


# What: the title, its form, and what tells it from others
def title(name: str) -> Template:
    """The title under `name`: a part of something is in quotation marks, what stands by itself in italics."""
    return by_kind(
        {
            "patent": opening(name),
            "book": italic(titled(name)),
            "dataset manuscript paper thesis page": quoted(titled(name)),
        },
        when(has("container"), quoted(titled(name)), italic(titled(name))),
    )


unseen = lacks("container", "doi", "number", "publisher", "url")
form = by_kind(
    {
        "thesis patent": nothing,
        "manuscript": first_of(opening("genre"), when(unseen, text("Unpublished manuscript"))),
        "paper": join(". ", opening("genre"), wrap("Paper presented at ", field("event"))),
        "report": when(lacks("container", "number"), opening("genre")),
    },
    when(lacks("number"), opening("genre")),
)
edited = when(has("author"), names("editor", WITHIN, "Edited by {}"))
translated = when(has("author", "editor"), names("translator", WITHIN, "Translated by {}"))
volumes = wrap("", field("volumes"), " vols.")
details = join(
    ". ",
    when(has("number"), words(titled("genre"), labelled("No.", "number", "Nos."))),
    by_kind({"software": wrap("V. ", field("version"))}, wrap("Version ", field("version"))),
    when(numeric("edition"), edition, opening("edition")),
    edited,
    translated,
    first_of(labelled("Vol.", "volume", "Vols."), volumes),
)
patent = join(", ", words(first_of(opening("genre"), text("Patent")), field("number")), wrap("issued ", issued()))
identified = by_kind({"patent": patent}, when(serial, translated, when(lacks("container"), details)))

# Where: in a journal
journal = words(italic(titled("container")), wrap("(", field("place"), ")"))
numbered = when(
    has("volume"),
    words(when(has("series"), labelled("vol.", "volume"), field("volume")), wrap("(", first_of(field("issue"), month), ")")),
    words(wrap("no. ", field("issue")), wrap("(", month, ")")),
)
found = join(": ", join(", ", field("series"), numbered), pages(shortened))
in_volume = when(has("series"), join(", ", journal, found), words(journal, found))
in_issue = join(", ", journal, found)
of_day = join(", ", journal, field("series"), month_day)
unnumbered = when(is_a("article"), when(has("doi"), when(lacks("pages", "series", "status"), text("ahead of print"))))
in_journal = by_kind(
    {"magazine newspaper": of_day},
    when(has("volume"), in_volume, when(has("issue"), in_issue, join(", ", of_day, unnumbered, pages(shortened)))),
)

# Where: in a book, and from whom
in_book = join(
    ", ",
    words(first_of(wrap("", labelled("Chap.", "chapter"), " in"), text("In")), italic(titled("container"))),
    edition,
    when(has("author"), names("editor", WITHIN, "edited by {}")),
    names("translator", WITHIN, "translated by {}"),
    first_of(labelled("vol.", "volume", "vols."), when(lacks("pages"), volumes)),
)
in_series = titled("series"), field("series number")
series = when(numeric("series number"), words(*in_series), join(", ", *in_series))
publisher = first_of(opening("publisher"), opening("place"))
published = by_kind(
    {
        "thesis": join(", ", opening("genre"), publisher),
        "page": join(", ", titled("container"), when(has("author", "editor"), publisher), month_day),
        "dataset manuscript": join(", ", publisher, month_day),
    },
    publisher,
)
source = by_kind(
    {"page": published, "patent": nothing},
    when(serial, in_journal, join(". ", when(has("container"), in_book), series, published)),
)
seen = when(lacks("date", "status", "doi"), when(has("url"), wrap("Accessed ", accessed())))
link = first_of(href("doi", DOI), href("url"))

entry = when(
    author,
    sentence(author, date, title("title"), form, identified, source, seen, link, between=". "),
    sentence(title("title"), date, form, identified, source, seen, link, between=". "),
)

# In the text
cited = first_of(
    families("author", CITED),
    families("editor", CITED),
    families("translator", CITED),
    when(is_a("page"), field("publisher")),
    when(is_a("magazine", "newspaper"), italic(titled("container"))),
    title("short"),
)


def say(term: str, several: bool) -> str:
    """The word for a locator: none for pages, lines in full, else short."""
    if term == "line":
        return f"line{'s' * several}"
    return "" if term == "page" else TERMS[term][several]


CHICAGO = Style(
    "chicago-author-date",
    entry,
    AuthorDate(cited, dated(year, field("status")), LISTED, (0, 1, 2), ("title", "container"), between=" ", full_names=True),
    say,
    shortened,
)
