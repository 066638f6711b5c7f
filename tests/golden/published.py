"""Files in their publishers' layouts, written from a few rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

RVU_HEADER = """\
,,{year} National Physician Fee Schedule Relative Value File {release} Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,
,,Codes only; descriptors left out,,,,,,,,,,,,,,,,,,,,,,,,,,,,
,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
,, ,,,,,,,,,,,,,,,,,,,,,,,,,,,,
,,RELEASED,,,,,,,,,,,,,,,,,,,,,,,,,,,,
,, , ,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,\
CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,\
SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
"""
PTP_HEADER = """\
CPT only copyright American Medical Association. All rights reserved.\t\t\t\t\t\t
Column1/Column2 Edits\t\t\t\t\t\t
Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale
\t\tprior to 1996\tDate\tDate\t0=not allowed\t
\t\t\t\t*=no data\t1=allowed\t
\t\t\t\t\t9=not applicable\t
"""
MUE_HEADER = """\
"Current Procedural Terminology (CPT) codes only are copyright American Medical Association. All rights reserved.

Applicable FARS/DFARS Restrictions Apply to Government Use.",,,
"HCPCS/
CPT Code",{title} MUE Values,MUE Adjudication Indicator,MUE Rationale
"""
AOC_HEADER = """\
CPT only copyright American Medical Association. All rights reserved.\t\t\t\t\t\t\t
AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\tAOC_Edit_DelDT\t\
Special_Instruction_Notes
"""
OPPS_B_HEADER = """\
\tAddendum B.-- OPPS Payment by HCPCS Code\t\t\t\t\t\t\t
\tAll Rights Reserved.\xa0 Applicable FARS/DFARS Apply.\xa0\t\t\t\t\t\t\t
HCPCS Code\tShort Descriptor\t CI\t SI\t APC \tRelative Weight\tPayment Rate\tNational Unadjusted Copayment\t\
Minimum Unadjusted Copayment\tNote
"""
OPPS_A_HEADER = """\
\tAddendum A.- OPPS APCs\t\t\t\t\t\t
APC \tGroup Title\tSI\tRelative Weight \tPayment Rate \tNational Unadjusted Copayment\t\
Minimum Unadjusted Copayment\tNote
"""
GPCI_HEADER = """\
ADDENDUM E. FINAL CY {year} GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY,,,,,,
,,,,,,
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,{year} PW GPCI (with 1.0 Floor),\
{year} PE GPCI,{year} MP GPCI
"""
ASC_HEADER = """\
Addendum {table} -- ASC Covered Procedures and Services,,,,,,
All Rights Reserved.\xa0,,,,,,
,,,,,,
HCPCS Code,,Short Descriptor,Subject to Multiple Procedure Discounting,{month} Payment Indicator,\
{month}  Payment Weight  ,{month} Payment Rate 
"""  # noqa: W291 - published with the blank
NUCC_HEADER = "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\n"


def lines(header: str, rows: Iterable[str]) -> str:
    """A header and rows below it, with the publisher's line ends."""
    return (header + "".join(row + "\n" for row in rows)).replace("\n", "\r\n")


def rvu(rows: Iterable[str], factor: str, year: int = 2024, release: str = "July") -> str:
    """A PPRRVU file in the 31-column layout; rows name no factor and no descriptor.

    A row is `code,modifier,status,work,PE,NA,PE,NA,MP,total,total,PCTC,global,pre,intra,post,mult,bilat,asst,co,team`.
    """
    return lines(RVU_HEADER.format(year=year, release=release), (_rvu_row(row, factor) for row in rows))


def _rvu_row(row: str, factor: str) -> str:
    code, modifier, status, *rest = row.split(",")
    return ",".join([code, modifier, "", status, "", *rest, "", factor, "09", "0", "99", "0.00", "0.00", "0.00"])


def ptp(rows: Iterable[str]) -> str:
    """One part of a pair edit table; a row is `column1 column2 effective deleted indicator`, rationale added."""
    return lines(PTP_HEADER, (_ptp_row(row) for row in rows))


def _ptp_row(row: str) -> str:
    column1, column2, effective, deleted, indicator = row.split()
    return "\t".join(
        (column1, column2, "", effective, deleted, indicator, "CPT Manual or CMS manual coding instruction")
    )


def mue(title: str, rows: Iterable[str]) -> str:
    """A unit limit table; a row is `code,limit,indicator,rationale`."""
    return lines(MUE_HEADER.format(title=title), rows)


def aoc(rows: Iterable[str]) -> str:
    """Add-on edits; a row is `type add-on primary effective [deleted]`, dates as YYYYDDD."""
    return lines(AOC_HEADER, (_aoc_row(*row.split()) for row in rows))


def _aoc_row(kind: str, add_on: str, primary: str, effective: str, deleted: str = "") -> str:
    return "\t".join((kind, add_on, "", primary, "", effective, deleted, ""))


def alphanumeric(rows: Sequence[Mapping[str, str]]) -> str:
    """HCPCS contractor records of 320 columns; a long text of more than 80 characters continues on the next record."""
    disclaimer = "***Disclaimers\t\t\t\r\n\t\t\t\r\n*Inclusion does not imply coverage.\xa0\t\t\r\n\r\n"
    return disclaimer + "".join(_alphanumeric(row) for row in rows)


def _alphanumeric(row: Mapping[str, str]) -> str:
    text, first, more = row["long"], row.get("record", "3"), {"3": "4", "7": "8"}
    pieces = [text[at : at + 80] for at in range(0, len(text), 80)]
    code = row["code"].rjust(5)
    out = [[*f"{code}00100{first}".ljust(320)]]
    for place, width, value in (
        (12, 80, pieces[0]),
        (92, 28, row.get("short", text[:28])),
        (120, 2, row.get("pricing", "00")),
        (230, 1, row.get("coverage", "C")),
        (257, 3, row.get("betos", "")),
        (261, 1, row.get("tos", "")),
        (269, 8, row.get("added", "20000101")),
        (277, 8, row.get("effective", "20000101")),
        (285, 8, row.get("terminated", "")),
        (293, 1, row.get("action", "N")),
    ):
        out[0][place - 1 : place - 1 + width] = value.ljust(width)
    out += [[*f"{code}0020{at}{more[first]}{piece}".ljust(320)] for at, piece in enumerate(pieces[1:])]
    return "".join("".join(record) + "\r\n" for record in out)


def workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """An xlsx file with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(folder: Path, name: str, text: str | bytes, encoding: str = "utf-8") -> Path:
    """Write one file, its folders made."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return target


def pack(target: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip (or wheel) of the given members."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return target
