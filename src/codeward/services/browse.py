"""Browse: HCPCS Level II by letter and hundreds, and procedure numbers by CMS service category.

The words for each letter are our own; categories are CMS's. The AMA's headings and texts play no part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Caveat
from codeward.core.codes import Code, procedure
from codeward.core.faults import NotFound, NotLoaded
from codeward.core.sources import Source
from codeward.services.meanings import meaning
from codeward.services.view import View
from codeward.store.library import Library

HCPCS, CATEGORIES, RVU = "hcpcs", "service-categories", "mpfs-rvu"
LETTERS = {
    "A": "Ambulance and transport; medical and surgical supplies; radiopharmaceuticals",
    "B": "Feeding by tube or vein: formulas and supplies",
    "C": "Items for hospital outpatient payment: drugs, devices, new services",
    "E": "Equipment for use at home, for hire or purchase",
    "G": "Services and procedures that CMS named for its own programs",
    "H": "Behavioral health and substance use services, mostly for Medicaid",
    "J": "Drugs given by injection, infusion or inhalation; cancer drugs",
    "K": "Equipment, wheelchairs and orthotics named for the equipment contractors",
    "L": "Braces and artificial limbs: orthotics and prosthetics",
    "M": "Medical services, quality measures and monoclonal antibody services",
    "P": "Pathology, laboratory and blood products",
    "Q": "Short-lived and various: drugs, casts, biosimilars, skin substitutes",
    "R": "Bringing portable X-ray and ECG equipment",
    "S": "Services and drugs named for private payers, not for Medicare",
    "T": "Services named for Medicaid agencies",
    "U": "Laboratory tests named in an emergency",
    "V": "Vision, hearing and speech",
}
"""Our own words for what stands under each letter."""


@dataclass(frozen=True, slots=True)
class Group:
    """A letter, or a hundred within one, and how many codes are in it."""

    part: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as a list shows it; `ended` is its own last day when that is before the day."""

    code: Code
    text: str
    status: str
    words: str
    ended: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Shelf:
    """A part of a list: its groups, or the codes of one group, and what must be known."""

    part: str
    trail: tuple[str, ...]
    groups: tuple[Group, ...]
    entries: tuple[Entry, ...]
    caveats: tuple[Caveat, ...]
    edition: str
    source_count: int


def browse_supplies(library: Library, on: date, part: str = "") -> Shelf:
    """Letters; the hundreds of a letter; the codes of a hundred (`J18`). NotFound for a part that has none."""
    view = View(library, on)
    release = view.edition(HCPCS)
    if release is None:
        raise NotLoaded("HCPCS Level II codes are not loaded for that day")
    part = part.upper()
    held = library.codes_of(HCPCS, release, part)
    if part and not held:
        raise NotFound(f"no HCPCS Level II code begins with {part!r} in {release.edition}")
    caveats = tuple(view.caveats.values())
    trail = (part[:1], part)[: 0 if not part else 1 if len(part) == 1 else 2]
    if len(part) > 1:
        entries = tuple(_supply(view, code) for code in held)
        return Shelf(part, trail, (), entries, caveats, release.edition, len(held))
    width = len(part) * 2 + 1
    counts: dict[str, int] = {}
    for code in held:
        counts[code[:width]] = counts.get(code[:width], 0) + 1
    groups = tuple(Group(name, LETTERS.get(name, "") if not part else "", count) for name, count in counts.items())
    return Shelf(part, trail, groups, (), caveats, release.edition, len(held))


def _supply(view: View, code: str) -> Entry:
    found = view.find(HCPCS, code=code)[0]
    row = found.row
    ended = row.terminated if row.terminated and row.terminated < view.on else None
    return Entry(
        Code("hcpcs", code), row.long_text or row.short_text, "ended" if ended else "", "", ended, found.source
    )


def browse_procedures(library: Library, on: date, part: str = "") -> Shelf:
    """CMS's categories level by level; below the last, the numbers with their status and never a text."""
    view = View(library, on)
    release = view.edition(CATEGORIES)
    if release is None:
        raise NotLoaded("CMS's service categories are not loaded: they come with the starter packages")
    wanted = _levels(part.replace("/", "-"))
    rows = [(tuple(_levels(path)), code) for path, code in library.categories(release)]
    within = [(levels, code) for levels, code in rows if levels[: len(wanted)] == wanted]
    if not within:
        raise NotFound(f"CMS has no service category {part!r}")
    counts: dict[str, int] = {}
    for levels, _ in within:
        if len(levels) > len(wanted):
            counts[levels[len(wanted)]] = counts.get(levels[len(wanted)], 0) + 1
    groups = tuple(Group("/".join((*wanted, name)), name, count) for name, count in sorted(counts.items()))
    here = [code for levels, code in within if levels == wanted]
    entries = tuple(_procedure(view, code) for code in sorted(here))
    return Shelf("/".join(wanted), wanted, groups, entries, tuple(view.caveats.values()), release.edition, len(within))


def _levels(path: str) -> tuple[str, ...]:
    """`Procedure-  Skin-  Mohs surgery` as its levels; blanks around dashes are not the publisher's words."""
    return tuple(" ".join(level.split()) for level in path.split("-") if level.strip())


def _procedure(view: View, code: str) -> Entry:
    category = view.find(CATEGORIES, code=code)[0]
    rows = [item for item in view.find(RVU, code=code) if not item.row.modifier] if view.has(RVU) else []
    if not rows:
        words = "not in the fee schedule of the day" if view.has(RVU) else "status not loaded"
        return Entry(procedure(code), "", "", words, None, category.source)
    status = rows[0].row.status
    known = meaning(view, "status", status)
    return Entry(procedure(code), "", status, known.label if known else "", None, rows[0].source)
