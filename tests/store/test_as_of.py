"""The library answers as of a day: the right edition, its lines and days, and a caveat where one is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library, open_library
from codeward.store.releases import gap
from golden import published, small_set
from golden.published import put
from making import build_library

RVU, ICD, PTP, OUTPATIENT_PTP = "mpfs-rvu", "icd-10-cm", "ncci-ptp-practitioner", "ncci-ptp-outpatient"


def edition(library: Library, dataset: str, day: date) -> str | None:
    """Name of the edition that answers on the day."""
    release = library.in_force(dataset, day)
    return release.edition if release else None


def rows(library: Library, dataset: str, day: date, **where: str) -> list[Found]:
    """Rows in force on the day."""
    release = library.in_force(dataset, day)
    return library.find(dataset, release, day, **where) if release else []


def one(library: Library, dataset: str, day: date, **where: str) -> Found:
    """The one row in force on the day."""
    (found,) = rows(library, dataset, day, **where)
    return found


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 30), None),
        (date(2024, 7, 1), "2024C"),
        (date(2024, 12, 31), "2024C"),
        (date(2025, 1, 1), "2025A"),
        (date(2025, 9, 30), "2025A"),
        (date(2025, 10, 1), "2025D"),
        (date(2030, 1, 1), "2025D"),
    ],
)
def test_edition_of_the_day(small_library: Library, day: date, expected: str | None) -> None:
    assert edition(small_library, RVU, day) == expected


@pytest.mark.parametrize(
    ("day", "gaping"),
    [
        (date(2024, 9, 30), False),
        (date(2024, 10, 1), True),
        (date(2025, 3, 31), False),
        (date(2025, 4, 1), True),
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
    ],
)
def test_a_missing_quarter_is_a_caveat(small_library: Library, day: date, gaping: bool) -> None:
    release = small_library.in_force(RVU, day)
    assert release is not None
    assert (gap(DATASETS[RVU], release, day) is not None) is gaping


def test_the_caveat_says_which_edition_is_missing_and_which_answers(small_library: Library) -> None:
    release = small_library.in_force(RVU, date(2025, 8, 1))
    assert release is not None
    caveat = gap(DATASETS[RVU], release, date(2025, 8, 1))
    assert caveat is not None
    assert "2025-07-01" in caveat.text
    assert "2025A" in caveat.text


def test_own_tables_have_no_rhythm_and_no_gap(small_library: Library) -> None:
    release = small_library.in_force("pos", date(2019, 5, 5))
    assert release is not None
    assert gap(DATASETS["pos"], release, date(2019, 5, 5)) is None


def test_equal_rows_of_successive_editions_share_one_interval(small_library: Library) -> None:
    history = [found for found in small_library.history(RVU, code="17311") if not found.row.modifier]
    assert [(found.first_day, found.last_day) for found in history] == [
        (date(2024, 7, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), date(9999, 12, 31)),
    ]


def test_each_edition_cites_its_own_line(small_library: Library) -> None:
    january = one(small_library, RVU, date(2025, 2, 1), code="17311").source
    october = one(small_library, RVU, date(2025, 11, 1), code="17311").source
    assert (january.edition, january.file, january.line) == ("2025A", "PPRRVU25_JAN.csv", 12)
    assert (october.edition, october.file, october.line) == ("2025D", "PPRRVU2025_Oct.csv", 13)
    assert january.sha256 != october.sha256


def test_every_cited_line_holds_the_code(small_library: Library, small_files: Path) -> None:
    for day in (date(2024, 8, 15), date(2025, 2, 1), date(2025, 11, 1)):
        for found in rows(small_library, RVU, day):
            text = (small_files / "mpfs" / found.source.file).read_text(encoding="utf-8").splitlines()
            assert text[int(found.source.line) - 1].startswith(found.row.code)


def test_a_dropped_row_ends_with_its_last_edition(small_library: Library) -> None:
    (found,) = small_library.history(RVU, code="90001")
    assert found.last_day == date(2024, 12, 31)
    assert rows(small_library, RVU, date(2025, 1, 1), code="90001") == []


def test_a_new_row_begins_with_its_first_edition(small_library: Library) -> None:
    (found,) = small_library.history(RVU, code="90002")
    assert found.first_day == date(2025, 10, 1)
    assert rows(small_library, RVU, date(2025, 9, 30), code="90002") == []


def test_pair_edits_keep_their_own_days(small_library: Library) -> None:
    found = one(small_library, PTP, date(2020, 1, 1), column1="11102", column2="17000")
    assert (found.first_day, found.last_day) == (date(2020, 1, 1), date(9999, 12, 31))
    assert rows(small_library, PTP, date(2019, 12, 31), column1="11102", column2="17000") == []
    assert not found.since_unknown


def test_a_deletion_date_is_the_last_active_day(small_library: Library) -> None:
    pair = {"column1": "17311", "column2": "64400"}
    assert len(rows(small_library, PTP, date(2024, 6, 30), **pair)) == 1
    assert rows(small_library, PTP, date(2024, 7, 1), **pair) == []


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2013, 1, 1), date(2013, 1, 2), date(2024, 8, 15)])
def test_an_edit_deleted_on_its_first_day_never_was_in_force(small_library: Library, day: date) -> None:
    assert rows(small_library, PTP, day, column1="17311", column2="99211") == []
    assert len(small_library.history(PTP, column1="17311", column2="99211")) == 1


def test_add_ons_end_with_the_earliest_of_their_three_dates(small_library: Library) -> None:
    assert len(rows(small_library, "ncci-aoc", date(2023, 12, 31), add_on="11103")) == 1
    assert rows(small_library, "ncci-aoc", date(2024, 1, 1), add_on="11103") == []


def test_one_first_day_for_all_rows_is_no_fact(small_library: Library) -> None:
    found = one(small_library, OUTPATIENT_PTP, date(2024, 8, 15), column1="17311", column2="36001")
    assert found.since_unknown


def test_an_edition_without_known_first_days_does_not_speak_for_the_past(small_library: Library) -> None:
    assert edition(small_library, OUTPATIENT_PTP, date(2024, 6, 30)) is None
    assert edition(small_library, OUTPATIENT_PTP, date(2024, 7, 1)) == "v30.2"


def test_icd_seventh_characters_change_with_the_edition(small_library: Library) -> None:
    assert one(small_library, ICD, date(2025, 9, 30), code="G35").row.billable
    assert not one(small_library, ICD, date(2026, 4, 1), code="G35").row.billable
    assert rows(small_library, ICD, date(2025, 9, 30), code="G35A") == []


def asc(month: str, code: str, rate: str) -> str:
    """An addendum AA of two rows."""
    header = published.ASC_HEADER.format(table="AA", month=f"{month} 2025")
    return published.lines(header, (f'{code},,,Y,G2,18.5000,"{rate}"', "90001,,,N,N1,,"))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Official January and April; the package has January and July."""
    folder = tmp_path_factory.mktemp("mixed")
    members = {
        f"data/2025{month}01/AA.csv": asc(name, "17311", rate).encode("cp437")
        for month, name, rate in (("01", "January", "$1.11"), ("07", "July", "$7.77"))
    }
    wheel = published.pack(folder / "myelin_pps-1.0.2-py3-none-any.whl", members)
    for month, rate in (("Jan", "$1.00"), ("Apr", "$4.00")):
        put(folder, f"official/{month}-2025-ASC-AA.csv", asc(month, "17311", rate), "cp437")
    build_library(folder / "home", wheel, folder / "official")
    return open_library(folder / "home")


@pytest.mark.parametrize(
    ("day", "origin", "rate"),
    [
        (date(2025, 2, 1), "publisher", "1.000"),
        (date(2025, 5, 1), "publisher", "4.000"),
        (date(2025, 8, 1), "package", "7.770"),
        (date(2026, 2, 1), "package", "7.770"),
    ],
)
def test_the_official_edition_answers_where_it_covers_the_day(
    mixed: Library, day: date, origin: str, rate: str
) -> None:
    found = one(mixed, "asc-aa", day, code="17311")
    assert (found.release.origin, str(found.row.rate)) == (origin, rate)


def test_an_official_interval_is_not_cut_short_by_a_package(mixed: Library) -> None:
    april = one(mixed, "asc-aa", date(2025, 5, 1), code="17311")
    assert april.last_day == date(9999, 12, 31)


@pytest.fixture(scope="module")
def repeated(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A row that goes away and comes back: three editions, the middle one without it."""
    folder = tmp_path_factory.mktemp("repeated")
    kept = small_set.RVU_2024
    without = tuple(row for row in kept if not row.startswith("20610"))
    for name, found in (("24_JUL", kept), ("24_OCT", without), ("25_JAN", kept)):
        put(folder, f"in/PPRRVU{name}.csv", published.rvu(found, "33.2875"))
    build_library(folder / "home", folder / "in")
    return open_library(folder / "home")


def test_a_row_that_comes_back_has_two_intervals(repeated: Library) -> None:
    history = repeated.history(RVU, code="20610")
    assert [(item.first_day, item.last_day) for item in history] == [
        (date(2024, 7, 1), date(2024, 9, 30)),
        (date(2025, 1, 1), date(9999, 12, 31)),
    ]
    assert [item.source.edition for item in history] == ["2024C", "2025A"]
    assert rows(repeated, RVU, date(2024, 11, 1), code="20610") == []


def test_parquet_holds_the_same_rows(small_library: Library) -> None:
    import duckdb

    with duckdb.connect() as lake:
        for dataset in ("mpfs-rvu", "ncci-ptp-practitioner", "icd-10-cm", "opps-addendum-b"):
            table = DATASETS[dataset].table
            path = str(small_library.folder / "parquet" / f"{table}.parquet")
            twin = lake.execute("select id, first_day::text, last_day::text from read_parquet(?) order by id", [path])
            here = small_library.db.execute(f"select id, first_day, last_day from {table} order by id")
            assert twin.fetchall() == here.fetchall()
