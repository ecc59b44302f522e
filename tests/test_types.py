"""Talks, teaching, projects, news and people have their pages; a type of one's own is a class, a collection and a template."""

from __future__ import annotations

from inspect import getsource
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from app import VIEWS, create_app
from app.config import Config
from app.content import Collection, Entry
from app.content.entry import Href, Text, documents
from app.content_types import COLLECTIONS
from app.release import freeze

from .site_tree import BASE_URL, SiteTree

FOLDERS = {"talks": "Talk", "teaching": "Teaching", "projects": "Project", "news": "NewsItem", "people": "Person"}


def text_of(html: str, selector: str) -> str:
    """The words of the first element that a selector finds."""
    found = LexborHTMLParser(html).css_first(selector)
    return " ".join(found.text().split()) if found else ""


class Dataset(Entry):
    """A data set that others can use."""

    size: Text
    download: Href | None = None

    @property
    def details(self) -> tuple[str, ...]:
        """What is shown below its title."""
        return (self.size,)

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """Its links, in lists and on its page."""
        return documents(download=self.download)


def test_a_type_is_one_class_one_collection_and_at_will_a_template(tree: SiteTree) -> None:
    tree.entry("data/index", "All of it.")
    tree.entry("data/votes", size="41 votes", download="votes.csv")
    tree.write("pages/data/votes.csv", "a,b\n")
    tree.write(
        "templates/dataset.html",
        """
        {% extends "entry.html" %}
        {% block lead %}<p class="size">Size: {{ entry.size }}</p>{% endblock %}
        """,
    )

    app = create_app(tree.folder, Config(base_url=BASE_URL), (*COLLECTIONS, Collection("data", Dataset, ("title",))))
    freeze(app, VIEWS, tree.folder / "build")

    assert text_of(tree.frozen("data/votes/index.html"), ".size") == "Size: 41 votes"
    assert text_of(tree.frozen("data/index.html"), ".row .details") == "41 votes"
    assert text_of(tree.frozen("data/index.html"), ".row .attachments") == "Download"
    assert tree.frozen("data/votes.csv") == "a,b\n"


def test_the_fields_of_such_a_type_are_checked_like_any(tree: SiteTree) -> None:
    tree.entry("data/votes", siez="41 votes")

    site = create_app(tree.folder, Config(), (*COLLECTIONS, Collection("data", Dataset))).extensions["octavo"]

    found = [(problem.message, problem.hint) for problem in site.store.problems]
    assert ("unknown field 'siez'", "did you mean 'size'?") in found


@pytest.mark.parametrize(("folder", "name"), FOLDERS.items())
def test_every_type_is_listed_and_has_its_page(tree: SiteTree, folder: str, name: str) -> None:
    tree.entry(f"{folder}/index")
    tree.entry(f"{folder}/one", "Words of it.", date="2026-02-03", title="A title")

    site = tree.site()

    assert tree.problems() == []
    assert type(site.entry(f"{folder}/one")).__name__ == name
    assert "A title" in tree.get(f"/{folder}/")
    assert "Words of it." in tree.get(f"/{folder}/one/")


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_entry_with_no_text_and_one_with_a_very_long_title_are_pages_like_any(tree: SiteTree, folder: str) -> None:
    tree.entry(f"{folder}/index")
    tree.entry(f"{folder}/empty", "", date="2026-02-03", summary="In short.")
    tree.entry(f"{folder}/long", date="2026-02-03", title="word" * 500)

    assert text_of(tree.get(f"/{folder}/empty/"), ".prose") == "In short."
    assert text_of(tree.get(f"/{folder}/long/"), "h1").startswith("word" * 500)
    assert "word" * 500 in tree.get(f"/{folder}/")
    assert tree.problems() == []


def test_a_talk_says_where_and_when_and_on_what_work(tree: SiteTree) -> None:
    tree.write("pages/publications.bib", "@article{key, title={The Work}, author={Anonymous}, year={2026}}")
    tree.write("pages/publications/key.md", "---\nkey: key\n---\n")
    tree.entry("talks/a", date="2026-03-19", kind="Invited talk", event="A Seminar", place="Zurich",
               publication="publications/key", url="https://example.org/seminar")  # fmt: skip

    html = tree.get("/talks/a/")

    facts = [one.text() for one in LexborHTMLParser(html).css("main header .details span")]
    assert facts == ["Invited talk", "A Seminar", "Zurich", "19 March 2026"]
    assert '<a href="../../publications/key/">The Work</a>' in html
    assert '<a href="https://example.org/seminar">Event</a>' in html


def test_a_relation_to_nothing_is_told(tree: SiteTree) -> None:
    tree.entry("talks/a", date="2026-03-19", publication="publications/key")
    tree.entry("projects/a", publications="[talks/a, publications/other]")

    assert [str(problem).partition("\n")[0] for problem in tree.problems()] == [
        "pages/projects/a.md:3:25: publications: there is no entry 'publications/other'",
        "pages/talks/a.md:4:14: publication: there is no entry 'publications/key'",
    ]


def test_the_field_url_leads_elsewhere_and_is_checked_under_that_name(tree: SiteTree) -> None:
    tree.entry("teaching/a", url="nowhere.md")
    tree.entry("teaching/b", website="https://example.org/")

    found = [str(problem).partition("\n")[0] for problem in tree.problems()]

    assert found == [
        "pages/teaching/a.md:3:6: url: 'nowhere.md' leads to nothing",
        "pages/teaching/b.md:3:1: unknown field 'website'",
    ]
    assert tree.site().entry("teaching/a").url == "/teaching/a/"  # type: ignore[union-attr]


def test_pictures_of_projects_and_people_are_in_grids_and_on_their_pages(tree: SiteTree) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="90"><path d="M0 0h9v9z"/></svg>'
    tree.write("pages/projects/wide.svg", drawing.format(160))
    tree.write("pages/people/tall.svg", drawing.format(80))
    for folder in ("projects", "people"):
        tree.entry(f"{folder}/index", style="grid")
    tree.entry("projects/a", image="wide.svg")
    tree.entry("people/a", image="tall.svg")

    tree.freeze()

    assert '<img class="cover" src="wide.svg" alt=""' in tree.frozen("projects/index.html")
    assert '<img class="portrait" src="tall.svg" alt=""' in tree.frozen("people/index.html")
    assert '<img class="portrait" src="../tall.svg" alt="A"' in tree.frozen("people/a/index.html")


def test_a_picture_that_is_not_there_is_told_and_the_page_goes_on(tree: SiteTree) -> None:
    tree.entry("people/a", "Words.", image="gone.jpg")

    (problem,) = tree.problems()

    assert problem.message == "image: 'gone.jpg' leads to nothing"
    assert "Words." in tree.get("/people/a/")


def test_the_readme_shows_that_very_class() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")

    assert getsource(Dataset) in readme
