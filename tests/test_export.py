"""References given away as BibTeX, RIS and CSL-JSON, and read again by pandoc, which nobody of this project wrote."""

from __future__ import annotations

import html
import json
import random
import re
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

import pypandoc
import pytest

from app.bibliography.bibtex import bibtex, latex
from app.bibliography.citation import Citation
from app.bibliography.details import container_of, date_of, doi_of, kind_of, pages_of, url_of
from app.bibliography.export import csl_item, csl_json, reference_of, ris
from app.bibliography.people import named, same
from app.bibliography.reading import read
from app.bibliography.reference import Reference
from app.content import Facts, Source
from app.content.facts import Author
from app.content_types import ResearchNote

ROOT = Path(__file__).parents[1]
ALL = ROOT.parent / "shared" / "corpora" / "iclr-blogposts" / "assets" / "bibliography"
"""The bibliographies of the ICLR Blogposts, where they stand beside this checkout."""

FILES = [*sorted(ALL.glob("*.bib")), *sorted((ROOT / "pages").glob("*.bib"))]
Item = dict[str, Any]

ALL_FIELDS = r"""
@string{icml = "International Conference on Machine Learning"}
@inproceedings{folio2026,
  title     = "Why {SGD} works: $L^2 < 3$ \& \emph{more}",
  author    = {Folio, Robin and van der Berg, Jr., Ada and {OpenAI Team}},
  booktitle = icml # { 43},
  year      = 2026, month = jun, pages = {1--10}, volume = 3,
  publisher = {PMLR}, address = {Paris}, doi = {https://doi.org/10.1234/abc_d}, url = {https://x.org/a_b?c=1&d},
  abstract  = {We show it.}, own = {true}, file = {/home/robin/a.pdf}, keywords = {own, theory},
}
"""


def entry(text: str) -> Reference:
    """The one entry of a `.bib` file."""
    return read(text, "pages/references.bib")[0][0]


@cache
def corpus() -> dict[str, Reference]:
    """Every entry of the files, under a key of its own."""
    found = [one for file in FILES for one in read(file.read_text("utf-8"), file.name)[0]]
    return {f"k{number}": replace(one, key=f"k{number}") for number, one in enumerate(found)}


def pandoc(text: str, form: str) -> dict[str, Item]:
    """What pandoc reads, by key."""
    command = [pypandoc.get_pandoc_path(), "-f", form, "-t", "csljson"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return {item["id"]: item for item in json.loads(done.stdout)}


def alike(text: str) -> str:
    """`text` without what differs between formats for good reason: case, typographic signs, tags and braces."""
    bare = re.sub(r"<[^<>]*>|[{}\\$]", "", html.unescape(html.unescape(text)))
    signs = {
        "–": "-",
        "—": "-",
        "’": "'",
        "‘": "'",
        "“": "'",
        "”": "'",
        '"': "'",
        "``": "'",
        "''": "'",
        "\xa0": " ",
        "~": " ",
        "…": "...",
    }
    for sign, common in signs.items():
        bare = bare.replace(sign, common)
    return " ".join(re.sub("-+", "-", bare).casefold().split())


def people(names: list[dict[str, str]]) -> list[list[str]]:
    """The letters of each name, whatever part they are in."""
    texts = [alike(" ".join(str(value) for value in name.values())) for name in names]
    return [sorted(re.findall(r"\w", text)) for text in texts if text not in ("others", "et al.", "al.")]


def told(item: Item) -> dict[str, Any]:
    """What must survive, from an item of CSL-JSON."""
    return {
        "title": alike(item.get("title", "")),
        "author": people(item.get("author", [])),
        "year": item.get("issued", {}).get("date-parts", [[None]])[0][0],
        "container": alike(item.get("container-title", "")),
        "volume": alike(item.get("volume", "")),
        "page": alike(item.get("page", "")).replace(" ", ""),
        "DOI": item.get("DOI", "").lower(),
        "URL": item.get("URL", ""),
    }


def meant(reference: Reference) -> dict[str, Any]:
    """The same from a Reference."""
    names = [{"a": one.given, "b": one.particle, "c": one.family, "d": one.suffix} for one in reference.names.get("author", ())]
    return {
        "title": alike(reference.get("title")),
        "author": people(names),
        "year": next(iter(date_of(reference)), None),
        "container": alike(container_of(reference)),
        "volume": alike(reference.get("volume")),
        "page": alike("-".join(part for part in pages_of(reference) if part)).replace(" ", ""),
        "DOI": doi_of(reference).lower(),
        "URL": url_of(reference),
    }


def array(references: Iterable[Reference]) -> str:
    """References as one file of CSL-JSON."""
    return json.dumps([csl_item(one) for one in references])


WRITERS = {
    "bibtex": lambda works: "\n".join(map(bibtex, works)),
    "ris": lambda works: "\n".join(map(ris, works)),
    "csljson": array,
}


@pytest.mark.parametrize("form", WRITERS)
def test_pandoc_reads_the_same_works(form: str) -> None:
    works = corpus()

    found = pandoc(WRITERS[form](works.values()), form)

    different = {
        (form, one.kind, name): (value, read[name])
        for key, one in works.items()
        if (read := told(found[key]))
        for name, value in meant(one).items()
        if value != read[name]
    }
    # That an article or proceedings are in a book is nothing that BibTeX knows of.
    assert different.keys() <= {("bibtex", "article", "container"), ("bibtex", "proceedings", "container")}
    assert len(found) == len(works) >= 20


def test_bibtex_keeps_the_authors_own_words_and_leaves_what_is_private_at_home() -> None:
    written = bibtex(entry(ALL_FIELDS))

    assert (
        written
        == dedent(r"""
        @inproceedings{folio2026,
          title = {Why {SGD} works: $L^2 < 3$ \& \emph{more}},
          author = {Folio, Robin and van der Berg, Jr., Ada and {OpenAI Team}},
          booktitle = {International Conference on Machine Learning 43},
          year = {2026},
          month = jun,
          pages = {1--10},
          volume = {3},
          publisher = {PMLR},
          address = {Paris},
          doi = {10.1234/abc_d},
          url = {https://x.org/a_b?c=1&d},
        }
        """).lstrip()
    )


def test_bibtex_can_be_made_of_a_reference_that_was_never_written() -> None:
    made = bibtex(replace(entry(ALL_FIELDS), written=""))
    again = entry(made)

    assert again.names == entry(ALL_FIELDS).names
    assert again.get("title") == entry(ALL_FIELDS).get("title")
    assert "own" not in again.fields


def test_what_a_damaged_file_still_gives_is_given_away_whole() -> None:
    chance = random.Random(11)
    texts = [file.read_text("utf-8").split("\n") for file in FILES]
    passed = 0

    for _ in range(300):
        lines = chance.choice(texts)
        start = chance.randrange(len(lines))
        damaged = lines[start : start + 60]
        for _ in range(3):
            at = chance.randrange(len(damaged))
            damaged[at : at + 1] = chance.choice(([], [damaged[at][: len(damaged[at]) // 2]], [damaged[at], damaged[at]], [""]))
            damaged = damaged or [""]
        for one in read("\n".join(damaged), "x.bib")[0]:
            again = entry(Citation.of(one, "https://x.example.org/").bibtex)
            assert (again.key, again.kind, again.get("title")) == (one.key, one.kind, one.get("title"))
            passed += 1

    assert passed > 500


def test_an_entry_that_inherits_is_whole_when_it_stands_alone() -> None:
    found, _ = read("@inproceedings{a, title={A}, crossref={b}}\n@proceedings{b, title={B}, year={2020}}", "x.bib")

    alone = entry(bibtex(found[0]))

    assert (alone.get("booktitle"), alone.get("year"), alone.get("crossref")) == ("B", "2020", "")


@pytest.mark.parametrize("text", ["A & B", "<i>A</i> $x_1 < y$ 50%", "A_b #1 <sup>2</sup>", "a^b~c \\ {}"])
def test_text_survives_the_way_to_latex_and_back(text: str) -> None:
    escaped = text if "<i>" in text or "<sup>" in text else html.escape(text, quote=False)

    again = entry("@misc{a, note = {" + latex(escaped) + "}}")

    assert alike(again.get("note")) == alike(escaped)


def test_ris_says_what_reference_managers_ask_for() -> None:
    lines = ris(entry(ALL_FIELDS)).split("\n")

    assert lines[0] == "TY  - CPAPER"
    assert [line for line in lines if line.startswith("AU")] == [
        "AU  - Folio, Robin",
        "AU  - van der Berg, Ada, Jr.",
        "AU  - OpenAI Team",
    ]
    assert "DA  - 2026/06/" in lines
    assert "TI  - Why SGD works: $L^2 < 3$ & more" in lines
    assert [line for line in lines if line.startswith("KW")] == ["KW  - theory"]
    assert lines[-2:] == ["ER  - ", ""]


def test_csl_json_names_people_in_their_parts_and_dates_in_theirs() -> None:
    item = json.loads(csl_json(entry(ALL_FIELDS)))[0]

    assert item["type"] == "paper-conference"
    assert item["issued"] == {"date-parts": [[2026, 6]]}
    assert item["author"][1:] == [
        {"family": "Berg", "given": "Ada", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "OpenAI Team"},
    ]
    assert item["title"] == 'Why <span class="nocase">SGD</span> works: $L^2 < 3$ & <i>more</i>'


@pytest.mark.parametrize(
    ("kind", "csl", "word"),
    [
        ("article", "article-journal", "Article"),
        ("phdthesis", "thesis", "PhD thesis"),
        ("software", "software", "Software"),
        ("misc", "document", "Other"),
        ("nonsense", "document", "Other"),
    ],
)
def test_a_type_has_its_name_in_every_format(kind: str, csl: str, word: str) -> None:
    found = kind_of(entry(f"@{kind}{{a, title = {{A}}, journal = {{J}}}}"))

    assert (found.csl, found.word) == (csl, word)


def test_what_is_on_arxiv_alone_is_a_preprint() -> None:
    alone = entry("@misc{a, title={A}, eprint={arXiv:2001.08361}}")
    published = entry("@article{a, title={A}, journal={J}, eprint={2001.08361}, archiveprefix={arXiv}}")

    assert kind_of(alone).word == "Preprint"
    assert url_of(alone) == "https://arxiv.org/abs/2001.08361"
    assert kind_of(published).word == "Article"


def test_a_page_of_the_site_can_be_cited() -> None:
    source = Source.parse("---\ntitle: Theory of <scaling> laws\ndate: 2026-03-01\ntags: [a]\n---\n", Path("x.md"), "pages/x.md")
    note = ResearchNote.load(source, "notes/research/x")
    facts = Facts(title="Notes", author=Author(name="Robin Folio"))

    made = reference_of(note, facts, "https://folio.example.org/x/", "What is known.")

    assert made.key == "folio2026theory"
    assert pandoc(bibtex(made), "bibtex")["folio2026theory"] == {
        "id": "folio2026theory",
        "type": "webpage",
        "title": "Theory of <scaling> laws",
        "author": [{"family": "Folio", "given": "Robin"}],
        "issued": {"date-parts": [[2026, 3, 1]]},
        "URL": "https://folio.example.org/x/",
        "publisher": "Notes",
        "language": "en",
    }
    assert json.loads(csl_json(made))[0]["issued"] == {"date-parts": [[2026, 3, 1]]}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Robin Folio", "R. Folio", True),
        ("Robin Folio", "Folio, R.", True),
        ("Robin Folio", "Folio, Robin P.", True),
        ("Robin Folio", "R.P. Folio", True),
        ("Robin Folio", "Rachel Folio", False),
        ("Robin Folio", "Folio", False),
        ("Robin Folio", "Robin Quire", False),
        ("Jean-Baptiste Müller", "J.-B. Muller", True),
        ("Ada van der Berg", "Berg, Ada van der", True),
        ("样例文", "样例, 文", True),
    ],
)
def test_a_person_is_known_under_several_spellings(one: str, other: str, is_same: bool) -> None:
    assert same(named(one), named(other)) is is_same
    assert same(named(other), named(one)) is is_same
