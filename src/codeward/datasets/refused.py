"""Refused: files that publishers send along and no dataset reads, each with the reason a build gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNKNOWN = "no dataset has a file of this name"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Names of files (a regular expression over the whole path) and why they are left aside."""

    names: str
    reason: str


REFUSALS = (
    Refusal(r"(^|/)(README|LICENSE|VERSION)[^/]*$", "a note about files, no file of a publication"),
    Refusal(r"(^|/)excerpts?[_-]|\.excerpt", "an excerpt: pair edits load only with all four parts of a version"),
    Refusal(r"[_-]?record_?layout|lyout\.txt$|_layout", "a record layout: it describes a file and holds no rows of it"),
    Refusal(r"HCPC.*(README|Trans).*|Changes_by_.*\.prn$|proc_notes", "a reading aid to the alphanumeric file"),
    Refusal(r"\.xsd$", "a schema: it describes a file and holds no rows of it"),
    Refusal(r"\.pdf$", "a document for people: only the NCCI policy manual is read from a PDF"),
    Refusal(
        r"in-network-rates|allowed-amounts|table-of-contents|price-transparency-guide",
        "payer price files are not read yet",
    ),
    Refusal(r"hospital-price-transparency", "hospital charge files are not read yet"),
    Refusal(
        r"x12-samples|\.(837|835|27[0-9]|edi|x12)$", "a claim or remittance, not reference data: see `codeward check`"
    ),
    Refusal(
        r"(^|/)V2[0-9][0-9A-Z]*(I0ED1|T[0-9][MN])\.TXT$",
        "a SAS program of the CMS-HCC software: it computes, and holds no table of codes",
    ),
    Refusal(r"V24_label_short\.json$", "short names that are not CMS's: the labels are read from its own files"),
    Refusal(r"coverage-api\.json$", "the description of an interface"),
    Refusal(r"mcd_export_headers\.json$", "a list of headings: the export tables themselves are read"),
    Refusal(r"bfd-rif|rif-synthea", "claims, not reference data"),
)


def reason_for(path: str) -> str:
    """Why the file at this path (archive and members joined by slashes) is left aside."""
    for refusal in REFUSALS:
        if re.search(refusal.names, path, re.IGNORECASE):
            return refusal.reason
    return UNKNOWN
