"""What a run has left: whether every note is there, and what stands in the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .corpus import TAGS, Name
from .peers import Peer


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many pages of notes, formulas, blocks of code, their spans, files and megabytes there are."""

    notes: int
    formulas: int
    blocks: int
    spans: int
    files: int
    megabytes: float


def outcome(peer: Peer, folder: Path, names: Sequence[Name]) -> Outcome:
    """What stands in the folder of a peer's pages."""
    pages = [file.read_text() for file in (peer.page(folder, name) for name in names) if file.exists()]
    sizes = [file.stat().st_size for file in (folder / peer.out).rglob("*") if file.is_file()]
    formulas, blocks, spans = (sum(page.count(mark) for page in pages) for mark in ("<math", "<pre", "<span"))
    return Outcome(len(pages), formulas, blocks, spans, len(sizes), sum(sizes) / 1e6)


def faults(peer: Peer, folder: Path, names: Sequence[Name], found: Outcome) -> Iterator[str]:
    """What is missing from what every peer has to do."""
    out = folder / peer.out
    site_map = out / "sitemap.xml"
    if found.notes < len(names):
        yield f"{found.notes} of {len(names)} notes"
    if found.blocks < len(names) or found.spans < 20 * found.blocks:
        yield "code is not highlighted"
    if peer.math and found.formulas < 6 * len(names):
        yield "formulas are missing"
    if not all((out / name.section / "index.html").exists() for name in names):
        yield "lists are missing"
    if len(list((out / "tags").glob("*/index.html"))) < len(TAGS) < len(names):
        yield "pages of tags are missing"
    if not any((out / feed).exists() for feed in ("feed.xml", "index.xml")):
        yield "no feed"
    if not site_map.exists() or site_map.read_text().count("<loc>") < len(names):
        yield "no site map"
