"""Code blocks: highlighted with classes, with a title and marked lines."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_all_lexers, get_lexer_by_name
from pygments.util import ClassNotFound

from ..problems import did_you_mean
from .manuscript import Manuscript
from .tree import AstNode, CodeBlock, column_of, line_of, replace, walk

INFO = re.compile(r"""\s*(?:\{\s*\.?(?=[A-Za-z]))?(?P<language>(?:[^\s{}"'=]++(?!=))?)(?P<rest>.*)$""", re.DOTALL)
TITLE = re.compile(r"""\btitle=(?:"([^"]*)"|'([^']*)'|(\S+))""")
LINES = re.compile(r"\{([\d,\s-]+)\}")
RANGE = re.compile(r"(?<![\d-])\s*(\d{1,9})\d*\s*(?:-\s*(\d{1,9})\d*)?\s*(?=,|$)")


def code(tree: AstNode, document: Manuscript) -> None:
    """Highlight every block of code."""
    for node in walk(tree):
        if isinstance(node.node_value, CodeBlock):
            block = node.node_value.value
            info = INFO.match(block.info if block.fenced else "")
            language, rest = (info["language"], info["rest"]) if info else ("", "")
            if language and lexer_of(language) is None and (near := misspelt(language)):
                document.problem(line_of(node), column_of(node), f"no language is called '{language}'", near)
            if block.fenced and not block.closed:
                message, hint = "this code block is never closed", f"end it with {chr(block.fence_char) * block.fence_length}"
                document.problem(line_of(node), column_of(node), message, hint)
            title = TITLE.search(rest)
            marks = LINES.search(block.info)
            shown = next(filter(None, title.groups()), "") if title else ""
            replace(node, figure(language, block.literal, shown, numbers(marks[1], block.literal.count("\n")) if marks else ()))


def numbers(spec: str, count: int) -> tuple[int, ...]:
    """The lines that `2,5-7` names, of `count` that there are."""
    ranges = [(int(found[1]), int(found[2] or found[1])) for found in RANGE.finditer(spec)]
    lines: list[int] = []
    reached = 0
    for first, last in sorted(ranges):
        lines.extend(range(max(first, reached + 1), min(last, count) + 1))
        reached = max(reached, last)
    return tuple(lines)


@lru_cache(maxsize=4096)
def figure(language: str, text: str, title: str, marked: tuple[int, ...]) -> str:
    """The HTML of one block; kept, since the same blocks come again with every change of the page around them."""
    lexer = lexer_of(language)
    if lexer is None and not marked:
        body = escape(text)
    else:
        lines = highlight(text, lexer or PLAIN, FORMATTER).removesuffix("\n").split("\n") if text else []
        body = "".join(f"<mark>{line}\n</mark>" if at in marked else f"{line}\n" for at, line in enumerate(lines, 1))
    name = f' class="language-{escape(language)}"' if language else ""
    block = f'<pre tabindex="0"><code{name}>{body}</code></pre>\n'
    return f'<figure class="code"><figcaption>{escape(title)}</figcaption>{block}</figure>\n' if title else block


FORMATTER = HtmlFormatter(nowrap=True)
PLAIN = TextLexer(stripnl=False, ensurenl=False)


@cache
def lexer_of(language: str) -> Lexer | None:
    """Pygments' lexer for a language, or `None` for plain text."""
    try:
        return get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        return None


@cache
def misspelt(language: str) -> str:
    """The hint for a name that is nearly a language's; any other name is taken for plain text."""
    if len(language) < 4:
        return ""
    names = {alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases if len(alias) > 3}
    hint = did_you_mean(language.lower(), names)
    near = hint.split("'")[1] if hint else ""
    return (
        hint
        if sorted(near) == sorted(language.lower()) or (abs(len(near) - len(language)) == 1 and near[:2] == language[:2])
        else ""
    )
