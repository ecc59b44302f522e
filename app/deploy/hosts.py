"""Hosts: the files by which GitHub, GitLab, Netlify and Cloudflare freeze and publish a site themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..folders import PROGRAM
from ..release.refusal import Refused
from .git import git

WORKFLOWS = Path(__file__).parent / "workflows"
THERE = "/tmp/octavo"  # noqa: S108
"""Where the machine of a host puts Octavo itself: it is of one build only."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host: our file for it, where it looks for that, what stands before and between the lines that install Octavo."""

    workflow: str
    path: str
    before: str
    between: str
    then: str


HOSTS = {
    "github": Host(
        "github.yml", ".github/workflows/site.yml", "      - run: ", "\n      - run: ",
        "choose 'GitHub Actions' as the source in the repository's Settings > Pages, and push",
    ),
    "gitlab": Host("gitlab.yml", ".gitlab-ci.yml", "    - ", "\n    - ", "push, and see Deploy > Pages"),
    "netlify": Host("netlify.toml", "netlify.toml", "", " && ", "push, and let Netlify import the repository"),
    "cloudflare": Host(
        "cloudflare.toml", "wrangler.toml", "", " && ",
        "push, and let Cloudflare Pages import the repository, with the build command that stands in the file",
    ),
}  # fmt: skip


def write_workflow(name: str, site_folder: Path, octavo: str = "", program: Path = PROGRAM) -> Path:
    """Write the file for a host into the repository of a site, and answer which.

    `octavo` is the address of the repository from which the host gets Octavo, where the site has one of its own; `program` is
    the folder with Octavo here.
    Raises `Refused` where the file is there already, or where nothing is known about that address.
    """
    host = HOSTS[name]
    home = Path(git("rev-parse", "--show-toplevel", folder=site_folder, fails=True).strip() or site_folder)
    file = home / host.path
    if file.exists():
        raise Refused(f"'{host.path}' is there already; move it away to have a new one")
    facts = {
        "install": host.before + host.between.join(installing(home, octavo, program)),
        "site": site_folder.relative_to(home).as_posix(),
        "branch": git("symbolic-ref", "--short", "-q", "HEAD", folder=site_folder, fails=True).strip() or "main",
        "name": re.sub(r"[^a-z0-9]+", "-", home.name.lower()).strip("-")[:58] or "site",
    }
    text = (WORKFLOWS / host.workflow).read_text("utf-8")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(re.sub(r"@(\w+)@", lambda found: facts[found[1]], text), "utf-8")
    return file


def installing(home: Path, octavo: str, program: Path) -> list[str]:
    """The commands that install Octavo: from this repository where it is one, else the commit that is in use here."""
    if home == program and not octavo:
        return ['python -m pip install --constraint constraints.txt --editable ".[diagrams]"']
    known = git("remote", "get-url", "origin", folder=program, fails=True).strip()
    url = octavo or known
    if not re.fullmatch(r"https://[\w./~:-]+", url):
        hint = "write where the host gets it: --octavo https://... (the repository you cloned Octavo from)"
        raise Refused(f"your site has a repository of its own, without Octavo in it; {hint}")
    commit = "" if octavo and octavo != known else git("rev-parse", "-q", "--verify", "HEAD", folder=program, fails=True).strip()
    checkout = [f"git -C {THERE} checkout --quiet {commit}"] if commit else []
    install = f'python -m pip install --constraint {THERE}/constraints.txt --editable "{THERE}[diagrams]"'
    return [f"git clone --quiet {url} {THERE}", *checkout, install]
