"""Look up: one code as typed, everything known of it on a date of service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from codeward.core.answers import Answer, Caveat
from codeward.core.codes import SYSTEM_NAMES, SYSTEMS, Code, is_dental, plain, readings
from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.services.code_history import timeline
from codeward.services.diagnoses import diagnosis_page
from codeward.services.page import CodePage
from codeward.services.pcs_page import pcs_page
from codeward.services.practice_note_list import notes_section
from codeward.services.procedures import LISTS, procedure_page
from codeward.services.short_lists import NEEDED, PAGES
from codeward.services.view import View
from codeward.store.library import Library

BUILDERS = {
    "cpt": procedure_page,
    "hcpcs": procedure_page,
    "icd-10-cm": diagnosis_page,
    "icd-10-pcs": pcs_page,
    **PAGES,
}
NEEDS = {
    "cpt": LISTS[1:],
    "hcpcs": LISTS,
    "icd-10-cm": ("icd-10-cm",),
    "icd-10-pcs": ("icd-10-pcs", "icd-10-pcs-dates"),
    **{k: (v,) for k, v in NEEDED.items()},
}


def look_up(library: Library, text: str, on: date, system: str | None = None) -> Answer[CodePage]:
    """The page of the code `text` on the day, in the given system or the first that has it.

    Raises BadInput when the text cannot be a code, NotLoaded when no data for its system is loaded, NotFound when
    there is data and no such code in it.
    """
    if system is not None and system not in SYSTEMS:
        raise BadInput(f"{system!r} is not a code system: expected one of {', '.join(SYSTEMS)}")
    candidates = readings(text, system)
    if not candidates:
        wanted = f"a {SYSTEM_NAMES[system]} code" if system else "a code of any system"
        raise BadInput(f"{text!r} cannot be {wanted}")
    if is_dental(plain(text)) and candidates[0].system == "hcpcs":
        raise NotLoaded(f"{plain(text)} is a dental code: CDT is the ADA's and is not loaded")
    found, silent = [], None
    for candidate in candidates:
        view = View(library, on)
        try:
            page = _page(view, candidate)
        except NotLoaded as fault:
            silent = fault
            continue
        if page is not None:
            found.append((candidate, view, page))
    if not found:
        raise silent or _nothing(library, text, candidates)
    _, view, page = found[0]
    for other, _, _ in found[1:]:
        words = f"{other.shown} is also a {SYSTEM_NAMES[other.system]} code: see {other.path}"
        view.caveats[f"also-{other.system}"] = Caveat(other.system, words)
    further = (*notes_section(view, page.code), timeline(library, page.code))
    return view.answer(replace(page, sections=(*page.sections, *further)))


def _page(view: View, code: Code) -> CodePage | None:
    build = BUILDERS.get(code.system)
    return build(view, code) if build else None


def _nothing(library: Library, text: str, candidates: tuple[Code, ...]) -> NotFound | NotLoaded:
    systems = [code.system for code in candidates]
    loaded = [name for name in systems if any(library.editions(dataset) for dataset in NEEDS.get(name, ()))]
    if not loaded:
        needed = tuple(dict.fromkeys(dataset for name in systems for dataset in NEEDS.get(name, (name,))))
        closed = next((dataset for dataset in needed if library.is_closed(dataset)), None)
        if closed is not None:
            return NotLoaded(f"{text}: {closed} is loaded, but {library.licence.why_closed(closed)}")
        return NotLoaded(f"{text}: nothing to look it up in; load {', '.join(needed)}")
    near = nearest(library, candidates[0])
    hint = f"; nearest are {', '.join(code.shown for code in near)}" if near else ""
    shown = next(code for code in candidates if code.system == loaded[0]).shown
    return NotFound(f"no loaded edition has {SYSTEM_NAMES[loaded[0]]} {shown}{hint}")


def nearest(library: Library, code: Code, most: int = 6) -> list[Code]:
    """Codes of the same system that stand next to where this one would."""
    return [Code(code.system, value) for value in library.neighbours(code.system, code.value, most)]
