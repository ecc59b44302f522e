"""What tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from .site_tree import SiteTree


@pytest.fixture
def tree(tmp_path: Path) -> SiteTree:
    """An empty site: a folder with a home page and nothing else."""
    site_tree = SiteTree(tmp_path / "site")
    site_tree.entry("index")
    return site_tree
