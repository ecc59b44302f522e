"""Cache: what was made once and need not be made again, in `.octavo/cache.db` of a site folder; it may be deleted at any time."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

FILE = ".octavo/cache.db"
FILES = (FILE, f"{FILE}-wal", f"{FILE}-shm")
"""The file, and what SQLite keeps beside it."""

FORM = 2
"""The number of the form that the file has; one of another form is begun anew."""

TABLES = """
CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS asked (kind TEXT, key TEXT, time INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""
COUNTED = "SELECT count(*) FROM sqlite_master"
LARGEST = 1_000_000_000
"""The size in bytes from which on the file is begun anew, where no freeze has made it smaller before."""

DIGEST = 16
"""How many bytes tell a value that is whole from one that is damaged."""

PORTION = 16_000_000
"""The size in bytes of all that waits to be written, from which on it is."""

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
        self._lock = threading.RLock()
        self._new: dict[tuple[str, str], bytes] = {}
        self._size = 0
        self._asked: set[tuple[str, str]] = set()
        self._site_folder = site_folder
        self._inherited: list[sqlite3.Connection | None] = []
        self._connect()

    def _connect(self) -> None:
        """Open the file, where that can be done."""
        site_folder = self._site_folder
        self._process = os.getpid()
        self._database: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error, UnicodeError):
            try:
                self._open(site_folder / FILE)
            except (sqlite3.DatabaseError, UnicodeError) as error:
                if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                    return
                for name in FILES:
                    (site_folder / name).unlink(missing_ok=True)
                self._open(site_folder / FILE)

    def _open(self, file: Path) -> None:
        """Open the file, which is made where there is none. Raises `sqlite3.Error` or `UnicodeError` where it is damaged."""
        file.parent.mkdir(exist_ok=True)
        if file.exists() and file.stat().st_size > LARGEST:
            file.unlink()
        database = sqlite3.connect(file, timeout=5, isolation_level=None, check_same_thread=False)
        try:
            form, tables = (database.execute(question).fetchone()[0] for question in ("PRAGMA user_version", COUNTED))
            if tables and form != FORM:
                raise sqlite3.DatabaseError("the file has another form")
            database.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA user_version={FORM}; {TABLES}")
            database.execute("SELECT value FROM kept LIMIT 1")
            database.execute("SELECT time FROM asked LIMIT 1")
        except (sqlite3.Error, UnicodeError):
            database.close()
            raise
        self._database = database

    def _own(self) -> threading.RLock:
        """The lock, with a connection of this process: one that was forked must neither use nor close its parent's."""
        if os.getpid() != self._process:
            self._inherited.append(self._database)
            self._lock, self._asked = threading.RLock(), set()
            if self._database:
                self._new, self._size = {}, 0
            self._connect()
        return self._lock

    def get(self, kind: str, key: str) -> bytes | None:
        """What is kept of a kind under a key."""
        return self.many(kind, (key,)).get(key)

    def many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """What is kept of a kind under each of `keys`, for those of which there is anything."""
        wanted = list(keys)
        with self._own():
            found = {key: self._new[kind, key] for key in wanted if (kind, key) in self._new}
            for some in portions(wanted):
                rows = self._rows(f"SELECT key, value FROM kept WHERE kind = ? AND key IN ({marks(some)})", kind, *some)  # noqa: S608
                whole = ((key, kept) for key, kept in rows if isinstance(kept, bytes) and digest(kept[DIGEST:]) == kept[:DIGEST])
                found.update((key, kept[DIGEST:]) for key, kept in whole)
            self._asked.update((kind, key) for key in found)
        return found

    def known(self, kind: str, keys: Iterable[str]) -> set[str]:
        """Those of `keys` under which anything of a kind is kept."""
        wanted = list(keys)
        with self._own():
            found = {key for key in wanted if (kind, key) in self._new}
            for some in portions(wanted):
                rows = self._rows(f"SELECT key FROM kept WHERE kind = ? AND key IN ({marks(some)})", kind, *some)  # noqa: S608
                found.update(key for (key,) in rows)
            self._asked.update((kind, key) for key in found)
        return found

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep `value`; on the disk after the next `save`, or when much has been put."""
        with self._own():
            self._new[kind, key] = value
            self._asked.add((kind, key))
            self._size += len(value)
            if self._size > PORTION:
                self.save()

    def save(self) -> None:
        """Write to the disk what was put; where there is no file it stays in memory."""
        with self._own():
            if self._database is None:
                return
            new, self._new, self._size = self._new, {}, 0
            rows = [(kind, key, digest(value) + value) for (kind, key), value in new.items()]
            self._write("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def mark(self) -> None:
        """Write to the disk what was asked for or put in this run, so that it is known to be in use."""
        with self._own():
            now = int(time.time())
            self._write("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", [(*one, now) for one in self._asked])

    def sizes(self) -> dict[tuple[str, str], tuple[int, int]]:
        """For each kind and key when it was marked last, in seconds since 1970, and the size of its value in bytes."""
        question = "SELECT kind, key, coalesce(time, 0), coalesce(length(value), 0) FROM kept LEFT JOIN asked USING (kind, key)"
        with self._own():
            return {(kind, key): (marked, size) for kind, key, marked, size in self._rows(question)}

    def drop(self, ones: Iterable[tuple[str, str]]) -> None:
        """Forget what is kept under some kinds and keys, and give their room back."""
        gone = list(ones)
        with self._own(), suppress(sqlite3.Error):
            self._write("DELETE FROM kept WHERE kind = ? AND key = ?", gone)
            self._write("DELETE FROM asked WHERE (kind, key) NOT IN (SELECT kind, key FROM kept)", [()])
            if self._database:
                self._database.executescript("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")

    def _write(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement with each of some rows: with all of them, or with none where the file cannot be written."""
        if rows and self._database:
            with suppress(sqlite3.Error):
                self._database.execute("BEGIN")
                self._database.executemany(statement, rows)
                self._database.execute("COMMIT")
            if self._database.in_transaction:
                self._database.rollback()

    def _rows(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        """The answer to a question, or nothing from a damaged file."""
        if self._database is None:
            return []
        try:
            return self._database.execute(question, values).fetchall()
        except (sqlite3.Error, UnicodeError):
            return []

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            if self._database:
                self._database.close()
            self._database = None


def portions(keys: list[str]) -> Iterator[list[str]]:
    """Keys, as many at a time as one question may have."""
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def marks(values: list[str]) -> str:
    """The places of values in a question."""
    return ",".join("?" * len(values))


def digest(value: bytes) -> bytes:
    """What tells a value from every other."""
    return hashlib.blake2b(value, digest_size=DIGEST).digest()
