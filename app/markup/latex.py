"""LaTeX as people write it, made into the LaTeX that the converter knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

MAX_DEPTH = 500
MAX_LENGTH = 50_000
MAX_COMMANDS = 1_500
MAX_MACROS = 1_000
MAX_EXPANDED = 2_000
"""How many braces and commands all expansions of one formula may bring: the converter crashes on deeper nesting."""

COMMANDS: Mapping[str, str] = {
    "mathds": r"\mathbb", "mathbbm": r"\mathbb", "pmb": r"\boldsymbol", "intop": r"\int\limits",
    "mbox": r"\text", "hbox": r"\text", "textnormal": r"\text", "textup": r"\text", "textmd": r"\text",
    "mathnormal": "{#1}", "ensuremath": "{#1}", "smash": "{#1}", "mathclap": "{#1}", "vcenter": "{#1}",
    "nobreak": "", "allowbreak": "", "strut": r"\mathstrut", "cr": r"\\", "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "TeX": r"\text{TeX}", "LaTeX": r"\text{LaTeX}", "KaTeX": r"\text{KaTeX}",
}  # fmt: skip
"""Commands that the converter does not know, in words that it does; some only place what they hold a little differently."""

ENVIRONMENTS = {
    "split": "aligned", "alignat": "align", "alignat*": "align*", "alignedat": "aligned", "smallmatrix": "matrix",
    "eqnarray": "align", "eqnarray*": "align*", "flalign": "align", "flalign*": "align*", "displaymath": "equation*",
    **{f"{kind}matrix*": f"{kind}matrix" for kind in ("", "b", "B", "p", "v", "V")},
}  # fmt: skip

TEXT = r"(?:[^{}\\]++|\\.)"
BRACED = rf"(?:{TEXT}|\{{(?:{TEXT}|\{{(?:{TEXT}|\{{(?:{TEXT}|\{{{TEXT}*+\}})*+\}})*+\}})*+\}})*+"
"""What may stand between two braces, with braces of its own four deep."""

OPERATOR = re.compile(rf"\\DeclareMathOperator(\*?)\s*\{{?\s*\\([A-Za-z]+)\s*\}}?\s*\{{({BRACED})\}}", re.DOTALL)
DEFINITION = re.compile(
    rf"\\(?:(?:re)?new|provide)command\*?\s*\{{?\s*\\([A-Za-z]+)\s*\}}?\s*(?:\[\d\])?\s*\{{({BRACED})\}}"
    rf"|\\g?def\s*\\([A-Za-z]+)\s*(?:#\d)*\s*\{{({BRACED})\}}",
    re.DOTALL,
)
LABEL = re.compile(r"\\(label|eqref)\s*\{([^{}]*)\}")
SINGLE_LETTER = re.compile(r"\\[A-Za-z]+")
ROWS = re.compile(r"\\\\|\\[{}]|[{}]|\\(?:begin|end)(?![A-Za-z])|%[^\n]*")
NUMBERED = re.compile(r"\s*\\begin\{(equation|align|gather|multline)(\*?)\}")

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Tex:
    """LaTeX, and how it came from what the author wrote: each time, the spans replaced and what replaced them."""

    text: str
    edits: tuple[tuple[Edit, ...], ...] = ()

    def edited(self, edits: Iterable[Edit]) -> Tex:
        """This with some spans (in order) replaced."""
        made = tuple(edits)
        pieces: list[str] = []
        at = 0
        for start, end, new in made:
            pieces += self.text[at:start], new
            at = end
        return Tex("".join((*pieces, self.text[at:])), (*self.edits, made)) if made else self

    def origin(self, offset: int) -> int:
        """Where that which stands at `offset` now stood in what the author wrote."""
        for edits in reversed(self.edits):
            grown = 0
            for start, end, new in edits:
                if offset < start + grown + len(new):
                    offset = min(offset, start + grown)
                    break
                grown += len(new) - (end - start)
            offset -= grown
        return offset


def with_mathematics(found: re.Match[str]) -> str:
    r"""`\text{for $x$}` with its formulas outside the text."""
    parts = re.split(r"(?<!\\)\$", found[2])
    if len(parts) < 3 or len(parts) % 2 == 0 or any(part.count("{") != part.count("}") for part in parts):
        return found[0]
    pieces = (f"{{{part}}}" if at % 2 else rf"\{found[1]}{{{part}}}" for at, part in enumerate(parts) if part)
    return f"{{{''.join(pieces)}}}"


def plain_tag(found: re.Match[str]) -> str:
    """A tag without the marks of a formula, where that leaves it as it was."""
    return found[0].replace("$", "").replace(r"\ast", "*")


def environment(found: re.Match[str]) -> str:
    """The beginning or end of an environment under the name that the converter knows it by."""
    return rf"\{found[1]}{{{ENVIRONMENTS.get(found[2], found[2])}}}"


def columns(found: re.Match[str]) -> str:
    """The beginning of an array whose columns say nothing about the space between them."""
    return rf"\begin{{array}}{{{found[1].replace('@{}', '')}}}"


def angle(found: re.Match[str]) -> str:
    """A delimiter by its name."""
    return rf"\{found[1]}\{'langle' if found[2] == '<' else 'rangle'} "


REWRITES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("\\begin", re.compile(r"\\begin\{array\}(?:\[[tbc]\])?\{((?:[^{}]|\{[^{}]*\})*+)\}"), columns),
    (
        "\\begin",
        re.compile(r"\\(begin|end)\{(\w+\*?)\}(?:(?<=at\})\{\d+\}|(?<=at\*\})\{\d+\}|(?<=matrix\*\})\[[lcr]\])?"),
        environment,
    ),
    ("\\\\", re.compile(r"\\\\(?:\*?\[\s*-?[\d.]+\s*[a-z]{2}\s*\]|\*)"), lambda _: r"\\"),
    ("\\\\", re.compile(r"\\\\\s*(?=\\end\{)"), lambda _: ""),
    ("$", re.compile(rf"\\(text[a-z]*|mbox|hbox)\s*\{{({BRACED})\}}", re.DOTALL), with_mathematics),
    ("\\tag", re.compile(r"\\tag\*?\{[^{}]*\}"), plain_tag),
    ("\\", re.compile(r"\\(left|right|middle|[bB]igg?[lrm]?)\s*([<>])"), angle),
    ("ig", re.compile(r"\\[bB]igg?[lrm]?\s*\."), lambda _: ""),
    ("\\rule", re.compile(r"\\rule(?:\[[^\[\]]*\])?\{0[a-z]*\}\{[^{}]*\}"), lambda _: ""),
    ("\\hspace*", re.compile(r"\\hspace\*"), lambda _: r"\hspace"),
    ("\\smash[", re.compile(r"\\smash\[[tb]\]"), lambda _: r"\smash"),
    (
        "\\mathop",
        re.compile(rf"\\mathop\s*\{{({BRACED})\}}\s*\\limits\s*([_^])\s*(\{{{BRACED}\}}|[^\s\\{{}}])"),
        lambda found: rf"\{'under' if found[2] == '_' else 'over'}set{{{found[3]}}}{{{found[1]}}}",
    ),
)
"""What is written in another way: a word that must be there, what is found, and what takes its place."""


def known(tex: Tex) -> Tex:
    """`tex` with what the converter does not know in words that it does."""
    for word, pattern, write in REWRITES:
        if word in tex.text:
            found = ((one.start(), one.end(), write(one)) for one in pattern.finditer(tex.text))
            tex = tex.edited([edit for edit in found if tex.text[edit[0] : edit[1]] != edit[2]])
    return tex


def definitions(tex: Tex) -> tuple[Tex, dict[str, str]]:
    """`tex` without the commands it defines, and those commands."""
    found: dict[str, str] = {}
    edits: list[Edit] = []
    if len(tex.text) > MAX_LENGTH or not any(word in tex.text for word in ("command", "\\def", "\\gdef", "\\Declare")):
        return tex, found
    for one in OPERATOR.finditer(tex.text):
        found[one[2]] = rf"\operatorname{one[1]}{{{one[3]}}}"
        edits.append((one.start(), one.end(), ""))
    tex, edits = tex.edited(edits), []
    for one in DEFINITION.finditer(tex.text):
        found[one[1] or one[3]] = one[2] if one[1] else one[4]
        edits.append((one.start(), one.end(), ""))
    return tex.edited(edits), found


def labelled(tex: Tex, names: dict[str, str]) -> Tex:
    """`tex` with the names of its labels replaced by those that `names` gives them, which have letters and digits only."""
    edits = []
    for found in LABEL.finditer(tex.text):
        name = names.setdefault(found[2].strip(), f"L{len(names)}")
        edits.append((found.start(), found.end(), rf"\{found[1]}{{{name}}}"))
    return tex.edited(edits)


def numbered(tex: Tex, id: str) -> Tex:
    """`tex`, on display, with a number for what has a label or a tag, and for nothing else; `id` is a label for its last row."""
    text, label = tex.text.rstrip(), rf"\label{{{id}}}" if id else ""
    marked = label or r"\label" in text or r"\tag" in text
    start = NUMBERED.match(text)
    if start is None or not text.endswith(close := rf"\end{{{start[1]}{start[2]}}}"):
        whole = [(0, 0, r"\begin{equation}"), (len(text), len(text), rf"{label}\end{{equation}}")]
        return tex.edited(whole if marked else ())
    last, star = len(text) - len(close), "*" if not marked else "" if label else start[2]
    many = start[1] in ("align", "gather") and not star
    edits, before = [(*start.span(2), star)], start.end()
    for at in row_ends(text, before, last) if many else [last]:
        said = label if at == last else ""
        edits.append((at, at, said or (r"\notag " if many and not has_number(text[before:at]) else "")))
        before = at
    edits.append((len(text) - 1 - len(start[2]), len(text) - 1, star))
    return tex.edited(edit for edit in edits if text[edit[0] : edit[1]] != edit[2])


def has_number(row: str) -> bool:
    """Whether a row says itself how it is numbered."""
    return any(word in row for word in (r"\label", r"\tag", r"\notag", r"\nonumber"))


def row_ends(text: str, start: int, end: int) -> Iterator[int]:
    r"""Where the rows between `start` and `end` end: at each `\\` outside braces and inner environments."""
    level = 0
    for found in ROWS.finditer(text, start, end):
        if found[0] in ("{", "\\begin"):
            level += 1
        elif found[0] in ("}", "\\end"):
            level -= 1
        elif found[0] == "\\\\" and level == 0:
            yield found.start()
    yield end


def excess(tex: str) -> str:
    """What `tex` has too much of for the converter to survive, or nothing."""
    if len(tex) > MAX_LENGTH:
        return f"a formula has at most {MAX_LENGTH:,} characters"
    if tex.count("\\") > MAX_COMMANDS and len(SINGLE_LETTER.findall(tex)) > MAX_COMMANDS:
        return f"a formula has at most {MAX_COMMANDS:,} commands"
    if tex.count("{") + tex.count("\\left") + tex.count("\\begin") > MAX_DEPTH and depth(tex) > MAX_DEPTH:
        return f"braces are nested more than {MAX_DEPTH} deep"
    return ""


def depth(tex: str) -> int:
    """How deeply the braces and environments of `tex` are nested."""
    deepest = level = 0
    for found in re.finditer(r"\\[{}\\]|[{}]|\\(?:begin|end|left|right)(?![A-Za-z])", tex):
        token = found[0]
        if token in ("{", "\\begin", "\\left"):
            level += 1
            deepest = max(deepest, level)
        elif token in ("}", "\\end", "\\right"):
            level -= 1
    return deepest


def expansions(bodies: Iterable[str]) -> int:
    """How many commands of an author's one formula may use, so that they stay within `MAX_EXPANDED`."""
    heaviest = max((body.count("{") + body.count("\\") for body in bodies), default=0)
    return min(MAX_EXPANDED, MAX_EXPANDED // max(heaviest, 1)) or 1
