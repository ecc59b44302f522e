"""Pages as Google Scholar and Zotero read them: by a reader written here, after what those two document."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.bibliography.details import container_of, date_of, doi_of, keywords_of, pages_of, plain, publisher_of
from app.bibliography.metadata import highwire, schema
from app.bibliography.people import named, same
from app.bibliography.reading import read
from app.bibliography.reference import Reference

from .site_tree import BASE_URL, SiteTree

DEMO = Path(__file__).parents[1] / "pages" / "publications.bib"
BIB = r"""
@article{a, title={{Tight} bounds: $L^2$ \& "more" </script>}, author={Folio, Robin and van der Berg, Ada Maria and Quire, N.},
  journal={Journal of Samples}, volume={3}, number={2}, pages={101--128}, year={2026}, month=may, doi={10.5555/s.1},
  issn={1234-5678}, keywords={own, theory, scaling laws}, pdf={a.pdf}, abstract={We </script> see <b>.}}
@inproceedings{b, title={At a conference}, author={Müller, Jörg and {OpenAI Team}}, booktitle={Proceedings of Samples}, pages={7},
  date={2025-03-04}, publisher={Press}, isbn={978-0-00-000000-2}, eprint={2601.00001}, archiveprefix={arXiv}}
@phdthesis{c, title={A thesis}, author={Robin Folio}, school={EPFL}, year={2024}}
@techreport{d, title={A report}, author={Robin Folio}, institution={SIT}, number={TR-7}, year={2023}}
@incollection{e, title={A chapter}, author={Robin Folio}, booktitle={A Book}, publisher={Press}, pages={1--2}, year={2022}}
@misc{f, title={样例}, author={样例文}, year={2021}, url={https://x.example.org/}}
"""

HEADS = {"journal_title": "article", "conference_title": "inproceedings", "dissertation_institution": "phdthesis",
         "technical_report_institution": "techreport", "book_title": "incollection"}  # fmt: skip
"""Which tag tells Zotero what a work is; without any it is taken for an article."""


@dataclass(frozen=True)
class Item:
    """What a reader of a page knows of the work on it."""

    kind: str
    title: str
    authors: tuple[str, ...]
    date: str
    fields: dict[str, str]
    pages: str
    keywords: tuple[str, ...]
    pdf: str
    url: str


def tags_in(html: str) -> list[tuple[str, str]]:
    """The Highwire tags in the head of a page, without their prefix."""
    nodes = LexborHTMLParser(html).css('head > meta[name^="citation_"]')
    return [((node.attributes["name"] or "").removeprefix("citation_"), node.attributes["content"] or "") for node in nodes]


def authors_in(content: str) -> list[str]:
    """The authors in one tag as Zotero parts them: at semicolons, or at commas with two words or more on either side."""
    several = re.split(r"\s*;\s*", content)
    by_comma = re.split(r"\s*,\s*", content)
    if len(several) == 1 and len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
        several = by_comma
    return [" ".join(one.split()) for one in several if one]


def item_in(html: str) -> Item:
    """The work that the tags of a page describe."""
    tags = tags_in(html)
    one = dict(tags)
    kind = next((kind for tag, kind in HEADS.items() if tag in one), "article")
    pages = "–".join(one[tag] for tag in ("firstpage", "lastpage") if tag in one)
    return Item(
        kind=kind,
        title=one["title"],
        authors=tuple(author for tag, content in tags if tag == "author" for author in authors_in(content)),
        date=one["publication_date"],
        fields={
            tag: one[tag] for tag in ("volume", "issue", "doi", "arxiv_id", "issn", "isbn", "publisher", *HEADS) if tag in one
        },
        pages=pages,
        keywords=tuple(word.strip() for word in one.get("keywords", "").split(";") if word.strip()),
        pdf=one.get("pdf_url", ""),
        url=one["abstract_html_url"],
    )


def described(reference: Reference, item: Item) -> bool:
    """Whether an item says of a work what its entry in the `.bib` file says."""
    people = reference.names.get("author", ())
    told = {item.fields.get(tag) for tag in (*HEADS, "publisher")} - {None}
    places = {plain(container_of(reference)), plain(publisher_of(reference))} - {""}
    return (
        item.title == plain(reference.get("title"))
        and len(item.authors) == len(people)
        and all(same(named(one), other) for one, other in zip(item.authors, people, strict=True))
        and int(item.date.split("/")[0]) == date_of(reference)[0]
        and (told == places or not places)
        and item.fields.get("volume", "") == reference.get("volume")
        and item.fields.get("doi", "") == doi_of(reference)
        and item.pages == "–".join(part for part in pages_of(reference) if part)
        and item.keywords == keywords_of(reference)
    )


@pytest.fixture
def pages(tree: SiteTree) -> dict[str, str]:
    """The frozen page of each work by its key."""
    tree.write("pages/site.yml", "author:\n  name: Robin Folio\n")
    tree.write("pages/publications.bib", BIB + DEMO.read_text("utf-8"))
    tree.write("pages/a.pdf", b"%PDF-1.7")
    tree.freeze()
    folder = tree.folder / "build" / "publications"
    return {file.parent.name: file.read_text("utf-8") for file in folder.glob("*/index.html")}


def test_every_work_can_be_rebuilt_from_its_page(pages: dict[str, str]) -> None:
    works, _ = read(BIB + DEMO.read_text("utf-8"), "pages/publications.bib")

    unlike = [one.key for one in works if not described(one, item_in(pages[one.key]))]

    assert not unlike
    assert len(works) == len(pages) >= 15


def test_zotero_knows_what_each_work_is(pages: dict[str, str]) -> None:
    kinds = {key: item_in(pages[key]).kind for key in "abcdef"}

    assert kinds == {
        "a": "article",
        "b": "inproceedings",
        "c": "phdthesis",
        "d": "techreport",
        "e": "incollection",
        "f": "article",
    }


def test_google_scholar_finds_what_it_asks_for(pages: dict[str, str]) -> None:
    for html in pages.values():
        item, tags = item_in(html), [tag for tag, _ in tags_in(html)]

        assert item.title
        assert item.authors
        assert re.fullmatch(r"\d{4}(/\d\d/\d\d)?", item.date)
        assert {"title", "author", "publication_date"} <= set(tags)
        assert item.url.startswith(f"{BASE_URL}publications/")
        assert not item.pdf or re.match(r"https://.*\.pdf$", item.pdf)


def test_an_article_says_all_it_has(pages: dict[str, str]) -> None:
    item = item_in(pages["a"])

    assert item.authors == ("Folio, Robin", "van der Berg, Ada Maria", "Quire, N.")
    assert item.fields == {
        "volume": "3",
        "issue": "2",
        "doi": "10.5555/s.1",
        "issn": "1234-5678",
        "journal_title": "Journal of Samples",
    }
    assert (item.date, item.pages, item.pdf) == ("2026", "101–128", f"{BASE_URL}a.pdf")
    assert item_in(pages["b"]).date == "2025/03/04"
    assert item_in(pages["b"]).fields["arxiv_id"] == "2601.00001"


def data_in(html: str) -> Any:
    """The work in the JSON-LD of a page."""
    (node,) = LexborHTMLParser(html).css('script[type="application/ld+json"]')
    data = json.loads(node.text())
    return {"@context": data["@context"], **data["@graph"][0]}


def test_json_ld_says_the_same(pages: dict[str, str]) -> None:
    data = data_in(pages["a"])

    assert data["@context"] == "https://schema.org"
    assert (data["@type"], data["headline"]) == ("ScholarlyArticle", "Tight bounds: $L^2$ & “more” </script>")
    assert [one["name"] for one in data["author"]] == ["Robin Folio", "Ada Maria van der Berg", "N. Quire"]
    assert data["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "2",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "3",
            "isPartOf": {"@type": "Periodical", "name": "Journal of Samples", "issn": "1234-5678"},
        },
    }
    assert data["sameAs"] == ["https://doi.org/10.5555/s.1"]
    assert (data["datePublished"], data["pageStart"], data["pageEnd"]) == ("2026-05", "101", "128")
    assert data["url"] == f"{BASE_URL}publications/a/"


def test_json_ld_never_ends_its_own_script(pages: dict[str, str]) -> None:
    raw = re.findall(r'<script type="application/ld\+json">(.*?)</script>', pages["a"], re.DOTALL)

    assert len(raw) == 1
    assert "<" not in raw[0]
    assert data_in(pages["a"])["abstract"] == "We </script> see <b>."


def test_works_of_other_types_are_named_as_schema_org_names_them() -> None:
    works, _ = read(BIB + "@software{s, title={S}}", "x.bib")

    found = {one.key: schema(one)["@type"] for one in works}

    assert found == {
        "a": "ScholarlyArticle",
        "b": "ScholarlyArticle",
        "c": "Thesis",
        "d": "Report",
        "e": "Chapter",
        "f": "ScholarlyArticle",
        "s": "SoftwareSourceCode",
    }


def test_a_body_is_an_organization() -> None:
    (work, *_) = read("@misc{a, title={A}, author={{OpenAI Team} and Robin Folio}}", "x.bib")[0]

    assert [one["@type"] for one in schema(work)["author"]] == ["Organization", "Person"]  # type: ignore[attr-defined]
    assert ("citation_author", "OpenAI Team") in highwire(work)


def test_a_note_and_a_post_can_be_cited_too(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "author:\n  name: Robin Folio\n")
    tree.entry("notes/research/x", title="On <scaling>", date="2026-03-01", abstract="What is *known*.", cite="Please cite.")
    tree.entry("posts/y", date="2026-04-01", authors="[Ada Example, Robin Folio]")
    tree.entry("about")
    tree.freeze()

    note, post, about = (tree.frozen(f"{path}/index.html") for path in ("notes/research/x", "posts/y", "about"))

    assert item_in(note).title == "On <scaling>"
    assert item_in(note).date == "2026/03/01"
    assert item_in(note).url == f"{BASE_URL}notes/research/x/"
    assert data_in(note)["description"] == "What is known."
    assert item_in(post).authors == ("Example, Ada", "Folio, Robin")
    codes = [node.text() for node in LexborHTMLParser(note).css(".cite pre > code")]
    assert codes[0].startswith("@online{folio2026scaling,")
    assert "Please cite." in note
    assert "citation_" not in about
    assert "Cite this" not in about


def test_without_an_address_nothing_claims_to_have_one(tree: SiteTree) -> None:
    tree.write("pages/publications.bib", BIB)
    tree.write("pages/a.pdf", b"%PDF-1.7")

    html = tree.app(base_url=None).test_client().get("/publications/a/").get_data(as_text=True)

    assert "citation_title" in html
    assert "citation_pdf_url" not in html
    assert "citation_abstract_html_url" not in html
