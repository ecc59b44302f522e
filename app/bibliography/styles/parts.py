"""Parts: templates that say one thing of a work: a field, its people, its address."""

from __future__ import annotations

from .casing import capitalized, in_title_case, unprotected
from .people import Manner, cited, listed
from .template import Template
from .work import Work

DOI = "https://doi.org/"
QUOTE = '"'


def field(name: str) -> Template:
    """What is said of the work under `name`."""
    return lambda work: unprotected(work.said[name]) if name in work.said else ""


def titled(name: str) -> Template:
    """What is said under `name`, in title case."""

    def write(work: Work) -> str:
        title = work.get(name)
        return unprotected(in_title_case(title) if work.english else title)

    return write


def opening(name: str) -> Template:
    """What is said under `name`, beginning with a capital."""
    return lambda work: unprotected(capitalized(work.get(name)))


def names(role: str, manner: Manner, one: str = "{}", many: str = "") -> Template:
    """The people of a role; `one` or `many`, where `{}` stands for the names, says what they were."""

    def write(work: Work) -> str:
        people = work.names.get(role, ())
        if not people:
            return ""
        others = role in work.others
        frame = (many or one) if len(people) + others > 1 else one
        return frame.replace("{}", listed(people, others, manner, work.told))

    return write


def families(role: str, manner: Manner) -> Template:
    """The people of a role as a citation has them."""

    def write(work: Work) -> str:
        people = work.names.get(role, ())
        return cited(people, role in work.others, manner, work.told, work.given) if people else ""

    return write


def href(name: str, base: str = "", full: bool = True) -> Template:
    """What is said under `name` as a link, shown with its `base` or, if not `full`, without; what is no address stays text."""

    def write(work: Work) -> str:
        shown = work.get(name)
        address = base + shown
        if not shown or not address.startswith(("https://", "http://")):
            return shown
        return f'<a href="{address.replace(QUOTE, "%22")}">{address if full else shown}</a>'

    return write
