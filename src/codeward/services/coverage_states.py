"""Coverage by state: which contractors serve it on a day, and the local documents of theirs that are in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer
from codeward.core.faults import NotFound
from codeward.core.sources import Source
from codeward.core.states import HALVES, STATES
from codeward.services.coverage.macs import Mac, all_macs, lettered, owners_in, same_name
from codeward.services.coverage_documents import (
    IN_FORCE,
    Asked,
    CoverageDocument,
    coverage_documents,
)
from codeward.services.localities import ZIPS
from codeward.services.view import View
from codeward.store.library import Library
from codeward.store.places_of_contracts import contracts_of_state, documents_in_state

AB, DME = "A/B MAC", "DME MAC"
BY_EXPORT = "the exports, which say of each document which contractors it belongs to and which states they serve"
BY_NAME = "the contractor’s name in the list of documents, which does not say for which of its jurisdictions one is"


@dataclass(frozen=True, slots=True)
class Served:
    """A state and its two contractors on the day; None where Codeward's own table does not reach back so far."""

    letters: str
    name: str
    ab: Mac | None
    dme: Mac | None


@dataclass(frozen=True, slots=True)
class ContractNumber:
    """A contract number of the state's ZIP codes, its jurisdiction, and whether that is the state's own."""

    number: str
    jurisdiction: str
    zips: int
    is_own: bool
    source: Source


@dataclass(frozen=True, slots=True)
class StateCoverage:
    """A state's contractors, contract numbers and local documents in force; `told_by` says how those were found.

    `shared` names the contractor's other jurisdictions where only its name tied documents to the state.
    """

    served: Served
    contracts: tuple[ContractNumber, ...]
    documents: tuple[CoverageDocument, ...]
    told_by: str
    shared: tuple[str, ...]


def states_served(on: date) -> tuple[Served, ...]:
    """Every state and territory by name, with its contractors on the day."""
    rows = sorted(STATES.items(), key=lambda item: item[1])
    return tuple(Served(letters, name, _serving(letters, AB, on), _serving(letters, DME, on)) for letters, name in rows)


def state_coverage(library: Library, letters: str, on: date, words: str = "", kind: str = "") -> Answer[StateCoverage]:
    """One state's contractors and documents; NotFound for letters that are no state, BadInput for no kind there is."""
    if letters not in STATES:
        raise NotFound(f"{letters!r} is no state or territory: expected two letters such as TX")
    view = View(library, on)
    served = Served(letters, STATES[letters], _serving(letters, AB, on), _serving(letters, DME, on))
    listed = coverage_documents(library, on, Asked(words, kind, IN_FORCE))
    view.caveats |= {item.dataset: item for item in listed.warnings}
    view.missing |= {name: None for name in listed.not_loaded if name != "mcd-ncd-trkg"}
    documents, told_by = _documents(library, served, listed.value, on)
    contracts = tuple(_contracts(view, served))
    view.sources.update(dict.fromkeys(item.source for item in documents))
    shared = tuple(_shared(served, on)) if told_by == BY_NAME else ()
    return view.answer(StateCoverage(served, contracts, documents, told_by, shared))


def _serving(letters: str, kind: str, on: date) -> Mac | None:
    able = (mac for mac in all_macs() if mac.kind == kind and letters in mac.states and mac.since <= on)
    return next(able, None)


def _documents(
    library: Library, served: Served, listed: tuple[CoverageDocument, ...], on: date
) -> tuple[tuple[CoverageDocument, ...], str]:
    """Local documents of the state's contractors; NCDs hold everywhere and are left out."""
    local = [item for item in listed if item.kind != "NCD"]
    exported = {kind: documents_in_state(library, kind.lower(), served.letters, on) for kind in ("LCD", "Article")}
    if any(known is not None for known in exported.values()):
        found = [item for item in local if (int(item.id[1:]), item.version) in (exported[item.kind] or ())]
        return tuple(found), BY_EXPORT
    return tuple(item for item in local if _is_owned(item, served)), BY_NAME


def _is_owned(document: CoverageDocument, served: Served) -> bool:
    for name, role in owners_in(document.owner):
        if served.dme and "DME" in role and same_name(name, served.dme.name):
            return True
        if served.ab and "Part " in role and same_name(name, served.ab.name):
            return True
    return False


def _shared(served: Served, on: date) -> Iterator[str]:
    """Jurisdictions whose documents stand under the same names as the state's own."""
    own = [mac for mac in (served.ab, served.dme) if mac is not None]
    for mac in all_macs():
        if mac not in own and mac.since <= on and any(mac.kind == one.kind and mac.name == one.name for one in own):
            yield f"{mac.jurisdiction} ({', '.join(sorted(mac.states))})"


def _contracts(view: View, served: Served) -> Iterator[ContractNumber]:
    release = view.edition(ZIPS)
    if release is None:
        return
    letters = (served.letters, *(half for half, whole in HALVES.items() if whole == served.letters))
    for item in contracts_of_state(view.library, release, letters):
        jurisdiction = lettered(item.number)
        view.sources[item.source] = None
        own = served.ab is not None and jurisdiction == served.ab.jurisdiction
        yield ContractNumber(item.number, jurisdiction, item.zips, own, item.source)
