"""PDFs: a text or a CV, set in type."""

from .paper import Contact, Cv, Paper, Printed, Row, Section
from .printing import printed
from .typesetting import typeset

__all__ = ["Contact", "Cv", "Paper", "Printed", "Row", "Section", "printed", "typeset"]
