"""A small set of fee files: two editions of each schedule with changes between them, and the places that use them."""

from __future__ import annotations

from pathlib import Path

from golden.published import pack, put

GOLDEN = Path(__file__).parent
NOTICE = "2025 Clinical Diagnostic Laboratory Fee Schedule ,,,,,,,,\r\n,,,,,,,,\r\n"
CLFS_HEADS = "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC,LONGDESC,EXTENDED LONGDESC\r\n"
ASP_HEADS = (
    "Payment Allowance Limits for Medicare Part B Drugs,,,,,,,,,,,\r\n,,,,,,,,,,,\r\n"
    "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Vaccine AWP%,"
    "Vaccine Limit,Blood AWP%,Blood limit,Clotting Factor,Notes,\r\n"
)
LABORATORY = {
    "Q1": "2025,80053,,20250101,N,10.00,AMA,AMA,AMA\r\n2025,80053,QW,20250101,N,10.56,,,\r\n"
    "2025,G0480,,20250101,N,114.43,Drug test def 1-7 classes,,\r\n2025,0001U,,20250101,L,00000.00,,,\r\n",
    "Q2": "2025,80053,,20250401,N,10.56,AMA,AMA,AMA\r\n2025,80053,QW,20250101,N,10.56,,,\r\n"
    "2025,G0480,,20250101,N,114.43,Drug test def 1-7 classes,,\r\n2025,0001U,,20250101,L,00000.00,,,\r\n",
}
DRUGS = {
    "Jan": "J1885,Ketorolac tromethamine inj,15 MG,0.751,20.000,,,,,,,\r\n"
    "90375,AMA,150 IU,280.370,0.000,95,283.490,,,,see the vaccine page,\r\n",
    "April": "J1885,Ketorolac tromethamine inj,15 MG,0.802,19.275,,,,,,Inflation-adjusted coinsurance,\r\n"
    "90375,AMA,150 IU,280.370,0.000,95,283.490,,,,see the vaccine page,\r\n",
}
RVUS = ("00100", "00199", "80053", "93990", "E0601", "G0412", "J1885", "0001U", "90375", "G0480")


def write(folder: Path) -> Path:
    """All files, packed as their publishers pack them."""
    for quarter, rows in LABORATORY.items():
        pack(folder / f"25CLAB{quarter}.zip", {f"CLFS 2025 {quarter}V1.csv": NOTICE + CLFS_HEADS + rows})
    for month, rows in DRUGS.items():
        put(folder, f"section 508 version of {month} 2025 ASP Pricing File 0101.csv", ASP_HEADS + rows)
    _equipment(folder)
    _physicians(folder)
    _places(folder)
    _facilities(folder)
    return folder


def _equipment(folder: Path) -> None:
    january = (GOLDEN / "dmepos/2025-01/DMEPOS_JAN.csv").read_bytes()
    rural = (GOLDEN / "dmepos-rural-zip/2025Q1/DME Rural ZIP Code Quarter 1, 2025.csv").read_bytes()
    rural += b"AL,35958,202501\n"
    names = {"DMEPOS_JAN.csv": january, "DME Rural ZIP Code Quarter 1, 2025.csv": rural}
    pack(folder / "dme25-a.zip", names)
    pack(folder / "dme25-b.zip", {"DMEPOS_APR.csv": january.replace(b"50.58", b"51.58")})


def _physicians(folder: Path) -> None:
    from golden.published import rvu

    kinds = {"0": "J", "8": "X", "9": "A", "E": "E", "G": "A", "J": "E"}
    value = "{},,{},1.00,1.00,,1.00,,0.10,2.10,2.10,0,XXX,0.00,0.00,0.00,0,0,0,0,0"
    rows = [value.format(code, "X" if code.endswith("U") else kinds[code[0]]) for code in RVUS]
    cap = "HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE\r\n"
    prices = (
        "93990,TC,A,10112,00,90.59,90.59\r\n93990,TC,A,02102,01,151.86,151.86\r\n93990,,A,10112,00,111.53,111.53\r\n"
    )
    factors = (GOLDEN / "mpfs-anesthesia/2025/ANES2025.csv").read_bytes()
    members: dict[str, str | bytes] = {
        "PPRRVU25_JAN.csv": rvu(rows, "32.3465"),
        "ANES2025.csv": factors,
        "25LOCCO.csv": LOCALITIES,
        "GPCI2025.csv": (GOLDEN / "mpfs-gpci/2025/GPCI2025.csv").read_bytes(),
        "OPPSCAP_JAN.csv": cap + prices,
    }
    pack(folder / "rvu25a.zip", members)
    pack(folder / "rvu25b.zip", {"OPPSCAP_APR.csv": cap + prices.replace("90.59", "95.00")})
    pack(folder / "rvu24a.zip", {"ANES2024.csv": factors.replace(b"20.3178", b"20.4349").replace(b"19.31", b"19.90")})


LOCALITIES = """\
COUNTIES INCLUDED IN 2025 LOCALITIES.,,,,
Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties
10112,0,ALABAMA ,STATEWIDE ,ALL COUNTIES
1182,18,CALIFORNIA,LOS ANGELES (LOS ANGELES CNTY),LOS ANGELES /ORAGNGE CNTY
1112,66,,SANTA CRUZ-WATSONVILLE,SANTA CRUZ
1112,75,,REST OF STATE*,ALL OTHER COUNTIES
12202,1,DISTRICT OF COLUMBIA ,DC + MD/VA SUBURBS ,"DISTRICT OF COLUMBIA; FAIRFAX, FALLS CHURCH CITY \
IN VIRGINIA; MONTGOMERY AND PRINCE GEORGE'S IN MARYLAND"
1212,1,HAWAII/GUAM,STATEWIDE ,ALL COUNTIES
7202,1,LOUISIANA ,NEW ORLEANS,"JEFFERSON, ORLEANS AND ST. BERNARD"
11302,0,VIRGINIA,STATEWIDE,"ALL COUNTIES, EXCEPT FAIRFAX, AND FALLS CHURCH CITY"
*  Payment locality is serviced by two carriers.,,,,
""".replace("\n", "\r\n")


def _places(folder: Path) -> None:
    short = (GOLDEN / "zip-locality/2025-10/ZIP5_OCT2025.txt").read_text()
    put(folder, "ZIP5_JAN2025.txt", short)
    put(folder, "ZIP9_JAN2025.txt", _long_zip("AL", "35958", "02102", "01", "0042"))


def _long_zip(state: str, zip_code: str, contractor: str, locality: str, plus_four: str) -> str:
    head = f"{state}{zip_code}{contractor}{locality}".ljust(20)
    return f"{head}1{plus_four}".ljust(75) + "20251\r\n"


def _facilities(folder: Path) -> None:
    indicators = (GOLDEN / "opps-addendum-d1/2025/2025 NFRM Addendum D1.10242024.txt").read_bytes()
    addendum = (
        "CPT codes are the AMA's\r\nHCPCS Code\tShort Descriptor\tSI\tAPC\tRelative Weight\tPayment Rate\t"
        "National Unadjusted Copayment\tMinimum Unadjusted Copayment\r\n"
        "80053\tAMA\tB\t\t\t\t\t\r\nG0412\tPelvic\tC\t\t\t\t\t\r\n"
    )
    put(folder, "2025 NFRM Addendum D1.10242024.txt", indicators)
    put(folder, "2025 NFRM Addendum B.11122024.txt", addendum)
    heads = "HCPCS Code,Short Descriptor,Payment Indicator,Payment Weight,Payment Rate\r\n"
    aa, bb = heads + "93990,,J8,10.0000,$600.00\r\n", heads + "G0480,Drug test,N1,,\r\n"
    ff = (GOLDEN / "asc-ff/2025-01/508-Version-Jan-2025-ASC-FF.csv").read_bytes().replace(b"G9992", b"93990")
    excluded = (GOLDEN / "asc-ee/2025-01/508-Version-Jan-2025-ASC-EE.csv").read_bytes()
    members: dict[str, str | bytes] = {
        "508-Version-Jan-2025-ASC-AA.csv": aa,
        "508-Version-Jan-2025-ASC-EE.csv": excluded,
        "508-Version-Jan-2025-ASC-FF.csv": ff,
        "508-Version-Apr-2025-ASC-EE.csv": excluded.replace(b"G0412", b"G0499"),
        "508-Version-Apr-2025-ASC-AA.csv": aa,
        "508-Version-Jan-2025-ASC-BB.csv": bb,
        "508-Version-Apr-2025-ASC-BB.csv": bb,
    }
    pack(folder / "asc.zip", members)
