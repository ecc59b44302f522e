"""A freeze that makes only what has changed gives the bytes of one from nothing."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from app import VIEWS, create_app
from app.config import Config
from app.problems import Problems
from app.reads import Remembered, note, recorded
from app.release.evidence import KINDS, Evidence
from app.release.freezer import Options, freeze
from app.release.program import program_of
from app.release.records import WORDS
from app.settled import state_of_site

from .edits import Author
from .site_tree import SiteTree

ROUNDS = 300 if os.environ.get("OCTAVO_LONG") else 30


def frozen(folder: Path, out: Path, cache: bool = True) -> dict[str, bytes] | tuple[str, ...]:
    """The files of a release of a site folder, or what is wrong with it."""
    app = create_app(folder, Config(cache=cache))
    try:
        freeze(app, VIEWS, out, options=Options(1))
    except Problems as error:
        return tuple(problem.message for problem in error.problems)
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}


def from_nothing(folder: Path, aside: Path) -> dict[str, bytes] | tuple[str, ...]:
    """The same of a copy of the folder, of which nothing is known."""
    shutil.rmtree(aside, ignore_errors=True)
    for name in ("pages", "templates"):
        if (folder / name).exists():
            shutil.copytree(folder / name, aside / name)
    return frozen(aside, aside / "build", cache=False)


@pytest.mark.parametrize(("seed", "without"), [(1, "[search, cards, math-font]"), (2, "[]")])
def test_after_any_edit_the_release_is_that_of_a_freeze_from_nothing(tmp_path: Path, seed: int, without: str) -> None:
    author = Author(tmp_path / "site", seed, without)
    frozen(author.folder, author.folder / "build")
    rounds = ROUNDS if without != "[]" or ROUNDS > 100 else 4
    done = []
    before = from_nothing(author.folder, tmp_path / "aside")

    for _ in range(rounds):
        saved = tmp_path / "saved"
        shutil.rmtree(saved, ignore_errors=True)
        shutil.copytree(author.folder / "pages", saved)
        done.append(author.work())
        now, expected = frozen(author.folder, author.folder / "build"), from_nothing(author.folder, tmp_path / "aside")

        assert now == expected or differences(now, expected) == {}, (done, differences(now, expected))
        if isinstance(expected, tuple):
            shutil.rmtree(author.folder / "pages")
            shutil.copytree(saved, author.folder / "pages")
        else:
            before = expected

    assert isinstance(before, dict)


def differences(one: dict[str, bytes] | tuple[str, ...], other: dict[str, bytes] | tuple[str, ...]) -> dict[str, str]:
    """What two freezes have made that is not the same."""
    if isinstance(one, tuple) or isinstance(other, tuple):
        told = [found if isinstance(found, tuple) else () for found in (one, other)]
        return {} if one == other else {"problems": str(told)}
    return {path: kind(one.get(path), other.get(path)) for path in {*one, *other} if one.get(path) != other.get(path)}


def kind(one: bytes | None, other: bytes | None) -> str:
    """Where two files begin to differ."""
    if one is None or other is None:
        return "only one has it"
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(at - 40, 0) : at + 40]!r} {other[max(at - 40, 0) : at + 40]!r}"


def test_everything_that_can_be_read_can_be_told_in_words() -> None:
    assert set(WORDS) == set(KINDS)


def test_nothing_is_made_again_where_nothing_has_changed(tree: SiteTree) -> None:
    tree.entry("index")
    tree.entry("notes/research/a", "See [[b]].")
    tree.entry("notes/research/b")
    tree.freeze()

    made: list[str] = []
    freeze(tree.app(), VIEWS, tree.folder / "build", lambda done, total, url: made.append(url), Options(1))

    assert made in ([], ["/pagefind/pagefind-entry.json"])


def test_another_body_makes_only_the_pages_again_that_show_it(tree: SiteTree) -> None:
    tree.entry("index")
    tree.entry("notes/index", sections=["notes/research"])
    tree.entry("notes/research/index")
    tree.entry("notes/research/a", "First.", abstract="Short.")
    tree.entry("notes/research/b", "![[a]]", abstract="Short.")
    tree.entry("notes/research/c", "Third.", abstract="Short.")
    tree.freeze()

    tree.entry("notes/research/a", "Changed.", abstract="Short.")
    made: list[str] = []
    changes = freeze(
        tree.app(), VIEWS, tree.folder / "build", lambda done, total, url: made.append(url), Options(1, "/notes/research/b/")
    )

    assert {"/notes/research/a/", "/notes/research/b/"} <= set(made)
    assert not {"/notes/research/c/", "/notes/", "/"} & set(made)
    assert changes.why == ("the text of pages/notes/research/a.md",)


def test_a_file_of_the_release_that_somebody_has_changed_is_made_again(tree: SiteTree) -> None:
    tree.entry("index", "Hello.")
    tree.freeze()
    page = tree.folder / "build" / "index.html"
    page.write_text("another")

    tree.freeze()

    assert "Hello." in page.read_text()


def reused(tree: SiteTree) -> None:
    """Freeze a site after an edit, and compare with a freeze of the same from nothing."""
    tree.freeze()
    shutil.rmtree(tree.folder / ".octavo")
    tree.freeze("fresh")

    assert tree.release() == tree.release("fresh")


def test_another_title_reaches_where_only_a_name_leads_to_it(tree: SiteTree) -> None:
    tree.entry("notes/research/a", "See [[b]].", date="2026-01-01", tags="[theory]", abstract="With [[b]].")
    tree.entry("notes/research/b", "Short.", date="2026-01-01")
    tree.freeze()

    tree.entry("notes/research/b", "Short.", date="2026-01-01", title="Changed")

    reused(tree)


def test_another_title_reaches_the_old_addresses(tree: SiteTree) -> None:
    tree.entry("notes/research/a", aliases="[/old/]")
    tree.freeze()

    tree.entry("notes/research/a", aliases="[/old/]", title="Changed")

    reused(tree)
    assert "Changed" in tree.frozen("old/index.html")


def test_another_tag_of_a_translation_reaches_what_is_related_in_its_language(tree: SiteTree) -> None:
    for name in "abc":
        tree.entry(f"notes/research/{name}", date="2026-01-01")
        tree.entry(f"notes/research/{name}.zh", date="2026-01-01", tags="[一]" if name != "c" else "[二]")
    tree.freeze()

    tree.entry("notes/research/c.zh", date="2026-01-01", tags="[一]")

    reused(tree)


def test_a_font_of_the_authors_own_is_a_part_of_what_decides(tree: SiteTree) -> None:
    tree.freeze()
    before = state_of_site(tree.folder)
    program = program_of(tree.site(), Evidence(tree.site()))

    tree.write("fonts/own.ttf", "another")

    assert state_of_site(tree.folder) != before
    assert program_of(tree.site(), Evidence(tree.site())) != program


def test_what_was_read_before_a_failure_is_told_to_whoever_records() -> None:
    made = Remembered()

    def fail() -> None:
        note("file", "a.png")
        raise ValueError

    for _ in range(2):
        with recorded() as reads, suppress(ValueError):
            made.get("a", fail)
        assert reads == {("file", "a.png")}
