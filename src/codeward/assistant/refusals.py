"""Refusals that teach: what is not done, why, and what the data say all the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from codeward.assistant.reading.identifiers import PERSONAL
from codeward.assistant.reading.question import Question


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of request that is not met: its name, what is said, and whether the facts are answered all the same."""

    name: str
    text: str
    answers_on: bool = True


_EVASION = re.compile(
    r"\b(?:get|go|work|getting) (?:around|past|round)\b|\bbeat the edit|\bevade|\bcircumvent|\bso (?:that )?(?:the"
    r"|it|they|medicare|nobody)[^.?]{0,40}"
    r"(?:not|n't|never) (?:catch|deny|notice|flag|see|hit|trigger)|\b(?:avoid|dodge|trick|fool"
    r"|bypass) (?:the )?(?:mue|denial|audit|edit check|limit|payer)"
    r"|\bsplit(?:ting)?\b[^.?]{0,60}\b(?:claim|day|date|line)s?\b[^.?]{0,60}(?:avoid|catch|mue|limit|edit|paid"
    r"|deni)|\bchange the (?:date|dos)\b|\bback-?dat"
    r"|\bwithout (?:medicare|the payer|them|anyone) (?:knowing|noticing)|\bhide\b|\bunder the radar"
    r"|\b(?:avoid|dodge|escape) (?:the |an |a )?(?:bundle|bundling|edit|audit|denials?\b.*\b(?:trick|date))"
    r"|\bput\b[^.?]{0,30}\bas (?:the )?(?:dos|date of service)|\bdifferent (?:date|day|dos)\b[^.?]{0,30}\b(?:so"
    r"|to (?:avoid|get))"
    r"|\bforce (?:the )?payment|\bexcuse\b|\bnobody (?:checks|will know|looks)|\boverbill"
)
_PICKED = re.compile(
    r"\b(?:which|what|any|best|another|different|some|a)\b[^.?]{0,24}\b(?:diagnos[ie]s|dx|icd(?:-?10)?|codes?"
    r"|modifiers?)\b[^.?]{0,60}"
    r"\b(?:(?:to|will|would|gets?|so|can|should|that|it)\b[^.?]{0,40}\b(?:get(?:s|ting)?\b[^.?]{0,30}\bpaid"
    r"|gets? (?:it |this |me |us )?(?:through|covered|approved|paid)"
    r"|pays? (?:the )?(?:more|most|best|highest|better)|maximi[sz]e|be covered|make it (?:covered|payable|pass)"
    r"|pass(?:es)? the (?:edit|lcd|scrubber)))"
    r"|\b(?:get|make)\b[^.?]{0,30}\b(?:paid|covered|payable)\b[^.?]{0,40}\b(?:modifier|diagnosis|dx|code)"
    r"|\b(?:just|always|simply|automatically) (?:add|use|append|put|bill)[^.?]{0,20}\b(?:25|59|modifier)\b"
    r"|\b(?:25|59|modifier)\b[^.?]{0,20}\b(?:on|to) (?:every|all|each)\b|\b(?:dx|diagnosis|code"
    r"|icd)\b[^.?]{0,16}\bfrom the (?:covered |lcd )?list"
    r"|\bchange the (?:diagnosis|dx|code)\b[^.?]{0,60}\b(?:list|covered|paid|pay|denial|denied)"
    r"|\b(?:which|what) (?:modifier|dx|diagnosis|code)\b[^.?]{0,30}\b(?:gets?|makes?) (?:it|this|us|me|them"
    r"|the claim)\b[^.?]{0,20}\b(?:paid|pay|through|covered)"
)
_UPCODING = re.compile(
    r"\b(?:which|what)\b[^.?]{0,40}\bpays? (?:us )?(?:the )?(?:most|best|highest)\b|"
    r"\bup-?cod|\bhigher(?:-paying)? (?:level|code|paying)\b[^.?]{0,60}(?:document|support|even|anyway|revenue|pay"
    r"|bill)|\b(?:bill|code|report|use)\b[^.?]{0,40}\b(?:pays more|higher paying)"
    r"|\bmaximi[sz]e (?:our |my |the )?(?:reimburs|revenue|payment)|\bmost money\b|\bhighest[- ]pay"
    r"|\bpays? (?:us )?(?:the )?(?:most|better|more)\b[^.?]{0,30}(?:instead|bill|use|code)"
    r"|\bnot documented\b[^.?]{0,40}\b(?:bill|code|report)|\b(?:bill|code|report)\b[^.?]{0,60}\b(?:not|never"
    r"|n't) (?:documented|done|performed|happen|do|perform)"
    r"|\bunbundl\w*\b[^.?]{0,60}(?:more|paid|revenue|money|both pay|so (?:both|they|we))|\bworth more\b"
    r"|\bpays? (?:better|more)\b|\bto get more\b"
    r"|\bdocumented\b[^.?]{0,30}\bbut\b[^.?]{0,40}\b(?:bill|code|report)|\bmake the (?:note|record|chart"
    r"|documentation) (?:support|say|show|look)"
    r"|\b(?:not|wasn't|n't) (?:present|there|in the room)\b[^.?]{0,60}\b(?:bill|code|report)|\bthan (?:was "
    r"|were )?(?:done|performed)\b|\bas many as done"
    r"|\bwaiv\w+ (?:all|every)\b[^.?]{0,40}\bco-?pay|\bwaiv\w+\b[^.?]{0,40}\bco-?pay[^.?]{0,60}\bmarketing"
    r"|\bcan i (?:add|bill|code) [^.?]{0,50} (?:to get"
    r"|for) (?:more|extra) (?:money|payment|reimb)"
)
_MEDICAL = re.compile(
    r"\b(?:i have|i've got|i've had|i got|my)\b[^.?]{0,50}\b(?:mole|rash|pain|lump|headache|fever|cough|symptom"
    r"|spot|bleeding|cancer|diabetes|blood pressure|knee|back|chest|"
    r"skin|lesion|wart|cyst|swelling|dizz|infection|son|daughter|wife|husband|mother|father|mom|dad|kid|child)"
    r"|\b(?:should i|do i need to|is it safe to|can i) (?:take|stop|get (?:a|the|this) (?:surgery|biopsy|scan|shot"
    r"|vaccine|test)|see a doctor|worry|have (?:a|the|this) (?:surgery|biopsy|scan))"
    r"|\bwhat (?:treatment|medication|medicine|dose|drug|antibiotics?)\b[^.?]{0,20}\b(?:should|do|would"
    r"|for)\b(?! (?:i|we) (?:bill|code|report))"
    r"|\bdo i need (?:a|an|to get)\b(?!.{0,20}\b(?:code|modifier|abn|auth|referral|new))|\bis (?:this|my"
    r"|the) (?:mole|spot|lump|rash|lesion)\b|\bhow (?:do|should) (?:i|we"
    r"|you) (?:treat|diagnose)\b|\bdiagnose (?:me|him|her|my)\b|\bis (?:it|this) (?:cancer|serious|malignant)\b"
)
_BILLING = re.compile(
    r"\b(?:bill|code|claim|modifier|icd|cpt|hcpcs|report|denial|denied|document|charge|patient"
    r"|units?)\b"
)
_VERBATIM = re.compile(
    r"\b(?:verbatim|word[- ]for[- ]word|exact (?:cpt |ama )?(?:text|wording|descriptor|description|language)"
    r"|official (?:cpt |ama )?(?:text|wording|descriptor|description|long)"
    r"|full (?:cpt |ama )?(?:descriptor|descriptors|long description|official)|(?:ama|cpt)(?:'s)? (?:long |full "
    r"|official )?(?:descriptors?|wording|text)|long descriptors?"
    r"|(?:list|show|give me|print|export)\b[^.?]{0,30}\b(?:cpt|ama)\b[^.?]{0,20}\b(?:descriptions?|descriptors?"
    r"|wording|book)"
    r"|copy (?:of )?the cpt|cpt (?:code )?book (?:text|page|chapter)|as (?:printed|written) in (?:the )?cpt)"
)
_LEGAL = re.compile(
    r"\blegal advice|\blegal defen[cs]e|\bbe sued\b|\bqui tam|\bbreak the law|\bcommitting fraud\b|\bis (?:it"
    r"|this) (?:illegal|a crime)\b|\b(?:should|can) (?:i|we) sue\b|\bgo to (?:jail|prison)\b|\bam i liable\b"
    r"|\b(?:hire|need) (?:a"
    r"|an) (?:lawyer|attorney)|\bdefend (?:me|us) in\b"
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass) (?:all |any |your |the |every |these |my )*(?:previous |prior "
    r"|above |earlier |other )*(?:instructions?|rules?|prompts?|guidelines|guardrails|training|safety)"
    r"|\bsystem prompt\b|\byou are (?:now|no longer)\b|\bpretend (?:to be|that|you)|\bact as (?:if|an?|though|my)\b"
    r"|\bdeveloper mode|\bjailbreak|\bdo anything now|\bdan mode|\bnew instructions?\b|\brole-?play\b"
    r"|\brepeat (?:after me|the (?:words|text|instructions))|\breveal (?:your|the)|\bprint (?:your"
    r"|the) (?:instructions|prompt|configuration|secret)|</?(?:system|assistant|user|instructions?)>|\[(?:system"
    r"|inst)\]"
)


def refusal_of(question: Question) -> Refusal | None:
    """The refusal a question calls for, the gravest first; None for what is answered as it stands."""
    plain = question.plain
    for found, refusal in (
        (_EVASION.search(plain), EVASION),
        (_UPCODING.search(plain), UPCODING),
        (_PICKED.search(plain) and not re.search(r"\bofficial(?:ly)?\b", plain), PICKED),
        (_MEDICAL.search(plain) and not _BILLING.search(plain), MEDICAL),
        (_VERBATIM.search(plain), VERBATIM),
        (_LEGAL.search(plain), LEGAL),
    ):
        if found:
            return refusal
    return None


def gives_orders(question: Question) -> bool:
    """Whether the text tries to give the assistant orders; it has none to take, so only the question in it counts."""
    return _ORDERS.search(question.plain) is not None


def identifiers_text(question: Question) -> str:
    """What is said when identifiers were typed: which kinds, never which ones."""
    kinds = [PERSONAL[kind] for kind in question.identifiers]
    named = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} and {kinds[-1]}"
    return (
        f"Please leave out personal identifiers (HIPAA, 45 CFR 164.514): {named} stood in the question. They were "
        f"masked before anything was read; they are neither "
        "used, stored nor repeated. What follows holds in general, not for that patient."
    )


EVASION = Refusal(
    "edit evasion",
    "No, I cannot help to get around an edit or a limit: units and services of the same date of service are added "
    "together over lines and claims, and splitting or "
    "redating them to escape review is not permitted. If all of it was medically necessary and is documented, "
    "report it as it was done and appeal with the records.",
)
UPCODING = Refusal(
    "upcoding",
    "No, I will not help to bill more than was done and documented: the code follows from the record, and billing "
    "a higher one for payment is upcoding, which the False "
    "Claims Act and every payer treat as a false claim. Code what is documented; where the record is unclear, "
    "query the provider without leading.",
)
PICKED = Refusal(
    "picked to be paid",
    "No, I cannot pick a modifier, diagnosis or code because it is paid: never choose it by payment. It must state "
    "a fact that the record documents. What the tables say "
    "is below, so that you can see which documented facts would justify what.",
)
MEDICAL = Refusal(
    "medical advice",
    "I cannot give medical advice or say which test or treatment somebody needs: please see a clinician. I can "
    "explain codes, coverage and billing rules once a "
    "physician has decided and documented.",
    answers_on=False,
)
VERBATIM = Refusal(
    "licensed text",
    "I cannot show the official CPT descriptor: it is the AMA's text under licence and is shown only where the "
    "operator has loaded a licensed AMA file. What CMS's own "
    "files say of the code is free, and here it is in our own words.",
)
LEGAL = Refusal(
    "legal advice",
    "I cannot give legal advice: ask a health care attorney or your compliance officer. What the published rules "
    "say I can show.",
)
