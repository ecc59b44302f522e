"""Names of files: which can be an id and a URL, and what below `pages/` is passed over."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ..problems import Problem
from .languages import parted, tag_of

ENDING = ".md"
NOTEBOOK = ".ipynb"
ENDINGS = (ENDING, NOTEBOOK)
UNSAFE = re.compile(r'[%#?\\:*"<>|\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]')
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")

OURS = frozenset({
    "tags", "map", "search", "static", "outputs", "pagefind", "feed.xml", "feed.json", "sitemap.xml", "robots.txt", "404.html",
    "_headers", "_redirects",
})  # fmt: skip
"""What the site itself answers at the root."""


def id_of(path: str) -> str:
    """The id of the entry in `path`, which is relative to `pages/` and without the ending: `zh/notes/x` for `notes/x.zh`."""
    original, tag = parted(unicodedata.normalize("NFC", path))
    id = original.removesuffix("/index") or "index"
    return "/".join(part for part in (tag, "" if tag and id == "index" else id) if part)


def stem_of(path: str) -> str:
    """`path` without the ending that makes it an entry's."""
    return path.removesuffix(ENDING).removesuffix(NOTEBOOK)


def is_notebook(path: str) -> bool:
    """Whether a path is that of a Jupyter notebook."""
    return path.endswith(NOTEBOOK)


def slug(words: str) -> str:
    """`words` as a segment of a URL: letters and digits of any script, in lower case, parted by hyphens; `c++` is `cplusplus`."""
    normal = unicodedata.normalize("NFC", words).lower().replace("+", "plus").replace("#", "sharp")
    parted = "-".join("".join(c if c.isalnum() else " " for c in normal).split())
    return parted or "-".join(f"{ord(c):x}" for c in normal)


def name_problem(path: str) -> Problem | None:
    """Why the file at `path`, relative to the site folder, cannot be at the URL that its name gives."""
    first, second = (*id_of(stem_of(path.partition("/")[2])).split("/"), "")[:2]
    if first in OURS or (tag_of(first) and second in OURS):
        message, hint = "the site itself answers at this address", "rename the file or its folder"
        return Problem(shown_path(path), 1, 1, message, hint)
    for segment in path.split("/"):
        shown, stem = shown_path(segment), stem_of(segment)
        if found := UNSAFE.search(segment):
            suggestion = re.sub(r"-+", "-", UNSAFE.sub("-", segment))
            message = f"the name '{shown}' has the character {found[0]!r}, which cannot be in a URL"
            return Problem(shown_path(path), 1, 1, message, f"rename it, for instance to '{suggestion}'")
        if RESERVED.match(stem) or stem != stem.strip(" ") or stem.endswith("."):
            message = f"the name '{shown}' cannot be a file on every system"
            hint = "rename it: no space and no dot at its ends, and no name that Windows keeps for devices"
            return Problem(shown_path(path), 1, 1, message, hint)
    return None


def shown_path(path: str) -> str:
    """`path` so that it can be printed, whatever bytes it is made of."""
    return path.encode("utf-8", "backslashreplace").decode()


def hidden(name: str) -> bool:
    """Whether the name of a file or folder begins with a dot: such files are nobody's content."""
    return name.startswith(".")


def walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Every folder from `folder` down with the names of its folders and files, in order and without the hidden ones."""
    for current, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not hidden(name))
        yield Path(current), folders, sorted(name for name in files if not hidden(name))


def passed_over(folder: Path, path: str) -> Iterator[Problem]:
    """What looks like content below `folder` (shown as `path`) and is not read."""
    for current, folders, files in walk(folder):
        place = (Path(path) / current.relative_to(folder)).as_posix()
        for name in folders:
            if name.endswith(ENDING):
                message, hint = f"'{name}' is a folder, not an entry", "rename the folder without '.md'"
                yield Problem(shown_path(f"{place}/{name}"), 1, 1, shown_path(message), hint)
            elif (current / name).is_symlink():
                message, hint = "this folder is a symbolic link, which is not followed", "put the folder itself here"
                yield Problem(shown_path(f"{place}/{name}"), 1, 1, message, hint)
        for name in files:
            stem, ending = os.path.splitext(name)
            if ending != ENDING and ending.lower() in (".md", ".markdown", ".mdown"):
                message, hint = f"files ending in '{ending}' are not read", f"rename it to '{shown_path(stem)}{ENDING}'"
                yield Problem(shown_path(f"{place}/{name}"), 1, 1, message, hint)
    if (folder / "site.yaml").exists():
        yield Problem(f"{path}/site.yaml", 1, 1, "files ending in '.yaml' are not read", "rename it to 'site.yml'")
