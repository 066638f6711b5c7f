"""OPPS cap of one code: the hospital rate that the technical part of an imaging test may not exceed, by locality."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from codeward.core.answers import Fact
from codeward.datasets.mpfs_gpci import GpciRow
from codeward.datasets.opps_cap import CapRow
from codeward.services.money import money, span
from codeward.services.page import Cell, Line, Section, Table, table
from codeward.services.view import View
from codeward.store.library import Found
from codeward.store.releases import Release

CAPS, INDICES = "opps-cap", "mpfs-gpci"
BY_LOCALITY = "cap-localities"
WORDS = {
    "TC": "the technical part is paid at the lower of this and the fee schedule amount (DRA 2005 §5102(b))",
    "": "the whole service, its technical part held to the hospital rate (DRA 2005 §5102(b))",
}


def outpatient_caps(view: View, code: str) -> Section:
    """Lowest and highest capped price by component, then every locality; empty for a code without a cap."""
    title = "OPPS cap on imaging"
    rows: list[Found[CapRow]] = sorted(view.find(CAPS, code=code), key=lambda item: item.row.modifier)
    if not rows:
        return Section("outpatient-caps", title, missing=() if view.has(CAPS) else (CAPS,))
    parts = [(modifier, list(group)) for modifier, group in groupby(rows, key=lambda item: item.row.modifier)]
    facts = tuple(fact for modifier, group in parts for fact in _facts(modifier, group))
    tables = (*_history(view, code), *(_by_locality(view, modifier, group) for modifier, group in parts))
    return Section("outpatient-caps", title, facts, tables)


def _facts(modifier: str, rows: list[Found[CapRow]]) -> list[Fact]:
    tail, label = (f"_{modifier.lower()}", f" with {modifier}") if modifier else ("", "")
    low, high = min(rows, key=_price), max(rows, key=_price)
    return [
        Fact(
            f"cap_lowest{tail}",
            money(low.row.nonfacility),
            low.source,
            f"Lowest locality{label}",
            WORDS.get(modifier, ""),
        ),
        Fact(f"cap_highest{tail}", money(high.row.nonfacility), high.source, f"Highest locality{label}"),
    ]


def _price(found: Found[CapRow]) -> Decimal:
    return found.row.nonfacility


def _by_locality(view: View, modifier: str, rows: list[Found[CapRow]]) -> Table:
    indices: list[Found[GpciRow]] = view.find(INDICES)
    names = {(item.row.contractor, item.row.locality): item.row.name.rstrip("*") for item in indices}
    lines = [
        Line((Cell(row.contractor), Cell(row.locality), Cell(names.get((row.contractor, row.locality), "")),
              Cell(money(row.facility)), Cell(money(row.nonfacility))), item.source)
        for item in rows for row in (item.row,)
    ]  # fmt: skip
    heads = ("Contractor", "Locality", "Name", "Facility", "Non-facility")
    name = f"{BY_LOCALITY}-{modifier.lower()}" if modifier else BY_LOCALITY
    return table(name, f"Cap by locality{f' with {modifier}' if modifier else ''}", heads, lines)


def _history(view: View, code: str) -> list[Table]:
    editions = view.library.editions(CAPS)
    if len(editions) < 2:
        return []
    lines = [line for release in editions if (line := _edition(view, release, code))]
    return [table("cap-history", "Change over the loaded editions", ("Edition", "Localities"), lines)]


def _edition(view: View, release: Release, code: str) -> Line | None:
    rows: list[Found[CapRow]] = view.library.find(CAPS, release, release.effective, code=code)
    if not rows:
        return None
    texts = (release.edition, span(item.row.nonfacility for item in rows))
    return Line(tuple(Cell(text) for text in texts), rows[0].source)
