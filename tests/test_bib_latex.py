"""LaTeX in the fields of a bibliography, by examples and against pandoc."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pypandoc
import pytest

from app.bibliography.latex import link_of, plain_of, text_of
from app.bibliography.reading import read
from app.bibliography.reference import Name, Reference

from .test_reading import FILES

AWKWARD = r"""
@string{acm = "Assoc. {ACM}"}
@article{accents, title = {\"o\'e\`{a}\^{o} \H{o} \k{a} \l{} \L{}ukasz \O\o \AA\aa \ss \c c \c{C} \v{S} \.{I} \r{a} \u{g}
  \~n \=o {\AE}sop \OE uvre}}
@article{braced, title = {{\"o} {\'{e}} {\o} {\ss} {\L}ukasz}}
@article{styles, title = {The \emph{Deep} \textit{x} \textbf{bold} {\it ital} {\em more} {\bf fat}
  x\textsuperscript{2} y\textsubscript{2}}}
@article{signs, title = {A \& B \% \_ \# \{ \} \$ a--b a---b a~b \ldots{}
  \textless \textgreater \textbackslash{}x \slash}}
@article{quotes, title = {The ``new'' {\textquotedblleft}old{\textquotedblright} one's}}
@article{formulas, title = {On $x^2 < y & z$ and \(n\)}, journal = {J. of $K$}}
@article{case, title = {The {BERT} Model and {GPT}-{N} of {I}nput}, journal = acm # { T}}
@article{whole, title = {{Mixture Density Networks}}}
@article{links, title = {See \url{http://a.b/c_d} and \href{http://x}{this}}}
@article{publisher, title = {X}, publisher = {{O'Reilly} \& Co.}, journal = {A \& {B}}}
@article{people, title = {X}, author = {van der Berg, Jan and Ludwig van Beethoven and {OpenAI Team} and King, Jr., Martin Luther
  and de la Cruz, {\'A}lvaro and D'Angelo, Q and Jean-Paul {Sartre Foo} and Madonna and {Barnes {and} Noble} and {\v S}iga, Z.
  and Le Roux, N and Ver Steeg, Greg and Ma{\ss}, D and J.~K. Rowling and Cola, Gianluca de and van {Gogh Foo}, B and 王, 小明
  and 李明 and {{Foo and Bar}} and Gon{\c c}alves, P}, editor = {Fran{\c{c}}ois Fleuret and others}}
"""
"""Entries in which everything is to come out as pandoc has it."""


def csl(text: str) -> Mapping[str, Any]:
    """What pandoc makes of a `.bib` file's text, by key."""
    call = [pypandoc.get_pandoc_path(), "-f", "bibtex", "-t", "csljson"]
    found = subprocess.run(call, input=text.encode(), capture_output=True, check=True)
    return {item["id"]: item for item in json.loads(found.stdout)}


def plain(text: str) -> str:
    """A text for comparing: pandoc has no `nocase` left, writes titles small and a space of its own width."""
    return " ".join(unescape(re.sub(r"</?span[^>]*>", "", text)).replace("\u202f", " ").split()).casefold()


def theirs(name: Mapping[str, str]) -> tuple[str, ...]:
    """A name of pandoc's for comparing: a particle in the family's braces is a part of the family here."""
    if "literal" in name:
        return (plain(name["literal"]),)
    particle = name.get("dropping-particle", "") + name.get("non-dropping-particle", "")
    space = "" if particle.endswith("’") else " "
    given = re.sub(r"\.(?=\w)", ". ", name.get("given", ""))
    return tuple(map(plain, (particle + space + name["family"], given, name.get("suffix", ""))))


def ours(name: Name) -> tuple[str, ...]:
    """A name for comparing: pandoc parts initials, which is a style's affair here."""
    if name.literal:
        return (plain(name.family),)
    given = re.sub(r"\.(?=\w)", ". ", name.given)
    return tuple(map(plain, (f"{name.particle} {name.family}", given, name.suffix)))


def people(reference: Reference, role: str) -> list[tuple[str, ...]]:
    """The names of a role, with pandoc's name for the others."""
    return [*map(ours, reference.names.get(role, ())), *([("others",)] if role in reference.others else [])]


def differences(text: str) -> list[str]:
    """Where the References in a text are not what pandoc reads."""
    them = csl(text)
    found = []
    for reference in read(text, "a.bib")[0]:
        item = them[reference.key]
        container = reference.get("journal") or reference.get("booktitle")
        pairs: list[tuple[object, object]] = [(plain(reference.get("title")), plain(item.get("title", "")))]
        if "container-title" in item:
            pairs.append((plain(container), plain(item["container-title"])))
        if reference.get("publisher") and not reference.get("howpublished"):
            pairs.append((plain(reference.get("publisher")), plain(item.get("publisher", ""))))
        pairs += [(people(reference, role), [theirs(name) for name in item.get(role, [])]) for role in ("author", "editor")]
        found += [f"{reference.key}: {mine} is not {other}" for mine, other in pairs if mine != other]
    return found


def test_awkward_entries_are_what_pandoc_reads() -> None:
    assert differences(AWKWARD) == []


MEANT = {"Haarnoja2019", "Schrittwieser2020"}
"""Entries with "and and" and with "et al." for a name, of which pandoc makes names."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_titles_names_and_journals_of_the_corpus_are_what_pandoc_reads(file: Path) -> None:
    found = differences(file.read_text("utf-8"))

    assert [one for one in found if one.partition(":")[0] not in MEANT] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_capitals_that_are_protected_stay_capitals_with_pandoc(file: Path) -> None:
    text = file.read_text("utf-8")
    them = csl(text)

    for reference in read(text, file.name)[0]:
        title = them[reference.key].get("title", "")
        for span in re.findall(r'<span class="nocase">(.*?)</span>', reference.get("title")):
            assert unescape(span) in title


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"The {BERT} Model", 'The <span class="nocase">BERT</span> Model'),
        (r"{BERT} and {GPT}", '<span class="nocase">BERT</span> and <span class="nocase">GPT</span>'),
        (r"{The Whole {BERT}}", '<span class="nocase">The Whole BERT</span>'),
        (r"{a {B} c} d", '<span class="nocase">a B c</span> d'),
        (r"\emph{a {B}}", '<i>a <span class="nocase">B</span></i>'),
        (r"{\em a {B}} c", '<i>a <span class="nocase">B</span></i> c'),
        (r"{\"U}ber {$X$} {-} {2}", "Über $X$ - 2"),
        (r"{\{}MPC{\}}", "{MPC}"),
    ],
)
def test_braces_in_a_title_protect_capitals(written: str, text: str) -> None:
    assert text_of(written, protect=True) == (text, ())


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a <b> & c", "a &lt;b&gt; &amp; c"),
        ("$a<b$ $$c$$", "$a&lt;b$ $c$"),
        (r"\$5 and $5", "&#36;5 and &#36;5"),
        (r"50% of it", "50% of it"),
        ('a "quoted" word', "a “quoted” word"),
        ("`single'", "‘single’"),
        (r"\textsc{Sc} \texttt{t} \mbox{m}", "Sc t m"),
        (r"a\,b\ c\\d", "a\u202fb c d"),
        (r"\ensuremath{x_1}", "$x_1$"),
        (r"\enquote{a}", "“a”"),
        (r"{\noopsort{b}}a", "a"),
        (r"\'{\i}\'\i", "íí"),
        (r"\t{oo}", "o͡o"),
        (r"\~{} \^{}", "~ ^"),
        (r"a\-b", "ab"),
        (r"\emph{}x", "x"),
        ("a\n  b", "a b"),
        ("", ""),
        ("\\", "\\"),
        ("{a", "a"),
        ("a}", "a"),
        (r"\emph", ""),
        (r"\'", "’"),
        ("Plain text, 1-2", "Plain text, 1-2"),
        ("中文 é", "中文 é"),
    ],
)
def test_latex_becomes_text(written: str, text: str) -> None:
    assert text_of(written) == (text, ())


@pytest.mark.parametrize(
    ("written", "text", "unknown"),
    [
        (r"a \foo b", r"a \foo b", (r"\foo",)),
        (r"\foo{b} \foo \bar{{x} < y}", r"\foo{b} \foo \bar{{x} &lt; y}", (r"\foo", r"\bar")),
        (r"$\foo$", r"$\foo$", ()),
    ],
)
def test_an_unknown_command_stays_visible_and_is_named(written: str, text: str, unknown: tuple[str, ...]) -> None:
    assert text_of(written) == (text, unknown)


def test_a_name_is_plain_text() -> None:
    assert plain_of(r"Barnes \& {\emph{N}}oble < \$") == ("Barnes & Noble < $", ())


@pytest.mark.parametrize(
    ("written", "link"),
    [
        (r"10.1/a\_b", "10.1/a_b"),
        (r"10.1002/(SICI)1<693::AID>3.0", "10.1002/(SICI)1<693::AID>3.0"),
        (r"http://a.b/\~{}x\_y\%20\&z\#w", "http://a.b/~x_y%20&z#w"),
        (r"{http://a.b/{\textasciitilde}x}", "http://a.b/~x"),
        (r"\url{http://a.b/c_d}", "http://a.b/c_d"),
        (r"http://a.b/$\sim$x{\_}y", "http://a.b/~x_y"),
        ("http://a.b/--'x'", "http://a.b/--'x'"),
        (r"C:\Users\x", r"C:\Users\x"),
    ],
)
def test_an_address_loses_only_its_escapes(written: str, link: str) -> None:
    assert link_of(written) == link


@pytest.mark.parametrize("written", [r"\emph{" * 300 + "}" * 300, r"\'" * 5000, "{" * 300 + "}" * 300, r"{\em " * 300])
def test_what_nests_too_deeply_is_no_error(written: str) -> None:
    text_of(written, protect=True)
