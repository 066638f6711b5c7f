"""Every dataset Codeward knows, by id; adding one is adding its file and its name here."""

from __future__ import annotations

from codeward.datasets.asc import ASC_AA, ASC_BB
from codeward.datasets.asc_addenda import ASC_EE, ASC_FF
from codeward.datasets.asp import ASP
from codeward.datasets.carc_rarc import CARC_RARC, CARC_RARC_TEXT
from codeward.datasets.ccsr import CCSR, CCSR_PROCEDURES
from codeward.datasets.chronic_conditions import CCIR
from codeward.datasets.claims_processing_manual import CLAIMS_PROCESSING_MANUAL
from codeward.datasets.clfs import CLFS
from codeward.datasets.cms_hcc import CMS_HCC
from codeward.datasets.county_locality import COUNTY_LOCALITY
from codeward.datasets.cpt_descriptors import CPT_DESCRIPTORS
from codeward.datasets.declare import Dataset
from codeward.datasets.dmepos import DMEPOS, DMEPOS_RURAL_ZIP
from codeward.datasets.gems import GEMS
from codeward.datasets.hcc_software import CMS_HCC_COEFFICIENTS, CMS_HCC_HIERARCHIES, CMS_HCC_LABELS
from codeward.datasets.hcpcs import HCPCS
from codeward.datasets.icd_9_cm import ICD_9_CM
from codeward.datasets.icd_10_cm import ICD_10_CM, ICD_10_CM_NOTES
from codeward.datasets.icd_10_cm_addenda import ICD_10_CM_ADDENDA
from codeward.datasets.icd_10_cm_guidelines import ICD_10_CM_GUIDELINES
from codeward.datasets.icd_10_cm_index import ICD_10_CM_EXTERNAL_CAUSES, ICD_10_CM_INDEX
from codeward.datasets.icd_10_cm_tables import ICD_10_CM_DRUGS, ICD_10_CM_NEOPLASMS
from codeward.datasets.icd_10_pcs import ICD_10_PCS
from codeward.datasets.icd_10_pcs_addenda import ICD_10_PCS_ADDENDA
from codeward.datasets.icd_10_pcs_dates import ICD_10_PCS_DATES
from codeward.datasets.icd_10_pcs_definitions import ICD_10_PCS_DEFINITIONS, ICD_10_PCS_DEVICES
from codeward.datasets.icd_10_pcs_index import ICD_10_PCS_INDEX
from codeward.datasets.icd_10_pcs_tables import ICD_10_PCS_TABLES
from codeward.datasets.indicators import INDICATORS
from codeward.datasets.mcd import MCD
from codeward.datasets.mcd_documents import MCD_DOCUMENTS
from codeward.datasets.modifiers import HCPCS_MODIFIERS, MODIFIERS
from codeward.datasets.mpfs_anesthesia import MPFS_ANESTHESIA, MPFS_ANESTHESIA_BASE
from codeward.datasets.mpfs_gpci import MPFS_GPCI
from codeward.datasets.mpfs_rvu import MPFS_RVU
from codeward.datasets.ms_drg import MS_DRG, MS_DRG_CC, MS_DRG_MDCS, MS_DRG_TITLES
from codeward.datasets.ncci_aoc import NCCI_AOC
from codeward.datasets.ncci_mue import NCCI_MUE_DME, NCCI_MUE_OUTPATIENT, NCCI_MUE_PRACTITIONER
from codeward.datasets.ncci_policy_manual import NCCI_POLICY_MANUAL, NCCI_POLICY_MANUAL_CODES
from codeward.datasets.ncci_ptp import NCCI_PTP_OUTPATIENT, NCCI_PTP_PRACTITIONER
from codeward.datasets.nucc_taxonomy import NUCC_TAXONOMY
from codeward.datasets.opps import OPPS_ADDENDUM_A, OPPS_ADDENDUM_B
from codeward.datasets.opps_cap import OPPS_CAP
from codeward.datasets.opps_indicators import OPPS_ADDENDUM_D1
from codeward.datasets.pos import POS
from codeward.datasets.practice_notes import PRACTICE_NOTES
from codeward.datasets.revenue_codes import REVENUE_CODES
from codeward.datasets.service_categories import SERVICE_CATEGORIES
from codeward.datasets.taxonomy_specialty import TAXONOMY_SPECIALTY
from codeward.datasets.zip_locality import ZIP9_LOCALITY, ZIP_LOCALITY

DATASETS: dict[str, Dataset] = {
    dataset.id: dataset
    for dataset in (
        ICD_10_CM,
        ICD_10_CM_NOTES,
        ICD_10_CM_INDEX,
        ICD_10_CM_EXTERNAL_CAUSES,
        ICD_10_CM_NEOPLASMS,
        ICD_10_CM_DRUGS,
        ICD_10_CM_ADDENDA,
        ICD_10_PCS,
        ICD_10_PCS_DATES,
        ICD_10_PCS_TABLES,
        ICD_10_PCS_INDEX,
        ICD_10_PCS_DEFINITIONS,
        ICD_10_PCS_DEVICES,
        ICD_10_PCS_ADDENDA,
        HCPCS,
        HCPCS_MODIFIERS,
        MODIFIERS,
        POS,
        TAXONOMY_SPECIALTY,
        REVENUE_CODES,
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
        NCCI_POLICY_MANUAL,
        NCCI_POLICY_MANUAL_CODES,
        ICD_10_CM_GUIDELINES,
        CLAIMS_PROCESSING_MANUAL,
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
        MPFS_ANESTHESIA,
        MPFS_ANESTHESIA_BASE,
        ZIP_LOCALITY,
        ZIP9_LOCALITY,
        COUNTY_LOCALITY,
        OPPS_CAP,
        OPPS_ADDENDUM_D1,
        ASC_EE,
        ASC_FF,
        CLFS,
        ASP,
        DMEPOS,
        DMEPOS_RURAL_ZIP,
        CARC_RARC,
        CARC_RARC_TEXT,
        MCD_DOCUMENTS,
        *MCD,
        PRACTICE_NOTES,
    )
}
