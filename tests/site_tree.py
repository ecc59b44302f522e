"""SiteTree: a small site written in a test, to serve, check or freeze it for real."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from flask import Flask

from app import VIEWS, create_app
from app.check import check
from app.config import Config
from app.problems import Problem
from app.release import Changes, freeze
from app.site import Site

BASE_URL = "https://example.org/"


@dataclass(frozen=True)
class SiteTree:
    """A site folder for the time of a test."""

    folder: Path

    def write(self, path: str, text: str | bytes = "") -> Path:
        """Write a file, given by its path in the site folder; text is dedented, so that it can be written in line."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode())
        return file

    def entry(self, id: str, body: str = "Some text.", **fields: object) -> Path:
        """Write an entry with a title and these fields, given as YAML."""
        lines = [f"{key}: {value}" for key, value in {"title": id.rpartition("/")[2].title(), **fields}.items()]
        return self.write(f"pages/{id}.md", "\n".join(["---", *lines, "---", "", dedent(body).strip("\n"), ""]))

    def app(self, drafts: bool = False, base_url: str | None = BASE_URL) -> Flask:
        """The application that serves the folder."""
        return create_app(self.folder, Config(base_url=base_url, drafts=drafts))

    def site(self, drafts: bool = False) -> Site:
        """The folder as views see it."""
        site: Site = self.app(drafts).extensions["octavo"]
        return site

    def problems(self) -> list[Problem]:
        """Everything that is wrong with the content."""
        return check(self.site())

    def get(self, url: str, drafts: bool = False) -> str:
        """The page that is served at `url`."""
        return self.app(drafts).test_client().get(url).get_data(as_text=True)

    def freeze(self, out: str = "build", drafts: bool = False, base_url: str | None = BASE_URL) -> Changes:
        """Freeze the folder into `out`, as `octavo freeze` does."""
        return freeze(self.app(drafts, base_url), VIEWS, self.folder / out)

    def frozen(self, path: str) -> str:
        """The text of a file of the release in `build/`."""
        return (self.folder / "build" / path).read_text("utf-8")

    def release(self, out: str = "build") -> dict[str, bytes]:
        """Every file of a release with its bytes, but for the manifest, which tells of these."""
        root = self.folder / out
        files = {file.relative_to(root).as_posix(): file for file in sorted(root.rglob("*")) if file.is_file()}
        return {path: file.read_bytes() for path, file in files.items() if path != ".manifest.json"}
