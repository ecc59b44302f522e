"""Deploying: the current release sent to where it is read, only what changed, in an order in which no page lacks its files."""

from .address import Address
from .deployment import Wishes, deploy
from .plan import Plan

__all__ = ["Address", "Plan", "Wishes", "deploy"]
