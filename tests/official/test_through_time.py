"""The real files through time: answers between editions, histories and differences, checked against the files."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from codeward.core.codes import Code
from codeward.core.faults import NotLoaded
from codeward.services.code_history import code_history
from codeward.services.library_diff import diff_editions, edition_of
from codeward.services.look_up import look_up
from codeward.services.what_changed import Wanted, page_of_changes, summary
from codeward.store.library import Library, open_library

pytestmark = pytest.mark.official

Dates = dict[str, tuple[date | None, date | None]]
"""Added and last day of every code of a file."""


def compact(text: str) -> date | None:
    text = text.strip().removesuffix(".0")
    return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) == 8 else None


def supplies_of_text(folder: Path, archive: str, member: str) -> Dates:
    """Read by plain slicing of the 320-column records, apart from our reader: added in 269-276, ended in 285-292."""
    with zipfile.ZipFile(folder / "hcpcs" / archive) as packed:
        text = packed.read(member).decode("latin-1")
    return {
        line[:5]: (compact(line[268:276]), compact(line[284:292]))
        for line in text.splitlines()
        if line[10:11] == "3" and not line.startswith("D")
    }


def supplies_of_workbook(folder: Path) -> Dates:
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO((folder / "hcpcs/2020_10_hcpc_anweb.xlsx").read_bytes()))
        .get_sheet_by_index(0)
        .to_python()
    )
    head = next(at for at, row in enumerate(rows) if "HCPC" in [str(cell).strip() for cell in row])
    place = {str(cell).strip(): at for at, cell in enumerate(rows[head])}
    return {
        str(row[place["HCPC"]]).strip(): (compact(str(row[place["ADD DT"]])), compact(str(row[place["TERM DT"]])))
        for row in rows[head + 1 :]
        if str(row[place["RECID"]]).strip().removesuffix(".0") == "3" and not str(row[place["HCPC"]]).startswith("D")
    }


@pytest.fixture(scope="module")
def supplies(official: Path) -> dict[str, Dates]:
    """Every code of the three files with its own dates."""
    return {
        "2018": supplies_of_text(official, "2018-Alpha-Numeric-HCPCS-File.zip", "HCPC2018_CONTR_ANWEB_disc.txt"),
        "2019": supplies_of_text(official, "2019-Alpha-Numeric-HCPCS-File.zip", "HCPC2019_CONTR_ANWEB.txt"),
        "2020": supplies_of_workbook(official),
    }


@pytest.fixture(scope="module")
def supply_library(official: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The three files alone, so that no other list has a say."""
    from making import build_library

    home = tmp_path_factory.mktemp("supplies")
    names = ("2018-Alpha-Numeric-HCPCS-File.zip", "2019-Alpha-Numeric-HCPCS-File.zip", "2020_10_hcpc_anweb.xlsx")
    build_library(home, *(official / "hcpcs" / name for name in names))
    return open_library(home)


def status(library: Library, code: str, on: date) -> str:
    return look_up(library, code, on, "hcpcs").value.status


def test_codes_added_between_the_files(supply_library: Library, supplies: dict[str, Dates]) -> None:
    """Each is future to the day before its own first day and active from it, in whichever file it came."""
    added = [(code, since) for code, (since, _) in supplies["2019"].items() if code not in supplies["2018"]]
    added += [(code, since) for code, (since, _) in supplies["2020"].items() if code not in supplies["2019"]]
    assert len(added) == 237 + 385
    ended = {code for code, (_, last) in supplies["2020"].items() if last}
    wrong = []
    for code, since in added:
        assert since is not None
        if since <= date(2018, 1, 1) or code in ended:
            continue
        found = status(supply_library, code, since - timedelta(days=1)), status(supply_library, code, since)
        if found != ("future", "active"):
            wrong.append((code, since, found))
    assert wrong == []


def test_codes_ended_between_the_files(supply_library: Library, supplies: dict[str, Dates]) -> None:
    """Each is active to its own last day and deleted after it, though the file in force that day knew nothing of it."""
    ended = [
        (code, last) for code, (since, last) in supplies["2020"].items()
        if last and since and date(2018, 1, 1) <= last < date(2020, 10, 1) and since < last
    ]  # fmt: skip
    assert len(ended) > 150
    wrong = []
    for code, last in ended:
        found = status(supply_library, code, last), status(supply_library, code, last + timedelta(days=1))
        if found != ("active", "deleted"):
            wrong.append((code, last, found))
    assert wrong == []


def test_the_two_that_vanished(supply_library: Library, supplies: dict[str, Dates]) -> None:
    """G9976 and G9977 stand in 2018's file without a last day and in 2019's not at all."""
    gone = sorted(supplies["2018"].keys() - supplies["2019"].keys())
    assert gone == ["G9976", "G9977"]
    for code in gone:
        assert status(supply_library, code, date(2018, 5, 1)) == "active"
        assert status(supply_library, code, date(2019, 5, 1)) == "deleted"
        (event,) = [item for item in code_history(supply_library, Code("hcpcs", code)) if item.name == "listed"]
        assert (event.day, event.after) == (date(2019, 1, 1), "not listed")
        assert "not loaded between 2018 and 2019" in event.note


def test_their_timelines_say_so(supply_library: Library, supplies: dict[str, Dates]) -> None:
    """Every own date of the newest file stands in the history of its code."""
    for code, (since, last) in list(supplies["2020"].items())[::37]:
        days = {item.name: item.day for item in code_history(supply_library, Code("hcpcs", code))}
        assert (days.get("added"), days.get("terminated")) == (since, last), code


def test_three_prices_and_two_differences(official_library: Library) -> None:
    days = (date(2024, 8, 15), date(2025, 2, 1), date(2025, 11, 1))
    prices = []
    for on in days:
        section = look_up(official_library, "17311", on).value.section("physician-fees")
        assert section is not None
        price = section.fact("amount_nonfacility")
        assert price is not None and price.source is not None
        prices.append((price.value, price.source.edition))
    assert prices == [("680.73", "2024C"), ("661.16", "2025A"), ("661.16", "2025D")]
    found = summary(official_library, *(edition_of(official_library, "mpfs-rvu", name) for name in ("2025A", "2025D")))
    assert (found.added, found.removed, found.changed) == (226, 1, 103)
    first = summary(official_library, *(edition_of(official_library, "mpfs-rvu", name) for name in ("2024C", "2025A")))
    assert (first.added, first.removed) == (346, 145)
    assert [(item.name, item.alike) for item in first.alike] == [("conversion_factor", ("33.2875", "32.3465"))]


def test_a_price_that_changed_within_the_year(official_library: Library) -> None:
    """0446T: its practice expense doubled within 2025."""
    events = [item for item in code_history(official_library, Code("cpt", "0446T")) if item.name == "total_nonfacility"]
    assert [(item.day.isoformat(), item.before, item.after) for item in events][:1] == [
        ("2025-10-01", "91.69", "180.75")
    ]


def test_differences_are_quick(official_library: Library) -> None:
    """Neighbouring releases in well under a tenth of a second: 122 ms and 444 ms when every row was compared."""
    for dataset, before, after in (("mpfs-rvu", "2025A", "2025D"), ("icd-10-cm", "2025-04", "2026-04")):
        pair = (edition_of(official_library, dataset, name) for name in (before, after))
        start = time.perf_counter()
        diff_editions(official_library, dataset, *pair)
        assert time.perf_counter() - start < 0.1


def test_icd_differences_leave_out_what_a_list_does_not_say(official_library: Library) -> None:
    """FY2024 is a list of billable codes: no chapter, section or parent; titles with and without accents are one."""
    pair = (edition_of(official_library, "icd-10-cm", name) for name in ("FY2024", "2025-04"))
    found = summary(official_library, *pair)
    assert set(found.unsaid) == {"parent", "chapter", "section"}
    assert found.changed < 60


@pytest.mark.parametrize(
    ("code", "day", "after", "gap"),
    [
        ("G35", "2026-04-01", "header", "2025-10-01"),
        ("M54.5", "2023-10-01", "header (by its narrower codes)", "2021-10-01"),
        ("R05", "2023-10-01", "header (by its narrower codes)", "2021-10-01"),
    ],
)
def test_a_billable_code_becomes_a_header(official_library: Library, code: str, day: str, after: str, gap: str) -> None:
    """The day is that of the first loaded edition that says so, with the day on which it may have come about."""
    plain = code.replace(".", "")
    events = [item for item in code_history(official_library, Code("icd-10-cm", plain)) if item.name == "billable"]
    assert [(item.day.isoformat(), item.before, item.after) for item in events] == [(day, "billable", after)]
    assert events[0].note.endswith(gap)


def test_before_anything_loaded_nothing_is_claimed(supply_library: Library) -> None:
    with pytest.raises(NotLoaded):
        look_up(supply_library, "A4226", date(2017, 6, 1), "hcpcs")


def test_a_page_of_changes_is_quick_however_many_rows_differ(official_library: Library) -> None:
    pair = tuple(edition_of(official_library, "mpfs-rvu", name) for name in ("2024C", "2025A"))
    summary(official_library, *pair)
    start = time.perf_counter()
    rows, total = page_of_changes(official_library, (pair[0], pair[1]), Wanted(), 0, 50)
    assert (len(rows), total) == (50, 19_010)
    assert time.perf_counter() - start < 0.5
