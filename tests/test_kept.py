"""Documents to bytes and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.markup import parse
from app.markup.kept import dumped, dumped_outline, loaded, loaded_outline, maker

ICLR = sorted((Path(__file__).parent / "corpora" / "iclr-blogposts").glob("*.md"))

TEXTS = (
    "",
    "Words.",
    "## On @eq:a and [@k] {#sec:a}\n\n$$ x $$ {#eq:a}\n\nSee [x](y.md), [[z#a|b]], ![[c]] and [see *e.g.* @k, p. 3; -@l].",
    "::: theorem {#thm:a} T $x$\nA[^n] ^[side].\n:::\n\n![[d#thm:x]]\n\n[^n]: Note.",
    '![a](b.png "C") {#fig:x}\n\n| a |\n|---|\n| b |\n: C {#tbl:t}\n\n<!-- more -->\n\n```python\nx = 1\n```',
    "中文 \U0001f600 \u2028 \ufffc \x0b é",
    "[nope] $\\nope$ [^x] ::: \n\n:::",
    "::: lemma {#a}\n:::\n\n::: lemma {#a}\n:::",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_comes_back_as_it_was(text: str) -> None:
    document = parse(text, "pages/a.md", first_line=4)

    assert loaded(dumped(document)) == document
    assert loaded_outline(dumped_outline(document.outline)) == document.outline
    assert dumped(loaded(dumped(document))) == dumped(document)


@pytest.mark.parametrize("file", ICLR, ids=lambda file: file.stem)
def test_a_real_post_comes_back_as_it_was(file: Path) -> None:
    document = parse(file.read_text("utf-8"), "pages/a.md")

    assert loaded(dumped(document)) == document
    assert hash(loaded(dumped(document))) == hash(document)


def test_what_is_kept_is_plain_json() -> None:
    kept = dumped(parse(TEXTS[2], "pages/a.md"))

    assert json.loads(kept)["path"] == "pages/a.md"
    assert b"__" not in kept


def test_the_same_document_gives_the_same_bytes() -> None:
    text = "".join(f"<b id='{letter}'>x</b> " for letter in "qwertzuiopasdfghjkl")

    assert dumped(parse(text)) == dumped(parse(text))


WRONG = (b"", b"{", b"null", b"[]", b"{}", b'{"path": 1}', b"\xff\xfe", b"[1, 2]", b'"text"', b"[[[1]], []]", b"5", b"[[], [[]]]")


@pytest.mark.parametrize("kept", WRONG)
def test_bytes_that_are_no_document_are_refused(kept: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        loaded(kept)


@pytest.mark.parametrize("kept", [one for one in WRONG if one not in (b"[[], []]",)])
def test_bytes_that_are_no_outline_are_refused(kept: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        loaded_outline(kept)


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_a_document_cut_short_is_refused(at: int) -> None:
    kept = dumped(parse(TEXTS[2], "pages/a.md"))

    with pytest.raises((ValueError, KeyError, TypeError)):
        loaded(kept[: len(kept) * at // 100])


def test_the_version_of_the_program_is_told_by_what_it_is_made_of() -> None:
    assert len(maker()) == 64
    assert maker() == maker()
