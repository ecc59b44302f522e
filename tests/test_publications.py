"""The author's publications: the list, the page of each, and what goes with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from app.bibliography.reading import read
from app.content.facts import Author
from app.content_types import Publication
from app.markup.fields import html_of, refused
from app.problems import Problem
from app.publications import Work, astray, problems, works
from app.views.publications import blueprint

from .browser import hosted, opened
from .site_tree import SiteTree

BIB = r"""
@inproceedings{folio2026edge,
  author = {Folio, Robin and Quire, N. and M{\"u}ller, J{\"o}rg}, title = {At the {Edge}: $2/\eta$ \& more},
  booktitle = {Proceedings of Samples}, year = 2026, month = jul, pages = {1--9}, venue = {SCL 2026},
  award = {Best paper}, keywords = {theory, scaling laws}, abstract = {We look at $x^2$ & see.},
  equal = {Robin Folio and Jörg Müller}, doi = {10.5555/a.1}, eprint = {2601.00001}, archiveprefix = {arXiv},
  pdf = {edge.pdf}, code = {https://code.example.org/edge}, selected = {true},
}
@article{quire2024flat,
  author = {Quire, Nina and R. Folio}, title = {Flat}, journal = {Journal of Samples}, volume = 3, number = 2,
  pages = {10--20}, year = 2024, keywords = {theory},
}
@software{folio2026tool, author = {Robin Folio}, title = {A Tool}, year = 2026, url = {https://tool.example.org/}}
"""


@pytest.fixture
def own(tree: SiteTree) -> SiteTree:
    """A site with three works of its author's and a file that one of them leads to."""
    tree.write("pages/site.yml", "title: T\nauthor:\n  name: Robin Folio\n")
    tree.write("pages/publications.bib", BIB)
    tree.write("pages/edge.pdf", b"%PDF-1.7")
    return tree


def page(tree: SiteTree, url: str) -> LexborHTMLParser:
    """The page at `url`, parsed."""
    return LexborHTMLParser(tree.get(url))


def words(html: LexborHTMLParser, selector: str) -> list[str]:
    """The text of everything that `selector` finds."""
    return [" ".join(node.text().split()) for node in html.css(selector)]


def works_in(text: str, author: Author | None = None, path: str = "pages/publications.bib") -> tuple[Work, ...]:
    """The works of a `.bib` file."""
    return works(read(text, path)[0], [], author or Author(name="Robin Folio"))


def test_works_stand_by_year_the_newest_first(own: SiteTree) -> None:
    html = page(own, "/publications/")

    assert words(html, ".works > h2") == ["2026", "2024"]
    assert words(html, ".work h3") == ["At the Edge: 2/η & more", "A Tool", "Flat"]


def test_a_row_says_who_where_and_what(own: SiteTree) -> None:
    row = page(own, "/publications/").css("#folio2026edge")[0]

    assert [node.text() for node in row.css(".writers strong")] == ["Robin Folio"]
    assert " ".join(row.css(".writers")[0].text().split()) == "Robin Folio*, N. Quire, Jörg Müller* * equal contribution"
    assert " ".join(row.css(".details")[0].text(separator=" ").split()) == (
        "SCL 2026 Proceedings of Samples , 1–9 Conference paper Best paper"
    )
    assert [(node.text(), node.attributes["href"]) for node in row.css(".attachments a")] == [
        ("PDF", "../edge.pdf"),
        ("DOI", "https://doi.org/10.5555/a.1"),
        ("arXiv", "https://arxiv.org/abs/2601.00001"),
        ("Code", "https://code.example.org/edge"),
    ]
    assert [node.text() for node in row.css("summary")] == ["Abstract", "BibTeX"]
    assert "<msup>" in (row.css("details")[0].html or "")


@pytest.mark.parametrize(
    ("spellings", "own"),
    [
        (("Robin Folio",), [True, True, True, False]),
        (("Robin Folio", "Robin Quire"), [True, True, True, True]),
        (("F. Other",), [False, False, False, False]),
    ],
)
def test_the_authors_own_name_is_known_in_every_spelling(spellings: tuple[str, ...], own: list[bool]) -> None:
    text = "@misc{a, title = {A}, author = {Robin Folio and Folio, R. and R. P. Folio and Quire, Robin}}"

    (work,) = works_in(text, Author(name=spellings[0], other_names=spellings[1:]))

    assert [one.own for one in work.writers] == own


def test_in_other_files_a_keyword_says_whose_a_work_is() -> None:
    text = "@misc{a, title={A}, keywords={Own, theory}}\n@misc{b, title={B}, keywords={owner}}"

    found = works_in(text, path="pages/references.bib")

    assert [(work.reference.key, work.topics) for work in found] == [("a", ("theory",))]


def test_each_work_has_a_page_with_everything_of_it(own: SiteTree) -> None:
    html = page(own, "/publications/folio2026edge/")

    assert words(html, "h1") == ["At the Edge: 2/η & more"]
    assert words(html, ".abstract p") == ["We look at x2 & see."]
    assert words(html, ".cite p")[0].startswith("Folio, R., Quire, N., & Müller, J. (2026). At the Edge: 2/η & more")
    assert words(html, ".cite summary") == ["BibTeX", "RIS", "CSL-JSON"]
    codes = words(html, ".cite pre > code")
    assert codes[0].startswith("@inproceedings{folio2026edge,")
    assert codes[1].startswith("TY - CPAPER")
    assert '"id": "folio2026edge"' in codes[2]


def test_an_entry_adds_prose_and_a_picture_and_is_the_page(own: SiteTree) -> None:
    own.write("pages/plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"></svg>')
    own.write(
        "pages/publications/edge.md",
        "---\nkey: folio2026edge\naward: Test of time\npreview: ../plot.svg\nslides: ../edge.pdf\n---\n\nThe *story* of it.\n",
    )

    html = page(own, "/publications/edge/")

    assert words(html, ".prose em") == ["story"]
    assert words(html, ".award") == ["Test of time"]
    assert html.css("figure img")[0].attributes["src"] == "../../plot.svg"
    assert words(html, ".attachments li")[-1] == "Slides"
    assert "There is no page" in own.get("/publications/folio2026edge/")
    assert page(own, "/publications/").css("#folio2026edge h3 a")[0].attributes["href"] == "edge/"


def test_bibtex_is_there_for_one_work_and_for_all(own: SiteTree) -> None:
    client = own.app().test_client()

    one, every = client.get("/publications/folio2026tool.bib"), client.get("/publications.bib")

    assert one.mimetype == "application/x-bibtex"
    assert one.get_data(as_text=True).startswith("@software{folio2026tool,")
    assert [entry.key for entry in read(every.get_data(as_text=True), "x")[0]] == [
        "folio2026edge",
        "folio2026tool",
        "quire2024flat",
    ]
    assert "award" not in every.get_data(as_text=True)
    assert client.get("/publications/nobody.bib").status_code == 404


def test_the_folders_list_page_gives_title_and_introduction(own: SiteTree) -> None:
    own.entry("publications/index", "In *print*.", title="Papers")

    html = page(own, "/publications/")

    assert words(html, "h1") == ["Papers"]
    assert words(html, ".prose em") == ["print"]


def test_without_works_the_folder_is_like_any_other(tree: SiteTree) -> None:
    assert "There is no page" in tree.get("/publications/")
    tree.entry("publications/index", title="Papers")

    assert "<h1>Papers" in tree.get("/publications/")
    assert tree.freeze().files


def test_selected_works_are_shown_at_home(own: SiteTree) -> None:
    own.entry("index", template="home.html")

    assert words(page(own, "/"), ".work h3") == ["At the Edge: 2/η & more"]


def test_a_work_that_is_unlisted_is_in_no_list(own: SiteTree) -> None:
    own.write("pages/publications/tool.md", "---\nkey: folio2026tool\nunlisted: true\n---\n")

    assert "A Tool" not in own.get("/publications/")
    assert "A Tool" in own.get("/publications/tool/")


def test_everything_is_frozen_and_every_link_leads_somewhere(own: SiteTree) -> None:
    own.write("pages/publications/edge.md", "---\nkey: folio2026edge\n---\n\nText.\n")

    own.freeze()

    files = set(own.release())
    assert files >= {
        "publications/index.html",
        "publications/edge/index.html",
        "publications/folio2026edge.bib",
        "publications/folio2026tool/index.html",
        "publications/quire2024flat.bib",
        "publications.bib",
        "edge.pdf",
        "static/publications.js",
    }
    assert "publications/folio2026edge/index.html" not in files


def wrong(bib: str, *entries: Publication) -> list[Problem]:
    """What is wrong between a bibliography and entries."""
    return list(problems(read(bib, "pages/publications.bib")[0], entries, Author(name="Robin Folio")))


def publication(tree: SiteTree, name: str, key: str) -> Publication:
    """An entry with this key."""
    tree.write(f"pages/publications/{name}.md", f"---\nkey: {key}\n---\n")
    entry = tree.site().entry(f"publications/{name}")
    assert isinstance(entry, Publication)
    return entry


def test_a_key_that_no_bibliography_has_is_told_with_the_nearest(tree: SiteTree) -> None:
    (problem,) = wrong(BIB, publication(tree, "edge", "folio2026edgy"))

    assert str(problem) == (
        "pages/publications/edge.md:2:6: key: no bibliography has 'folio2026edgy'\n    did you mean 'folio2026edge'?"
    )


def test_an_entry_without_a_work_shows_its_problem(own: SiteTree) -> None:
    own.write("pages/publications/edge.md", "---\nkey: folio2026edgy\n---\n")

    html = page(own, "/publications/edge/")

    assert words(html, ".problems .hint") == ["did you mean 'folio2026edge'?"]


def test_two_entries_for_one_key_are_told(tree: SiteTree) -> None:
    (problem,) = wrong(BIB, publication(tree, "a", "folio2026edge"), publication(tree, "b", "folio2026edge"))

    assert problem.place == "pages/publications/b.md:2:6"
    assert "has its page in 'pages/publications/a.md' already" in problem.message


def test_two_keys_with_one_address_are_told() -> None:
    (problem, *_) = wrong("@misc{a:b, title={A}}\n@misc{A-b, title={B}}")

    assert problem.place == "pages/publications.bib:2:1"
    assert "'A-b' and 'a:b' would have the same address" in problem.message


def test_a_name_in_equal_that_is_no_authors_is_told() -> None:
    (problem,) = wrong("@misc{a, title={A}, author={Robin Folio and Nina Quire}, equal={Robin Folio and Nina Squire}}")

    assert problem.message == "equal: 'Nina Squire' is no author of 'a'"
    assert problem.hint == "did you mean 'Nina Quire'?"


def test_a_link_of_the_bibliography_that_leads_to_nothing_is_told(own: SiteTree) -> None:
    (own.folder / "pages" / "edge.pdf").unlink()
    site = own.site()
    found = works(site.library, [], site.facts.author)

    (problem,) = astray(found, site.texts.link)

    assert problem.place == "pages/publications.bib:1:1"
    assert problem.message == "pdf of 'folio2026edge': 'edge.pdf' leads to nothing"


def test_a_formula_that_cannot_be_drawn_is_told_and_the_rest_is_shown() -> None:
    text = "A $\\frac{1$ and $x^2$"

    (problem,) = refused(text, "pages/publications.bib", 7)

    assert problem.place == "pages/publications.bib:7:1"
    assert problem.message.startswith("in the formula '$\\frac{1$': ")
    assert "<msup>" in html_of(text)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("journal={J}, volume=3, number=2, pages={1--2}", "<i>J</i> 3 (2), 1–2"),
        ("journal={J}", "<i>J</i>"),
        ("journal={arXiv preprint}, eprint={2601.00001}", "arXiv:2601.00001"),
        ("school={EPFL}", "EPFL"),
        ("institution={SIT}, number={TR-1}", "SIT, TR-1"),
        ("", ""),
    ],
)
def test_a_work_says_where_it_was_published(fields: str, shown: str) -> None:
    (work,) = works_in(f"@article{{a, title={{A}}, {fields}}}")

    assert work.where == shown


def test_a_work_to_appear_stands_first_and_one_without_a_year_last() -> None:
    found = works_in("@misc{a, title={A}, year=2020}\n@misc{b, title={B}, year={in press}}\n@misc{c, title={C}}")

    assert [(work.reference.key, work.year) for work in found] == [("b", "in press"), ("a", "2020"), ("c", "Undated")]


def test_the_script_is_small_and_is_on_this_page_alone(own: SiteTree) -> None:
    script = Path(__file__).parents[1] / "static" / "publications.js"

    assert script.stat().st_size < 2048
    assert "static/publications." in own.get("/publications/")
    assert "static/publications." not in own.get("/")
    assert not re.search(r"<script(?![^>]*(src=|ld\+json))", own.get("/publications/folio2026edge/"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with opened() as found:
        yield found


@pytest.fixture
def address(own: SiteTree) -> Iterator[str]:
    """Where the frozen site is."""
    own.freeze()
    with hosted(own.folder / "build") as url:
        yield url


def seen(page: Page) -> list[str]:
    """The works that are to be seen, by their ids."""
    return [str(one.get_attribute("id")) for one in page.locator(".works .work").all() if one.is_visible()]


def test_with_the_script_words_years_types_and_topics_filter_at_once(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/publications/")

    page.get_by_role("searchbox").fill("quire FLAT")
    by_words = seen(page), page.get_by_role("status").inner_text()
    page.get_by_role("searchbox").fill("scaling")
    by_topic_word = seen(page)
    page.get_by_role("searchbox").fill("")
    page.get_by_role("link", name="2026", exact=True).click()
    by_year = seen(page)
    page.get_by_role("link", name="theory").first.click()
    by_both = seen(page), page.locator(".facets [aria-current]").all_inner_texts()
    page.get_by_role("link", name="theory").first.click()
    page.get_by_role("link", name="2026", exact=True).click()
    everything = seen(page), page.get_by_role("status").inner_text()
    page.close()

    assert by_words == (["quire2024flat"], "1 of 3 works")
    assert by_topic_word == ["folio2026edge"]
    assert by_year == ["folio2026edge", "folio2026tool"]
    assert by_both == (["folio2026edge"], ["2026", "theory"])
    assert everything == (["folio2026edge", "folio2026tool", "quire2024flat"], "3 works")


def test_without_javascript_the_same_links_lead_to_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/publications/")

    page.get_by_role("link", name="theory").first.click()
    place = page.url
    page.locator("#topic-theory ~ ul").get_by_role("link", name="Flat").click()
    work = page.url
    page.locator("#quire2024flat summary").first.click()
    shown = page.locator("#quire2024flat pre").is_visible()
    inputs = page.locator("input").count()
    context.close()

    assert place.endswith("/publications/#topic-theory")
    assert work.endswith("/publications/#quire2024flat")
    assert shown
    assert inputs == 0


@pytest.mark.parametrize("path", ["/publications/", "/publications/folio2026edge/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_sound_narrow_and_in_both_colours(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 320, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address + path)
    for summary in page.locator("summary").all():
        summary.click()

    width = page.evaluate("document.documentElement.scrollWidth")
    result = Axe().run(page, options={"resultTypes": ["violations"]})
    context.close()

    assert width == 320
    assert not wrong
    assert result.violations_count == 0, result.generate_report()


def test_no_address_of_the_view_is_the_contents(own: SiteTree) -> None:
    own.write("pages/publications/edge.md", "---\nkey: folio2026edge\n---\n\nText.\n")
    app = own.app()

    with app.test_request_context():
        adapter = app.url_map.bind("example.org")
        found = {
            url: adapter.match(url)[0] for url in ("/publications/", "/publications/edge/", "/publications/a.bib", "/about/")
        }

    assert found == {
        "/publications/": f"{blueprint.name}.page",
        "/publications/edge/": f"{blueprint.name}.page",
        "/publications/a.bib": f"{blueprint.name}.references",
        "/about/": "content.page",
    }
