"""Short texts at places that are known: `humans.txt`, `llms.txt` and `security.txt`."""

from __future__ import annotations

import re

import pytest

from .site_tree import BASE_URL, SiteTree

SITE = """
title: Notes
description: What I found out.
author:
  name: Robin Folio
  position: PhD student
  links:
    - {label: Code, url: "https://code.example.org/"}
"""


def text(tree: SiteTree, url: str) -> str:
    """A text that the site has."""
    response = tree.app().test_client().get(url, buffered=True)
    assert (response.status_code, response.mimetype) == (200, "text/plain")
    return response.get_data(as_text=True)


def test_humans_are_told_who_made_the_site(tree: SiteTree) -> None:
    tree.write("pages/site.yml", SITE)

    told = text(tree, "/humans.txt")

    assert told.startswith("/* AUTHOR */\nRobin Folio\nPhD student\nCode: https://code.example.org/\n")
    assert "\n\n\n" not in told


def test_models_get_a_list_of_what_is_listed_in_their_form(tree: SiteTree) -> None:
    tree.write("pages/site.yml", SITE)
    tree.entry("posts/index", title="My posts")
    tree.entry("posts/a", title='"[A] post on $L^2$ & more"', date="2026-01-02", summary="It *says*\n  much.")
    tree.entry("posts/hidden", date="2026-01-02", unlisted="true")
    tree.entry("posts/draft", date="2026-01-02", draft="true")
    tree.entry("about", body="")
    tree.write("pages/publications.bib", "@article{w, title={A {Work}}, author={Robin Folio}, year={2025}}")

    told = text(tree, "/llms.txt")

    assert told.startswith("# Notes\n\n> What I found out.\n\nRobin Folio, PhD student.\n")
    assert re.findall("^## (.+)$", told, re.MULTILINE) == ["My posts", "Publications", "Pages"]
    assert f"- [(A) post on L² & more]({BASE_URL}posts/a/): It says much.\n" in told
    assert f"- [A Work]({BASE_URL}publications/w/): Article, 2025\n" in told
    assert f"- [About]({BASE_URL}about/)\n" in told
    assert "hidden" not in told.lower()
    assert "draft" not in told.lower()


def test_a_title_of_2000_characters_is_one_line(tree: SiteTree) -> None:
    tree.entry("about", title="word " * 400, body="words " * 1000)

    (line,) = [line for line in text(tree, "/llms.txt").splitlines() if line.startswith("- ")]

    assert len(line) < 2300


def test_a_hole_can_be_told_of_where_the_author_says_so(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "security: {contact: robin@example.org, expires: 2027-01-31}\n")

    tree.freeze()

    assert tree.frozen(".well-known/security.txt") == (
        "Contact: mailto:robin@example.org\nExpires: 2027-01-31T00:00:00Z\nPreferred-Languages: en\n"
        f"Canonical: {BASE_URL}.well-known/security.txt\n"
    )


def test_a_site_has_only_what_it_can_say(tree: SiteTree) -> None:
    tree.freeze(base_url=None)

    assert {"humans.txt", "llms.txt", ".well-known/security.txt"} & {*tree.release()} == {"humans.txt"}
    assert tree.app(base_url=None).test_client().get("/llms.txt").status_code == 404
    assert tree.app().test_client().get("/.well-known/security.txt").status_code == 404


def test_other_texts_are_the_authors_own(tree: SiteTree) -> None:
    tree.entry("about", body="[Data](data.txt)")
    tree.write("pages/data.txt", "1 2 3")

    assert text(tree, "/data.txt") == "1 2 3"
    assert tree.app().test_client().get("/nothing.txt").status_code == 404


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{contact: robin@example.org}", "'expires' is missing"),
        ("{contact: robin@example.org, expires: soon}", "expires: 'soon' is not a date"),
        ("{contact: robin@example.org, expires: 2027-02-30}", "expires: '2027-02-30' is no day of the calendar"),
        ("{contact: me, expires: 2027-01-31}", "contact: 'me' is nowhere to write to"),
        ("{contact: 'http://example.org', expires: 2027-01-31}", "contact: 'http://example.org' is nowhere to write to"),
        ("{expires: 2027-01-31}", "'contact' is missing"),
    ],
)
def test_what_cannot_be_a_contact_is_told(tree: SiteTree, written: str, message: str) -> None:
    tree.write("pages/site.yml", f"security: {written}\n")

    (problem,) = tree.problems()

    assert (problem.path, problem.line) == ("pages/site.yml", 1)
    assert problem.message.startswith(message)
    assert problem.hint
