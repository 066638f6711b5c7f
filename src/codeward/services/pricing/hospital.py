"""Hospital outpatient services: the OPPS rate by status indicator, packaging and the reduction for several T services.

Addendum D1 for the indicators; CPM 100-04 chapter 4, sections 10.2.3 (comprehensive), 10.4 (packaging), 10.5
(discounting), 20.6.4 (73, 74, 52).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codeward.datasets.opps import GroupRow, OutpatientRow
from codeward.services.facility_fees import CODES, GROUPS
from codeward.services.meanings import meaning
from codeward.services.money import money
from codeward.services.pricing.cents import NOTHING, cents
from codeward.services.pricing.charge import hold_to_charge, say_sequestration
from codeward.services.pricing.elsewhere import price_elsewhere
from codeward.services.pricing.facility_modifiers import apply_stop, pay_dearest_in_full
from codeward.services.pricing.physician import adjust, open_line
from codeward.services.pricing.relative_values import RVU
from codeward.services.pricing.sheet import OpenLine, by_day
from codeward.store.library import Found

ZERO = ("B", "C", "D", "E1", "E2", "M", "N", "Y")
AT_COST = ("F", "H", "H1", "L", "P")
SEPARATE = ("S", "T", "V", "J2")
BESIDE_COMPREHENSIVE = ("A", "F", "G", "H", "H1", "K1", "L", "U")
"""Paid apart from a comprehensive APC; preventive services are too, and no addendum marks them."""
OBSERVATION, HOURS, OBSERVATION_APC = "G0378", 8, "8011"
NOT_EXCEPTED = Decimal("0.4")
"""The PFS relativity adjuster for off-campus departments (PN), and for their visits (PO with G0463): CY 2020 rule."""


@dataclass(eq=False, slots=True)
class Service:
    """A line and its row of Addendum B; `acts_as` is the indicator it is paid under once packaging is decided."""

    line: OpenLine
    row: Found[OutpatientRow]
    acts_as: str

    @property
    def rate(self) -> Decimal:
        """The national rate of one unit."""
        return self.row.row.rate or NOTHING


def price_hospital(lines: list[OpenLine]) -> None:
    """Price the lines of an outpatient hospital claim."""
    services = [item for line in lines if not line.settled and (item := _service(line)) is not None]
    if services:
        services[0].line.sheet.warn("hospital rates are national: wage indices are not loaded (60 % of a rate varies)")
    if not _pay_comprehensive(services):
        _package(services)
    _pay(services)
    for line in lines:
        if line.amount:
            say_sequestration(line)


def _service(line: OpenLine) -> Service | None:
    found: Found[OutpatientRow] | None = line.view.first(CODES, code=line.line.code)
    if found is not None:
        line.add("OPPS status indicator", found.row.status_indicator, found.source)
        return Service(line, found, found.row.status_indicator)
    known = line.view.has(CODES)
    why = "Addendum B does not have it" if known else f"Addendum B is not loaded for {line.line.day}"
    line.leave_unpriced("OPPS rate", why)
    return None


def _pay_comprehensive(services: list[Service]) -> bool:
    """Pay the dearest J1, or observation with a visit, for all that is packaged with it; whether there is one."""
    chief = max((item for item in services if item.acts_as == "J1"), key=lambda item: item.rate, default=None)
    if chief is not None:
        if sum(item.acts_as == "J1" for item in services) > 1 or chief.line.line.units > 1:
            chief.line.warn("several J1 services: a complexity adjustment may raise the APC (Addendum J is not loaded)")
        _settle_rate(chief, chief.rate, "comprehensive APC", chief.row)
    else:
        chief = _pay_observation(services)
    if chief is None:
        return False
    for item in services:
        if item is not chief and item.acts_as not in BESIDE_COMPREHENSIVE:
            note = f"packaged into line {chief.line.line.number} ({chief.line.line.code}), a comprehensive APC"
            item.line.settle(NOTHING, "packaged", note, item.row.source)
    return True


def _pay_observation(services: list[Service]) -> Service | None:
    """Eight hours of observation beside a visit of J2 and without T: one comprehensive APC (CPM ch. 4, 290.5)."""
    hours = sum((item.line.line.units for item in services if item.line.line.code == OBSERVATION), Decimal(0))
    if hours < HOURS or any(item.acts_as == "T" for item in services):
        return None
    chief = max((item for item in services if item.acts_as == "J2"), key=lambda item: item.rate, default=None)
    if chief is None:
        return None
    group: Found[GroupRow] | None = chief.line.view.first(GROUPS, apc=OBSERVATION_APC)
    if group is None or group.row.rate is None:
        chief.line.leave_unpriced("comprehensive observation", f"APC {OBSERVATION_APC} is not loaded")
        return chief
    _settle_rate(chief, group.row.rate, f"comprehensive observation, APC {OBSERVATION_APC}", group)
    return chief


def _settle_rate(item: Service, rate: Decimal, name: str, found: Found[OutpatientRow] | Found[GroupRow]) -> None:
    line = item.line
    line.add(name, money(rate), found.source)
    line.unit, line.amount = rate, cents(rate)
    _finish(item)
    line.settled = True


def _package(services: list[Service]) -> None:
    """Settle conditional packaging: T packages Q2; S, T, V and J2 package Q1; all of these package Q4."""
    for item in services:
        if item.acts_as == "Q3":
            item.line.warn("composite APCs are not worked out (Q3): priced by itself")
            item.acts_as = _of_group(item)
    _settle_conditional(services, "Q2", ("T",))
    _settle_conditional(services, "Q1", SEPARATE)
    others = [item for item in services if item.acts_as in SEPARATE]
    for item in services:
        if item.acts_as == "Q4" and others:
            _pack(item, others[0])


def _settle_conditional(services: list[Service], indicator: str, by: tuple[str, ...]) -> None:
    subject = [item for item in services if item.acts_as == indicator]
    chief = next((item for item in services if item.acts_as in by), None)
    if chief is None and subject:
        chief = max(subject, key=lambda item: item.rate)
        chief.acts_as = _of_group(chief)
    for item in subject:
        if item is not chief and chief is not None:
            _pack(item, chief)


def _of_group(item: Service) -> str:
    """What a conditionally packaged service is paid as when nothing packages it: the indicator of its APC."""
    group: Found[GroupRow] | None = item.line.view.first(GROUPS, apc=item.row.row.apc)
    return group.row.status_indicator if group and group.row.status_indicator in SEPARATE else "S"


def _pack(item: Service, chief: Service) -> None:
    note = f"packaged with line {chief.line.line.number} ({chief.line.line.code}, {chief.acts_as})"
    item.line.settle(NOTHING, "packaged", note, item.row.source)


def _pay(services: list[Service]) -> None:
    waiting = [item for item in services if not item.line.settled]
    for item in waiting:
        if item.acts_as in ZERO:
            item.line.settle(NOTHING, "not paid", _words(item), item.row.source)
        elif item.acts_as in AT_COST:
            item.line.leave_unpriced("OPPS rate", _words(item), item.row.source)
        elif item.acts_as in ("A", "Q4"):
            _pay_elsewhere(item)
        else:
            _open_rate(item)
    by_rate = [item for item in waiting if not item.line.settled and item.line.amount is not None]
    pay_dearest_in_full([item.line for item in by_rate if item.acts_as == "T"], "several T services")
    for item in by_rate:
        _finish(item)
    _adjust_fee_schedule([item.line for item in waiting if item.acts_as == "A" and item.line.row is not None])


def _words(item: Service) -> str:
    known = meaning(item.line.view, "opps_si", item.acts_as)
    return f"{item.acts_as}: {known.sentence if known else 'not in our table of meanings'}"


def _open_rate(item: Service) -> None:
    line = item.line
    if not item.rate:
        line.leave_unpriced("OPPS rate", _words(item), item.row.source)
        return
    line.add("OPPS rate", money(item.rate), item.row.source)
    line.count = line.line.units * (2 if line.has("50") and _has_two_sides(line) else 1)
    if line.count != 1:
        line.add("units", f"{line.count:f}" + (", both sides" if line.has("50") else ""))
    line.unit, line.amount = item.rate, cents(item.rate * line.count)


def _has_two_sides(line: OpenLine) -> bool:
    rows = line.view.find(RVU, code=line.line.code)
    return any(found.row.bilateral in ("1", "3") for found in rows)


def _finish(item: Service) -> None:
    """Stopped procedures, and departments off campus."""
    line = item.line
    apply_stop(line)
    if line.amount is None or item.acts_as in ("G", "K", "K1", "R", "U"):
        return
    if line.has("PN") or (line.has("PO") and line.line.code == "G0463"):
        line.scale("off-campus department", NOT_EXCEPTED)


def _pay_elsewhere(item: Service) -> None:
    """Indicator A, or a laboratory test that nothing packages: the schedule outside OPPS that has it."""
    line = item.line
    if price_elsewhere(line):
        hold_to_charge(line)
    elif item.acts_as == "Q4":
        line.leave_unpriced("laboratory rate", "the laboratory schedule does not have it or is not loaded")
    else:
        open_line(line)


def _adjust_fee_schedule(lines: list[OpenLine]) -> None:
    """Therapy and the like in a hospital: the physician schedule's amounts and reductions."""
    for together in by_day(lines):
        adjust(together)
        for line in together:
            hold_to_charge(line)
