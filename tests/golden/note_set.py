"""A few diagnoses as published, with index, neoplasm table, notes and chronic indicator, to read notes against."""

from __future__ import annotations

from pathlib import Path

from golden.published import put

# code, 1 billable or 0 header, title; indented by nothing: the order file's own titles
LISTED = (
    "C18 0 Malignant neoplasm of colon",
    "C189 1 Malignant neoplasm of colon, unspecified",
    "C50 0 Malignant neoplasm of breast",
    "C509 0 Malignant neoplasm of breast of unspecified site",
    "C5091 0 Malignant neoplasm of breast of unspecified site, female",
    "C50911 1 Malignant neoplasm of unspecified site of right female breast",
    "C50919 1 Malignant neoplasm of unspecified site of unspecified female breast",
    "C80 0 Malignant neoplasm without specification of site",
    "C801 1 Malignant (primary) neoplasm, unspecified",
    "E10 0 Type 1 diabetes mellitus",
    "E109 1 Type 1 diabetes mellitus without complications",
    "E11 0 Type 2 diabetes mellitus",
    "E112 0 Type 2 diabetes mellitus with kidney complications",
    "E1122 1 Type 2 diabetes mellitus with diabetic chronic kidney disease",
    "E118 1 Type 2 diabetes mellitus with unspecified complications",
    "E119 1 Type 2 diabetes mellitus without complications",
    "E66 0 Overweight and obesity",
    "E669 1 Obesity, unspecified",
    "I10 1 Essential (primary) hypertension",
    "I12 0 Hypertensive chronic kidney disease",
    "I129 1 Hypertensive chronic kidney disease with stage 1 through stage 4 chronic kidney disease",
    "J18 0 Pneumonia, unspecified organism",
    "J189 1 Pneumonia, unspecified organism",
    "M16 0 Osteoarthritis of hip",
    "M255 0 Pain in joint",
    "M2555 0 Pain in hip",
    "M25551 1 Pain in right hip",
    "M25552 1 Pain in left hip",
    "M25559 1 Pain in unspecified hip",
    "M2556 0 Pain in knee",
    "M25561 1 Pain in right knee",
    "M25562 1 Pain in left knee",
    "M25569 1 Pain in unspecified knee",
    "N18 0 Chronic kidney disease (CKD)",
    "N183 0 Chronic kidney disease, stage 3 (moderate)",
    "N1830 1 Chronic kidney disease, stage 3 unspecified",
    "N1831 1 Chronic kidney disease, stage 3a",
    "N189 1 Chronic kidney disease, unspecified",
    "R05 0 Cough",
    "R059 1 Cough, unspecified",
    "R50 0 Fever of other and unknown origin",
    "R509 1 Fever, unspecified",
    "R52 1 Pain, unspecified",
    "S83 0 Dislocation and sprain of joints and ligaments of knee",
    "S834 0 Sprain of collateral ligament of knee",
    "S8341 0 Sprain of medial collateral ligament of knee",
    "S83411 0 Sprain of medial collateral ligament of right knee",
    "S83411A 1 Sprain of medial collateral ligament of right knee, initial encounter",
    "S83411D 1 Sprain of medial collateral ligament of right knee, subsequent encounter",
    "S83412 0 Sprain of medial collateral ligament of left knee",
    "S83412A 1 Sprain of medial collateral ligament of left knee, initial encounter",
    "S83412D 1 Sprain of medial collateral ligament of left knee, subsequent encounter",
    "S83419 0 Sprain of medial collateral ligament of unspecified knee",
    "S83419A 1 Sprain of medial collateral ligament of unspecified knee, initial encounter",
    "S83419D 1 Sprain of medial collateral ligament of unspecified knee, subsequent encounter",
    "C61 1 Malignant neoplasm of prostate",
    "D64 0 Other anemias",
    "D649 1 Anemia, unspecified",
    "E03 0 Other hypothyroidism",
    "E039 1 Hypothyroidism, unspecified",
    "F02 0 Dementia in other diseases classified elsewhere",
    "F028 0 Dementia in other diseases classified elsewhere, unspecified severity",
    "F0280 1 Dementia in other diseases classified elsewhere, unspecified severity, without behavioral disturbance",
    "F02B 0 Dementia in other diseases classified elsewhere, moderate",
    "F02B1 0 Dementia in other diseases classified elsewhere, moderate, with behavioral disturbance",
    "F02B11 1 Dementia in other diseases classified elsewhere, moderate, with agitation",
    "G30 0 Alzheimer's disease",
    "G309 1 Alzheimer's disease, unspecified",
    "G81 0 Hemiplegia and hemiparesis",
    "G819 0 Hemiplegia, unspecified",
    "G8192 1 Hemiplegia, unspecified affecting left dominant side",
    "G8194 1 Hemiplegia, unspecified affecting left nondominant side",
    "I63 0 Cerebral infarction",
    "I639 1 Cerebral infarction, unspecified",
    "I69 0 Sequelae of cerebrovascular disease",
    "I693 0 Sequelae of cerebral infarction",
    "I6935 0 Hemiplegia and hemiparesis following cerebral infarction",
    "I69354 1 Hemiplegia and hemiparesis following cerebral infarction affecting left non-dominant side",
    "M06 0 Other rheumatoid arthritis",
    "M069 1 Rheumatoid arthritis, unspecified",
    "M54 0 Dorsalgia",
    "M541 0 Radiculopathy",
    "M5410 1 Radiculopathy, site unspecified",
    "M5412 1 Radiculopathy, cervical region",
    "M5416 1 Radiculopathy, lumbar region",
    "M5417 1 Radiculopathy, lumbosacral region",
    "O99 0 Other maternal diseases classifiable elsewhere",
    "O990 0 Anemia complicating pregnancy, childbirth and the puerperium",
    "O9901 0 Anemia complicating pregnancy",
    "O99013 1 Anemia complicating pregnancy, third trimester",
    "R11 0 Nausea and vomiting",
    "R110 1 Nausea",
    "R111 0 Vomiting",
    "R1110 1 Vomiting, unspecified",
    "R112 1 Nausea with vomiting, unspecified",
    "Z08 1 Encounter for follow-up examination after completed treatment for malignant neoplasm",
    "Z09 1 Encounter for follow-up examination after completed treatment for conditions other than malignant neoplasm",
    "Z3A 0 Weeks of gestation",
    "Z3A32 1 32 weeks gestation of pregnancy",
    "Z85 0 Personal history of malignant neoplasm",
    "Z8546 1 Personal history of malignant neoplasm of prostate",
    "Z90 0 Acquired absence of organs",
    "Z905 1 Acquired absence of kidney",
    "Z23 1 Encounter for immunization",
    "Z683 0 Body mass index [BMI] 30-39, adult",
    "Z6836 1 Body mass index [BMI] 36.0-36.9, adult",
    "Z794 1 Long term (current) use of insulin",
    "Z800 1 Family history of malignant neoplasm of digestive organs",
    "Z853 1 Personal history of malignant neoplasm of breast",
    "Z8701 1 Personal history of pneumonia (recurrent)",
    "Z87891 1 Personal history of nicotine dependence",
    "Z950 1 Presence of cardiac pacemaker",
)

INDEX = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version><title>INDEX</title>
<letter><title>A</title><mainTerm><title>Anemia</title><code>D64.9</code></mainTerm>
<mainTerm><title>Arthritis, arthritic</title>
<term level="1"><title>rheumatoid</title><code>M06.9</code></term></mainTerm></letter>
<letter><title>C</title>
<mainTerm><title>Cancer</title><seeAlso>Neoplasm, by site, malignant</seeAlso></mainTerm>
<mainTerm><title>Cough<nemod>(affected)</nemod></title><code>R05.9</code></mainTerm></letter>
<letter><title>D</title>
<mainTerm><title>Diabetes, diabetic<nemod>(mellitus) (sugar)</nemod></title><code>E11.9</code>
<term level="1"><title>type 1</title><code>E10.9</code></term>
<term level="1"><title>type 2</title><code>E11.9</code></term></mainTerm>
<mainTerm><title>Disease, diseased</title>
<term level="1"><title>Alzheimer's</title><code>G30.9</code></term>
<term level="1"><title>kidney</title><term level="2"><title>chronic</title><code>N18.9</code>
<term level="3"><title>stage 3a</title><code>N18.31</code></term></term></term></mainTerm></letter>
<letter><title>F</title><mainTerm><title>Fever</title><code>R50.9</code></mainTerm></letter>
<letter><title>H</title>
<mainTerm><title>Hemiparesis</title><code>G81.9-</code></mainTerm>
<mainTerm><title>Hypothyroidism</title><code>E03.9</code></mainTerm>
<mainTerm><title>Hypertension, hypertensive<nemod>(essential)</nemod></title><code>I10</code></mainTerm></letter>
<letter><title>L</title><mainTerm><title>Long-term<nemod>(current)</nemod></title>
<term level="1"><title>insulin</title><code>Z79.4</code></term></mainTerm></letter>
<letter><title>N</title><mainTerm><title>Nausea</title><code>R11.0</code></mainTerm></letter>
<letter><title>O</title><mainTerm><title>Obesity</title><code>E66.9</code></mainTerm></letter>
<letter><title>P</title>
<mainTerm><title>Pain</title><code>R52</code>
<term level="1"><title>joint</title>
<term level="2"><title>hip</title><code>M25.55-</code></term>
<term level="2"><title>knee</title><code>M25.56-</code></term></term></mainTerm>
<mainTerm><title>Pneumonia<nemod>(acute)</nemod></title><code>J18.9</code></mainTerm></letter>
<letter><title>R</title><mainTerm><title>Radiculopathy</title><code>M54.1-</code></mainTerm></letter>
<letter><title>V</title><mainTerm><title>Vomiting</title><code>R11.10</code></mainTerm></letter>
<letter><title>S</title><mainTerm><title>Stroke</title><code>I63.9</code></mainTerm>
<mainTerm><title>Sprain</title><term level="1"><title>knee</title>
<term level="2"><title>collateral ligament</title>
<term level="3"><title>medial</title><code>S83.41-</code></term></term>
</term></mainTerm></letter>
</ICD10CM.index>
"""

NEOPLASMS = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version>
<indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head>
<head col="3">Malignant Secondary</head><head col="4">Ca in situ</head><head col="5">Benign</head>
<head col="6">Uncertain Behavior</head><head col="7">Unspecified Behavior</head></indexHeading>
<letter><title>N</title><mainTerm><title>Neoplasm, neoplastic</title><cell col="2">C80.1</cell>
<term level="1"><title>breast</title><cell col="2">C50.9-</cell></term>
<term level="1"><title>colon</title><cell col="2">C18.9</cell></term>
<term level="1"><title>prostate</title><cell col="2">C61</cell></term>
</mainTerm></letter></ICD10CM.index>
"""

TABULAR = """\
<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2026</version>
<chapter><name>4</name><desc>Endocrine diseases (E00-E89)</desc>
<section id="E08-E13"><desc>Diabetes mellitus (E08-E13)</desc>
<diag><name>E10</name><desc>Type 1 diabetes mellitus</desc>
<excludes1><note>type 2 diabetes mellitus (E11.-)</note></excludes1>
<diag><name>E10.9</name><desc>Type 1 diabetes mellitus without complications</desc></diag></diag>
<diag><name>E11</name><desc>Type 2 diabetes mellitus</desc>
<diag><name>E11.9</name><desc>Type 2 diabetes mellitus without complications</desc></diag></diag>
</section></chapter></ICD10CM.tabular>
"""

CHRONIC = ("E119 1", "E109 1", "I10 1", "J189 0", "N1831 1", "N189 1", "C50919 1", "E039 1", "D649 1")


def _order() -> str:
    lines = []
    for at, row in enumerate(LISTED, start=1):
        code, flag, title = row.split(" ", 2)
        lines.append(f"{at:05d} {code:<7} {flag} {title[:60]:<60} {title}\n")
    return "".join(lines)


def _chronic() -> str:
    head = "'ICD-10-CM CODE','ICD-10-CM CODE DESCRIPTION','CHRONIC INDICATOR'\n"
    return head + "".join(f"'{code}','a title','{flag}'\n" for code, flag in (row.split() for row in CHRONIC))


def write(folder: Path) -> Path:
    """The files of the set, as their publishers would send them."""
    folder.mkdir(parents=True, exist_ok=True)
    put(folder, "icd10cm_order_2026.txt", _order())
    put(folder, "icd10cm_index_2026.xml", INDEX)
    put(folder, "icd10cm_tabular_2026.xml", TABULAR)
    put(folder, "icd10cm-neoplasm-April-1-2026-XML.xml", NEOPLASMS)
    put(folder, "CCIR_v2026-1.csv", _chronic())
    return folder
