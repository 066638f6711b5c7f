"""Diagnosis rules fire where codes, order, notes, patient or sides go wrong, and are silent beside that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from codeward.core.claims import Claim, ClaimLine, Patient
from codeward.rules.engines.sqlite import SqliteEngine
from codeward.rules.rule import rule_numbered
from codeward.store.library import open_library
from golden import noted_set
from making import build_library

TODAY = date(2026, 11, 2)
FY2025 = date(2025, 1, 15)
Told = set[tuple[str, str, str]]
Ask = Callable[..., Told]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Rule, severity and code of what the engine finds of the given diagnoses."""
    folder = tmp_path_factory.mktemp("noted")
    build_library(folder / "home", noted_set.write(folder / "files"))
    engine = SqliteEngine(open_library(folder / "home"))

    def found(
        *codes: str,
        day: date = FY2025,
        patient: Patient | None = None,
        procedure: str = "G0101",
        modifiers: tuple[str, ...] = (),
        pointers: tuple[int, ...] = (1,),
    ) -> Told:
        line = ClaimLine(1, procedure, modifiers, day=day, diagnosis_pointers=pointers)
        claim = Claim("A", (line,), codes, patient or Patient("1", date(1956, 2, 1), ""))
        rows = engine.run([claim], TODAY).findings
        rules = [(rule_numbered(row.rule_number), row.code) for row in rows]
        return {(rule.id, rule.severity, code) for rule, code in rules if rule.id.startswith(("DX.", "SITE."))}

    return found


CASES: list[tuple[tuple[str, ...], Told]] = [
    (("E11.9",), set()),
    (("e119",), set()),
    (("X",), {("DX.INVALID", "deny", "X")}),
    (("E11.8",), {("DX.INVALID", "deny", "E11.8")}),
    (("C44.31",), {("DX.INVALID", "deny", "C44.31")}),
    (("C44.3",), {("DX.NOTBILLABLE", "deny", "C44.3")}),
    (("M80.08",), {("DX.7CHAR", "deny", "M80.08")}),
    (("M80.08A",), {("DX.7CHAR", "deny", "M80.08A")}),
    (("M80.08XZ",), {("DX.7CHAR", "deny", "M80.08XZ")}),
    (("M80.08XA",), set()),
    (("J20.9", "J40"), {("DX.EXCL1", "warn", "J40")}),
    (("J40", "J20.9"), {("DX.EXCL1", "warn", "J20.9")}),
    (("C44.319", "C43.39"), {("DX.EXCL1", "warn", "C43.39")}),
    (("E11.9", "J40"), set()),
    (("J20.9", "E11.9"), set()),
    (("E85.4", "G63"), set()),
    (("G63", "E85.4"), {("DX.MANIF", "warn", "G63")}),
    (("A90", "G63", "E85.4"), {("DX.MANIF", "warn", "G63")}),
    (("A90", "G63"), {("DX.MANIF", "info", "G63")}),
    (("I11.0", "I50.9"), set()),
    (("I50.9", "I11.0"), {("DX.SEQ", "warn", "I50.9")}),
    (("I50.9", "E11.9"), set()),
    (("F05", "A90"), {("DX.SEQ", "warn", "F05")}),
    (("A90", "F05"), set()),
    (("W19.XXXA", "S52.501A"), {("DX.SEQ", "warn", "W19.XXXA")}),
    (("S52.501A", "W19.XXXA"), set()),
    (("Z00.00", "E11.9"), set()),
    (("E11.9", "Z00.00"), {("DX.FIRSTONLY", "warn", "Z00.00")}),
    (("Z34.00", "Z00.00"), {("DX.AGE", "warn", "Z34.00")}),
    (("E11.9", "A90", "E119"), {("DX.DUP", "warn", "E11.9")}),
]  # fmt: skip


@pytest.mark.parametrize(("codes", "expected"), CASES)
def test_what_diagnoses_of_a_claim_come_to(ask: Ask, codes: tuple[str, ...], expected: Told) -> None:
    """In the order of the claim, as of a day whose edition is loaded."""
    assert ask(*codes) == expected


def test_a_list_without_headers_knows_them_all_the_same(ask: Ask) -> None:
    """From the codes that begin so, and from the seventh characters of the edition that has notes."""
    day = date(2023, 11, 1)
    assert ask("C44.3", day=day) == {("DX.NOTBILLABLE", "deny", "C44.3")}
    assert ask("M80.08", day=day) == {("DX.7CHAR", "deny", "M80.08")}
    assert ask("E11.9", day=day) == set()


def test_a_code_of_another_edition_is_told_as_such(ask: Ask) -> None:
    """Before it began; in a gap, by the next edition of the same fiscal year; and where nobody can know."""
    assert ask("A90", day=date(2023, 11, 1)) == {("DX.INVALID", "deny", "A90")}
    gap = date(2025, 10, 15)
    assert ask("G35", day=gap) == {("DX.NOTBILLABLE", "warn", "G35")}
    assert ask("A90", day=gap) == {("DX.INVALID", "warn", "A90")}
    assert ask("G35.A", day=gap) == {("DX.INVALID", "unchecked", "G35.A")}
    assert ask("E11.8", day=gap) == {("DX.INVALID", "deny", "E11.8")}
    assert ask("G35", day=date(2026, 4, 2)) == {("DX.NOTBILLABLE", "deny", "G35")}
    assert ask("E11.8", day=date(2026, 10, 15)) == {("DX.INVALID", "warn", "E11.8")}


def test_age_is_told_only_of_patients_clearly_outside(ask: Ask) -> None:
    """The day around a birthday is left open."""
    assert ask("O09.90", patient=Patient("1", date(1960, 1, 1), "F")) == {("DX.AGE", "warn", "O09.90")}
    assert ask("O09.90", patient=Patient("1", date(1990, 1, 1), "F")) == set()
    assert ask("H25.11", patient=Patient("1", date(2015, 1, 1), "F")) == {("DX.AGE", "warn", "H25.11")}
    assert ask("H25.11", patient=Patient("1", date(2010, 1, 15), "F")) == set()
    assert ask("H25.11", patient=Patient("1", None, "F")) == set()


def test_sex_was_edited_until_october_2024(ask: Ask) -> None:
    """Since then it is only worth knowing."""
    woman, man = Patient("1", date(1956, 2, 1), "F"), Patient("1", date(1956, 2, 1), "M")
    assert ask("C61", patient=woman, day=date(2023, 11, 1)) == {("DX.SEX", "warn", "C61")}
    assert ask("C61", patient=woman) == {("DX.SEX", "info", "C61")}
    assert ask("N40.1", patient=man) == set()


def test_sides_of_diagnosis_and_modifier(ask: Ask) -> None:
    """A line is judged by the diagnoses it points to; a heart's left is no side of the body."""
    assert ask("H25.10", modifiers=("RT",)) == {("DX.UNSPEC-LAT", "warn", "H25.10")}
    assert ask("H25.10") == set()
    assert ask("H25.12", modifiers=("RT",)) == {("DX.LAT-MISMATCH", "warn", "H25.12")}
    assert ask("H25.12", modifiers=("E4",)) == {("DX.LAT-MISMATCH", "warn", "H25.12")}
    assert ask("H25.11", modifiers=("RT",)) == set()
    assert ask("H25.13", modifiers=("RT",)) == set()
    assert ask("H25.12", "H25.11", modifiers=("RT",), pointers=(1, 2)) == set()
    assert ask("A90", "H25.12", modifiers=("RT",)) == set()
    assert ask("I50.1", modifiers=("RT",)) == set()


def test_a_pointer_beyond_the_diagnoses(ask: Ask) -> None:
    """Told of the line's procedure, since there is no diagnosis to name."""
    assert ask("E11.9", pointers=(1, 2)) == {("DX.POINTER", "warn", "G0101")}


def test_the_site_of_a_first_mohs_stage(ask: Ask) -> None:
    """Trunk against head and the other way round; a limb may be a hand, so it is left open."""
    assert ask("C44.519", procedure="17311") == {("SITE.MISMATCH", "warn", "C44.519")}
    assert ask("C44.319", procedure="17313") == {("SITE.MISMATCH", "warn", "C44.319")}
    assert ask("C44.319", procedure="17311") == set()
    assert ask("C44.519", procedure="17313") == set()
    assert ask("C44.611", procedure="17311") == set()
    assert ask("C44.519", "C44.319", procedure="17311", pointers=(1, 2)) == set()
