"""CMS-HCC mappings: which hierarchical condition category a diagnosis belongs to, by payment year and model.

CMS's software has one mapping a model, `F2823T2N_FY22FY23.TXT`: model version, year, release and, in some, the fiscal
years whose codes it maps. A mapping for other code years than its own (`_FY20FY21`, made to calibrate the model) is
left aside as the same edition. The payment year is the year in the name, or the model's first payment year where the
name is older: V24 was first published as of 2019 and V28 as of 2023, a year ahead of their use.
The starter's package has all models of a payment year in one file; end-stage renal disease and Part D (RxHCC) too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Edition, Record, Shape, column
from codeward.datasets.editions import Name
from codeward.datasets.hcc_models import FIRST_PAYMENT_YEAR
from codeward.datasets.kinds import TEXT, WORD


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One diagnosis and its category in one model."""

    code: str = column(kind=WORD, required=True)
    model: str = column(kind=TEXT, required=True, note="for example CMS-HCC Model V28")
    category: str = column(kind=WORD, required=True)
    mark: str = column(kind=WORD, note="D where the code has another category too")


def _payment_year(name: Name) -> Edition:
    year = int(name["year"])
    return Edition(f"PY{year}", date(year, 1, 1))


def _software_year(name: Name) -> Edition:
    year = max(2000 + int(name["year"]), FIRST_PAYMENT_YEAR[name["version"]])
    return Edition(f"PY{year}", date(year, 1, 1))


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for model, stream in files.items():
        yield from _from_software(stream, model) if model else _from_package(stream)


def _from_software(stream: IO[bytes], model: str) -> Iterator[Record]:
    """Tab between code and category, and D on rows of a code that is mapped more than once."""
    for line, raw in enumerate(stream.read().splitlines(), start=1):
        if not raw.strip():
            continue
        cells = [cell.strip() for cell in raw.decode("ascii", "replace").split("\t")]
        code, category, mark = [*cells, "", ""][:3]
        if len(cells) > 3 or not category.isdigit() or mark not in ("", "D"):
            raise ValueError(f"line {line}: expected a diagnosis, its category and D or nothing, parted by tabs")
        yield line, [code, model, category, mark], crc32(raw)


def _from_package(stream: IO[bytes]) -> Iterator[Record]:
    for line, raw in enumerate(stream.read().decode("utf-8-sig").splitlines(), start=1):
        code, category, model = (cell.strip() for cell in raw.split(","))
        if line == 1:
            if (code, category, model) != ("diagnosis_code", "cc", "model_name"):
                raise ValueError("line 1: expected the headings diagnosis_code, cc, model_name")
            continue
        yield line, [code, model, category, ""], crc32(raw.encode())


def _software_shapes(version: str) -> tuple[Shape, ...]:
    name = rf"^F(?P<version>{version})(?P<year>\d\d)[OPT]\d[A-Q]"
    model = f"CMS-HCC Model V{version}"
    return (
        Shape(rf"{name}(?:_FY\d\dFY(?P=year))?\.TXT$", "own", _software_year, role=model),
        Shape(rf"{name}_FY\d\dFY\d\d\.TXT$", "own", _software_year, role=model, rank=1),
    )


LANDING = "https://www.cms.gov/medicare/payment/medicare-advantage-rates-statistics/risk-adjustment"
"""It leads to a page a payment year, whose files have had new names in most years: they are not fetched."""

CMS_HCC = Dataset(
    id="cms-hcc",
    title="CMS-HCC diagnosis mappings",
    row=ConditionRow,
    shapes=(
        Shape(r"^ra_dx_to_cc_(?P<year>\d{4})\.csv$", "own", _payment_year, from_package=True),
        *(shape for version in FIRST_PAYMENT_YEAR for shape in _software_shapes(version)),
    ),
    key=("code", "model", "category"),
    looked_up_by=("code", "category"),
    records=_records,
    apart=True,
    cadence="year",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing=LANDING,
    invariants=(("length(code) between 3 and 7", "a diagnosis does not have three to seven characters"),),
)
