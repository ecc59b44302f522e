"""Addresses: where a release is sent, as an author writes it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

BRANCH = "gh-pages"
FORMS = "git:origin#gh-pages, rsync:you@host:/path, s3://bucket/folder or the path of a folder (/path, ./path, ~/path)"
FOLDER = re.compile(r"(/|\.{1,2}(/|$)|~|[A-Za-z]:[\\/])")
"""How the path of a folder begins; `sites/mine` is none, so that a word with a slip in it does not become a folder."""


@dataclass(frozen=True, slots=True)
class Address:
    """A kind of target, the place there, and for git a branch; `str` of it is a form that can be written."""

    kind: str
    place: str
    branch: str = ""

    @classmethod
    def parse(cls, written: str, folder: Path) -> Address:
        """What was written; a relative path is taken from `folder`. Raises `ValueError` with what can be written."""
        kind, colon, place = written.partition(":")
        if kind == "git":
            remote, _, branch = place.rpartition("#") if "#" in place else (place, "", "")
            address = cls("git", remote or "origin", branch or BRANCH)
        elif kind == "rsync" and colon:
            address = cls("rsync", (written if place.startswith("//") else place).rstrip("/") or "/")
        elif written.startswith("s3://"):
            address = cls("s3", written.removeprefix("s3://").strip("/"))
        elif FOLDER.match(written):
            address = cls("folder", os.path.abspath(folder / Path(written).expanduser()))
        else:
            raise ValueError(f"'{written}' is no place to deploy to; write {FORMS}")
        if not address.place or address.place.startswith("-") or address.branch.startswith("-"):
            raise ValueError(f"'{written}' does not say where; write {FORMS}")
        return address

    def __str__(self) -> str:
        match self.kind:
            case "git":
                return f"git:{self.place}#{self.branch}"
            case "rsync":
                return self.place if self.place.startswith("rsync:") else f"rsync:{self.place}"
            case "s3":
                return f"s3://{self.place}"
        return self.place
