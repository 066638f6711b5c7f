"""Denial codes: what each means, what usually stands behind it and what to do next."""

from __future__ import annotations

from codeward.assistant.draft import Draft, read
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.core.faults import Fault, NotFound
from codeward.services.denials import GROUPS, Denial


def answer_denial(draft: Draft) -> None:
    """Every denial code named, in order."""
    for code in draft.question.denials:
        try:
            _say_code(draft, draft.desk.ask("explain_denial", code=code).value)
        except NotFound as fault:
            draft.kind = NOT_LOADED
            draft.say(
                f"{code} is not in the loaded table of denial codes, so it cannot be explained here; X12's own "
                f"list may have it.",
                Evidence(code, "listed", "no", None, str(fault)),
                role="verdict",
            )
        except Fault as fault:
            draft.refuse_fault(fault)
    add_notes(draft, words=draft.question.plain, most=1)


def _say_code(draft: Draft, found: Denial) -> None:
    row, shown = found.row, found.asked.shown
    text = f"{row.name}. {row.meaning}"
    draft.say(f"{shown}: {text}", read(shown, "meaning", text, found.source), role="verdict")
    if found.asked.group:
        text = GROUPS[found.asked.group]
        draft.say(
            f"{found.asked.group} is the group code. {text}", read(found.asked.group, "group", text, found.source)
        )
    for name in ("next_step",):
        text = str(getattr(row, name, "") or "")
        if text:
            draft.say(f"{shown}: {text}", read(shown, name, text, found.source))
