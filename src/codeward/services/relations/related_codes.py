"""Related codes: every crosswalk of a code, each on a basis of its own, and the maps that do not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from codeward.core.answers import Answer
from codeward.core.codes import Code
from codeward.core.faults import BadInput
from codeward.datasets.registry import DATASETS
from codeward.services.add_ons import add_ons
from codeward.services.crosswalks import CAUTION, GEMS, icd_9_equivalents, procedure_equivalents
from codeward.services.look_up import look_up
from codeward.services.page import CodePage
from codeward.services.relations.articles import article_pairs
from codeward.services.relations.categories import category_neighbours
from codeward.services.relations.no_maps import TARGETS, no_maps
from codeward.services.relations.replaced import before_and_after, crossed_to
from codeward.services.relations.revenue import revenue_codes
from codeward.services.relations.specialties import specialties
from codeward.services.relations.values import ICD_9, OFFICIAL, PROCEDURES, Basis, Relations
from codeward.services.view import View
from codeward.store.library import Library
from codeward.store.licence import for_pages_alone

_ICD_9 = re.compile(r"\s*\d{3}\.\d{1,2}\s*", re.ASCII)
_ADD_ONS = (
    "NCCI's add-on edits: an add-on is paid only beside one of its primaries, for the same patient, day and "
    "practitioner. It does not say that a primary may always carry it."
)


def related_codes(library: Library, text: str, on: date, to: str = "") -> Answer[Relations]:
    """Codes set beside a code on a day, in every system or in `to` alone, each basis by itself.

    Raises BadInput when the text cannot be a code or `to` is no system, NotFound and NotLoaded as a look-up does.
    """
    if to and to not in TARGETS:
        raise BadInput(f"{to!r} is no system to cross to: expected one of {', '.join(TARGETS)}")
    if _ICD_9.fullmatch(text):
        raise BadInput(f"{text.strip()!r} is written as an ICD-9 code: ask for its equivalents with `codeward gems`")
    page = look_up(library, text, on).value
    view = View(library, on)
    made = (_made(view, make, page.code, to) for make in _BASES.get(page.code.system, ()))
    shown = tuple(item for item in made if item)
    absent = no_maps(page.code.system, to, known=bool(shown))
    return view.answer(Relations(page.code, _free_title(page), to, shown, absent))


def _made(view: View, make: Callable[[View, Code], Basis], code: Code, to: str) -> Basis | None:
    """A basis that leads to the system asked for; what was read for one that does not is not part of the answer."""
    own = View(view.library, view.on)
    basis = make(own, code)
    if to and to not in basis.targets:
        return None
    view.caveats.update(own.caveats)
    view.missing.update(own.missing)
    view.sources.update(own.sources)
    return basis


def _free_title(page: CodePage) -> str | None:
    """The title, unless its wording is licensed for code pages alone."""
    source = page.title_source
    return None if source and for_pages_alone(DATASETS[source.dataset]) else page.title


def _add_ons(view: View, code: Code) -> Basis:
    section = add_ons(view, code.value)
    return Basis("add-ons", "Add-on and primary codes", PROCEDURES, OFFICIAL, _ADD_ONS, section.tables, section.missing)


def _former(view: View, code: Code) -> Basis:
    """ICD-9 equivalents of a diagnosis or of an inpatient procedure."""
    equivalents = icd_9_equivalents if code.system == "icd-10-cm" else procedure_equivalents
    section = equivalents(view, code)
    title = "General equivalence mappings (GEMs)"
    return Basis(GEMS, title, (ICD_9,), OFFICIAL, CAUTION, section.tables, section.missing)


_PROCEDURE = (article_pairs, _add_ons, category_neighbours, crossed_to, revenue_codes)
_BASES: dict[str, tuple[Callable[[View, Code], Basis], ...]] = {
    "cpt": _PROCEDURE,
    "hcpcs": _PROCEDURE,
    "icd-10-cm": (article_pairs, before_and_after, _former),
    "icd-10-pcs": (_former,),
    "taxonomy": (specialties,),
}
