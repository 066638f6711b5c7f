"""HCPCS Level II of October 2024 out of the derived CSV: every line told apart, and what its days make of 2024."""

from __future__ import annotations

import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from codeward.core.codes import Code
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import read_part
from codeward.services.code_history import code_history
from codeward.services.look_up import look_up
from codeward.store.library import Library, open_library

pytestmark = pytest.mark.official

ARCHIVE = "hcpcs/hcpcs-2024-lines-derived.zip"
OTHERS = ("2018-Alpha-Numeric-HCPCS-File.zip", "2019-Alpha-Numeric-HCPCS-File.zip", "2020_10_hcpc_anweb.xlsx")
FIRST = re.compile(
    r'^"?(?P<code>[A-Z]\d{4}|[A-Z0-9]{2})00100(?P<record>[37]).{257,258}'
    r'(?P<added>\d{8})\d{8}(?P<ended>\d{8}| {8})[ACDNP]"?,,[^,]*$',
    re.MULTILINE,
)
"""A first record by its ends alone, apart from our reader: code and kind in front, days and action at the back."""


@pytest.fixture(scope="module")
def text(official: Path) -> str:
    with zipfile.ZipFile(official / ARCHIVE) as packed:
        return packed.read("hcpcs_2024.csv").decode("ascii").replace('""', "'")


@pytest.fixture(scope="module")
def library(official: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The four files alone, so that no other list has a say."""
    from making import build_library

    home = tmp_path_factory.mktemp("supplies-2024")
    build_library(home, *(official / "hcpcs" / name for name in OTHERS), official / ARCHIVE)
    return open_library(home)


def days_of(text: str, record: str) -> dict[str, tuple[str, str]]:
    """Added and last day of every code (3) or modifier (7)."""
    return {m["code"]: (m["added"], m["ended"].strip()) for m in FIRST.finditer(text) if m["record"] == record}


def status(library: Library, code: str, on: date) -> str:
    return look_up(library, code, on, "hcpcs").value.status


def day(compact: str) -> date:
    return date(int(compact[:4]), int(compact[4:6]), int(compact[6:]))


@pytest.mark.parametrize(("dataset", "record", "count"), [("hcpcs", "3", 8_091), ("hcpcs-modifiers", "7", 383)])
def test_every_first_record_is_a_row_with_its_days(
    official: Path, text: str, dataset: str, record: str, count: int
) -> None:
    (release,) = make_plan([official / ARCHIVE], {dataset: DATASETS[dataset]}).releases
    index = DATASETS[dataset].index
    rows = [cells for part in release.parts for cells, *_ in read_part(release.dataset, part)]
    read = {
        cells[index["code"]]: tuple(cells[index[name]].replace("-", "") for name in ("added", "terminated"))
        for cells in rows
    }
    assert len(rows) == len(read) == count
    assert read == days_of(text, record)


def test_every_line_is_a_first_record_or_a_continuation(text: str) -> None:
    lines = text.splitlines()[1:]
    more = [line for line in lines if re.match(r'"?([A-Z]\d{4}\d{5}4|[A-Z0-9]{2}\d{5}8)', line)]
    assert (len(lines), len(more)) == (15_129, 6_462 + 193)
    assert len(lines) == len(more) + 8_091 + 383


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        ("J2920", date(2024, 3, 31), "active"),
        ("J2920", date(2024, 4, 1), "deleted"),
        ("J2920", date(2024, 8, 15), "deleted"),
        ("J2920", date(2024, 11, 1), "deleted"),
        ("J2919", date(2024, 3, 31), "future"),
        ("J2919", date(2024, 8, 15), "active"),
        ("G0019", date(2023, 12, 31), "future"),
        ("G0019", date(2024, 8, 15), "active"),
        ("G0022", date(2024, 8, 15), "active"),
    ],
)
def test_codes_of_2024(library: Library, code: str, on: date, expected: str) -> None:
    assert status(library, code, on) == expected


def test_codes_added_since_2020_begin_on_their_own_day(library: Library, text: str) -> None:
    added = {code: day(first) for code, (first, _) in days_of(text, "3").items() if first > "20201001"}
    assert len(added) == 1_266
    wrong = [
        code
        for code, since in added.items()
        if (status(library, code, since - timedelta(days=1)), status(library, code, since)) != ("future", "active")
    ]
    assert wrong == []


def test_codes_ended_since_2020_end_on_their_own_day(library: Library, text: str) -> None:
    ended = {code: day(last) for code, (_, last) in days_of(text, "3").items() if last > "20201001"}
    assert len(ended) == 445
    wrong = [
        code
        for code, last in ended.items()
        if (status(library, code, last), status(library, code, last + timedelta(days=1))) != ("active", "deleted")
    ]
    assert wrong == []


def test_the_last_day_of_a_later_file_is_told_before_it(library: Library) -> None:
    """On its last day the file in force knew of no end; the row of October 2024 does, and is cited for it."""
    section = look_up(library, "J2920", date(2024, 3, 31), "hcpcs").value.section("status")
    assert section is not None
    fact = section.fact("last_listed")
    assert fact is not None and fact.source is not None
    assert (fact.value, fact.source.edition) == ("2024-03-31", "2024-10")


def test_a_code_whose_text_is_published_anew_stays_listed(library: Library) -> None:
    """The capitals of the derived file make new rows of all codes; none of them ends for that."""
    for code in ("A0021", "A6530", "G0008"):
        section = look_up(library, code, date(2022, 5, 1), "hcpcs").value.section("status")
        assert section is not None
        assert section.fact("last_listed") is None


def test_capitals_are_no_change_of_wording(library: Library) -> None:
    """A0021 reads in capitals since the derived file and says the same; CS was given another meaning in 2020."""
    assert {item.name for item in code_history(library, Code("hcpcs", "A0021"))} == {"added"}
    assert "long_text" in {item.name for item in code_history(library, Code("modifier", "CS"))}


@pytest.mark.parametrize("on", [date(2024, 8, 15), date(2025, 10, 15)])
def test_its_own_last_day_stands_above_what_other_lists_still_held(official_library: Library, on: date) -> None:
    """The relative value file of July 2024 still lists J2920, and January 2025's does not."""
    page = look_up(official_library, "J2920", on, "hcpcs").value
    section = page.section("status")
    assert section is not None
    fact = section.fact("last_listed")
    assert fact is not None and fact.source is not None
    assert (page.status, fact.value, fact.source.dataset) == ("deleted", "2024-03-31", "hcpcs")
