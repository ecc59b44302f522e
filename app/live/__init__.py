"""What exists only while writing, and is never frozen."""

from .problem_page import show_problems

__all__ = ["show_problems"]
