"""The search of a release: an index of its pages by pagefind, the same bytes for the same pages."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from ..site import Site
from .evidence import digest
from .manifest import Item
from .press import Press, untouched
from .records import Record, Records

ENTRY = "pagefind/pagefind-entry.json"
"""What the script of the search page asks for first; the view `search` answers one without any language."""

PARTS = (".pf_meta", ".pf_index", ".pf_fragment")
"""The endings of the files that make up an index."""

FACETS = "pagefind/facets.json"
"""The type and the year of every page by its name in the index. Pagefind's own filters come in another order every time."""

SEARCHED = re.compile(r' data-pagefind-body data-type="([^"]*)" data-year="([^"]*)"')
"""What marks a page that can be found, with its type and its year."""

APART = (
    "h1, .permalink, .preview, .equation, .problems, .contents, .attachments, .bibliography, .mentions, .related, "
    ".cite, .citing, .tags, .series, .steps, .archive, .leaves, .unfold, .status, .draft"
)
"""What stands in a page and is no text of its own; the title is kept beside it."""

CHUNK = "2000"
"""How many places of words a part of the index has, of which a query loads one for each word: about 6 kB."""

CHARACTER = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
"""A character of a script that writes no spaces between words."""

TAG_OR_CHARACTER = re.compile(rf"<[^<>]*>|{CHARACTER.pattern}")


@dataclass(frozen=True, slots=True)
class Searched:
    """The search of a release: the records of its files, what tells the pages it was made from, or why there is none."""

    records: tuple[Record, ...] = ()
    key: str = ""
    without: str = ""


def searched(site: Site, press: Press, before: Records, pages: Mapping[str, Record], program: str) -> Searched:
    """Put the search into the release: that of the release before, where it is of the same pages."""
    if not site.has("search"):
        return Searched()
    html = [(item.path, item.sha256) for one in pages.values() for item in one.items if item.path.endswith(".html")]
    key = digest(html, site.facts.lang, program)
    if key == before.searched and all(untouched(press.old, record) for record in before.search):
        return Searched(tuple(press.take(record) for record in before.search), key)
    without = index(press.folder, site.facts.lang)
    files = sorted(file for file in (press.folder / "pagefind").rglob("*") if file.is_file())
    made = ((file.relative_to(press.folder).as_posix(), file) for file in files)
    records = ((Item.of(path, file.read_bytes()), file.stat().st_mtime_ns) for path, file in made)
    return Searched(tuple(Record((item,), (written,)) for item, written in records), "" if without else key, without)


def index(release: Path, language: str) -> str:
    """Index the pages of `release` that can be found, as texts in `language`; answer why it could not be done, or nothing.

    All languages share one index, so that one query finds them all; `language` says how words are reduced to stems.
    """
    with TemporaryDirectory() as folder:
        pages, bundle = Path(folder, "pages"), Path(folder, "pagefind")
        facets = copy_searched(release, pages)
        if not facets:
            return ""
        command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(bundle), "--silent"]
        command += ["--force-language", language.lower(), "--exclude-selectors", APART]
        around = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        around["PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"] = CHUNK
        run = subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, check=False)  # noqa: S603
        if run.returncode:
            return (run.stderr.strip().splitlines() or [f"pagefind ended with {run.returncode}"])[-1]
        take(bundle, release / "pagefind")
    write_facets(release, facets)
    return ""


def copy_searched(release: Path, folder: Path) -> dict[str, tuple[str, ...]]:
    """Copy the pages that can be found to `folder`, made ready for the index; answer type and year of each by its path."""
    facets = {}
    for file in release.rglob("*.html"):
        html = file.read_text("utf-8")
        if found := SEARCHED.search(html):
            name = file.relative_to(release).as_posix()
            facets["/" + name.removesuffix("index.html")] = found.groups()
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(spaced(html), "utf-8")
    return facets


def spaced(html: str) -> str:
    """`html` with a space wherever words end: between details, and around every character of Chinese, Japanese and Korean.

    The script of the search page does the same to a query, and takes the spaces out of what it shows.
    """
    html = html.replace("</span><span>", "</span> <span>")
    if not CHARACTER.search(html):
        return html
    return TAG_OR_CHARACTER.sub(lambda found: found[0] if found[0].startswith("<") else f" {found[0]} ", html)


def take(bundle: Path, folder: Path) -> None:
    """Copy to `folder` what the search page loads of all that pagefind has written, and sort what came in any order."""
    entry = json.loads((bundle / Path(ENTRY).name).read_text("utf-8"))
    entry["include_characters"].sort()
    wasm = {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in entry["languages"].values()}
    for file in bundle.rglob("*.*"):
        if file.suffix in PARTS or file.name in {"pagefind.js", *wasm}:
            copy = folder / file.relative_to(bundle)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copyfile(file, copy)
    (folder / Path(ENTRY).name).unlink(missing_ok=True)
    (folder / Path(ENTRY).name).write_text(json.dumps(entry, sort_keys=True), "utf-8")


def write_facets(release: Path, facets: dict[str, tuple[str, ...]]) -> None:
    """Write the type and the year, given by path, of every page by the name that the index gives it."""
    named = {}
    for file in sorted((release / "pagefind" / "fragment").iterdir()):
        data = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        named[file.stem] = facets[unquote(data["url"])]
    (release / FACETS).write_text(json.dumps(named, separators=(",", ":")), "utf-8")
