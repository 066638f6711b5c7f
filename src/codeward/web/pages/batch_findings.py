"""Findings of a batch as the page reads them: marks, codes that lead to their pages, denial codes and sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.codes import Code, procedure, readings
from codeward.core.sources import Source
from codeward.services.batches.remedies import remedy_of
from codeward.services.batches.sources import sources_of
from codeward.store.findings import BatchFinding
from codeward.store.library import Library
from codeward.web.pages.checked_claim import SEVERITY


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with its mark, its codes where they are codes, what to do, denial codes and sources."""

    finding: BatchFinding
    mark: str
    words: str
    code: Code | None
    with_code: Code | None
    query: str
    remedy: str
    denials: tuple[str, ...]
    sources: tuple[Source, ...]


def finding_row(item: BatchFinding, library: Library | None) -> FindingRow:
    """A finding to show; its sources where the library that cited them is open."""
    mark, words = SEVERITY.get(item.severity, ("", item.severity))
    denials = tuple(filter(None, (item.carc, *item.rarc.split())))
    return FindingRow(
        item,
        mark,
        words,
        code_of(item.rule, item.code),
        code_of(item.rule, item.with_code),
        f"?on={item.day.isoformat()}" if item.day else "",
        remedy_of(item),
        denials,
        sources_of(library, item.cited, item.day or date.min) if library else (),
    )


def code_of(rule: str, text: str) -> Code | None:
    """The code a finding names, None where that is something else, such as an NPI."""
    family = rule.partition(".")[0]
    if family == "DX":
        return next(iter(readings(text, "icd-10-cm")), None)
    if family in ("NPI", "TAX", "CLIA") and len(text) != 5:
        return None
    found = [item for item in readings(text) if item.system in ("cpt", "hcpcs", "icd-10-cm", "modifier")]
    if len(text) == 5 and found and found[0].system in ("cpt", "hcpcs"):
        return procedure(found[0].value)
    return found[0] if found else None
