"""ICD-10-CM alphabetic index, and beside it the index to external causes: which code a term leads to.

The two are datasets of their own: their files come and go separately, and an edition of one says nothing of the
other. A code that ends in a dash goes on in the tabular list; the index by itself never settles a code (ICD-10-CM
guidelines, I.B.1). `subcat` and `seecat` lead to a subcategory or category without naming one code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO
from zlib import crc32

from codeward.datasets import icd_index_xml
from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fiscal_year
from codeward.datasets.icd_10_cm import LANDING, LICENCE
from codeward.datasets.icd_index_xml import INDEX_CODE
from codeward.datasets.kinds import TEXT, WHOLE


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One term; paths that stand twice are told apart by `nth`."""

    letter: str = column(kind=TEXT, required=True)
    main: str = column(kind=TEXT, required=True, note="the main term, without nonessential modifiers")
    path: str = column(kind=TEXT, required=True, note="main term > subterm > …, without nonessential modifiers")
    level: int = column(kind=WHOLE, required=True, note="0 for a main term")
    words: str = column(kind=TEXT, required=True, note="the term itself, without nonessential modifiers")
    modifiers: str = column(kind=TEXT, note="nonessential modifiers, in their brackets")
    printed: str = column(kind=TEXT, required=True, note="the term as printed")
    nth: int = column(kind=WHOLE, required=True, note="1, or more where the same path stands again")
    code: str = column(kind=INDEX_CODE, note="with its dot; a dash at the end: complete it in the tabular list")
    manifestation: str = column(kind=INDEX_CODE, note="coded second, in brackets in print")
    see: str = column(kind=TEXT)
    see_also: str = column(kind=TEXT)
    see_category: str = column(kind=INDEX_CODE)
    subcategory: str = column(kind=INDEX_CODE)


_TAGS = ("code", "manif", "see", "seeAlso", "seecat", "subcat")
_MONTH = r"(?P<month>Jan|Apr|Jul|Oct)[a-z]*"


def shapes(name: str) -> tuple[Shape, ...]:
    """`icd10cm_index_2023.xml`, `icd-10-cm-index-2025.xml`, `icd10cm-index-April-1-2026-XML.xml`."""
    begins = rf"^icd-?10-?cm?[-_]+{name}[-_]+"
    return (
        Shape(rf"{begins}{_MONTH}[-_]+(?:\d+[-_]+)?(?P<year>\d{{4}})(?:[-_]XML)?\.xml$", "own", fiscal_year),
        Shape(rf"{begins}(?P<year>\d{{4}})(?:[-_]XML)?\.xml$", "own", fiscal_year),
    )


def numbered(counts: dict[str, int], path: str) -> str:
    """How often the path has stood so far, this time included."""
    counts[path] = counts.get(path, 0) + 1
    return str(counts[path])


def _records(heading: str, files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    counts: dict[str, int] = {}
    for term in icd_index_xml.terms(files[""]):
        if term.cells:
            raise ValueError(f"{term.line}: has table cells, which {heading} has not")
        start = term.row_start
        cells = [*start, numbered(counts, start[2]), *(term.texts.get(tag, "") for tag in _TAGS)]
        yield term.line, cells, crc32(term.checked.encode())


def tables_and_index() -> tuple[Address, ...]:
    """CMS's archive of tabular list, index and tables, by release; NCHS has the same files."""
    cms = "https://www.cms.gov/files/zip/"
    october = [Address(f"{cms}{{fiscal}}-code-tables-tabular-and-index.zip", day, day) for day in _octobers(2021, 2025)]
    later = [Address(f"{cms}{{fiscal}}-code-tables-tabular-index.zip", day, day) for day in _octobers(2026, 2035)]
    april = Address(f"{cms}april-1-{{year}}-code-tables-tabular-index.zip", date(2026, 4, 1), date(2026, 4, 1))
    nchs = "https://ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM/"
    update = f"{nchs}{{year}}-Update/icd10cm-table-index-April-{{year}}.zip"
    spring = Address(update, date(2025, 4, 1), date(2025, 4, 1))
    first = Address(f"{cms}2021-code-tables-and-index.zip", date(2020, 10, 1), date(2020, 10, 1))
    return (first, *october, spring, april, *later)


def _octobers(first: int, last: int) -> list[date]:
    return [date(year, 10, 1) for year in range(first, last + 1)]


LINKS = (r"/files/zip/(?:april-1-)?\d{4}-code-tables-tabular-(?:and-)?index[^/]*\.zip$",)


def _index(dataset: str, title: str, name: str) -> Dataset:
    records: Callable[[Mapping[str, IO[bytes]]], Iterator[Record]] = partial(_records, title)
    return Dataset(
        id=dataset,
        title=title,
        row=IndexRow,
        shapes=shapes(name),
        key=("path", "nth"),
        looked_up_by=("letter", "main", "code", "manifestation"),
        records=records,
        cadence="icd",
        publisher="NCHS and CMS",
        licence=LICENCE,
        landing=LANDING,
        addresses=tables_and_index(),
        links=LINKS,
        invariants=(
            ("level between 0 and 12", "a term stands deeper than the index goes (12)"),
            ("(level = 0) = (path = main)", "a main term's path is not its own words"),
        ),
    )


ICD_10_CM_INDEX = _index("icd-10-cm-index", "ICD-10-CM alphabetic index", "index")
ICD_10_CM_EXTERNAL_CAUSES = _index("icd-10-cm-external-causes", "ICD-10-CM index to external causes", "eindex")
