"""Differences: two codes side by side, what sets them apart first."""

from __future__ import annotations

from codeward.assistant.draft import Draft, told
from codeward.assistant.reply import Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.assistant.topics.standing import open_page, subjects
from codeward.services.page import CodePage

_COMPARED = (
    "work_rvu",
    "total_nonfacility_rvu",
    "total_facility_rvu",
    "global_days",
    "multiple",
    "bilateral",
    "assistant",
    "mue_practitioner",
    "add_on_type",
    "opps_status_indicator",
    "pfs_status",
)


def answer_difference(draft: Draft) -> None:
    """Notes on what each is for, its title where it may be shown, then the facts that differ and those that agree."""
    pages = [page for code, system in subjects(draft)[:2] if (page := open_page(draft, code, system))]
    for page in pages:
        code = page.code.shown
        if page.title and page.code.system != "cpt":
            _say_title(draft, page)
        noted = add_notes(draft, codes=(code,), words=draft.question.plain, most=1, least=0.0, naming=code)
        if not noted and page.code.system == "cpt":
            _say_title(draft, page)
    if len(pages) == 2:
        _say_facts(draft, *pages)
        draft.next_questions.append(f"{pages[0].code.shown} and {pages[1].code.shown} on the same day?")


def _say_title(draft: Draft, page: CodePage) -> None:
    if page.title and page.code.system != "cpt":
        draft.say(
            f"{page.code.shown}: {page.title}.",
            Evidence(page.code.shown, "title", page.title, page.title_source),
            role="verdict",
        )
    elif page.words:
        source = next(iter(page.words[0].sources), None)
        draft.say(page.words[0].text, Evidence(page.code.shown, "words", page.words[0].text, source), role="verdict")


def _say_facts(draft: Draft, a: CodePage, b: CodePage) -> None:
    one, two = a.code.shown, b.code.shown
    mine, other = ({fact.name: fact for fact in page.facts} for page in (a, b))
    both = [name for name in _COMPARED if name in mine and name in other]
    apart = [name for name in both if mine[name].value != other[name].value]
    alike = [name for name in both if name not in apart]
    if apart:
        parts = [f"{mine[name].label.lower()} {mine[name].value} against {other[name].value}" for name in apart]
        draft.say(
            f"They differ, {one} against {two}: {'; '.join(parts)}.",
            *(told(code, side[name]) for name in apart for code, side in ((one, mine), (two, other))),
            role="why",
        )
    if alike:
        parts = [f"{mine[name].label.lower()} {mine[name].value}" for name in alike[:5]]
        draft.say(f"They agree: {'; '.join(parts)}.", *(told(one, mine[name]) for name in alike[:5]))
