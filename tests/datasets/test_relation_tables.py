"""The own tables of specialties and revenue codes keep their shape and say how sure each row is."""

from __future__ import annotations

import csv
import io
import re
from importlib.resources import files

TABLES = files("codeward.datasets") / "tables"


def rows(name: str) -> list[dict[str, str]]:
    text = (TABLES / name).read_bytes().decode("ascii")
    assert "\r" not in text and text.endswith("\n")
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_a_taxonomy_stands_once_with_a_specialty_and_how_sure() -> None:
    found = rows("taxonomy_specialty.csv")
    names = [row["Taxonomy"] for row in found]
    assert names == sorted(set(names))
    assert all(re.fullmatch(r"[0-9A-Z]{9}X", name) for name in names)
    assert all(re.fullmatch(r"[0-9]{2}|[A-F][0-9]", row["Specialty"]) for row in found)
    assert {row["Sure"] for row in found} == {"well known", "verify"}
    by_code = {row["Taxonomy"]: (row["Specialty"], row["Sure"]) for row in found}
    assert by_code["207N00000X"] == ("07", "well known") and by_code["207ND0101X"] == ("D7", "verify")
    assert len({row["Name"] for row in found}) == len({row["Specialty"] for row in found})


def test_revenue_codes_are_four_digits_over_whole_ranges() -> None:
    found = rows("revenue_codes.csv")
    assert len(found) < 60, "a few families, never a copy of a list"
    for row in found:
        assert re.fullmatch(r"0\d{3}", row["Revenue"]) and row["First"] <= row["Last"]
        assert row["First"][0].isdigit() == row["Last"][0].isdigit()
        assert row["Sure"] in ("usual", "often") and row["Family"]
