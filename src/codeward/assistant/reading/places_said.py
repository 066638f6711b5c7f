"""Places said: states, ZIP codes, places of service and settings, and payers, as people name them."""

from __future__ import annotations

import re

from codeward.core.states import STATES

_NAMES = {name.lower(): letters for letters, name in STATES.items()}
CITIES = {
    "manhattan": "NY", "new york city": "NY", "nyc": "NY", "brooklyn": "NY", "queens": "NY", "buffalo": "NY",
    "chicago": "IL", "miami": "FL", "fort lauderdale": "FL", "orlando": "FL", "tampa": "FL", "los angeles": "CA",
    "san francisco": "CA", "san diego": "CA", "houston": "TX", "dallas": "TX", "austin": "TX", "fort worth": "TX",
    "boston": "MA", "philadelphia": "PA", "detroit": "MI", "atlanta": "GA", "seattle": "WA", "new orleans": "LA",
    "baltimore": "MD", "phoenix": "AZ", "denver": "CO", "las vegas": "NV", "minneapolis": "MN", "milwaukee": "WI",
    "nashville": "TN", "charlotte": "NC", "cleveland": "OH", "columbus": "OH", "cincinnati": "OH", "honolulu": "HI",
}  # fmt: skip
_NAMED = re.compile(
    rf"(?<![\w])(?:{'|'.join(sorted((*_NAMES, *CITIES), key=len, reverse=True))})(?![\w])".replace(" ", r"\s+")
)
_LETTERS = re.compile(r"(?<![\w-])(?P<x>[A-Z]{2})(?![\w-])")
_AMBIGUOUS = frozenset({"OK", "IN", "OR", "ME", "HI", "AS", "CO", "GA", "PA", "MS", "LA", "ID", "DE", "PR", "AL", "MA"})
"""Letters that are also modifiers, denial groups or words: taken for a state only behind `in`, `for` or a comma."""
_BEHIND = re.compile(r"(?:\bin|\bfor|\bfrom|\bstate of|,)\s+$", re.IGNORECASE)
_AT = r"\b(?:zip(?: code)?s?\W{0,3}|(?:practice|office|clinic|located|patient|we are|we're)(?: is| lives)? (?:at|in) )"
_ZIP = re.compile(
    _AT + r"(?P<x>\d{5})(?:-\d{4})?(?!\w)|\b(?!MS)[A-Z]{2},?\s+(?P<y>\d{5})(?:-\d{4})?(?!\w)", re.IGNORECASE
)
_POS = re.compile(r"\b(?:pos|place[s]? of service)(?: codes?)?\W{0,3}(?P<x>\d{2})(?!\d)", re.IGNORECASE)
_SETTINGS = (
    ("asc", r"\basc\b|\bambulatory surg|\bsurgery cent(?:er|re)|\bsurgical cent(?:er|re)"),
    ("dme", r"\bdme(?:pos)?\b|\bdurable medical|\bsupplier"),
    ("outpatient-hospital", r"\bopps\b|\boutpatient hospital|\bhospital(?!ist)|\bhopd\b|\bopd\b|\binstitutional\b"
                            r"|\b837i\b|\bub-?04\b|\bfacility table|\boph\b"),
    ("practitioner", r"\bpractitioner|\bphysicians?\b|\bdoctor|\bpro ?-?fee|\bprofessional claim|\b837p\b|\bprac\b"
                     r"|\boffice\b|\bclinic\b"),
)  # fmt: skip
_PLACES = (
    ("11", r"\boffice\b"),
    ("24", r"\basc\b|\bsurgery cent(?:er|re)|\bambulatory surg"),
    ("22", r"\boutpatient hospital|\bhopd\b|\bhospital outpatient|\bon-campus"),
    ("19", r"\boff-campus"),
    ("21", r"\binpatient\b"),
    ("23", r"\bemergency (?:room|department)|\b(?:in the )?ed\b(?! visit)"),
    ("10", r"\btelehealth (?:from|in|at) home"),
    ("12", r"\bhome visit|\bat (?:the patient's )?home\b"),
    ("31", r"\bsnf\b|\bskilled nursing"),
    ("11", r"\bnon-?\s?fac"),
    ("22", r"\b(?:in (?:a |the )?)?facility\b|\bfacility (?:fee|rate|setting|price)|\bhospital\b"),
)
_PAYERS = (
    ("medicare advantage", r"\bmedicare advantage|\bma plan|\bpart c\b"),
    ("medicaid", r"\bmedicaid\b|\bmedi-cal\b"),
    ("Florida Blue", r"\bflorida blue\b"), ("Oscar", r"\boscar\b"),
    ("Aetna", r"\baetna\b"), ("Cigna", r"\bcigna\b"), ("UnitedHealthcare", r"\bu\.?h\.?c\b|\bunited ?health|\boptum\b"),
    ("Humana", r"\bhumana\b"), ("Blue Cross Blue Shield", r"\bbcbs\b|\bblue (?:cross|shield)|\banthem\b|\bbluecross"),
    ("Kaiser", r"\bkaiser\b"), ("Molina", r"\bmolina\b"), ("Centene", r"\bcentene\b|\bambetter\b"),
    ("TRICARE", r"\btricare\b"), ("the VA", r"\bthe va\b|\bveterans"
                                            r"|\bva fee"), ("workers' compensation", r"\bwork(?:ers"
                                                                                                 r"|mans?)?'?s? comp"),
    ("Highmark", r"\bhighmark\b"), ("a commercial "
                                                                  "payer", r"\bcommercial(?:ly)?\b"
                                                                           r"|\bprivate (?:payer|insur)"),
    ("medicare", r"\bmedicare\b|\bmac\b|\bcms\b"),
)  # fmt: skip
OTHERS = tuple(name for name, _ in _PAYERS if name != "medicare")
"""Payers whose rates, policies and edits no loaded publication holds."""


def state_said(text: str) -> str:
    """Postal letters of the last state or territory named, or of a large city's; empty where none is."""
    found = _NAMED.findall(text.lower())
    if found:
        name = " ".join(found[-1].split())
        return _NAMES.get(name) or CITIES[name]
    for match in _LETTERS.finditer(text):
        letters = match["x"]
        if letters in STATES and (letters not in _AMBIGUOUS or _BEHIND.search(text[: match.start()])):
            return letters
    return ""


def zip_said(text: str) -> tuple[str, tuple[int, int]]:
    """A ZIP code behind `zip` or a state's letters, and its place."""
    for found in _ZIP.finditer(text):
        name = "x" if found["x"] else "y"
        letters = text[found.start() : found.start(name)].strip(" ,")
        if name == "x" or letters in STATES:
            return found[name], found.span(name)
    return "", (0, 0)


def place_said(text: str) -> str:
    """A place of service by its number or in words; empty where none is."""
    found = _POS.search(text)
    return found["x"] if found else _first(_PLACES, text.lower())


def setting_said(text: str) -> str:
    """Whose claim: practitioner, outpatient-hospital, asc or dme; empty where nothing says it."""
    return _first(_SETTINGS, text.lower())


def payer_said(text: str) -> str:
    """The payer named; `medicare` for CMS and its contractors."""
    return _first(_PAYERS, text.lower())


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in table if re.search(pattern, text)), "")
