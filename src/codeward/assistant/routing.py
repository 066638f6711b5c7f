"""Routing: which question is asked, by the words and the codes in it; several keep their order for a model."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from codeward.assistant.draft import Draft
from codeward.assistant.memory import Memory
from codeward.assistant.reading.places_said import OTHERS
from codeward.assistant.reading.question import Question
from codeward.assistant.topics import (
    add_ons,
    conversion,
    coverage,
    crosswalks,
    denials,
    diagnoses,
    differences,
    fees,
    find_codes,
    indicators,
    knowledge,
    modifiers,
    pairs,
    payers,
    standing,
    units,
    worksheets,
)

Score = Callable[["Asked"], float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is remembered: the codes it is about, said or meant."""

    question: Question
    memory: Memory

    @property
    def codes(self) -> int:
        """How many procedure codes the question names."""
        return len(self.question.procedures)

    @property
    def diagnoses(self) -> int:
        """How many diagnosis codes it names."""
        return len(self.question.diagnoses)

    @property
    def modifiers(self) -> int:
        """How many modifiers it names."""
        return len(self.question.modifiers)

    @property
    def about(self) -> int:
        """How many codes of any system it is about, remembered ones too."""
        return len(self.question.codes) or len(self.memory.codes)

    def says(self, pattern: str) -> bool:
        """Whether the question's words hold a pattern."""
        return re.search(pattern, self.question.plain) is not None


@dataclass(frozen=True, slots=True)
class Intent:
    """One kind of question: its name, its topic, what it asks in words, how likely it is and who answers it."""

    name: str
    topic: str
    asks: str
    score: Score
    answer: Callable[[Draft], None]


def _when(condition: bool, score: float) -> float:
    return score if condition else 0.0


_FEE = (
    r"\bw?rvus?\b|\bfees?\b|\bpay(?:s|ment|ments)?\b|\breimburs|\brates?\b|\ballow(?:s|ed|able)?\b|\bhow much\b"
    r"|\bprice|\bcost\b|\bworth\b|\bamount\b|\bconversion factor|\bexpected payment|\bmpfs\b"
)
_WILL_PAY = r"\bwill (?:medicare|cms) pay\b(?!.*\bhow much)|\bdoes medicare (?:pay|cover) (?:for )?\S+\?$"
_AMOUNT = (
    r"\bw?rvus?\b|\bhow much\b|\bfee\b|\bpayment\b|\ballowed amount|\bwhat does\b.*\bpay\b|\brate\b|\bprice\b|\bworth\b"
)
_VALID = (
    r"\bvalid\b|\bactive\b|\bdeleted\b|\bdiscontinued\b|\bterminated\b|\bexpired?\b|\bstill\b|\bin effect\b|\bexist"
    r"|\bobsolete|\bretired\b|\bbillable\b|\bcurrent code|\bend dated?\b|\binvalid\b|"
    r"\b(?:can|may|could) (?:i|we) (?:still )?(?:bill|use|report|code|submit)\b|\bnew code\b|\bwhen (?:did|was|were"
    r"|does)\b.*\b(?:delet|start|begin|add|effective)|\bok (?:to (?:use|bill)|on|in)\b|\beffective\b|\bstart(?:s|ed)?\b"
)
_DIFFER = (
    r"\bdifferen|\bvs\.?\b|\bversus\b|\bcompare|\bcompared\b|\bdistinguish|\bdistinction|\bor\b.*\bwhich (?:one|code)"
)
_UNITS = (
    r"\bmues?\b|\bmedically unlikely|\bunit limits?\b|\bmax(?:imum)? (?:units|number|per day|allowed)"
    r"|\bhow many\b[^?]{0,12}\b(?:units|times)\b.*\b(?:day|allowed|limit|bill|max|per)|\bunits? (?:per|a) day|\bmai\b"
    r"|\bmost units|\bunits? (?:are |is )?allowed"
)
_ADD_ON = (
    r"\badd-?ons?\b|\balone\b|\bstand-?alone\b|\bby itself\b|\bby themselves|\bprimary (?:code|procedure)"
    r"|\bprimaries\b|\bparent code|\bbase code|\bneeds? (?:a |which |what )?primar"
    r"|\bwithout (?:the )?(?:primary|17|another)"
)
_TOGETHER = (
    r"\btogether\b|\bsame (?:claim|day|date|session|visit|encounter|line)|\bone claim|\bwith\b|\band\b"
    r"|\bplus\b|\bbundle|\bunbundl|\bedits?\b|\bncci\b|\bcci\b|\bptp\b|\bcolumn|\bindicator|\bexclud"
    r"|\balso (?:bill|report|code)|\bboth\b"
)
_BYPASS = r"\bbypass|\bptp\b|\boverride|\bunbundle|\bbreak the (?:edit|bundle)|\bedits?\b|\bncci\b|\bcci\b|\bpair\b"
_COVER = (
    r"\bcover(?:ed|age|s)?\b|\bmedical(?:ly)? necess|\blcds?\b|\bncds?\b|\blocal coverage|\bnational coverage"
    r"|\barticle\b|\bwill (?:medicare|cms|the mac) (?:pay|allow|reimburse)|\bdoes (?:medicare|cms) (?:pay"
    r"|cover|allow|reimburse)|\bbillable to medicare|\bpayable (?:by|under) medicare"
)
_SEQUENCE = (
    r"\bfirst\b|\bsequenc|\bprincipal\b|\bprimary (?:dx|diagnosis)|\border of\b|\bwhich (?:goes|comes"
    r"|code)\b.*\bfirst|\blisted first|\bcode first"
)
_SEVENTH = r"\b(?:7th|seventh)\b|\bplaceholder\b|\binitial encounter\b.*\bcode|\bextension\b|\bencounter character"
_FIND = (
    r"\b(?:which|what)(?:'s| is| are)?\b[^?]{0,40}\b(?:codes?|icd|cpt|hcpcs|dx|diagnosis)\b|\bcodes? for\b"
    r"|\b(?:icd-?\s?10|cpt|hcpcs|dx|diagnosis)[^?]{0,16}\bfor\b|\bhow (?:do|would|should) (?:i|we|you) (?:code"
    r"|bill|report)\b|\bfind\b|\blook up\b|\bneed (?:a |the )?(?:code|icd|cpt|dx)"
)
_HISTORY = (
    r"\bwhat(?:'s| has| is)? (?:changed|new)|\bchanges?\b|\breplac|\bsuccessor|\bpredecessor|\bhistory\b"
    r"|\bused to be|\binstead of\b|\btook (?:its|the) place|\bconverted to|\bnow (?:billed|coded"
    r"|reported) (?:as|with)"
)
_HEADER = (
    r"\bbillable\b|\bspecific|\bmap\b|\bnarrow|\bchildren|\bsubcodes?|\bfull code|\bcomplete code"
    r"|\bhigher specificity|\bmore digits|\bunder\b|\bbelow\b"
)
_NOTES = (
    r"\bexcludes?\b|\bincludes?\b|\binclusion\b|\bcode first\b|\bcode also\b|\buse additional\b|\bnotes?\b"
    r"|\binstruction"
)
_REPORT_ON = (
    r"\b(?:put|add|append|use|need|take|apply|attach|carry|require|bill|pay|paid|with|on|valid|allow"
    r"|appropriate|report|modifier)"
)


def _pair(asked: Asked) -> float:
    if asked.codes >= 2:
        return 0.92 if asked.says(_TOGETHER) or len(asked.question.plain) < 40 else 0.7
    one_more = asked.codes == 1 and asked.memory.codes and asked.memory.intent == "pair"
    return _when(
        bool(one_more and asked.says(r"^(?:and|what about|how about|with|or)\b|\bwith\b|\bthen\b|\binstead\b")), 0.9
    )


def _asked_notes(asked: Asked) -> float:
    return _when(asked.about > 0 and asked.codes == 0 and asked.says(_NOTES), 0.8)


def _fee(asked: Asked) -> float:
    if not asked.about or asked.codes > 2:
        return 0.0
    place_alone = asked.codes == 1 and bool(asked.question.state or asked.question.zip) and not asked.says(_COVER)
    if place_alone and not asked.says(_UNITS):
        return 0.82
    paying = asked.says(_FEE) and not asked.says(_WILL_PAY)
    return _when(paying, 0.89 if asked.says(_AMOUNT) else 0.75)


def _find(asked: Asked) -> float:
    if asked.codes:
        return 0.0
    return _when(asked.says(_FIND), 0.66 - 0.2 * min(asked.diagnoses, 1)) or _when(
        asked.about == 0 and not asked.modifiers, 0.12
    )


def _modifier_on_code(asked: Asked) -> float:
    if not asked.modifiers or not (asked.codes or asked.memory.codes):
        return 0.0
    if asked.codes >= 2 or (asked.codes == 0 and not asked.says(r"\bit\b|\bthat\b|\bthis\b|\bon\b|^and\b|^what about")):
        return 0.0
    return 0.86


INTENTS = (
    Intent(
        "other_payer",
        "medicare-coverage",
        "what a payer other than Medicare pays or requires",
        lambda a: _when(a.question.payer in OTHERS and not a.diagnoses and not a.question.denials, 0.97),
        payers.answer_other_payer,
    ),
    Intent(
        "denial",
        "medicare-coverage",
        "what a denial code means and what to do next",
        lambda a: _when(bool(a.question.denials), 0.94),
        denials.answer_denial,
    ),
    Intent(
        "former_icd",
        "crosswalks",
        "ICD-9 and ICD-10 equivalents",
        lambda a: _when(bool(a.question.former) or (a.diagnoses > 0 and a.says(r"\bicd-?\s?9|\bgems?\b")), 0.96),
        crosswalks.answer_former,
    ),
    Intent(
        "unmapped",
        "crosswalks",
        "a map to a code system that is not loaded",
        lambda a: _when(any(a.says(cue) for _, cue in crosswalks.UNMAPPED[:-1]), 0.95),
        crosswalks.answer_unmapped,
    ),
    Intent(
        "procedure_to_diagnosis",
        "crosswalks",
        "which diagnoses go with a procedure",
        lambda a: _when(
            (a.codes > 0 or a.says(r"\bcpt\b"))
            and a.says(
                r"\bcrosswalk|\b(?:icd|dx|diagnos)\w*(?:-?10)?(?:-?cm)?\b.{0,20}\b(?:support|cover|pay|go|link"
                r"|justif|allow|for|match|map)|\bsupport(?:s|ing)?\b.*\b(?:icd|dx|diagnos)|\bmap\b.*\bicd"
            )
            and not a.diagnoses,
            0.93,
        ),
        crosswalks.answer_procedure_to_diagnosis,
    ),
    Intent(
        "policy",
        "medicare-coverage",
        "which LCD, article or NCD governs a service",
        lambda a: _when(
            bool(a.question.documents)
            or (
                a.says(r"\blcds?\b|\bncds?\b|\blocal coverage|\bcoverage article|\bmac\b.*\bpolicy|\bwhich mac\b")
                and not a.question.denials
            ),
            0.93,
        ),
        coverage.answer_policy,
    ),
    Intent(
        "worksheet",
        "codes",
        "units out of stages, milligrams or minutes",
        lambda a: _when(
            (
                a.says(r"\bblocks?\b|\bstages?\b")
                and a.says(r"\bunits?|how many|how (?:do|would|should)|bill|code|mohs")
                and len(worksheets.mohs_blocks(a.question.plain)) > 1
                and (a.codes > 0 or a.says("mohs"))
            )
            or (
                a.codes == 1
                and a.question.procedures[0][0] in "JQCKSP"
                and a.says(r"\d ?(?:mg|mcg|iu|g|ml|units?)\b")
                and not a.says(r"\bmue\b|\bover\b|\blimit|\bmax")
            ),
            0.95,
        ),
        worksheets.answer_worksheet,
    ),
    Intent(
        "excision",
        "codes",
        "the excision code by lesion and margins",
        lambda a: _when(
            a.codes == 0
            and a.says(r"\bexcis")
            and a.says(r"margin")
            and a.says(r"\d ?(?:cm|mm)")
            and a.says(r"lesion|carcinoma|melanoma|\bbcc|\bscc|nevus|mole|cyst|malignan|benign"),
            0.93,
        ),
        worksheets.answer_excision,
    ),
    Intent(
        "conversion",
        "codes",
        "the conversion factor",
        lambda a: _when(a.codes == 0 and a.says(r"\bconversion factor|\bcf\b"), 0.93),
        conversion.answer_conversion,
    ),
    Intent(
        "seventh",
        "guidelines",
        "how a seventh character is added",
        lambda a: _when(a.says(_SEVENTH) and a.diagnoses > 0, 0.95),
        diagnoses.answer_seventh,
    ),
    Intent(
        "together",
        "guidelines",
        "whether two diagnoses may be reported together",
        lambda a: (
            _when(a.diagnoses >= 2 and a.codes == 0, 0.6 + 0.3 * a.says(_TOGETHER))
            or _when(
                a.diagnoses == 1
                and a.codes == 0
                and a.says(r"\b(?:also|too|together|with|along)\b")
                and a.says(r"diabetes|hypertension")
                and not a.says(_SEQUENCE),
                0.88,
            )
        ),
        diagnoses.answer_together,
    ),
    Intent(
        "sequence",
        "guidelines",
        "which diagnosis goes first",
        lambda a: _when(a.diagnoses > 0 and a.says(_SEQUENCE) and a.codes == 0, 0.93),
        diagnoses.answer_sequence,
    ),
    Intent("dx_notes", "guidelines", "the notes of a diagnosis", _asked_notes, diagnoses.answer_notes),
    Intent(
        "difference",
        "codes",
        "what sets two codes apart",
        lambda a: _when(
            len(a.question.codes) == 2
            and a.says(_DIFFER)
            and not a.says(r"\bndc\b|\btable|\bhospital|\bedit\b|\bindicator|\bncci|\bmue\b"),
            0.96,
        ),
        differences.answer_difference,
    ),
    Intent(
        "units",
        "ncci-edits",
        "the unit limit of a code (MUE)",
        lambda a: _when(a.about > 0 and a.says(_UNITS) and not a.says(r"\bmg\b|\bblocks?\b"), 0.94),
        units.answer_units,
    ),
    Intent(
        "add_on",
        "ncci-edits",
        "whether a code is an add-on and what it needs",
        lambda a: _when((a.codes > 0 or bool(a.memory.codes)) and a.says(_ADD_ON) and a.diagnoses == 0, 0.93),
        add_ons.answer_add_on,
    ),
    Intent("pair", "ncci-edits", "whether two procedure codes may stand together", _pair, pairs.answer_pairs),
    Intent(
        "indicator",
        "modifiers",
        "one payment indicator of a code",
        lambda a: _when(
            a.about > 0
            and a.diagnoses == 0
            and bool(indicators.asked_indicators(a.question.plain))
            and a.codes < 3
            and not a.says(r"\bptp\b|\bmodifier indicator|\bmue\b"),
            0.9,
        ),
        indicators.answer_indicator,
    ),
    Intent(
        "modifier_on_code",
        "modifiers",
        "whether a modifier fits a code and what it does",
        _modifier_on_code,
        modifiers.answer_modifier_on_code,
    ),
    Intent(
        "bypass",
        "modifiers",
        "whether a modifier bypasses an NCCI edit",
        lambda a: _when(a.modifiers > 0 and a.codes == 0 and a.says(_BYPASS), 0.9),
        modifiers.answer_bypass,
    ),
    Intent(
        "modifier_meaning",
        "modifiers",
        "what a modifier means",
        lambda a: _when(
            a.modifiers > 0 and a.codes == 0,
            0.5 + 0.25 * a.says(r"\bmean|\bwhat is\b|\bwhat's\b|\bdefin|\bdescri|\bdifferen|\bexplain"),
        ),
        modifiers.answer_meaning,
    ),
    Intent(
        "covered",
        "medicare-coverage",
        "whether Medicare covers or pays a code",
        lambda a: _when(a.codes + bool(a.memory.codes) > 0 and a.diagnoses == 0 and a.says(_COVER), 0.87),
        coverage.answer_covered,
    ),
    Intent(
        "history",
        "codes",
        "what changed about a code or took its place",
        lambda a: _when(a.about > 0 and a.codes < 2 and a.says(_HISTORY), 0.82),
        crosswalks.answer_changes,
    ),
    Intent("fee", "codes", "what Medicare allows for a code", _fee, fees.answer_fee),
    Intent(
        "header",
        "crosswalks",
        "the billable codes under a header",
        lambda a: _when(
            a.diagnoses > 0 and a.codes == 0 and a.says(_HEADER) and not a.says(r"\bis\b.*\bbillable\b|\bvalid\b"), 0.84
        ),
        diagnoses.answer_header,
    ),
    Intent(
        "valid",
        "codes",
        "whether a code may be billed on a day",
        lambda a: _when(a.about > 0 and a.says(_VALID), 0.8),
        standing.answer_valid,
    ),
    Intent(
        "describe",
        "codes",
        "what a code is",
        lambda a: (
            _when(
                len(a.question.codes) > 0,
                0.4
                + 0.3
                * a.says(
                    r"^(?:what(?:'s| is| are| does)|define|describe|explain|tell me about|meaning of|lookup|look up)\b"
                ),
            )
            or _when(bool(a.question.place) and a.says(r"\bpos\b|\bplace of service"), 0.55)
            or _when(a.about > 0, 0.2)
        ),
        standing.answer_describe,
    ),
    Intent("find", "codes", "the code for words", _find, find_codes.answer_find),
    Intent(
        "knowledge",
        "guidelines",
        "what the practice notes and manuals say",
        lambda a: knowledge.nearness(a.question),
        knowledge.answer_knowledge,
    ),
)
BY_NAME = {intent.name: intent for intent in INTENTS}
SURE = 0.15
"""How far the likeliest intent must be ahead for the router to be sure of it."""


def ranked(question: Question, memory: Memory) -> list[tuple[float, Intent]]:
    """Intents that fit at all, likeliest first; among equals the more particular, which is listed first."""
    asked = Asked(question, memory)
    scores = [(intent.score(asked), intent) for intent in INTENTS]
    return sorted((item for item in scores if item[0] > 0), key=lambda item: -item[0])


def is_sure(found: list[tuple[float, Intent]]) -> bool:
    """Whether the likeliest is well ahead of the next."""
    return bool(found) and (len(found) == 1 or found[0][0] - found[1][0] >= SURE or found[0][0] > 0.9)
