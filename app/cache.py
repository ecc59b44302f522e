"""Cache: what was made once and need not be made again, in `.octavo/cache.db` of a site folder; it may be deleted at any time."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

FILE = ".octavo/cache.db"
TABLE = "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
LARGEST = 500_000_000
"""The size in bytes from which on the file is begun anew."""

DIGEST = 16
"""How many bytes tell a value that is whole from one that is damaged."""

AT_ONCE = 500
"""How many keys one question may have."""


@cache
def made_by(folder: Path, *more: str) -> str:
    """What tells one state of the program in `folder` from another, and of what `more` says it stands on."""
    told = hashlib.sha256(" ".join(more).encode())
    for file in sorted(folder.rglob("*.py")):
        told.update(file.read_bytes())
    return told.hexdigest()


class Cache:
    """Bytes by kind and key. A file that cannot be opened, read or written is as good as none: nothing is ever raised."""

    def __init__(self, site_folder: Path) -> None:
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._new: dict[tuple[str, str], bytes] = {}
        with suppress(OSError, sqlite3.Error):
            try:
                self._open(site_folder / FILE)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    return
                (site_folder / FILE).unlink(missing_ok=True)
                self._open(site_folder / FILE)

    def _open(self, file: Path) -> None:
        """Open the file, which is made where there is none. Raises `sqlite3.Error` where it is something else."""
        file.parent.mkdir(exist_ok=True)
        if file.exists() and file.stat().st_size > LARGEST:
            file.unlink()
        database = sqlite3.connect(file, timeout=5, isolation_level=None, check_same_thread=False)
        try:
            database.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; {TABLE};")
            database.execute("SELECT count(*) FROM (SELECT 1 FROM kept LIMIT 1)")
        except sqlite3.Error:
            database.close()
            raise
        self._database = database

    def get(self, kind: str, key: str) -> bytes | None:
        """What is kept of a kind under a key."""
        return self.many(kind, (key,)).get(key)

    def many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """What is kept of a kind under each of `keys`, for those of which there is anything."""
        wanted = list(keys)
        with self._lock:
            found = {key: self._new[kind, key] for key in wanted if (kind, key) in self._new}
            for start in range(0, len(wanted), AT_ONCE):
                some = wanted[start : start + AT_ONCE]
                marks = ",".join("?" * len(some))
                rows = self._do(f"SELECT key, value FROM kept WHERE kind = ? AND key IN ({marks})", (kind, *some))  # noqa: S608
                found.update(rows)
        return found

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep `value`; on the disk after the next `save`."""
        with self._lock:
            self._new[kind, key] = value

    def save(self) -> None:
        """Write to the disk what was put."""
        with self._lock:
            new, self._new = self._new, {}
            if new and self._database:
                with suppress(sqlite3.Error):
                    self._database.execute("BEGIN")
                    rows = [(kind, key, digest(value) + value) for (kind, key), value in new.items()]
                    self._database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
                    self._database.execute("COMMIT")
                if self._database.in_transaction:
                    self._database.rollback()

    def _do(self, question: str, values: tuple[str, ...]) -> list[tuple[str, bytes]]:
        """The answer to a question, or nothing from a damaged file."""
        if self._database is None:
            return []
        try:
            rows = self._database.execute(question, values).fetchall()
        except (sqlite3.Error, UnicodeError):
            return []
        return [(key, kept[DIGEST:]) for key, kept in rows if isinstance(kept, bytes) and digest(kept[DIGEST:]) == kept[:DIGEST]]

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            if self._database:
                self._database.close()
            self._database = None


def digest(value: bytes) -> bytes:
    """What tells a value from every other."""
    return hashlib.blake2b(value, digest_size=DIGEST).digest()
