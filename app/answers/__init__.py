"""Answers: what the site says to the Slots of a page: where a name leads, what a label is called, which works are cited."""

from .neighbours import Neighbours
from .page import Page
from .texts import Texts

__all__ = ["Neighbours", "Page", "Texts"]
