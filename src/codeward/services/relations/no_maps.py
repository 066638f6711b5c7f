"""Maps that do not exist officially, or are under licences of their own: said, so that none is made up."""

from __future__ import annotations

from codeward.core.codes import SYSTEM_NAMES
from codeward.services.relations.values import ICD_9, PROCEDURES, REVENUE, SPECIALTY, NoMap

_ARTICLES = (
    "The closest official links are the code lists of Medicare's coverage articles and of national coverage "
    "determinations (the lists of the latter are not loaded), and they say what a contractor lists, not which "
    "diagnosis a service belongs to."
)
_PROCEDURE = {
    "icd-10-cm": f"There is no official CPT to ICD-10-CM crosswalk, nor one from HCPCS Level II. {_ARTICLES}",
    "icd-10-pcs": (
        "There is no official crosswalk from CPT or HCPCS Level II to ICD-10-PCS: the first is for practitioners and "
        "outpatients, the second for hospital inpatients. What was done is coded anew from the record."
    ),
    "cdt": "No map to CDT is loaded: dental codes are the ADA's and need its licence.",
    "ndc": "CMS publishes, with each quarter's drug limits, which package codes (NDC) bill under a HCPCS code; that "
    "file is not among the datasets.",
}
_DIAGNOSIS = {
    "cpt": f"There is no official ICD-10-CM to CPT crosswalk. {_ARTICLES}",
    "hcpcs": f"There is no official ICD-10-CM to HCPCS crosswalk. {_ARTICLES}",
    "icd-10-pcs": "There is no official crosswalk from diagnoses to ICD-10-PCS procedures.",
}
_INPATIENT = {
    "cpt": "There is no official crosswalk from ICD-10-PCS to CPT or HCPCS Level II.",
    "icd-10-cm": "There is no official crosswalk from ICD-10-PCS procedures to diagnoses.",
}
_EVERYWHERE = {
    "snomed-ct": "No map to SNOMED CT is loaded: the NLM's map to ICD-10-CM comes under the UMLS licence, and the one "
    "to CPT under the AMA's.",
    "loinc": "No map to LOINC is loaded: the ones there are come under licences of Regenstrief and the AMA.",
}
_BY_SYSTEM = {"icd-10-cm": _DIAGNOSIS, "icd-10-pcs": _INPATIENT, **dict.fromkeys(PROCEDURES, _PROCEDURE)}
TARGETS = ("cpt", "hcpcs", "icd-10-cm", "icd-10-pcs", ICD_9, SPECIALTY, REVENUE, "taxonomy", *_EVERYWHERE, "cdt", "ndc")
"""Systems that may be asked for."""


def no_maps(system: str, to: str, *, known: bool) -> tuple[NoMap, ...]:
    """What is to be said of maps that are not there, for all targets or the one asked for.

    `known` says that some basis leads to the target: where none does, that is said too.
    """
    said = {**_BY_SYSTEM.get(system, {}), **_EVERYWHERE}
    found = tuple(NoMap(target, text) for target, text in said.items() if to in ("", target))
    if not to or found or known:
        return found
    return (NoMap(to, f"Nothing that Codeward knows of relates {SYSTEM_NAMES[system]} codes to {to}."),)
