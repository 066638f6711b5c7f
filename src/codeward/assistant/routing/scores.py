"""Scores: how likely a question is of each intent, from 0 to 1, by the codes it names and the words around them.

The numbers only order the intents: what names its subject in so many words stands above 0.9, what merely fits below.
"""

from __future__ import annotations

from codeward.assistant.reading import sites_said
from codeward.assistant.reading.places_said import OTHERS
from codeward.assistant.routing import cues
from codeward.assistant.routing.asked import Asked
from codeward.assistant.routing.bare import is_bare
from codeward.assistant.topics.crosswalks import UNMAPPED
from codeward.assistant.topics.groups import asked_groups
from codeward.assistant.topics.indicators import asked_indicators
from codeward.assistant.topics.not_held import names_one
from codeward.assistant.topics.open_services import open_service as services_named
from codeward.assistant.topics.small_talk import is_greeting
from codeward.assistant.topics.small_talk import misshapen as misshapen_code
from codeward.assistant.topics.worksheets import mohs_blocks


def _when(condition: object, score: float) -> float:
    return score if condition else 0.0


def other_payer(asked: Asked) -> float:
    """A payer other than Medicare is named."""
    return _when(asked.question.payer in OTHERS and not asked.diagnoses and not asked.question.denials, 0.97)


def denial(asked: Asked) -> float:
    """A denial code is named."""
    return _when(asked.question.denials, 0.94)


def former_icd(asked: Asked) -> float:
    """ICD-9 is named, or the mappings for a diagnosis."""
    return _when(asked.question.former or (asked.diagnoses and asked.says(r"\bicd-?\s?9|\bgems?\b")), 0.96)


def unmapped(asked: Asked) -> float:
    """A code system is named to which no publication maps; revenue codes have a table of their own."""
    return _when(any(asked.says(cue) for _, cue in UNMAPPED[:-1]), 0.95)


def procedure_to_diagnosis(asked: Asked) -> float:
    """Diagnoses are asked for by a procedure."""
    procedural = asked.codes or asked.says(r"\bcpt\b")
    return _when(procedural and not asked.diagnoses and asked.says(cues.CROSSWALK), 0.93)


def policy(asked: Asked) -> float:
    """A coverage document is named or asked for."""
    owned = asked.says(r"\barticle\b") and asked.says(cues.OWNERS)
    owned = owned or (asked.says(r"\bpolic(?:y|ies)\b") and asked.says(cues.OWNERS))
    asked_for = (asked.says(cues.POLICY) or owned) and not asked.question.denials and not asked.modifiers
    service = not asked.about and asked.says(cues.COVERED_SERVICE) and not asked.modifiers
    return _when(asked.question.documents or asked_for, 0.93) or _when(service, 0.7)


def contractor(asked: Asked) -> float:
    """Which contractor serves a place, or which locality a ZIP lies in."""
    if asked.codes or asked.question.documents or asked.says(cues.POLICY_NAMED):
        return 0.0
    placed = asked.question.state or asked.question.zip
    owned = asked.says(cues.OWNERS) and asked.says(cues.SERVES)
    named = asked.says(cues.CONTRACTOR) or owned or (asked.question.zip and asked.says(r"\blocality\b"))
    return _when(named, 0.965 if placed else 0.6)


def worksheet(asked: Asked) -> float:
    """Blocks and stages of Mohs surgery, or the dose of one drug code."""
    stages = asked.says(cues.STAGES) and asked.says(cues.COUNTED) and (asked.codes or asked.says("mohs"))
    if stages and len(mohs_blocks(asked.question.plain)) > 1:
        return 0.95
    codes = asked.question.procedures or () if asked.question.codes else asked.memory.codes
    drug = len(codes) == 1 and codes[0][0] in "JQCKSP" and asked.says(cues.DOSE)
    return _when(drug and not asked.says(r"\bmue\b|\bover\b|\blimit|\bmax"), 0.95)


def excision(asked: Asked) -> float:
    """An excision with its size and its margins."""
    sized = asked.says(r"\bexcis") and asked.says(r"margin") and asked.says(r"\d ?(?:cm|mm)")
    return _when(not asked.codes and sized and asked.says(cues.LESION), 0.93)


def conversion(asked: Asked) -> float:
    """The conversion factor, of no code."""
    return _when(not asked.codes and asked.says(r"\bconversion factor|\bcf\b"), 0.93)


def seventh(asked: Asked) -> float:
    """The seventh character of a diagnosis."""
    return _when(asked.diagnoses and asked.says(cues.SEVENTH), 0.95)


def together(asked: Asked) -> float:
    """Diagnoses beside each other: two codes, or a code and a condition in words."""
    if asked.codes:
        return 0.0
    if asked.diagnoses >= 2:
        return 0.6 + 0.3 * asked.says(cues.TOGETHER)
    beside = asked.says(r"\b(?:also|too|together|with|along)\b") and asked.says(r"diabetes|hypertension")
    return _when(asked.diagnoses == 1 and beside and not asked.says(cues.SEQUENCE), 0.88)


def sequence(asked: Asked) -> float:
    """The order of diagnoses."""
    primary = asked.diagnoses == 1 and asked.says(r"\bbe (?:the )?primary\b|\bfirst[- ]listed\b")
    return _when(asked.diagnoses and not asked.codes and (primary or asked.says(cues.SEQUENCE)), 0.93)


def diagnosis_notes(asked: Asked) -> float:
    """Notes of the tabular list."""
    return _when(asked.about and not asked.codes and asked.says(cues.NOTES), 0.8)


def difference(asked: Asked) -> float:
    """Two codes to be told apart, not two tables."""
    tables = r"\bndc\b|\btable|\bhospital|\bedit\b|\bindicator|\bncci|\bmue\b"
    return _when(len(asked.question.codes) == 2 and asked.says(cues.DIFFER) and not asked.says(tables), 0.96)


def units(asked: Asked) -> float:
    """The most units of a code."""
    return _when(asked.procedures and asked.says(cues.UNITS) and not asked.says(r"\bmg\b|\bblocks?\b"), 0.94)


def add_on(asked: Asked) -> float:
    """Whether a procedure code stands alone."""
    return _when((asked.codes or asked.memory.codes) and not asked.diagnoses and asked.says(cues.ADD_ON), 0.935)


def pair(asked: Asked) -> float:
    """Two procedure codes or more, or one more beside the pair that was asked about."""
    again_with = asked.memory.intent == "pair" and len(asked.memory.codes) > 1 and asked.modifiers and asked.follows
    if again_with:
        return 0.94
    if asked.codes >= 2:
        return 0.92 if asked.says(cues.TOGETHER) or len(asked.question.plain) < 40 else 0.7
    beside = asked.codes == 1 and asked.memory.codes and asked.says(cues.IT_BESIDE)
    again = asked.codes == 1 and asked.memory.codes and asked.memory.intent == "pair"
    if beside:
        return 0.93
    return _when(again and asked.says(r"^(?:and|what about|how about|with|or)\b|\bwith\b|\bthen\b|\binstead\b"), 0.9)


def indicator(asked: Asked) -> float:
    """One payment indicator of a code or two, by its name."""
    named = bool(asked_indicators(asked.question.plain)) and not asked.says(r"\bptp\b|\bmodifier indicator|\bmue\b")
    return _when(asked.about and not asked.diagnoses and asked.codes < 3 and named, 0.9)


def modifier_on_code(asked: Asked) -> float:
    """A modifier with one procedure code, said or meant."""
    if not asked.modifiers or asked.codes >= 2 or not (asked.codes or asked.memory.codes):
        return 0.0
    meant = asked.says(r"\bit\b|\bthat\b|\bthis\b|\bon\b|^and\b|^what about")
    return _when(asked.codes or meant, 0.86)


def site_modifier(asked: Asked) -> float:
    """The modifier of a finger, toe, eyelid or coronary artery."""
    if asked.modifiers or asked.diagnoses or not sites_said.site_modifier(asked.question.plain):
        return 0.0
    named = asked.says(r"\bmods?\b|\bmodifiers?\b")
    other = asked.says(cues.FEE) or asked.says(cues.UNITS) or asked.says(cues.TOGETHER) or asked.says(cues.COVER)
    return _when(named or (asked.codes == 1 and not other and not asked.says(cues.OTHER_SYSTEM)), 0.945)


def bypass(asked: Asked) -> float:
    """A modifier and the edits, without a code."""
    return _when(asked.modifiers and not asked.codes and asked.says(cues.BYPASS), 0.93)


def modifier_meaning(asked: Asked) -> float:
    """A modifier by itself."""
    alone = asked.says(cues.MODIFIER_ALONE) or (asked.modifiers > 1 and asked.says(cues.DIFFER))
    return _when(asked.modifiers and not asked.codes, 0.93 if alone else 0.5 + 0.25 * asked.says(cues.MEANING))


def covered(asked: Asked) -> float:
    """Whether Medicare covers a procedure code."""
    return _when((asked.codes or asked.memory.codes) and not asked.diagnoses and asked.says(cues.COVER), 0.87)


def history(asked: Asked) -> float:
    """What changed about one code."""
    return _when(asked.about and asked.codes < 2 and asked.says(cues.HISTORY), 0.82)


def fee(asked: Asked) -> float:
    """What a code pays; a code with a place and no other word asks for that too."""
    if not asked.about or asked.codes > 2:
        return 0.0
    place_alone = asked.codes == 1 and (asked.question.state or asked.question.zip)
    if place_alone and not asked.says(cues.COVER) and not asked.says(cues.UNITS):
        return 0.82
    if asked.codes == 1 and asked.question.years and asked.says(r"\bpay\b|\bpaid\b"):
        return 0.93
    paying = asked.says(cues.FEE) and not asked.says(cues.WILL_PAY)
    return _when(paying, 0.89 if asked.says(cues.AMOUNT) else 0.75)


def header(asked: Asked) -> float:
    """The codes under a header."""
    standing = asked.says(r"\bis\b.*\bbillable\b|\bvalid\b")
    return _when(asked.diagnoses and not asked.codes and asked.says(cues.HEADER) and not standing, 0.84)


def valid(asked: Asked) -> float:
    """Whether a code may be billed on a day."""
    told_of = asked.says(cues.LISTED) or not asked.narrates
    return _when(asked.about and asked.says(cues.VALID), 0.8 if told_of else 0.3)


def describe(asked: Asked) -> float:
    """What a code is: what is left when nothing more is asked of it."""
    if asked.question.of_system("taxonomy"):
        return 0.93
    if asked.question.codes:
        return 0.4 + 0.3 * asked.says(cues.WHAT_IS)
    if asked.about and asked.says(
        r"\bwhat (?:drug|code|service|procedure|item|supply|diagnosis|test) is (?:that|it|this)\b"
    ):
        return 0.93
    rate = asked.memory.place and not asked.memory.codes and not asked.question.codes
    if rate and asked.memory.intent == "describe" and asked.says(r"\brates?\b|\bpa(?:y|id)|\bfacility\b"):
        return 0.95
    place = asked.question.place and asked.says(r"\bpos\b|\bplace of service")
    if asked.question.place and asked.says(r"\bpos \d\d\b|\bplace of service \d\d\b"):
        return 0.93
    return _when(place, 0.55) or _when(asked.about, 0.2)


def find(asked: Asked) -> float:
    """A code for words."""
    if asked.codes:
        return 0.0
    if asked.exact and not asked.about:
        return 0.92
    if not asked.about and asked.says(cues.SHORT_LIST):
        return 0.93
    if asked.memory.intent == "find" and asked.memory.words and asked.question.text.startswith(asked.memory.words):
        return 0.93
    asking = _when(asked.says(cues.FIND), 0.66 - 0.2 * min(asked.diagnoses, 1))
    return asking or _when(not asked.about and not asked.modifiers, 0.12)


_NOT_GONE_ON = frozenset({"", "missing", "other_payer", "find", "policy", "open_service", "not_held"})


def follow_up(asked: Asked, name: str) -> float:
    """A short question that goes on from the last one, for the intent that answered it."""
    if name == "knowledge" and not asked.near:
        return 0.0
    if asked.memory.intent != name or name in _NOT_GONE_ON or len(asked.question.plain) > 60:
        return 0.0
    goes_on = asked.says(
        r"^(?:and|what about|how about|so|why|same|thanks|or|then|ok|also|but|if)\b|\bsame for\b"
        r"|\binstead\b"
    )
    return _when(goes_on or len(asked.question.plain.split()) <= 4, 0.918)


def nearest_note(asked: Asked) -> float:
    """A practice note that answers the words; beside codes the tables come first."""
    if asked.says(cues.READING) and not asked.question.codes:
        return 0.95
    tabled = asked.says(cues.TABLED) or (asked.codes and asked.says(cues.AMOUNT)) or asked.says(r"\d ?(?:cm|mm)\b")
    if any(not item.listed for item in asked.question.codes):
        return asked.near * 0.4
    paired = asked.codes > 1 and asked.says(cues.TOGETHER)
    if asked.noted and not tabled and not paired and not asked.exact:
        return max(asked.near, 0.925)
    if asked.question.codes and asked.says(cues.WHAT_IS) and not asked.narrates:
        return asked.near * 0.7
    coded = (
        asked.codes
        or asked.diagnoses
        or asked.says(
            r"\btaxonomy\b|\bpos (?:code )?for\b|\bicd-?\s?10"
            r"|\bcodes? for\b"
        )
    )
    return asked.near * (0.93 if coded else 1)


def not_held(asked: Asked) -> float:
    """Something that no publication here holds."""
    return _when(names_one(asked.question.plain) and not asked.noted, 0.96)


def greeting(asked: Asked) -> float:
    """Nothing but a greeting or thanks."""
    return _when(is_greeting(asked.question.plain), 0.97)


def misshapen(asked: Asked) -> float:
    """A code of a shape that no code has."""
    named = asked.question.codes or asked.question.documents or asked.question.denials or asked.question.former
    return _when(not named and misshapen_code(asked.question.plain), 0.95)


_FEW = 5
"""Words of a question that names nothing, at most."""


def missing(asked: Asked) -> float:
    """Something is asked of a code that neither the question nor the memory names."""
    if not asked.about and not asked.modifiers and (is_bare(asked.question.plain) or asked.says(cues.FEE_OF_NOTHING)):
        return 0.94
    if _names_its_subject(asked):
        return 0.0
    if asked.says(cues.DENIED) and not asked.modifiers and asked.near < 0.8:
        return 0.93
    pointed = asked.says(cues.POINTED) and not asked.says(cues.IMPERSONAL) and asked.says(cues.ASKED_OF_CODE)
    return _when(pointed and len(asked.question.plain) < 60, 0.93) or _when(asked.says(cues.BARE_ASK), 0.93)


def _names_its_subject(asked: Asked) -> bool:
    """Whether there is something to look up: codes, documents, a policy's subject, or a rule that a note holds."""
    said = asked.question
    if asked.about or said.documents or said.denials or said.former or asked.noted or asked.says(cues.POLICY_OF):
        return True
    if asked.modifiers and not asked.says(r"^(?:does|can|may|will) (?:it|this|that)\b"):
        return True
    ruled = asked.near >= 0.775 and len(said.plain.split()) > _FEW
    return ruled and asked.says(r"\bboth\b") and not asked.says(r"\b(?:it|this|that|these|those|they|them)\b")


def open_service(asked: Asked) -> float:
    """A service in words whose code turns on details that are not told."""
    asking = asked.says(cues.FIND) or asked.says(r"\bcodes?\b|\bcpt\b")
    told = asked.says(r"\d ?(?:cm|mm|minutes?|min|units?|mg)\b") or len(asked.question.plain) > 60
    diagnosis = asked.says(cues.OTHER_SYSTEM) or asked.modifiers or asked.says(r"^(?:can|is|are|may|should)\b")
    ordered = asked.says(cues.SEQUENCE) or asked.noted
    named = not asked.about and asking and not told and not diagnosis and not ordered
    return _when(named and services_named(asked.question.plain), 0.93)


def groups(asked: Asked) -> float:
    """A grouping of a diagnosis: HCC, CC or MCC, CCSR, DRG."""
    grouped = asked_groups(asked.question.plain) and not asked.narrates
    return _when(asked.diagnoses and not asked.codes and grouped, 0.95)


def revenue(asked: Asked) -> float:
    """A revenue code."""
    return _when(asked.says(r"\brev(?:enue)?\.? codes?\b"), 0.96)
