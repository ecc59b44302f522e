"""A CV has what its file says and what the store knows, on its page and as a PDF."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.activities import CV
from app.papers import cv_of, paper_of, pdf_of, sections

from .site_tree import SiteTree

WORKS = r"""
@article{a, title={First $x^2$ Work}, author={Robin Folio and Ada Example}, journal={Journal}, year={2024}, equal={Robin Folio}}
@inproceedings{b, title={Second \& Last}, author={Example, Ada and Folio, R. and others}, booktitle={Meeting}, year={2026}}
@misc{c, title={Unlisted}, author={Robin Folio}, year={2025}}
"""

BAR = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'

FACTS = """
author:
  name: Robin Folio
  other_names: [R. Folio]
  position: PhD student
  email: robin@example.org
  orcid: 0000-0002-1825-0097
"""


def cv(tree: SiteTree) -> CV:
    """The CV of a site."""
    entry = tree.site().entry("cv")
    assert isinstance(entry, CV)
    return entry


def shown(tree: SiteTree) -> dict[str, list[tuple[str, str]]]:
    """The rows of each section of the CV's page: when, and the words of the rest."""
    page = LexborHTMLParser(tree.get("/cv/"))
    return {
        words(section, "h2"): [(words(row, "li > span"), words(row, "div")) for row in section.css("li")]
        for section in page.css(".vita")
    }


def words(node: LexborNode, selector: str) -> str:
    """The text of the first element that a selector finds below a node, with single spaces; nothing where there is none."""
    found = node.css_first(selector)
    return " ".join(found.text().split()) if found else ""


def test_a_cv_without_anything_is_a_page_and_a_pdf(tree: SiteTree) -> None:
    tree.entry("cv")

    assert tree.problems() == []
    assert shown(tree) == {}
    assert pdf_of(tree.site(), cv(tree)).pdf.startswith(b"%PDF-")


def test_its_own_sections_are_shown_in_the_order_of_the_file(tree: SiteTree) -> None:
    degrees = ("{title: PhD, when: 2024-09 – present, place: SIT}", "{title: MSc, when: Fall 2022, details: With *honours*.}")
    tree.entry("cv", skills="[C, Python]", education=f"[{', '.join(degrees)}]")

    found = shown(tree)

    assert list(found) == ["Skills", "Education"]
    assert found["Skills"] == [("", "C, Python")]
    assert found["Education"] == [("Sep 2024 – present", "PhD SIT"), ("Fall 2022", "MSc With honours.")]
    assert "<em>honours</em>" in tree.get("/cv/")


def test_the_rest_is_drawn_from_the_store_so_that_nothing_is_typed_twice(tree: SiteTree) -> None:
    tree.write("pages/site.yml", FACTS)
    tree.write("pages/publications.bib", WORKS)
    tree.entry("publications/c", key="c", unlisted="true")
    tree.entry("talks/a", date="2026-03-19", kind="Invited talk", event="Seminar", place="Zurich")
    tree.entry("talks/b", date="2026-04-01", draft="true")
    tree.entry("teaching/a", course="S-1", role="Assistant", institution="SIT", term="Fall 2026")
    tree.entry("projects/a", when="2025 – present", summary="A *small* tool.")
    tree.entry("notes/courses/a", kind="OptML", institution="EPFL", course="CS-439", term="Spring 2025")
    tree.entry("cv")

    found = shown(tree)

    assert list(found) == ["Publications", "Talks", "Teaching", "Projects", "Course projects"]
    assert [when for when, _ in found["Publications"]] == ["2026", "2024"]
    assert found["Publications"][0][1] == "Second & Last Ada Example, R. Folio and others. Meeting"
    assert found["Talks"] == [("Mar 2026", "A Invited talk, Seminar, Zurich")]
    assert found["Teaching"] == [("Fall 2026", "A Assistant, S-1, SIT")]
    assert found["Projects"] == [("2025 – present", "A A small tool.")]
    assert found["Course projects"] == [("Spring 2025", "A OptML project at EPFL, CS-439")]
    html = tree.get("/cv/")
    assert "<strong>Robin Folio</strong>*, Ada Example" in html
    assert '<a href="../publications/a/">First <math' in html
    assert '<a href="../talks/a/">A</a>' in html


def test_the_field_sections_says_which_are_shown_and_in_which_order(tree: SiteTree) -> None:
    tree.entry("talks/a", date="2026-03-19")
    tree.entry("teaching/a")
    tree.entry("cv", skills="[C]", awards="[A prize]", sections="talks, awards, grants, skills")

    assert list(shown(tree)) == ["Talks", "Honours and awards", "Skills"]


@pytest.mark.parametrize(
    ("fields", "place", "message", "hint"),
    [
        ({"sections": "[talks, tecahing]"}, "3:19", "sections: 'tecahing' is not one of its values", "did you mean 'teaching'?"),
        ({"educatoin": "[PhD]"}, "3:1", "unknown field 'educatoin'", "did you mean 'education'?"),
        ({"education": "[{when: 2024}]"}, "3:13", "'title' is missing", "add a line 'title: ...'"),
        ({"education": "[{title: PhD, when: soon}]"}, "3:32", "when: 'soon' is no time that can be read", "2021 – present"),
        ({"education": "[{title: PhD, place: 5, wehn: 2024}]"}, "3:36", "unknown field 'wehn'", "did you mean 'when'?"),
        ({"awards": "[{title: Prize, url: gone.md}]"}, "3:30", "awards: 'gone.md' leads to nothing", ""),
        ({"awards": "[{title: Prize, details: 'By [them](gone.md).'}]"}, "3:38", "'gone.md' leads to nothing", ""),
        ({"awards": "[{title: Prize, details: 'Of $\\frac{1$.'}]"}, "3:46", "this formula does not parse", ""),
    ],
)
def test_a_mistake_is_one_problem_at_its_place(
    tree: SiteTree, fields: dict[str, str], place: str, message: str, hint: str
) -> None:
    tree.entry("cv", **fields)

    (problem,) = tree.problems()

    assert (problem.path, f"{problem.line}:{problem.column}") == ("pages/cv.md", place)
    assert message in problem.message
    assert hint in problem.hint


def test_only_the_file_cv_is_a_cv(tree: SiteTree) -> None:
    tree.entry("cv", skills="[C]")
    tree.entry("notes/cv")
    tree.entry("cvs")

    site = tree.site()

    assert [type(site.entry(id)).__name__ for id in ("cv", "notes/cv", "cvs")] == ["CV", "Page", "Page"]


def test_the_printed_cv_says_who_and_how_to_reach_them(tree: SiteTree) -> None:
    tree.write("pages/site.yml", FACTS)
    tree.entry("cv", "A *summary* with a [link](index.md).", skills="[C]", updated="2026-05-01")

    printed = cv_of(tree.site(), cv(tree))

    assert printed.name == "Robin Folio"
    assert [(one.text, one.url) for one in printed.contacts] == [
        ("PhD student", ""),
        ("robin@example.org", "mailto:robin@example.org"),
        ("example.org", "https://example.org/"),
        ("ORCID 0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
    ]
    assert '<a href="../">link</a>' in printed.summary
    assert (printed.url, str(printed.date)) == ("https://example.org/cv/", "2026-05-01")
    assert [section.title for section in printed.sections] == ["Skills"]


def test_the_pdf_is_linked_released_and_the_same_twice(tree: SiteTree) -> None:
    tree.entry("cv", skills="[C]")
    tree.entry("notes/research/a", "Text with $x^2$ [@k].\n\n![A bar](bar.svg)", pdf="true")
    tree.entry("notes/research/b")
    tree.write("pages/references.bib", "@misc{k, title={A Work}, author={Ada Example}, year={2024}}")
    tree.write(
        "pages/notes/research/bar.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )

    tree.freeze()
    tree.freeze("again")

    first, again = tree.release(), tree.release("again")
    assert {name for name in first if name.endswith(".pdf")} == {"cv.pdf", "notes/research/a.pdf"}
    assert all(first[name] == again[name] for name in ("cv.pdf", "notes/research/a.pdf"))
    assert '<a href="../cv.pdf" type="application/pdf">PDF</a>' in tree.frozen("cv/index.html")
    assert '<a href="../a.pdf" type="application/pdf">PDF</a>' in tree.frozen("notes/research/a/index.html")
    assert ">PDF<" not in tree.frozen("notes/research/b/index.html")


def test_the_pdf_of_a_note_has_its_text_its_pictures_and_the_works_it_cites(tree: SiteTree) -> None:
    tree.entry(
        "notes/research/a", "See [home](../../index.md) and [@k].\n\n![A bar](bar.svg)", abstract="In *short*.", pdf="true"
    )
    tree.write("pages/references.bib", "@misc{k, title={A Cited Work}, author={Ada Example}, year={2024}}")
    tree.write("pages/notes/research/bar.svg", BAR)
    site = tree.site()
    entry = site.entry("notes/research/a")
    assert entry

    paper = paper_of(site, entry)

    assert '<a href="../../../">home</a>' in paper.html
    assert list(paper.images) == ["../bar.svg"]
    assert (paper.abstract, paper.details, paper.authors) == ("<p>In <em>short</em>.</p>\n", ("Ongoing",), ("Anonymous",))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_of(site, entry).pdf)).pages)
    assert "A cited work" in text
    assert "In short." in text


def test_a_cv_that_wants_no_pdf_has_none(tree: SiteTree) -> None:
    tree.entry("cv", pdf="false")

    client = tree.app().test_client()

    assert client.get("/cv.pdf").status_code == 404
    assert ">PDF<" not in tree.get("/cv/")


def test_a_file_that_has_the_address_of_the_pdf_is_told(tree: SiteTree) -> None:
    tree.entry("notes/research/a", pdf="true")
    tree.write("pages/notes/research/a.pdf", b"%PDF-1.4")

    (problem,) = tree.problems()

    assert problem.message == "pdf: a file beside this page has the address of its PDF, /notes/research/a.pdf"
    assert (problem.line, problem.column) == (3, 6)


def test_files_that_end_in_pdf_are_sent_as_before(tree: SiteTree) -> None:
    tree.entry("notes/research/a", "[Report](report.pdf)")
    tree.write("pages/notes/research/report.pdf", b"%PDF-1.4")

    tree.freeze()

    assert tree.release()["notes/research/report.pdf"] == b"%PDF-1.4"


def test_a_title_in_a_cv_is_text_and_never_markup(tree: SiteTree) -> None:
    tree.entry("cv", awards="[{title: '<script>a</script>', place: '<b>x</b>'}]")

    html = tree.get("/cv/")

    assert "&lt;script&gt;a&lt;/script&gt;" in html
    assert not re.search(r"<script>a|<b>x", html)


def test_sections_without_rows_are_left_out(tree: SiteTree) -> None:
    tree.entry("cv", awards="[]", grants="[G]")
    site = tree.site()

    assert [one.title for one in sections(site, cv(tree))] == ["Grants"]
