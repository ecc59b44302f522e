"""The store: typed entries in plain files, without Markdown and without views."""

from .contents import Collection
from .entry import Entry, Part, Relation, Target
from .facts import Facts
from .query import Query
from .source import Source
from .store import Store

__all__ = ["Collection", "Entry", "Facts", "Part", "Query", "Relation", "Source", "Store", "Target"]
