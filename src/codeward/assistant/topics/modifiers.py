"""Modifiers: what one means, whether it bypasses a pair edit, whether it fits a code and what it does to payment."""

from __future__ import annotations

from codeward.assistant.draft import Draft, read, told
from codeward.assistant.reading.sites_said import site_modifier
from codeward.assistant.reply import Evidence, Statement
from codeward.assistant.topics.indicators import say_indicator
from codeward.assistant.topics.knowledge import add_notes
from codeward.assistant.topics.standing import open_page, subjects
from codeward.core.faults import Fault
from codeward.services.page import CodePage, Line

INDICATOR_OF = {
    **dict.fromkeys(("50", "LT", "RT"), "bilateral"),
    **dict.fromkeys(("80", "81", "82", "AS"), "assistant"),
    "62": "cosurgeon",
    "66": "team",
    "51": "multiple",
    **dict.fromkeys(("26", "TC"), "pctc"),
    **dict.fromkeys(("54", "55", "56", "58", "78", "79", "24", "57"), "global_days"),
}
"""The fee schedule's indicator that decides about a modifier."""
SHARES = {
    "80": ("16", "16 % of the fee"),
    "81": ("16", "16 % of the fee"),
    "82": ("16", "16 % of the fee"),
    "AS": ("13.6", "13.6 % of the fee: 85 % of the 16 % assistant rate"),
    "62": ("62.5", "62.5 % of the fee for each of the two surgeons"),
    "50": ("150", "150 % of the fee for both sides"),
}
"""CPM 100-04, chapter 12, sections 20.4.3, 40.7, 40.8 and 110.2; paid only where the indicator allows it."""
ALLOWING = {"assistant": ("0", "2"), "cosurgeon": ("1", "2"), "bilateral": ("1",)}


def answer_modifier_on_code(draft: Draft) -> None:
    """Each modifier on each code: by the indicator that decides, then by the code's own list of modifiers."""
    modifiers = draft.question.modifiers or draft.memory.modifiers
    for code, system in subjects(draft)[:2]:
        page = open_page(draft, code, system)
        if page is None or page.code.system not in ("cpt", "hcpcs"):
            continue
        for modifier in modifiers:
            _say_on_code(draft, page, modifier)
    add_notes(draft, words=draft.question.plain, codes=draft.question.procedures, most=2, least=0.4)


def _say_on_code(draft: Draft, page: CodePage, modifier: str) -> None:
    name = INDICATOR_OF.get(modifier)
    if name is not None:
        fact = say_indicator(draft, page, name)
        share = SHARES.get(modifier)
        if fact is not None and share is not None and str(fact.value) in ALLOWING.get(name, ()):
            draft.say(
                f"With {modifier} Medicare pays {share[1]}.",
                told(page.code.shown, fact),
                Evidence(modifier, "share", share[0], None, f"CPM 100-04 ch12 s20.4.3, s40.7, s110.2: {share[1]}"),
            )
    if modifier in _SHARED:
        _say_share_of_surgery(draft, page, modifier)
    line = _line_of(page, modifier)
    if line is not None:
        verdict, why = line.cells[2].text, line.cells[3].text
        draft.say(
            f"{modifier} on {page.code.shown} {verdict}: {why}.",
            read(f"{modifier} {page.code.shown}", "fits", verdict, line.source, why),
            role="why" if name else "verdict",
        )
    say_meaning(draft, modifier, role="why" if name or line else "verdict")


_SHARED = {"54": (0, 1), "55": (2,), "56": (0,), "78": (1,)}
"""Which of the shares before, during and after surgery each pays (CPM 100-04, chapter 12, sections 40.2 and 40.4)."""


def _say_share_of_surgery(draft: Draft, page: CodePage, modifier: str) -> None:
    """The share of the global fee that a modifier of split care pays, from the shares in the RVU file."""
    fees = page.section("physician-fees")
    fact = fees.fact("global_shares") if fees else None
    if fact is None:
        return
    shares = [int(part.strip(" %")) for part in str(fact.value).split("/")]
    paid = sum(shares[at] for at in _SHARED[modifier])
    draft.say(
        f"With {modifier} Medicare pays {paid} % of the fee of {page.code.shown}: its shares before, during and after "
        f"surgery are {fact.value}.",
        told(page.code.shown, fact),
        Evidence(page.code.shown, f"share of {modifier}", f"{paid} %", fact.source, str(fact.value)),
        role="verdict",
    )


def _line_of(page: CodePage, modifier: str) -> Line | None:
    section = page.section("modifiers")
    lines = [line for table in section.tables for line in table.lines] if section else []
    return next((line for line in lines if line.cells[0].text == modifier), None)


def say_meaning(draft: Draft, modifier: str, role: str = "verdict") -> bool:
    """What a modifier says, on what it goes and what it does; whether it is known."""
    page = open_page(draft, modifier, "modifier") if role == "verdict" else _page_of(draft, modifier)
    if page is None:
        return False
    section = page.section("modifier")
    facts = {fact.name: fact for fact in section.facts} if section else {}
    meaning = page.words[0].text if page.words else ""
    source = page.words[0].sources[0] if page.words and page.words[0].sources else page.title_source
    use = facts.get("use_on")
    goes = f" It goes on: {use.value}." if use else ""
    draft.say(
        f"Modifier {modifier} ({page.title}): {meaning}{goes}",
        read(modifier, "meaning", meaning, source, f"{page.title} {use.value if use else ''}"),
        role=role,
    )
    return True


def _page_of(draft: Draft, modifier: str) -> CodePage | None:
    try:
        return draft.page(modifier, "modifier")
    except Fault:
        return None


def answer_site(draft: Draft) -> None:
    """The modifier of the site that is named: finger, toe, eyelid or coronary artery."""
    modifier = site_modifier(draft.question.plain)
    say_meaning(draft, modifier)
    for code in draft.question.procedures[:1]:
        page = open_page(draft, code)
        line = _line_of(page, modifier) if page else None
        if line is not None:
            verdict, why = line.cells[2].text, line.cells[3].text
            draft.say(
                f"{modifier} on {code} {verdict}: {why}.",
                read(f"{modifier} {code}", "fits", verdict, line.source, why),
            )


def answer_bypass(draft: Draft) -> None:
    """Whether each modifier is PTP-associated, and so can bypass a pair edit of indicator 1."""
    modifiers = draft.question.modifiers or draft.memory.modifiers
    for modifier in modifiers:
        try:
            page = draft.page(modifier, "modifier")
        except Fault as fault:
            draft.refuse_fault(fault)
            continue
        section = page.section("modifier")
        fact = section.fact("ptp_associated") if section else None
        if fact is None:
            say_meaning(draft, modifier)
        elif fact.value:
            draft.say(
                f"Yes: {modifier} is a PTP-associated modifier and can bypass an NCCI pair edit whose indicator is "
                f"1, when the records show "
                "what it states; an edit of indicator 0 is never bypassed.",
                told(modifier, fact),
                Evidence(modifier, "indicator", "1 0", fact.source),
                role="verdict",
            )
        else:
            draft.say(
                f"No: {modifier} is not a PTP-associated modifier and does not bypass an NCCI pair edit.",
                told(modifier, fact),
                role="verdict",
            )
    distinct = [item for item in modifiers if item in ("59", "XE", "XP", "XS", "XU")]
    if "59" in distinct and len(distinct) > 1 and draft.question.says(r"same line|together|both|one line|and"):
        draft.say(
            f"Do not put 59 and {distinct[-1] if distinct[-1] != '59' else distinct[0]} on the same line: the X "
            f"modifier says the same more exactly, so use it instead.",
            *_effect(draft, "59"),
            role="verdict",
        )
    add_notes(draft, words=draft.question.plain, most=1, least=0.45)


def _effect(draft: Draft, modifier: str) -> list[Evidence]:
    section = draft.page(modifier, "modifier").section("modifier")
    fact = section.fact("effect") if section else None
    return [told(modifier, fact)] if fact else []


def answer_meaning(draft: Draft) -> None:
    """What each modifier means; two are set side by side."""
    modifiers = draft.question.modifiers or draft.memory.modifiers
    for modifier in modifiers[:4]:
        if say_meaning(draft, modifier):
            draft.statements += [item for item in _more(draft, modifier) if item not in draft.statements]
    add_notes(draft, words=draft.question.plain, most=2)


def _more(draft: Draft, modifier: str) -> list[Statement]:
    effect = _effect(draft, modifier)
    return [
        Statement(f"{modifier}: {item.value}", (item,))
        for item in effect
        if item.value not in draft.statements[-1].text
    ]
