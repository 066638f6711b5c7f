"""Localities: which contractor and payment locality a ZIP code or a county belongs to, and what they pay by.

Medicare prices a service where it is given: the ZIP of that place names the locality (CPM 100-04 ch. 1 §10.1.1). A ZIP
whose plus-four flag is set lies in more than one, and only its nine digits tell which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from codeward.core.answers import Fact
from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.core.states import HALVES, STATES, state_named
from codeward.datasets.county_locality import CountiesRow
from codeward.datasets.mpfs_anesthesia import AnesthesiaRow
from codeward.datasets.mpfs_gpci import GpciRow
from codeward.datasets.zip_locality import ZipPlusFourRow, ZipRow
from codeward.services.view import View
from codeward.store.library import Found

ZIPS, LONG_ZIPS, RURAL_ZIPS = "zip-locality", "zip9-locality", "dmepos-rural-zip"
COUNTIES, INDICES, FACTORS = "county-locality", "mpfs-gpci", "mpfs-anesthesia"
RURAL = {"": "urban", "R": "rural", "B": "super rural"}
"""The rural indicator in words, by which ambulance services are paid (ZIP5lyout)."""

_ZIP = re.compile(r"\s*([0-9]{5})(?:[- ]?([0-9]{4}))?\s*")
_ALL = re.compile(r"ALL (OTHER )?(?:COUNTIES|COUNTY EQUIVALENTS)(?:,? EXCEPT (.*))?")
_BETWEEN = re.compile(r"\s*(?:,|/|\bAND\b)\s*")
_NOISE = re.compile(r"\b(?:COUNTY|COUNTIES|CNTYS?|PARISH|BOROUGH)\b")


@dataclass(frozen=True, slots=True)
class Locality:
    """A contractor's payment locality with its practice cost indices and anesthesia factor, where these are loaded."""

    contractor: str
    number: str
    indices: Found[GpciRow] | None
    factor: Found[AnesthesiaRow] | None
    counties: Found[CountiesRow] | None

    @property
    def name(self) -> str:
        """As the index file names it, less its footnote stars."""
        named = self.indices or self.factor
        return named.row.name.rstrip("*") if named else self.counties.row.area.rstrip("*") if self.counties else ""


@dataclass(frozen=True, slots=True)
class ZipPlace:
    """Where a ZIP lies: `needs_plus_four` when the five digits do not decide, and `doubt` says what is lacking.

    `rural_supply` is None when the list of rural ZIP codes is not loaded.
    """

    zip: str
    plus_four: str
    state: str
    locality: Locality
    rural: str
    needs_plus_four: bool
    doubt: str
    rural_supply: bool | None
    sources: tuple[Source, ...]

    @property
    def state_name(self) -> str:
        """The state in words."""
        return STATES.get(self.state, self.state)


@dataclass(frozen=True, slots=True)
class CountyPlace:
    """A locality that a county belongs to: `how` it is named there, and whether that leaves no doubt."""

    locality: Locality
    how: str
    certain: bool
    source: Source


def read_zip(text: str) -> tuple[str, str]:
    """Five digits and the four more where given; BadInput says what was expected."""
    found = _ZIP.fullmatch(text)
    if found is None:
        raise BadInput(f"{text!r} is no ZIP code: expected five digits, or nine as 66012-1234")
    return found[1], found[2] or ""


def locality(view: View, contractor: str, number: str) -> Locality:
    """A locality by its contractor and number; numbers alone repeat from contractor to contractor."""
    where = {"contractor": contractor, "locality": number}
    return Locality(contractor, number, view.first(INDICES, **where), view.first(FACTORS, **where),
                    view.first(COUNTIES, **where))  # fmt: skip


def localities_of_state(view: View, state: str) -> tuple[Locality, ...]:
    """Every payment locality of a state, by postal letters, in the order of the index file."""
    rows: list[Found[GpciRow]] = view.find(INDICES)
    here = [item for item in rows if HALVES.get(item.row.state, item.row.state) == state]
    return tuple(locality(view, item.row.contractor, item.row.locality) for item in here)


def place_of_zip(view: View, zip_code: str, plus_four: str = "") -> ZipPlace | None:
    """Contractor, locality and rural standing of a ZIP; None when the loaded file does not have it.

    Whether the file is loaded at all, `view.has(ZIPS)` tells.
    """
    short: Found[ZipRow] | None = view.first(ZIPS, zip=zip_code)
    if short is None:
        return None
    long: Found[ZipPlusFourRow] | None = None
    if short.row.plus_four and plus_four:
        long = view.first(LONG_ZIPS, zip=zip_code, plus_four=plus_four)
    row = long.row if long else short.row
    rural = view.first(RURAL_ZIPS, zip=zip_code)
    sources = tuple(item.source for item in (long, short, rural) if item is not None)
    return ZipPlace(
        zip_code,
        plus_four if long else "",
        HALVES.get(row.state, row.state),
        locality(view, row.contractor, row.locality),
        row.rural,
        bool(short.row.plus_four) and long is None,
        _doubt(view, short.row, plus_four) if long is None else "",
        rural is not None if view.has(RURAL_ZIPS) else None,
        sources,
    )


def _doubt(view: View, row: ZipRow, plus_four: str) -> str:
    if not row.plus_four:
        return ""
    if not plus_four:
        return "the four more digits decide, and they were not given"
    if not view.has(LONG_ZIPS):
        return "the four more digits decide, and the nine-digit file is not loaded"
    return f"the four more digits decide, and the nine-digit file does not have {row.zip}-{plus_four}"


def places_of_county(view: View, state: str, county: str) -> tuple[CountyPlace, ...]:
    """Localities of a county: those that name it, else those of the state's other counties with any of like spelling.

    No list of all counties is loaded, so a county that none names is taken for one of the others: `certain` says
    whether CMS's own words decide.
    """
    letters, wanted = _state(state), _plain(county)
    if not wanted:
        raise BadInput("no county was given: expected its name, for example Travis")
    named, rest = _claims(view, letters)
    exact = [claim for claim in named if claim.name == wanted]
    if exact:
        return tuple(_place(view, claim, "CMS names it", True) for claim in exact)
    everywhere = [claim for claim in rest if wanted not in claim.but]
    if named:
        alike = _alike(wanted, named)
        near = [_place(view, claim, f"spelt like {claim.name.title()}, which CMS names", False) for claim in alike]
        others = [_place(view, claim, claim.how, not near and not claim.others) for claim in everywhere]
        return (*near, *others)
    return tuple(_place(view, claim, claim.how, True) for claim in everywhere)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one row says of a state: a county by name, or all (other) counties less some."""

    row: Found[CountiesRow]
    name: str = ""
    others: bool = False
    but: frozenset[str] = frozenset()

    @property
    def how(self) -> str:
        return "one of all other counties" if self.others else "one of all counties"


def locality_facts(place: Locality) -> tuple[Fact, ...]:
    """What a locality pays by, each with its source: indices, anesthesia factor, and the counties it is made of."""
    facts = []
    if place.indices:
        row, source = place.indices.row, place.indices.source
        words = "what the fee schedule multiplies the relative values by"
        facts = [
            Fact("gpci_work", str(row.work), source, "Work index (GPCI)", words),
            Fact("gpci_practice_expense", str(row.practice_expense), source, "Practice expense index"),
            Fact("gpci_malpractice", str(row.malpractice), source, "Malpractice index"),
        ]
    if place.factor:
        factor, source = place.factor.row, place.factor.source
        national = f"nationally {factor.national}" if factor.national else ""
        facts.append(Fact("anesthesia_factor", str(factor.factor), source, "Anesthesia factor", national))
    if place.counties:
        facts.append(Fact("counties", place.counties.row.counties, place.counties.source, "Counties, in CMS's words"))
    return tuple(facts)


def _state(text: str) -> str:
    try:
        return state_named(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _claims(view: View, letters: str) -> tuple[list[_Claim], list[_Claim]]:
    """Claims on counties of the state by name, and claims on the rest of it."""
    named, rest = [], []
    for found in view.find(COUNTIES):
        for state, words in _by_state(found.row):
            if state != letters:
                continue
            whole = _ALL.fullmatch(words)
            if whole:
                rest.append(_Claim(found, "", bool(whole[1]), frozenset(_names(whole[2] or ""))))
            else:
                named += [_Claim(found, name) for name in _names(words)]
    return named, rest


def _by_state(row: CountiesRow) -> Iterator[tuple[str, str]]:
    """The row's words by state: Washington's locality names counties of its neighbours, `... IN VIRGINIA; ...`."""
    own = [letters for letters, name in STATES.items() if name.upper() in row.state.upper().split("/")]
    for words in row.counties.upper().split(";"):
        part, _, elsewhere = words.strip().rpartition(" IN ")
        if part and elsewhere.title() in STATES.values():
            yield state_named(elsewhere), part
        else:
            yield from ((letters, words.strip()) for letters in own)


def _names(words: str) -> list[str]:
    return [name for name in map(_plain, _BETWEEN.split(words.upper())) if name]


def _plain(county: str) -> str:
    """A county's name as it is compared: no `County`, `Parish` or full stops."""
    text = county.upper().replace(".", " ").replace("’", "'")
    return " ".join(re.sub(r"\bST\b", "SAINT", _NOISE.sub(" ", text)).split())


def _alike(wanted: str, named: list[_Claim]) -> list[_Claim]:
    """Claims whose name is spelt nearly so, or shares a long word: the file has slips and old names (`DADE`)."""
    close = set(get_close_matches(wanted, [claim.name for claim in named], 3, 0.85))
    words = {word for word in re.split(r"[ -]", wanted) if len(word) > 3}
    return [claim for claim in named if claim.name in close or claim.name in words]


def _place(view: View, claim: _Claim, how: str, certain: bool) -> CountyPlace:
    row = claim.row.row
    return CountyPlace(locality(view, row.contractor, row.locality), how, certain, claim.row.source)
