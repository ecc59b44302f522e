"""The pictures inside notebooks as files of their own, in `.octavo/outputs/`, under the names that pages call them by."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from ..reads import unrecorded
from .entry import Entry
from .store import Store

FOLDER = Path(".octavo") / "outputs"


def pictures(entries: Iterable[Entry]) -> list[str]:
    """The names of the pictures inside those of `entries` that are notebooks."""
    return sorted({name for entry in entries for name in entry.source.files})


def extracted(store: Store, name: str) -> Path | None:
    """The file that holds a picture inside an entry, or inside a notebook without a page; written where it is not whole."""
    with unrecorded():
        entries = (*store, *store.contents.loose.values())
    data = next((entry.source.files[name] for entry in entries if name in entry.source.files), None)
    if data is None:
        return None
    file = store.site_folder / FOLDER / name
    if not (file.is_file() and file.read_bytes() == data):
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{secrets.token_hex(8)}.tmp")
        aside.write_bytes(data)
        aside.replace(file)
    return file
