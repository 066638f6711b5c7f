"""Documents: the text of codes as of a day, by code, by beginning of a code, and the wording of a phrase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.store.library import Library


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One code with its text on a day; `billable` is None where the word does not apply."""

    system: str
    code: str
    title: str
    billable: int | None


_FIELDS = "d.system, d.code, coalesce(d.title, ''), d.billable"
_HOLDS = "d.first_day <= ? and d.last_day >= ?"


def documents_with_code(library: Library, beginning: str, on: date, most: int) -> list[DocumentRow]:
    """Documents in force on the day whose code begins with the text, shortest code first."""
    day = on.isoformat()
    rows = library.db.execute(
        f"select {_FIELDS} from document d where d.code >= ? and d.code < ? and {_HOLDS}{library.searchable} "
        "order by length(d.code), d.code limit ?",
        (beginning, beginning + "~", day, day, most),
    )
    return [DocumentRow(*row) for row in rows]


def document_of(library: Library, system: str, code: str, on: date) -> DocumentRow | None:
    """The document of a code on the day; None where it has none then, or may not be read."""
    day = on.isoformat()
    row = library.db.execute(
        f"select {_FIELDS} from document d where d.code = ? and d.system = ? and {_HOLDS}{library.searchable} "
        "order by d.last_day desc limit 1",
        (code, system, day, day),
    ).fetchone()
    return DocumentRow(*row) if row else None


def wording(library: Library, phrase: int) -> str:
    """The text of a phrase of the word index, as it is published."""
    row = library.db.execute("select text from wording where id = ?", (phrase,)).fetchone()
    return str(row[0]) if row else ""
