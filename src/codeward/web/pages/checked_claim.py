"""Checked claim: findings beside their lines, amounts line by line, and denial codes in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codeward.core.claims import CheckedClaim, Finding, NotChecked, PaidLine
from codeward.core.faults import Fault
from codeward.core.sources import Source
from codeward.services.denials import denial
from codeward.store.library import Library

SEVERITY = {"deny": ("✕", "Would be denied"), "warn": ("▲", "A person must decide"), "info": ("●", "Worth knowing")}
"""Mark and words of each severity, so that none is told by colour alone."""
_ORDER = list(SEVERITY)


@dataclass(frozen=True, slots=True)
class DenialWords:
    """A code a payer may answer with, and what it means in our words; no words where our table has none."""

    shown: str
    path: str
    name: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding with its mark, its place in the list and its denial codes in words."""

    finding: Finding
    mark: str
    words: str
    anchor: str
    codes: tuple[DenialWords, ...]

    @property
    def others(self) -> tuple[int, ...]:
        """The lines it is about besides the one it stands under."""
        return self.finding.lines[1:]


@dataclass(frozen=True, slots=True)
class LineShown:
    """What checking says of one line: findings that stand under it, those that stand under another, and its amount."""

    findings: tuple[FindingShown, ...]
    elsewhere: tuple[FindingShown, ...]
    paid: PaidLine | None

    @property
    def worst(self) -> str:
        """The gravest severity of the line, empty where there is none."""
        found = [item.finding.severity for item in (*self.findings, *self.elsewhere)]
        return min(found, key=_ORDER.index, default="")

    @property
    def mark(self) -> tuple[str, str]:
        """Mark and words of the gravest severity."""
        return SEVERITY.get(self.worst, ("", ""))


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A checked claim as the page reads it."""

    checked: CheckedClaim
    whole: tuple[FindingShown, ...]
    lines: dict[int, LineShown]
    counts: tuple[tuple[str, str, str, int], ...]

    @property
    def heading(self) -> str:
        """The verdict; the word clean stands only where the check gave it."""
        verdict, unchecked = self.checked.verdict, len(self.checked.not_checked)
        if verdict == "clean":
            return "Clean: nothing found, nothing left unchecked"
        rest = f"{unchecked} check{'s' if unchecked != 1 else ''} could not be made"
        if verdict == "incomplete":
            return f"Incomplete: nothing to stop it in what was checked, but {rest}"
        held = sum(item.severity != "info" for item in self.checked.findings)
        said = f"{held} finding{'s' if held != 1 else ''}"
        return f"{said}, and {rest}" if unchecked else said

    @property
    def not_checked(self) -> list[tuple[str, list[NotChecked]]]:
        """What was not checked, by rule."""
        rules = dict.fromkeys(item.rule for item in self.checked.not_checked)
        return [(rule, [item for item in self.checked.not_checked if item.rule == rule]) for rule in rules]

    @property
    def charge(self) -> Decimal | None:
        """What the lines charge together, where every line says it."""
        charges = [line.charge for line in self.checked.claim.lines]
        return sum((item for item in charges if item is not None), Decimal(0)) if None not in charges else None

    @property
    def editions(self) -> tuple[tuple[str, str], ...]:
        """Dataset and edition of everything the check cites."""
        return tuple(sorted({(item.dataset, item.edition) for item in self._sources()}))

    def _sources(self) -> Iterable[Source]:
        for found in self.checked.findings:
            yield from found.sources
        for line in self.checked.payment.lines if self.checked.payment else ():
            yield from (item.source for item in line.factors if item.source)


def claim_shown(checked: CheckedClaim, library: Library, on: date) -> ClaimShown:
    """The findings under the first line each is about, gravest first; those about no line before all."""
    ordered = sorted(checked.findings, key=lambda item: _ORDER.index(item.severity))
    shown = [_finding(item, at, library, on) for at, item in enumerate(ordered, 1)]
    paid = {line.number: line for line in checked.payment.lines} if checked.payment else {}
    numbers = [line.number for line in checked.claim.lines]
    lines = {
        number: LineShown(
            tuple(item for item in shown if item.finding.lines[:1] == (number,)),
            tuple(item for item in shown if number in item.others),
            paid.get(number),
        )
        for number in numbers
    }
    whole = tuple(item for item in shown if not item.finding.lines or item.finding.lines[0] not in lines)
    counts = tuple(
        (name, *SEVERITY[name], sum(item.severity == name for item in checked.findings)) for name in SEVERITY
    )
    return ClaimShown(checked, whole, lines, counts)


def _finding(finding: Finding, at: int, library: Library, on: date) -> FindingShown:
    typed = ([finding.carc] if finding.carc else []) + list(finding.rarc)
    codes = tuple(_denial(text, library, on) for text in typed)
    return FindingShown(finding, *SEVERITY[finding.severity], f"f{at}", codes)


def _denial(text: str, library: Library, on: date) -> DenialWords:
    try:
        found = denial(library, text, on).value
    except Fault:
        return DenialWords(text, "", "", None)
    return DenialWords(found.asked.shown, f"/denials/{found.asked.shown}", found.row.name, found.source)
