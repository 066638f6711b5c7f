"""Places of contracts: the numbers that a state's ZIP codes carry, and the documents its contractors own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.sources import Source
from codeward.datasets.registry import DATASETS
from codeward.store.library import Library
from codeward.store.releases import Release


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract number, how many ZIP codes of the state carry it, and the first row that says so."""

    number: str
    zips: int
    source: Source


def contracts_of_state(library: Library, release: Release, letters: tuple[str, ...]) -> tuple[Contract, ...]:
    """Contracts of a state in an edition of the ZIP file, the one with most ZIP codes first."""
    table = DATASETS[release.dataset].table
    marks = ", ".join("?" for _ in letters)
    rows = library.db.execute(
        f"select contractor, count(*), min(id) from {table} where state in ({marks}) "
        "and first_release <= ? and last_release >= ? group by contractor order by 2 desc, 1",
        (*letters, release.id, release.id),
    ).fetchall()
    return tuple(Contract(number, count, _source(library, release, first)) for number, count, first in rows)


def _source(library: Library, release: Release, row: int) -> Source:
    return library.place_of(release, library.stored_row(release.dataset, row))


def documents_in_state(library: Library, kind: str, letters: str, on: date) -> set[tuple[int, int]] | None:
    """Number and version of the documents of a kind whose contractors serve the state on the day.

    None where the exports that would say so are not loaded.
    """
    needed = (f"mcd-{kind}-x-contractor", "mcd-contractor-jurisdiction", "mcd-state-lookup")
    newest = [library.editions(dataset) for dataset in needed]
    if not all(newest):
        return None
    ids = [editions[-1].id for editions in newest for _ in range(2)]
    day = on.isoformat()
    rows = library.db.execute(
        f"select distinct x.{kind}_id, x.{kind}_version from mcd_{kind}_x_contractor x "
        "join mcd_contractor_jurisdiction j on j.contractor_id = x.contractor_id "
        "and j.contractor_type_id = x.contractor_type_id and j.contractor_version = x.contractor_version "
        "join mcd_state_lookup s on s.state_id = j.state_id "
        "where x.first_release <= ? and x.last_release >= ? and j.first_release <= ? and j.last_release >= ? "
        "and s.first_release <= ? and s.last_release >= ? and s.state_abbrev = ? "
        "and j.first_day <= ? and j.last_day >= ?",
        (*ids, letters, day, day),
    )
    return {(int(number), int(version)) for number, version in rows}
