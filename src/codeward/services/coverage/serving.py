"""Contractors of a state: its A/B MAC and its DME MAC, with the fee file's own contract numbers as the source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from codeward.core.answers import Answer
from codeward.core.sources import Source
from codeward.services.coverage.macs import as_contractor, mac_serving
from codeward.services.coverage.place import read_place
from codeward.services.coverage.values import Contractor, CoverageQuestion, Place
from codeward.services.localities import localities_of_state
from codeward.services.view import View
from codeward.store.library import Library


def contractors_of(library: Library, state: str, on: date) -> Answer[tuple[Contractor, ...]]:
    """Who serves a state: practitioners' contractor first, then the suppliers'; BadInput for what is no state."""
    view = View(library, on)
    place = read_place(view, CoverageQuestion(state=state))
    numbers = _contract_numbers(view, place)
    found = []
    for setting in ("practitioner", "dme"):
        mac = mac_serving(place, setting, on)
        if mac is None:
            continue
        mine = {number: source for number, source in numbers.items() if number.startswith(mac.contracts)}
        contractor = as_contractor(mac, place, setting)
        shown = ", ".join(mine) or contractor.number
        found.append(replace(contractor, number=shown, source=next(iter(mine.values()), contractor.source)))
    return view.answer(tuple(found))


def _contract_numbers(view: View, place: Place) -> dict[str, Source]:
    """Part B contract numbers that the practice cost indices hold for the state."""
    rows = [item.indices for item in localities_of_state(view, place.state) if item.indices is not None]
    return {item.row.contractor: item.source for item in rows}
