"""Files for hosts: that they are what a host can read, and that what they run is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from app.cli import main
from app.deploy.hosts import HOSTS, write_workflow
from app.folders import PROGRAM
from app.release.refusal import Refused

from .site_tree import SiteTree
from .test_cli import octavo

OCTAVO = "https://example.org/octavo.git"


def repository(folder: Path, branch: str = "main") -> None:
    """Make a folder a repository."""
    subprocess.run(["git", "init", "--quiet", f"--initial-branch={branch}", str(folder)], check=True)


def commands(host: str, text: str) -> list[str]:
    """The commands that a file makes a host run, in order."""
    if host == "github":
        return [step["run"] for step in yaml.safe_load(text)["jobs"]["freeze"]["steps"] if "run" in step]
    if host == "gitlab":
        script: list[str] = yaml.safe_load(text)["pages"]["script"]
        return script
    if host == "netlify":
        return str(tomllib.loads(text)["build"]["command"]).split(" && ")
    return next(line for line in text.splitlines() if "Build command:" in line).partition(":")[2].strip().split(" && ")


@pytest.mark.parametrize("host", list(HOSTS))
def test_the_commands_are_those_of_octavo_with_options_that_it_has(tree: SiteTree, host: str) -> None:
    repository(tree.folder)
    file = write_workflow(host, tree.folder, OCTAVO)

    clone, install, freeze = commands(host, file.read_text())

    assert clone == f"git clone --quiet {OCTAVO} /tmp/octavo"
    assert install.startswith("python -m pip install --constraint /tmp/octavo/constraints.txt --editable ")
    words = [re.sub(r"^\$\w+$", "https://example.org/", word) for word in shlex.split(freeze)]
    assert words[:4] == ["octavo", "--site", ".", "freeze"]
    frozen = octavo(*words[1:], cwd=tree.folder)
    assert frozen.returncode == 0, frozen.stderr
    assert (tree.folder / words[-1] / "index.html").exists()


@pytest.mark.parametrize("host", list(HOSTS))
def test_the_folder_that_is_frozen_into_is_the_one_that_is_published(tree: SiteTree, host: str) -> None:
    text = write_workflow(host, tree.folder, OCTAVO).read_text()
    out = shlex.split(commands(host, text)[-1])[-1]

    published: Any
    if host == "github":
        (published,) = (
            step["with"]["path"] for step in yaml.safe_load(text)["jobs"]["freeze"]["steps"] if "upload" in step.get("uses", "")
        )
    elif host == "gitlab":
        (published,) = yaml.safe_load(text)["pages"]["artifacts"]["paths"]
    elif host == "netlify":
        published = tomllib.loads(text)["build"]["publish"]
    else:
        published = tomllib.loads(text)["pages_build_output_dir"]

    assert published == out
    assert "@" not in re.sub(r"uses: actions/\S+@v\d+$", "", text, flags=re.MULTILINE)


def test_the_workflow_for_github_publishes_what_was_frozen_with_the_least_rights(tree: SiteTree) -> None:
    repository(tree.folder, "trunk")
    workflow = yaml.safe_load(write_workflow("github", tree.folder, OCTAVO).read_text())

    assert workflow[True]["push"] == {"branches": ["trunk"]}
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert workflow["jobs"]["publish"]["needs"] == "freeze"
    used = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)
    assert any(action.startswith("actions/deploy-pages@") for action in used)


def test_a_clone_of_octavo_installs_itself(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / "pages").mkdir()

    install, freeze = commands("gitlab", write_workflow("gitlab", tmp_path, program=tmp_path).read_text())

    assert install == 'python -m pip install --constraint constraints.txt --editable ".[diagrams]"'
    assert (PROGRAM / "constraints.txt").exists()
    assert "diagrams" in tomllib.loads((PROGRAM / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert freeze.startswith('octavo --site "." freeze')


def test_a_site_below_its_repository_is_found_there(tmp_path: Path) -> None:
    repository(tmp_path)
    tree = SiteTree(tmp_path / "my site")
    tree.entry("index")

    file = write_workflow("netlify", tree.folder, OCTAVO)

    assert file == tmp_path / "netlify.toml"
    assert shlex.split(commands("netlify", file.read_text())[-1])[:4] == ["octavo", "--site", "my site", "freeze"]


def test_the_commit_of_octavo_that_is_in_use_is_the_one_that_the_host_gets(tree: SiteTree, tmp_path: Path) -> None:
    program = tmp_path / "program"
    repository(program)
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *who, "commit", "--quiet", "--allow-empty", "-m", "One"], cwd=program, check=True)
    subprocess.run(["git", "remote", "add", "origin", OCTAVO], cwd=program, check=True)
    commit = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=program, text=True).strip()

    lines = commands("github", write_workflow("github", tree.folder, program=program).read_text())

    assert lines[:2] == [f"git clone --quiet {OCTAVO} /tmp/octavo", f"git -C /tmp/octavo checkout --quiet {commit}"]


@pytest.mark.parametrize("octavo", ["", "git@example.org:octavo.git", "https://me:secret@example.org/x", "https://x.org/; rm"])
def test_an_address_that_a_host_could_not_or_should_not_use_is_refused(tree: SiteTree, tmp_path: Path, octavo: str) -> None:
    with pytest.raises(Refused, match="write where the host gets it: --octavo https://"):
        write_workflow("github", tree.folder, octavo, tmp_path)

    assert not (tree.folder / ".github").exists()


@pytest.mark.parametrize("host", list(HOSTS))
def test_a_file_that_is_there_is_never_touched(tree: SiteTree, host: str) -> None:
    tree.write(HOSTS[host].path, "mine")

    result = CliRunner().invoke(main, ["--site", str(tree.folder), "init-ci", host, "--octavo", OCTAVO])

    assert result.exit_code == 1
    assert f"Error: '{HOSTS[host].path}' is there already" in result.output
    assert (tree.folder / HOSTS[host].path).read_text() == "mine"


def test_octavo_init_ci_says_what_it_wrote_and_what_comes_next(tree: SiteTree) -> None:
    result = octavo("--site", tree.folder, "init-ci", "github", "--octavo", OCTAVO, cwd=tree.folder)

    assert result.returncode == 0
    assert result.stdout.startswith(".github/workflows/site.yml\nCommit it; choose 'GitHub Actions'")
