"""ICD-10-PCS definitions: what the words of the tables mean, and which specific devices a general one stands for.

Source: icd10pcs_definitions.xsd. A term with several titles (a body part's left and right) becomes a row a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Record, column
from codeward.datasets.icd_10_pcs_tables import ICD_10_PCS_TABLES
from codeward.datasets.icd_xml import Element, root_of
from codeward.datasets.kinds import TEXT, VERBATIM, WHOLE, WORD
from codeward.datasets.pcs_editions import LANDING, LICENCE, pcs_shapes
from codeward.datasets.pcs_xml import VALUE, numbered, only, text_of

ROOT = "ICD10PCS.definitions"


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """One value's name in one axis of one section, and what it means."""

    section: str = column(kind=WORD, required=True, note="the first character")
    section_title: str = column(kind=TEXT, required=True)
    position: int = column(kind=WHOLE, required=True)
    axis: str = column(kind=TEXT, required=True)
    term: str = column(kind=TEXT, required=True, note="the label as the tables have it")
    definition: str = column(kind=TEXT)
    explanation: str = column(kind=TEXT)
    includes: str = column(kind=VERBATIM, note="words of the record that mean this, one a line")


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One specific device, where it may be chosen, and the general device it counts as elsewhere."""

    device: str = column(kind=TEXT, required=True)
    operation: str = column(kind=TEXT, required=True)
    body_system: str = column(kind=TEXT, required=True)
    value: str = column(kind=WORD, required=True, note="the general device's sixth character")
    general: str = column(kind=TEXT, required=True)


def _definitions(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    root = root_of(files[""], ROOT)
    only(root, f"/{ROOT}", "version", "title", "section", "deviceAggregation")
    for section, path in numbered(root, "section", f"/{ROOT}"):
        only(section, path, "title", "axis")
        for axis, where in numbered(section, "axis", path):
            only(axis, where, "title", "terms")
            head = [section.get("code", ""), text_of(section.find("title"))]
            head += [axis.get("pos", ""), text_of(axis.find("title"))]
            for terms, inner in numbered(axis, "terms", where):
                yield from _terms(terms, inner, head)


def _terms(terms: Element, path: str, head: list[str]) -> Iterator[Record]:
    only(terms, path, "title", "definition", "explanation", "includes")
    includes = "\n".join(text_of(item) for item in terms.iterfind("includes"))
    meaning = [text_of(terms.find("definition")), text_of(terms.find("explanation")), includes]
    for title, where in numbered(terms, "title", path):
        cells = [*head, text_of(title), *meaning]
        yield where, cells, crc32("\x1f".join(cells).encode())


def _devices(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for group, path in numbered(root_of(files[""], ROOT), "deviceAggregation", f"/{ROOT}"):
        for item, where in numbered(group, "aggregate", path):
            only(item, where, "device", "operation", "bodySys", "parent")
            parent = item.find("parent")
            if parent is None:
                raise ValueError(f"{where}: has no parent")
            for system, inner in numbered(item, "bodySys", where):
                cells = [text_of(item.find("device")), text_of(item.find("operation")), text_of(system)]
                cells += [parent.get("value", ""), text_of(parent)]
                yield inner, cells, crc32("\x1f".join(cells).encode())


ICD_10_PCS_DEFINITIONS = Dataset(
    id="icd-10-pcs-definitions",
    title="ICD-10-PCS definitions",
    row=DefinitionRow,
    shapes=pcs_shapes("definitions", "xml"),
    key=("section", "position", "term"),
    looked_up_by=("section",),
    records=_definitions,
    cadence="icd",
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=ICD_10_PCS_TABLES.addresses,
    links=ICD_10_PCS_TABLES.links,
    invariants=(("position between 1 and 7", "a position is not from 1 to 7"),),
)

ICD_10_PCS_DEVICES = Dataset(
    id="icd-10-pcs-devices",
    title="ICD-10-PCS device aggregation",
    row=DeviceRow,
    shapes=pcs_shapes("definitions", "xml"),
    key=("device", "operation", "body_system"),
    looked_up_by=("value",),
    records=_devices,
    cadence="icd",
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=ICD_10_PCS_TABLES.addresses,
    links=ICD_10_PCS_TABLES.links,
    invariants=((f"regexp_full_match(value, '{VALUE}')", "a value is not one character other than I and O"),),
)
