"""A small set of made-up fee files for pricing: round numbers, one code for each adjustment, and 2026's two factors.

The conversion factor is 40 (40.2 for qualifying participants), so that a value of 10.00 pays 400.00.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from golden.published import GPCI_HEADER, RVU_HEADER, lines, pack, put

GOLDEN = Path(__file__).parent
VALUES = (
    # code, component, status, work, non-facility, facility, malpractice, PC/TC, global, shares, mult bilat asst co team
    "G9100,,A,2.00,2.50,1.00,0.50,0,000,0 0 0,2 0 1 0 0",
    "G9101,,A,5.00,4.00,2.00,1.00,0,000,0 0 0,2 1 2 2 2",
    "G9102,,A,4.00,3.50,1.00,0.50,0,090,0.10 0.70 0.20,2 0 1 0 0",
    "G9103,,A,1.00,0.80,0.40,0.20,0,ZZZ,0 0 0,0 0 0 1 1",
    "G9104,,A,5.00,3.00,2.00,1.00,0,000,0 0 0,3 0 1 0 0,G9100",
    "G9105,,A,4.00,2.50,1.50,0.50,0,000,0 0 0,3 0 1 0 0,G9100",
    "G9106,,A,3.00,1.50,1.00,0.50,0,010,0.10 0.80 0.10,1 2 9 9 9",
    "G9107,,A,2.00,1.00,0.50,0.00,0,XXX,0 0 0,0 3 0 0 0",
    "G9108,,A,2.00,2.50,1.00,0.50,0,000,0 0 0,2 0 1 0 0",
    "G9108,53,A,1.00,1.25,0.50,0.25,0,000,0 0 0,2 0 1 0 0",
    "G9201,,A,0.80,5.00,5.00,0.20,1,XXX,0 0 0,4 3 0 0 0,,88",
    "G9201,26,A,0.80,0.10,0.10,0.10,1,XXX,0 0 0,4 3 0 0 0,,88",
    "G9201,TC,A,0.00,4.90,4.90,0.10,1,XXX,0 0 0,4 3 0 0 0,,88",
    "G9202,,A,1.60,3.30,3.30,0.10,1,XXX,0 0 0,4 3 0 0 0,,88",
    "G9202,26,A,1.60,0.40,0.40,0.00,1,XXX,0 0 0,4 3 0 0 0,,88",
    "G9202,TC,A,0.00,2.90,2.90,0.10,1,XXX,0 0 0,4 3 0 0 0,,88",
    "G9203,,A,0.80,2.10,2.10,0.10,1,XXX,0 0 0,6 0 0 0 0",
    "G9203,26,A,0.80,0.20,0.20,0.00,1,XXX,0 0 0,6 0 0 0 0",
    "G9203,TC,A,0.00,1.90,1.90,0.10,1,XXX,0 0 0,6 0 0 0 0",
    "G9204,TC,A,0.00,0.90,0.90,0.10,1,XXX,0 0 0,6 0 0 0 0",
    "G9205,TC,A,0.00,1.90,1.90,0.10,1,XXX,0 0 0,7 0 0 0 0",
    "G9206,TC,A,0.00,0.90,0.90,0.10,1,XXX,0 0 0,7 0 0 0 0",
    "G9301,,A,0.50,0.40,0.40,0.10,7,XXX,0 0 0,5 0 0 0 0",
    "G9302,,A,0.50,0.30,0.30,0.10,7,XXX,0 0 0,5 0 0 0 0",
    "G9401,,T,0.50,0.40,0.40,0.10,0,XXX,0 0 0,0 0 0 0 0",
    "G9402,,R,0.50,0.40,0.40,0.10,0,XXX,0 0 0,0 0 0 0 0",
    "G9403,,R,0.00,0.00,0.00,0.00,0,XXX,0 0 0,0 0 0 0 0",
    "G9501,,B,1.00,1.00,1.00,0.00,0,XXX,0 0 0,0 0 0 0 0",
    "G9502,,N,1.00,1.00,1.00,0.00,0,XXX,0 0 0,0 0 0 0 0",
    "G9503,,C,0.00,0.00,0.00,0.00,0,XXX,0 0 0,0 0 0 0 0",
    "G9504,,X,0.00,0.00,0.00,0.00,9,XXX,0 0 0,9 9 9 9 9",
    "G9505,,X,0.00,0.00,0.00,0.00,9,XXX,0 0 0,9 9 9 9 9",
    "G9506,,X,0.00,0.00,0.00,0.00,9,XXX,0 0 0,9 9 9 9 9",
    "J9101,,E,0.00,0.00,0.00,0.00,9,XXX,0 0 0,9 9 9 9 9",
    "00199,,J,0.00,0.00,0.00,0.00,9,XXX,0 0 0,9 9 9 9 9",
)
ABSENT_IN_FACILITY = ("G9203", "G9203TC")
HOSPITAL = {
    "C9101": ("T", 500), "C9102": ("T", 300), "C9103": ("S", 100), "C9104": ("Q1", 50), "C9112": ("Q1", 60),
    "C9105": ("N", 0), "C9106": ("C", 0), "C9107": ("J1", 2000), "C9108": ("Q2", 70), "C9109": ("J2", 150),
    "G0378": ("N", 0), "C9110": ("K", 10), "C9111": ("V", 90), "G9504": ("Q4", 0), "G9301": ("A", 0),
    "G9203": ("A", 0), "C9113": ("H", 0), "G0463": ("V", 120), "G9101": ("T", 400), "C9114": ("J1", 1500),
    "C9115": ("Q3", 80), "A4217": ("Y", 0),
}  # fmt: skip
CENTER = {"G9101": ("Y", "A2", "600.00"), "G9102": ("Y", "G2", "400.00"), "G9107": ("N", "P3", "100.00"),
          "G9109": ("N", "N1", "")}  # fmt: skip
ANCILLARY = {"J9101": ("K2", "5.00"), "C9113": ("J7", ""), "G9105": ("N1", "")}


def write(folder: Path) -> Path:
    """All files, packed as their publishers pack them."""
    rows = [_values(text) for text in VALUES]
    members: dict[str, str | bytes] = {
        "PPRRVU2026_Jan_nonQPP.csv": _rvu(rows, "40.0000", 2026),
        "PPRRVU2026_Jan_QPP.csv": _rvu(rows, "40.2000", 2026),
        "GPCI2026.csv": lines(GPCI_HEADER.format(year=2026), ["10112,AL,00,ALABAMA,1.100,0.900,1.200"]),
        "ANES2026.csv": ANESTHESIA,
        "OPPSCAP_JAN.csv": CAPS,
    }
    pack(folder / "rvu26a.zip", members)
    pack(folder / "rvu24a.zip", {"PPRRVU24_JAN.csv": _rvu(rows, "32.7442", 2024)})
    pack(folder / "rvu25d.zip", {"PPRRVU2025_Oct.csv": _rvu(rows, "32.3465", 2025)})
    put(folder, "2026 Anesthesia Base Units by CPT Code.csv", "CPT Code,Base Units\r\n199,5\r\n")
    _places(folder)
    _others(folder)
    _facilities(folder)
    return folder


def _values(text: str) -> str:
    code, component, status, work, office, facility, malpractice, split, days, shares, marks, *rest = text.split(",")
    base, family = [*rest, "", ""][:2]
    totals = [f"{float(work) + float(value) + float(malpractice):.2f}" for value in (office, facility)]
    absent = "NA" if code + component in ABSENT_IN_FACILITY else ""
    cells = (code, component, "", status, "", work, office, "", facility, absent, malpractice, *totals, split, days,
             *shares.split(), *marks.split(), base, "{factor}", "09", "0", family or "99", "0", "0", "0")  # fmt: skip
    return ",".join(cells)


def _rvu(rows: Iterable[str], factor: str, year: int) -> str:
    return lines(RVU_HEADER.format(year=year, release="January"), (row.format(factor=factor) for row in rows))


ANESTHESIA = """\
Contractor,Locality,Locality Name,Non-Qualifying APM Anes CF of 20.4976,Qualifying APM Anes CF of 20.5998
10112 ,00 ,ALABAMA,20.00,20.10
""".replace("\n", "\r\n")
CAPS = """\
HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE
G9201,TC,A,10112,00,150.00,150.00
G9202,TC,A,10112,00,900.00,900.00
""".replace("\n", "\r\n")


def _places(folder: Path) -> None:
    places = [("AL", "35004", "10112", "00", "0"), ("AL", "35958", "10112", "00", "1")]
    text = "".join(_zip(*place) for place in places)
    put(folder, "ZIP5_JAN2026.txt", text)


def _zip(state: str, zip_code: str, contractor: str, locality: str, shared: str) -> str:
    return f"{state}{zip_code}{contractor}{locality} Z9   {shared} A".ljust(75) + "20261\r\n"


def _others(folder: Path) -> None:
    from golden.fee_set import ASP_HEADS, CLFS_HEADS

    tests = "2026,G9504,,20260101,N,12.34,,,\r\n2026,G9504,QW,20260101,N,11.11,,,\r\n2026,G9505,,20260101,L,0.00,,,\r\n"
    pack(folder / "26CLABQ1.zip", {"CLFS 2026 Q1V1.csv": "Notice,,,,,,,,\r\n" + CLFS_HEADS + tests})
    drugs = "J9101,Made-up drug,1 MG,2.345,20.000,,,,,,,\r\n"
    put(folder, "section 508 version of Jan 2026 ASP Pricing File 0101.csv", ASP_HEADS + drugs)
    equipment = (GOLDEN / "dmepos/2025-01/DMEPOS_JAN.csv").read_bytes()
    rural = b"STATE,DMEPOS RURAL ZIP CODE,YEAR/QTR\r\nAL,35958,202601\r\n"
    pack(
        folder / "dme26-a.zip",
        {"DMEPOS_JAN.csv": equipment, "DME Rural ZIP Code Quarter 1, 2026.csv": rural},
    )


def _facilities(folder: Path) -> None:
    heads = "HCPCS Code\tShort Descriptor\tSI\tAPC\tRelative Weight\tPayment Rate\t" \
            "National Unadjusted Copayment\tMinimum Unadjusted Copayment\r\n"  # fmt: skip
    rows = "".join(
        f"{code}\t\t{mark}\t{'5500' if rate else ''}\t\t{rate if rate else ''}\t\t\r\n"
        for code, (mark, rate) in HOSPITAL.items()
    )
    put(folder, "January 2026 Addendum B.txt", heads + rows)
    groups = "APC \tGroup Title\tSI\tRelative Weight \tPayment Rate \tNational Unadjusted Copayment\t" \
             "Minimum Unadjusted Copayment\tNote\r\n" \
             "5500\tMade-up group\tS\t\t50\t\t\t\r\n8011\tObservation\tJ2\t\t2500\t\t\t\r\n"  # fmt: skip
    put(folder, "January 2026 Addendum A.txt", groups)
    surgery = "HCPCS Code,Short Descriptor,Subject to Multiple Procedure Discounting,Payment Indicator," \
              "Payment Weight,Payment Rate\r\n"  # fmt: skip
    surgery += "".join(f"{code},,{flag},{mark},,{rate}\r\n" for code, (flag, mark, rate) in CENTER.items())
    ancillary = "HCPCS Code,Short Descriptor,Payment Indicator,Payment Weight,Payment Rate\r\n"
    ancillary += "".join(f"{code},,{mark},,{rate}\r\n" for code, (mark, rate) in ANCILLARY.items())
    members: dict[str, str | bytes] = {
        "508-Version-Jan-2026-ASC-AA.csv": surgery,
        "508-Version-Jan-2026-ASC-BB.csv": ancillary,
        "508-Version-Jan-2026-ASC-EE.csv": "HCPCS Code,Short Descriptor\r\nG9110,\r\n",
    }
    pack(folder / "asc26.zip", members)
