"""Standing rules: what a mention's standing in the note makes of it, by the ICD-10-CM Official Guidelines.

Section IV holds for outpatient encounters, II.H and III.C for inpatient stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeward.core.codes import Code
from codeward.core.notes import CodeFound
from codeward.services.suggest.chronic import Chronic
from codeward.services.suggest.circumstances import CIRCUMSTANCES
from codeward.services.suggest.drafts import INPATIENT, Draft
from codeward.services.suggest.edition import Edition
from codeward.services.suggest.histories import history_of
from codeward.services.suggest.mentions import Spoken

NEGATED = "The note says it is absent; only what the patient has is reported (Guidelines IV.J)"
UNCERTAIN = "Uncertain; outpatient, the sign or symptom is reported instead (Guidelines IV.H)"
UNCERTAIN_IN = "Uncertain at discharge; inpatient, it is reported as if it existed (Guidelines II.H, III.C)"
HYPOTHETICAL = "Foreseen or conditional, not present at this encounter (Guidelines IV.H, IV.J)"
FAMILY = "Another person's condition (Guidelines I.C.21.c.4)"
FAMILY_CODE = "Family history, as the note records it (Guidelines I.C.21.c.4)"
PAST = "Past and no longer treated: not reported as current (Guidelines IV.J)"
PAST_CODE = "Personal history of a condition that no longer exists (Guidelines I.C.21.c.4, IV.J)"
CHRONIC = "Chronic: a history of it means it is still there, and it is reported where treated (Guidelines IV.I)"
AFFIRMED = "Affirmed in the note (Guidelines IV.G, IV.J)"
STATUS = "A status that may affect care (Guidelines I.C.21.c.3)"
LONG_TERM = "Long-term (current) drug therapy (Guidelines I.C.21.c.3)"
SURE_ENOUGH = 0.5
ONLY_SEARCHED = "Found by the search alone and not surely: read the words before you report it"
NOT_PLAIN = "Denied, foreseen or another person's (Guidelines IV.J, I.C.21.c)"
REASON = "Why the patient is seen (Guidelines IV.G, I.C.21)"


OWN_STATUS = "own-status"


def judged(spoken: Spoken, setting: str, chronic: Chronic, edition: Edition) -> Iterator[Draft]:
    """The drafts of one mention: its own code, and the history code that stands for it instead."""
    standing, first = spoken.mention.standing, spoken.mention.codes[0]
    if spoken.kind in CIRCUMSTANCES or spoken.kind == OWN_STATUS:
        yield _circumstance(spoken, first)
    elif standing.family:
        yield _draft(spoken, first, False, FAMILY)
        if not standing.negated:
            yield from _behind(spoken, edition, "family", FAMILY_CODE)
    elif standing.negated:
        yield _draft(spoken, first, False, NEGATED)
    elif standing.hypothetical:
        yield _draft(spoken, first, False, HYPOTHETICAL)
    elif standing.uncertain:
        inpatient = setting == INPATIENT
        yield _draft(spoken, first, inpatient, UNCERTAIN_IN if inpatient else UNCERTAIN)
    elif standing.historical:
        yield from _past(spoken, first, chronic, edition)
    elif spoken.kind == "searched" and first.score < SURE_ENOUGH:
        yield _draft(spoken, first, False, ONLY_SEARCHED)
    else:
        yield _draft(spoken, first, True, AFFIRMED)


_REASONS = ("encounter", "reason")


def _circumstance(spoken: Spoken, first: CodeFound) -> Draft:
    """What is not a condition: a status, a device, a drug taken for long, a reason to be seen."""
    standing = spoken.mention.standing
    denied = standing.negated or standing.family or (standing.hypothetical and spoken.kind not in _REASONS)
    reason = {"longterm": LONG_TERM, "encounter": REASON, "reason": REASON}.get(spoken.kind, STATUS)
    return _draft(spoken, first, not denied, NOT_PLAIN if denied else reason)


def _past(spoken: Spoken, first: CodeFound, chronic: Chronic, edition: Edition) -> Iterator[Draft]:
    """`History of hypertension` is hypertension; `history of breast cancer` or of pneumonia is a history code."""
    value = first.code.value
    if chronic.is_chronic(value) and not value.startswith(("C", "D0")) and not history_of("personal", value):
        yield _draft(spoken, first, True, CHRONIC)
        return
    yield _draft(spoken, first, False, PAST)
    yield from _behind(spoken, edition, "personal", PAST_CODE)


def _behind(spoken: Spoken, edition: Edition, whose: str, reason: str) -> Iterator[Draft]:
    """The history code: by the table of conditions, else by the words of the index."""
    code = history_of(whose, spoken.mention.codes[0].code.value)
    entry = edition.entry(code) if code else None
    kind = "history" if whose == "personal" else "family"
    if entry is not None:
        found = CodeFound(Code("icd-10-cm", entry.code), entry.title, spoken.mention.codes[0].score, f"{whose} history")
        yield _draft(spoken, found, True, reason, kind)
        return
    named = spoken.history if whose == "personal" else spoken.family
    told = [item for item in named[:1] if item.code.value not in _SAYS_LITTLE]
    yield from (_draft(spoken, item, True, reason, kind) for item in told)


_SAYS_LITTLE = frozenset({"Z859", "Z87828", "Z8619", "Z8489"})
"""Histories of cancer, injury, infection or illness that is not named: nothing that affects care."""


def _draft(spoken: Spoken, found: CodeFound, accepted: bool, reason: str, kind: str = "") -> Draft:
    mention = spoken.mention
    own = any(item.code == found.code for item in mention.codes)
    others = tuple(item for item in mention.codes if item.code != found.code)[:4]
    return Draft(
        found.code,
        found.title,
        found.score,
        accepted,
        found.why,
        reason,
        kind or spoken.kind,
        [(mention.start, mention.end)],
        spoken.missing if own else (),
        others if own else (),
        {spoken.section},
    )
