"""The home page says who its author is, where else to find them, and what is new."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.views.home import DRAWINGS

from .site_tree import SiteTree

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><path d="M0 0h9v9z"/></svg>'


def home(tree: SiteTree) -> LexborHTMLParser:
    """The home page of a site."""
    tree.entry("index", "Hello.", title="Robin", template="home.html")
    return LexborHTMLParser(tree.get("/"))


def words(node: LexborNode | LexborHTMLParser, selector: str) -> list[str]:
    """The text of each element that a selector finds, with single spaces."""
    return [" ".join(found.text().split()) for found in node.css(selector)]


def test_without_any_facts_it_is_a_page_like_any(tree: SiteTree) -> None:
    page = home(tree)

    assert words(page, "h1") == ["Robin"]
    assert not page.css(".places, .portrait, .news, section")
    assert tree.problems() == []


def test_it_says_who_the_author_is_and_where_to_find_them(tree: SiteTree) -> None:
    tree.write("pages/me.svg", DRAWING)
    tree.write(
        "pages/site.yml",
        """
        author:
          name: Robin Folio
          pronouns: they/them
          position: PhD student
          affiliation: Sample Institute
          portrait: me.svg
          email: robin@example.org
          orcid: 0000-0002-1825-0097
          links:
            - {label: Google Scholar, url: "https://example.org/scholar"}
            - {label: Something new, url: "https://example.org/new"}
        """,
    )

    page = home(tree)

    assert words(page, "header .details span") == ["they/them", "PhD student", "Sample Institute"]
    places = {one.text().strip(): one.attributes["href"] for one in page.css(".places a[rel=me]")}
    assert places == {
        "robin@example.org": "mailto:robin@example.org",
        "ORCID": "https://orcid.org/0000-0002-1825-0097",
        "Google Scholar": "https://example.org/scholar",
        "Something new": "https://example.org/new",
    }
    assert len(page.css(".places svg[aria-hidden=true]")) == len(places)
    (portrait,) = page.css("img.portrait")
    assert (portrait.attributes["src"], portrait.attributes["alt"]) == ("me.svg", "Robin Folio")


def test_the_portrait_is_released(tree: SiteTree) -> None:
    tree.write("pages/pictures/me.svg", DRAWING)
    tree.write("pages/site.yml", "author: {name: Robin, portrait: pictures/me.svg}")

    tree.freeze()

    assert "pictures/me.svg" in tree.release()


@pytest.mark.parametrize(
    ("facts", "place", "message"),
    [
        ("author: {portrait: gone.jpg}", "1:20", "portrait: 'gone.jpg' leads to nothing"),
        ("author: {orcid: 0000-0002-1825-0098}", "1:17", "orcid: '0000-0002-1825-0098' is no ORCID iD"),
        ("author: {orcid: me}", "1:17", "orcid: 'me' is no ORCID iD"),
        ("navigation: [nowhere]", "1:14", "navigation: there is no entry 'nowhere'"),
    ],
)
def test_a_fact_that_cannot_be_true_is_told_and_the_page_goes_on(tree: SiteTree, facts: str, place: str, message: str) -> None:
    tree.write("pages/site.yml", facts)

    (problem,) = tree.problems()

    assert (problem.path, f"{problem.line}:{problem.column}") == ("pages/site.yml", place)
    assert problem.message == message
    assert words(home(tree), "h1") == ["Robin"]


def test_the_latest_news_are_lines_that_lead_to_what_they_are_about(tree: SiteTree) -> None:
    tree.entry("news/index")
    tree.entry("talks/a", date="2026-01-01")
    tree.entry("news/url", "", date="2026-05-01", title="A talk", url="../talks/a.md")
    tree.entry("news/text", "More of it.", date="2026-04-01", title="A long story")
    tree.entry("news/plain", "", date="2026-03-01", title="Only a line")
    for month in (1, 2):
        tree.entry(f"news/old-{month}", date=f"2025-0{month}-01")

    page = home(tree)

    assert words(page, ".news li") == ["May 2026 A talk", "Apr 2026 A long story", "Mar 2026 Only a line", "Feb 2025 Old-2"]
    assert [one.attributes["href"] for one in page.css(".news a")] == ["talks/a/", "news/text/", "news/old-2/"]
    assert [one.attributes["href"] for one in page.css("h2 a")] == ["news/"]


def test_the_list_of_news_has_them_all(tree: SiteTree) -> None:
    tree.entry("news/index", template="news.html")
    for month in range(1, 9):
        tree.entry(f"news/n{month}", date=f"2025-0{month}-01")

    page = LexborHTMLParser(tree.get("/news/"))

    assert [text.partition(" N")[2] for text in words(page, ".news li")] == list("87654321")


def test_a_long_list_of_news_has_pages(tree: SiteTree) -> None:
    tree.entry("news/index", template="news.html", per_page=3)
    for month in range(1, 9):
        tree.entry(f"news/n{month}", date=f"2025-0{month}-01")

    tree.freeze()

    assert [
        len(LexborHTMLParser(tree.frozen(f"news/{leaf}index.html")).css(".news li")) for leaf in ("", "page/2/", "page/3/")
    ] == [3, 3, 2]


def test_it_shows_selected_works_and_the_latest_of_its_sections(tree: SiteTree) -> None:
    tree.write("pages/publications.bib", "@misc{a, title={Chosen}, author={A B}, year={2024}, selected={true}}")
    tree.entry("posts/index", title="Posts")
    for day in range(1, 6):
        tree.entry(f"posts/p{day}", date=f"2026-01-0{day}")
    tree.entry("index", template="home.html", sections="[posts]")

    page = LexborHTMLParser(tree.get("/"))

    assert words(page, "section h2") == ["Selected publications", "Posts"]
    assert words(page, "section h3") == ["Chosen", "P5", "P4", "P3"]


@pytest.mark.parametrize("label", DRAWINGS)
def test_every_known_place_has_a_drawing(tree: SiteTree, label: str) -> None:
    tree.write("pages/site.yml", f"author: {{links: [{{label: {label.title()}, url: 'https://example.org/'}}]}}")

    page = home(tree)

    assert len(page.css(".places svg > *")) >= 1
