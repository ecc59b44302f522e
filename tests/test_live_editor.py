"""Opening an editor at a place: which one, what it is told, and what can be opened."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

from app.folders import PROGRAM
from app.live.editor import Editor, file_at, open_at

from .site_tree import SiteTree

FILE = Path("/home/anna/my site/pages/a.md")


def install(folder: Path, name: str) -> Path:
    """A command that writes down what it was told, in the file `told.json` beside it."""
    folder.mkdir(exist_ok=True)
    command = folder / name
    keep = f"import json, pathlib, sys; pathlib.Path({str(folder / 'told.json')!r}).write_text(json.dumps(sys.argv[1:]))"
    command.write_text(f"#!{sys.executable}\n{keep}\n")
    command.chmod(0o755)
    return command


def told(folder: Path) -> list[str]:
    """What the command was told, when it has been called."""
    end = time.monotonic() + 10
    file = folder / "told.json"
    while not (file.is_file() and file.read_text()):
        assert time.monotonic() < end, "the editor was not called"
        time.sleep(0.02)
    arguments: list[str] = json.loads(file.read_text())
    return arguments


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("code", ["--goto", f"{FILE}:3:8"]),
        ("subl", [f"{FILE}:3:8"]),
        ("gvim", ["+call cursor(3, 8)", str(FILE)]),
        ("gedit", ["+3:8", str(FILE)]),
        ("emacsclient", ["-n", "+3:8", str(FILE)]),
        ("kate", ["--line", "3", "--column", "8", str(FILE)]),
        ("pycharm", ["--line", "3", "--column", "8", str(FILE)]),
    ],
)
def test_each_editor_is_told_the_place_in_its_own_way(tmp_path: Path, name: str, arguments: list[str]) -> None:
    command = install(tmp_path / "bin", name)

    editor = Editor.of({"EDITOR": str(command)})

    assert editor.windowed
    assert editor.arguments(FILE, 3, 8) == [str(command), *arguments]


def test_octavos_own_variable_comes_first_and_then_visual(tmp_path: Path) -> None:
    names = {variable: str(install(tmp_path, name)) for variable, name in
             (("EDITOR", "kate"), ("VISUAL", "subl"), ("OCTAVO_EDITOR", "code"))}  # fmt: skip

    assert Editor.of(names).command == (names["OCTAVO_EDITOR"],)
    assert Editor.of({**names, "OCTAVO_EDITOR": ""}).command == (names["VISUAL"],)
    assert Editor.of({"EDITOR": names["EDITOR"]}).command == (names["EDITOR"],)


def test_an_editor_with_a_window_is_preferred_to_one_that_needs_a_terminal(tmp_path: Path) -> None:
    vim, code = install(tmp_path, "vim"), install(tmp_path, "code")

    assert Editor.of({"VISUAL": str(vim), "EDITOR": str(code)}).command == (str(code),)
    assert not Editor.of({"VISUAL": str(vim)}).windowed


def test_the_writers_own_options_stay_but_nobody_is_waited_for(tmp_path: Path) -> None:
    code = install(tmp_path, "code")

    editor = Editor.of({"EDITOR": f"{code} --wait --profile 'My site'"})

    assert editor.command == (str(code), "--profile", "My site")


def test_emacs_in_a_terminal_has_no_window(tmp_path: Path) -> None:
    emacs = install(tmp_path, "emacs")

    assert Editor.of({"EDITOR": str(emacs)}).windowed
    assert not Editor.of({"EDITOR": f"{emacs} -nw"}).windowed


@pytest.mark.parametrize("written", ["", "   ", "'", "no-such-editor", "/nowhere/code"])
def test_where_no_editor_is_there_a_link_opens_vs_code(written: str) -> None:
    editor = Editor.of({"EDITOR": written})

    assert not editor.windowed
    assert editor.link(FILE, 3, 8) == "vscode://file/home/anna/my%20site/pages/a.md:3:8"


def test_links_are_those_of_the_editor_and_some_have_none(tmp_path: Path) -> None:
    cursor, kate, vim = (Editor.of({"EDITOR": str(install(tmp_path, name))}) for name in ("cursor", "kate", "vim"))

    assert cursor.link(FILE, 3) == "cursor://file/home/anna/my%20site/pages/a.md:3:1"
    assert kate.link(FILE, 3) is None
    assert str(vim.link(FILE, 3)).startswith("vscode://")


def test_the_editor_is_started_and_told_the_place_without_a_shell(tmp_path: Path) -> None:
    code = install(tmp_path, "code")
    file = tmp_path / "$(touch owned); a.md"

    assert Editor.of({"EDITOR": str(code)}).open(file, 3, 8)

    assert told(tmp_path) == ["--goto", f"{file}:3:8"]
    assert not (tmp_path / "owned").exists()


def test_an_editor_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    code = install(tmp_path, "code")
    editor = Editor.of({"EDITOR": str(code)})
    code.unlink()

    assert not editor.open(FILE, 3)


def test_a_command_opens_the_editor_at_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_EDITOR", str(install(tmp_path, "code")))

    assert open_at(tmp_path / "a.md", 12)

    assert told(tmp_path) == ["--goto", f"{tmp_path / 'a.md'}:12:1"]


def test_a_command_without_a_terminal_opens_no_editor_that_needs_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("OCTAVO_EDITOR", "VISUAL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("EDITOR", str(install(tmp_path, "vim")))

    assert not open_at(tmp_path / "a.md")

    assert not (tmp_path / "told.json").exists()


def test_files_of_the_site_and_templates_can_be_opened(tree: SiteTree) -> None:
    own = [tree.entry("notes/a"), tree.write("pages/refs.bib"), tree.write("pages/site.yml", "title: A\n"),
           tree.write("templates/page.html"), tree.write("static/site.css")]  # fmt: skip

    assert [file_at(tree.folder, file.relative_to(tree.folder).as_posix()) for file in own] == own
    assert file_at(tree.folder, "templates/base.html") == PROGRAM / "templates/base.html"


@pytest.mark.parametrize(
    "path",
    [
        "", ".", "/", "pages", "pages/", "/etc/passwd", "pages//etc/passwd", "pages/../secret.txt", "pages/../../secret.txt",
        "..", "secret.txt", "app/cli/__init__.py", "pages/.hidden", "pages/.git/config", "pages/link.md", "pages/folder",
        "pages/none.md", "-rf", "--help", "pages/a\0.md", "pages/a\ud800.md", "static/../secret.txt", "C:\\secret.txt",
        "templates/../app/site.py", "pages/" + "a" * 5000,
    ],
)  # fmt: skip
def test_nothing_else_can(tree: SiteTree, path: str) -> None:
    tree.write("secret.txt", "x")
    tree.write("pages/.hidden", "x")
    tree.write("pages/.git/config", "x")
    tree.write("pages/folder/a.md", "x")
    (tree.folder / "pages/link.md").symlink_to(tree.folder / "secret.txt")

    assert file_at(tree.folder, path) is None
