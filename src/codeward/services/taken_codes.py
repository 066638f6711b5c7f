"""Taken codes: what is read out of claims, a table or a pasted list - codes and dates of service, and nothing else.

Names, numbers and dates of birth are passed over unread: only the places where a form keeps codes and service dates
are looked at, and what was found there is listed for the person who gave it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from codeward.core.codes import Code, plain, readings
from codeward.core.faults import BadInput

MOST_CODES = 2000
"""Different codes taken from one text."""

_SYSTEMS = ("cpt", "hcpcs", "icd-10-cm", "icd-10-pcs")
_DIAGNOSES = ("icd-10-cm", "icd-10-pcs")
"""Where a form keeps diagnoses, E1165 is E11.65 and not a supply."""

_WITH_MODIFIERS = re.compile(r"([0-9A-Za-z]{5})(?:[-:][0-9A-Za-z]{2})+")
_SPLIT = re.compile(r"[\s,;|]+")
_CODE_HEAD = re.compile(r"code|cpt|hcpcs|procedure|diagnos|icd|\bdx\d*\b|\bproc\b", re.IGNORECASE)
_DAY_HEAD = re.compile(r"\bdate|\bdos\b|service|\bfrom\b", re.IGNORECASE)
_NOT_A_DAY = re.compile(r"birth|\bdob\b|paid|admi|sign|zip|place|description", re.IGNORECASE)
_NOT_A_CODE = re.compile(
    r"zip|postal|place|\bpos\b|status|reason|modif|state|country|description|taxonomy|payer|name", re.IGNORECASE
)
_DIAGNOSIS_HEAD = re.compile(r"diagnos|icd|\bdx\d*\b", re.IGNORECASE)
_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%m/%d/%y")
_CLAIM_CODES = ("code", "procedure_code", "hcpcs")
_CLAIM_LISTS = ("diagnoses", "codes", "diagnosis_codes", "procedures")
_CLAIM_DAYS = ("date", "date_of_service", "from_date", "service_date")
_HISTORY = ("history", "patient")
_INTERCHANGE_HEADER = 106
"""Length of an ISA segment, whose own characters say how the rest is divided (X12.5)."""

_SERVICE_DATE = ("472", "434", "150")
"""Date qualifiers of X12: service, statement and service period start."""


@dataclass
class Taken:
    """Codes in the order in which they were met, each with the service days it was met on."""

    form: str
    codes: dict[Code, set[date]] = field(default_factory=dict)
    passed_over: int = 0

    def take(self, text: str, days: Iterable[date] = (), systems: tuple[str, ...] = _SYSTEMS) -> None:
        """One cell that should hold a code of one of the systems; what is none is counted, not kept."""
        code = _code_in(text, systems)
        if code is None:
            self.passed_over += bool(text.strip())
        elif len(self.codes) < MOST_CODES or code in self.codes:
            self.codes.setdefault(code, set()).update(days)
        else:
            raise BadInput(f"more than {MOST_CODES:,} different codes: give fewer at a time")

    @property
    def days(self) -> list[date]:
        """Every service day met."""
        return sorted(set().union(*self.codes.values()))


def take_codes(text: str) -> Taken:
    """Codes and service days of claims in JSON, an 837 file, a CSV table with headings, or any list of codes."""
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("ISA") and len(text) > _INTERCHANGE_HEADER:
        return _from_interchange(text)
    if text[:1] in ("{", "["):
        try:
            held = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadInput(f"begins like JSON and is none: {error}") from None
        taken = Taken("claims in JSON")
        _from_json(held, taken, frozenset())
        return taken
    return _from_table(text) or _from_list(text)


def _code_in(text: str, systems: tuple[str, ...] = _SYSTEMS) -> Code | None:
    """A procedure or diagnosis code, its modifiers left off."""
    text = text.strip().strip("\"'()[].")
    shorter = _WITH_MODIFIERS.fullmatch(text)
    value = shorter[1] if shorter else text
    if len(value) > 10 or not plain(value).isascii():
        return None
    return next((code for code in readings(value) if code.system in systems), None)


def _day_in(text: str) -> set[date]:
    text = text.strip()[:10]
    for form in _DAYS:
        try:
            return {datetime.strptime(text, form).date()}  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return set()


def _from_json(held: Any, taken: Taken, days: frozenset[date], systems: tuple[str, ...] = _SYSTEMS) -> None:
    if isinstance(held, list):
        for item in held:
            if isinstance(item, str):
                taken.take(item, days, systems)
            else:
                _from_json(item, taken, days, systems)
    elif isinstance(held, dict):
        own = {day for name in _CLAIM_DAYS if isinstance(held.get(name), str) for day in _day_in(held[name])}
        _from_object(held, taken, frozenset(own) or days or _first_days(held))


def _from_object(held: dict[str, Any], taken: Taken, days: frozenset[date]) -> None:
    for name, value in held.items():
        if name in _CLAIM_CODES and isinstance(value, str):
            taken.take(value, days)
        elif name in _CLAIM_LISTS:
            _from_json(value, taken, days, _DIAGNOSES if name.startswith("diagnos") else _SYSTEMS)
        elif isinstance(value, dict | list) and name not in _HISTORY and not _is_a_list_of_texts(value):
            _from_json(value, taken, days)


def _is_a_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _first_days(claim: dict[str, Any]) -> frozenset[date]:
    """A claim's diagnoses stand for the days of its lines."""
    lines = claim.get("lines")
    if not isinstance(lines, list):
        return frozenset()
    texts = [item.get("date") for item in lines if isinstance(item, dict)]
    return frozenset(day for text in texts if isinstance(text, str) for day in _day_in(text))


def _from_interchange(text: str) -> Taken:
    """Claims of an 837: diagnoses in HI, procedures in SV1 to SV3, service days in DTP (005010X222 and X223)."""
    element, component, end = text[3], text[104], text[105]
    taken = Taken("an 837 file")
    line: list[str] = []
    diagnoses: list[str] = []
    days: set[date] = set()
    for segment in _segments(text, element, end):
        name = segment[0]
        if name in ("CLM", "SE", "LX", "HL") and line:
            _finish(taken, line, days)
        if name in ("CLM", "SE", "HL"):
            _finish(taken, diagnoses, days, _DIAGNOSES)
            days = set()
        if name == "HI":
            diagnoses += [part.split(component)[1] for part in segment[1:] if component in part]
        elif name in ("SV1", "SV2", "SV3") and len(segment) > 1:
            line += _procedures(segment, component)
        elif name == "DTP" and len(segment) > 3 and segment[1] in _SERVICE_DATE:
            days |= _day_in(segment[3][:8])
    _finish(taken, line, days)
    _finish(taken, diagnoses, days, _DIAGNOSES)
    return taken


def _segments(text: str, element: str, end: str) -> Iterator[list[str]]:
    for raw in text.split(end):
        if raw.strip():
            yield raw.strip().split(element)


def _procedures(segment: list[str], component: str) -> list[str]:
    """The code inside a composite such as HC:17311:59, second in SV1 and SV3 and third in SV2."""
    composite = segment[2] if segment[0] == "SV2" and len(segment) > 2 else segment[1]
    parts = composite.split(component)
    return [parts[1]] if len(parts) > 1 else []


def _finish(taken: Taken, codes: list[str], days: set[date], systems: tuple[str, ...] = _SYSTEMS) -> None:
    for code in codes:
        taken.take(code, days, systems)
    codes.clear()


def _from_table(text: str) -> Taken | None:
    """A table whose headings name code columns; None when the first line has none."""
    first = text.split("\n", 1)[0]
    mark = max(",\t;|", key=first.count)
    if not first.count(mark):
        return None
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        heads = next(rows)
        codes = _columns(heads, _CODE_HEAD, _NOT_A_CODE)
        days = _columns(heads, _DAY_HEAD, _NOT_A_DAY)
        if not codes or any(_code_in(head) for head in heads):
            return None
        named = ", ".join(heads[at].strip() for at in codes)
        taken = Taken(f"a table, its columns {named}")
        for row in rows:
            met = {day for at in days if at < len(row) for day in _day_in(row[at])}
            for at in codes:
                systems = _DIAGNOSES if _DIAGNOSIS_HEAD.search(_worded(heads[at])) else _SYSTEMS
                for cell in _SPLIT.split(row[at]) if at < len(row) else ():
                    taken.take(cell, met, systems)
    except csv.Error as error:
        raise BadInput(f"not a table that can be read: {error}") from None
    return taken


def _columns(heads: list[str], wanted: re.Pattern[str], unwanted: re.Pattern[str]) -> list[int]:
    worded = [_worded(head) for head in heads]
    return [at for at, head in enumerate(worded) if wanted.search(head) and not unwanted.search(head)]


def _worded(head: str) -> str:
    """A heading with its words apart: `date_of_service`, `serviceDate`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.]+", " ", head)


def _from_list(text: str) -> Taken:
    taken = Taken("a list of codes")
    for word in _SPLIT.split(text):
        taken.take(word)
    return taken
