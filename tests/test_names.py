"""Names of files become ids and URLs, or are told as Problems."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.names import hidden, id_of, name_problem, passed_over, slug, walk


@pytest.mark.parametrize(
    ("path", "id"),
    [
        ("index", "index"),
        ("about", "about"),
        ("notes/index", "notes"),
        ("notes/research/a", "notes/research/a"),
        ("notes/my index", "notes/my index"),
        ("index/index", "index"),
        (unicodedata.normalize("NFD", "café"), unicodedata.normalize("NFC", "café")),
    ],
)
def test_an_id_is_the_path_and_a_list_page_has_that_of_its_folder(path: str, id: str) -> None:
    assert id_of(path) == id


@pytest.mark.parametrize(
    ("words", "segment"),
    [
        ("On the shape of losses", "on-the-shape-of-losses"),
        ("C++ & Rust", "cplusplus-rust"),
        ("  Spaces  ", "spaces"),
        ("Été à Zürich", "été-à-zürich"),
        ("神经网络", "神经网络"),
        ("a/b\\c?d#e%f", "a-b-c-dsharpe-f"),
        ("!!!", "21-21-21"),
    ],
)
def test_words_become_a_segment_of_a_url(words: str, segment: str) -> None:
    assert slug(words) == segment


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_the_segment_of_any_words_is_their_segment_again_and_can_be_a_name(words: str) -> None:
    segment = slug(words)

    assert segment
    assert slug(segment) == segment
    assert not set(segment) & set('/\\%#?:*"<>| ')


@pytest.mark.parametrize(
    "path",
    [
        "pages/a.md",
        "pages/my note.md",
        "pages/it's.md",
        "pages/😀.md",
        "pages/a&b.md",
        "pages/数学/é.md",
        "pages/a.b.md",
        "pages/console.md",
    ],
)
def test_a_name_that_can_be_a_url_is_no_problem(path: str) -> None:
    assert name_problem(path) is None


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("pages/100%.md", "the name '100%.md' has the character '%'", "'100-.md'"),
        ("pages/c#.md", "the name 'c#.md' has the character '#'", "'c-.md'"),
        ("pages/why?.md", "has the character '?'", "'why-.md'"),
        ('pages/"a".md', "has the character '\"'", "'-a-.md'"),
        ("pages/a:b.md", "has the character ':'", "'a-b.md'"),
        ("pages/a\\b.md", "has the character", "'a-b.md'"),
        ("pages/a\nb.md", "has the character '\\n'", "'a-b.md'"),
        ("pages/a\u202eb.md", "has the character '\\u202e'", "'a-b.md'"),
        ("pages/x?/a.md", "the name 'x?'", "'x-'"),
        ("pages/a\udcff.md", "the name 'a\\udcff.md' has the character '\\udcff'", "'a-.md'"),
        ("pages/CON.md", "the name 'CON.md' cannot be a file on every system", "Windows"),
        ("pages/nul.md", "the name 'nul.md' cannot be a file on every system", "Windows"),
        ("pages/com1.old.md", "the name 'com1.old.md' cannot be a file on every system", "Windows"),
        ("pages/aux/a.md", "the name 'aux' cannot be a file on every system", "Windows"),
        ("pages/ a.md", "the name ' a.md' cannot be a file on every system", "no space"),
        ("pages/a .md", "the name 'a .md' cannot be a file on every system", "no space"),
        ("pages/a..md", "the name 'a..md' cannot be a file on every system", "no dot"),
        ("pages/b./a.md", "the name 'b.' cannot be a file on every system", "no dot"),
    ],
)
def test_a_name_that_cannot_be_a_url_everywhere_is_told_with_another(path: str, message: str, hint: str) -> None:
    problem = name_problem(path)

    assert problem is not None
    assert message in problem.message
    assert hint in problem.hint
    assert str(problem).encode()


def test_a_name_with_a_dot_before_it_is_hidden() -> None:
    assert hidden(".git")
    assert not hidden("a.md")


def test_files_and_folders_are_walked_in_order_without_the_hidden_ones(tmp_path: Path) -> None:
    for path in ("b.md", "a.md", ".c.md", "z/e.md", "d/f.md", ".git/g.md", "d/.h/i.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()

    walked = [(folder.relative_to(tmp_path).as_posix(), names) for folder, _, names in walk(tmp_path)]

    assert walked == [(".", ["a.md", "b.md"]), ("d", ["f.md"]), ("z", ["e.md"])]


def test_what_looks_like_content_and_is_not_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "A.MD").touch()
    (tmp_path / "b.markdown").touch()
    (tmp_path / "site.yaml").touch()
    (tmp_path / "link").symlink_to(tmp_path / "sub")
    (tmp_path / "plot.png").touch()

    problems = sorted(passed_over(tmp_path, "pages"))

    assert [(problem.path, problem.message, problem.hint) for problem in problems] == [
        ("pages/b.markdown", "files ending in '.markdown' are not read", "rename it to 'b.md'"),
        ("pages/link", "this folder is a symbolic link, which is not followed", "put the folder itself here"),
        ("pages/site.yaml", "files ending in '.yaml' are not read", "rename it to 'site.yml'"),
        ("pages/sub/A.MD", "files ending in '.MD' are not read", "rename it to 'A.md'"),
        ("pages/x.md", "'x.md' is a folder, not an entry", "rename the folder without '.md'"),
    ]


def test_hidden_folders_are_nobodys_content(tmp_path: Path) -> None:
    (tmp_path / ".obsidian" / "x.md").mkdir(parents=True)
    (tmp_path / ".obsidian" / "A.MD").touch()

    assert list(passed_over(tmp_path, "pages")) == []


def test_a_name_of_any_bytes_can_be_told(tmp_path: Path) -> None:
    os.mkdir(os.fsencode(tmp_path) + b"/caf\xe9.md")
    with open(os.fsencode(tmp_path) + b"/caf\xe9.MD", "wb"):
        pass

    problems = list(passed_over(tmp_path, "pages"))

    assert len(problems) == 2
    assert all(str(problem).encode() for problem in problems)
