"""The structural rules of 837 claims: id, severity, what a payer's remittance would say, and where each is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codeward.core.claims import Finding


@dataclass(frozen=True, slots=True)
class Rule:
    """One structural rule; `carc` and `rarc` are what is typical, empty where the file is refused before payment."""

    id: str
    severity: str
    meaning: str
    document: str
    carc: str = ""
    rarc: tuple[str, ...] = ()


_ENVELOPE = "TR3 appendix B.1.1 (interchange and functional group control)"
RULES = {
    rule.id: rule
    for rule in (
        Rule("X12.SE-COUNT", "deny", "SE01 is not the number of segments from ST to SE, or SE is missing.", _ENVELOPE),
        Rule("X12.GE-COUNT", "deny", "GE01 is not the number of transaction sets, or GE is missing.", _ENVELOPE),
        Rule("X12.IEA-COUNT", "deny", "IEA01 is not the number of functional groups, or IEA is missing.", _ENVELOPE),
        Rule(
            "X12.CONTROL",
            "deny",
            "A trailer repeats another control number than its header, or one is used twice.",
            _ENVELOPE,
        ),
        Rule("X12.TRUNCATED", "deny", "The file ends inside a segment, a claim or an envelope.", _ENVELOPE),
        Rule(
            "X12.VERSION",
            "deny",
            "The transaction set is no 837P or 837I of version 005010.",
            "45 CFR 162.1102; GS08, ST03",
        ),
        Rule(
            "X12.SEGMENT",
            "deny",
            "A segment is unknown, out of place, missing, or too long.",
            "TR3 section 3, ISA: X12.5",
        ),
        Rule("X12.CASE", "warn", "Segment ids are in lower case.", "TR3 appendix B.1.1.2.2 (basic character set)"),
        Rule(
            "X12.HL",
            "deny",
            "Hierarchical levels are not numbered 1, 2, 3, or name a parent that is not there.",
            "TR3 2000A-C HL",
        ),
        Rule(
            "X12.ID",
            "deny",
            "An identifier is missing, too long or used twice.",
            "TR3 CLM01, 2010AA REF, 2010BA NM109",
            "16",
            ("MA130",),
        ),
        Rule(
            "X12.NPI",
            "deny",
            "An NPI is missing, is not ten digits, or its check digit is wrong.",
            "45 CFR 162.406; TR3 NM109",
            "207",
            ("N257",),
        ),
        Rule(
            "X12.N4",
            "deny",
            "A party that needs an address has none, or its ZIP or state cannot be one.",
            "TR3 2010AA, 2010BA, 2010CA, 2310C N3, N4",
            "16",
            ("MA130",),
        ),
        Rule(
            "X12.TOTAL",
            "deny",
            "CLM02 is not the sum of the line charges, or a charge is no amount.",
            "TR3 CLM02",
            "16",
            ("M54",),
        ),
        Rule(
            "X12.HI",
            "deny",
            "Diagnoses are missing, too many, in the wrong order or of the wrong form.",
            "TR3 2300 HI",
            "16",
            ("M76",),
        ),
        Rule(
            "X12.POINTER",
            "deny",
            "A diagnosis pointer is missing or points to no diagnosis.",
            "TR3 SV107",
            "16",
            ("M76",),
        ),
        Rule(
            "X12.DATE",
            "deny",
            "A day is missing, impossible, still to come, or before the patient was born.",
            "TR3 2400 DTP, 2300 DTP, DMG02",
            "16",
            ("M52",),
        ),
        Rule(
            "X12.CODE",
            "deny",
            "A procedure code or NDC does not have the form of one.",
            "TR3 SV101, SV202, LIN03",
            "16",
            ("M51",),
        ),
        Rule("X12.MODIFIER", "deny", "A modifier is not two letters or digits.", "TR3 SV101-3 to -6", "4", ("N823",)),
        Rule(
            "X12.POS",
            "deny",
            "The place of service is missing or not in the table.",
            "TR3 CLM05-1, SV105",
            "16",
            ("M77",),
        ),
        Rule("X12.TOB", "deny", "The type of bill is missing or malformed.", "TR3 837I CLM05", "16", ("MA30",)),
        Rule(
            "X12.SETTING",
            "warn",
            "An institutional claim of a type of bill for which Codeward has no edits.",
            "TR3 837I CLM05; Claims Processing Manual, chapter 25, section 75.1",
        ),
        Rule(
            "X12.UNITS",
            "deny",
            "Units are missing, zero, negative or no number, or their measure is unknown.",
            "TR3 SV103, SV104, SV204, SV205",
            "16",
            ("M53",),
        ),
        Rule(
            "X12.LINES",
            "deny",
            "A claim has no lines, too many, or lines out of number.",
            "TR3 2400 LX",
            "16",
            ("MA130",),
        ),
        Rule(
            "X12.REPLACEMENT",
            "deny",
            "A replacement or void names no earlier claim.",
            "TR3 CLM05-3, 2300 REF F8",
            "16",
            ("M47",),
        ),
    )
}


def finding(
    rule: str,
    message: str,
    *,
    lines: Iterable[int] = (),
    code: str = "",
    severity: str = "",
    carc: str = "",
    rarc: tuple[str, ...] = (),
) -> Finding:
    """A finding of a structural rule; what is named here stands in for the rule's own severity and reason codes."""
    of = RULES[rule]
    return Finding(rule, severity or of.severity, tuple(lines), code, message, carc or of.carc, rarc or of.rarc)
