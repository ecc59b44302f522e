"""A new entry is a draft that has no problem, with every field of its type, in the folder where it belongs."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.content import Entry
from app.content.entry import Text
from app.content_types import COLLECTIONS
from app.kinds import KINDS, Kind
from app.new import create

from .site_tree import SiteTree

TODAY = date(2026, 2, 3)


class Dataset(Entry):
    """A data set that others can use."""

    size: Text


BIB = "@article{x, title = {X}, author = {Ada Example}, year = {2026}, journal = {J}}"


def made(tree: SiteTree, kind: str, title: str) -> Path:
    """A new entry in a site that knows a work."""
    tree.write("pages/publications.bib", BIB)
    return create(tree.site(), KINDS[kind], "x" if kind == "publication" else title, TODAY)


def octavo(tree: SiteTree, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command where nobody can be asked."""
    command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), *words]
    environ = {**os.environ, **environ}
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environ, check=False, timeout=60)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_of_every_kind_is_a_draft_without_a_problem(tree: SiteTree, kind: str) -> None:
    file = made(tree, kind, 'On "losses": 100 % & more')

    site = tree.site(drafts=True)

    (entry,) = [one for one in site.store if one.path == file.relative_to(tree.folder).as_posix()]
    title = "x" if kind == "publication" else 'On "losses": 100 % & more'
    assert (entry.title, entry.draft, entry.date, type(entry)) == (title, True, TODAY, KINDS[kind].type)
    assert octavo(tree, "check").returncode == 0


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_every_field_of_its_type_and_says_what_each_is_for(tree: SiteTree, kind: str) -> None:
    file = made(tree, kind, "On losses")
    written = file.read_text()

    file.write_text(re.sub("^# ", "", written, flags=re.MULTILINE))
    (entry,) = [one for one in tree.site(drafts=True).store if one.path == file.relative_to(tree.folder).as_posix()]

    assert entry.source.front.values.keys() == {info.alias or name for name, info in type(entry).model_fields.items()}
    assert all(re.search(r"  # \S.*\.$", line) for line in written.splitlines()[1:-2])
    assert sorted(re.findall(r"^(\w+):", written, re.MULTILINE)) == sorted([*KINDS[kind].required, "date", "draft"])


def test_every_type_that_has_a_folder_can_be_made() -> None:
    assert {kind.type for kind in KINDS.values()} >= {one.type for one in COLLECTIONS}
    assert all(kind.about.endswith(".") for kind in KINDS.values())


def test_a_field_says_which_words_can_stand_in_it_and_what_its_groups_have(tree: SiteTree) -> None:
    note, cv = (
        create(tree.site(), KINDS["note"], "A", TODAY).read_text(),
        create(tree.site(), KINDS["cv"], "CV", TODAY).read_text(),
    )

    assert re.search("\n# status: ongoing +# How it stands: ongoing, finished, paused, dropped.\n", note)
    assert re.search(r"\n# education: \[\] +# Degrees: each with title, when, place, details, url.\n", cv)


@pytest.mark.parametrize(
    ("kind", "title", "path"),
    [
        ("note", "On the shape of losses", "notes/research/on-the-shape-of-losses"),
        ("post", "C++", "posts/cplusplus"),
        ("post", "神经网络", "posts/神经网络"),
        ("page", "!!!", "21-21-21"),
        ("page", "Aux", "page-aux"),
        ("page", "Index", "page-index"),
        ("page", "Tags", "page-tags"),
        ("note", "Index", "notes/research/note-index"),
        ("post", "word " * 60, "posts/" + ("word-" * 16).rstrip("-")),
        ("post", "数" * 200, "posts/" + "数" * 80),
    ],
)
def test_its_name_comes_from_its_title_and_is_one_that_every_system_allows(
    tree: SiteTree, kind: str, title: str, path: str
) -> None:
    file = create(tree.site(), KINDS[kind], title, TODAY)

    assert file == tree.folder / "pages" / f"{path}.md"
    assert tree.site().store.problems == ()


@pytest.mark.parametrize("title", ["null", "~", "[Draft]", "@home", "A: B", "'", "\\theta", "-", "# x", "a\nb", "010"])
def test_its_title_is_read_back_as_it_was_given(tree: SiteTree, title: str) -> None:
    create(tree.site(), KINDS["post"], title, TODAY)

    (post,) = tree.site(drafts=True).query("posts")

    assert post.title == title


@pytest.mark.parametrize("id", ["posts/a", "posts/A", "posts/a/index"])
def test_an_entry_that_is_there_is_never_touched_and_none_gets_its_address(tree: SiteTree, id: str) -> None:
    file = tree.entry(id, date="2026-01-01")
    before = file.read_bytes()

    with pytest.raises(FileExistsError, match="is there already"):
        create(tree.site(), KINDS["post"], "A", TODAY)

    assert file.read_bytes() == before
    assert [one.name for one in (tree.folder / "pages" / "posts").iterdir()] == [file.relative_to(tree.folder).parts[2]]


def test_a_file_that_appears_meanwhile_is_not_overwritten(tree: SiteTree) -> None:
    site = tree.site()
    site.store.query()
    file = tree.write("pages/posts/a.md", "mine")

    with pytest.raises(FileExistsError):
        create(site, KINDS["post"], "A", TODAY)

    assert file.read_text() == "mine"


@pytest.mark.parametrize("title", ["", "  ", "\n"])
def test_an_entry_needs_a_title(tree: SiteTree, title: str) -> None:
    with pytest.raises(ValueError, match="a title is needed"):
        create(tree.site(), KINDS["post"], title, TODAY)


def test_a_type_of_ones_own_has_its_required_fields(tree: SiteTree) -> None:
    kind = Kind("dataset", Dataset, "data")

    with pytest.raises(ValueError, match="'size' is needed"):
        create(tree.site(), kind, "Digits", TODAY)
    file = create(tree.site(), kind, "Digits", TODAY, {"size": "10 GB"})

    assert file == tree.folder / "pages" / "data" / "digits.md"
    assert "\nsize: 10 GB\n" in file.read_text()


def test_other_fields_can_be_given_and_an_unknown_one_is_told(tree: SiteTree) -> None:
    file = create(tree.site(), KINDS["note"], "A", TODAY, {"status": "paused", "tags": "one, two"})
    unknown = octavo(tree, "new", "note", "B", "--set", "statsu=paused")

    (note,) = tree.site(drafts=True).query("notes/research")
    assert (note.label, note.tags) == ("Paused", ("one", "two"))
    assert "# status" not in file.read_text()
    assert unknown.returncode == 1
    assert "there is no field 'statsu' in a note; did you mean 'status'?" in unknown.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what to begin: note, statement, course, post"),
        (("note",), "'title' is missing"),
        (("publication",), "'key' is missing"),
        (("nota", "A"), "did you mean 'note'?"),
        (("note", "A", "--set", "status"), "'status' is no FIELD=TEXT"),
    ],
)
def test_where_nobody_can_be_asked_it_tells_what_is_missing(tree: SiteTree, words: tuple[str, ...], said: str) -> None:
    result = octavo(tree, "new", *words)

    assert result.returncode == 2
    assert said in result.stderr
    assert sorted(path.name for path in (tree.folder / "pages").iterdir()) == ["index.md"]


def at_a_terminal(tree: SiteTree, typed: str, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command where somebody types."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), *words]
    environ = {**os.environ, **environ}
    result = subprocess.run(command, stdin=theirs, capture_output=True, text=True, env=environ, check=False, timeout=60)
    os.close(ours)
    os.close(theirs)
    return result


def test_on_a_terminal_it_asks(tree: SiteTree) -> None:
    result = at_a_terminal(tree, "talk\nOn losses\n", "new")

    (talk,) = tree.site(drafts=True).query("talks")
    assert result.returncode == 0
    assert re.search(r"\n  talk +A talk: where, when", result.stdout)
    assert talk.title == "On losses"
    assert result.stdout.endswith("talks/on-losses.md\n")


def test_it_opens_the_editor_that_its_author_has_below_the_fields(tree: SiteTree) -> None:
    vim = tree.write("bin/vim", '#!/bin/sh\necho "$@"\n')
    vim.chmod(0o755)

    result = at_a_terminal(tree, "", "new", "note", "A", "--open", VISUAL=str(vim), OCTAVO_EDITOR="")

    file = tree.folder / "pages/notes/research/a.md"
    lines = file.read_text().splitlines()
    assert result.stdout.endswith(f"+call cursor({len(lines)}, 1) {file}\n")
    assert lines[-2:] == ["---", ""]


def test_without_an_editor_it_says_how_to_name_one(tree: SiteTree) -> None:
    result = octavo(tree, "new", "note", "A", "--open", VISUAL="", EDITOR="", OCTAVO_EDITOR="")

    assert result.returncode == 0
    assert "name yours in VISUAL or EDITOR" in result.stderr
