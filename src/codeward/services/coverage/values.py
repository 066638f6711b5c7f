"""What a coverage check is asked, and what it finds: place, contractors, governing documents and their groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.sources import Source

SUPPORTED, NOT_SUPPORTED, NEEDS_SECONDARY = "SUPPORTED_BY_DX", "NOT_SUPPORTED", "NEEDS_SECONDARY"
TEXT_ONLY, NO_POLICY, NOT_CHECKED = "TEXT_ONLY", "NO_POLICY", "NOT_CHECKED"
VERDICTS = (NOT_SUPPORTED, NEEDS_SECONDARY, SUPPORTED, NOT_CHECKED, TEXT_ONLY, NO_POLICY)
"""In the order in which they outweigh each other, where several documents speak."""
SETTINGS = ("practitioner", "outpatient-hospital", "asc", "dme")
BY_CODE, BY_RELATION, BY_TITLE = "lists the code", "related", "title"
"""Why a document is thought to govern: it lists the procedure, one that does names it, or its title has the words."""


@dataclass(frozen=True, slots=True)
class CoverageQuestion:
    """What is asked: a procedure, the diagnoses its claim line points to, where and in which setting.

    `words` finds documents by their title where no loaded table lists codes.
    """

    procedure: str = ""
    diagnoses: tuple[str, ...] = ()
    state: str = ""
    zip: str = ""
    setting: str = "practitioner"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service is given: postal letters, the contract its ZIP names if one was given, and how it was read."""

    state: str = ""
    state_name: str = ""
    zip: str = ""
    contract: str = ""
    how: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Contractor:
    """A Medicare contractor: `jurisdiction` as CMS letters it (JE, DME C), `how` says where its name comes from."""

    name: str
    number: str
    type: str
    jurisdiction: str
    how: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One group of diagnoses of a document: its text as plain words, which asked diagnoses stand in it, what it needs.

    `role` is primary or secondary where its text ends in such a label; `listed` counts its codes. `needs` is read from
    its text: of each set of group numbers at least one must hold a diagnosis too. `applies` is False where the text
    names the procedures it is for and the asked one is not among them.
    """

    number: int
    covers: bool
    role: str
    paragraph: str
    listed: int
    matched: tuple[str, ...]
    needs: tuple[tuple[int, ...], ...]
    applies: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A modifier, bill type or revenue code that a document lists, with the group it stands in if any."""

    kind: str
    code: str
    group: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Related:
    """A document that another names; `basis` says whether the exports relate them or only owner and title do."""

    id: str
    kind: str
    title: str
    basis: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """One loaded version of a document with its days; no `last_day` while no end is known."""

    version: int
    first_day: date | None
    last_day: date | None
    standing: str
    source: Source


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """What one document says: `why` it is thought to govern, its verdict in `words`, and everything it rests on.

    `groups` holds the groups of diagnoses that apply, matched or not; `code_groups` the texts of the procedure groups
    that list the code.
    """

    id: str
    kind: str
    title: str
    owner: str
    version: int
    effective: date | None
    last_day: date | None
    standing: str
    address: str
    why: str
    verdict: str
    words: str
    groups: tuple[Group, ...] = ()
    code_groups: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    related: tuple[Related, ...] = ()
    history: tuple[DocumentVersion, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageCheck:
    """The answer: a verdict with its sentence, the documents behind it, and what could not be checked.

    `searched` is the title words that stood in for codes, empty where code lists were read.
    """

    procedure: str
    diagnoses: tuple[str, ...]
    setting: str
    place: Place
    contractors: tuple[Contractor, ...]
    verdict: str
    words: str
    documents: tuple[DocumentFinding, ...] = ()
    unchecked: tuple[str, ...] = ()
    searched: str = ""
