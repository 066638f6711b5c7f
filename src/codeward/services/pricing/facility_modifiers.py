"""What modifiers and several procedures do to a facility's rates, alike in hospitals and surgical centers."""

from __future__ import annotations

from decimal import Decimal

from codeward.services.pricing.sheet import OpenLine, by_day

HALF = Decimal("0.5")


def apply_stop(line: OpenLine) -> None:
    """A procedure stopped before anesthesia (73), or reduced without any (52), is paid half; after it (74) in full."""
    if line.amount is None:
        return
    given = next((item for item in ("73", "52") if line.has(item)), "")
    if given:
        line.scale(f"stopped or reduced ({given})", HALF)
    elif line.has("74"):
        line.scale("stopped after anesthesia (74)", Decimal(1))


def pay_dearest_in_full(lines: list[OpenLine], name: str) -> None:
    """Of each day's procedures subject to the reduction the dearest is paid in full and every other half."""
    for together in by_day(lines):
        if sum(line.whole_count for line in together) < 2:
            continue
        dearest = max(together, key=lambda line: line.unit)
        for line in together:
            full = 1 if line is dearest else 0
            share = (full + (line.whole_count - full) * HALF) / line.whole_count
            note = "the dearest" if full else f"the dearest is line {dearest.line.number}"
            line.scale(name, share, None, note)
