"""Nature: the numeric style of the journal."""

from __future__ import annotations

from .choice import by_kind, first_of, is_a, lacks, nothing, when
from .citation import Numbers
from .dates import year
from .numerals import labelled
from .parts import DOI, field, href, names, titled
from .people import Manner
from .style import Style
from .template import italic, join, requoted, sentence, tag, words, wrap

LISTED = Manner("&amp;", "never", inverted=99, most=6, italic=True)

# Who and what
author = sentence(names("author", LISTED))
editors = names("editor", LISTED, "(ed. {})", "(eds {})")
title = sentence(when(is_a("book", "report"), italic(titled("title")), requoted(field("title"))))

# Where
container = italic(field("container"))
volume = labelled("vol.", "volume", "vols")
place = words(container, volume, field("pages"))
published = sentence(wrap("(", join(", ", field("publisher"), field("place"), year), ")"))
doi = href("doi", DOI)

# When
dated = wrap("(", year, ")")

article = words(
    container,
    wrap("", tag("b", field("volume")), ","),
    field("pages"),
    when(lacks("volume", "pages"), first_of(doi, href("url"))),
    dated,
)

entry = sentence(
    author,
    title,
    by_kind(
        {
            "article": article,
            "chapter paper": words("in", container, editors, volume, field("pages"), published),
            "book thesis": words(place, published),
            "report page": words(place, href("url"), dated),
            "dataset software": words(place, field("publisher"), doi, dated),
        },
        words(place, dated),
    ),
    when(lacks("volume"), by_kind({"dataset software": nothing}, wrap("doi:", href("doi", DOI, full=False)))),
    between=" ",
)

NATURE = Style("nature", entry, Numbers("{}.", before="<sup>", after="</sup>", between=",", ranges=True, located=False))
