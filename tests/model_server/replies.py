"""Replies made by hand as the assistant makes them, of codes and documents that tests may name."""

from __future__ import annotations

from datetime import date

from codeward.assistant.reply import ANSWER, NOT_LOADED, Evidence, Reply, Statement
from codeward.core.sources import Source

DAY = date(2024, 8, 15)
PTP, MUE = "ncci-ptp-practitioner", "ncci-mue-practitioner"


def source(dataset: str, line: int = 7) -> Source:
    """A line of a file of a dataset."""
    return Source(dataset, "2024Q3", f"{dataset}.txt", line, "0" * 64, "https://www.cms.gov/x")


def told(text: str, role: str, dataset: str, *subjects: str) -> Statement:
    """A statement with a fact for each thing it is about."""
    facts = tuple(Evidence(subject, "says", text, source(dataset)) for subject in subjects)
    return Statement(text, facts, role)


PAIR = Reply(
    "Can I report 11102 with 17311 on the same day?",
    ANSWER,
    "ncci-edits",
    "pair",
    (
        told(
            "No: 11102 is not paid beside 17311 unless a modifier bypasses the edit.", "verdict", PTP, "11102", "17311"
        ),
        told(
            "The edit of 17311 (column 1) and 11102 (column 2) has modifier indicator 1.", "why", PTP, "17311", "11102"
        ),
        told("It has been in force since 2019-01-01.", "why", PTP, "17311/11102"),
        told(
            "The practice note on 59 asks for a separate lesion in the record of 11102.", "note", "modifiers", "11102"
        ),
        told("Without a second lesion the answer for 11102 would stay no.", "change", PTP, "11102"),
        told("Whether the lesions were separate was not checked for 11102.", "caveat", PTP, "11102"),
    ),
    DAY,
)
UNITS = Reply(
    "How many units of 17312 a day?",
    ANSWER,
    "ncci-edits",
    "unit-limit",
    (
        told("At most 6 units of 17312 are payable on one day.", "verdict", MUE, "17312"),
        told("The MUE of 17312 has adjudication indicator 3.", "why", MUE, "17312"),
        told("17312 is an add-on code to 17311.", "why", "ncci-aoc", "17312", "17311"),
        told("Medicaid may set another limit for 17312, which is not loaded.", "caveat", MUE, "17312"),
    ),
    DAY,
)
FEE = Reply(
    "What does Medicare pay for 17311 in Alabama?",
    ANSWER,
    "codes",
    "price",
    (
        told("The national fee of 17311 in the office is $698.02.", "verdict", "mpfs-rvu", "17311"),
        told("17311 has 6.20 work RVU.", "why", "mpfs-rvu", "17311"),
        told("17311 has a global period of 000 days.", "why", "mpfs-rvu", "17311"),
        told("Sequestration is not in the fee of 17311.", "caveat", "mpfs-rvu", "17311"),
    ),
    DAY,
)
DELETED = Reply(
    "Is J0881 still valid, and is G0101 covered?",
    ANSWER,
    "codes",
    "validity",
    (
        told("J0881 is valid on 2024-08-15.", "verdict", "hcpcs", "J0881"),
        told("G0101 was deleted on 2023-12-31 and must not be reported.", "verdict", "hcpcs", "G0101"),
        told("J0881 was added on 2006-01-01.", "why", "hcpcs", "J0881"),
        told("The policy manual asks for one line per drug.", "quote", "ncci-policy-manual", "chapter XII"),
        told("No successor of G0101 is named in the file.", "caveat", "hcpcs", "G0101"),
    ),
    DAY,
)
COVERAGE = Reply(
    "Is 11102 covered for L57.0 in Florida?",
    NOT_LOADED,
    "medicare-coverage",
    "coverage",
    (
        told(
            "Article A57162 names 11102; its diagnosis table is not loaded, so L57.0 was not checked.",
            "verdict",
            "mcd-article",
            "A57162",
            "11102",
            "L57.0",
        ),
        told("LCD L34195 is in force for 11102 since 2021-10-01.", "why", "mcd-lcd", "L34195", "11102"),
        told("First Coast is the contractor of Florida.", "why", "mcd-contractor", "Florida"),
        told("No policy found for 11102 would never mean that it is covered.", "caveat", "mcd-lcd", "11102"),
    ),
    DAY,
)
REPLIES = (PAIR, UNITS, FEE, DELETED, COVERAGE)
