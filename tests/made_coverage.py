"""Made-up exports of the coverage database, in the published headers: documents in ranges that CMS does not use."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeward.datasets.mcd import TABLES

GOLDEN = Path(__file__).parent / "golden"
STAMP = "2025-06-19 22:52:07.840000000"
PART_A, PART_B, DME, HOSPICE = 8, 9, 10, 11
STATES = {1: ("FL", "Florida"), 2: ("CA", "California - Northern"), 3: ("CA", "California - Southern"),
          4: ("NY", "New York"), 5: ("TX", "Texas"), 6: ("GA", "Georgia")}  # fmt: skip
Contract = tuple[int, int, int]
PALM_B: Contract = (101, PART_B, 1)


@dataclass(frozen=True)
class MadeArticle:
    """One version of an article; a diagnosis as `S82.0|S82.9` stands for a range."""

    number: int
    codes: Mapping[int, Sequence[str]]
    version: int = 1
    days: tuple[str, str] = ("2020-01-01", "")
    status: str = "A"
    contracts: Sequence[Contract] = (PALM_B,)
    covered: Mapping[int, Sequence[str]] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    noncovered: Mapping[int, Sequence[str]] = field(default_factory=dict)
    title: str = ""


class Exports:
    """Rows of a made-up export, added table by table and written as CMS packs them."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {table.name: [] for table in TABLES}
        for key, name in ((PART_A, "MAC - Part A"), (PART_B, "MAC - Part B"), (DME, "DME MAC"), (HOSPICE, "HHH MAC")):
            self.add("contractor_type_lookup", contractor_type_id=key, description=name)
        for key, (letters, name) in STATES.items():
            self.add("state_lookup", state_id=key, state_abbrev=letters, description=name)

    def add(self, table: str, **cells: object) -> None:
        """One row; what is not given stays empty."""
        self.rows[table].append({name.lower(): str(value) for name, value in cells.items()})

    def contract(
        self, contract: Contract, name: str, number: str, states: Sequence[int], since: str = "", until: str = ""
    ) -> None:
        """A contractor under its triple key, with the states it covers and since and until when."""
        key = dict(zip(("contractor_id", "contractor_type_id", "contractor_version"), contract, strict=True))
        self.add("contractor", **key, contractor_bus_name=name, contractor_number=number, status="A")
        for state in states:
            self.add("contractor_jurisdiction", **key, state_id=state, active_date=_stamp(since or "2010-01-01"),
                     term_date=_stamp(until))  # fmt: skip

    def article(self, *given: Any, **named: Any) -> None:
        """An article with its procedure groups, its diagnosis groups and their texts, encoded twice as published."""
        made = MadeArticle(*given, **named)
        key = {"article_id": made.number, "article_version": made.version}
        self.add("article", **key, title=made.title or f"Billing and Coding: Made-up service {made.number}",
                 status=made.status, article_eff_date=_stamp(made.days[0]), article_rev_end_date=_stamp(made.days[1]),
                 display_id=f"A{made.number}")  # fmt: skip
        self._contractors("article", key, made.contracts)
        for group, listed in made.codes.items():
            self.add("article_x_hcpc_code_group", **key, hcpc_code_group=group, paragraph=encoded(f"Codes {group}"))
            for code in listed:
                self.add("article_x_hcpc_code", **key, hcpc_code_id=code, hcpc_code_version=1, hcpc_code_group=group)
        self._diagnoses("covered", key, made.covered, made.texts)
        self._diagnoses("noncovered", key, made.noncovered, {})

    def _diagnoses(
        self, side: str, key: Mapping[str, int], groups: Mapping[int, Sequence[str]], texts: Mapping[int, str]
    ) -> None:
        for group in sorted({*groups, *texts}):
            number = {f"icd10_{side}_group": group}
            self.add(f"article_x_icd10_{side}_group", **key, **number, paragraph=encoded(texts.get(group, "")))
            for code in groups.get(group, ()):
                shown, _, range_text = code.partition("|")
                self.add(f"article_x_icd10_{side}", **key, **number, icd10_code_id=shown, icd10_code_version=1,
                         range=range_text)  # fmt: skip

    def lcd(
        self, number: int, *, version: int = 1, days: tuple[str, str] = ("2020-01-01", ""), codes: Sequence[str] = (),
        contracts: Sequence[Contract] = (PALM_B,),
    ) -> None:  # fmt: skip
        """An LCD; few list codes of their own."""
        key = {"lcd_id": number, "lcd_version": version}
        self.add("lcd", **key, title=f"Made-up service {number}", status="A", orig_det_eff_date=_stamp("2016-01-01"),
                 rev_eff_date=_stamp(days[0]), rev_end_date=_stamp(days[1]), display_id=f"L{number}")  # fmt: skip
        self._contractors("lcd", key, contracts)
        for code in codes:
            self.add("lcd_x_hcpc_code", **key, hcpc_code_id=code, hcpc_code_version=1, hcpc_code_group=1)

    def ncd(self, number: int, section: str, since: str = "2010-01-01", until: str = "") -> None:
        """A national determination."""
        self.add("ncd_trkg", ncd_id=number, ncd_vrsn_num=1, ncd_mnl_sect=section, ncd_mnl_sect_title="Made-up item",
                 ncd_efctv_dt=_stamp(since), ncd_trmntn_dt=_stamp(until))  # fmt: skip

    def relate(self, article: int, *, lcd: int = 0, ncd: int = 0, version: int = 1) -> None:
        """Name an LCD or an NCD as related to an article."""
        key = {"article_id": article, "article_version": version}
        if lcd:
            self.add("article_related_documents", **key, related_num=lcd, r_lcd_id=lcd, r_lcd_version=1)
        if ncd:
            self.add("article_related_ncd_documents", **key, related_num=ncd, r_ncd_id=ncd, r_ncd_version=1)

    def _contractors(self, kind: str, key: Mapping[str, int], contracts: Sequence[Contract]) -> None:
        names = ("contractor_id", "contractor_type_id", "contractor_version")
        for contract in contracts:
            self.add(f"{kind}_x_contractor", **key, **dict(zip(names, contract, strict=True)))

    def write(self, folder: Path, day: str = "2026-10-08", stem: str = "all", less: Sequence[str] = ()) -> list[Path]:
        """The three archives as published, each holding another; `less` leaves tables out."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for export, outer in (
            ("article", f"{stem}_article_{day}"),
            ("lcd", f"{stem}_lcd_{day}"),
            ("ncd", f"ncd_{day}"),
        ):
            tables = [table.name for table in TABLES if export in table.exports.split("|") and table.name not in less]
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
                for table in tables:
                    archive.writestr(f"{table}.csv", self._csv(table))
            paths.append(folder / f"{outer}.zip")
            with zipfile.ZipFile(paths[-1], "w") as archive:
                archive.writestr(f"{outer.rpartition('_')[0]}_csv.zip", inner.getvalue())
        return paths

    def _csv(self, table: str) -> bytes:
        header = published_header(table)
        out = io.StringIO()
        written = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        written.writerow(header)
        names = [name.lower() for name in header]
        for row in self.rows[table]:
            assert row.keys() <= set(names), (table, row.keys() - set(names))
            written.writerow([row.get(name, STAMP if name == "last_updated" else "") for name in names])
        return out.getvalue().encode("latin-1")


def published_header(table: str) -> list[str]:
    """The header of a table as CMS publishes it, which the golden excerpt keeps."""
    (file,) = (GOLDEN / f"mcd-{table.replace('_', '-')}" / "2026-10-08").rglob("*.csv")
    with file.open(encoding="latin-1", newline="") as lines:
        return next(csv.reader(lines))


def encoded(text: str) -> str:
    """A paragraph as published: HTML whose entities are encoded twice over."""
    marked = f"<p>{text}</p>" if text else ""
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("&", "&amp;")


def _stamp(day: str) -> str:
    return f"{day} 00:00:00" if day else ""


def made_exports() -> Exports:
    """Documents for every verdict and every trap; which is which, the comments say."""
    made = Exports()
    made.contract(PALM_B, "Palm Made-up Services, LLC", "09102", [1])
    made.contract((101, PART_A, 1), "Palm Made-up Services, LLC", "09101", [1])
    made.contract((101, PART_B, 2), "Palm Made-up Services, LLC", "13202", [4])  # same contractor, another contract
    made.contract((102, PART_B, 1), "Bear Made-up Services, LLC", "01112", [2])
    made.contract((103, PART_B, 1), "Bear Made-up Services, LLC", "01182", [3])
    made.contract((104, DME, 1), "Chair Made-up Services, Inc.", "18003", [1, 5])
    made.contract((105, HOSPICE, 1), "Hearth Made-up Services", "11004", [1])
    made.contract((106, PART_B, 1), "Elder Made-up Services", "10202", [6], until="2018-02-25")
    made.contract((107, PART_B, 1), "Younger Made-up Services", "10212", [6], since="2018-02-26")
    both = (PALM_B, (101, PART_A, 1))
    made.article(90101, {1: ["G9101"]}, contracts=both, covered={1: ["C44.311", "C44.319"]}, noncovered={1: ["L57.0"]},
                 texts={1: "Diagnoses <b>that</b> support & so on:"})  # fmt: skip
    made.article(90102, {1: ["G9102"]}, covered={1: ["E11.42"], 2: ["B35.1"]},
                 texts={1: "Primary Diagnosis:", 2: "Secondary Diagnosis:"})  # fmt: skip
    made.article(90103, {1: ["G9103"]}, covered={1: ["M17.11"], 2: ["M17.12"], 3: ["Z96.651"]},
                 texts={1: "Refer to Group 3 for the secondary diagnosis that is required."})  # fmt: skip
    made.article(90104, {1: ["G9104"]})
    made.article(90105, {1: ["G9105", "G9106"], 2: ["G9107"]}, covered={1: ["I70.211"], 2: ["L84"]},
                 texts={1: "For codes G9105, G9106:", 2: "For code G9107:"})  # fmt: skip
    made.article(90106, {1: ["G9108"]}, covered={1: ["J45.20"]}, texts={1: "A dual diagnosis is expected."})
    made.article(90107, {1: ["G9109"]}, version=1, days=("2020-01-01", "2023-12-31"), covered={1: ["N18.4"]})
    made.article(90107, {1: ["G9109"]}, version=2, days=("2024-01-01", "2025-12-31"), covered={1: ["N18.5"]})
    made.article(90107, {1: ["G9199"]}, version=3, days=("2026-01-01", ""), covered={1: ["N18.5"]})
    made.article(90108, {1: ["G9110"]}, version=5, days=("2024-01-01", ""), covered={1: ["N18.5"]})
    made.article(90109, {1: ["G9111"]}, covered={1: ["S82.0|S82.9", "M80.0"]})
    made.article(90110, {1: ["E9101"]}, contracts=((104, DME, 1),), covered={1: ["J44.9"]})
    made.article(90111, {1: ["G9112"]}, covered={2: ["I10"], 3: ["R73.03"]},
                 texts={1: "These services require a code from group 2 and a code from group 3."})  # fmt: skip
    made.article(90112, {1: ["G9113"]}, days=("2020-01-01", "2022-06-30"), status="R", covered={1: ["I10"]})
    made.article(90113, {1: ["G9113"]}, days=("", ""), status="D", covered={1: ["I10"]})
    made.article(90114, {1: ["G9114"]}, contracts=((102, PART_B, 1),), covered={1: ["I10"]})
    made.article(90115, {1: ["G9114"]}, contracts=((103, PART_B, 1),), covered={1: ["J44.9"]})
    made.article(90116, {1: ["G9116"]}, covered={1: ["XX000"]})
    made.article(90117, {1: ["G9117"]}, contracts=((105, HOSPICE, 1),), covered={1: ["I10"]})
    made.article(90118, {1: ["G9118"]}, contracts=((106, PART_B, 1),), covered={1: ["I10"]})
    made.article(90119, {1: ["G9119"]}, covered={1: ["I10"]})
    made.article(90120, {1: ["G9119"]}, covered={1: ["J44.9"]})
    made.article(90121, {1: ["G9121"]}, version=1, days=("2020-01-01", "2023-12-31"), covered={1: ["I10"]})
    made.article(90121, {1: ["G9121"]}, version=2, days=("2020-01-01", ""), covered={1: ["J44.9"]})
    made.lcd(80101)
    made.lcd(80102, codes=["E9102"], contracts=((104, DME, 1),))
    made.ncd(71, "990.1")
    made.relate(90101, lcd=80101, ncd=71)
    made.relate(90102, lcd=80999)
    made.add("article_x_hcpc_modifier", article_id=90101, article_version=1, hcpc_modifier_code_id="GA",
             hcpc_modifier_code_version=1, hcpc_modifier_group=1)  # fmt: skip
    made.add("article_x_bill_code", article_id=90101, article_version=1, bill_code_id="013X", bill_code_version=1)
    made.add("article_x_revenue_code", article_id=90101, article_version=1, revenue_code_id="0360",
             revenue_code_version=1)  # fmt: skip
    return made


def documents_list(rows: Sequence[tuple[str, str, str, str, str]]) -> str:
    """The list of documents as published; a row is number, version, title, owner with its role, effective day."""
    out = io.StringIO()
    written = csv.writer(out, lineterminator="\n")
    written.writerow(
        ("contractor_name_type", "document_display_id", "document_id", "document_type", "document_version",
         "effective_date", "note", "retirement_date", "title", "updated_on", "updated_on_sort", "url")
    )  # fmt: skip
    for number, version, title, owner, since in rows:
        kind = "LCD" if number.startswith("L") else "Article"
        written.writerow((owner, number, number[1:], kind, version, since, "", "N/A", title, "08/08/2025",
                          "20250808060000", f"https://example.org/{number}"))  # fmt: skip
    return out.getvalue()
