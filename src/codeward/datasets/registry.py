"""Every dataset Codeward knows, by id; adding one is adding its file and its name here."""

from __future__ import annotations

from codeward.datasets.asc import ASC_AA, ASC_BB
from codeward.datasets.ccsr import CCSR, CCSR_PROCEDURES
from codeward.datasets.chronic_conditions import CCIR
from codeward.datasets.cms_hcc import CMS_HCC
from codeward.datasets.cpt_descriptors import CPT_DESCRIPTORS
from codeward.datasets.declare import Dataset
from codeward.datasets.gems import GEMS
from codeward.datasets.hcc_software import CMS_HCC_COEFFICIENTS, CMS_HCC_HIERARCHIES, CMS_HCC_LABELS
from codeward.datasets.hcpcs import HCPCS
from codeward.datasets.icd_9_cm import ICD_9_CM
from codeward.datasets.icd_10_cm import ICD_10_CM, ICD_10_CM_NOTES
from codeward.datasets.indicators import INDICATORS
from codeward.datasets.modifiers import HCPCS_MODIFIERS, MODIFIERS
from codeward.datasets.mpfs_gpci import MPFS_GPCI
from codeward.datasets.mpfs_rvu import MPFS_RVU
from codeward.datasets.ms_drg import MS_DRG, MS_DRG_CC, MS_DRG_MDCS, MS_DRG_TITLES
from codeward.datasets.ncci_aoc import NCCI_AOC
from codeward.datasets.ncci_mue import NCCI_MUE_DME, NCCI_MUE_OUTPATIENT, NCCI_MUE_PRACTITIONER
from codeward.datasets.ncci_ptp import NCCI_PTP_OUTPATIENT, NCCI_PTP_PRACTITIONER
from codeward.datasets.nucc_taxonomy import NUCC_TAXONOMY
from codeward.datasets.opps import OPPS_ADDENDUM_A, OPPS_ADDENDUM_B
from codeward.datasets.pos import POS
from codeward.datasets.service_categories import SERVICE_CATEGORIES

DATASETS: dict[str, Dataset] = {
    dataset.id: dataset
    for dataset in (
        ICD_10_CM,
        ICD_10_CM_NOTES,
        HCPCS,
        HCPCS_MODIFIERS,
        MODIFIERS,
        POS,
        INDICATORS,
        NUCC_TAXONOMY,
        MPFS_RVU,
        MPFS_GPCI,
        NCCI_PTP_PRACTITIONER,
        NCCI_PTP_OUTPATIENT,
        NCCI_MUE_PRACTITIONER,
        NCCI_MUE_OUTPATIENT,
        NCCI_MUE_DME,
        NCCI_AOC,
        OPPS_ADDENDUM_B,
        OPPS_ADDENDUM_A,
        ASC_AA,
        ASC_BB,
        SERVICE_CATEGORIES,
        CMS_HCC,
        CMS_HCC_LABELS,
        CMS_HCC_HIERARCHIES,
        CMS_HCC_COEFFICIENTS,
        GEMS,
        ICD_9_CM,
        CCIR,
        CCSR,
        CCSR_PROCEDURES,
        MS_DRG,
        MS_DRG_TITLES,
        MS_DRG_MDCS,
        MS_DRG_CC,
        CPT_DESCRIPTORS,
    )
}
