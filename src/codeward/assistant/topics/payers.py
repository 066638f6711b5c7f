"""Other payers: their rates, policies and edits are in no loaded publication."""

from __future__ import annotations

from codeward.assistant.draft import Draft, listed
from codeward.assistant.reply import NOT_LOADED, Evidence


def answer_other_payer(draft: Draft) -> None:
    """Said plainly, with the Medicare question that can be answered instead."""
    payer = draft.question.payer or draft.memory.payer
    codes = draft.question.procedures or draft.memory.codes
    about = f" for {listed(codes)}" if codes else ""
    whose = "a commercial payer's" if payer.startswith("a ") else f"{payer[0].upper()}{payer[1:]}'s"
    draft.kind = NOT_LOADED
    draft.say(
        f"{whose} rates, edits and policies are not loaded: only Medicare's published data are, so nothing can be "
        f"said{about} that would hold for that payer. Ask the "
        "payer, or read the contract and its policy bulletin.",
        Evidence(" ".join(codes), "payer data", "not loaded", None, payer),
        role="verdict",
    )
    draft.next_questions += [f"What does Medicare pay for {code}?" for code in codes[:1]]
