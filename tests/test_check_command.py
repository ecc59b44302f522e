"""`octavo check` tells what a freeze would refuse before it does, in lines that editors read, as JSON, and at every save."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.editors import ADVICE, CHECKING, DONE, PROBLEM
from app.problems import Problems

from .site_tree import SiteTree

COMMAND = (sys.executable, "-m", "app.cli", "--site")


def check(tree: SiteTree, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run([*COMMAND, tree.folder, "check", *words], capture_output=True, text=True, check=False, timeout=120)


def wrong(tree: SiteTree) -> None:
    """Give the site a problem with a hint, and a piece of advice."""
    tree.entry("about", "[a](nowhere.md)", titel="x")
    tree.entry("posts/long", title="x" * 71, date="2026-01-01", summary="S")


def test_advice_stands_after_the_problems_and_is_none(tree: SiteTree) -> None:
    wrong(tree)
    both = check(tree)
    (tree.folder / "pages" / "about.md").unlink()
    one = check(tree)

    advice = "pages/posts/long.md:2:8: advice: title: this has 71 characters, and search engines show 70\n"
    assert (both.returncode, one.returncode) == (1, 0)
    assert both.stderr == "pages/about.md:3:1: unknown field 'titel'\n    did you mean 'title'?\n1 problem.\n"
    assert both.stdout == advice
    assert one.stdout == advice + "No problems in 2 entries.\n"


def test_every_line_is_read_by_an_editor_but_for_hints(tree: SiteTree) -> None:
    wrong(tree)

    result = check(tree)

    lines = (result.stderr + result.stdout).splitlines()
    assert [bool(re.search(PROBLEM, line)) for line in lines] == [True, False, False, False]
    assert [bool(re.search(ADVICE, line)) for line in lines] == [False, False, False, True]
    found = re.search(PROBLEM, lines[0])
    assert found
    assert found.groups() == ("pages/about.md", "3", "1", "unknown field 'titel'")


def test_json_has_everything_with_how_bad_it_is(tree: SiteTree) -> None:
    wrong(tree)

    result = check(tree, "--json")

    found = json.loads(result.stdout)
    assert (result.returncode, result.stderr) == (1, "")
    assert found[0] == {
        "path": "pages/about.md", "line": 3, "column": 1, "message": "unknown field 'titel'", "hint": "did you mean 'title'?",
        "severity": "error",
    }  # fmt: skip
    assert [(one["path"], one["severity"]) for one in found[1:]] == [("pages/posts/long.md", "advice")]


def test_links_to_other_hosts_are_counted_and_not_followed(tree: SiteTree) -> None:
    tree.entry("about", "[a](https://nowhere.invalid/x) [b](https://nowhere.invalid/y)")

    result = check(tree)

    assert result.stdout == "2 links to 1 other host; --external asks for each.\nNo problems in 2 entries.\n"


def blocks(process: subprocess.Popen[str]) -> Iterator[list[str]]:
    """What is told between a line that says that the site was checked, and one that says what was found."""
    assert process.stdout
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if re.search(DONE, lines[-1]):
            yield lines
            lines = []


def test_watching_tells_what_is_found_at_every_save_that_changes_it(tree: SiteTree) -> None:
    watching = [*COMMAND, str(tree.folder), "check", "--watch"]
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(watching, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ)
    told = blocks(process)

    try:
        first = next(told)
        wrong(tree)
        second = next(told)
        while len(second) < 4:
            second = next(told)
        tree.entry("posts/other", date="2026-01-01", summary="S")
        tree.entry("about")
        third = next(told)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()

    assert (process.returncode, errors) == (0, "")
    assert all(re.search(CHECKING, block[0]) for block in (first, second, third))
    assert [block[-1].partition(" ")[2] for block in (first, second, third)] == ["no problems.", "1 problem.", "no problems."]
    assert second[1] == "pages/about.md:3:1: unknown field 'titel' (did you mean 'title'?)"
    assert re.search(PROBLEM, second[1])
    assert re.search(ADVICE, second[2])
    assert len(first) == 2


def foresees(tree: SiteTree) -> list[str]:
    """What check tells of a site that a freeze refuses."""
    with pytest.raises(Problems) as refused:
        tree.freeze()
    found = [line for line in check(tree).stderr.splitlines() if re.search(PROBLEM, line)]
    assert {str(one).partition("\n")[0].partition(": ")[2] for one in refused.value.problems} >= {
        line.partition(": ")[2] for line in found
    }
    return found


def test_two_files_at_one_address_are_told(tree: SiteTree) -> None:
    tree.write("pages/papers/a.pdf", b"%PDF-1")
    tree.write("pages/papers/A.pdf", b"%PDF-1")
    tree.entry("about", "[a](papers/a.pdf) [b](papers/A.pdf)")

    (found,) = foresees(tree)

    assert "would be one file on some systems" in found


def test_a_file_that_not_every_system_has_is_told(tree: SiteTree) -> None:
    tree.write("pages/aux.pdf", b"%PDF-1")
    tree.entry("about", "[a](aux.pdf)")

    assert foresees(tree) == ["pages/aux.pdf:1:1: 'aux.pdf' is the name of a device on Windows"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<div id="a">x</div>\n\n<div id="a">y</div>', "the id 'a' stands twice in this page"),
        ('<img src="http://example.net/p.png" alt="P">', "without encryption: http://example.net/p.png"),
    ],
)
def test_html_that_a_freeze_refuses_is_told(tree: SiteTree, body: str, said: str) -> None:
    tree.write("pages/site.yml", "url: https://example.org/\n")
    tree.entry("about", body)

    (found,) = foresees(tree)

    assert found.startswith("pages/about.md:")
    assert said in found


def test_what_was_found_before_is_found_again_until_something_changes_that_was_read_for_it(tree: SiteTree) -> None:
    tree.entry("one", "[a](two.md#part)")
    tree.entry("two", "## Part")
    tree.entry("three", "[it](four.md)")
    tree.entry("four", draft="true")
    first, again = check(tree), check(tree)
    tree.entry("two", "## Other")
    changed = check(tree)
    tree.entry("two", "## Part")
    tree.entry("four")
    mended = check(tree)

    assert (first.stdout, first.stderr) == (again.stdout, again.stderr)
    assert first.stderr.startswith("pages/three.md:5:1: 'four' is a draft")
    assert "pages/one.md:5:1: 'two.md#part': 'pages/two.md' has no '#part'" in changed.stderr
    assert mended.stdout == "No problems in 5 entries.\n"


def test_a_site_folder_without_pages_is_told(tmp_path: Path) -> None:
    result = subprocess.run([*COMMAND, tmp_path, "check"], capture_output=True, text=True, check=False, timeout=60)

    assert result.returncode == 1
    assert "is no site folder" in result.stderr
