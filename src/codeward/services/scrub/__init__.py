"""Scrub: a batch of claims against every rule, resumable, in memory that does not grow with it."""

from codeward.services.scrub.one_machine import scrub
from codeward.services.scrub.order import Order

__all__ = ["Order", "scrub"]
