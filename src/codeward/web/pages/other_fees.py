"""Other fees: the schedules beside the physician's and the facility's, those that have the code in full."""

from __future__ import annotations

from dataclasses import dataclass, replace

from codeward.services.page import Table
from codeward.web.pages.key_facts import ABSENT, NONE, KeyFact
from codeward.web.pages.parts import Part
from codeward.web.pages.templatetags.trade import dollars

NAMES = ("anesthesia_fees", "laboratory_fees", "drug_limits", "equipment_fees", "outpatient_caps")
FOLDED = ("anesthesia-localities", "equipment-areas", "cap-localities")
"""Tables of every locality or state, which stay shut until asked for."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule that has the code: what is read at once, and what is folded away."""

    part: Part
    open: tuple[Table, ...]
    folded: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class OtherFees:
    """Schedules that have the code, and in one line each those that do not and those that are not loaded."""

    shown: tuple[Schedule, ...]
    without: tuple[Part, ...]
    absent: tuple[Part, ...]

    @property
    def unknown(self) -> bool:
        """Whether none of them can be asked."""
        return bool(self.absent) and not self.shown and not self.without


def other_fees(parts: dict[str, Part]) -> OtherFees:
    """The schedules of a code sorted by what they say of it."""
    here = [parts[name] for name in NAMES if name in parts]
    shown = tuple(_schedule(part) for part in here if part.section.facts)
    rest = [part for part in here if not part.section.facts]
    absent = tuple(part for part in rest if part.absent)
    return OtherFees(shown, tuple(part for part in rest if part.empty and not part.absent), absent)


def _schedule(part: Part) -> Schedule:
    tables = tuple(part.tables.values())
    folded = tuple(item for item in tables if item.name.startswith(FOLDED))
    return Schedule(part, tuple(item for item in tables if item not in folded), folded)


def with_other_fee(tiles: tuple[KeyFact, ...], parts: dict[str, Part]) -> tuple[KeyFact, ...]:
    """The key facts, the facility tile given over to another schedule where physicians get nothing and it pays."""
    mine = _tile(parts)
    silent = tiles[1].state in (NONE, ABSENT) or tiles[1].value == "no amount"
    return (tiles[0], mine, *tiles[2:]) if mine and silent else tiles


def _tile(parts: dict[str, Part]) -> KeyFact | None:
    laboratory, drug, equipment, anesthesia = (
        parts[name] for name in ("laboratory_fees", "drug_limits", "equipment_fees", "anesthesia_fees")
    )
    if (rate := laboratory.facts.get("laboratory_rate")) and rate.value != "-":
        return _of(laboratory, "laboratory_rate", "Laboratory fee", "one national rate")
    if (limit := drug.facts.get("drug_limit")) and limit.value != "-":
        dosage = drug.facts.get("drug_dosage")
        return _of(drug, "drug_limit", "Drug payment limit", f"for {dosage.value}" if dosage else "a unit")
    fee = next((name for name in equipment.facts if name.startswith("equipment_fee")), "")
    if fee and equipment.facts[fee].value != "-":
        words = f"by state{equipment.facts[fee].label.removeprefix('Fee')}"
        return replace(_of(equipment, fee, "Equipment fee", words), value=_amounts(str(equipment.facts[fee].value)))
    if "anesthesia_factor" in anesthesia.facts:
        units = anesthesia.facts.get("anesthesia_base_units")
        words = f"a unit, {units.value} base units" if units else "a unit, base units not loaded"
        return _of(anesthesia, "anesthesia_factor", "Anesthesia factor", words)
    return None


def _of(part: Part, name: str, label: str, words: str) -> KeyFact:
    fact = part.facts[name]
    value = f"${fact.value}" if len(str(fact.value).partition(".")[2]) > 2 else dollars(fact.value)
    return KeyFact(label, value, words, part.name, fact.source, "", part.oldest)


def _amounts(span: str) -> str:
    return " to ".join(dollars(amount) for amount in span.split(" to "))
