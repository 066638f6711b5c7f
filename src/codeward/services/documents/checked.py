"""Checked documents: claims after checking as plain JSON values."""

from __future__ import annotations

from codeward.core.claims import CheckedClaim, Finding, ReadClaim
from codeward.services.documents.answers import Document
from codeward.services.documents.payments import payment_document


def checked_document(checked: CheckedClaim) -> Document:
    """One claim: verdict, findings, what was not checked, and the payment."""
    return {
        "claim_id": checked.claim.claim_id,
        "verdict": checked.verdict,
        "findings": [finding_document(item) for item in checked.findings],
        "not_checked": [{"rule": item.rule, "reason": item.reason} for item in checked.not_checked],
        "payment": payment_document(checked.payment) if checked.payment else None,
    }


def finding_document(finding: Finding) -> Document:
    """One finding; `lines` begins with the line it stands at."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "lines": list(finding.lines),
        "code": finding.code,
        "with": finding.with_code or None,
        "message": finding.message,
        "carc": finding.carc or None,
        "rarc": list(finding.rarc),
        "remedy": finding.remedy,
        "sources": [source.as_dict() for source in finding.sources],
    }


def unread_document(read: ReadClaim) -> Document:
    """Faults of a file where no claim could be read."""
    return {"place": read.place, "findings": [finding_document(item) for item in read.faults]}
