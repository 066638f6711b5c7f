"""Five ICD-10-CM editions with codes that were split, merged, renamed and dropped between them, and the index files."""

from __future__ import annotations

from pathlib import Path

from golden.published import put
from golden.small_set import SCLEROSIS_2026, TABULAR

GOLDEN = Path(__file__).parent
INDEX_FILES = (
    "icd-10-cm-index/FY2025/icd10cm_index_2025.xml",
    "icd-10-cm-external-causes/2026-04/icd10cm-eindex-April-1-2026-XML.xml",
    "icd-10-cm-drugs/2026-04/icd10cm-drug-April-1-2026-XML.xml",
    "icd-10-cm-addenda/FY2019/icd10cm_order_addenda_2019.txt",
)

# code, 1 billable or 0 header, title
LISTED_2019 = (
    "C43 0 Malignant melanoma of skin",
    "C4311 0 Malignant melanoma of right eyelid, including canthus",
    "C43111 1 Malignant melanoma of right upper eyelid, including canthus",
    "G35 1 Multiple sclerosis",
    "H814 0 Vertigo of central origin",
    "H8141 1 Vertigo of central origin, right ear",
    "H8142 1 Vertigo of central origin, left ear",
    "M545 1 Low back pain",
    "Q512 0 Other doubling of uterus",
    "Q5120 1 Other doubling of uterus, unspecified",
    "R05 1 Cough",
    "T404 0 Poisoning by other synthetic narcotics",
    "T404X1A 1 Poisoning by other synthetic narcotics, accidental, initial encounter",
    "T404X1D 1 Poisoning by other synthetic narcotics, accidental, subsequent encounter",
    "Z999 1 A code that nothing took the place of",
)
LISTED_2021 = (
    "C43 0 Malignant melanoma of skin",
    "C43111 1 Malignant melanoma of right upper eyelid, including canthus",
    "G35 1 Multiple sclerosis",
    "H814 1 Vertigo of central origin",
    "M545 1 Low back pain",
    "Q512 0 Other doubling of uterus",
    "Q5121 1 Complete doubling of uterus",
    "Q5122 1 Partial doubling of uterus",
    "R05 1 Cough",
    "T404 0 Poisoning by other synthetic narcotics",
    "T40411A 1 Poisoning by fentanyl, accidental, initial encounter",
    "T40411D 1 Poisoning by fentanyl, accidental, subsequent encounter",
    "T40421A 1 Poisoning by tramadol, accidental, initial encounter",
)
LISTED_2024 = (
    "C43111 Malignant melanoma of right upper eyelid, including canthus",
    "G35 Multiple sclerosis",
    "H814 Vertigo of central origin",
    "M5450 Low back pain, unspecified",
    "M5451 Vertebrogenic low back pain",
    "M5459 Other low back pain",
    "R051 Acute cough",
    "R059 Cough, unspecified",
)


def write(folder: Path) -> Path:
    """Write the set below the folder and return it."""
    put(folder, "icd10cm_order_2019.txt", _order(LISTED_2019))
    put(folder, "icd10cm-order-Jan-2021.txt", _order(LISTED_2021))
    put(folder, "icd10cm-codes-2024.txt", "".join(f"{row}\n" for row in LISTED_2024))
    put(folder, "icd10cm-tabular-April-2025.xml", TABULAR.format(year=2025, sclerosis=""))
    put(folder, "icd10c-tabular-April-1-2026.xml", TABULAR.format(year=2026, sclerosis=SCLEROSIS_2026))
    for name in INDEX_FILES:
        put(folder, name.rsplit("/", 1)[-1], (GOLDEN / name).read_bytes())
    neoplasms = (GOLDEN / "icd-10-cm-neoplasms/2025-04/icd-10-cm-neoplasm-2025.xml").read_bytes()
    put(folder, "icd10cm-neoplasm-April-1-2026-XML.xml", neoplasms.replace(b"C44.519", b"C44.112-"))
    return folder


def _order(rows: tuple[str, ...]) -> str:
    lines = []
    for at, row in enumerate(rows, start=1):
        code, flag, title = row.split(" ", 2)
        lines.append(f"{at:05d} {code:<7} {flag} {title[:60]:<60} {title}\n")
    return "".join(lines)
