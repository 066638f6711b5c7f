"""ICD-10-CM table of neoplasms and table of drugs and chemicals: six codes a site or substance.

A dash (neoplasms) or two (drugs) alone say that the publisher lists nothing in that column; a cell that is not
there is blank. Most drug codes need a seventh character that the table leaves off (ICD-10-CM guidelines, I.C.19.e).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO
from zlib import crc32

from codeward.datasets import icd_index_xml
from codeward.datasets.declare import Dataset, Record, column
from codeward.datasets.icd_10_cm import LANDING, LICENCE
from codeward.datasets.icd_10_cm_index import LINKS, numbered, shapes, tables_and_index
from codeward.datasets.icd_index_xml import TABLE_CODE
from codeward.datasets.kinds import TEXT, WHOLE

NEOPLASM_HEADS = (
    "Malignant Primary",
    "Malignant Secondary",
    "Ca in situ",
    "Benign",
    "Uncertain Behavior",
    "Unspecified Behavior",
)
DRUG_HEADS = (
    "Poisoning Accidental (unintentional)",
    "Poisoning Intentional self-harm",
    "Poisoning Assault",
    "Poisoning Undetermined",
    "Adverse effect",
    "Underdosing",
)
"""Headings of columns 2 to 7, as published."""
_COLUMNS = ("2", "3", "4", "5", "6", "7")


@dataclass(frozen=True, slots=True)
class NeoplasmRow:
    """One site and its code by behavior; paths that stand twice are told apart by `nth`."""

    letter: str = column(kind=TEXT, required=True)
    main: str = column(kind=TEXT, required=True)
    path: str = column(kind=TEXT, required=True, note="Neoplasm, neoplastic > site > …, less nonessential modifiers")
    level: int = column(kind=WHOLE, required=True)
    words: str = column(kind=TEXT, required=True, note="the site itself, without nonessential modifiers")
    modifiers: str = column(kind=TEXT, note="nonessential modifiers, in their brackets")
    printed: str = column(kind=TEXT, required=True, note="the site as printed")
    nth: int = column(kind=WHOLE, required=True, note="1, or more where the same path stands again")
    malignant_primary: str = column(kind=TABLE_CODE)
    malignant_secondary: str = column(kind=TABLE_CODE)
    in_situ: str = column(kind=TABLE_CODE)
    benign: str = column(kind=TABLE_CODE)
    uncertain: str = column(kind=TABLE_CODE)
    unspecified: str = column(kind=TABLE_CODE)
    see: str = column(kind=TEXT)
    see_also: str = column(kind=TEXT)
    remark: str = column(kind=TEXT, note="text that stands in the file's manif element")


@dataclass(frozen=True, slots=True)
class DrugRow:
    """One substance and its code by intent; paths that stand twice are told apart by `nth`."""

    letter: str = column(kind=TEXT, required=True)
    main: str = column(kind=TEXT, required=True)
    path: str = column(kind=TEXT, required=True, note="substance > form > …, without nonessential modifiers")
    level: int = column(kind=WHOLE, required=True)
    words: str = column(kind=TEXT, required=True, note="the substance itself, without nonessential modifiers")
    modifiers: str = column(kind=TEXT, note="nonessential modifiers, in their brackets")
    printed: str = column(kind=TEXT, required=True, note="the substance as printed")
    nth: int = column(kind=WHOLE, required=True, note="1, or more where the same path stands again")
    accidental: str = column(kind=TABLE_CODE)
    self_harm: str = column(kind=TABLE_CODE)
    assault: str = column(kind=TABLE_CODE)
    undetermined: str = column(kind=TABLE_CODE)
    adverse_effect: str = column(kind=TABLE_CODE)
    underdosing: str = column(kind=TABLE_CODE)
    see: str = column(kind=TEXT)
    see_also: str = column(kind=TEXT)
    remark: str = column(kind=TEXT, note="text that stands in the file's manif element")


NEOPLASM_COLUMNS = ("malignant_primary", "malignant_secondary", "in_situ", "benign", "uncertain", "unspecified")
DRUG_COLUMNS = ("accidental", "self_harm", "assault", "undetermined", "adverse_effect", "underdosing")
_TAGS = ("see", "seeAlso", "manif")


def _records(first: str, heads: tuple[str, ...], files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    counts: dict[str, int] = {}
    for term in icd_index_xml.terms(files[""], (first, *heads)):
        odd = [*(term.texts.keys() - set(_TAGS)), *(term.cells.keys() - set(_COLUMNS))]
        if odd:
            raise ValueError(f"{term.line}: has {odd[0]!r}, which this table does not know")
        start = term.row_start
        cells = [*start, numbered(counts, start[2]), *(term.cells.get(at, "") for at in _COLUMNS)]
        yield term.line, [*cells, *(term.texts.get(tag, "") for tag in _TAGS)], crc32(term.checked.encode())


ICD_10_CM_NEOPLASMS = Dataset(
    id="icd-10-cm-neoplasms",
    title="ICD-10-CM table of neoplasms",
    row=NeoplasmRow,
    shapes=shapes("neoplasm"),
    key=("path", "nth"),
    looked_up_by=("main", *NEOPLASM_COLUMNS),
    records=partial(_records, "Neoplasm", NEOPLASM_HEADS),
    cadence="icd",
    publisher="NCHS and CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=tables_and_index(),
    links=LINKS,
    invariants=(("level between 0 and 9", "a site stands deeper than the table goes (9)"),),
)

ICD_10_CM_DRUGS = Dataset(
    id="icd-10-cm-drugs",
    title="ICD-10-CM table of drugs and chemicals",
    row=DrugRow,
    shapes=shapes("drug"),
    key=("path", "nth"),
    looked_up_by=("letter", "main", *DRUG_COLUMNS),
    records=partial(_records, "Substance", DRUG_HEADS),
    cadence="icd",
    publisher="NCHS and CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=tables_and_index(),
    links=LINKS,
    invariants=(
        ("level between 0 and 9", "a substance stands deeper than the table goes (9)"),
        (
            "coalesce(adverse_effect, '--') = '--' or adverse_effect like '%5'",
            "an adverse effect code does not end in 5",
        ),
        ("coalesce(underdosing, '--') = '--' or underdosing like '%6'", "an underdosing code does not end in 6"),
    ),
)
