"""Medicare administrative contractors by jurisdiction: who serves a place where no export says so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from codeward.services.coverage.values import Contractor, Place

PARTS = {"practitioner": "Part B", "asc": "Part B", "outpatient-hospital": "Part A", "dme": "DME"}
"""Which part of a contract pays a setting: surgical centers bill Part B, hospitals Part A (CPM 100-04 ch. 4 and 14)."""
HOW = "Codeward's own table of Medicare contractors, after CMS's list of MACs"

_OWNER = re.compile(r"([^()]+)\(([^()]*)\)")
_FORM = re.compile(r"\b(?:llc|inc|corporation|corp|company)\b")
_ALSO = {"wisconsin physicians service insurance": "wps insurance", "wisconsin physicians service": "wps insurance"}


@dataclass(frozen=True, slots=True)
class Mac:
    """One jurisdiction: its letters, its contractor, what its contract numbers begin with, and since when it is so."""

    jurisdiction: str
    kind: str
    name: str
    contracts: tuple[str, ...]
    states: frozenset[str]
    since: date


@cache
def all_macs() -> tuple[Mac, ...]:
    """Every jurisdiction of Codeward's own table."""
    rows = tomllib.loads(files(__package__).joinpath("macs.toml").read_text("utf-8"))["mac"]
    return tuple(
        Mac(
            row["jurisdiction"],
            row["kind"],
            row["name"],
            tuple(row["contracts"]),
            frozenset(row["states"].split()),
            row["since"],
        )
        for row in rows
    )


def mac_serving(place: Place, setting: str, on: date) -> Mac | None:
    """The contractor of a place for a setting; None where the place or the day is not known.

    The contract that a ZIP names goes before the state: three counties of Virginia belong to the capital's contract.
    """
    kind = "DME MAC" if setting == "dme" else "A/B MAC"
    able = [mac for mac in all_macs() if mac.kind == kind and mac.since <= on]
    if place.contract and setting in ("practitioner", "asc"):
        return next((mac for mac in able if place.contract.startswith(mac.contracts)), None)
    return next((mac for mac in able if place.state in mac.states), None)


def as_contractor(mac: Mac, place: Place, setting: str) -> Contractor:
    """The contractor as an answer names it; its number only where the ZIP or the table gives it whole."""
    number = mac.contracts[0] if mac.kind == "DME MAC" else place.contract if setting != "outpatient-hospital" else ""
    kind = "DME MAC" if mac.kind == "DME MAC" else f"MAC - {PARTS[setting]}"
    return Contractor(mac.name, number, kind, mac.jurisdiction, HOW, next(iter(place.sources), None))


def lettered(number: str) -> str:
    """The jurisdiction that a contract number belongs to, as CMS letters it; empty where the table has none."""
    whole = [mac for mac in all_macs() if number in mac.contracts]
    begun = [mac for mac in all_macs() if mac.kind == "A/B MAC" and number.startswith(mac.contracts)]
    return next((mac.jurisdiction for mac in (*whole, *begun)), "") if len(number) == 5 else ""


def owners_in(text: str) -> tuple[tuple[str, str], ...]:
    """Names and roles out of an owner cell: `Noridian Healthcare Solutions, LLC\\n(MAC - Part A, MAC - Part B)`.

    The exports name owners without their role.
    """
    if "(" not in text:
        return tuple((name.strip(), "") for name in text.split(";"))
    return tuple((" ".join(name.split()), " ".join(role.split())) for name, role in _OWNER.findall(text))


def same_name(one: str, other: str) -> bool:
    """Whether two spellings name the same contractor: case, commas and `LLC` do not count."""
    return _bare(one) == _bare(other)


def fits_setting(role: str, setting: str) -> bool:
    """Whether a contract of this type (`MAC - Part B`, `DME MAC`, `A and B MAC`, `Carrier`) pays the setting."""
    text, part = role.lower(), PARTS[setting]
    if "dme" in text:
        return part == "DME"
    if part == "DME":
        return False
    if part == "Part A":
        return bool(re.search(r"part a\b|\ba (?:and|/|&) ?b\b|a/b|intermediary", text))
    return bool(re.search(r"part b\b|\ba (?:and|/|&) ?b\b|a/b|carrier", text))


def _bare(name: str) -> str:
    text = " ".join(_FORM.sub(" ", re.sub(r"[^a-z0-9]+", " ", name.lower())).split())
    return _ALSO.get(text, text)
