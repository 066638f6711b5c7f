"""ICD-10-PCS definitions: sections, the terms of one section axis by axis, and the device aggregation."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from codeward.datasets.icd_10_pcs_definitions import DefinitionRow, DeviceRow
from codeward.services.pcs_tables import DEFINITIONS
from codeward.services.view import View
from codeward.store.library import Found

DEVICES = "icd-10-pcs-devices"


@dataclass(frozen=True, slots=True)
class DefinedAxis:
    """One axis of a section with everything that is defined in it, in the order of the characters' names."""

    position: int
    title: str
    terms: tuple[Found[DefinitionRow], ...]


@dataclass(frozen=True, slots=True)
class DefinedSection:
    """One section and its axes."""

    code: str
    title: str
    axes: tuple[DefinedAxis, ...]

    @property
    def terms(self) -> int:
        """How many terms it defines."""
        return sum(len(axis.terms) for axis in self.axes)


def defined_sections(view: View, section: str = "") -> tuple[DefinedSection, ...]:
    """Every section that defines terms on the day, or the one asked for."""
    where = {"section": section} if section else {}
    rows: list[Found[DefinitionRow]] = view.find(DEFINITIONS, **where)
    rows.sort(key=lambda item: (item.row.section, item.row.position, item.row.term.casefold()))
    return tuple(_section(list(group)) for _, group in groupby(rows, key=lambda item: item.row.section))


def _section(rows: list[Found[DefinitionRow]]) -> DefinedSection:
    axes = tuple(
        DefinedAxis(position, terms[0].row.axis, tuple(terms))
        for position, terms in ((key, list(group)) for key, group in groupby(rows, key=lambda item: item.row.position))
    )
    return DefinedSection(rows[0].row.section, rows[0].row.section_title, axes)


def devices(view: View) -> tuple[Found[DeviceRow], ...]:
    """Specific devices with the general one each counts as."""
    return tuple(view.find(DEVICES))
