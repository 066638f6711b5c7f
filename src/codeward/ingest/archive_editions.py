"""Archive editions: a file that names its fiscal year alone takes the edition of the archive it came in.

The FY2021 archive holds `icd10cm-order-Jan-2021.txt` beside `icd10cm_tabular_2021.xml`, and the archives of April hold
`icd-10-cm-drug-2025.xml` and `icd10cm_tabular_2026.xml`: read by their own names, those would be October's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from codeward.datasets.declare import Edition, Shape
from codeward.datasets.editions import fiscal_year
from codeward.ingest.files import OfficialFile

Found = tuple[Shape, Edition, OfficialFile]
Key = tuple[str, str, bool]
"""Dataset, edition, and whether from a package."""

_YEAR_OF_DAYS = 366
_ARCHIVE = re.compile(r"(?<![a-z])(?P<month>Jan|Apr)[a-z]*[-_ ](?:\d{1,2}[-_ ])?(?P<year>20\d{2})(?!\d)", re.IGNORECASE)


def by_archive(found: dict[Key, list[Found]]) -> dict[Key, list[Found]]:
    """The same files, those of one archive under one edition where one of them, or the archive, names it better."""
    named = _named_by_files(found)
    settled: dict[Key, list[Found]] = defaultdict(list)
    for (dataset, edition, package), files in found.items():
        for shape, own, file in files:
            better = _better(dataset, shape, own, file, named) if edition.startswith("FY") else None
            settled[dataset, better.id if better else edition, package].append((shape, better or own, file))
    return settled


def _named_by_files(found: dict[Key, list[Found]]) -> dict[Path, list[tuple[str, str, Edition]]]:
    """For each archive, the dataset, role and edition of every file in it that names a month."""
    named: dict[Path, list[tuple[str, str, Edition]]] = defaultdict(list)
    for (dataset, edition, _), files in found.items():
        for shape, own, file in files:
            if file.members and shape.edition is fiscal_year and not edition.startswith("FY"):
                named[file.path].append((dataset, shape.role, own))
    return named


def _better(
    dataset: str, shape: Shape, own: Edition, file: OfficialFile, named: dict[Path, list[tuple[str, str, Edition]]]
) -> Edition | None:
    """The one edition of the archive that lies within the fiscal year; None where there is none, or a choice."""
    if not file.members or shape.edition is not fiscal_year:
        return None
    beside = named[file.path]
    if (dataset, shape.role) in {(other, role) for other, role, _ in beside}:
        return None
    choices = {edition for other, _, edition in beside if _alike(dataset, other)} or set(_of_name(file.path))
    fitting = [edition for edition in choices if 0 < (edition.effective - own.effective).days < _YEAR_OF_DAYS]
    return fitting[0] if len(fitting) == 1 else None


def _alike(one: str, other: str) -> bool:
    """Whether two datasets come out of one publication: icd-10-cm and icd-10-cm-notes."""
    family = min(one, other, key=len)
    return one.startswith(family) and other.startswith(family)


def _of_name(path: Path) -> Iterator[Edition]:
    match = _ARCHIVE.search(path.name)
    if match:
        yield fiscal_year(match)
