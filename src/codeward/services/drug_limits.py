"""Drug payment limit of one code: the Part B (ASP) file, for the dosage that the code stands for."""

from __future__ import annotations

from decimal import Decimal

from codeward.core.answers import Fact
from codeward.datasets.asp import DrugRow
from codeward.services.money import money
from codeward.services.page import Cell, Line, Section, Sentence, table
from codeward.services.view import View
from codeward.store.library import Found

ASP = "asp"


def drug_limits(view: View, code: str) -> Section:
    """The limit per dosage, the patient's share and CMS's remarks; empty when the file does not have the code."""
    title = "Drug payment limit (Part B)"
    found: Found[DrugRow] | None = view.first(ASP, code=code)
    if found is None:
        return Section("drug-limits", title, missing=() if view.has(ASP) else (ASP,))
    history = [item for item in view.library.history(ASP, code=code) if item.first_day <= item.last_day]
    lines = [_line(view, item) for item in history] if len(history) > 1 else []
    heads = ("From", "To", "Dosage", "Limit", "Coinsurance", "Notes")
    tables = (table("drug-history", "Change over the loaded editions", heads, lines),) if lines else ()
    return Section("drug-limits", title, tuple(_facts(found)), tables)


def _facts(found: Found[DrugRow]) -> list[Fact]:
    row, source = found.row, found.source
    per = f"for {row.dosage}, the dosage of one unit of the code" if row.dosage else "for one unit of the code"
    facts = [Fact("drug_limit", money(row.limit), source, "Payment limit", per)]
    if row.dosage:
        facts.append(Fact("drug_dosage", row.dosage, source, "Dosage of one unit"))
    if row.coinsurance is not None:
        share = "of the payment limit, borne by the patient"
        facts.append(Fact("drug_coinsurance", _percent(row.coinsurance), source, "Coinsurance", share))
    for name, label, percent, limit in (
        ("vaccine", "Vaccine limit", row.vaccine_percent, row.vaccine_limit),
        ("blood", "Blood limit", row.blood_percent, row.blood_limit),
    ):
        if limit is not None:
            words = f"{_percent(percent)} of the average wholesale price" if percent is not None else ""
            facts.append(Fact(f"drug_{name}_limit", money(limit), source, label, words))
    if row.clotting_factor:
        facts.append(Fact("drug_clotting_factor", True, source, "Clotting factor"))
    if row.notes:
        facts.append(Fact("drug_notes", row.notes, source, "CMS's note"))
    return facts


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f} %"


def _line(view: View, found: Found[DrugRow]) -> Line:
    row = found.row
    share = "" if row.coinsurance is None else _percent(row.coinsurance)
    texts = (found.first_day.isoformat(), view.last_day_text(found), row.dosage, money(row.limit), share, row.notes)
    return Line(tuple(Cell(text) for text in texts), found.source)


def drug_sentence(section: Section) -> Sentence | None:
    """The limit with its dosage, in one sentence."""
    limit, dosage = section.fact("drug_limit"), section.fact("drug_dosage")
    if limit is None or limit.source is None or limit.value == "-":
        return None
    per = f" for {dosage.value}" if dosage else " a unit"
    text = f"As a Part B drug Medicare allows at most ${limit.value}{per} ({limit.source.edition})."
    return Sentence(text, (limit.source,))
