"""Scrub: a batch of claims against every rule, resumable, in memory that does not grow with it."""

from codeward.services.scrub.cluster import Cluster, scrub_on_cluster
from codeward.services.scrub.one_machine import scrub
from codeward.services.scrub.order import Order

__all__ = ["Cluster", "Order", "scrub", "scrub_on_cluster"]
