"""Parts: the sections of a code page with what is missing, what is older than the day, and what was found empty."""

from __future__ import annotations

from dataclasses import dataclass, replace

from codeward.core.answers import Answer, Fact
from codeward.services.page import CodePage, Line, Section, Table
from codeward.store.library import Library
from codeward.web.pages.absent import Absence, absent

BEHIND = {
    "kind": ("service-categories",),
    "physician-fees": ("mpfs-rvu",),
    "outpatient-fees": ("opps-addendum-b",),
    "asc-fees": ("asc-aa", "asc-bb", "asc-ee"),
    "anesthesia-fees": ("mpfs-anesthesia", "mpfs-anesthesia-base"),
    "laboratory-fees": ("clfs",),
    "drug-limits": ("asp",),
    "equipment-fees": ("dmepos",),
    "outpatient-caps": ("opps-cap",),
    "add-ons": ("ncci-aoc",),
    "unit-limits": ("ncci-mue-practitioner", "ncci-mue-outpatient", "ncci-mue-dme"),
    "pair-edits": ("ncci-ptp-practitioner", "ncci-ptp-outpatient"),
    "modifiers": ("mpfs-rvu",),
    "places": ("pos",),
    "coverage": ("mcd-article-x-hcpc-code", "mcd-documents"),
    "policy-manual": ("ncci-policy-manual",),
    "hierarchy": ("icd-10-cm",),
    "notes": ("icd-10-cm-notes",),
    "seventh": ("icd-10-cm-notes",),
    "hcc": ("cms-hcc",),
    "index": ("icd-10-cm-index", "icd-10-cm-external-causes", "icd-10-cm-neoplasms", "icd-10-cm-drugs"),
    "changes": ("icd-10-cm",),
    "characters": ("icd-10-pcs-tables", "icd-10-pcs-definitions"),
    "table": ("icd-10-pcs-tables",),
    "codes": ("icd-10-pcs",),
    "pcs-index": ("icd-10-pcs-index",),
    "ms-drg": ("ms-drg-cc",),
    "clinical-groups": ("ccir", "ccsr"),
    "icd-9": ("gems",),
    "drg-weight": ("ms-drg",),
    "drg-versions": ("ms-drg-titles",),
    "hcc-factors": ("cms-hcc-coefficients",),
    "hcc-hierarchy": ("cms-hcc-hierarchies",),
    "hcc-diagnoses": ("cms-hcc",),
    "practice-notes": ("practice-notes",),
}
"""Which datasets fill a section: whose editions its heading names."""

EMPTY = {
    "kind": "CMS's service categories ({}) do not place this code.",
    "physician-fees": "The relative value file ({}) has no row for this code.",
    "outpatient-fees": "Addendum B ({}) has no row for this code.",
    "asc-fees": "The ASC addenda ({}) do not list this code.",
    "laboratory-fees": "The clinical laboratory fee schedule ({}) has no row for this code.",
    "drug-limits": "The Part B drug file ({}) has no row for this code.",
    "equipment-fees": "The DMEPOS fee schedule ({}) has no row for this code.",
    "outpatient-caps": "The OPPS cap file ({}) has no row for this code.",
    "add-ons": "No add-on edit names this code in {}.",
    "modifiers": "The payment indicators ({}) decide no modifier for this code.",
    "coverage": "No local document in force lists this code.",
    "policy-manual": "No paragraph of the NCCI policy manual ({}) names this code, ranges of whole chapters aside.",
    "notes": "The tabular list ({}) has no note at this code or above it.",
    "seventh": "No seventh character is defined at this code or above it ({}).",
    "index": "Neither the index nor the tables ({}) lead to this code.",
    "hcc": "The CMS-HCC mappings ({}) do not map this code.",
    "characters": "The tables ({}) have no table with these first three characters.",
    "table": "The tables ({}) have no table with these first three characters.",
    "codes": "The list of codes ({}) has none that begins so.",
    "pcs-index": "No entry of the index ({}) leads to this code or its table.",
    "ms-drg": "The CC and MCC lists ({}) do not have this code.",
    "clinical-groups": "AHRQ's groupings ({}) do not have this code.",
    "icd-9": "The equivalence mappings ({}) do not hold this code: they hold complete codes up to fiscal year 2018.",
    "drg-weight": "Table 5 ({}) gives this group no weight.",
    "hcc-hierarchy": "It drops no other category, and none drops it.",
    "hcc-factors": "The relative factors ({}) have none for this category.",
    "hcc-diagnoses": "No diagnosis maps to it in {}.",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that answers on the day, and whether a later one should."""

    dataset: str
    name: str
    effective: str
    older: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One section as the page shows it."""

    section: Section
    facts: dict[str, Fact]
    tables: dict[str, Table]
    absent: Absence
    editions: tuple[Edition, ...]
    empty: str

    @property
    def name(self) -> str:
        """The anchor."""
        return self.section.name

    @property
    def title(self) -> str:
        """The heading."""
        return self.section.title

    @property
    def oldest(self) -> str:
        """The edition behind it that is older than the day calls for, if any."""
        return next((edition.name for edition in self.editions if edition.older), "")

    @property
    def unknown(self) -> bool:
        """Whether nothing at all can be said for lack of data."""
        return bool(self.absent) and not self.section.facts and not self.section.tables


def parts_of(answer: Answer[CodePage], library: Library) -> dict[str, Part]:
    """Every section of the page by its name, with underscores for dashes."""
    older = {caveat.dataset for caveat in answer.warnings}
    return {section.name.replace("-", "_"): _part(section, answer, older, library) for section in answer.value.sections}


def _part(section: Section, answer: Answer[CodePage], older: set[str], library: Library) -> Part:
    behind = BEHIND.get(section.name, ())
    missing = section.missing
    if section.name == "seventh":
        missing = tuple(name for name in behind if name in answer.not_loaded)
    editions = tuple(_editions(behind, answer, older, library))
    said = section.facts or any(item.lines for item in section.tables) or missing
    names = " and ".join(dict.fromkeys(edition.name for edition in editions))
    empty = "" if said else EMPTY.get(section.name, "").format(names)
    facts = {fact.name: fact for fact in reversed(section.facts)}
    tables = {item.name.replace("-", "_"): without_blanks(item) for item in section.tables if item.lines}
    return Part(section, facts, tables, absent(missing, library), editions, empty)


def without_blanks(table: Table) -> Table:
    """The table less the columns in which no line says anything."""
    kept = [at for at in range(len(table.heads)) if any(line.cells[at].text for line in table.lines)]
    if len(kept) == len(table.heads):
        return table
    lines = tuple(Line(tuple(line.cells[at] for at in kept), line.source) for line in table.lines)
    return replace(table, heads=tuple(table.heads[at] for at in kept), lines=lines)


def _editions(behind: tuple[str, ...], answer: Answer[CodePage], older: set[str], library: Library) -> list[Edition]:
    found = [(name, library.in_force(name, answer.as_of)) for name in behind]
    return [
        Edition(name, release.edition, release.effective.isoformat(), name in older)
        for name, release in found
        if release
    ]
