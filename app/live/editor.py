"""Editor: the writer's editor, opened at a place in a file of the site, or a link that does so."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ..folders import PROGRAM, inside

ASKED = ("OCTAVO_EDITOR", "VISUAL", "EDITOR")
"""The variables that name the editor, the first of them first."""

VSCODE = ("--goto", "{path}:{line}:{column}")
COLON = ("{path}:{line}:{column}",)
PLUS = ("+{line}:{column}", "{path}")
IDEA = ("--line", "{line}", "--column", "{column}", "{path}")
VIM = ("+call cursor({line}, {column})", "{path}")

WINDOWS = {
    "code": VSCODE, "code-insiders": VSCODE, "codium": VSCODE, "vscodium": VSCODE, "cursor": VSCODE, "windsurf": VSCODE,
    "zed": COLON, "subl": COLON, "sublime_text": COLON, "mate": ("--line", "{line}:{column}", "{path}"),
    "gvim": VIM, "mvim": VIM, "emacs": PLUS, "emacsclient": ("-n", *PLUS), "gedit": PLUS, "gnome-text-editor": PLUS,
    "kate": ("--line", "{line}", "--column", "{column}", "{path}"), "notepad++": ("-n{line}", "-c{column}", "{path}"),
    "idea": IDEA, "pycharm": IDEA, "webstorm": IDEA, "phpstorm": IDEA, "goland": IDEA, "clion": IDEA, "rubymine": IDEA,
    "rider": IDEA,
}  # fmt: skip
"""What the editors that have a window of their own are told, by the name of their command."""

TERMINAL = {
    "vi": VIM, "vim": VIM, "nvim": VIM, "nano": ("+{line},{column}", "{path}"), "micro": PLUS, "hx": COLON, "helix": COLON,
    "emacs": PLUS, "emacsclient": PLUS,
}  # fmt: skip
"""The same of editors that need a terminal."""

IN_TERMINAL = {"-nw", "-t", "-tty", "--tty", "--no-window-system"}
"""The options with which an editor needs a terminal after all."""

WAITING = {"-w", "--wait", "--block"}
"""The options that let a command wait until the file is closed."""

SCHEMES = {
    "code": "vscode", "code-insiders": "vscode-insiders", "codium": "vscodium", "vscodium": "vscodium", "cursor": "cursor",
    "windsurf": "windsurf", "zed": "zed",
}  # fmt: skip
"""The schemes of links that open an editor."""

OURS = ("pages", "templates", "static")
"""The folders whose files can be opened."""

FURTHEST = 10_000_000
"""The last line, and the last column, that can be asked for."""


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor: its command with the writer's own options, and what it is told; nothing where there is none that is known."""

    command: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    terminal: bool = False

    @classmethod
    def of(cls, environ: Mapping[str, str] = os.environ) -> Editor:
        """The first that has a window of its own, else the first, of those that the environment names and that are there."""
        named = [editor for name in ASKED if (editor := cls.named(environ.get(name, "")))]
        return next((editor for editor in named if not editor.terminal), named[0] if named else cls())

    @classmethod
    def named(cls, written: str) -> Editor | None:
        """The editor that a command line calls: `code --wait`."""
        try:
            words = shlex.split(written, posix=sys.platform != "win32")
        except ValueError:
            return None
        if not words or not shutil.which(words[0]):
            return None
        name = called(words[0])
        if name in WINDOWS and not IN_TERMINAL.intersection(words):
            return cls(tuple(word for word in words if word not in WAITING), WINDOWS[name])
        return cls(tuple(words), TERMINAL.get(name, ("{path}",)), terminal=True)

    @property
    def windowed(self) -> bool:
        """Whether a server can open it."""
        return bool(self.command) and not self.terminal

    def arguments(self, file: Path, line: int, column: int = 1) -> list[str]:
        """The command that opens it at a place, which counts from 1."""
        said = [word.format(path=file, line=line, column=column) for word in self.told]
        return [*self.command, *said]

    def link(self, file: Path, line: int, column: int = 1) -> str | None:
        """A link that opens it at a place; that of VS Code where the editor needs a terminal, nothing where it has no links."""
        scheme = SCHEMES.get(called(self.command[0]) if self.windowed else "code")
        return f"{scheme}://file/{quote(file.as_posix().lstrip('/'), safe='/:')}:{line}:{column}" if scheme else None

    def open(self, file: Path, line: int, column: int = 1) -> bool:
        """Open it in a window of its own, which nobody waits for; whether it could be started."""
        try:
            process = subprocess.Popen(  # noqa: S603
                self.arguments(file, line, column),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except OSError:
            return False
        threading.Thread(target=process.wait, daemon=True).start()
        return True


def called(word: str) -> str:
    """The name of a command, given as it is written: `code` for `Code.EXE`."""
    return Path(word.strip('"')).name.lower().removesuffix(".exe").removesuffix(".cmd")


def open_at(file: Path, line: int = 1) -> bool:
    """Open the writer's editor, from a command: one that needs a terminal has this one until it is closed.

    Answers `False` where no editor is known, or where it could not be started.
    """
    editor = Editor.of()
    if editor.windowed:
        return editor.open(file.resolve(), line)
    if not editor.command or not sys.stdin.isatty():
        return False
    try:
        return subprocess.run(editor.arguments(file.resolve(), line), check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def file_at(site_folder: Path, path: str) -> Path | None:
    """The file of a site that can be opened, or the template of Octavo's own; `path` is relative to the site folder.

    Nothing for what is hidden, is no regular file, or is reached by a link that leads out of its folder.
    """
    first, *rest = path.split("/")
    if first not in OURS or not rest or any(part.startswith(".") for part in rest) or "\\" in path:
        return None
    homes = (site_folder, PROGRAM) if first == "templates" else (site_folder,)
    return next(filter(None, (inside(home / first, "/".join(rest)) for home in homes)), None)
