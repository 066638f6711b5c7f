"""Anesthesia payment of one code: base units, and the conversion factor of every locality."""

from __future__ import annotations

from decimal import Decimal

from codeward.core.answers import Fact
from codeward.datasets.mpfs_anesthesia import AnesthesiaRow, BaseUnitsRow
from codeward.services.money import money, span
from codeward.services.page import Cell, Line, Section, Sentence, Table, table
from codeward.services.view import View
from codeward.store.library import Found
from codeward.store.releases import Release

FACTORS, UNITS, RVU = "mpfs-anesthesia", "mpfs-anesthesia-base", "mpfs-rvu"
FIRST, LAST = "00100", "01999"
FORMULA = "(base units + time units) x factor; a time unit is 15 minutes (CPM 100-04 chapter 12, section 50)"
BY_LOCALITY = "anesthesia-localities"


def anesthesia_fees(view: View, code: str) -> Section:
    """Base units, national and local factors for an anesthesia code; empty for every other code."""
    title = "Anesthesia"
    if not _is_anesthesia(view, code):
        return Section("anesthesia-fees", title)
    missing = tuple(name for name in (UNITS, FACTORS) if not view.has(name))
    units: Found[BaseUnitsRow] | None = view.first(UNITS, code=code)
    facts = [Fact("anesthesia_base_units", units.row.units, units.source, "Base units")] if units else []
    rows: list[Found[AnesthesiaRow]] = view.find(FACTORS)
    if not rows:
        return Section("anesthesia-fees", title, tuple(facts), missing=missing)
    tables = (*_history(view), _by_locality(rows))
    return Section("anesthesia-fees", title, (*facts, *_factor_facts(rows)), tables, missing=missing)


def _is_anesthesia(view: View, code: str) -> bool:
    """Codes of the range, unless the fee schedule says that another status than J (anesthesia) pays them."""
    if not (code.isdigit() and FIRST <= code <= LAST):
        return False
    found = view.first(RVU, code=code)
    return found is None or found.row.status == "J"


def _factor_facts(rows: list[Found[AnesthesiaRow]]) -> list[Fact]:
    low, high = min(rows, key=_factor), max(rows, key=_factor)
    facts = []
    if low.row.national is not None:
        facts.append(
            Fact("anesthesia_factor", str(low.row.national), low.source, "National conversion factor", FORMULA)
        )
    if low.row.qualifying_national is not None:
        facts.append(Fact("anesthesia_factor_qualifying", str(low.row.qualifying_national), low.source,
                          "National factor, qualifying APM participants"))  # fmt: skip
    facts.append(Fact("anesthesia_factor_lowest", money(low.row.factor), low.source, "Lowest locality", _name(low.row)))
    facts.append(
        Fact("anesthesia_factor_highest", money(high.row.factor), high.source, "Highest locality", _name(high.row))
    )
    return facts


def _factor(found: Found[AnesthesiaRow]) -> Decimal:
    return found.row.factor


def _name(row: AnesthesiaRow) -> str:
    return row.name.rstrip("*")


def _by_locality(rows: list[Found[AnesthesiaRow]]) -> Table:
    lines = [
        Line(tuple(Cell(text) for text in (item.row.contractor, item.row.locality, _name(item.row),
                                           money(item.row.factor))), item.source)
        for item in sorted(rows, key=lambda item: item.row.name)
    ]  # fmt: skip
    heads = ("Contractor", "Locality", "Name", "Factor")
    return table(BY_LOCALITY, "Conversion factor by locality", heads, lines)


def _history(view: View) -> list[Table]:
    editions = view.library.editions(FACTORS)
    if len(editions) < 2:
        return []
    lines = [_edition(view, release) for release in editions]
    heads = ("Edition", "National", "Localities")
    return [table("anesthesia-history", "Change over the loaded editions", heads, lines)]


def _edition(view: View, release: Release) -> Line:
    rows: list[Found[AnesthesiaRow]] = view.library.find(FACTORS, release, release.effective)
    national = rows[0].row.national
    texts = (release.edition, str(national) if national else "", span(item.row.factor for item in rows))
    return Line(tuple(Cell(text) for text in texts), rows[0].source)


def anesthesia_sentence(section: Section) -> Sentence | None:
    """How an anesthesia code is paid, with its base units where they are known."""
    factor, units = section.fact("anesthesia_factor"), section.fact("anesthesia_base_units")
    if factor is None or factor.source is None:
        return None
    base = f"{units.value} base units" if units else "base units"
    text = f"Anesthesia is paid by {base} and time times a factor, ${factor.value} nationally ({factor.source.edition})"
    tail = "." if units else "; the base units are not loaded." if section.missing else "."
    return Sentence(text + tail, tuple(fact.source for fact in (units, factor) if fact and fact.source))
