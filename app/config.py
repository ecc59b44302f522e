"""The operator's facts, read once from the environment or given by a command."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from .content.facts import as_base


@dataclass(frozen=True, slots=True)
class Config:
    """How this run of the program treats the site.

    `base_url` is where the site will stand, with a slash at the end, or `None` for what `site.yml` says;
    `drafts` shows drafts; `hosts` are the only Host names answered, all where there are none; `cache` keeps what was made in
    `.octavo/` of the site folder.
    """

    base_url: str | None = None
    drafts: bool = False
    hosts: tuple[str, ...] = ()
    cache: bool = True

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Config:
        """`OCTAVO_BASE_URL`, and `OCTAVO_DRAFTS` as 1 or 0. Raises `ValueError` for a base URL that is none."""
        base_url = environ.get("OCTAVO_BASE_URL")
        drafts = environ.get("OCTAVO_DRAFTS", "0").lower() in ("1", "true", "yes")
        return cls(as_base(base_url) if base_url else None, drafts)
