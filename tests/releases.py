"""Releases written in a test, to deploy them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.deploy import Address, Plan, Wishes, deploy
from app.release.manifest import NAME, Manifest

FIRST = {
    ".nojekyll": "",
    "index.html": '<link href="static/site.0123abcd.css"><p>one</p>',
    "notes/a/index.html": "<p>a</p>",
    "notes/ä b/index.html": "<p>ä</p>",
    "sitemap.xml": "<a/><b/>",
    "static/site.0123abcd.css": "p { color: red }",
    "static/site.css": "p { color: red }",
}
SECOND = {
    ".nojekyll": "",
    "index.html": '<link href="static/site.4567cdef.css"><p>two</p>',
    "new/index.html": "<p>new</p>",
    "notes/ä b/index.html": "<p>ä</p>",
    "sitemap.xml": "<a/><new/>",
    "static/site.4567cdef.css": "p { color: blue }",
    "static/site.css": "p { color: blue }",
}


@dataclass(frozen=True)
class Home:
    """A site folder with a release in it."""

    folder: Path

    @property
    def release(self) -> Path:
        """Where its release is."""
        return self.folder / "build"

    def holds(self, files: Mapping[str, str]) -> None:
        """Make the release of these files and no others."""
        for file in self.release.rglob("*"):
            if file.is_file():
                file.unlink()
        for path, text in files.items():
            (self.release / path).parent.mkdir(parents=True, exist_ok=True)
            (self.release / path).write_text(text, "utf-8")
        Manifest.of(self.release).write(self.release)

    def deploy(self, address: str, wishes: Wishes | None = None) -> Plan:
        """Deploy the release to an address."""
        return deploy(self.folder, self.release, Address.parse(address, self.folder), wishes or Wishes())


def files_in(folder: Path) -> dict[str, str]:
    """The files below a folder with their texts, without what a deploy keeps for itself."""
    found = {
        file.relative_to(folder).as_posix(): file.read_text("utf-8", "surrogateescape")
        for file in folder.rglob("*")
        if file.is_file()
    }
    return {path: text for path, text in found.items() if path != NAME}


def paths(plan: Plan) -> tuple[list[str], list[str], list[str]]:
    """What is new, changed and gone in a plan."""
    return [item.path for item in plan.added], [item.path for item in plan.changed], list(plan.gone)
