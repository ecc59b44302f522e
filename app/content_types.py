"""The site's types of entry and its collections: the one file to edit to add a type."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from .activities import CV, NewsItem, Person, Project, Talk, Teaching
from .content import Collection, Entry, Part, Store
from .content.entry import Day, FieldNames, Href, Printable, RelationNames, Status, Text, documents


class ResearchNote(Printable):
    """An ongoing line of thought."""

    lead: ClassVar[str] = "abstract"

    status: Status = "ongoing"
    abstract: str = ""
    started: Day | None = None
    cite: str = ""

    @property
    def label(self) -> str:
        """Its status."""
        return self.words(self.status.capitalize())


class Version(Part):
    """A document in one of its versions."""

    label: Text
    file: Href
    date: Day | None = None


class Statement(Printable):
    """A statement of purpose: an introduction, and the document itself to read or download."""

    lead: ClassVar[str] = "introduction"

    introduction: str = ""
    file: Href | None = None
    purpose: str = ""
    year: int | None = None
    versions: tuple[Version, ...] = ()

    @property
    def details(self) -> tuple[str, ...]:
        """What it is for, and when."""
        return tuple(str(one) for one in (self.purpose, self.year) if one)

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """The document."""
        files = ((f"{one.label}", one.file) for one in self.versions)
        return (*((("Document", self.file),) if self.file else ()), *files)


class CourseProject(Printable):
    """What was done for a course, with its report."""

    kind: str = ""
    institution: str = ""
    course: str = ""
    course_title: str = ""
    level: str = ""
    term: str = ""
    team: str = ""
    report: Href | None = None
    code: Href | None = None
    slides: Href | None = None
    poster: Href | None = None

    @property
    def label(self) -> str:
        """What kind of project, and where: `OptML project at EPFL`."""
        if not self.institution:
            return self.words("{kind} project", kind=self.kind) if self.kind else ""
        form = "{kind} project at {institution}" if self.kind else "project at {institution}"
        return self.words(form, kind=self.kind, institution=self.institution)

    @property
    def details(self) -> tuple[str, ...]:
        """Course, level, term and team."""
        course = " ".join(one for one in (self.course, self.course_title) if one)
        level = self.words("{level} level", level=f"{self.level[:1].upper()}{self.level[1:]}") if self.level else ""
        team = self.words("team of {number}", number=self.team) if self.team.isdigit() else self.team
        return tuple(one for one in (course, level, self.term, team) if one)

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """Report, code, slides and poster, where there are any."""
        return documents(report=self.report, code=self.code, slides=self.slides, poster=self.poster)


class Post(Printable):
    """A dated piece of writing."""

    dated: ClassVar[bool] = True

    date: Day
    series: str = ""
    part: int | None = Field(default=None, ge=1)


class Publication(Entry):
    """What the bibliography does not say of one of its works: prose, a picture, documents. The rest comes from there."""

    key: Text
    selected: bool = False
    award: str = ""
    pdf: Href | None = None
    code: Href | None = None
    slides: Href | None = None
    video: Href | None = None
    poster: Href | None = None
    data: Href | None = None
    preview: Href | None = None

    @model_validator(mode="before")
    @classmethod
    def titled(cls, values: dict[str, Any]) -> dict[str, Any]:
        """The fields with the key for a title, where there is no other."""
        return {"title": values["key"], **values} if "key" in values else values


class Listing(Entry):
    """A folder's `index.md`: the page that lists it."""

    sections: RelationNames = ()
    style: Literal["full", "compact", "grid"] = "full"
    order_by: FieldNames = ()
    per_page: int | None = Field(default=None, ge=1)
    nav: str = ""


class Page(Printable):
    """Any other page."""

    nav: str = ""


COLLECTIONS = (
    Collection("notes/research", ResearchNote, ("-updated", "-date", "title")),
    Collection("notes/sop", Statement, ("-year", "-date", "title")),
    Collection("notes/courses", CourseProject, ("-date", "title")),
    Collection("posts", Post, ("-date", "title")),
    Collection("publications", Publication, ("-date", "title")),
    Collection("talks", Talk, ("-date", "title")),
    Collection("teaching", Teaching, ("-term", "title")),
    Collection("projects", Project, ("-when", "title")),
    Collection("news", NewsItem, ("-date", "title")),
    Collection("people", Person, ("-when", "title")),
    Collection("cv.md", CV),
)


def open_store(site_folder: str | Path = ".", drafts: bool = False, collections: Sequence[Collection] = COLLECTIONS) -> Store:
    """The Store of a site folder, with the types above, or with `collections` of one's own."""
    return Store(Path(site_folder), collections, index=Listing, page=Page, drafts=drafts)
