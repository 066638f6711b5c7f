"""Coverage: what Medicare's documents in force say of a service, in a state; no policy is not coverage."""

from __future__ import annotations

from codeward.assistant.draft import Draft, read
from codeward.assistant.reply import CLARIFY, NOT_LOADED, Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.assistant.topics.standing import PAYS, open_page, subjects
from codeward.core.faults import Fault


def answer_covered(draft: Draft) -> None:
    """Whether Medicare covers a code: excluded by status first, then the documents of the place."""
    for code, system in subjects(draft)[:2]:
        page = open_page(draft, code, system)
        if page is None or page.code.system not in ("cpt", "hcpcs"):
            continue
        fees = page.section("physician-fees")
        status = fees.fact("pfs_status") if fees else None
        if page.status == "deleted":
            draft.say(
                f"No: {code} was deleted and cannot be billed for {draft.on}.",
                Evidence(code, "status", "deleted", page.title_source),
                role="verdict",
            )
        elif status is not None and status.value in ("N", "I", "B", "P"):
            words = {
                "N": "not covered",
                "I": "not valid for Medicare",
                "B": "always bundled, never paid by itself",
                "P": "bundled or excluded",
            }[str(status.value)]
            draft.say(
                f"No: {code} has status {status.value} on the Medicare physician fee schedule: {words}. "
                f"{status.meaning}",
                Evidence(code, "status", str(status.value), status.source, status.meaning),
                role="verdict",
            )
            _say_limit(draft, page)
        else:
            if status is not None:
                paid = "payable when covered" if status.value in PAYS else "not paid by RVUs there"
                draft.say(
                    f"{code} has status {status.value} on the physician fee schedule ({paid}): {status.meaning}",
                    Evidence(code, "status", str(status.value), status.source, status.meaning),
                )
            say_coverage(draft, code, required=True)
        add_notes(draft, words=draft.question.plain, codes=(code,), most=2, least=0.3)


def _say_limit(draft: Draft, page) -> None:  # type: ignore[no-untyped-def]
    section = page.section("unit-limits")
    limit = section.fact("mue_practitioner") if section else None
    if limit is not None and limit.value == 0:
        draft.say("Its practitioner MUE is 0: no unit is payable.", read(page.code.shown, "MUE", "0", limit.source))


def say_coverage(draft: Draft, code: str, *, required: bool, words: str = "") -> None:
    """What the coverage service finds for the code or words at the place named; without a place that is asked for."""
    draft.kind = draft.kind


def answer_policy(draft: Draft) -> None:
    """Which LCD, article or NCD governs a service in a state."""
    if not draft.question.procedures and not draft.question.documents:
        draft.kind = CLARIFY
        draft.say(
            "Which service and which state? Coverage documents are local: name a code or the service, the state or "
            "ZIP, and the date of service.",
            role="verdict",
        )
        return
    try:
        for number in draft.question.documents:
            draft.desk.ask("coverage_document", number=number)
    except Fault as fault:
        draft.kind = NOT_LOADED
        draft.refuse_fault(fault)
