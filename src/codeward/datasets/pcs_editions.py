"""ICD-10-PCS editions: what the files of a release are called, and which edition their names tell.

A name with a bare year is the fiscal year's edition, in force from October 1. CMS has since reissued files under the
same name with the codes of an update (January 2021, and April from 2024 on); only where the archive's name tells
the month can the edition be told apart, else first days come from the dates the Medicare Code Editor keeps.
"""

from __future__ import annotations

from codeward.datasets.declare import Layout, Shape
from codeward.datasets.editions import fiscal_year

LICENCE = "Public domain (US government work, maintained by CMS)."
LANDING = "https://www.cms.gov/medicare/coding-billing/icd-10-codes"

_MONTH = r"(?P<month>Jan|Apr|Oct)[a-z]*"
_APART = r"[-_ ]"


def pcs_shapes(kind: str, ending: str, *, role: str = "", rank: int = 0) -> tuple[Shape, ...]:
    """The names of one file of a release: month in its own name, month in the archive's name, or a bare year."""
    stem = rf"icd10pcs{_APART}{kind}{_APART}"
    layout: Layout = "own"
    names = (
        rf"^{stem}{_MONTH}{_APART}(?:\d+{_APART})?(?P<year>\d{{4}})\.{ending}$",
        rf"/[^/]*{_MONTH}-1-(?P<year>\d{{4}})[^/]*\.zip/(?:[^/]+/)*{stem}\d{{4}}\.{ending}$",
        rf"^{stem}(?P<year>\d{{4}})\.{ending}$",
    )
    return tuple(Shape(name, layout, fiscal_year, role=role, rank=rank) for name in names)
