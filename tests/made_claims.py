"""Claims made by lot from the codes of a library, so that every table is asked: the same seed gives the same claims."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from codeward.core.claims import SETTINGS, Claim, ClaimLine, Patient
from codeward.store.library import Library

NPIS = ("1234567893", "2000000002", "1245319599", "1234567890", "12345", "3000000003", "12345678A3")
PLACES = ("11", "11", "11", "22", "21", "24", "23", "02", "31", "12", "99", "07", "")
MODIFIERS = """
25 59 XS XE LT RT 50 51 26 TC 76 77 78 79 24 57 58 54 55 56 62 66 80 82 AS AA QK AT GA GZ GY JW JZ KX RR NU TA T5 FA
F5 E1 LC 91 27 52 53 22 95 GT ZZ 1 ABC 8P CO XXX
""".split()  # noqa: SIM905
UNITS = ("1", "1", "1", "1", "2", "3", "12", "250", "0", "0.5", "2.25", "1.333", "99", "-1")
TAXONOMIES = ("207N00000X", "207N00000Y", "", "", "123")
CLIAS = ("05D0000000", "", "", "123")
FIRST, LAST = date(2018, 1, 1), date(2027, 6, 30)


@dataclass(frozen=True, slots=True)
class Codes:
    """What the lots are drawn from; each group holds codes, pairs of codes that meet in an edit stand together."""

    single: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    diagnoses: tuple[str, ...]


def codes_of(library: Library, most: int = 4000) -> Codes:
    """An even sample of the library's codes."""

    def asked(query: str) -> list[tuple[str, ...]]:
        held = library.db.execute("select 1 from sqlite_master where name = ?", (query.split()[3],)).fetchone()
        rows = library.db.execute(query).fetchall() if held else []
        step = max(len(rows) // most, 1)
        return rows[::step]

    singles = [
        *asked("select code from mpfs_rvu where modifier is null group by code order by code"),
        *asked("select code from hcpcs group by code order by code"),
        *asked("select code from ncci_mue_outpatient group by code order by code"),
        *asked("select code from opps_addendum_b group by code order by code"),
    ]
    pairs = [
        *asked("select column1, column2 from ncci_ptp_practitioner where id % 97 = 0 order by id"),
        *asked("select column1, column2 from ncci_ptp_outpatient where id % 97 = 0 order by id"),
        *asked('select add_on, "primary" from ncci_aoc order by id'),
    ]
    if len(pairs) < 100:
        pairs += asked("select column1, column2 from ncci_ptp_practitioner order by id")
    diagnoses = [code for (code,) in asked("select code from icd_10_cm group by code order by code")]
    return Codes(
        tuple(code for (code,) in singles), tuple((a, b) for a, b in pairs if a and b), tuple(diagnoses) or ("C44311",)
    )


def made_claims(library: Library, count: int, seed: int) -> list[Claim]:
    """So many claims; about half are plain, the others carry odd modifiers, units, days, history or identifiers."""
    lot, codes = random.Random(seed), codes_of(library)
    return [_claim(lot, codes, number) for number in range(1, count + 1)]


def _claim(lot: random.Random, codes: Codes, number: int) -> Claim:
    day = _day(lot)
    lines = tuple(_lines(lot, codes, day, lot.randint(1, 5)))
    history = tuple(_history(lot, codes, lines, day)) if lot.random() < 0.4 else ()
    billing = lot.choice(NPIS[:2]) if lot.random() < 0.8 else lot.choice(NPIS)
    return Claim(
        f"K{number}",
        lines,
        tuple(_dotted(lot, lot.choice(codes.diagnoses)) for _ in range(lot.randint(0, 5))),
        Patient(f"P{number}", _birth(lot, day), lot.choice(("F", "M", "U", ""))),
        lot.choice(("medicare", "medicare", "medicare", "Medicaid", "Aetna", "")),
        lot.choice((*SETTINGS, "practitioner", "practitioner", "practitioner")),
        billing,
        lot.choice(("", billing, lot.choice(NPIS))),
        lot.choice(TAXONOMIES),
        lot.choice(PLACES),
        clia=lot.choice(CLIAS),
        history=history,
    )


def _birth(lot: random.Random, day: date) -> date | None:
    return None if lot.random() < 0.1 else day - timedelta(days=lot.randint(-30, 36_000))


def _day(lot: random.Random) -> date:
    if lot.random() < 0.6:
        return date(2024, 7, 1) + timedelta(days=lot.randint(0, 91))
    return FIRST + timedelta(days=lot.randint(0, (LAST - FIRST).days))


def _dotted(lot: random.Random, code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and lot.random() < 0.5 else code


def _lines(lot: random.Random, codes: Codes, day: date, count: int) -> Iterator[ClaimLine]:
    drawn: list[str] = []
    while len(drawn) < count:
        if codes.pairs and lot.random() < 0.6:
            drawn += lot.choice(codes.pairs)
        else:
            drawn.append(lot.choice((lot.choice(codes.single), "99213", "99214", "XX999", lot.choice(codes.single))))
    if lot.random() < 0.15:
        drawn.append(drawn[0])
    for number, code in enumerate(drawn, start=1):
        yield _line(lot, code, day, number)


def _line(lot: random.Random, code: str, day: date, number: int) -> ClaimLine:
    began = day if lot.random() < 0.8 else day + timedelta(days=lot.randint(-2, 2))
    modifiers = tuple(lot.choice(MODIFIERS) for _ in range(lot.choice((0, 0, 0, 1, 1, 2, 4))))
    return ClaimLine(
        number,
        code.lower() if lot.random() < 0.05 else code,
        modifiers,
        Decimal(lot.choice(UNITS)),
        began,
        tuple(range(1, lot.randint(1, 3))),
        Decimal(lot.randint(0, 90_000)) / 100 if lot.random() < 0.9 else None,
        lot.choice(("", "", "", lot.choice(NPIS))),
        lot.choice(("", "", lot.choice(PLACES))),
        began + timedelta(days=lot.choice((1, 3, 9))) if lot.random() < 0.1 else None,
        "MJ" if lot.random() < 0.04 else "UN",
    )


def _history(lot: random.Random, codes: Codes, lines: tuple[ClaimLine, ...], day: date) -> Iterator[ClaimLine]:
    """Earlier lines: other codes, partners of the lines billed now, or the same again, up to a hundred days before."""
    partners = dict(codes.pairs) | {b: a for a, b in codes.pairs}
    for number in range(1, lot.randint(2, 4)):
        line = lot.choice(lines)
        code = lot.choice((line.code, partners.get(line.code, line.code), lot.choice(codes.single), "66984", "27447"))
        back = lot.choice((0, 0, 1, 8, 9, 10, 11, 30, 89, 90, 91, 400))
        yield replace(
            _line(lot, code, day - timedelta(days=back), number),
            claim_id=lot.choice(("H1", "H2")),
            billing_npi=lot.choice(("", NPIS[0], NPIS[1])),
            rendering_npi=lot.choice(("", NPIS[0], NPIS[1])),
            specialty=lot.choice(("", "07", "18")),
        )
