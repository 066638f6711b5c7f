"""Any file of claims: recognised by what it begins with, then read claim by claim in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from codeward.core.claims import ReadClaim
from codeward.core.faults import BadFile, BadInput
from codeward.ingest.claims.csv_claims import looks_like_csv, read_csv
from codeward.ingest.claims.fhir_claims import CLAIMS, Neighbours, claim_of
from codeward.ingest.claims.json_claims import claim_from_json
from codeward.ingest.claims.json_members import Members
from codeward.ingest.claims.json_values import values
from codeward.ingest.claims.replayed import replayed
from codeward.ingest.claims.sound import structural_faults
from codeward.ingest.claims.x12.reader import read_x12

_Reader = Callable[[BinaryIO, str, date | None], Iterator[ReadClaim]]
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OTHERS = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook: unpack it, or save the sheet as CSV"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file: give it to `codeward scrub`"),
    (b"<", "XML or HTML: FHIR is read as JSON"),
)
EXPECTED = "expected claims as JSON, CSV with a header, X12 837 (beginning with ISA) or FHIR JSON"


def read_claims(path: Path | BinaryIO, name: str = "", *, today: date | None = None) -> Iterator[ReadClaim]:
    """Every claim of a file with its structural faults; `today` is the day past which no service can lie.

    The form is recognised by content: Codeward's JSON, a CMS-1500 style CSV, X12 837P or 837I, FHIR R4 Claim or
    ExplanationOfBenefit. Claims come as they are read; memory does not grow with the file. Without `today`, days to
    come are not looked for. Raises BadFile where the file is none of these or breaks off its form, BadInput where a
    JSON claim has a member that does not fit; what was readable before has been handed out by then.
    """
    if isinstance(path, Path):
        name = name or path.name
        try:
            stream = path.open("rb")
        except OSError as fault:
            raise BadInput(f"{path}: {fault.strerror or 'cannot be opened'}") from fault
        with stream:
            yield from _read(stream, name, today)
    else:
        yield from _read(path, name or "claims", today)


def _read(stream: BinaryIO, name: str, today: date | None) -> Iterator[ReadClaim]:
    head, whole = replayed(stream)
    yield from _reader_for(head, name)(whole, name, today)


def _reader_for(head: bytes, name: str) -> _Reader:
    """Which form the file has; raises BadFile where it has none that is read."""
    text = head.removeprefix(_BOMS[0]).lstrip()
    if not text:
        raise BadFile(name, f"the file is empty; {EXPECTED}")
    if text[:1] in b"{[":
        return _read_json
    if text[:3].upper() == b"ISA":
        return read_x12
    if text[:3].upper() in (b"GS*", b"ST*", b"BHT", b"CLM"):
        raise BadFile(name, "this looks like an 837 without its ISA segment, from which the delimiters are read", 1)
    for beginning, what in _OTHERS:
        if text.startswith(beginning):
            raise BadFile(name, f"this is {what}; {EXPECTED}")
    if looks_like_csv(head):
        return read_csv
    raise BadFile(name, EXPECTED)


def form_of(stream: BinaryIO, name: str) -> str:
    """parquet, json, x12 or csv, from a file's first bytes; BadFile where claims are in none of these."""
    head, _ = replayed(stream)
    if head.startswith(b"PAR1"):
        return "parquet"
    reader = _reader_for(head, name)
    return "x12" if reader is read_x12 else "csv" if reader is read_csv else "json"


def _read_json(stream: BinaryIO, name: str, today: date | None) -> Iterator[ReadClaim]:
    """Codeward's own claims and FHIR resources, told apart by `resourceType`."""
    before, others, count = Neighbours(), dict[str, None](), 0
    for path, value in values(stream, name):
        try:
            resource, full_url = _resource(value, path)
            if resource is None:
                claim = claim_from_json(value, path)
                found = ReadClaim(claim, structural_faults(claim, today), path)
            elif (kind := resource.text("resourceType")) in CLAIMS:
                found = _with_structure(claim_of(resource, before), today)
            else:
                others[kind] = None
                before.remember(resource, full_url)
                continue
        except BadInput as fault:
            raise BadInput(f"{name}: {fault}") from None
        count += 1
        yield found
    if not count:
        held = f"; it holds {', '.join(list(others)[:5])}" if others else ""
        raise BadFile(name, f"there is no claim in it{held}; expected claims, or FHIR Claim or ExplanationOfBenefit")


def _resource(value: object, path: str) -> tuple[Members | None, str]:
    """A FHIR resource, by itself or as the entry of a Bundle, with the address the entry gives it."""
    if not isinstance(value, dict):
        return None, ""
    if "resourceType" in value:
        return Members.of(value, path), ""
    if "resource" in value:
        entry = Members.of(value, path)
        return Members.of(value["resource"], entry.at("resource")), entry.text("fullUrl")
    return None, ""


def _with_structure(found: ReadClaim, today: date | None) -> ReadClaim:
    if found.claim is None:
        return found
    return replace(found, faults=(*found.faults, *structural_faults(found.claim, today)))
