"""Three ICD-10-CM editions with notes that rules read: a list without headers, a full one, and a later one."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from golden.published import put

# code, 1 billable or 0 header, title
LISTED_2025 = (
    "A90 1 An infection",
    "C43 0 Malignant melanoma of skin",
    "C433 0 Malignant melanoma of face",
    "C4339 1 Malignant melanoma of other parts of face",
    "C44 0 Other malignant neoplasm of skin",
    "C443 0 Other malignant neoplasm of skin of face",
    "C44319 1 Basal cell carcinoma of skin of other parts of face",
    "C445 0 Other malignant neoplasm of skin of trunk",
    "C44519 1 Basal cell carcinoma of skin of other part of trunk",
    "C446 0 Other malignant neoplasm of skin of upper limb",
    "C44611 1 Basal cell carcinoma of skin of unspecified upper limb, including shoulder",
    "C61 1 Malignant neoplasm of prostate",
    "E11 0 Type 2 diabetes mellitus",
    "E1142 1 Type 2 diabetes mellitus with diabetic polyneuropathy",
    "E119 1 Type 2 diabetes mellitus without complications",
    "E85 0 Amyloidosis",
    "E854 1 Organ-limited amyloidosis",
    "F05 1 Delirium due to known physiological condition",
    "G35 1 Multiple sclerosis",
    "G63 1 Polyneuropathy in diseases classified elsewhere",
    "H251 0 Age-related nuclear cataract",
    "H2510 1 Age-related nuclear cataract, unspecified eye",
    "H2511 1 Age-related nuclear cataract, right eye",
    "H2512 1 Age-related nuclear cataract, left eye",
    "H2513 1 Age-related nuclear cataract, bilateral",
    "I110 1 Hypertensive heart disease with heart failure",
    "I50 0 Heart failure",
    "I501 1 Left ventricular failure, unspecified",
    "I509 1 Heart failure, unspecified",
    "J20 0 Acute bronchitis",
    "J209 1 Acute bronchitis, unspecified",
    "J40 1 Bronchitis, not specified as acute or chronic",
    "M800 0 Age-related osteoporosis with current pathological fracture",
    "M8008 0 Age-related osteoporosis with current pathological fracture, vertebra(e)",
    "M8008XA 1 Age-related osteoporosis with current pathological fracture, vertebra(e), initial encounter",
    "M8008XD 1 Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter",
    "N40 0 Benign prostatic hyperplasia",
    "N401 1 Benign prostatic hyperplasia with lower urinary tract symptoms",
    "O09 0 Supervision of high risk pregnancy",
    "O0990 1 Supervision of high risk pregnancy, unspecified, unspecified trimester",
    "S525 0 Fracture of lower end of radius",
    "S52501A 1 Unspecified fracture of the lower end of right radius, initial encounter for closed fracture",
    "W19 0 Unspecified fall",
    "W19XXXA 1 Unspecified fall, initial encounter",
    "W19XXXD 1 Unspecified fall, subsequent encounter",
    "Z000 0 Encounter for general adult medical examination",
    "Z0000 1 Encounter for general adult medical examination without abnormal findings",
    "Z340 0 Encounter for supervision of normal first pregnancy",
    "Z3400 1 Encounter for supervision of normal first pregnancy, unspecified trimester",
)
LISTED_2024 = tuple(
    f"{code} {title}"
    for code, flag, title in (row.split(" ", 2) for row in LISTED_2025)
    if flag == "1" and code != "A90"
)
SPLIT_2026 = ("G35 0 Multiple sclerosis", "G35A 1 Relapsing-remitting multiple sclerosis")

# chapter, section, code, kind of note, its lines
NOTES = (
    ("2", "C43-C44", "C44", "excludes1", ("malignant melanoma of skin (C43.-)",)),
    ("4", "E08-E13", "E11", "excludes2", ("bronchitis (J40)",)),
    ("6", "G60-G65", "G63", "codeFirst", ("underlying disease, such as:", "amyloidosis (E85.-)")),
    ("5", "F01-F09", "F05", "codeFirst", ("the underlying physiological condition",)),
    ("9", "I30-I5A", "I50", "codeFirst", ("heart failure due to hypertension (I11.0)",)),
    ("10", "J20-J22", "J20", "excludes1", ("bronchitis NOS (J40)", "bronchitis - see its cause")),
    ("13", "M80-M85", "M80", "sevenChrDef", ("A initial encounter", "D subsequent encounter")),
    ("20", "W00-W19", "W19", "sevenChrDef", ("A initial encounter", "D subsequent encounter")),
)  # fmt: skip


def write(folder: Path) -> Path:
    """The files of FY2024 (a list of billable codes), FY2025 (order file and tabular) and April 2026 (tabular)."""
    put(
        folder,
        "2024/icd10cm_codes_2024.txt",
        "".join(f"{row.split()[0]:<8}{row.split(' ', 1)[1]}\n" for row in LISTED_2024),
    )
    put(folder, "2025/icd10cm_order_2025.txt", _order(LISTED_2025))
    put(folder, "2025/icd10cm_tabular_2025.xml", _tabular("2025"))
    later = [row for row in LISTED_2025 if not row.startswith(("G35", "A90"))]
    put(folder, "2026/icd10cm-order-April-2026.txt", _order((*later, *SPLIT_2026)))
    return folder


def _order(rows: tuple[str, ...]) -> str:
    split = sorted(row.split(" ", 2) for row in rows)
    return "".join(
        f"{at:05} {code:<7} {flag} {title[:60]:<60} {title}\n" for at, (code, flag, title) in enumerate(split, 1)
    )


def _tabular(year: str) -> str:
    chapters = "".join(
        f"<chapter><name>{chapter}</name><desc>Chapter {chapter}</desc><section id='{section}'><desc>{section}</desc>"
        f"<diag><name>{code}</name><desc>{code}</desc>{_note(kind, lines)}</diag></section></chapter>"
        for chapter, section, code, kind, lines in NOTES
    )
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return f"{head}\n<ICD10CM.tabular><version>{year}</version>{chapters}</ICD10CM.tabular>\n"


def _note(kind: str, lines: tuple[str, ...]) -> str:
    if kind == "sevenChrDef":
        each = "".join(f"<extension char='{line[0]}'>{escape(line[2:])}</extension>" for line in lines)
    else:
        each = "".join(f"<note>{escape(line)}</note>" for line in lines)
    return f"<{kind}>{each}</{kind}>"
