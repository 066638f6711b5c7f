"""Confined: what every worker process does that reads a packaged store: bounded memory and time, rows as CSV."""

from __future__ import annotations

import csv
import resource
import sys
from collections.abc import Iterable

MEMORY, SECONDS = 8 << 30, 300


def print_rows(rows: Iterable[list[str]]) -> int:
    """Print rows on standard output; limits keep a hostile store from harming the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
    return 0
