"""All 652 examples of the CommonMark specification, bare and as the site reads them."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from comrak import ExtensionOptions, ParseOptions, RenderOptions, format_html, parse_document

from app.markup import Slot, parse

BARE = (ExtensionOptions(), ParseOptions(), RenderOptions(unsafe_=True))

FIGURE = "an image alone in a paragraph is a figure, its title the caption"
HIGHLIGHT = "code in a language that is known is highlighted"
AUTOLINK = "GitHub's autolinks: a bare address is a link"
EMBED = "a name between '![[' and ']]' alone in a paragraph is shown here"
ON_PURPOSE = {
    **dict.fromkeys((520, 572, 573, 574, 575, 576, 577, 578, 580, 581, 582, 583, 584, 585, 586, 588, 589, 591), FIGURE),
    **dict.fromkeys((142, 143), HIGHLIGHT),
    **dict.fromkeys((602, 608, 611, 612), AUTOLINK),
    590: EMBED,
}
"""The examples that the extensions change, and which of them does."""


class Example(NamedTuple):
    """One example of the specification."""

    number: int
    markdown: str
    html: str


EXAMPLES = [
    Example(one["example"], one["markdown"], one["html"])
    for one in json.loads((Path(__file__).parent / "corpora" / "commonmark-0.31.2.json").read_text("utf-8"))
]


def asked(part: str | Slot) -> str:
    """A part of a Document with what the author wrote in the place of a Slot."""
    if isinstance(part, str):
        return part
    if part.kind == "embed":
        return f'<div class="embed">{escape(part.target)}</div>'
    return f'src="{escape(part.target)}"' if part.kind == "image" else escape(part.target)


def configured(markdown: str) -> str:
    """The HTML of the site without what it adds to every heading, block of code and picture."""
    html = "".join(map(asked, parse(markdown).parts))
    html = re.sub(r' <a class="permalink"[^>]*>#</a>', "", html)
    html = re.sub(r'<h([1-6]) id="[^"]*">', r"<h\1>", html)
    return html.replace(' loading="lazy"', "").replace(' decoding="async"', "").replace('<pre tabindex="0">', "<pre>")


def same(html: str) -> str:
    """`html` where spellings that mean the same are one: addresses decoded, `/>` as `>`, no line end after `<li>`."""
    decoded = re.sub(r'(href|src)="([^"]*)"', lambda found: f"{found[1]}={unquote(unescape(found[2]))!r}", html)
    return re.sub(r"<li>\n", "<li>", decoded).replace(" />", ">")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.number))
def test_the_bare_parser_gives_the_html_of_the_specification(example: Example) -> None:
    tree = parse_document(example.markdown, *BARE)

    assert format_html(tree, *BARE) == example.html


def test_the_specification_has_652_examples() -> None:
    assert len(EXAMPLES) == 652


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.number not in ON_PURPOSE], ids=lambda example: str(example.number)
)
def test_the_site_reads_an_example_as_the_specification_does(example: Example) -> None:
    html = configured(example.markdown)

    assert same(html) == same(example.html)


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.number in ON_PURPOSE], ids=lambda example: str(example.number)
)
def test_an_example_that_an_extension_changes_on_purpose_still_differs(example: Example) -> None:
    html = configured(example.markdown)

    assert same(html) != same(example.html)
    signs = {FIGURE: "<figure>", HIGHLIGHT: '<span class="k">', AUTOLINK: '<a href="', EMBED: '<div class="embed">foo</div>'}
    assert signs[ON_PURPOSE[example.number]] in html
