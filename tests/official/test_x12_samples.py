"""Published 837 samples, and claims of our own writing, read by us and by pyx12: the same claims and verdicts."""

from __future__ import annotations

import csv
import io
import json
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pyx12.params import ParamsBase
from pyx12.x12file import X12Reader
from pyx12.x12n_document import x12n_document

from codeward.core.claims import Claim, ReadClaim
from codeward.ingest.claims import claim_from_json, read_claims
from codeward.ingest.claims.x12.segments import Segments
from making_claims import A_CLAIM, PLANTED, Style, many_claims, planted, write_837p

TODAY = date(2026, 11, 24)
NPI_ONLY = {"X12.NPI"}
DIFFERENT: dict[str, set[str]] = {
    **dict.fromkeys(
        (
            "demo.autoaccident.837",
            "demo.cob.example3.C.837",
            "demo.example2.837",
            "demo.example7.837",
            "demo.example8.837",
        ),
        NPI_ONLY,
    ),
    "demo.cob.example3.B.837": {"X12.NPI", "X12.N4"},
    "sample.txt": {"X12.NPI", "X12.POINTER"},
}
"""Samples that pyx12 takes and we do not, by what we say of them: it checks neither check digits nor whether a ZIP has
five or nine digits nor whether a pointer points to a diagnosis."""
LEFT_OUT = {"institutional-ppo-repriced.837": "72255589"}
"""An inpatient claim, for which there are no edits: told as X12.SETTING and not handed out."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """pyx12 logs what it finds."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def samples(official: Path) -> dict[str, str]:
    with zipfile.ZipFile(official / "x12" / "x12-samples.zip") as archive:
        names = [name for name in archive.namelist() if "837" in name and "837d" not in name and not name.endswith("/")]
        return {name.rpartition("/")[2]: archive.read(name).decode() for name in names}


def read(text: str) -> list[ReadClaim]:
    return list(read_claims(io.BytesIO(text.encode()), "x.837", today=TODAY))


def denied(found: list[ReadClaim]) -> set[str]:
    return {fault.rule for item in found for fault in item.faults if fault.severity == "deny"}


def taken_by_pyx12(text: str) -> bool:
    """Its verdict; samples that name an addendum or envelope for which it has no map are read with one it has."""
    text = text.replace("005010X222A2", "005010X222A1")
    if "004010X" in text:
        text = text.replace("*^*00501*", "*U*00401*")
    return bool(x12n_document(ParamsBase(), io.StringIO(text), io.StringIO(), None))


@pytest.mark.official
def test_the_samples_hold_what_pyx12_finds_in_them(official: Path) -> None:
    files = samples(official)
    assert len(files) == 30
    for name, text in files.items():
        theirs = list(X12Reader(io.StringIO(text)))
        segments = Segments(io.BytesIO(text.encode()), name)
        assert [elements[0] for elements in segments] == [segment.get_seg_id() for segment in theirs], name
        heads = [segment for segment in theirs if segment.get_seg_id() == "CLM"]
        claims = [item.claim for item in read(text) if item.claim]
        totals = [
            (claim.claim_id, sum((line.charge or Decimal(0) for line in claim.lines), Decimal(0))) for claim in claims
        ]
        expected = [(head.get_value("CLM01"), Decimal(head.get_value("CLM02"))) for head in heads]
        assert totals == [item for item in expected if item[0] != LEFT_OUT.get(name)], name


@pytest.mark.official
def test_the_samples_get_the_verdict_of_pyx12(official: Path) -> None:
    for name, text in samples(official).items():
        told = denied(read(text))
        if name in DIFFERENT:
            assert (told, taken_by_pyx12(text)) == (DIFFERENT[name], True), name
        else:
            assert (not told) == taken_by_pyx12(text), (name, told)


@pytest.mark.official
def test_what_is_no_837_of_ours_is_refused(official: Path) -> None:
    with zipfile.ZipFile(official / "x12" / "x12-samples.zip") as archive:
        others = [name for name in archive.namelist() if name.rpartition(".")[2] in ("835", "277", "270", "271")]
        others.append("moov/examples/example_5010_837d/sample.txt")
        for name in others:
            with pytest.raises(Exception, match="there is no 837P or 837I in it: transaction set") as fault:
                read(archive.read(name).decode())
            assert type(fault.value).__name__ == "BadFile"


def test_a_sound_claim_is_taken_by_both() -> None:
    for style in (Style(), Style("|", ">", "!", "\n"), Style(line_end="\r\n", claims_a_set=2)):
        text = write_837p([A_CLAIM, *many_claims(5)], style)
        assert taken_by_pyx12(text)
        assert denied(read(text)) == set()


def test_of_the_planted_faults_pyx12_finds_four_and_we_find_eight() -> None:
    sound = write_837p([A_CLAIM])
    theirs = {fault.name for fault in PLANTED if not taken_by_pyx12(planted(fault, sound))}
    ours = {fault.name for fault in PLANTED if denied(read(planted(fault, sound)))}
    assert theirs == {"malformed modifier", "bad POS", "missing N4", "wrong SE count"}
    assert ours == {fault.name for fault in PLANTED} - {"non-existent ICD-10", "non-existent HCPCS"}


def cases(official: Path) -> list[Claim]:
    """The practitioner claims of the cases, with the address without which there is no 837 and without history."""
    values = json.loads((official.parent / "cases" / "claims.json").read_text(encoding="utf-8"))
    claims = [claim_from_json(value["claim"]) for value in values]
    return [
        replace(claim, state=claim.state or "MD", zip=claim.zip or "212011234", history=())
        for claim in claims
        if claim.setting == "practitioner"
    ]


@pytest.mark.official
def test_the_cases_survive_the_way_through_an_837(official: Path) -> None:
    claims = cases(official)
    assert len(claims) == 139
    assert [item.claim for item in read(write_837p(claims, Style(claims_a_set=20))) if item.claim] == claims


@pytest.mark.official
def test_the_cases_survive_the_way_through_a_csv(official: Path) -> None:
    claims = cases(official)
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    head = [
        "claim_id",
        "patient_id",
        "birth_date",
        "sex",
        "payer",
        "billing_npi",
        "rendering_npi",
        "taxonomy",
        "clia",
        "pos",
        "zip",
        "state",
    ]
    rows.writerow(
        [*head, *(f"dx{number}" for number in range(1, 13)), "date", "code", "modifiers", "pointers", "units", "charge"]
    )
    for claim in claims:
        patient = claim.patient
        codes = [*claim.diagnoses, *[""] * (12 - len(claim.diagnoses))]
        for line in claim.lines:
            pointers = "".join("ABCDEFGHIJKL"[pointer - 1] for pointer in line.diagnosis_pointers)
            whole = [claim.claim_id, patient.id, patient.birth_date, patient.sex, claim.payer, claim.billing_npi]
            whole += [claim.rendering_npi, claim.taxonomy, claim.clia, claim.place_of_service, claim.zip, claim.state]
            own = [line.day, line.code, " ".join(line.modifiers), pointers, line.units, line.charge]
            rows.writerow([*whole, *codes, *own])
    assert [item.claim for item in read(out.getvalue()) if item.claim] == claims
