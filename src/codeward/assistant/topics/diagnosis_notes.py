"""Diagnosis notes: what the tabular list says beside a code - inclusion, exclusion, sequence, seventh characters."""

from __future__ import annotations

from codeward.assistant.draft import Draft, read
from codeward.services.page import CodePage, Table

NAMES = {
    "excludes1": "Excludes1 (not coded here; not reported together unless the conditions are unrelated)",
    "excludes2": "Excludes2 (not included here; both may be coded)",
    "code-first": "Code first",
    "use-additional": "Use additional code",
    "code-also": "Code also",
    "includes": "Includes",
    "inclusion": "Inclusion terms",
    "seventh-note": "Seventh character",
    "note": "Note",
}
_SEQUENCE = ("code-first", "use-additional", "code-also")


def note_tables(page: CodePage) -> list[Table]:
    """Tables of notes that stand at the code or are inherited."""
    section = page.section("notes")
    return [item for item in section.tables if item.lines] if section else []


def say_notes(
    draft: Draft, page: CodePage, *, kinds: tuple[str, ...] = _SEQUENCE, most: int = 6, role: str = "why"
) -> int:
    """Notes of some kinds, each with the place it stands at; how many there were."""
    said = 0
    for table in note_tables(page):
        if table.name not in kinds:
            continue
        lines = table.lines[:most]
        texts = [line.cells[0].text for line in lines]
        at = lines[0].cells[1].text
        more = f"; and {table.total - len(lines)} more" if table.total > len(lines) else ""
        evidence = [
            read(
                page.code.shown,
                table.name,
                line.cells[0].text,
                line.source,
                f"at {at}, {table.total - len(lines)} more",
            )
            for line in lines
        ]
        draft.say(f"{NAMES.get(table.name, table.caption)}, at {at}: {'; '.join(texts)}{more}.", *evidence, role=role)
        said += 1
    return said
