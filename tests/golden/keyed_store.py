"""The packaged outpatient code editor store, with a few rows of every table that is read."""

from __future__ import annotations

import lzma
import marshal
from pathlib import Path
from typing import Any

import lmdb

from golden.published import put

Tables = dict[str, dict[str, Any]]

VERSIONS = {
    80: {"date_started": 20240101, "date_ended": 20240331},
    81: {"date_started": 20240401, "date_ended": 20240630},
    82: {"date_started": 20240701, "date_ended": 20240930},
}


def _tables(last_version: int) -> Tables:
    return {
        "version_range": {str(number): days for number, days in VERSIONS.items()},
        "data_hcpcs": {
            "17314|0": {
                "apc": "00000",
                "description": "Text the AMA owns",
                "status_indicator": "N",
                "lo_version": 80,
                "hi_version": 82,
            },
            "A9001|0": {
                "apc": "05054",
                "description": "Skin test strip",
                "status_indicator": "T",
                "lo_version": 81,
                "hi_version": 81,
            },
            "D9999|0": {
                "apc": "00000",
                "description": "Dental",
                "status_indicator": "E1",
                "lo_version": 80,
                "hi_version": 82,
            },
        },
        "data_apc": {"05054|0": {"apc_payment": 179002, "status_indicator": "T", "lo_version": 82, "hi_version": 82}},
        "map_ncci": {
            "17311": [
                (b"11102", marshal.dumps({"lo_version": 80, "hi_version": 82, "mod_indicator": 1})),
                (b"64400", marshal.dumps({"lo_version": 81, "hi_version": last_version, "mod_indicator": 0})),
            ]
        },
        "map_addon_type1": {"17314|17313": {"addon_primary": "17313", "lo_version": 80, "hi_version": 82}},
        "map_addon_drug_admin": {},
        "map_addon_type2": {"90003|": {"addon_primary": "", "lo_version": 80, "hi_version": 81}},
        "map_addon_type3": {},
    }


def write(folder: Path, last_version: int = 81) -> Path:
    """Write `pyoce.mdb.xz`; one pair edit holds until `last_version`."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "store.mdb"
    with lmdb.open(str(plain), subdir=False, lock=False, max_dbs=20, map_size=1 << 20) as env:
        for table, rows in _tables(last_version).items():
            handle = env.open_db(table.encode())
            with env.begin(write=True, db=handle) as transaction:
                for key, row in rows.items():
                    transaction.put(key.encode(), marshal.dumps(row))
    target = put(folder, "pyoce.mdb.xz", lzma.compress(plain.read_bytes()))
    plain.unlink()
    return target
