"""Content is no program: nothing that is written in it runs a process, opens the network, or reads what is outside the site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from app.folders import PROGRAM

from .site_tree import SiteTree

SECRET = "kept-secret-4711"

BODIES = (
    *(f"{{{{ {one} }}}}" for one in ("config", "site.folder", "''.__class__.__mro__",
    "cycler.__init__.__globals__.os.environ", "request.environ")),
    "{% include '/etc/hostname' %}", "{% import 'os' as os %}{{ os.environ }}", "{% raw %}{{ 7*7 }}{% endraw %}",
    "${SITE_SECRET}", "$SITE_SECRET",
    "$(id)", "`id`{=shell}", "<?php system('id') ?>", "<!--#include file='/etc/hostname' -->", "<!--#exec cmd='id' -->",
    "%%bash\nid",
    *(f"![x]({path})" for path in ("OUTSIDE/secret.svg", "file://OUTSIDE/secret.svg", "../../outside/secret.svg",
    "..%2f..%2foutside/secret.svg",
                                    "/../outside/secret.svg", "....//outside/secret.svg", "link.svg", "folder/secret.svg",
    "http://127.0.0.1:9/x.png")),
    *(f"[x]({path})" for path in ("OUTSIDE/secret.txt", "../../outside/secret.txt", "link.txt", "folder/secret.txt",
    "/%2e%2e/outside/secret.txt", "site.yml", "../site.yml", ".env")),
    "![[../../outside/secret.txt]]", "![[link.txt]]", "![[OUTSIDE/secret.txt]]", "[[../../outside/secret]]",
    "![[folder/secret]]",
    *(f"$${one}$$" for one in (r"\input{OUTSIDE/secret.txt}", r"\write18{id}", r"\immediate\write18{id}",
    r"\includegraphics{OUTSIDE/secret.svg}", r"\openin5=OUTSIDE/secret.txt", r"\directlua{os.execute('id')}")),
    *(f"```{lang}\nimport os; os.system('id')\n```" for lang in ("python", "{python}", "bash", "{r}", "julia", "mermaid",
    "exec", "jupyter")),
    '```dot\ndigraph { a [image="OUTSIDE/secret.svg" shape=none label=""] }\n```',
    '```dot\ndigraph { imagepath="OUTSIDE"; a [shapefile="OUTSIDE/secret.svg"] }\n```',
    "```dot\n#include <OUTSIDE/secret.txt>\ndigraph { a }\n```",
    "::: include {file=OUTSIDE/secret.txt}\n:::", "{{< include OUTSIDE/secret.txt >}}", ".. include:: OUTSIDE/secret.txt",
    "```{include} OUTSIDE/secret.txt\n```", "!include OUTSIDE/secret.txt",
    "```{literalinclude} OUTSIDE/secret.txt\n```", "--8<-- 'OUTSIDE/secret.txt'",
    "<xi:include href='file://OUTSIDE/secret.txt'/>",
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file://OUTSIDE/secret.svg"/></svg>',
    "<iframe src='file://OUTSIDE/secret.txt'></iframe>",
    '#import "OUTSIDE/secret.txt": *', '#read("OUTSIDE/secret.txt")', "@../../outside/secret", "[@OUTSIDE]",
)  # fmt: skip
"""What a text may try; `OUTSIDE` is a folder beside the site."""

FIELDS = (
    "title: !!python/object/apply:os.system [id]", "title: !!python/name:os.environ", "title: !include OUTSIDE/secret.txt",
    "title: !env SITE_SECRET",
    "title: ${SITE_SECRET}", "template: ../../outside/secret.txt", "template: OUTSIDE/secret.txt",
    "image: OUTSIDE/secret.svg", "image: ../../outside/secret.svg",
    "bibliography: [OUTSIDE/secret.bib]", "bibliography: [../../outside/secret.bib]",
    "aliases: [../../../outside/written]", "aliases: [/../outside/written]",
    "image: http://127.0.0.1:9/x.png", "macros: {a: '\\input{OUTSIDE/secret.txt}'}",
)  # fmt: skip
"""What front matter may try."""

OBSERVED = """
import json, os, sys
from app import create_app
from app.check import check
from app.config import Config
seen = []
WATCHED = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "socket.connect", "socket.getaddrinfo",
           "open")
app = create_app(sys.argv[1], Config(base_url="https://example.org/"))
client, site = app.test_client(), app.extensions["octavo"]
client.get("/")
sys.addaudithook(lambda event, found: seen.append([event, str(found[0])]) if event in WATCHED else None)
app.config["PROPAGATE_EXCEPTIONS"] = False
texts = []
for entry in site.store:
    for url in (entry.url, entry.url.rstrip("/") + ".pdf"):
        texts.append(client.get(url).get_data().decode("utf-8", "replace"))
for path in site.texts.files():
    texts.append(client.get("/" + path).get_data().decode("utf-8", "replace"))
found = [str(problem) for problem in check(site)]
print(json.dumps([seen, "".join(texts), found, len(list(site.store))]))
"""


def hostile(tree: SiteTree, outside: Path) -> SiteTree:
    """A site in which every file tries something."""
    tree.write("pages/site.yml", "title: A site\nwithout: [search, cards, api, map]\n")
    for number, body in enumerate(BODIES):
        tree.write(
            f"pages/notes/t{number}.md", f"---\ntitle: T{number}\npdf: true\n---\n\n{body.replace('OUTSIDE', str(outside))}\n"
        )
    for number, field in enumerate(FIELDS):
        title = "" if field.startswith("title:") else f"title: F{number}\n"
        tree.write(f"pages/notes/f{number}.md", f"---\n{title}{field.replace('OUTSIDE', str(outside))}\n---\n\nText.\n")
    for name, target in (("link.svg", "secret.svg"), ("link.txt", "secret.txt"), ("folder", "")):
        (tree.folder / "pages" / "notes" / name).symlink_to(outside / target)
    tree.write("pages/.env", SECRET)
    return tree


def test_s13_no_content_runs_a_process_opens_the_network_or_reads_what_is_outside(tree: SiteTree, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(SECRET)
    (outside / "secret.bib").write_text(f"@book{{OUTSIDE, title = {{{SECRET}}}}}")
    (outside / "secret.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><desc>{SECRET}</desc></svg>'
    )
    hostile(tree, outside)

    command = [sys.executable, "-c", OBSERVED, str(tree.folder)]
    run = subprocess.run(
        command, cwd=PROGRAM, capture_output=True, text=True, check=False, env={**os.environ, "SITE_SECRET": SECRET}
    )

    assert run.returncode == 0, run.stderr
    seen, shown, problems, entries = json.loads(run.stdout)
    assert len(BODIES) + len(FIELDS) >= 60
    assert entries >= 60
    assert SECRET not in shown
    assert SECRET not in "".join(problems)
    assert [one for one in seen if one[0] == "open" and (str(outside) in one[1] or "/etc/" in one[1])] == []
    assert [one for one in seen if one[0] not in ("open", "subprocess.Popen")] == []
    assert {Path(one[1]).name for one in seen if one[0] == "subprocess.Popen"} <= {"dot", Path(sys.executable).name}
    assert not list(tmp_path.rglob("written*"))
