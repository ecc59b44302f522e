"""The headers that a host is told to send: strict, and enough for what the pages show."""

from __future__ import annotations

import re
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from app import create_app
from app.config import Config
from app.folders import PROGRAM
from app.policy import policy

from .browser import QuietFiles, answering, opened
from .site_tree import SiteTree


def allowed(text: str, name: str) -> set[str]:
    """The sources under one directive of the policy in `text`."""
    found = re.search(rf"[;:] {name} ([^;\n]*)", text)
    return set(found[1].split()) if found else set()


def test_the_policy_of_a_plain_site_allows_nothing_but_itself(tree: SiteTree) -> None:
    tree.entry("about", "Text with $x^2$ and `code`.\n\n```html\n<p style='x'><script>alert()</script>\n```")

    text = tree.get("/_headers")

    assert text.startswith("/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n")
    assert allowed(text, "default-src") == {"'self'"}
    assert allowed(text, "script-src") == {"'self'", "'wasm-unsafe-eval'"}
    assert allowed(text, "base-uri") == {"'none'"}
    assert "unsafe-inline" not in text
    assert "https:" not in text


def test_what_an_author_shows_from_elsewhere_is_allowed_and_nothing_more(tree: SiteTree) -> None:
    tree.entry(
        "about",
        """
        ![a](https://pictures.example/a.png) [a link](https://linked.example/)

        <iframe src="https://videos.example/embed/1"></iframe>
        <video src="//films.example/a.mp4" controls></video>
        <p style="color: teal">x</p>
        <script>console.log(1)</script>
        """,
    )

    text = tree.get("/_headers")

    assert allowed(text, "img-src") == {"'self'", "https://pictures.example", "https://films.example"}
    assert allowed(text, "frame-src") == {"'self'", "https://videos.example"}
    assert allowed(text, "media-src") == {"'self'", "https://films.example"}
    assert allowed(text, "style-src") == {"'self'", "'unsafe-inline'"}
    assert "'sha256-CihokcEcBW4atb/CW/XWsvWwbTjqwQlE9nj9ii5ww5M='" in allowed(text, "script-src")
    assert "linked.example" not in text


def test_a_drawing_with_styles_of_its_own_can_be_opened_by_itself(tree: SiteTree) -> None:
    tree.write("pages/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><style>p{}</style></svg>')
    tree.entry("about", "![A drawing](a.svg)")

    assert allowed(tree.get("/_headers"), "style-src") == {"'self'", "'unsafe-inline'"}


def test_files_with_a_digest_in_their_name_are_kept_for_ever(tree: SiteTree) -> None:
    tree.freeze()

    kept = re.findall(
        r"^(/static/\S+)\n  Cache-Control: public, max-age=31536000, immutable$", tree.frozen("_headers"), re.MULTILINE
    )
    assert kept
    assert all(re.search(r"\.[0-9a-f]{8}\.\w+$", url) and url[1:] in tree.release() for url in kept)


def test_headers_of_the_authors_own_come_first_and_their_policy_is_the_only_one(tree: SiteTree) -> None:
    tree.write("pages/_headers", "/*\n  Content-Security-Policy: default-src 'self' https://mine.example\n")

    text = tree.get("/_headers")

    assert text.startswith("/*\n  Content-Security-Policy: default-src 'self' https://mine.example\n/*\n")
    assert text.count("Content-Security-Policy") == 1


def test_the_demo_shows_nothing_from_another_host() -> None:
    text = create_app(PROGRAM, Config()).test_client().get("/_headers").get_data(as_text=True)

    assert "https:" not in text
    assert allowed(text, "script-src") == {"'self'", "'wasm-unsafe-eval'"}


@pytest.mark.parametrize("html", ['<img src="data:image/png;base64,x" alt="">', "<img src='data:image/png;base64,x' alt=''>"])
def test_a_picture_inside_the_page_is_allowed(html: str) -> None:
    assert "img-src 'self' data:" in policy([html])


class Sending(QuietFiles):
    """Serves a folder with the policy of its `_headers`."""

    def end_headers(self) -> None:
        """Send the policy too."""
        policy = re.search("Content-Security-Policy: (.*)", (Path(self.directory) / "_headers").read_text())
        self.send_header("Content-Security-Policy", policy[1] if policy else "")
        super().end_headers()


def test_pages_work_under_the_policy_that_they_are_sent_with(tree: SiteTree) -> None:
    tree.entry(
        "about", "Text with $x^2$ and a\n\n```python\nprint(1)\n```\n\n![A drawing](a.svg)\n\n## One\n## Two\n## Three\n## Four"
    )
    tree.write("pages/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><style>svg{fill:red}</style></svg>')
    tree.freeze()

    told: list[str] = []
    handler = partial(Sending, directory=str(tree.folder / "build"), prefix="/")
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address, opened() as browser:
        page = browser.new_page()
        page.on("console", lambda message: told.append(message.text))
        for path in ("/about/", "/search/?q=text", "/map/", "/a.svg"):
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            if path.startswith("/search/"):
                page.locator("search ol li").first.wait_for()

    assert [text for text in told if "Policy" in text or "policy" in text] == []
