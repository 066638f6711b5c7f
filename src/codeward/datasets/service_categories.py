"""CMS service categories (Restructured BETOS): what kind of service a code is, in words anybody may print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fixed
from codeward.datasets.kinds import CODE, TEXT, WORD


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """The category of one code: `category` is coded, `path` names its levels from the widest down."""

    code: str = column(kind=CODE, required=True)
    category: str = column(kind=WORD, required=True)
    path: str = column(kind=TEXT, required=True)


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    """Lines of `code category "path"`; codes with no category yet have dots there and are left out."""
    for line, raw in enumerate(files[""].read().decode("latin-1").splitlines(), start=1):
        if not raw.strip():
            continue
        code, category, path = [*raw.split(None, 2), "", ""][:3]
        yield line, [code, category, path.strip().strip('"')], crc32(raw.encode())


SERVICE_CATEGORIES = Dataset(
    id="service-categories",
    title="CMS service categories",
    row=CategoryRow,
    shapes=(Shape(r"^betpuf20\.txt$", "own", fixed("2020", date(2020, 1, 1)), from_package=True),),
    key=("code",),
    looked_up_by=("code",),
    records=_records,
    cadence="none",
    publisher="CMS",
    licence="Category names are CMS's and public domain; the numbers beside them are partly AMA's CPT.",
    needs_acceptance="ama-cpt",
    landing="https://data.cms.gov/provider-summary-by-type-of-service/provider-service-classifications/"
    "restructured-betos-classification-system",
)
