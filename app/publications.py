"""The author's own publications: what their page shows, worked out from the bibliography and from `pages/publications/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from .bibliography.details import (
    arxiv_of,
    date_of,
    doi_of,
    is_own,
    keywords_of,
    kind_of,
    pages_of,
    plain,
    published_in,
    publisher_of,
)
from .bibliography.people import named, same, shown
from .bibliography.reference import Name, Reference
from .content import Entry
from .content.addresses import Nowhere, leads_elsewhere
from .content.facts import Author
from .content.names import slug
from .content_types import Publication
from .problems import Problem, did_you_mean

BIBLIOGRAPHY = "pages/publications.bib"
"""The file in which every work is the author's own; in others, those are with the keyword `own`."""

DOCUMENTS = ("pdf", "code", "slides", "poster", "video", "data")
"""The fields, of the bibliography and of an entry, that lead to something to read or to use."""

WORDS = {"pdf": "PDF"}
UNDATED = "Undated"


@dataclass(frozen=True, slots=True)
class Writer:
    """An author as a list shows them: whether it is the site's own author, and whether others did as much."""

    name: str
    own: bool
    equal: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A word, where it leads, and the file in which that is written."""

    word: str
    href: str
    path: str


@dataclass(frozen=True, slots=True)
class Work:
    """One of the author's own works, and the entry that says more of it, if there is one."""

    reference: Reference
    writers: tuple[Writer, ...]
    entry: Publication | None = None

    @property
    def name(self) -> str:
        """Its key as a URL has it."""
        return slug(self.reference.key)

    @property
    def url(self) -> str:
        """Its page: the entry's, where there is one."""
        return self.entry.url if self.entry else address(self.reference.key)

    @property
    def listed(self) -> bool:
        """Whether lists show it."""
        return not (self.entry and self.entry.unlisted)

    @property
    def year(self) -> str:
        """The year, or what else stands in its place."""
        day = date_of(self.reference)
        return f"{day[0]}" if day else plain(self.reference.get("year") or self.reference.get("pubstate")) or UNDATED

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return kind_of(self.reference).word

    @property
    def venue(self) -> str:
        """The few letters by which its venue is known."""
        return self.reference.get("venue")

    @property
    def where(self) -> str:
        """What it was published in: `Journal of Results 3 (2), 101–128`, or the institution, or the publisher."""
        get = self.reference.get
        number = get("number") or get("issue")
        if container := published_in(self.reference):
            issue = " ".join(part for part in (get("volume"), f"({number})" if number else "") if part)
            pages = "–".join(part for part in pages_of(self.reference) if part)
            return ", ".join(part for part in (f"<i>{container}</i> {issue}".strip(), pages) if part)
        number = f"arXiv:{arxiv_of(self.reference)}" if arxiv_of(self.reference) else number
        return ", ".join(part for part in (publisher_of(self.reference), number) if part)

    @property
    def award(self) -> str:
        """The prize it was given."""
        return (self.entry.award if self.entry else "") or self.reference.get("award")

    @property
    def selected(self) -> bool:
        """Whether it is shown on the home page."""
        return self.reference.get("selected").lower() in ("true", "yes", "1") or bool(self.entry and self.entry.selected)

    @property
    def abstract(self) -> str:
        """Its abstract, or nothing."""
        return self.reference.get("abstract")

    @property
    def topics(self) -> tuple[str, ...]:
        """Its keywords."""
        return keywords_of(self.reference)

    @property
    def links(self) -> tuple[Link, ...]:
        """Where it and its parts can be read; what its entry says comes before what the bibliography says."""
        documents = [link for field in DOCUMENTS if (link := self.document(field))]
        doi, number = doi_of(self.reference), arxiv_of(self.reference)
        public = (("DOI", f"https://doi.org/{quote(doi, '/')}" if doi else ""),
                  ("arXiv", f"https://arxiv.org/abs/{number}" if number else ""),
                  ("Page", "" if doi or number else self.reference.get("url")))  # fmt: skip
        outside = [Link(word, href, self.reference.path) for word, href in public if href]
        return (*documents[:1], *outside, *documents[1:]) if self.document("pdf") else (*outside, *documents)

    def document(self, field: str) -> Link | None:
        """The link of a field, if it has one."""
        word = WORDS.get(field, field.capitalize())
        if self.entry and (href := getattr(self.entry, field)):
            return Link(word, href, self.entry.path)
        href = self.reference.get(field)
        return Link(word, href, self.reference.path) if href else None


def address(key: str) -> str:
    """The URL of the page of a work that no entry says more of."""
    return f"/publications/{quote(slug(key))}/"


def said_more_in(entries: Iterable[Entry]) -> list[Publication]:
    """Those of some entries that say more of a work."""
    return [entry for entry in entries if isinstance(entry, Publication)]


def works(references: Iterable[Reference], entries: Sequence[Publication], author: Author) -> tuple[Work, ...]:
    """The author's own works, the newest first, and in the order of the file where that is the same."""
    by_key = {entry.key: entry for entry in reversed(entries)}
    own = (one for one in references if one.path == BIBLIOGRAPHY or is_own(one) or one.key in by_key)
    spellings = [named(name) for name in (author.name, *author.other_names)]
    found = [Work(one, writers(one, spellings), by_key.get(one.key)) for one in own]
    return tuple(sorted(found, key=newness, reverse=True))


def newness(work: Work) -> tuple[int, ...]:
    """What orders works: their date; what is to appear is newer than any, what has no date older."""
    return date_of(work.reference) or ((0,) if work.year == UNDATED else (9999,))


def writers(reference: Reference, spellings: Sequence[Name]) -> tuple[Writer, ...]:
    """The authors of a work, or else its editors; `spellings` are the names of the site's own author."""
    equals = [named(name) for name in equal_names(reference)]
    people = reference.names.get("author") or reference.names.get("editor") or ()
    return tuple(
        Writer(shown(name), any(same(name, one) for one in spellings), any(same(name, one) for one in equals)) for name in people
    )


def equal_names(reference: Reference) -> list[str]:
    """The names in the field `equal`, of those who contributed equally."""
    return [name for part in plain(reference.get("equal")).split(" and ") if (name := " ".join(part.split()))]


def problems(references: Iterable[Reference], entries: Sequence[Publication], author: Author) -> Iterator[Problem]:
    """What is wrong between the bibliography and the entries."""
    known = tuple(references)
    keys = {one.key for one in known}
    for entry in entries:
        if entry.key not in keys:
            hint = did_you_mean(entry.key, keys, otherwise=f"add it to '{BIBLIOGRAPHY}'")
            yield entry.source.problem(f"key: no bibliography has '{entry.key}'", hint, at=("key",))
    first: dict[str, Publication] = {}
    for entry in entries:
        if (other := first.setdefault(entry.key, entry)) is not entry:
            message = f"key: '{entry.key}' has its page in '{other.path}' already"
            yield entry.source.problem(message, "make one file of the two", at=("key",))
    yield from unclear(works(known, entries, author))


def astray(own: Iterable[Work], link: Callable[[str, str], str]) -> Iterator[Problem]:
    """Links of the bibliography that lead to nothing; `link` answers the URL of a link in a file, or raises `Nowhere`."""
    for work in own:
        for one in work.links:
            try:
                if one.path == work.reference.path and not leads_elsewhere(one.href):
                    link(one.path, one.href)
            except Nowhere as error:
                message = f"{one.word.lower()} of '{work.reference.key}': {error.message}"
                yield Problem(one.path, work.reference.line, 1, message, error.hint)


def unclear(own: Iterable[Work]) -> Iterator[Problem]:
    """Works that would have one address, and names in `equal` that are no author's."""
    urls: dict[str, Reference] = {}
    for work in own:
        reference = work.reference
        for address in {work.url, f"/publications/{work.name}.bib"}:
            other = urls.setdefault(address.casefold(), reference)
            if other.key != reference.key:
                message = f"'{reference.key}' and '{other.key}' would have the same address, {address}"
                yield Problem(reference.path, reference.line, 1, message, "change one of the two keys")
        people = [*reference.names.get("author", ()), *reference.names.get("editor", ())]
        for name in equal_names(reference):
            if not any(same(one, named(name)) for one in people):
                hint = did_you_mean(name, [shown(one) for one in people], otherwise="write the names as in 'author'")
                yield Problem(reference.path, reference.line, 1, f"equal: '{name}' is no author of '{reference.key}'", hint)
