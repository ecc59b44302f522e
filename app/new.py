"""New entries: a file with every field of its type, each with what it is for, so that nothing needs to be looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from unicodedata import normalize

from .content import Entry
from .content.names import ENDING, id_of, name_problem, slug, stem_of
from .content.source import written
from .kinds import Kind
from .problems import did_you_mean
from .site import Site

MAX_NAME = 80
"""How many characters of a title its file's name has at most; a file system allows 255 bytes."""

COLUMN = 22
"""Where comments begin, if what stands before them leaves room."""


def create(site: Site, made: Kind, title: str, today: date, given: Mapping[str, str] | None = None) -> Path:
    """Write a draft of a new entry, and answer its path. `title` goes into the field that its file is named after.

    `given` are values of other fields. Raises `FileExistsError` rather than overwrite an entry or give another its address,
    and `ValueError` for a title that is empty, a field that is missing and one that is unknown.
    """
    values = {made.required[0]: title.strip(), "date": today, "draft": True, **(given or {})}
    for name in values:
        if name not in made.fields:
            hint = did_you_mean(name, made.fields, f"it has {', '.join(made.fields)}")
            raise ValueError(f"there is no field '{name}' in a {made.word}; {hint}")
    for name in made.required[1:]:
        if not given or not given.get(name):
            raise ValueError(f"'{name}' is needed: {made.said(name)}")
    place = Path(site.store.root) / made.place
    file = place if place.suffix else place / f"{name_for(made, title)}{ENDING}"
    refuse_taken(site, file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8") as new:
        new.write("\n".join(["---", *lines(made, values), "---", "", ""]))
    return file


def lines(made: Kind, values: Mapping[str, object]) -> Iterator[str]:
    """The lines of front matter: what is given, the other fields of the type, and those that every entry can have."""
    shared = [info.alias or name for name, info in Entry.model_fields.items()]
    names = [name for name in made.fields if name not in values]
    for name, value in values.items():
        yield line(f"{name}: {written(value)}", made.said(name))
    for name in (*(one for one in names if one not in shared), *(one for one in names if one in shared)):
        yield line(f"# {name}: {sample(made.defaults[name])}".rstrip(), made.said(name))


def line(field: str, comment: str) -> str:
    """A field with a comment behind it."""
    return f"{field:<{COLUMN}}  # {comment}" if comment else field


def sample(default: object) -> str:
    """What to begin with in a field that is something else where nothing is written."""
    if isinstance(default, bool):
        return str(not default).lower()
    return {tuple: "[]", dict: "{}", str: str(default), int: str(default)}.get(type(default), "")


def refuse_taken(site: Site, file: Path) -> None:
    """Raise `FileExistsError` where an entry is at the address that `file` would have, in letters of any case."""
    path = file.relative_to(site.store.site_folder).as_posix()
    contents = site.store.contents
    for other in (*(one.path for one in contents.broken.values()), *(one.path for one in contents.entries.values())):
        if folded(other) == folded(path):
            raise FileExistsError(f"{site.folder / other} is there already")
    if file.exists():
        raise FileExistsError(f"{file} is there already")


def folded(path: str) -> str:
    """The id of the entry at a path below the site folder, as systems read it that do not tell small letters from large ones."""
    return normalize("NFC", id_of(stem_of(path.partition("/")[2]))).casefold()


def name_for(made: Kind, title: str) -> str:
    """The name of the file for `title`: short, and one that every system allows and nothing else means."""
    if not title.strip():
        raise ValueError("a title is needed")
    name = slug(title)[:MAX_NAME].rstrip("-")
    path = f"pages/{made.place}/{name}".replace("//", "/")
    return f"{made.word}-{name}" if name == "index" or name_problem(f"{path}{ENDING}") else name
