"""Citations in the text against pandoc's citeproc, and the pieces that they are made of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.bibliography.citing import Bibliography
from app.bibliography.reading import read
from app.bibliography.reference import Cited, Name, Reference
from app.bibliography.styles import STYLES
from app.bibliography.styles.locators import located

from . import citeproc

GROUPS = tuple(
    """\
[@breiman2001a]
[@breiman2001a, p. 3]
[@breiman2001a; @breiman2001b]
[@breiman2001b; @breiman2001a]
[@breiman2001a; @breiman1996]
[@breiman2001a, p. 5; @breiman2001b, p. 6]
[@shannon1948; @kaplan2020, pp. 3-5]
[@kaplan2020; @shannon1948]
[@vaswani2017, sec. 4]
[@vaswani2017, chap. 2]
[@vaswani2017, Theorem 2]
[@vaswani2017, fig. 3]
[@vaswani2017, pp. 3--5]
[@vaswani2017, p. 3, and what follows]
[@vaswani2017, p. 12 and passim]
[@vaswani2017, and elsewhere]
[see @vaswani2017]
[see @vaswani2017, p. 3; also @shannon1948]
[see also @vaswani2017, chaps. 2-3; @he2016]
[-@vaswani2017]
[-@vaswani2017, p. 3]
[-@breiman2001a; @shannon1948]
@vaswani2017
@vaswani2017 [p. 3]
@vaswani2017 [chap. 2]
@breiman2001a
@breiman2001a [see p. 3]
@nopages
@nopages [sec. 2]
@shannon1948
@goodfellow2016
[@goodfellow2016, ch. 6]
[@people2]
[@people3]
[@people20; @people21; @people22]
@people2
@team1
[@team1; @team2]
[@team1; @team3]
[@smithadam]
[@smithadam; @smithbeth; @smithbeth2]
@smithbeth
[@nodate]
[@nodate, p. 4]
[@inpress]
[@pubstate1]
@pubstate1
[@inpress; @pubstate1]
[@noauthor]
@noauthor
[@noauthormisc]
[@onlytitle]
[@onlyauthor]
[@onlinenodate]
@onlinenodate
[@onlineorganization]
[@openai2023]
[@collected]
[@oneeditor]
@collected
[@proceedings1, p. 2]
[@crossed]
[@chinese]
[@particles]
@particles
[@lafontaine]
[@beethoven; @vonneumann]
[@junior]
[@third]
[@andothers]
@andothers
[@hoffmann2022]
[@negative]
[@magazine; @newspaper]
[@subtitle]
[@nocreator]
@nocreator [p. 2]
[@people1; @people2; @people3; @people6]
[@people6; @people3; @people2; @people1]
[@people1; @people3]
[@people1; @people2; @he2016; @people3; @people6; @people7]
[@people1, p. 2; @people2; @people3]
[@reportnumber, para. 3]
[@reportnumber, vol. 2, p. 3]
[@reportnumber, ¶ 3]
[@reportnumber, § 3]
[@reportnumber, §§ 3-4]
[@reportnumber, l. 7]
[@reportnumber, note 7]
[@reportnumber, no. 7]
[@reportnumber, eq. 7]
[@reportnumber, part II]
[@reportnumber, 33]
[@reportnumber, 33-35]
[@reportnumber, 33-35, 37]
[@reportnumber, pp. 33, 35 and 40]
[@reportnumber, pp. iv, vi-xi, (xv)-(xvii)]
[@reportnumber, app. A]
[@reportnumber, figure 2]
[@reportnumber, col. 4]
[@reportnumber, page 7]
[@reportnumber, pages 101-108]
[@reportnumber, sections 3 and 4]
[@reportnumber, chapter 5]
[@reportnumber, *passim*]
@reportnumber [-@shannon1948]
@reportnumber [p. 2; @shannon1948]
[@hochreiter1991; @sutskever2013; @krizhevsky2009; @page1999]
[@patent1; @dataset1; @software1; @rmanual]
[@notitle]
[@translated]
[@booklet1; @unpublished1]
[@magazine, p. 41]
[@ampersand]
[@strunk; @knuth1997]
[@breiman2001a; @breiman2001b, p. 6]
[@breiman2001a, p. 2; @breiman2001b]
[@breiman2001a; see @breiman2001b]
[see @breiman2001a; @breiman2001b]
[@breiman2001a; @he2016; @breiman2001b]
[@shannon1948; @people1; see @breiman2001a]
[@people3, and so on; @people6]
[-@breiman2001a; @breiman2001b]
[@smithbeth, p. 3; @smithbeth2; @smithadam]
[@team1; @team3; @team2]
[@people1; @subtitle]
[@people1; @subtitle; @people2]
@people1 [p. 3; @subtitle]
@people1 [@subtitle]
[@onlytitle, p. 2; @noauthor]
[@nodate; @onlinenodate]
[@page1999; @patent1]
[@kaplan2020; see @shannon1948, p. 3; also @he2016]
[@people1; @people2; @people3, p. 2; @people6]
[@people1; @people2; @people3; @people6, and more]
[@inpress; @pubstate1; @nodate]
[@pubstate1, p. 3]
@inpress
""".splitlines()
)
"""Citations of the works in awkward.bib, as an author writes them."""

TEXTUAL = re.compile(r"@(\w+)(?: \[(.*)\])?")
ONE = re.compile(r"(.*?)(-?)@(\w+)(?:,\s*)?(.*)")


def parsed(group: str) -> tuple[list[Cited], bool]:
    """The works in a citation, and whether it stands in the sentence."""
    textual = TEXTUAL.fullmatch(group)
    parts = (textual[2] or "" if textual else group[1:-1]).split(";")
    first = [Cited(textual[1], locator="" if "@" in parts[0] else parts.pop(0).strip())] if textual else []
    found = [found for part in parts if (found := ONE.fullmatch(part.strip()))]
    return [*first, *(Cited(one[3], one[1].strip(), one[4].replace("--", "–"), bool(one[2])) for one in found)], bool(textual)


def flat(pieces: tuple[str | tuple[str, str], ...]) -> str:
    """The text of a citation."""
    return citeproc.plain("".join(piece if isinstance(piece, str) else piece[1] for piece in pieces))


def works() -> dict[str, Reference]:
    """The works of awkward.bib, by key."""
    return {reference.key: reference for reference in read(citeproc.AWKWARD.read_text("utf-8"), "awkward.bib")[0]}


@pytest.mark.parametrize("style", citeproc.NAMES)
def test_of_a_hundred_citations_ninety_five_read_as_pandoc_writes_them(style: str) -> None:
    groups = [parsed(group) for group in GROUPS]
    known = works()
    keys = dict.fromkeys([cited.key for group, _ in groups for cited in group] + list(known))
    bibliography = Bibliography(STYLES[style], [known[key] for key in keys])

    told = citeproc.cited(style, citeproc.AWKWARD, GROUPS)
    ours = [flat(bibliography.citation(*group)) for group in groups]

    wrong = [three for three in zip(GROUPS, told, ours, strict=True) if three[1] != three[2]]
    assert len(GROUPS) >= 100
    assert 1 - len(wrong) / len(GROUPS) >= 0.95, wrong


def work(key: str, family: str, year: str, given: str = "Ada", title: str = "Notes") -> Reference:
    """A work by one person."""
    return Reference(key, "article", {"title": title, "journal": "Mind", "year": year}, {"author": (Name(family, given),)})


THREE = (work("a", "Alder", "2001"), work("b", "Birch", "2002"), work("c", "Cedar", "2003"))


def test_every_work_in_a_citation_has_its_link() -> None:
    bibliography = Bibliography(STYLES["apa"], THREE)

    pieces = bibliography.citation([Cited("a", "see"), Cited("b", locator="pp. 3-5, passim")])

    assert pieces == ("(", "see ", ("a", "Alder, 2001"), "; ", ("b", "Birch, 2002, pp. 3–5"), ", passim", ")")


def test_a_citation_in_the_sentence_is_one_link() -> None:
    bibliography = Bibliography(STYLES["apa"], THREE)

    assert bibliography.citation([Cited("a")], textual=True) == (("a", "Alder (2001)"),)
    assert bibliography.citation([Cited("a", locator="chap. 2")], textual=True) == (("a", "Alder (2001, Chapter 2)"),)


def test_a_citation_in_the_sentence_may_cite_more() -> None:
    bibliography = Bibliography(STYLES["chicago"], THREE)

    pieces = bibliography.citation([Cited("a", locator="p. 3"), Cited("b")], textual=True)

    assert pieces == ("Alder (", ("a", "2001, 3"), "; ", ("b", "Birch 2002"), ")")


def test_a_bare_citation_leaves_the_author_out() -> None:
    assert Bibliography(STYLES["apa"], THREE).citation([Cited("a", bare=True)]) == ("(", ("a", "2001"), ")")


def test_numbers_follow_the_order_in_which_works_are_first_cited() -> None:
    items = Bibliography(STYLES["ieee"], THREE[::-1]).items

    assert [(item.key, item.label) for item in items] == [("c", "[1]"), ("b", "[2]"), ("a", "[3]")]


def test_three_numbers_in_a_row_are_a_range_in_nature_alone() -> None:
    group = [Cited("c"), Cited("a"), Cited("b")]

    assert Bibliography(STYLES["nature"], THREE).citation(group) == ("<sup>", ("a", "1"), "–", ("c", "3"), "</sup>")
    assert flat(Bibliography(STYLES["ieee"], THREE).citation(group)) == "[1], [2], [3]"


def test_words_stand_outside_of_the_brackets_of_a_number() -> None:
    pieces = Bibliography(STYLES["ieee"], THREE).citation([Cited("a", "see", "p. 3, but not 4")])

    assert flat(pieces) == "see [1, p. 3], but not 4"


def test_what_stands_before_and_after_keeps_its_html() -> None:
    pieces = Bibliography(STYLES["apa"], THREE).citation([Cited("a", "<em>e.g.</em>", "<em>passim</em>")])

    assert pieces == ("(", "<em>e.g.</em> ", ("a", "Alder, 2001"), ", <em>passim</em>", ")")


def test_a_work_that_the_page_does_not_cite_cannot_be_cited() -> None:
    with pytest.raises(KeyError):
        Bibliography(STYLES["apa"], THREE).citation([Cited("d")])


@pytest.mark.parametrize(
    ("written", "term", "value", "rest"),
    [
        ("p. 3", "page", "3", ""),
        ("33", "page", "33", ""),
        ("pp. iv, vi-xi", "page", "iv, vi–xi", ""),
        ("p. 12 and passim", "page", "12", " and passim"),
        ("§§ 3-4", "section", "3–4", ""),
        ("sec. 4.2", "section", "4.2", ""),
        ("Theorem 2", "", "", ", Theorem 2"),
        ("and elsewhere", "", "", ", and elsewhere"),
        ("vol. 2, p. 3", "volume", "2", ", p. 3"),
        ("", "", "", ""),
    ],
)
def test_a_locator_is_its_word_its_number_and_the_rest(written: str, term: str, value: str, rest: str) -> None:
    assert located(written) == (term, value, rest)


def test_people_of_one_family_name_are_told_apart_by_their_given_names() -> None:
    smiths = [work("a", "Smith", "2010", "Adam"), work("b", "Smith", "2010", "Beth"), work("c", "Smith", "2011", "Bob")]

    apa = Bibliography(STYLES["apa"], smiths[:2]).citation([Cited("a"), Cited("b")])
    chicago = Bibliography(STYLES["chicago"], smiths).citation([Cited("a"), Cited("b"), Cited("c")])

    assert flat(apa) == "(A. Smith, 2010; B. Smith, 2010)"
    assert flat(chicago) == "(A. Smith 2010; Beth Smith 2010; Bob Smith 2011)"


def test_more_than_26_works_of_a_year_have_two_letters() -> None:
    many = [work(f"k{at:02}", "Alder", "2001", title=f"Note {at:02}") for at in range(28)]

    bibliography = Bibliography(STYLES["apa"], many)

    assert flat(bibliography.citation([Cited("k25"), Cited("k26"), Cited("k27")])) == "(Alder, 2001z, 2001aa, 2001ab)"


def test_a_work_without_a_date_has_its_letter_after_a_hyphen() -> None:
    undated = [replace(one, fields={"title": one.key}) for one in (work("a", "Alder", ""), work("b", "Alder", ""))]

    assert flat(Bibliography(STYLES["apa"], undated).citation([Cited("a"), Cited("b")])) == "(Alder, n.d.-a, n.d.-b)"
