"""A small set of files spanning several editions, enough for every page, search and comparison to have an answer."""

from __future__ import annotations

from pathlib import Path

from golden import published
from golden.published import put

# code,modifier,status,work,PE,NA,PE,NA,MP,totals,PCTC,global,shares,multiple,bilateral,assistant,co-surgeon,team
RVU_2024 = (
    "11102,,A,0.66,2.29,,0.39,,0.07,3.02,1.12,0,000,0.00,0.00,0.00,2,0,1,0,0",
    "17311,,A,6.20,13.61,,3.68,,0.64,20.45,10.52,0,000,0.00,0.00,0.00,2,0,1,0,0",
    "17312,,A,3.30,8.76,,1.95,,0.35,12.41,5.60,0,ZZZ,0.00,0.00,0.00,0,0,1,0,0",
    "17313,,A,5.56,13.08,,3.30,,0.58,19.22,9.44,0,000,0.00,0.00,0.00,2,0,1,0,0",
    "17314,,A,3.06,8.51,,1.81,,0.32,11.89,5.19,0,ZZZ,0.00,0.00,0.00,0,0,1,0,0",
    "17315,,A,0.87,1.44,,0.52,,0.09,2.40,1.48,0,ZZZ,0.00,0.00,0.00,0,0,1,0,0",
    "20610,,A,0.79,1.04,,0.44,,0.13,1.96,1.36,0,000,0.00,0.00,0.00,2,1,1,0,0",
    "66984,,A,7.35,8.24,NA,8.24,,0.55,16.14,16.14,0,090,0.10,0.70,0.20,2,1,1,0,0",
    "88305,,A,0.75,1.38,,1.38,NA,0.02,2.15,2.15,1,XXX,0.00,0.00,0.00,0,0,0,0,0",
    "88305,26,A,0.75,0.32,,0.32,,0.01,1.08,1.08,1,XXX,0.00,0.00,0.00,0,0,0,0,0",
    "88305,TC,A,0.00,1.06,,1.06,NA,0.01,1.07,1.07,1,XXX,0.00,0.00,0.00,0,0,0,0,0",
    "99213,,A,1.30,1.33,,0.56,,0.10,2.73,1.96,0,XXX,0.00,0.00,0.00,0,0,0,0,0",
    "00100,,J,0.00,0.00,,0.00,,0.00,0.00,0.00,9,XXX,0.00,0.00,0.00,9,9,9,9,9",
    "90001,,I,0.00,0.00,,0.00,,0.00,0.00,0.00,9,XXX,0.00,0.00,0.00,9,9,9,9,9",
    "G0168,,A,0.31,2.60,,0.08,,0.04,2.95,0.43,0,000,0.00,0.00,0.00,2,0,1,0,0",
    "J1885,,E,0.00,0.00,,0.00,,0.00,0.00,0.00,9,XXX,0.00,0.00,0.00,9,9,9,9,9",
    "90003,,C,0.00,0.00,,0.00,,0.00,0.00,0.00,0,ZZZ,0.00,0.00,0.00,0,0,1,0,0",
    "90004,,A,0.20,0.30,,0.10,,0.02,0.52,0.32,0,ZZZ,0.00,0.00,0.00,0,0,1,0,0",
)
_CHANGED_2025 = {
    "11102": "11102,,A,0.66,2.24,,0.40,,0.06,2.96,1.12,0,000,0.00,0.00,0.00,2,0,1,0,0",
    "17311": "17311,,A,6.20,13.60,,3.76,,0.64,20.44,10.60,0,000,0.00,0.00,0.00,2,0,1,0,0",
    "17312": "17312,,A,3.30,8.70,,2.00,,0.35,12.35,5.65,0,ZZZ,0.00,0.00,0.00,0,0,1,0,0",
    "17313": "17313,,A,5.56,13.06,,3.37,,0.59,19.21,9.52,0,000,0.00,0.00,0.00,2,0,1,0,0",
    "17314": "17314,,A,3.06,8.46,,1.85,,0.30,11.82,5.21,0,ZZZ,0.00,0.00,0.00,0,0,1,0,0",
    "17315": "17315,,A,0.87,1.47,,0.53,,0.08,2.42,1.48,0,ZZZ,0.00,0.00,0.00,0,0,1,0,0",
    "66984": "66984,,A,7.35,8.23,NA,8.23,,0.55,16.13,16.13,0,090,0.10,0.70,0.20,2,1,1,0,0",
    "99213": "99213,,A,1.30,1.35,,0.57,,0.10,2.75,1.97,0,XXX,0.00,0.00,0.00,0,0,0,0,0",
}
RVU_2025 = tuple(_CHANGED_2025.get(row[:5], row) for row in RVU_2024 if not row.startswith("90001"))
RVU_2025_OCTOBER = ("90002,,N,0.00,0.00,,0.00,,0.00,0.00,0.00,9,XXX,0.00,0.00,0.00,9,9,9,9,9", *RVU_2025)
"""90001 is dropped in January, 90002 is new in October; the line of every other row moves down by one."""

PAIRS = {
    "f1": (
        "11102 17000 20200101 * 1",
        "11104 11102 20190101 * 0",
        "17311 11102 20000101 * 1",
        "17311 88305 20070101 * 1",
        "17311 64400 20070101 20240630 0",
        "17311 99211 20130101 20130101 9",
    ),
    "f2": ("17312 88305 20070101 * 1", "20610 J1885 20100101 * 1", "20610 20605 20100101 20231231 1"),
    "f3": ("66984 67005 19960101 * 0", "66984 67010 19960101 * 0", "66984 67015 19960101 * 1"),
    "f4": ("88305 88300 20020101 * 0", "99213 G0168 20020401 * 1"),
}
PLACEHOLDERS = {
    part: tuple(f"{column1} {code} 19960101 * 1" for code in range(start, start + 16))
    for part, column1, start in (("f1", 17311, 36001), ("f2", 17312, 36101), ("f3", 20610, 36201), ("f4", 88305, 36301))
}
"""64 rows with one first day: a stand-in, not a fact."""

LIMITS_2024 = (
    "17311,4,3 Date of Service Edit: Clinical,Clinical: Data",
    "17314,4,3 Date of Service Edit: Clinical,Clinical: Data",
    "20610,2,2 Date of Service Edit: Policy,Anatomic Consideration",
    "90001,0,1 Line Edit,CMS Policy",
    "J1885,8,3 Date of Service Edit: Clinical,Prescribing Information",
)
LIMITS_2026 = tuple(row.replace("17311,4", "17311,5") for row in LIMITS_2024)

ADD_ONS = (
    "1 17312 17311 2013091",
    "1 17314 17313 2013091",
    "1 17315 17311 2013091",
    "1 17315 17312 2013091",
    "1 17315 17313 2013091",
    "1 17315 17314 2013091",
    "2 90003 CCCCC 2013091",
    "3 90004 99213 2020001",
    "1 11103 11102 2019001 2023365",
)

SUPPLIES = (
    {"code": "A9001", "long": "Test strip for skin, per box of fifty", "short": "Skin test strip"},
    {
        "code": "A9002",
        "long": "Compression bandage, elastic, knitted or woven, any width, with or without an adhesive back, "
        "per linear yard, dispensed for home use",
        "short": "Compression bandage",
        "terminated": "20250930",
        "action": "D",
    },
    {"code": "G0168", "long": "Wound closure utilizing tissue adhesive(s) only", "short": "Wound closure by adhesive"},
    {
        "code": "J1885",
        "long": "Injection, ketorolac tromethamine, per 15 mg",
        "short": "Ketorolac tromethamine inj",
        "pricing": "51",
        "coverage": "D",
        "betos": "O1E",
        "tos": "1",
    },
    {"code": "D9999", "long": "A dental code, the ADA's", "short": "Dental"},
    {
        "code": "LT",
        "record": "7",
        "long": "Left side (used to identify procedures performed on the left side of the body)",
        "short": "Left side",
    },
    {"code": "ZZ", "record": "7", "long": "A modifier that the table in plain words does not know", "short": "Unknown"},
)

TABULAR = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>{year}</version>
  <chapter>
    <name>2</name>
    <desc>Neoplasms (C00-D49)</desc>
    <notes><note>Functional activity</note></notes>
    <section id="C43-C44">
      <desc>Melanoma and other malignant neoplasms of skin (C43-C44)</desc>
      <diag>
        <name>C44</name>
        <desc>Other and unspecified malignant neoplasm of skin</desc>
        <includes><note>malignant neoplasm of sweat glands</note></includes>
        <excludes1><note>malignant melanoma of skin (C43.-)</note></excludes1>
        <diag>
          <name>C44.1</name>
          <desc>Other and unspecified malignant neoplasm of skin of eyelid, including canthus</desc>
          <excludes1><note>connective tissue of eyelid (C49.0)</note></excludes1>
          <diag>
            <name>C44.11</name>
            <desc>Basal cell carcinoma of skin of eyelid, including canthus</desc>
            <diag>
              <name>C44.112</name>
              <desc>Basal cell carcinoma of skin of right eyelid, including canthus</desc>
              <diag>
                <name>C44.1121</name>
                <desc>Basal cell carcinoma of skin of right upper eyelid, including canthus</desc>
              </diag>
              <diag>
                <name>C44.1122</name>
                <desc>Basal cell carcinoma of skin of right lower eyelid, including canthus</desc>
              </diag>
            </diag>
          </diag>
        </diag>
      </diag>
    </section>
  </chapter>
  <chapter>
    <name>6</name>
    <desc>Diseases of the nervous system (G00-G99)</desc>
    <section id="G35-G37">
      <desc>Demyelinating diseases of the central nervous system (G35-G37)</desc>
      <diag>
        <name>G35</name>
        <desc>Multiple sclerosis</desc>
        <inclusionTerm><note>Disseminated multiple sclerosis</note></inclusionTerm>{sclerosis}
      </diag>
    </section>
  </chapter>
  <chapter>
    <name>12</name>
    <desc>Diseases of the skin and subcutaneous tissue (L00-L99)</desc>
    <section id="L55-L59">
      <desc>Radiation-related disorders of the skin and subcutaneous tissue (L55-L59)</desc>
      <diag>
        <name>L57</name>
        <desc>Skin changes due to chronic exposure to nonionizing radiation</desc>
        <useAdditionalCode>
          <note>code to identify the source of the ultraviolet radiation (W89)</note>
        </useAdditionalCode>
        <diag>
          <name>L57.0</name>
          <desc>Actinic keratosis</desc>
          <inclusionTerm><note>Senile keratosis</note><note>Solar keratosis</note></inclusionTerm>
        </diag>
        <diag><name>L57.1</name><desc>Actinic reticuloid</desc></diag>
      </diag>
    </section>
  </chapter>
  <chapter>
    <name>19</name>
    <desc>Injury, poisoning and certain other consequences of external causes (S00-T88)</desc>
    <section id="S00-S09">
      <desc>Injuries to the head (S00-S09)</desc>
      <codeAlso><note>for any associated infection</note></codeAlso>
      <diag>
        <name>S00</name>
        <desc>Superficial injury of head</desc>
        <sevenChrNote>
          <note>The appropriate 7th character is to be added to each code from category S00</note>
        </sevenChrNote>
        <sevenChrDef>
          <extension char="A">initial encounter</extension>
          <extension char="D">subsequent encounter</extension>
          <extension char="S">sequela</extension>
        </sevenChrDef>
        <diag>
          <name>S00.0</name>
          <desc>Superficial injury of scalp</desc>
          <diag><name>S00.01</name><desc>Abrasion of scalp</desc></diag>
          <diag><name>S00.03</name><desc>Contusion of scalp</desc>
            <inclusionTerm><note>Bruise of scalp</note></inclusionTerm></diag>
        </diag>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
"""
SCLEROSIS_2026 = """
        <diag><name>G35.A</name><desc>Relapsing-remitting multiple sclerosis</desc></diag>
        <diag><name>G35.D</name><desc>Multiple sclerosis, unspecified</desc></diag>"""

TAXONOMY = (
    "207N00000X,Allopathic & Osteopathic Physicians,Dermatology,,Of the skin.,,Dermatology Physician,Individual",
    '207ND0101X,Allopathic & Osteopathic Physicians,Dermatology,MOHS-Micrographic Surgery,"Skin cancer, by stages.",'
    "[7/1/2006: modified],MOHS-Micrographic Surgery Physician,Individual",
    "207ND0900X,Allopathic & Osteopathic Physicians,Dermatology,Dermatopathology,,,"
    "Dermatopathology Physician,Individual",
    "207NS0135X,Allopathic & Osteopathic Physicians,Dermatology,Procedural Dermatology,,,"
    "Procedural Dermatology Physician,Individual",
)

OUTPATIENT = (
    '17311\t\t\tT\t5054\t20.1000\t"$1,790.02"\t.\t$358.01\t',
    "17314\t\t\tN\t\t\t\t\t\t",
    "90001\t\t\tE1\t\t\t\t\t\t",
    "A9001\tSkin test strip\t\tN\t\t\t\t\t\t",
    "J1885\tKetorolac tromethamine inj\t\tN\t\t\t\t\t\t",
    "Q9999\tInj, a new biosimilar\tNI\tG\t0701\t\t$12.345\t.\t$2.47\t",
)
OUTPATIENT_OCTOBER = tuple(row.replace("1,790.02", "1,801.10") for row in OUTPATIENT)
GROUPS = (
    "0701\tA new biosimilar\tG\t\t$12.345\t.\t$2.47\t",
    '5054\tLevel 4 Skin Procedures\tT\t20.1000\t"$1,790.02"\t.\t$358.01\t',
)

CATEGORIES = (
    '17311 PC05N "Procedure-  Skin-  Mohs surgery"',
    '17313 PC05N "Procedure-  Skin-  Mohs surgery"',
    '17314 PC05N "Procedure-  Skin-  Mohs surgery"',
    '99213 EV10N "Evaluation and Management-  Office/ outpatient services-Established office visits"',
)


def write(folder: Path) -> Path:
    """Write the set below the folder and return it."""
    for edition, rows, factor, release in (
        ("24_JUL", RVU_2024, "33.2875", "July"),
        ("25_JAN", RVU_2025, "32.3465", "January"),
        ("2025_Oct", RVU_2025_OCTOBER, "32.3465", "October"),
    ):
        year = 2024 if edition.startswith("24") else 2025
        put(folder, f"mpfs/PPRRVU{edition}.csv", published.rvu(rows, factor, year, release))
    gpci = (
        "10112,AL,00,ALABAMA,1,0.869,0.575",
        "02102,AK,01,ALASKA*,1.5,1.081,0.592",
        "04412,TX,00,TEXAS,1,0.945,0.934",
    )
    put(folder, "mpfs/GPCI2025.csv", published.lines(published.GPCI_HEADER.format(year=2025), gpci))
    _write_edits(folder)
    _write_lists(folder)
    return folder


def _write_edits(folder: Path) -> None:
    for part, rows in PAIRS.items():
        put(folder, f"ncci/ccipra-v302r0-{part}.txt", published.ptp(rows))
    for part, rows in PLACEHOLDERS.items():
        put(folder, f"ncci/ccioph-v302r0-{part}.txt", published.ptp(rows))
    for setting, title in (("PractitionerServices", "Practitioner Services"), ("DMESupplierServices", "DME Supplier")):
        put(folder, f"ncci/MCR_MUE_{setting}_Eff_07-01-2024.csv", published.mue(title, LIMITS_2024))
    put(folder, "ncci/MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", published.mue("Practitioner", LIMITS_2026))
    hospital = published.mue("Outpatient Hospital Services", LIMITS_2024)
    put(folder, "ncci/MCR_MUE_OutpatientHospitalServices_Eff_07-01-2024.csv", hospital)
    put(folder, "ncci/AOC_V2024Q3-MCR.txt", published.aoc(ADD_ONS))


def _write_lists(folder: Path) -> None:
    put(folder, "icd/icd10cm-tabular-April-2025.xml", TABULAR.format(year=2025, sclerosis=""))
    put(folder, "icd/icd10c-tabular-April-1-2026.xml", TABULAR.format(year=2026, sclerosis=SCLEROSIS_2026))
    earlier = [row for row in SUPPLIES if row["code"] != "A9001"]
    put(folder, "hcpcs/HCPC2025_JUL_ANWEB.txt", published.alphanumeric(earlier), "latin-1")
    put(folder, "hcpcs/HCPC2025_OCT_ANWEB.txt", published.alphanumeric(SUPPLIES), "latin-1")
    for month, rows in (("January", OUTPATIENT), ("October", OUTPATIENT_OCTOBER)):
        text = published.lines(published.OPPS_B_HEADER, rows)
        put(folder, f"opps/{month}_2025_Web_Addendum_B.txt", text, "cp437")
    put(folder, "opps/January_2025_Web_Addendum_A.txt", published.lines(published.OPPS_A_HEADER, GROUPS), "cp437")
    put(folder, "nucc/nucc_taxonomy_251.csv", published.NUCC_HEADER + "".join(row + "\n" for row in TAXONOMY))
    put(folder, "betos/betpuf20.txt", "".join(row + "\n" for row in CATEGORIES))
    hcc = "diagnosis_code,cc,model_name\nC441121,12,CMS-HCC Model V28\nC441121,12,RxHCC Model V08\n"
    put(folder, "hcc/ra_dx_to_cc_2026.csv", hcc + "G35,77,CMS-HCC Model V24\n")
    for month, rate in (("Jan", "$1,010.10"), ("Apr", "$1,020.20")):
        header = published.ASC_HEADER.format(table="AA", month=f"{month} 2025")
        rows = (f'17311,,,Y,G2,18.5000,"{rate}"', "90001,,,N,N1,,")
        put(folder, f"asc/{month}-2025-ASC-AA.csv", published.lines(header, rows), "cp437")
    header = published.ASC_HEADER.format(table="BB", month="January 2025").replace(
        "Subject to Multiple Procedure Discounting", "Drug and Device Pass-Through Expiration"
    )
    rows = ("J1885,,Ketorolac tromethamine inj,,N1,,", "A9001*,,Skin test strip,,L1,,")
    put(folder, "asc/Jan-2025-ASC-BB.csv", published.lines(header, rows), "cp437")
