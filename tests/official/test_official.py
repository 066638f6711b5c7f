"""The real published files say what they are known to say; skipped where they are not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.ingest.files import OfficialFile, walk
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Part, Row, read_part
from codeward.ingest.verify import ToVerify, verify_many
from codeward.services.citations import cited
from codeward.services.library_diff import diff_editions, edition_of
from codeward.services.look_up import look_up
from codeward.services.search import search
from codeward.store.library import Found, Library

pytestmark = pytest.mark.official

AUGUST_2024, OCTOBER_2025 = date(2024, 8, 15), date(2025, 10, 15)


def file_of(folder: Path, archive: str, base: str) -> OfficialFile:
    """One file of an archive."""
    return next(file for file in walk([folder / archive]) if file.base == base)


def rows_of(dataset: str, file: OfficialFile) -> Iterator[Row]:
    """Rows of one file by itself, whatever else makes its release."""
    declared: Dataset = DATASETS[dataset]
    match = declared.shape_of(file.name)
    assert match is not None
    return read_part(declared, Part(((*match, file),)))


def by_code(dataset: str, file: OfficialFile) -> dict[str, list[str]]:
    """The cells of every row under its code."""
    return {cells[0]: cells for cells, *_ in rows_of(dataset, file)}


def one(library: Library, dataset: str, on: date, **where: str) -> Found[Any]:
    """The one row in force."""
    release = library.in_force(dataset, on)
    assert release is not None
    found = [item for item in library.find(dataset, release, on, **where) if not getattr(item.row, "modifier", "")]
    assert len(found) == 1
    return found[0]


def fact(library: Library, code: str, on: date, name: str) -> object:
    """One fact of a code's page."""
    return next(item.value for item in look_up(library, code, on).value.facts if item.name == name)


def test_17311_costs_680_73_in_august_2024(official_library: Library) -> None:
    assert fact(official_library, "17311", AUGUST_2024, "total_nonfacility_rvu") == "20.45"
    assert fact(official_library, "17311", AUGUST_2024, "amount_nonfacility") == "680.73"
    assert fact(official_library, "17311", OCTOBER_2025, "amount_nonfacility") == "661.16"


@pytest.mark.parametrize(
    ("code", "office", "facility"),
    [
        ("17311", "20.44", "10.60"),
        ("17312", "12.35", "5.65"),
        ("17313", "19.21", "9.52"),
        ("17314", "11.82", "5.21"),
        ("17315", "2.42", "1.48"),
        ("11102", "2.96", "1.12"),
        ("11104", "3.69", "1.40"),
        ("12051", "8.43", "5.10"),
        ("13132", "14.02", "9.06"),
        ("14060", "23.24", "20.12"),
        ("99213", "2.75", "1.97"),
        ("20610", "1.96", "1.36"),
    ],
)
def test_relative_values_of_october_2025(official_library: Library, code: str, office: str, facility: str) -> None:
    row = one(official_library, "mpfs-rvu", OCTOBER_2025, code=code).row
    assert (row.total_nonfacility, row.total_facility) == (Decimal(office), Decimal(facility))


@pytest.mark.parametrize(
    ("code", "work", "office", "facility", "global_days", "multiple"),
    [
        ("17311", "6.20", "20.45", "10.52", "000", "2"),
        ("17312", "3.30", "12.41", "5.60", "ZZZ", "0"),
        ("17313", "5.56", "19.22", "9.44", "000", "2"),
        ("17314", "3.06", "11.89", "5.19", "ZZZ", "0"),
        ("17315", "0.87", "2.40", "1.48", "ZZZ", "0"),
        ("11102", "0.66", "3.02", "1.12", "000", "2"),
        ("15260", "11.64", "30.10", "25.35", "090", "2"),
    ],
)
def test_relative_values_of_july_2024(
    official_library: Library, code: str, work: str, office: str, facility: str, global_days: str, multiple: str
) -> None:
    row = one(official_library, "mpfs-rvu", AUGUST_2024, code=code).row
    assert (row.work, row.total_nonfacility, row.total_facility) == (Decimal(work), Decimal(office), Decimal(facility))
    assert (row.global_days, row.multiple, row.bilateral, row.cosurgeon) == (global_days, multiple, "0", "0")


def test_january_to_october_2025_added_226_codes_and_removed_one(official_library: Library) -> None:
    pair = (edition_of(official_library, "mpfs-rvu", name) for name in ("2025A", "2025D"))
    found = diff_editions(official_library, "mpfs-rvu", *pair)
    assert (found.added, found.removed) == (226, 1)


@pytest.mark.parametrize(
    ("code", "practitioner", "hospital", "primaries"),
    [
        ("17311", 4, 4, set()),
        ("17312", 6, 6, {"17311"}),
        ("17313", 3, 3, set()),
        ("17314", 4, 4, {"17313"}),
        ("17315", 15, 15, {"17311", "17312", "17313", "17314"}),
    ],
)
def test_unit_limits_and_primaries_of_mohs_surgery(
    official_library: Library, code: str, practitioner: int, hospital: int, primaries: set[str]
) -> None:
    for dataset, limit in (("ncci-mue-practitioner", practitioner), ("ncci-mue-outpatient", hospital)):
        row = one(official_library, dataset, AUGUST_2024, code=code).row
        assert (row.limit, row.adjudication[:1]) == (limit, "3")
    release = official_library.in_force("ncci-aoc", AUGUST_2024)
    assert release is not None
    rows = official_library.find("ncci-aoc", release, AUGUST_2024, add_on=code)
    assert {item.row.primary for item in rows} == primaries


@pytest.mark.parametrize(
    ("dataset", "rows"), [("ncci-mue-practitioner", 14_677), ("ncci-mue-outpatient", 14_628), ("ncci-aoc", 7_465)]
)
def test_row_counts_of_july_2024(official_library: Library, dataset: str, rows: int) -> None:
    release = official_library.in_force(dataset, AUGUST_2024)
    assert release is not None
    assert release.rows == rows


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("207ND0101X", "MOHS-Micrographic Surgery"),
        ("207ND0900X", "Dermatopathology"),
        ("207NS0135X", "Procedural Dermatology"),
        ("207N00000X", "Dermatology"),
    ],
)
def test_taxonomy_names(official_library: Library, code: str, name: str) -> None:
    assert look_up(official_library, code, OCTOBER_2025).value.title == name
    assert look_up(official_library, code, date(2021, 3, 1)).value.title == name


def test_c44_1121_includes_the_canthus(official_library: Library) -> None:
    title = "Basal cell carcinoma of skin of right upper eyelid, including canthus"
    for on in (date(2021, 3, 1), date(2024, 3, 1), OCTOBER_2025, date(2026, 5, 1)):
        page = look_up(official_library, "C44.1121", on).value
        assert (page.title, page.billable) == (title, True)


def test_multiple_sclerosis_was_split(official_library: Library) -> None:
    assert look_up(official_library, "G35", date(2025, 5, 1)).value.billable is True
    assert look_up(official_library, "G35", date(2026, 5, 1)).value.billable is False
    assert look_up(official_library, "G35.A", date(2026, 5, 1)).value.billable is True


ICD_2021 = ("icd10cm/icd10cm-2021.zip", "icd10cm-order-Jan-2021.txt", "icd10cm_tabular_2021.xml")


def without_accents(text: str) -> str:
    """The order file writes Sjogren and Meniere where the tabular list writes Sjögren and Ménière."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def test_expanded_tabular_list_of_2021_is_the_order_file(official: Path) -> None:
    """Same codes, same billable ones, same titles but for 134 accents that the order file leaves off."""
    archive, order_file, tabular_file = ICD_2021
    order = by_code("icd-10-cm", file_of(official, archive, order_file))
    tabular = by_code("icd-10-cm", file_of(official, archive, tabular_file))
    assert len(order) == 95_358
    assert {code: cells[2] for code, cells in order.items()} == {code: cells[2] for code, cells in tabular.items()}
    assert {code: cells[1] for code, cells in order.items()} == {
        code: without_accents(cells[1]) for code, cells in tabular.items()
    }
    assert sum(order[code][1] != cells[1] for code, cells in tabular.items()) == 134


def test_parents_of_the_order_file_are_those_of_the_tabular_list(official: Path) -> None:
    """Known difference: the tabular list as published in 2021 hangs H54.512A below H54.511."""
    archive, order_file, tabular_file = ICD_2021
    order = by_code("icd-10-cm", file_of(official, archive, order_file))
    tabular = by_code("icd-10-cm", file_of(official, archive, tabular_file))
    assert {code for code, cells in order.items() if cells[3] != tabular[code][3]} == {"H54512A"}


def test_order_file_of_2019_agrees_with_its_code_list(official: Path) -> None:
    archive = "icd10cm/2019-ICD-10-CM-Code-Descriptions.zip"
    order = by_code("icd-10-cm", file_of(official, archive, "icd10cm_order_2019.txt"))
    listed = by_code("icd-10-cm", file_of(official, archive, "icd10cm_codes_2019.txt"))
    assert {code: cells[1] for code, cells in order.items() if cells[2] == "1"} == {
        code: cells[1] for code, cells in listed.items()
    }


@pytest.mark.parametrize(
    ("year", "base", "blank"), [(2018, "HCPC2018_CONTR_ANWEB_disc", 0), (2019, "HCPC2019_CONTR_ANWEB", 115)]
)
def test_hcpcs_text_and_workbook_hold_the_same_rows(official: Path, year: int, base: str, blank: int) -> None:
    """Known difference: the 2019 workbook as published leaves 115 of the older action dates blank."""
    archive = f"hcpcs/{year}-Alpha-Numeric-HCPCS-File.zip"
    place = DATASETS["hcpcs"].index["action_effective"]
    for dataset in ("hcpcs", "hcpcs-modifiers"):
        text = by_code(dataset, file_of(official, archive, f"{base}.txt"))
        sheet = by_code(dataset, file_of(official, archive, f"{base}.xlsx"))
        differ = {code for code in text if text[code] != sheet.get(code)}
        assert text.keys() == sheet.keys()
        assert len(differ) == (blank if dataset == "hcpcs" else 0)
        for code in differ:
            assert text[code][:place] + text[code][place + 1 :] == sheet[code][:place] + sheet[code][place + 1 :]
            assert sheet[code][place] == ""


OVER_17311 = {
    "11102", "11104", "11106", "11640", "11642", "11602", "11440", "17281", "88300", "88302", "88304", "88305", "88307",
    "88331", "88332", "88314", "88312", "88342", "96372", "96374", "36000", "64450", "97602", "99211", "99212", "99213",
    "99214", "99215",
}  # fmt: skip
PAIRS = {
    ("ccipra", "1"): {
        "17311": OVER_17311,
        "17312": {"88305"},
        "17315": {"88305"},
        "17110": {"17000"},
        "11102": {"17000"},
    },
    ("ccipra", "0"): {
        "17311": {"64400", "64405", "69990"},
        "11104": {"11102"},
        "11106": {"11102", "11104"},
        "12052": {"12051"},
        "13132": {"13131"},
        "17004": {"17000", "17003"},
    },
    ("ccioph", "1"): {"17311": {"64400", "64405"}},
}
NEVER_WITH_17311 = {
    "12001", "12002", "12011", "12031", "12051", "13131", "13132", "13151", "14040", "14060", "14301", "15100", "15240",
    "15260", "15733", "17313", "17000", "17003", "17110", "10060", "11400", "11900", "99202", "99203", "99204", "88341",
    "88329", "G0168",
}  # fmt: skip


@pytest.fixture(scope="module")
def pair_rows(official: Path) -> dict[str, tuple[int, list[list[str]]]]:
    """How many rows each table has, and the rows whose first code is one of those looked at."""
    wanted = {code for pairs in PAIRS.values() for code in pairs}
    found = {}
    for prefix, dataset in (("ccipra", "ncci-ptp-practitioner"), ("ccioph", "ncci-ptp-outpatient")):
        paths = sorted((official / "ncci").glob(f"{prefix}-v302r0-f?.zip"))
        (release,) = make_plan(paths, {dataset: DATASETS[dataset]}).releases
        count, kept = 0, []
        for part in release.parts:
            for cells, *_ in read_part(release.dataset, part):
                count += 1
                if cells[0] in wanted:
                    kept.append(cells)
        found[prefix] = count, kept
    return found


@pytest.mark.parametrize(("prefix", "rows"), [("ccipra", 2_546_017), ("ccioph", 1_775_818)])
def test_pair_edit_row_counts(pair_rows: dict[str, tuple[int, list[list[str]]]], prefix: str, rows: int) -> None:
    assert pair_rows[prefix][0] == rows


@pytest.mark.parametrize(("prefix", "indicator"), PAIRS)
def test_pair_edits_of_mohs_surgery(
    pair_rows: dict[str, tuple[int, list[list[str]]]], prefix: str, indicator: str
) -> None:
    in_force = {(cells[0], cells[1]): cells[5] for cells in pair_rows[prefix][1] if not cells[4]}
    for column1, others in PAIRS[prefix, indicator].items():
        assert {in_force.get((column1, other)) for other in others} == {indicator}


def test_pairs_that_are_no_edit_with_17311(pair_rows: dict[str, tuple[int, list[list[str]]]]) -> None:
    in_force = {cells[1] for cells in pair_rows["ccipra"][1] if cells[0] == "17311" and not cells[4]}
    assert in_force & NEVER_WITH_17311 == set()


def test_no_row_of_the_library_holds_text_the_ama_owns(official_library: Library) -> None:
    for table in ("opps_addendum_b", "asc_aa", "asc_bb"):
        for owned in ("[0-9]*", "D[0-9]*"):
            query = f"select count(*) from {table} where code glob '{owned}' and short_text is not null"
            assert official_library.db.execute(query).fetchone() == (0,)
    assert official_library.db.execute("select count(*) from hcpcs where code glob 'D[0-9]*'").fetchone() == (0,)


@pytest.mark.parametrize("code", ["17311", "17314", "88305", "J1885", "C44.1121", "S00.03XA", "207ND0101X", "59", "LT"])
def test_every_citation_of_a_page_verifies(official_library: Library, code: str) -> None:
    answer = look_up(official_library, code, OCTOBER_2025)
    rows = [cited(official_library, source.citation) for source in answer.sources[:12]]
    verdicts = verify_many([ToVerify(row.source, row.checked, Path(row.path), row.members) for row in rows])
    differing = [
        row.source.citation for row, item in zip(rows, verdicts, strict=True) if not item.same & item.file_same
    ]
    assert not differing


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("basal cell carcinoma right upper eyelid", "C44.1121"),
        ("actinic keratosis", "L57.0"),
        ("solar keratosis", "L57.0"),
        ("ketorolac tromethamine", "J1885"),
        ("type 2 diabetes without complications", "E11.9"),
        ("mohs", "207ND0101X"),
        ("hypertention", "I10"),
    ],
)
def test_search_finds_what_a_coder_means(official_library: Library, text: str, code: str) -> None:
    found = [hit.code.shown for hit in search(official_library, text, OCTOBER_2025, most=10).value.hits]
    assert code in found


@pytest.mark.official
def test_a_header_is_one_too_where_only_billable_codes_are_listed(official_library: Library) -> None:
    """FY2024 is loaded as the list of billable codes: M54.5 is absent there, and its narrower codes say why."""
    page = look_up(official_library, "M54.5", date(2024, 8, 15)).value
    assert (page.status, page.billable) == ("header", False)
    children = page.section("hierarchy")
    assert children is not None
    assert [line.cells[0].text for line in children.tables[0].lines] == ["M54.50", "M54.51", "M54.59"]
    assert look_up(official_library, "M54.50", date(2024, 8, 15)).value.status == "active"


@pytest.mark.official
def test_a_form_runs_through_editions_of_different_make(official_library: Library) -> None:
    """Order file, code list and tabular list say the same of C44.1121, so it has been in one form all along."""
    status = look_up(official_library, "C44.1121", date(2026, 4, 10)).value.section("status")
    assert status is not None
    first = status.fact("first_day")
    assert first is not None and first.value == "2018-10-01"


@pytest.mark.official
def test_the_last_day_of_a_form_is_a_span_where_editions_are_missing(official_library: Library) -> None:
    """M54.5 was billable in the January 2021 edition and is not in FY2024's: between them nobody can say from these."""
    status = look_up(official_library, "M54.5", date(2021, 3, 1)).value.section("status")
    assert status is not None
    last = status.fact("last_day")
    assert last is not None and last.value == "2021-09-30 to 2023-09-30"
