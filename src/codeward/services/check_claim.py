"""Check a claim: every rule over it, what could not be checked, and what the lines that nothing denies are paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from codeward.core.claims import CheckedClaim, Claim, Finding, NotChecked, ReadClaim
from codeward.core.sources import Source
from codeward.datasets.ncci_aoc import ANY_PRIMARY
from codeward.rules.engines.result import EngineResult, FoundRow
from codeward.rules.engines.sqlite import SqliteEngine
from codeward.rules.rule import UNCHECKED, Rule, rule_numbered
from codeward.services.add_ons import AOC
from codeward.services.pricing import price_claim
from codeward.services.view import View
from codeward.store.library import Library

AT_ONCE = 8
"""Claims judged together when a file holds many: measured as the quickest, a third quicker than one by one."""
MOST_NAMED = 12
_SEVERITIES = ("deny", "warn", "info")


def check_claims(library: Library, claims: Sequence[Claim], today: date) -> list[CheckedClaim]:
    """Every claim with its findings, what was left unchecked and its payment; each has its own history only.

    `today` tells dates in the future. Facts are as of each line's date of service.
    """
    engine = library.kept_by_thread(SqliteEngine)
    checked: list[CheckedClaim] = []
    claims = list(claims)
    for start in range(0, len(claims), AT_ONCE):
        some = claims[start : start + AT_ONCE]
        checked += _judge(engine, some, engine.run(some, today))
    return checked


def check_read(library: Library, reads: Iterable[ReadClaim], today: date) -> Iterator[CheckedClaim | ReadClaim]:
    """Claims as they are read, checked, the faults of their file first; what held no claim comes back as it is."""
    waiting = iter(reads)
    while some := list(islice(waiting, AT_ONCE)):
        judged = iter(check_claims(library, [item.claim for item in some if item.claim], today))
        for item in some:
            yield _with_faults(next(judged), item.faults) if item.claim else item


def _with_faults(checked: CheckedClaim, faults: tuple[Finding, ...]) -> CheckedClaim:
    return replace(checked, findings=(*faults, *checked.findings)) if faults else checked


def _judge(engine: SqliteEngine, claims: Sequence[Claim], result: EngineResult) -> Iterator[CheckedClaim]:
    found: dict[int, list[FoundRow]] = {}
    for row in result.findings:
        found.setdefault(row.claim, []).append(row)
    unmet: dict[int, list[NotChecked]] = {}
    for number, rule, reason in result.unmet:
        unmet.setdefault(number, []).append(NotChecked(rule, reason))
    for number, claim in enumerate(claims, start=1):
        rows = found.get(number, [])
        unchecked = [*unmet.get(number, []), *_unchecked(rows)]
        findings = _findings(engine, claim, rows)
        payment = price_claim(engine.library, claim, _denied(rows))
        yield CheckedClaim(claim, findings, tuple(sorted(set(unchecked))), payment)


def _unchecked(rows: Iterable[FoundRow]) -> Iterator[NotChecked]:
    for row in rows:
        rule = rule_numbered(row.rule_number)
        if rule.severity == UNCHECKED:
            yield NotChecked(rule.id, row.message)


def _denied(rows: Iterable[FoundRow]) -> Mapping[int, str]:
    """The lines that a rule denies, each with the first rule that does."""
    denied: dict[int, str] = {}
    for row in rows:
        rule = rule_numbered(row.rule_number)
        if row.line and rule.severity == "deny":
            denied.setdefault(row.line, rule.id)
    return denied


def _findings(engine: SqliteEngine, claim: Claim, rows: Iterable[FoundRow]) -> tuple[Finding, ...]:
    """Rows that say the same of several lines as one finding, denials first."""
    days = {line.number: line.day for line in claim.lines}
    first = min(days.values(), default=date.min)
    joined: dict[tuple[int, str, str, str], Finding] = {}
    for row in rows:
        rule = rule_numbered(row.rule_number)
        if rule.severity == UNCHECKED:
            continue
        key = (row.rule_number, row.code, row.with_code, row.message)
        day = days.get(row.line, first)
        sources = _sources(engine, row.cited, day)
        if key in joined:
            joined[key] = _joined(joined[key], row, sources)
        else:
            joined[key] = _finding(rule, row, sources, _remedy(engine.library, rule, row, day))
    return tuple(sorted(joined.values(), key=lambda item: (_SEVERITIES.index(item.severity), item.lines)))


def _remedy(library: Library, rule: Rule, row: FoundRow, day: date) -> str:
    primaries = _primaries(library, row.code, day) if "{primaries}" in rule.remedy else ""
    return rule.remedy.format(code=row.code, with_code=row.with_code, primaries=primaries).strip()


def _primaries(library: Library, code: str, day: date) -> str:
    """Which primaries the add-on edits list for a code, as a sentence; many are counted, not named."""
    found = sorted({item.row.primary for item in View(library, day).find(AOC, add_on=code)} - {ANY_PRIMARY})
    if not found:
        return ""
    if len(found) > MOST_NAMED:
        return f"The add-on edits list {len(found)} primaries for {code}."
    return f"The add-on edits list for {code}: {', '.join(found)}."


def _finding(rule: Rule, row: FoundRow, sources: tuple[Source, ...], remedy: str) -> Finding:
    return Finding(
        rule.id,
        rule.severity,
        _lines_of(row),
        row.code,
        row.message,
        rule.carc,
        rule.rarc,
        remedy,
        sources,
        row.with_code,
    )


def _joined(finding: Finding, row: FoundRow, sources: tuple[Source, ...]) -> Finding:
    return replace(
        finding,
        lines=tuple(dict.fromkeys((*finding.lines, *_lines_of(row)))),
        sources=tuple(dict.fromkeys((*finding.sources, *sources))),
    )


def _lines_of(row: FoundRow) -> tuple[int, ...]:
    return tuple(number for number in (row.line, row.other_line) if number)


def _sources(engine: SqliteEngine, cited: str, day: date) -> tuple[Source, ...]:
    """The rows a finding stands on, each in the edition that answers for the day."""
    found = []
    for item in cited.split():
        dataset, _, row = item.partition(":")
        found.append(engine.source_of(dataset, int(row), day))
    return tuple(dict.fromkeys(found))
