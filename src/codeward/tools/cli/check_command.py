"""`codeward check`: claims from a file or standard input, every finding with its rule, remedy and sources."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from codeward.core.claims import CheckedClaim, Finding, Payment, ReadClaim
from codeward.core.faults import BadInput
from codeward.services.documents.checked import checked_document, unread_document
from codeward.tools.cli import output
from codeward.tools.cli.options import AnyDay, AsJson, LibraryHome, day, opened

_VERDICTS = {
    "clean": "clean: every rule was applied and found nothing",
    "findings": "findings: see below",
    "incomplete": "incomplete: nothing was found, but not everything could be checked",
}


def check(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="JSON, CSV, 837P, 837I or FHIR; - for standard input.")],
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Claims against every rule as of each line's date of service, and what Medicare would pay."""
    from codeward.ingest.claims import read_claims
    from codeward.services.check_claim import check_read

    today = day("")
    held = opened(library)
    with _stream(file) as stream:
        name = "standard input" if file == "-" else file
        checked = list(check_read(held, read_claims(stream, name, today=today), today))
    claims = [item for item in checked if isinstance(item, CheckedClaim)]
    unread = [item for item in checked if isinstance(item, ReadClaim)]
    if as_json:
        document = {"claims": [checked_document(item) for item in claims]}
        output.say_json({**document, "file": [unread_document(item) for item in unread]})
        return
    for line in _told(claims, unread):
        output.out.print(line, markup=False, soft_wrap=True)


def _stream(file: str) -> BinaryIO:
    if file == "-":
        return io.BytesIO(sys.stdin.buffer.read())
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from None


def _told(claims: list[CheckedClaim], unread: list[ReadClaim]) -> Iterator[str]:
    for read in unread:
        yield from (_finding(item) for item in read.faults)
    for checked in claims:
        yield f"Claim {checked.claim.claim_id}: {_VERDICTS[checked.verdict]}"
        for finding in checked.findings:
            yield _finding(finding)
            if finding.remedy:
                yield f"      {finding.remedy}"
            yield from (f"      {source.citation}" for source in finding.sources)
        for item in checked.not_checked:
            yield f"  not checked  {item.rule}: {item.reason}"
        yield from _paid(checked.payment) if checked.payment else ()
        yield ""


def _finding(finding: Finding) -> str:
    lines = f" line {', '.join(map(str, finding.lines))}" if finding.lines else ""
    codes = " ".join(item for item in (f"CARC {finding.carc}" if finding.carc else "", *finding.rarc) if item)
    return f"  {finding.severity:4} {finding.rule}{lines}: {finding.message}{f' [{codes}]' if codes else ''}"


def _paid(payment: Payment) -> Iterator[str]:
    for line in payment.lines:
        amount = "not priced" if line.amount is None else f"${line.amount:,.2f}"
        yield f"  pays   line {line.number} {line.code}: {amount}"
    yield f"  pays   total: ${payment.total:,.2f}"
    yield from (f"         {text}" for text in payment.warnings)
