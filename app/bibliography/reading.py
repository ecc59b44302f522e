"""Reading a `.bib` file: its entries as References, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..content.nodes import Lines
from ..problems import Problem, did_you_mean
from .chunk import Entry, Field
from .entries import Scan
from .fields import LINKS, TITLES, completed, inherited
from .latex import link_of, text_of
from .names import ROLES, names_of
from .reference import Name, Reference

BOM = "\ufeff"
MAX_PARENTS = 10
"""How many entries a `crossref` is followed through."""

UNKNOWN = "write it as plain text, or as a formula between two '$'"


def read_file(file: Path, path: str) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The References and Problems of a file; one that cannot be opened is a Problem."""
    try:
        data = file.read_bytes()
    except OSError as error:
        return (), (unreadable(error, path),)
    return read_bytes(data, path)


def unreadable(error: OSError, path: str) -> Problem:
    """Why a file could not be opened."""
    if isinstance(error, FileNotFoundError):
        return Problem(path, 1, 1, "the file is not there", "create it, or take its name out of 'bibliography'")
    if isinstance(error, IsADirectoryError):
        return Problem(path, 1, 1, "this is a folder", "a bibliography is one .bib file")
    return Problem(path, 1, 1, f"the file cannot be read: {error.strerror}", "look at its permissions")


def read_bytes(data: bytes, path: str) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The References and Problems in a file's bytes; lines that are not UTF-8 are read as Latin-1, and told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
        bad = [1]
    else:
        lines = [decoded(line) for line in data.split(b"\n")]
        text = "\n".join(line for line, _ in lines)
        bad = [number for number, (_, sound) in enumerate(lines, 1) if not sound]
    references, problems = read(text, path)
    if bad:
        more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
        message = f"line {bad[0]}{more} is not UTF-8 text, and letters in it may be wrong"
        problems = tuple(sorted((*problems, Problem(path, bad[0], 1, message, "save the file as UTF-8 in your editor"))))
    return references, problems


def decoded(line: bytes) -> tuple[str, bool]:
    """A line's text, and whether it is UTF-8."""
    try:
        return line.decode(), True
    except UnicodeDecodeError:
        return line.decode("latin-1"), False


def read(text: str, path: str) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The References in `text`, which is the file `path`, in its order, and the Problems of what could not be read."""
    reading = Reading(text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n"), path)
    return tuple(reading.references()), tuple(sorted(reading.problems))


class Reading:
    """One file as it is read: its text, and the Problems found on the way."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.lines = Lines(text)
        self.problems: list[Problem] = []

    def tell(self, offset: int, message: str, hint: str = "") -> None:
        """Add a Problem at an offset into the text."""
        self.problems.append(self.lines.problem(self.path, offset, message, hint))

    def references(self) -> Iterable[Reference]:
        """The References of the file, each with what it inherits."""
        scan = Scan(self.text)
        found: dict[str, tuple[Entry, Reference]] = {}
        for entry in scan.entries():
            if entry.key in found:
                line = found[entry.key][1].line
                message = f"the key '{entry.key}' stands in line {line} already, and that entry is used"
                self.tell(entry.start, message, "give one of the two another key, or delete it")
            else:
                found[entry.key] = entry, self.reference(entry)
        for mistake in scan.mistakes:
            self.tell(*mistake)
        known = {key: reference for key, (_, reference) in found.items()}
        for entry, reference in found.values():
            yield self.with_parents(entry, reference, known) if "crossref" in entry.fields else reference

    def reference(self, entry: Entry) -> Reference:
        """An entry as a Reference, by itself."""
        fields: dict[str, str] = {}
        names: dict[str, tuple[Name, ...]] = {}
        others = set()
        for name, field in entry.fields.items():
            if name in ROLES:
                names[name], more, wrong = names_of(field.value)
                others |= {name} if more else set()
                self.tell_wrong(entry, field, wrong)
            elif name in LINKS:
                fields[name] = link_of(field.value)
            else:
                fields[name], unknown = text_of(field.value, name in TITLES)
                self.tell_wrong(entry, field, unknown)
        line = self.lines.at(entry.start)[0]
        written = self.text[entry.start : entry.end]
        return Reference(entry.key, entry.kind, completed(fields), names, frozenset(others), self.path, line, written)

    def tell_wrong(self, entry: Entry, field: Field, wrong: Iterable[str]) -> None:
        """Tell of commands that nobody knows and of names that are none, where each stands in its field."""
        for one in wrong:
            at = self.text.find(one, field.offset, entry.end)
            place = at if at >= 0 else field.offset
            if "," not in one:
                self.tell(place, f"the command '{one}' is not known here, and stays as it is", UNKNOWN)
            else:
                self.tell(place, f"'{one[:60]}' has too many commas for one name", "put 'and' between two names: A, B and C, D")

    def with_parents(self, entry: Entry, reference: Reference, known: dict[str, Reference]) -> Reference:
        """A Reference with the fields of the one that its `crossref` names, and of that one's, as far as they lead."""
        passed = [reference.key]
        wanted = reference.get("crossref")
        if wanted not in known:
            hint = did_you_mean(wanted, known, "the entry that it names must be in this file")
            self.tell(entry.fields["crossref"].offset, f"crossref names '{wanted}', which is not here", hint)
        while wanted in known and wanted not in passed and len(passed) <= MAX_PARENTS:
            passed.append(wanted)
            reference = inherited(reference, known[wanted])
            wanted = known[wanted].get("crossref")
        if wanted in passed:
            way = " to ".join(f"'{key}'" for key in [*passed, wanted])
            self.tell(entry.fields["crossref"].offset, f"crossref leads in a circle, from {way}", "take one of them out")
        return reference
