"""Program: everything beside the content that decides what a page is, as one digest."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import flask

from ..folders import PROGRAM
from ..linkcards import FOLDER
from ..markup.graphviz import command
from ..site import Site
from .evidence import Evidence, digest

PACKAGES = Path(flask.__file__).parent.parent
"""The folder with what Octavo stands on, each with its version in the name of a folder beside it."""


def program_of(site: Site, now: Evidence, *settings: object) -> str:
    """What tells this state of the program, its templates, static files and settings from another, and `settings` too."""
    code = sorted(file for file in (PROGRAM / "app").rglob("*") if "__pycache__" not in file.parts)
    stands_on = sorted(name for name in os.listdir(PACKAGES) if name.endswith(".dist-info"))
    own = [
        file
        for folder in (*site.folders.templates, *site.folders.static, site.folder / FOLDER)
        for file in sorted(folder.rglob("*"))
    ]
    read = hashlib.sha256()
    for file in (*code, *own):
        if file.is_file():
            read.update(f"{file}\0".encode())
            read.update(file.read_bytes())
    return digest(read.hexdigest(), stands_on, sys.version, command(), now.stamped("site.yml"), site.config, settings)
