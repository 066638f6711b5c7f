"""A published file name tells dataset, edition and first day in force, and no other name does."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.datasets.registry import DATASETS

PUBLISHED = [
    ("mpfs-rvu", "PPRRVU24_JUL.csv", "2024C", date(2024, 7, 1)),
    ("mpfs-rvu", "PPRRVU2025_Oct.csv", "2025D", date(2025, 10, 1)),
    ("mpfs-rvu", "PPRRVU2026_Jul_nonQPP.csv", "2026C", date(2026, 7, 1)),
    ("mpfs-rvu", "PPRRVU2026_Apr_QPP.xlsx", "2026B", date(2026, 4, 1)),
    ("mpfs-gpci", "GPCI2025.csv", "2025", date(2025, 1, 1)),
    ("ncci-ptp-practitioner", "ccipra-v302r0-f1.txt", "v30.2", date(2024, 7, 1)),
    ("ncci-ptp-practitioner", "ccipra-v322r0-f4.txt", "v32.2", date(2026, 7, 1)),
    ("ncci-ptp-outpatient", "ccioph-v300r1-f2.xlsx", "v30.0", date(2024, 1, 1)),
    ("ncci-mue-practitioner", "MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", "2026Q2", date(2026, 4, 1)),
    ("ncci-mue-outpatient", "MCR_MUE_OutpatientHospitalServices_Eff_07-01-2024.xlsx", "2024Q3", date(2024, 7, 1)),
    ("ncci-mue-dme", "MCR_MUE_DMESupplierServices_Eff_10-01-2025.csv", "2025Q4", date(2025, 10, 1)),
    ("ncci-aoc", "AOC_V2024Q3-MCR.txt", "2024Q3", date(2024, 7, 1)),
    ("opps-addendum-b", "2025 NFRM Addendum B.11122024.txt", "2025-01", date(2025, 1, 1)),
    ("opps-addendum-b", "July 2025 Web Addendum B.06302025.xlsx", "2025-07", date(2025, 7, 1)),
    ("opps-addendum-a", "October_2025_Web_Addendum_A.csv", "2025-10", date(2025, 10, 1)),
    ("asc-aa", "508-Version-Jan-2025-ASC-AA.csv", "2025-01", date(2025, 1, 1)),
    ("asc-bb", "July 2025 ASC Addendum BB.xlsx", "2025-07", date(2025, 7, 1)),
    ("asc-aa", "x.whl/data/20250701/AA.csv", "2025-07", date(2025, 7, 1)),
    ("nucc-taxonomy", "nucc_taxonomy_250.csv", "v25.0", date(2025, 1, 1)),
    ("nucc-taxonomy", "nucc_taxonomy_201.csv", "v20.1", date(2020, 7, 1)),
    ("hcpcs", "HCPC2019_CONTR_ANWEB.txt", "2019", date(2019, 1, 1)),
    ("hcpcs", "HCPC2025_OCT_ANWEB.txt", "2025-10", date(2025, 10, 1)),
    ("hcpcs", "2020_10_hcpc_anweb.xlsx", "2020-10", date(2020, 10, 1)),
    ("hcpcs", "hcpcs_2024.csv", "2024-10", date(2024, 10, 1)),
    ("icd-10-cm", "icd10cm_order_2019.txt", "FY2019", date(2018, 10, 1)),
    ("icd-10-cm", "icd10cm-order-Jan-2021.txt", "2021-01", date(2021, 1, 1)),
    ("icd-10-cm", "icd10c-tabular-April-1-2026.xml", "2026-04", date(2026, 4, 1)),
    ("icd-10-cm", "icd10cm-codes-2024.txt", "FY2024", date(2023, 10, 1)),
    ("icd-10-cm-notes", "icd10cm-tabular-April-2025.xml", "2025-04", date(2025, 4, 1)),
    ("icd-10-cm", "icd-10-cm-tabular-2025.xml", "FY2025", date(2024, 10, 1)),
    ("icd-10-cm-index", "icd10cm-index-2025.xml", "FY2025", date(2024, 10, 1)),
    ("icd-10-cm-index", "icd10cm_index_2023.xml", "FY2023", date(2022, 10, 1)),
    ("icd-10-cm-external-causes", "icd-10-cm-eindex-2025.xml", "FY2025", date(2024, 10, 1)),
    ("icd-10-cm-external-causes", "icd10cm-eindex-April-1-2026-XML.xml", "2026-04", date(2026, 4, 1)),
    ("icd-10-cm-neoplasms", "icd10cm-neoplasm-April-1-2026-XML.xml", "2026-04", date(2026, 4, 1)),
    ("icd-10-cm-drugs", "icd10cm_drug_2023.xml", "FY2023", date(2022, 10, 1)),
    ("icd-10-cm-addenda", "icd10cm_order_addenda_2019.txt", "FY2019", date(2018, 10, 1)),
    ("cms-hcc", "ra_dx_to_cc_2026.csv", "PY2026", date(2026, 1, 1)),
    ("mpfs-anesthesia", "ANES2025.csv", "2025", date(2025, 1, 1)),
    ("mpfs-anesthesia-base", "2025 Anesthesia Base Units by CPT Code.xlsx", "2025", date(2025, 1, 1)),
    ("county-locality", "25LOCCO.csv", "2025", date(2025, 1, 1)),
    ("zip-locality", "ZIP5_OCT2025.txt", "2025-10", date(2025, 10, 1)),
    ("zip9-locality", "ZIP9_APR2026.txt", "2026-04", date(2026, 4, 1)),
    ("opps-cap", "rvu25d.zip/OPPSCAP_Oct.csv", "2025D", date(2025, 10, 1)),
    ("opps-cap", "rvu26b-updated-05-01-2026.zip/OPPSCAP_APR.csv", "2026B", date(2026, 4, 1)),
    ("opps-addendum-d1", "2025 NFRM Addendum D1.10242024.txt", "2025", date(2025, 1, 1)),
    ("asc-ee", "508-Version-Jan-2025-ASC-EE.csv", "2025-01", date(2025, 1, 1)),
    ("asc-ff", "July 2026 ASC Addenda - Addendum FF.07.08.26.csv", "2026-07", date(2026, 7, 1)),
    ("asc-ff", "x.whl/data/20250701/FF.csv", "2025-07", date(2025, 7, 1)),
    ("clfs", "CLFS 2025 Q2V1.csv", "2025Q2", date(2025, 4, 1)),
    ("asp", "section 508 version of Jan 2025 ASP Pricing File updated 030725.csv", "2025-01", date(2025, 1, 1)),
    ("asp", "January 2024 ASP Pricing File 121223.csv", "2024-01", date(2024, 1, 1)),
    ("dmepos", "dme25-a.zip/DMEPOS_JAN.csv", "2025-01", date(2025, 1, 1)),
    ("dmepos", "DMEPOS26_JAN.csv", "2026-01", date(2026, 1, 1)),
    ("dmepos-rural-zip", "DME Rural ZIP Code Quarter 1, 2025.csv", "2025Q1", date(2025, 1, 1)),
    ("dmepos-rural-zip", "DME Rural Zip Code Quarter 3 2026.csv", "2026Q3", date(2026, 7, 1)),
    ("cpt-descriptors", "CPT2026.zip/standard/MEDU.txt", "2026", date(2026, 1, 1)),
]


@pytest.mark.parametrize(("dataset", "name", "edition", "effective"), PUBLISHED)
def test_file_name_tells_the_edition(dataset: str, name: str, edition: str, effective: date) -> None:
    found = DATASETS[dataset].shape_of(name)
    assert found is not None
    assert (found[1].id, found[1].effective) == (edition, effective)


@pytest.mark.parametrize(
    "name",
    ["OPPSCAP_Oct.csv", "DMEPOS_JAN.csv", "LONGULT.txt", "icd10cmCodesFile.pdf", "icd10pcsOrderFile.pdf",
     "January 2025 ASP NOC Pricing File 121224.csv", "ZIP5lyout.txt", "DMEPEN_JAN.csv", "20231001/FF.csv",
     "HCPC2019_Trans_Alpha.xlsx", "readme.txt", "ccipra-v302r0.txt"],
)  # fmt: skip
def test_other_files_of_the_same_archives_are_left_aside(name: str) -> None:
    assert [dataset.id for dataset in DATASETS.values() if dataset.shape_of(f"some.zip/{name}")] == []


@pytest.mark.parametrize("month", ["Jan", "Apr", "Jul", "Oct"])
def test_asc_aa_is_not_taken_for_bb(month: str) -> None:
    assert DATASETS["asc-bb"].shape_of(f"508-Version-{month}-2025-ASC-AA.csv") is None


@pytest.mark.parametrize(
    "name", ["AOC_V2024Q9-MCR.txt", "MCR_MUE_DMESupplierServices_Eff_13-45-2025.csv", "x/20251301/AA.csv"]
)
def test_a_name_with_an_impossible_date_is_not_a_crash(name: str) -> None:
    """Such a file belongs to no edition: it is left aside, or refused by a fault that names it."""
    from codeward.core.faults import Fault

    for dataset in DATASETS.values():
        try:
            found = dataset.shape_of(name)
        except Fault as fault:
            assert name.rsplit("/", maxsplit=1)[-1] in str(fault)
        else:
            assert found is None


@pytest.mark.parametrize(
    ("dataset", "day", "start", "until"),
    [
        ("mpfs-rvu", date(2024, 8, 15), date(2024, 7, 1), date(2024, 10, 1)),
        ("icd-10-cm", date(2025, 11, 1), date(2025, 10, 1), date(2026, 4, 1)),
        ("icd-10-cm", date(2020, 3, 1), date(2019, 10, 1), date(2020, 4, 1)),
        ("icd-10-cm", date(2020, 6, 1), date(2020, 4, 1), date(2020, 10, 1)),
        ("icd-10-cm", date(2020, 12, 1), date(2020, 10, 1), date(2021, 1, 1)),
        ("icd-10-cm", date(2021, 3, 1), date(2021, 1, 1), date(2021, 10, 1)),
        ("nucc-taxonomy", date(2025, 8, 1), date(2025, 7, 1), date(2026, 1, 1)),
        ("mpfs-gpci", date(2025, 8, 1), date(2025, 1, 1), date(2026, 1, 1)),
    ],
)
def test_rhythm_of_a_publication(dataset: str, day: date, start: date, until: date) -> None:
    assert DATASETS[dataset].expected_start(day) == start
    assert DATASETS[dataset].current_until(start) == until


def test_a_dataset_without_rhythm_expects_nothing() -> None:
    assert DATASETS["pos"].expected_start(date(2025, 1, 1)) is None
    assert DATASETS["pos"].current_until(date(2025, 1, 1)) is None
