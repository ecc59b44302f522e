"""What tests share."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .site_tree import SiteTree


@pytest.fixture
def tree(tmp_path: Path) -> SiteTree:
    """An empty site: a folder with a home page and nothing else."""
    site_tree = SiteTree(tmp_path / "site")
    site_tree.entry("index")
    return site_tree


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of its own, of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=True, capture_output=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)
