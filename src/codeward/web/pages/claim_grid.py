"""Claim grid: the cells of the claim checker as typed, and the claim they make or the cells that do not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from codeward.core.claims import SETTINGS, Claim, ClaimLine, Patient
from codeward.core.codes import Code, plain
from codeward.core.days import read_day
from codeward.core.faults import BadInput

LETTERS = "ABCDEFGHIJKL"
"""Diagnosis pointers of a CMS-1500, items 21 and 24E."""
MODIFIERS = ("m1", "m2", "m3", "m4")
LINE = ("date", "to", "pos", "code", *MODIFIERS, "ptr", "charge", "units", "npi", "rev")
PAST = ("date", "to", "pos", "code", *MODIFIERS, "units", "npi", "billing", "specialty", "claim")
HEAD = (
    "claim_id", "payer", "setting", "pos", "where", "state", "birth", "sex", "billing", "rendering", "taxonomy",
    "clia", "qp",
)  # fmt: skip
MOST_LINES = 50
"""Lines of an 837P claim (loop 2400); a longer one is checked from a file."""
ROWS, MORE = 6, 6
LONGEST = 40
OLDEST = 130
EARLIEST = 1890

_CELL = re.compile(r"(?P<kind>[lh])(?P<row>[1-9]\d{0,2})-(?P<column>[a-z0-9]+)")
_ZIP, _LOCALITY = re.compile(r"\d{5}(-?\d{4})?"), re.compile(r"\d{5}-\d{2}")
_UNITS = re.compile(r"(?P<number>\d{1,9}(\.\d{1,3})?)\s*(?P<measure>UN|MJ|M|MIN)?")
_SEXES = ("", "F", "M", "U", "X")
_DAYS = ("%m/%d/%Y", "%m/%d/%y", "%Y%m%d", "%m%d%Y")
"""Besides ISO, what people and CMS-1500 forms write."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be used: its id on the page, where it stands in words, and what was expected."""

    cell: str
    place: str
    problem: str


@dataclass
class Grid:
    """Every cell as text: the claim's own, twelve diagnoses, its lines, and earlier lines of the patient."""

    head: Row = field(default_factory=dict)
    diagnoses: list[str] = field(default_factory=lambda: [""] * len(LETTERS))
    lines: list[Row] = field(default_factory=list)
    past: list[Row] = field(default_factory=list)

    def with_rows(self, lines: int = 0, past: int = 0) -> Grid:
        """The grid with so many rows at least, as far as a claim has lines."""
        short = min(max(lines, len(self.lines), ROWS), MOST_LINES) - len(self.lines)
        self.lines += [{} for _ in range(short)]
        self.past += [{} for _ in range(min(max(past, len(self.past)), MOST_LINES) - len(self.past))]
        return self

    @property
    def empty(self) -> bool:
        """Whether no line says anything."""
        return not any(_said(row) for row in self.lines)


def grid_of_form(form: Mapping[str, str]) -> Grid:
    """The cells of a submitted form; BadInput for more lines than a claim has."""
    grid = Grid({name: _text(form.get(name, "")) for name in HEAD})
    grid.diagnoses = [_text(form.get(f"dx{at}", "")) for at in range(1, len(LETTERS) + 1)]
    rows: dict[str, dict[int, Row]] = {"l": {}, "h": {}}
    for name, value in form.items():
        cell = _CELL.fullmatch(name)
        if cell and cell["column"] in (LINE if cell["kind"] == "l" else PAST):
            rows[cell["kind"]].setdefault(int(cell["row"]), {})[cell["column"]] = _text(value)
    grid.lines, grid.past = (_filled(found) for found in rows.values())
    return grid


def _text(value: str) -> str:
    return " ".join(value.split())[:LONGEST]


def _filled(found: dict[int, Row]) -> list[Row]:
    last = max(found, default=0)
    if last > MOST_LINES:
        raise BadInput(f"{last} lines: a claim has at most {MOST_LINES}; give more with `codeward check FILE`")
    return [found.get(at, {}) for at in range(1, last + 1)]


def _said(row: Row) -> bool:
    return any(row.values())


def claim_of(grid: Grid) -> tuple[Claim | None, tuple[CellFault, ...]]:
    """The claim that the cells make, or None and every cell that does not fit.

    A line without a day takes that of the line above, one without units is billed once; both are written back.
    """
    reading = _Reading(grid)
    claim = reading.claim()
    return (None, tuple(reading.faults)) if reading.faults else (claim, ())


class _Reading:
    """One pass over the cells, which keeps the faults met."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.faults: list[CellFault] = []
        self.held = [at for at, text in enumerate(grid.diagnoses) if text]
        self.lines: tuple[ClaimLine, ...] = ()

    def claim(self) -> Claim:
        head = self.grid.head
        self.lines = tuple(self._lines(self.grid.lines, "l"))
        past = tuple(self._lines(self.grid.past, "h"))
        if not self.lines and not self.faults:
            self.faults.append(CellFault("l1-code", "Line 1", "no line is filled in: give a code and a day"))
        zip_code, locality = self._where(head.get("where", ""))
        return Claim(
            head.get("claim_id", ""),
            self.lines,
            tuple(self.grid.diagnoses[at] for at in self.held),
            Patient("", self._born(head.get("birth", "")), self._one_of("sex", head.get("sex", "").upper(), _SEXES)),
            head.get("payer", "").lower() or "medicare",
            self._one_of("setting", head.get("setting", "") or SETTINGS[0], SETTINGS),
            head.get("billing", ""),
            head.get("rendering", ""),
            head.get("taxonomy", "").upper(),
            head.get("pos", ""),
            head.get("state", "").upper(),
            zip_code,
            locality,
            head.get("clia", "").upper(),
            bool(head.get("qp")),
            past,
        )

    def _refuse(self, cell: str, problem: str) -> None:
        self.faults.append(CellFault(cell, place_of(cell), problem))

    def _one_of(self, name: str, value: str, known: tuple[str, ...]) -> str:
        if value not in known:
            self._refuse(name, f"{value!r}: expected {', '.join(item for item in known if item)}")
        return value

    def _where(self, text: str) -> tuple[str, str]:
        if _LOCALITY.fullmatch(text):
            return "", text
        if text and not _ZIP.fullmatch(text):
            self._refuse("where", f"{text!r}: expected a ZIP of five or nine digits, or a locality such as 13202-01")
        return text.replace("-", ""), ""

    def _born(self, text: str) -> date | None:
        """A birth date; an age becomes the birthday on the first day of service, which gives that age all year."""
        if not text:
            return None
        if text.isascii() and text.isdigit() and int(text) <= OLDEST:
            first = min((line.day for line in self.lines), default=None)
            return years_before(first, int(text)) if first else None
        return self._read("birth", text, day_typed)

    def _lines(self, rows: list[Row], kind: str) -> Iterator[ClaimLine]:
        above: date | None = None
        for at, row in enumerate(rows, 1):
            if not _said(row):
                continue
            line = self._line(row, at, kind, above)
            if line is not None:
                above = line.day
                yield line

    def _line(self, row: Row, at: int, kind: str, above: date | None) -> ClaimLine | None:
        name = f"{kind}{at}"
        day = self._read(f"{name}-date", row["date"], day_typed) if row.get("date") else above
        last = self._read(f"{name}-to", row["to"], day_typed) if row.get("to") else None
        units, measure = self._units(f"{name}-units", row.get("units", "") or "1")
        if not row.get("code"):
            self._refuse(f"{name}-code", "no code: expected a procedure code")
        if day is None:
            if not row.get("date"):
                self._refuse(f"{name}-date", "no day: expected YYYY-MM-DD")
            return None
        if last is not None and last < day:
            self._refuse(f"{name}-to", f"{last} is before {day}")
        row |= {"date": day.isoformat(), "units": units_typed(units, measure), "code": plain(row.get("code", ""))}
        charge = self._read(f"{name}-charge", row["charge"], dollars_typed) if row.get("charge") else None
        return ClaimLine(
            at,
            row["code"],
            tuple(row[name].upper() for name in MODIFIERS if row.get(name)),
            units,
            day,
            self._pointers(f"{name}-ptr", row.get("ptr", "")),
            charge,
            row.get("npi", ""),
            row.get("pos", ""),
            None if last == day else last,
            measure,
            row.get("rev", ""),
            row.get("claim", ""),
            row.get("billing", ""),
            row.get("specialty", "").upper(),
        )

    def _read(self, cell: str, text: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(text)
        except ValueError as error:
            self._refuse(cell, str(error))
            return None

    def _units(self, cell: str, text: str) -> tuple[Decimal, str]:
        found = _UNITS.fullmatch(text.upper().replace(",", ""))
        if found is None:
            self._refuse(cell, f"{text!r}: expected a number, or minutes such as 75 MJ")
            return Decimal(1), "UN"
        return Decimal(found["number"]), "UN" if found["measure"] in (None, "UN") else "MJ"

    def _pointers(self, cell: str, text: str) -> tuple[int, ...]:
        """Letters, or numbers apart, as places among the diagnoses that are filled in."""
        marks = re.findall(r"[A-L]|1[0-2]|[1-9]", text.upper())
        if re.sub(r"[A-L0-9\s,:;]", "", text.upper()) or (text and not marks):
            self._refuse(cell, f"{text!r}: expected letters A to L, such as AB")
            return ()
        places = [LETTERS.index(mark) if mark in LETTERS else int(mark) - 1 for mark in marks]
        for at in places:
            if at not in self.held:
                self._refuse(cell, f"{LETTERS[at]} points at an empty diagnosis")
        return tuple(self.held.index(at) + 1 for at in dict.fromkeys(places) if at in self.held)


def place_of(cell: str) -> str:
    """A cell in words: `l2-date` is line 2, date."""
    found = _CELL.fullmatch(cell)
    if found is None:
        return HEAD_NAMES.get(cell, cell)
    kind = "Line" if found["kind"] == "l" else "Earlier line"
    return f"{kind} {found['row']}, {COLUMN_NAMES[found['column']].lower()}"


HEAD_NAMES = {
    "claim_id": "Claim number",
    "payer": "Payer",
    "setting": "Setting",
    "pos": "Place of service",
    "where": "ZIP or locality",
    "state": "State",
    "birth": "Birth date or age",
    "sex": "Sex",
    "billing": "Billing NPI",
    "rendering": "Rendering NPI",
    "taxonomy": "Taxonomy",
    "clia": "CLIA number",
    "qp": "Qualifying APM participant",
}
COLUMN_NAMES = {
    "date": "From",
    "to": "To",
    "pos": "POS",
    "code": "Code",
    "m1": "Mod 1",
    "m2": "Mod 2",
    "m3": "Mod 3",
    "m4": "Mod 4",
    "ptr": "Pointers",
    "charge": "Charge",
    "units": "Units",
    "npi": "Rendering NPI",
    "rev": "Revenue",
    "billing": "Billing NPI",
    "specialty": "Specialty",
    "claim": "Claim",
}


def day_typed(text: str) -> date:
    """A day in ISO or as American forms write it; ValueError says what was expected."""
    found = next((day for form in _DAYS if (day := _day_in(text, form))), None) or read_day(text)
    if found.year < EARLIEST:
        raise ValueError(f"{text!r} is before {EARLIEST}: expected YYYY-MM-DD, for example 2024-08-15")
    return found


def _day_in(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def dollars_typed(text: str) -> Decimal:
    """An amount with or without its signs; ValueError says what was expected."""
    try:
        amount = Decimal(text.replace("$", "").replace(",", "").strip())
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount: expected dollars and cents such as 125.00") from None
    if not (amount.is_finite() and 0 <= amount < 10**9):
        raise ValueError(f"{text!r} is no amount: expected dollars and cents such as 125.00")
    return amount


def units_typed(units: Decimal, measure: str = "UN") -> str:
    """Units as a cell holds them: plain digits, and MJ behind minutes."""
    return f"{units.normalize():f}" + ("" if measure == "UN" else f" {measure}")


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the last of February stands for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def grid_of_claim(claim: Claim) -> Grid:
    """A claim laid out in cells; BadInput where it has more lines or diagnoses than the grid."""
    if max(len(claim.lines), len(claim.history)) > MOST_LINES or len(claim.diagnoses) > len(LETTERS):
        raise BadInput(f"the grid holds {MOST_LINES} lines and {len(LETTERS)} diagnoses: use `codeward check FILE`")
    born = claim.patient.birth_date
    head = {
        "claim_id": claim.claim_id,
        "payer": claim.payer,
        "setting": claim.setting,
        "pos": claim.place_of_service,
        "where": claim.locality or claim.zip,
        "state": claim.state,
        "birth": born.isoformat() if born else "",
        "sex": claim.patient.sex,
        "billing": claim.billing_npi,
        "rendering": claim.rendering_npi,
        "taxonomy": claim.taxonomy,
        "clia": claim.clia,
        "qp": "1" if claim.qualifying else "",
    }
    codes = [Code("icd-10-cm", plain(code)).shown for code in claim.diagnoses]
    codes = [*codes, *[""] * (len(LETTERS) - len(codes))]
    return Grid(head, codes, list(map(row_of, claim.lines)), list(map(row_of, claim.history)))


def row_of(line: ClaimLine) -> Row:
    """A line laid out in cells."""
    return {
        "date": line.day.isoformat(),
        "to": line.last_day.isoformat() if line.last_day else "",
        "pos": line.place_of_service,
        "code": line.code,
        **dict(zip(MODIFIERS, [*line.modifiers, *[""] * 4], strict=False)),
        "ptr": letters_of(line.diagnosis_pointers),
        "charge": "" if line.charge is None else str(line.charge),
        "units": units_typed(line.units, line.measure),
        "npi": line.rendering_npi,
        "rev": line.revenue_code,
        "billing": line.billing_npi,
        "specialty": line.specialty,
        "claim": line.claim_id,
    }


def letters_of(pointers: Iterable[int]) -> str:
    """Pointers as letters."""
    return "".join(LETTERS[at - 1] for at in pointers if 1 <= at <= len(LETTERS))
