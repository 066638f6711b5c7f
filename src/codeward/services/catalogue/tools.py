"""Tools: the services that programs and the assistant may ask, each described once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from codeward.core.answers import Answer
from codeward.core.claims import SETTINGS as CLAIM_SETTINGS
from codeward.core.claims import Finding, Payment
from codeward.core.codes import SYSTEMS
from codeward.core.faults import BadInput
from codeward.core.notes import Suggestion
from codeward.datasets.revenue_codes import REVENUE_CODES, RevenueRow
from codeward.services import crosswalks, denials, guidance, manual_pages, pair_matrix
from codeward.services.catalogue.claims import CLAIM_TOOLS, fields_of
from codeward.services.catalogue.codes import CODE_TOOLS
from codeward.services.catalogue.libraries import LIBRARY_TOOLS
from codeward.services.catalogue.tool import Tool, argument
from codeward.services.check_diagnoses import check_diagnoses
from codeward.services.check_pair import PairCheck, check_pair
from codeward.services.coverage.check import check_coverage
from codeward.services.coverage.serving import contractors_of
from codeward.services.coverage.values import SETTINGS as COVERAGE_SETTINGS
from codeward.services.coverage.values import Contractor, CoverageCheck, CoverageQuestion
from codeward.services.coverage_documents import EXPORTS, CoverageDocument, coverage_document, coverage_documents
from codeward.services.coverage_documents import Asked as DocumentsAsked
from codeward.services.crosswalks import Crosswalk
from codeward.services.denials import Denial
from codeward.services.documents.answers import Document, code_document, search_document
from codeward.services.documents.groups import crosswalk_document
from codeward.services.documents.pairs import pair_document
from codeward.services.documents.payments import payment_document
from codeward.services.documents.plain import flat_document
from codeward.services.documents.suggested import suggestion_document
from codeward.services.documents.worksheets import worksheet_document
from codeward.services.guidance import PassageFinds
from codeward.services.localities import Locality, localities_of_state
from codeward.services.look_up import look_up
from codeward.services.manual_pages import ManualFinds
from codeward.services.page import CodePage
from codeward.services.pair_edits import SETTINGS
from codeward.services.pair_matrix import PairMatrix
from codeward.services.practice_notes import FoundNote, find_notes
from codeward.services.pricing.quote import PriceQuestion, price_services
from codeward.services.search import SearchResult, search
from codeward.services.suggest.suggest import suggest
from codeward.services.view import View
from codeward.services.worksheets.kinds import kind_named
from codeward.services.worksheets.values import Worksheet
from codeward.services.worksheets.work_out import work_out
from codeward.store.library import Found, Library


@dataclass(frozen=True, slots=True)
class LookUp:
    """Arguments of `look_up`."""

    code: str = argument("A code, however typed: case, dots and blanks do not matter.")
    system: str = argument("Only this code system.", default="", choices=SYSTEMS)


def _look_up(library: Library, on: date, asked: LookUp) -> Answer[CodePage]:
    return look_up(library, asked.code, on, asked.system or None)


@dataclass(frozen=True, slots=True)
class Search:
    """Arguments of `search`."""

    text: str = argument("A code, the beginning of one, or words: abbreviations, lay and misspelt ones too.")
    system: str = argument("Only this code system.", default="", choices=SYSTEMS)
    billable: bool = argument("Leave out headers.", default=False)
    most: int = argument("At most so many results, up to 50.", default=10)


def _search(library: Library, on: date, asked: Search) -> Answer[SearchResult]:
    if not 1 <= asked.most <= 50:
        raise BadInput(f"search: most is {asked.most}: expected 1 to 50")
    return search(library, asked.text, on, asked.system or None, billable=asked.billable, most=asked.most)


@dataclass(frozen=True, slots=True)
class CheckPair:
    """Arguments of `check_pair`."""

    a: str = argument("A procedure code, CPT or HCPCS Level II.")
    b: str = argument("Another.")
    setting: str = argument("Whose table is asked.", default="practitioner", choices=tuple(SETTINGS))


def _check_pair(library: Library, on: date, asked: CheckPair) -> Answer[PairCheck]:
    return check_pair(library, asked.a, asked.b, on, asked.setting)


@dataclass(frozen=True, slots=True)
class CheckPairs:
    """Arguments of `check_pairs`."""

    codes: tuple[str, ...] = argument("Procedure codes, 2 to 25.")
    setting: str = argument("Whose table is asked.", default="practitioner", choices=tuple(SETTINGS))


def _check_pairs(library: Library, on: date, asked: CheckPairs) -> Answer[PairMatrix]:
    return pair_matrix.pair_matrix(library, list(asked.codes), on, asked.setting)


@dataclass(frozen=True, slots=True)
class ExplainDenial:
    """Arguments of `explain_denial`."""

    code: str = argument("A denial code of a remittance: CO-97, B15, N519, MA130.")


def _explain_denial(library: Library, on: date, asked: ExplainDenial) -> Answer[Denial]:
    return denials.denial(library, asked.code, on)


@dataclass(frozen=True, slots=True)
class CrossIcd:
    """Arguments of `cross_icd`."""

    code: str = argument("An ICD-9 or ICD-10 code, with or without its dot.")


def _cross_icd(library: Library, on: date, asked: CrossIcd) -> Answer[Crosswalk]:
    return crosswalks.cross_walk(library, asked.code, View(library, on))


@dataclass(frozen=True, slots=True)
class ReadManual:
    """Arguments of `read_ncci_manual`."""

    text: str = argument("Words or codes to find in the NCCI policy manual.")
    most: int = argument("At most so many paragraphs, up to 20.", default=5)


def _read_manual(library: Library, on: date, asked: ReadManual) -> Answer[ManualFinds]:
    if not 1 <= asked.most <= 20:
        raise BadInput(f"read_ncci_manual: most is {asked.most}: expected 1 to 20")
    return manual_pages.find_in_manual(library, asked.text, on, asked.most)


@dataclass(frozen=True, slots=True)
class CheckDiagnoses:
    """Arguments of `check_diagnoses`."""

    codes: tuple[str, ...] = argument("ICD-10-CM codes in the order they would be reported, 1 to 12.")


def _check_diagnoses(library: Library, on: date, asked: CheckDiagnoses) -> Answer[tuple[Finding, ...]]:
    return check_diagnoses(library, asked.codes, on)


@dataclass(frozen=True, slots=True)
class WorkOut:
    """Arguments of `work_out`."""

    kind: str = argument("A worksheet: mohs, drug, excision, repair and so on.")
    input: str = argument("Its fields as a JSON object.")


def _work_out(library: Library, on: date, asked: WorkOut) -> Answer[Worksheet]:
    return work_out(library, kind_named(asked.kind), fields_of(asked.input), on)


@dataclass(frozen=True, slots=True)
class Price:
    """Arguments of `price`."""

    services: tuple[str, ...] = argument("Services of one day as CODE:MOD,MODxUNITS, such as 20610:50 or J1885x4.")
    place_of_service: str = argument("Two digits.", default="11")
    locality: str = argument("Contractor and locality, such as 03102-00.", default="")
    zip: str = argument("ZIP of the place of service, 5 or 9 digits.", default="")
    national: bool = argument("Indices of 1.000.", default=False)
    state: str = argument("Of the patient, for equipment.", default="")
    taxonomy: str = argument("Of who renders.", default="")
    setting: str = argument("Whose claim.", default=CLAIM_SETTINGS[0], choices=CLAIM_SETTINGS)
    qualifying: bool = argument("A qualifying APM participant's factor, from 2026.", default=False)


def _price(library: Library, on: date, asked: Price) -> Answer[Payment]:
    return price_services(library, PriceQuestion(**asdict(asked)), on)


@dataclass(frozen=True, slots=True)
class FindLocalities:
    """Arguments of `find_localities`."""

    state: str = argument("Postal letters of a state.")


def _find_localities(library: Library, on: date, asked: FindLocalities) -> Answer[tuple[Locality, ...]]:
    view = View(library, on)
    return view.answer(localities_of_state(view, asked.state))


@dataclass(frozen=True, slots=True)
class CheckCoverage:
    """Arguments of `check_coverage`."""

    procedure: str = argument("A procedure code, CPT or HCPCS Level II.", default="")
    diagnoses: tuple[str, ...] = argument("The documented ICD-10-CM codes the line points to.", default=())
    state: str = argument("State of the service, letters or name.", default="")
    zip: str = argument("ZIP of the place of service.", default="")
    setting: str = argument("Whose claim.", default="practitioner", choices=COVERAGE_SETTINGS)
    words: str = argument("Words that find documents by title, where no code is at hand.", default="")


def _check_coverage(library: Library, on: date, asked: CheckCoverage) -> Answer[CoverageCheck]:
    return check_coverage(library, CoverageQuestion(**asdict(asked)), on)


@dataclass(frozen=True, slots=True)
class CoverageDocumentAsked:
    """Arguments of `coverage_document`."""

    number: str = argument("A document number: L33689, A57767, NCD 310.1.")


def _coverage_document(library: Library, on: date, asked: CoverageDocumentAsked) -> Answer[Any]:
    return coverage_document(library, asked.number, on)


@dataclass(frozen=True, slots=True)
class FindPracticeNotes:
    """Arguments of `find_practice_notes`."""

    text: str = argument("The question in words.", default="")
    codes: tuple[str, ...] = argument("Codes it names.", default=())
    modifiers: tuple[str, ...] = argument("Modifiers it names.", default=())
    most: int = argument("At most so many notes, up to 20.", default=5)


def _find_practice_notes(library: Library, on: date, asked: FindPracticeNotes) -> Answer[tuple[FoundNote, ...]]:
    if not 1 <= asked.most <= 20:
        raise BadInput(f"find_practice_notes: most is {asked.most}: expected 1 to 20")
    view = View(library, on)
    return view.answer(find_notes(view, asked.text, asked.codes, asked.modifiers, asked.most))


@dataclass(frozen=True, slots=True)
class FindCoverageDocuments:
    """Arguments of `find_coverage_documents`."""

    words: str = argument("Words of the title or the owner.")
    kind: str = argument("LCD, Article or NCD.", default="", choices=tuple(EXPORTS))


def _find_coverage_documents(
    library: Library, on: date, asked: FindCoverageDocuments
) -> Answer[tuple[CoverageDocument, ...]]:
    return coverage_documents(library, on, DocumentsAsked(asked.words, asked.kind))


@dataclass(frozen=True, slots=True)
class FindContractors:
    """Arguments of `find_contractors`."""

    state: str = argument("State, letters or name.")


def _find_contractors(library: Library, on: date, asked: FindContractors) -> Answer[tuple[Contractor, ...]]:
    return contractors_of(library, asked.state, on)


@dataclass(frozen=True, slots=True)
class FindRevenueCodes:
    """Arguments of `find_revenue_codes`: none."""


def _find_revenue_codes(library: Library, on: date, asked: FindRevenueCodes) -> Answer[tuple[Found[RevenueRow], ...]]:
    view = View(library, on)
    return view.answer(tuple(view.find(REVENUE_CODES.id)))


@dataclass(frozen=True, slots=True)
class Suggest:
    """Arguments of `suggest`."""

    note: str = argument("Clinical text; identifiers in it are masked before it is read.")
    setting: str = argument("Which guidelines hold.", default="outpatient", choices=("outpatient", "inpatient"))


def _suggest(library: Library, on: date, asked: Suggest) -> Answer[Suggestion]:
    return suggest(library, asked.note, on, setting=asked.setting)


@dataclass(frozen=True, slots=True)
class ReadGuidelines:
    """Arguments of `read_guidelines`."""

    text: str = argument("A section (I.C.9.a, ch12 30.6.5) or words to find.")
    document: str = argument("Only this document.", default="", choices=guidance.GUIDANCE)
    most: int = argument("At most so many paragraphs, up to 20.", default=5)


def _read_guidelines(library: Library, on: date, asked: ReadGuidelines) -> Answer[PassageFinds]:
    if not 1 <= asked.most <= 20:
        raise BadInput(f"read_guidelines: most is {asked.most}: expected 1 to 20")
    return guidance.find_passages(library, asked.text, on, asked.document, asked.most)


def _denied(answer: Answer[Denial]) -> Document:
    """Without the publisher's wording, which is licensed for people who read it here."""
    return {**flat_document(answer), "text": "", "text_source": None}


def _priced(answer: Answer[Payment]) -> Document:
    return payment_document(answer.value)


TOOLS = (
    Tool("look_up", "Everything known of one code on a date of service", LookUp, _look_up,
         "Facts and sections with sources: prices, edits, limits, history. CPT codes come without "
         "the AMA's wording; a dataset under not_loaded says nothing about the code.", code_document),
    Tool("search", "Codes by number or words, best first", Search, _search,
         "Finds codes of the loaded editions only; a score is a rank and no promise that a code fits the record.",
         search_document),
    Tool("suggest", "Candidate codes out of a clinical note", Suggest, _suggest,
         "A coder accepts or rejects each: `accepted` says which the guidelines would report for this encounter. "
         "The note is not kept.", suggestion_document),
    Tool("cross_icd", "ICD-9 and ICD-10 codes that the general equivalence mappings set beside a code", CrossIcd,
         _cross_icd, "The mappings ended with fiscal year 2018; a candidate is never billable by itself.",
         crosswalk_document),
    Tool("check_diagnoses", "Whether diagnoses may be reported together, and in which order", CheckDiagnoses,
         _check_diagnoses, "ICD-10-CM notes and code standing only; not whether the record supports them."),
    Tool("check_pair", "Whether an NCCI pair edit holds between two procedure codes", CheckPair, _check_pair,
         "A verdict of not-checked is no clean bill. Which modifiers could bypass an edit is said, never that one may "
         "be used: that needs a documented fact.", pair_document),
    Tool("check_pairs", "The NCCI pair edits among a handful of procedure codes", CheckPairs, _check_pairs,
         "One setting's table; a pair without an edit may still break other rules."),
    Tool("work_out", "Units of a service out of what was done", WorkOut, _work_out,
         "Worksheets count and measure; the record must hold what is given.", worksheet_document),
    Tool("price", "What Medicare allows for services of one day, every factor shown", Price, _price,
         "The fee schedules' amount before deductible, cost share and sequestration; not what a payer will pay.",
         _priced),
    Tool("check_coverage", "What Medicare's coverage documents say of a service at a place", CheckCoverage,
         _check_coverage,
         "No policy is never covered, and a listed diagnosis is not a reason to report one. Frequency and prior "
         "treatment are not checked.", flat_document),
    Tool("coverage_document", "Every loaded version of an LCD, article or NCD", CoverageDocumentAsked,
         _coverage_document, "The version that stands on the day comes first."),
    Tool("find_coverage_documents", "Coverage documents by words of title and owner", FindCoverageDocuments,
         _find_coverage_documents, "Lists what is loaded; it says nothing about whether a service is covered."),
    Tool("find_contractors", "The Medicare contractors of a state", FindContractors, _find_contractors,
         "By kind of claim; for the date of service."),
    Tool("find_localities", "The payment localities of a state", FindLocalities, _find_localities,
         "With their practice cost indices; a ZIP decides which one, see locality_of_zip."),
    Tool("find_revenue_codes", "Revenue codes usual with families of procedures", FindRevenueCodes,
         _find_revenue_codes, "Custom in our own words, no rule: the hospital's charge master decides."),
    Tool("explain_denial", "What a denial code means and what to do next", ExplainDenial, _explain_denial,
         "In our own words; the payer's remittance decides which case it is.", _denied),
    Tool("find_practice_notes", "Dated practice notes that answer a question", FindPracticeNotes, _find_practice_notes,
         "Short statements in our own words that name the official document and how sure we are."),
    Tool("read_ncci_manual", "Paragraphs of the NCCI policy manual that hold words or codes", ReadManual,
         _read_manual, "CMS's own words with their page, of the edition of the day."),
    Tool("read_guidelines", "Paragraphs of the ICD-10-CM guidelines and the Medicare claims processing manual",
         ReadGuidelines, _read_guidelines, "The documents' own words with their place, where they are loaded."),
    *CODE_TOOLS,
    *CLAIM_TOOLS,
    *LIBRARY_TOOLS,
)  # fmt: skip
"""Every tool, by what coders ask most."""
BY_NAME = {tool.name: tool for tool in TOOLS}
