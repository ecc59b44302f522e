"""Naming: what an entry can be called, and which part of it a name means."""

from __future__ import annotations

import unicodedata

import pytest

from app.answers.naming import called, ends, folded, names_of, part_of, some
from app.content.addresses import Nowhere
from app.markup import parse

from .site_tree import SiteTree


def test_an_entry_is_called_by_every_end_of_its_path() -> None:
    assert list(ends("a/b/c")) == ["a/b/c", "b/c", "c"]
    assert list(ends("a")) == ["a"]


@pytest.mark.parametrize(
    ("written", "name"),
    [("A/B", "a/b"), (" a ", "a"), ("/a/b/", "a/b"), ("a.md", "a"), ("a.mdx", "a.mdx"), ("Straße", "strasse"), ("É", "é")],
)
def test_differences_that_do_not_count_are_folded(written: str, name: str) -> None:
    assert folded(written) == folded(unicodedata.normalize("NFD", written)) == name


def found(tree: SiteTree, name: str) -> str:
    """The id of the entry that a name means."""
    store = tree.site().store
    return called(names_of(store), store, name).id


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("notes/x", "notes/x"),
        ("x", "notes/x"),
        ("X.md", "notes/x"),
        ("Title of x", "notes/x"),
        ("notes", "notes"),
        ("research", "notes/research"),
        ("index", "index"),
        ("research/y", "notes/research/y"),
    ],
)
def test_a_name_is_a_path_or_its_end_or_a_title(tree: SiteTree, name: str, id: str) -> None:
    tree.entry("notes/index", title="All notes")
    tree.entry("notes/research/index", title="Research notes")
    tree.entry("notes/x", title="Title of X")
    tree.entry("notes/research/y")

    assert found(tree, name) == id


def test_the_whole_path_comes_before_the_end_of_another(tree: SiteTree) -> None:
    tree.entry("x", title="One")
    tree.entry("notes/x", title="Two")

    assert found(tree, "x") == "x"
    assert found(tree, "notes/x") == "notes/x"


def test_two_with_one_title_are_told_and_can_be_told_apart_by_path(tree: SiteTree) -> None:
    tree.entry("a", title="Same")
    tree.entry("b", title="same")

    with pytest.raises(Nowhere) as error:
        found(tree, "Same")

    assert error.value.message == "'Same' is the name of 2 entries: 'a', 'b'"
    assert error.value.hint == "write its path: [[a]]"
    assert found(tree, "b") == "b"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing", "no entry is called 'nothing'"),
        ("later", "'notes/later' is a draft and will not be there"),
        ("bad", "'notes/bad' has a problem of its own"),
        ("", "no entry is called ''"),
        ("/", "no entry is called '/'"),
    ],
)
def test_a_name_of_nothing_says_why(tree: SiteTree, name: str, message: str) -> None:
    tree.entry("notes/later", draft="true")
    tree.write("pages/notes/bad.md", "---\ntitle: [\n---\n")

    with pytest.raises(Nowhere) as error:
        found(tree, name)

    assert error.value.message == message


def test_a_part_is_an_id_or_the_words_of_a_heading() -> None:
    document = parse("## The *Method* {#sec:m}\n\n## Results & more\n\n<b id='x'>y</b>", "pages/a.md")

    assert part_of(document, "sec:m") == "sec:m"
    assert part_of(document, "the method") == "sec:m"
    assert part_of(document, "Results & more") == "results--more"
    assert part_of(document, "x") == "x"


def test_of_two_headings_with_the_same_words_the_first_is_meant() -> None:
    assert part_of(parse("## One\n\n## One"), "One") == "one"


def test_a_part_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(Nowhere) as error:
        part_of(parse("## Method", "pages/a.md"), "Methods")

    assert error.value.message == "'pages/a.md' has no '#Methods'"
    assert error.value.hint == "did you mean 'Method'?"


def test_of_many_names_the_first_are_said() -> None:
    assert some(["a", "b"]) == "'a', 'b'"
    assert some(list("abcdefg")) == "'a', 'b', 'c', 'd', 'e' and 2 more"
