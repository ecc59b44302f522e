"""What exists only while writing, and is never frozen."""

from .problem_page import show_problems
from .server import serve

__all__ = ["serve", "show_problems"]
