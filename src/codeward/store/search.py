"""Search: the document table and its word index, asked by code, by words and for words like a misspelt one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.store.library import Library


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One code's searchable text; `rank` is BM25, lower is better."""

    system: str
    code: str
    title: str
    terms: str
    billable: int | None
    weight: int
    rank: float


_FIELDS = "d.system, d.code, coalesce(d.title, ''), coalesce(d.terms, ''), d.billable, d.weight"
_HOLDS = "d.first_day <= ? and d.last_day >= ?"


def documents_with_code(library: Library, beginning: str, on: date, most: int) -> list[DocumentRow]:
    """Documents in force on the day whose code begins with the text, shortest code first."""
    day = on.isoformat()
    rows = library.db.execute(
        f"select {_FIELDS}, 0.0 from document d where d.code >= ? and d.code < ? and {_HOLDS}{library.searchable} "
        "order by length(d.code), d.code limit ?",
        (beginning, beginning + "~", day, day, most),
    )
    return [DocumentRow(*row) for row in rows]


def documents_with_words(
    library: Library, groups: list[list[str]], on: date, most: int, *, every: bool
) -> list[DocumentRow]:
    """Documents in force on the day with a word of every group (or of any), best first; `*` ends a beginning.

    Procedures of ICD-10-PCS have a pool of their own: tens of thousands of them must not crowd a diagnosis out.
    """
    wanted = [" OR ".join(_quoted(word) for word in group) for group in groups]
    match = (" AND " if every else " OR ").join(f"({part})" for part in wanted)
    pools = (_pool(library, match, on, most, apart) for apart in ("<>", "="))
    return sorted((row for pool in pools for row in pool), key=lambda row: row.rank)


def _pool(library: Library, match: str, on: date, most: int, apart: str) -> list[DocumentRow]:
    day = on.isoformat()
    rows = library.db.execute(
        f"select {_FIELDS}, bm25(document_text, 4.0, 2.0) as relevance from document_text "
        f"join document d on d.id = document_text.rowid where document_text match ? and {_HOLDS}{library.searchable} "
        f"and d.system {apart} 'icd-10-pcs' order by relevance limit ?",
        (match, day, day, most),
    )
    return [DocumentRow(*row) for row in rows]


def _quoted(word: str) -> str:
    beginning = word.endswith("*")
    quoted = '"' + word.rstrip("*").replace('"', '""') + '"'
    return quoted + "*" if beginning else quoted


def known_word(library: Library, word: str) -> bool:
    """Whether the index has the word as it is."""
    return library.db.execute("select 1 from word where term = ?", (word,)).fetchone() is not None


def words_like(library: Library, beginning: str, least: int) -> list[tuple[str, int]]:
    """Index words that begin with the text, and in how many documents each stands."""
    rows = library.db.execute(
        "select term, doc from word where term >= ? and term < ? and length(term) >= ?",
        (beginning, beginning + "~", least),
    )
    return [(str(term), int(count)) for term, count in rows]
