"""The columns of a CSV of claims: what each is called, which must be there, what separates them."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Sequence

from codeward.core.faults import BadFile

SEPARATORS = (",", "\t", ";")
DIAGNOSES = tuple(f"dx{number}" for number in range(1, 13))
MODIFIERS = ("mod1", "mod2", "mod3", "mod4")
NAMES: dict[str, tuple[str, ...]] = {
    "claim_id": ("claim", "claim_number", "claim_no", "account", "account_number", "patient_account_number"),
    "patient_id": ("patient", "member_id", "insured_id", "mbi", "beneficiary_id", "patient_number"),
    "birth_date": ("dob", "patient_dob", "date_of_birth", "patient_birth_date", "birthdate"),
    "sex": ("gender", "patient_sex", "patient_gender"),
    "payer": ("payer_name", "insurance"),
    "setting": (),
    "billing_npi": ("billing_provider_npi", "billing_provider"),
    "rendering_npi": ("rendering_provider_npi", "rendering_provider", "npi"),
    "taxonomy": ("taxonomy_code", "provider_taxonomy"),
    "clia": ("clia_number", "clia_no"),
    "place_of_service": ("pos", "place"),
    "zip": ("zip_code", "service_zip", "postal_code"),
    "state": ("service_state",),
    "locality": ("mac_locality",),
    "code": ("hcpcs", "cpt", "cpt_hcpcs", "hcpcs_code", "cpt_code", "procedure", "procedure_code", "proc_code"),
    "date": ("from_date", "dos", "service_date", "date_of_service", "dos_from", "from", "from_dos"),
    "to_date": ("through_date", "thru_date", "dos_to", "to", "last_date", "to_dos"),
    "modifiers": ("modifier", "mods", "mod"),
    "pointers": ("pointer", "dx_pointer", "dx_pointers", "diagnosis_pointer", "diagnosis_pointers"),
    "units": ("unit", "quantity", "qty", "days_or_units", "service_units"),
    "measure": ("unit_of_measure", "units_measure"),
    "charge": ("charges", "charge_amount", "billed", "billed_amount", "line_charge"),
    "line": ("line_number", "line_no", "number"),
    "revenue_code": ("revenue", "rev_code", "rev"),
    "diagnoses": ("dx", "diagnosis_codes", "icd", "icd_10", "icd10", "diagnosis"),
    **{
        name: (f"dx_{name[2:]}", f"diagnosis_{name[2:]}", f"diagnosis{name[2:]}", f"icd{name[2:]}")
        for name in DIAGNOSES
    },
    **{name: (f"mod_{name[3:]}", f"modifier_{name[3:]}", f"modifier{name[3:]}", f"m{name[3:]}") for name in MODIFIERS},
}
"""Each column under its own name, with the other names it goes by; dxA to dxL are dx1 to dx12."""
NEEDED = ("claim_id", "code", "date")
_LETTERED = re.compile(r"(?:dx|diagnosis)_?([a-l])")
_BY_NAME = {other: name for name, others in NAMES.items() for other in (name, *others)}


def separator_of(line: str) -> str:
    """What separates the cells of a header line: comma, tab or semicolon, whichever is there most."""
    return max(SEPARATORS, key=line.count)


def is_header(line: str) -> bool:
    """Whether a first line could be the header of a CSV of claims: most of the columns it needs are named in it."""
    try:
        cells = next(csv.reader([line], delimiter=separator_of(line)), [])
    except csv.Error:
        return False
    return len({_named(cell) for cell in cells} & set(NEEDED)) >= 2


def columns_of(header: Sequence[str], file: str, line: int) -> dict[str, int]:
    """The place of each column; raises BadFile where one is missing, twice, or nearly named.

    Columns with names of their own are passed over: they do no harm. One whose name is nearly known is refused, since
    passing over it would lose what was meant.
    """
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = _named(cell)
        if name in found:
            raise BadFile(file, f"two columns hold {name}: {header[found[name]]!r} and {cell!r}", line, cell)
        if name:
            found[name] = index
        elif near := _nearly(_plain(cell)):
            raise BadFile(file, f"no such column; {near!r} is expected", line, cell)
    for name in NEEDED:
        if name not in found:
            others = ", ".join(NAMES[name][:3])
            raise BadFile(file, f"there is no column {name} (also called {others})", line)
    return found


def given(columns: dict[str, int], names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Those of the named columns that are there, in the order named."""
    for name in names:
        if name in columns:
            yield name, columns[name]


def _plain(cell: str) -> str:
    return re.sub(r"[\s\-./#]+", "_", cell.strip().lower()).strip("_")


def _named(cell: str) -> str:
    plain = _plain(cell)
    lettered = _LETTERED.fullmatch(plain)
    if lettered:
        return f"dx{ord(lettered[1]) - ord('a') + 1}"
    return _BY_NAME.get(plain, "")


def _nearly(plain: str) -> str:
    """A name that differs from this one by a slip in a word: chrage, place_of_servce; not billing_provider_name."""
    words = plain.split("_")
    for name in _BY_NAME:
        others = name.split("_")
        if len(others) == len(words) and all(map(_alike, words, others)):
            return name
    return ""


def _alike(word: str, other: str) -> bool:
    return word == other or (len(word) > 3 and difflib.SequenceMatcher(None, word, other).ratio() >= 0.8)
