"""The locality page: which contractor and locality a ZIP code or a county belongs to, and what they pay by."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.answers import Fact
from codeward.core.faults import BadInput
from codeward.core.states import STATES
from codeward.services.localities import (
    COUNTIES,
    FACTORS,
    INDICES,
    RURAL,
    ZIPS,
    CountyPlace,
    ZipPlace,
    locality_facts,
    place_of_zip,
    places_of_county,
    read_zip,
)
from codeward.services.view import View
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked


@dataclass(frozen=True, slots=True)
class Shown:
    """One locality as the page shows it."""

    place: ZipPlace | CountyPlace
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: a ZIP, or a state and a county."""

    zip: str
    state: str
    county: str

    @property
    def state_name(self) -> str:
        """The state in words."""
        return STATES.get(self.state.upper(), self.state)

    def __bool__(self) -> bool:
        return bool(self.zip or self.county)


@require_safe
def locality_page(request: HttpRequest) -> HttpResponse:
    """The form, and below it the answer: localities, an unknown ZIP or county, or what is not loaded."""
    library, day = shelf.library(), day_asked(request)
    asked = Asked(*(request.GET.get(name, "").strip()[:60] for name in ("zip", "state", "county")))
    view = View(library, day.on)
    context: dict[str, object] = {"asked": asked, "states": sorted(STATES.items(), key=lambda item: item[1])}
    status = 200
    try:
        found, needed = _answer(view, asked)
        missing = absent([name for name in needed if not view.has(name)], library)
        context |= {"found": found, "missing": missing, "edition": view.edition(needed[0]) if needed else None}
        status = _status(asked, found, view)
    except BadInput as fault:
        context["fault"], status = str(fault), 400
    return answered(request, "locality.html", context, day=day, answer=view.answer(None), status=status)


def _answer(view: View, asked: Asked) -> tuple[list[Shown], tuple[str, ...]]:
    """The localities, and the datasets that would tell them."""
    if asked.zip:
        place = place_of_zip(view, *read_zip(asked.zip))
        return [Shown(place, _zip_facts(place))] if place else [], (ZIPS, INDICES, FACTORS)
    if asked.county:
        places = places_of_county(view, asked.state, asked.county)
        return [Shown(place, locality_facts(place.locality)) for place in places], (COUNTIES, INDICES, FACTORS)
    return [], ()


def _zip_facts(place: ZipPlace) -> tuple[Fact, ...]:
    source = place.sources[0]
    rural = Fact("rural", RURAL[place.rural], source, "Ambulance rural standing", _letter(place.rural))
    supply = {True: "rural", False: "not rural", None: "not loaded"}[place.rural_supply]
    listed = place.sources[-1] if place.rural_supply else None
    words = "for DMEPOS fees; the list names rural ZIP codes only" if place.rural_supply is not None else ""
    return (
        *locality_facts(place.locality),
        rural,
        Fact("rural_supply", supply, listed, "Equipment and supplies", words),
    )


def _letter(rural: str) -> str:
    return f"indicator {rural}" if rural else "indicator blank"


def _status(asked: Asked, found: list[Shown], view: View) -> int:
    if not asked or found:
        return 200
    told_by = ZIPS if asked.zip else COUNTIES
    return 404 if view.has(told_by) else 503
