"""The coverage database's exports: found in their nested zips, dated, and read in the headers as published."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from codeward.core.faults import BadFile
from codeward.datasets.mcd import MCD, TABLES
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import ReleasePlan, make_plan
from codeward.ingest.rows import Row, read_part
from codeward.store.library import open_library
from golden.published import pack
from making import build_library

GOLDEN = Path(__file__).parents[1] / "golden"


def csv_of(table: str) -> bytes:
    """The golden excerpt of a table."""
    (file,) = (GOLDEN / f"mcd-{table.replace('_', '-')}" / "2026-10-08").rglob("*.csv")
    return file.read_bytes()


def export(folder: Path, name: str, tables: dict[str, bytes], packed: tuple[int, int, int] = (2026, 10, 8)) -> Path:
    """An export as published: one zip with the tables inside another, written on a day."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, content in tables.items():
            archive.writestr(f"{table}.csv", content)
    stem = name.split(".", maxsplit=1)[0].split("_20", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{stem}_csv.zip", (*packed, 4, 0, 0)), inner.getvalue())
        archive.writestr("data dictionary.pdf", b"not read")
    return folder / name


def planned(*paths: Path, table: str = "article") -> list[ReleasePlan]:
    dataset = DATASETS[f"mcd-{table}"]
    return make_plan(paths, {dataset.id: dataset}).releases


def rows(release: ReleasePlan) -> list[Row]:
    return [row for part in release.parts for row in read_part(release.dataset, part)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_and_keys_are_declared_once(table) -> None:
    names = [text.partition(":")[0].lower() for text in table.columns.split()]
    assert len(set(names)) == len(names)
    assert set(table.key.lower().split()) <= set(names)
    assert set(table.looked_up_by.lower().split()) <= set(names)


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("current_article_2026-10-01.zip", "2026-10-01"),
        ("current_article-20261001.zip", "2026-10-01"),
        ("current_article.zip", "2026-10-08"),
        ("current_article (1).zip", "2026-10-08"),
        ("all_article.zip", "2026-10-08"),
    ],
)
def test_an_export_is_dated_by_its_name_else_by_its_archive(tmp_path: Path, name: str, edition: str) -> None:
    (release,) = planned(export(tmp_path, name, {"article": csv_of("article")}))
    assert release.edition.id == edition
    assert release.edition.effective == date.fromisoformat(edition)
    assert len(rows(release)) == 2


def test_an_archive_that_keeps_no_time_asks_for_the_day(tmp_path: Path) -> None:
    path = export(tmp_path, "current_article.zip", {"article": csv_of("article")}, (1980, 1, 1))
    with pytest.raises(BadFile, match=r"current_article.zip/.*article.csv: nothing says of which day .*2026-10-08.zip"):
        planned(path)


def test_of_one_day_the_fuller_export_is_read(tmp_path: Path) -> None:
    fuller = csv_of("article") + csv_of("article").splitlines(keepends=True)[1].replace(b'"90001","3"', b'"90001","2"')
    paths = (
        export(tmp_path, "current_article.zip", {"article": csv_of("article")}),
        export(tmp_path, "all_article.zip", {"article": fuller}),
    )
    (release,) = planned(*paths)
    assert len(rows(release)) == 3
    assert release.parts[0].main[2].path.name == "all_article.zip"


def test_a_table_that_both_exports_hold_is_read_once(tmp_path: Path) -> None:
    paths = [
        export(tmp_path, f"current_{name}.zip", {"state_lookup": csv_of("state_lookup")}) for name in ("article", "lcd")
    ]
    (release,) = planned(*paths, table="state-lookup")
    assert len(rows(release)) == 2


def test_wording_of_others_is_not_read(tmp_path: Path) -> None:
    tables = ("article_x_hcpc_code", "article_x_code_table", "article_x_bill_code", "article_x_revenue_code")
    path = export(tmp_path, "current_article.zip", {table: csv_of(table) for table in tables})
    for table in tables:
        (release,) = planned(path, table=table.replace("_", "-"))
        text = " ".join(cell for row in rows(release) for cell in row[0])
        assert "AMA might" not in text
        assert "NUBC" not in text
    (release,) = planned(path, table="article-x-hcpc-code")
    assert rows(release)[0][0][7] == "Made-up supply, each"


def test_a_long_text_keeps_its_entities_and_lines(tmp_path: Path) -> None:
    long = "&amp;lt;p&amp;gt;caf\xe9&amp;lt;/p&amp;gt;\n" * 20_000
    table = list(csv.reader(io.StringIO(csv_of("lcd").decode("latin-1"), newline="")))
    table[1][table[0].index("indication")] = long
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(table)
    (release,) = planned(export(tmp_path, "current_lcd.zip", {"lcd": out.getvalue().encode("latin-1")}), table="lcd")
    assert long.strip() in rows(release)[0][0]


def test_a_column_that_is_gone_ends_the_build(tmp_path: Path) -> None:
    odd = csv_of("article_x_contractor").replace(b"contractor_type_id", b"contract_type")
    path = export(tmp_path, "current_article.zip", {"article_x_contractor": odd})
    (release,) = planned(path, table="article-x-contractor")
    with pytest.raises(BadFile, match="heading 'contractor_type_id' not found"):
        rows(release)


def test_a_day_that_is_none_ends_the_build(tmp_path: Path) -> None:
    odd = csv_of("article").replace(b"2025-01-01 00:00:00", b"01.01.2025")
    (release,) = planned(export(tmp_path, "current_article.zip", {"article": odd}))
    with pytest.raises(BadFile, match=r"column 'article_eff_date': expected a date as YYYY-MM-DD.*01\.01\.2025"):
        rows(release)


def test_documents_hold_for_their_own_days_and_their_codes_always(tmp_path: Path) -> None:
    tables = {table.name: csv_of(table.name) for table in TABLES if "article" in table.exports.split("|")}
    build_library(tmp_path / "home", export(tmp_path, "all_article.zip", tables))
    library = open_library(tmp_path / "home")

    def held(dataset: str, on: date, **where: str) -> int:
        release = library.in_force(dataset, on)
        return len(library.find(dataset, release, on, **where)) if release else -1

    assert held("mcd-article", date(2025, 3, 1), article_id="90002") == 1
    assert held("mcd-article", date(2025, 7, 1), article_id="90002") == 0
    assert held("mcd-article", date(2025, 7, 1), article_id="90001") == 1
    assert held("mcd-article-x-icd10-covered", date(2019, 1, 1), article_id="90001") == 1
    assert held("mcd-lcd", date(2025, 7, 1)) == -1


def test_documents_list_says_its_own_day(tmp_path: Path) -> None:
    content = (GOLDEN / "mcd-documents/2025-08-08/documents_latest.csv").read_bytes()
    path = pack(tmp_path / "documents_latest.zip", {"documents_latest.csv": content})
    (release,) = planned(path, table="documents")
    assert release.edition.id == "2025-08-08"
    empty = pack(tmp_path / "empty" / "documents.zip", {"documents_latest.csv": content.splitlines(keepends=True)[0]})
    with pytest.raises(BadFile, match="no row says when it was updated"):
        planned(empty, table="documents")


@pytest.mark.official
def test_every_declared_column_stands_in_the_published_headers(official: Path) -> None:
    with zipfile.ZipFile(official / "mcd/mcd_export_headers.zip") as archive:
        published = json.loads(archive.read("mcd_export_headers.json"))
    headers = {item["file"]: item["headers"] for item in published}
    assert len(published) == 71
    for table, dataset in zip(TABLES, MCD, strict=True):
        declared = {item.headings[0] for item in dataset.columns}
        missing = set(headers[f"{table.name}.csv"]) - declared
        assert declared <= set(headers[f"{table.name}.csv"]), table.name
        assert missing <= {"description"}, table.name


@pytest.mark.official
def test_documents_list_of_august_2025(official: Path) -> None:
    (release,) = planned(official / "mcd/documents_latest.zip", table="documents")
    found = rows(release)
    with zipfile.ZipFile(official / "mcd/documents_latest.zip") as archive:
        stored = list(csv.DictReader(io.StringIO(archive.read("documents_latest.csv").decode(), newline="")))
    assert len(found) == len(stored) == 3133
    assert [row[0][0] for row in found] == [row["document_display_id"] for row in stored]
    kinds = [row[0][3] for row in found]
    assert (kinds.count("LCD"), kinds.count("Article")) == (972, 2161)
    mohs = {row[0][0]: (row[0][2], row[0][6]) for row in found if "Mohs" in row[0][4]}
    assert mohs["L34195"] == ("27", "2025-05-01")
    assert mohs["A56836"] == ("17", "2025-05-08")
    assert mohs["L35702"] == ("26", "2019-12-01")
