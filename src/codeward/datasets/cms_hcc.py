"""CMS-HCC mappings: which hierarchical condition category a diagnosis belongs to, by payment year and model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Edition, Record, Shape, column
from codeward.datasets.editions import Name
from codeward.datasets.kinds import TEXT, WORD


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One diagnosis and its category in one model."""

    code: str = column(kind=WORD, required=True)
    model: str = column(kind=TEXT, required=True, note="for example CMS-HCC Model V28")
    category: str = column(kind=WORD, required=True)


def _payment_year(name: Name) -> Edition:
    year = int(name["year"])
    return Edition(f"PY{year}", date(year, 1, 1))


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for line, raw in enumerate(files[""].read().decode("utf-8-sig").splitlines(), start=1):
        code, category, model = (cell.strip() for cell in raw.split(","))
        if line == 1:
            if (code, category, model) != ("diagnosis_code", "cc", "model_name"):
                raise ValueError("line 1: expected the headings diagnosis_code, cc, model_name")
            continue
        if model.startswith("CMS-HCC Model"):
            yield line, [code, model, category], crc32(raw.encode())


CMS_HCC = Dataset(
    id="cms-hcc",
    title="CMS-HCC diagnosis mappings",
    row=ConditionRow,
    shapes=(Shape(r"^ra_dx_to_cc_(?P<year>\d{4})\.csv$", "own", _payment_year, from_package=True),),
    key=("code", "model", "category"),
    looked_up_by=("code",),
    records=_records,
    cadence="year",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare/payment/medicare-advantage-rates-statistics/risk-adjustment",
)
