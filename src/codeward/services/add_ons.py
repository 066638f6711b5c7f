"""Add-on relations: what an add-on needs beside it, and which add-ons a primary may carry."""

from __future__ import annotations

from codeward.core.answers import Fact
from codeward.core.codes import procedure
from codeward.datasets.ncci_aoc import ANY_PRIMARY, AddOnRow
from codeward.services.meanings import meaning
from codeward.services.page import Cell, Line, Section, Sentence, Table, table
from codeward.services.view import View
from codeward.store.library import Found

AOC = "ncci-aoc"
_SHOWN = 12


def add_ons(view: View, code: str) -> Section:
    """Both directions of the add-on edits; an add-on by global period without a row is said to be one too."""
    title = "Add-on and primary codes"
    if not view.has(AOC):
        return Section("add-ons", title, missing=(AOC,))
    needs: list[Found[AddOnRow]] = view.find(AOC, add_on=code)
    carries: list[Found[AddOnRow]] = view.find(AOC, primary=code)
    facts = []
    if needs:
        kind = needs[0]
        known = meaning(view, "aoc_type", kind.row.edit_type)
        words = f"{known.label}. {known.sentence}" if known else ""
        facts.append(Fact("add_on_type", kind.row.edit_type, kind.source, "Add-on edit type", words))
    facts += [
        Fact("primary", item.row.primary, item.source, "Primary") for item in needs if item.row.primary != ANY_PRIMARY
    ]
    facts += [Fact("add_on", item.row.add_on, item.source, "Add-on") for item in carries]
    tables = (
        _relations(
            "primaries",
            "Needs one of these beside it",
            [(i, i.row.primary) for i in needs if i.row.primary != ANY_PRIMARY],
            view,
        ),
        _relations("add-ons", "May carry these add-ons", [(i, i.row.add_on) for i in carries], view),
    )
    return Section("add-ons", title, tuple(facts), tuple(item for item in tables if item.lines))


def _relations(name: str, caption: str, rows: list[tuple[Found[AddOnRow], str]], view: View) -> Table:
    lines = []
    for found, other in sorted(rows, key=lambda item: item[1]):
        row = found.row
        known = meaning(view, "aoc_type", row.edit_type)
        why = known.label if known else ""
        since = "" if found.since_unknown or found.first_day.year < 1990 else found.first_day.isoformat()
        cells = (Cell(other, procedure(other)), Cell(row.edit_type, meaning=why), Cell(since), Cell(row.note))
        lines.append(Line(cells, found.source))
    return table(name, caption, ("Code", "Type", "Since", "Note"), lines)


def add_on_sentence(code: str, section: Section, global_days: Fact | None) -> Sentence | None:
    """Whether it stands alone, and what it needs or carries."""
    kind = section.fact("add_on_type")
    if kind is not None and kind.source is not None:
        primaries = [str(fact.value) for fact in section.facts if fact.name == "primary"]
        sources = tuple(fact.source for fact in section.facts if fact.name == "primary" and fact.source)
        if primaries:
            closed = "the list is closed" if kind.value == "1" else "the contractor may allow others"
            text = (
                f"It is an add-on code, never billed alone: it needs {_listed(primaries, 'or')} beside it, by the same "
                f"practitioner for the same patient on the same day ({closed})."
            )
            return Sentence(text, (kind.source, *sources[:_SHOWN]))
        text = "It is an add-on code, never billed alone; the contractor says which primaries it may stand beside."
        return Sentence(text, (kind.source,))
    if global_days is not None and global_days.value == "ZZZ" and global_days.source is not None:
        text = (
            "Its global period is ZZZ, so it is an add-on, never billed alone; the loaded add-on edits have no row "
            "for it, so its primaries are not known here."
        )
        return Sentence(text, (global_days.source,))
    carried = [fact for fact in section.facts if fact.name == "add_on"]
    if carried:
        names = _listed([str(fact.value) for fact in carried], "and")
        text = f"It can be billed by itself; the add-on edits let {names} stand beside it."
        return Sentence(text, tuple(fact.source for fact in carried[:_SHOWN] if fact.source))
    return None


def _listed(codes: list[str], word: str) -> str:
    ordered = sorted(set(codes))
    if len(ordered) > _SHOWN:
        return f"one of {len(ordered)} codes" if word == "or" else f"{len(ordered)} add-on codes"
    if len(ordered) == 1:
        return ordered[0]
    return f"{', '.join(ordered[:-1])} {word} {ordered[-1]}"
