"""Papers: what is to be printed of the site's entries."""

from .cv import cv_of, sections
from .paper import paper_of, pdf_of, pdf_url

__all__ = ["cv_of", "paper_of", "pdf_of", "pdf_url", "sections"]
