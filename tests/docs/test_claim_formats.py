"""The pages on claim formats and X12 findings say what the code does."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from codeward.ingest.claims import csv_columns, json_claims
from codeward.ingest.claims.x12 import party_steps
from codeward.ingest.claims.x12.rules import RULES

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
FORMATS = (REFERENCE / "claim-formats.md").read_text(encoding="utf-8")
FINDINGS = (REFERENCE / "x12-findings.md").read_text(encoding="utf-8")


def test_every_rule_stands_in_the_table_as_it_is() -> None:
    for rule in RULES.values():
        reasons = f"{rule.carc} | {', '.join(rule.rarc)}"
        assert f"| {rule.id} | {rule.severity} | {rule.meaning} | {rule.document} | {reasons} |" in FINDINGS
    assert set(re.findall(r"^\| (X12\.[A-Z0-9-]+)", FINDINGS, re.MULTILINE)) == set(RULES)


def test_the_reason_codes_are_in_our_table() -> None:
    table = ROOT / "src" / "codeward" / "datasets" / "tables" / "carc_rarc.csv"
    with table.open(encoding="utf-8", newline="") as file:
        known = {(row["Kind"], row["Code"]) for row in csv.DictReader(file)}
    used = {("rarc", code) for rule in RULES.values() for code in rule.rarc}
    used |= {("carc", rule.carc) for rule in RULES.values() if rule.carc}
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/codeward/ingest/claims").rglob("*.py"))
    used |= {("rarc", code) for code in re.findall(r'rarc=\("([A-Z0-9]+)"', source)}
    used |= {("rarc", code) for code in party_steps._NPI_REMARKS.values()}
    assert used <= known


def test_every_column_and_member_is_documented() -> None:
    numbered = {*csv_columns.DIAGNOSES, *csv_columns.MODIFIERS}
    names = {*csv_columns.NAMES, "dx1", "dx12", "mod1", "mod4"} - (numbered - {"dx1", "dx12", "mod1", "mod4"})
    names |= json_claims._CLAIM | json_claims._PAST_LINE | json_claims._PATIENT
    assert {name for name in names if name not in FORMATS} == set()


def test_every_fault_of_other_forms_is_documented() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/codeward/ingest/claims").glob("*.py"))
    rules = set(re.findall(r'"((?:CSV|FHIR)\.[A-Z]+)"', sources))
    assert rules == set(re.findall(r"`((?:CSV|FHIR)\.[A-Z]+)`", FORMATS))
