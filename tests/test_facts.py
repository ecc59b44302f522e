"""The author's facts are read from `site.yml`, and checked like any content."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.content import Facts
from app.content.facts import as_base
from app.problems import Problems

from .site_tree import SiteTree


def test_a_site_without_the_file_has_the_defaults(tmp_path: Path) -> None:
    assert Facts.read(tmp_path) == (Facts(), None)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeff", "title:\nurl:\n"])
def test_an_empty_file_has_the_defaults(tree: SiteTree, text: str) -> None:
    tree.write("pages/site.yml", text.encode())

    facts, _ = Facts.read(tree.folder)

    assert facts == Facts()


def test_everything_that_can_be_said_is_read(tree: SiteTree) -> None:
    tree.write(
        "pages/site.yml",
        """
        title: Robin Folio
        author:
          name: Robin Folio
          other_names: [R. Folio]
          email: robin@example.org
          orcid: https://orcid.org/0000-0002-1825-0097
          links:
            - {label: Code, url: "https://code.example.org/"}
        url: https://folio.example.org/sub
        lang: NO
        navigation: [notes, about]
        licence: {name: CC BY 4.0}
        notes_per_page: 010
        """,
    )

    facts, source = Facts.read(tree.folder)

    assert source is not None
    assert (facts.title, facts.lang, facts.notes_per_page) == ("Robin Folio", "NO", 10)
    assert facts.url == "https://folio.example.org/sub/"
    assert facts.author.links[0].label == "Code"
    assert facts.navigation == ("notes", "about")


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("titel: a", "1:1", "unknown field 'titel'", "did you mean 'title'?"),
        ("\ufefftitel: a", "1:1", "unknown field 'titel'", "did you mean 'title'?"),
        ("# a\nauthor:\n  nmae: a", "3:3", "unknown field 'nmae'", "did you mean 'name'?"),
        ("author:\n  links:\n    - label: a", "3:7", "'url' is missing", "url: ..."),
        ("title: a\ntitle: b", "2:1", "'title' stands twice; the first is on line 1", "keep one"),
        ("author: Robin", "1:9", "author: 'Robin' is not a group of fields", "below it"),
        ("url: folio.example.org", "1:6", "is not the address of a site", ""),
        ("title: A: B", "1:9", "this is not YAML", "in quotes"),
        ("Just text", "1:1", "'key: value' lines", "in quotes"),
        ("title: " + "[" * 1_000_000, "1:1", "too long", "64,000"),
        ("title: " + "[" * 60_000, "1:", "nested or repeated too deeply", "write the values out"),
    ],
)
def test_a_mistake_is_one_problem_at_its_place(tree: SiteTree, text: str, place: str, message: str, hint: str) -> None:
    tree.write("pages/site.yml", text.encode())

    with pytest.raises(Problems) as caught:
        Facts.read(tree.folder)

    (problem,) = caught.value.problems
    assert problem.path == "pages/site.yml"
    assert f"{problem.line}:{problem.column}".startswith(place)
    assert message in problem.message
    assert hint in problem.hint


def test_a_folder_or_a_dangling_link_in_its_place_is_a_problem(tree: SiteTree) -> None:
    place = tree.folder / "pages" / "site.yml"
    place.mkdir()

    with pytest.raises(Problems, match=r"pages/site\.yml:1:1: this is not a file"):
        Facts.read(tree.folder)
    place.rmdir()
    place.symlink_to("gone.yml")
    with pytest.raises(Problems, match=r"pages/site\.yml:1:1: the file is not there"):
        Facts.read(tree.folder)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org//", "https://example.org/"),
        ("http://example.org/~robin/notes", "http://example.org/~robin/notes/"),
        ("https://user.github.io/repo/", "https://user.github.io/repo/"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/"),
    ],
)
def test_the_address_of_a_site_ends_with_a_slash(url: str, base: str) -> None:
    assert as_base(url) == base


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "/sub/", "ftp://example.org/", "https://", "https:///a", "https://:80/", "https://example.org/?a=b",
     "https://example.org/#a", "https://exa mple.org/", "javascript:alert(1)", "http://["],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"address of a site|Invalid IPv6"):
        as_base(url)
