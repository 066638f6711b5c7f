"""Judging: from the groups of an article to its verdict with a sentence, and from all documents to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codeward.services.coverage.groups import ReadGroups, lacking
from codeward.services.coverage.values import (
    BY_CODE,
    NEEDS_SECONDARY,
    NOT_CHECKED,
    NOT_SUPPORTED,
    SUPPORTED,
    TEXT_ONLY,
    VERDICTS,
    CoverageQuestion,
    DocumentFinding,
    Group,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with its sentence."""

    verdict: str
    words: str


def judge(name: str, asked: CoverageQuestion, covered: ReadGroups, noncovered: ReadGroups) -> Judged:
    """One article's verdict: groups that do not support first, then those that do, partners included."""
    listed = sum(group.listed for group in covered.groups)
    refused = [group for group in noncovered.groups if group.matched]
    matched = [group for group in covered.groups if group.matched]
    code = asked.procedure
    if refused:
        words = f"{name} lists {_all(refused)} among the diagnoses that do not support {code} ({_numbers(refused)})."
        if matched:
            words += f" It lists {_all(matched)} among those that do ({_numbers(matched)})."
        return Judged(NOT_SUPPORTED, words)
    if not asked.diagnoses and (listed or noncovered.groups):
        return Judged(NOT_CHECKED, f"{name} governs {code} and lists {listed} diagnoses; no diagnosis was given.")
    if matched:
        return _matched(name, code, matched, covered)
    if listed:
        given = ", ".join(f"{item[:3]}.{item[3:]}" if len(item) > 3 else item for item in asked.diagnoses)
        words = f"{name} lists {listed} diagnoses that support {code}; of those given ({given}) it has none."
        return Judged(NOT_SUPPORTED, words)
    words = f"{name} lists {code} and no diagnoses that support it: whether it is covered stands in its text."
    return Judged(TEXT_ONLY, words)


def _matched(name: str, code: str, matched: list[Group], covered: ReadGroups) -> Judged:
    whole = [group for group in matched if not lacking(group, covered.groups)]
    if whole:
        words = f"{name} lists {_all(whole)} among the diagnoses that support {code} ({_numbers(whole)})."
        return Judged(SUPPORTED, f"{words} That is one condition of coverage, not a promise of payment.")
    first = matched[0]
    short = " and ".join(f"group {' or '.join(map(str, one))}" for one in lacking(first, covered.groups))
    words = (
        f"{name} lists {_all(matched)} for {code} ({_numbers(matched)}), and its text asks for a further diagnosis of "
        f"{short} beside it; none of those given is there."
    )
    return Judged(NEEDS_SECONDARY, words)


def overall(documents: Iterable[DocumentFinding]) -> Judged | None:
    """The verdict of all documents that list the code, the worst first; None when none does."""
    found = [item for item in documents if item.why == BY_CODE]
    articles = [item for item in found if item.kind == "Article"] or found
    if not articles:
        return None
    worst = min((item.verdict for item in articles), key=VERDICTS.index)
    return Judged(worst, " ".join(item.words for item in articles if item.verdict == worst))


def _all(groups: list[Group]) -> str:
    return ", ".join(dict.fromkeys(name for group in groups for name in group.matched))


def _numbers(groups: list[Group]) -> str:
    return f"group {', '.join(str(group.number) for group in groups)}"
