"""Fill a notice worksheet: is a notice right, what stands in each blank, and which modifier tells of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from codeward.core.answers import Answer
from codeward.core.codes import is_level_two
from codeward.core.sources import Source
from codeward.services.coverage.check import check_coverage
from codeward.services.coverage.values import CoverageCheck
from codeward.services.notes.masking import mask_identifiers
from codeward.services.notice.costs import cost_blank
from codeward.services.notice.reasons import fits_check, reason_blank, speaks_against
from codeward.services.notice.rules import (
    CALLED_FOR,
    NOT_VALID,
    UNDECIDED,
    VOLUNTARY,
    Rule,
    circumstances_named,
    ground_named,
    grounds,
    modifier_rules,
    standing_rules,
)
from codeward.services.notice.values import Blank, Cited, ModifierFact, Notice, NoticeQuestion
from codeward.services.view import View
from codeward.store.library import Library

MANUAL, MODIFIERS = "ncci-policy-manual", "modifiers"
HCPCS, CATEGORIES, FEES = "hcpcs", "service-categories", "mpfs-rvu"
EXCLUDED = "S"
"""HCPCS coverage code: excluded by statute (HCPCS record layout)."""
NOT_COVERED = "M"
"""HCPCS coverage code: not covered, which the law or CMS may have decided."""
NOTICE_IN_MANUAL = "Advanced Beneficiary Notice"
"""As the policy manual spells it."""
_BY_HAND = "By hand, on CMS's form"
_MANUAL_CHAPTERS = ("Intro", "I")


def fill_notice(library: Library, asked: NoticeQuestion, on: date) -> Answer[Notice]:
    """The worksheet of one expected denial, with the coverage check behind it.

    Text that looks like a patient's name or number is covered before it is used. Raises BadInput for what is no
    procedure, diagnosis, place, reason, circumstance or charge, NotFound for a ZIP that the loaded file does not have.
    """
    asked, masked = _masked(asked)
    ground, around = ground_named(asked.ground), circumstances_named(asked.circumstances)
    view = View(library, on)
    check = _check(view, asked)
    excluded = _excluded(view, asked.coverage.procedure)
    if ground is None and excluded is not None:
        ground = grounds()["excluded"]
    standing, words = _standing(check, ground, around)
    if excluded is not None:
        words = f"{words} CMS's HCPCS file marks the code as excluded by statute."
    elif asked.ground != "excluded" and (mark := _not_covered(view, asked.coverage.procedure)):
        words = f"{words} {mark} as not covered: where the law excludes it, a notice would be voluntary."
    blanks = _blanks(library, view, asked, check, ground)
    shown = ground or (grounds()["condition"] if standing == CALLED_FOR else None)
    rules = tuple(_cited(view, rule) for rule in (*around, *((shown,) if shown else ()), *standing_rules()))
    notice = Notice(standing, words, blanks, rules, tuple(_modifiers(view, standing, around, ground)), check, masked)
    view.sources.update(dict.fromkeys(source for blank in blanks for source in blank.sources))
    return view.answer(notice)


def _masked(asked: NoticeQuestion) -> tuple[NoticeQuestion, int]:
    """The question with identifiers covered in what was typed about the patient; the notifier's own stay."""
    item, detail, more = (mask_identifiers(text) for text in (asked.item, asked.detail, asked.more))
    covered = replace(asked, item=item[0], detail=detail[0], more=more[0])
    return covered, sum(len(found) for _, found in (item, detail, more))


def _check(view: View, asked: NoticeQuestion) -> CoverageCheck | None:
    if not asked.coverage.procedure and not asked.coverage.words:
        return None
    answer = check_coverage(view.library, asked.coverage, view.on)
    view.caveats |= {f"{item.dataset} {item.text}": item for item in answer.warnings}
    view.missing |= dict.fromkeys(answer.not_loaded)
    view.sources.update(dict.fromkeys(answer.sources))
    return answer.value


def _excluded(view: View, code: str) -> Source | None:
    """The row that marks a code as excluded by statute."""
    found = view.first(HCPCS, code=code) if is_level_two(code) else None
    return found.source if found is not None and found.row.coverage == EXCLUDED else None


def _not_covered(view: View, code: str) -> str:
    """Which loaded file marks a code as not covered; empty for none."""
    if any(row.row.status == "N" for row in (view.find(FEES, code=code) if code else ())):
        return "The physician fee schedule marks the code (status N)"
    listed = view.first(HCPCS, code=code) if is_level_two(code) else None
    return "CMS's HCPCS file marks the code" if listed is not None and listed.row.coverage == NOT_COVERED else ""


def _standing(check: CoverageCheck | None, ground: Rule | None, around: tuple[Rule, ...]) -> tuple[str, str]:
    """Circumstances that forbid a notice outweigh every ground; of grounds, the one that was given decides."""
    for rule in around:
        if rule.stands == NOT_VALID:
            return NOT_VALID, rule.words
    if speaks_against(check, ground):
        return UNDECIDED, (
            "The coverage check finds a given diagnosis on a covered list, so for the condition no denial is to be "
            "expected by it. A notice needs another true reason, such as a frequency limit."
        )
    if ground is not None:
        return ground.stands, ground.words
    if fits_check(check, ground):
        return CALLED_FOR, grounds()["condition"].words
    return UNDECIDED, (
        "No reason to expect a denial is given, and the check finds none that it could state. Without one a notice is "
        "not valid: choose the reason, and name the rule."
    )


def _blanks(
    library: Library, view: View, asked: NoticeQuestion, check: CoverageCheck | None, ground: Rule | None
) -> tuple[Blank, ...]:
    """Blanks in the form's order, under the names they have there."""
    return (
        Blank("A", "Notifier", (asked.notifier,) if asked.notifier else (),
              "" if asked.notifier else "To be written: name, address and telephone of who gives the notice"),
        Blank("B", "Patient Name", (), f"{_BY_HAND}: never typed or kept here"),
        Blank("C", "Identification Number", (), f"{_BY_HAND}: your own number, never the Medicare number"),
        _item(view, asked),
        reason_blank(check, ground, asked.detail),
        cost_blank(library, asked, view.on),
        Blank("G", "Options", (), f"{_BY_HAND}, by the patient: wants it and Medicare billed, with a right to appeal; "
              "wants it and Medicare not billed, without one; or does not want it. Never tick it for the patient"),
        Blank("H", "Additional Information", (asked.more,) if asked.more else (), "May stay empty"),
        Blank("I", "Signature", (), f"{_BY_HAND}, by the patient: a signature on this worksheet is no notice"),
        Blank("J", "Date", (), f"{_BY_HAND}, by the patient, before the service"),
    )  # fmt: skip


def _item(view: View, asked: NoticeQuestion) -> Blank:
    """Blank D: own words first, then CMS's text of a Level II code, then CMS's category; never the AMA's wording."""
    code = asked.coverage.procedure
    numbered = f" ({code})" if code else ""
    name = "Item, Test, Service or Care (blank D)"
    if asked.item:
        return Blank("D", name, (asked.item + numbered,), "In your own words")
    found = view.first(HCPCS, code=code) if code and is_level_two(code) else None
    if found is not None and (found.row.long_text or found.row.short_text):
        text = found.row.long_text or found.row.short_text
        return Blank("D", name, (text + numbered,), "CMS's HCPCS text: say it more plainly if you can", (found.source,))
    listed = view.first(CATEGORIES, code=code) if code and not is_level_two(code) else None
    if listed is not None:
        text = listed.row.path.rsplit("- ", 1)[-1].strip()
        note = "CMS's service category, not the wording of the code: say in your own words what is to be done"
        return Blank("D", name, (text + numbered,), note, (listed.source,))
    return Blank("D", name, (), f"To be written in plain words{numbered}; the AMA's wording is not printed here")


def _cited(view: View, rule: Rule) -> Cited:
    if rule.id != "edit":
        return Cited(rule)
    release = view.edition(MANUAL)
    if release is None:
        return Cited(rule)
    rows = [row for name in _MANUAL_CHAPTERS for row in view.library.find(MANUAL, release, view.on, chapter=name)]
    sources = tuple(row.source for row in rows if NOTICE_IN_MANUAL in row.row.text)
    view.sources.update(dict.fromkeys(sources))
    return Cited(rule, sources)


def _modifiers(view: View, standing: str, around: tuple[Rule, ...], ground: Rule | None) -> list[ModifierFact]:
    """Modifiers of the standing; none for a plan's patient or a coding denial, where none of them says anything."""
    if any(rule.id == "advantage" for rule in around) or (ground is not None and ground.id == "edit"):
        return []
    necessity = standing != NOT_VALID or ground is None or ground.stands == CALLED_FOR
    wanted = standing if necessity else VOLUNTARY
    found = []
    for rule in modifier_rules():
        if wanted in rule.when and not (standing == NOT_VALID and rule.code == "GX"):
            row = view.first(MODIFIERS, code=rule.code)
            said = (row.row.meaning, row.row.effect, row.source) if row is not None else ("", "", None)
            found.append(ModifierFact(rule.code, rule.fact, *said))
    return found
