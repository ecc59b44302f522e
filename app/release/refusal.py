"""Refusal: why a release cannot be made, put in its place or brought back."""

from __future__ import annotations

import errno


class Refused(Exception):
    """A release that cannot be made or put in its place, and what to do about it."""


def reason(error: OSError) -> str:
    """Why the system did not do what it was asked to, in a few words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return (error.strerror or str(error)).lower()
