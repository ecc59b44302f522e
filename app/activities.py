"""What researchers do besides writing, as types of entry: talks, teaching, projects, news, people; and the CV of it all."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from .content import Entry, Part
from .content.entry import Day, Href, Printable, Prose, RelationName, RelationNames, Status, Text, as_list, documents
from .content.when import Moment
from .dates import span

Website = Annotated[Href | None, Field(alias="url")]
"""The field `url`: a page elsewhere, or here, that an entry is about. The entry's own address has that name in templates."""


class Talk(Printable):
    """A talk: where, when and on what work it was given."""

    dated: ClassVar[bool] = True

    date: Day
    event: str = ""
    place: str = ""
    kind: str = ""
    publication: RelationName | None = None
    slides: Href | None = None
    video: Href | None = None
    poster: Href | None = None
    website: Website = None

    @property
    def details(self) -> tuple[str, ...]:
        """What kind of talk, and where."""
        return tuple(one for one in (self.kind, self.event, self.place) if one)

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """Slides, video, poster and the event's page, where there are any."""
        return documents(slides=self.slides, video=self.video, poster=self.poster, event=self.website)


class Teaching(Printable):
    """A course that its author taught, or helped to teach."""

    course: str = ""
    institution: str = ""
    role: str = ""
    level: str = ""
    term: Moment | None = None
    syllabus: Href | None = None
    website: Website = None

    @property
    def details(self) -> tuple[str, ...]:
        """Role, course, level, institution and term."""
        level = self.words("{level} level", level=f"{self.level[:1].upper()}{self.level[1:]}") if self.level else ""
        return tuple(one for one in (self.role, self.course, level, self.institution, span(self.term, self.words.lang)) if one)

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """The syllabus and the course's page."""
        return documents(syllabus=self.syllabus, course=self.website)


class Project(Printable):
    """Something that was made, or is being made: software, data, an experiment that others can join."""

    status: Status = "ongoing"
    when: Moment | None = None
    funding: str = ""
    publications: RelationNames = ()
    website: Website = None
    code: Href | None = None
    data: Href | None = None

    @property
    def label(self) -> str:
        """Its status."""
        return self.words(self.status.capitalize())

    @property
    def details(self) -> tuple[str, ...]:
        """When it was worked on, and who paid for it."""
        return tuple(one for one in (span(self.when, self.words.lang), self.funding) if one)

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """Its page, code and data."""
        return documents(page=self.website, code=self.code, data=self.data)


class NewsItem(Entry):
    """A line of news: its title, which leads to `url`, or to its own page where there is more to say."""

    dated: ClassVar[bool] = True

    date: Day
    website: Website = None

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """What it is about."""
        return documents(more=self.website)


class Person(Entry):
    """Someone of the group, or someone its author works with; `image` is their portrait."""

    role: str = ""
    affiliation: str = ""
    when: Moment | None = None
    email: str = ""
    website: Website = None

    @property
    def details(self) -> tuple[str, ...]:
        """Role, affiliation and time."""
        return tuple(one for one in (self.role, self.affiliation, span(self.when, self.words.lang)) if one)

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """How to reach them."""
        return documents(page=self.website, email=f"mailto:{self.email}" if self.email else None)


class Item(Part):
    """A line of a CV. One that is a title only may be written as plain text."""

    title: Text
    when: Moment | None = None
    place: str = ""
    details: Prose = ""
    url: Href | None = None

    @model_validator(mode="before")
    @classmethod
    def titled(cls, values: object) -> object:
        """The fields, where only a title was written."""
        return {"title": values} if isinstance(values, str) else values


Items = tuple[Item, ...]
SectionName = Literal[
    "education", "experience", "awards", "grants", "service", "supervision", "memberships", "skills", "languages", "interests",
    "references", "publications", "talks", "teaching", "projects", "courses",
]  # fmt: skip


class CV(Printable):
    """A CV: what stands nowhere else on the site. Publications, talks, teaching and projects come from there.

    Its own sections are shown in the order in which they are written and the others after them, or as `sections` says.
    """

    pdf: bool = True
    sections: Annotated[tuple[SectionName, ...], BeforeValidator(as_list)] = ()
    education: Items = ()
    experience: Items = ()
    awards: Items = ()
    grants: Items = ()
    service: Items = ()
    supervision: Items = ()
    memberships: Items = ()
    skills: Items = ()
    languages: Items = ()
    interests: Items = ()
    references: Items = ()
