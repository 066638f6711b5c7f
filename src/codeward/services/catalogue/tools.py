"""Tools: the services that programs and the assistant may ask, each described once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer
from codeward.core.codes import SYSTEMS
from codeward.core.faults import BadInput
from codeward.services import crosswalks, denials, manual_pages, pair_matrix
from codeward.services.catalogue.tool import Tool, argument
from codeward.services.check_pair import PairCheck, check_pair
from codeward.services.coverage import values
from codeward.services.coverage.check import check_coverage
from codeward.services.crosswalks import Crosswalk
from codeward.services.denials import Denial
from codeward.services.look_up import look_up
from codeward.services.manual_pages import ManualFinds
from codeward.services.page import CodePage
from codeward.services.pair_edits import SETTINGS
from codeward.services.pair_matrix import PairMatrix
from codeward.services.search import SearchResult, search
from codeward.services.view import View
from codeward.store.library import Library


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
class CheckCoverage:
    """Arguments of `check_coverage`."""

    procedure: str = argument("A procedure code, CPT or HCPCS Level II.", default="")
    diagnoses: tuple[str, ...] = argument("The documented diagnoses of the line, ICD-10-CM.", default=())
    state: str = argument("Where: a state, by letters or name.", default="")
    zip: str = argument("Where: a ZIP code.", default="")
    setting: str = argument("Who bills.", default="practitioner", choices=values.SETTINGS)
    words: str = argument("Words of a document's title, where code lists are not loaded.", default="")


def _check_coverage(library: Library, on: date, asked: CheckCoverage) -> Answer[values.CoverageCheck]:
    question = values.CoverageQuestion(
        asked.procedure, asked.diagnoses, asked.state, asked.zip, asked.setting, asked.words
    )
    return check_coverage(library, question, on)


TOOLS = (
    Tool("look_up", "Everything known of one code on a date of service", LookUp, _look_up),
    Tool("search", "Codes by number or words, best first", Search, _search),
    Tool("check_pair", "Whether an NCCI pair edit holds between two procedure codes", CheckPair, _check_pair),
    Tool("check_pairs", "The NCCI pair edits among a handful of procedure codes", CheckPairs, _check_pairs),
    Tool("explain_denial", "What a denial code means and what to do next", ExplainDenial, _explain_denial),
    Tool("cross_icd", "ICD-9 and ICD-10 codes that the general equivalence mappings set beside a code",
         CrossIcd, _cross_icd),
    Tool("read_ncci_manual", "Paragraphs of the NCCI policy manual that hold words or codes", ReadManual, _read_manual),
    Tool("check_coverage", "What Medicare's coverage documents say of a procedure with its diagnoses at a place",
         CheckCoverage, _check_coverage),
)  # fmt: skip
"""Every tool, by what coders ask most."""
BY_NAME = {tool.name: tool for tool in TOOLS}
