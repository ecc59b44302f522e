"""The commands, as somebody types them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.folders import PROGRAM

from .site_tree import SiteTree

OCTAVO = Path(sys.executable).parent / "octavo"


def octavo(*words: str | Path, cwd: Path = PROGRAM, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `octavo` with these words."""
    command = [str(OCTAVO), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env={**os.environ, **environ}, check=False, timeout=120
    )


@pytest.mark.parametrize("command", ["serve", "freeze", "check", "new", "diff", "clean", "schema"])
def test_every_command_says_what_it_does(command: str) -> None:
    result = octavo(command, "--help")

    assert result.returncode == 0
    assert f"Usage: octavo {command}" in result.stdout
    assert len(result.stdout.splitlines()) > 6
    assert octavo("--help").stdout.count(f"\n  {command} ") == 1


def test_check_prints_every_problem_as_editors_read_them_and_ends_with_1(tree: SiteTree) -> None:
    tree.entry("one", "Text\n\n[a](nowhere.md)", titel="x")
    tree.entry("two", "$\\fraq{1}{2}$")

    result = octavo("--site", tree.folder, "check")

    assert result.returncode == 1
    assert "pages/one.md:3:1: unknown field 'titel'\n    did you mean 'title'?" in result.stderr
    assert "pages/two.md:5:2: this formula does not parse" in result.stderr
    assert "2 problems." in result.stderr
    assert "Traceback" not in result.stderr


def test_check_tells_what_a_freeze_would_refuse_and_what_is_wrong_with_drafts(tree: SiteTree) -> None:
    tree.entry("about", "See [it](secret.md).")
    tree.entry("secret", "[a](nowhere.md)", draft="true")

    result = octavo("--site", tree.folder, "check")

    assert "pages/about.md:5:5: 'secret' is a draft" in result.stderr
    assert "pages/secret.md:6:1: 'nowhere.md' leads to nothing" in result.stderr
    assert "2 problems." in result.stderr


def test_check_of_a_good_site_ends_with_0(tree: SiteTree) -> None:
    result = octavo("--site", tree.folder, "check")

    assert (result.returncode, result.stdout) == (0, "No problems in 1 entry.\n")


def test_freeze_prints_what_changed_and_one_line_of_summary(tree: SiteTree) -> None:
    first = octavo("--site", tree.folder, "freeze", "--base-url", "https://you.github.io/repo/")
    tree.entry("about")
    second = octavo("--site", tree.folder, "freeze", "--base-url", "https://you.github.io/repo/")

    assert first.returncode == 0
    assert "+ index.html" in first.stdout
    changed = ["+ about/index.html", "+ api/about.json", "+ cards/about.png"]
    changed += ["~ map/index.html", "~ search/index.html", "~ api/index.json", "~ llms.txt", "~ sitemap.xml"]
    assert second.stdout.splitlines()[:8] == changed
    assert second.stdout.splitlines()[-1].endswith("3 added, 5 changed, 0 removed.")
    assert second.stderr == ""


def test_freeze_says_what_is_missing_where_no_address_is_known(tree: SiteTree) -> None:
    result = octavo("--site", tree.folder, "freeze")

    assert result.returncode == 0
    assert "give 'url' in pages/site.yml, or --base-url" in result.stdout


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org/", "https://", "https://example.org/?x"])
def test_an_address_that_is_none_is_refused(tree: SiteTree, url: str) -> None:
    result = octavo("--site", tree.folder, "freeze", "--base-url", url)

    assert result.returncode == 2
    assert "is not the address of a site" in result.stderr


def test_freeze_with_problems_ends_with_1_and_says_that_nothing_was_published(tree: SiteTree) -> None:
    tree.write("pages/empty.md")

    result = octavo("--site", tree.folder, "freeze")

    assert result.returncode == 1
    assert "pages/empty.md:1:1: the file is empty" in result.stderr
    assert "1 problem; nothing was published." in result.stderr
    assert not (tree.folder / "build").exists()


def test_freeze_refuses_what_it_must_not_overwrite_with_a_sentence(tree: SiteTree) -> None:
    tree.write("build/mine.txt", "x")

    result = octavo("--site", tree.folder, "freeze")

    assert result.returncode == 1
    assert "holds files that Octavo did not make" in result.stderr
    assert "Traceback" not in result.stderr


def test_new_writes_a_draft_that_checks_and_never_overwrites(tree: SiteTree) -> None:
    result = octavo("--site", tree.folder, "new", "note", "On: the 'shape' of losses", cwd=tree.folder)

    assert result.stdout == "pages/notes/research/on-the-shape-of-losses.md\n"
    assert octavo("--site", tree.folder, "check").returncode == 0
    assert tree.site(drafts=True).entry("notes/research/on-the-shape-of-losses").title == "On: the 'shape' of losses"  # type: ignore[union-attr]
    again = octavo("--site", tree.folder, "new", "note", "On the shape of losses")
    assert again.returncode == 1
    assert "is there already" in again.stderr


@pytest.mark.parametrize("kind", ["note", "statement", "project", "post", "page"])
def test_every_kind_of_new_entry_checks(tree: SiteTree, kind: str) -> None:
    assert octavo("--site", tree.folder, "new", kind, "A title").returncode == 0

    assert octavo("--site", tree.folder, "check").stdout == "No problems in 2 entries.\n"


def test_a_folder_that_is_no_site_is_told(tmp_path: Path) -> None:
    result = octavo("--site", tmp_path, "check")

    assert result.returncode == 1
    assert "it has no 'pages/'" in result.stderr
    assert "Traceback" not in result.stderr


def test_python_freeze_py_is_octavo_freeze(tmp_path: Path) -> None:
    command = [sys.executable, "freeze.py", "--out", str(tmp_path / "build")]

    result = subprocess.run(command, cwd=PROGRAM, capture_output=True, text=True, check=False)

    assert result.returncode == 0
    assert (tmp_path / "build" / "notes" / "index.html").exists()


def test_flask_knows_the_application() -> None:
    command = [str(OCTAVO.parent / "flask"), "--app", "app", "routes"]

    result = subprocess.run(command, cwd=PROGRAM, capture_output=True, text=True, check=False)

    assert result.returncode == 0
    assert "content.page" in result.stdout


def test_the_store_is_used_from_a_script_as_the_readme_says() -> None:
    text = (PROGRAM / "README.md").read_text()
    blocks = (block.split("```", 1)[0] for block in text.split("```python\n")[1:])
    (script,) = (block for block in blocks if "open_store" in block)

    result = subprocess.run([sys.executable, "-c", script], cwd=PROGRAM, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert "Theory of scaling laws" in result.stdout
