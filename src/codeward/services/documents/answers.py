"""Documents: answers as plain JSON values, the shapes that scripts and other programs depend on."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from codeward.core.answers import Answer, Fact
from codeward.core.sources import Source
from codeward.services.library_diff import DatasetDiff
from codeward.services.library_status import DatasetStatus, LibraryStatus
from codeward.services.page import CodePage, Event, Line, Section, Sentence, Table
from codeward.services.search import Hit, SearchResult

Document = dict[str, Any]


def code_document(answer: Answer[CodePage]) -> Document:
    """A code page."""
    page = answer.value
    return {
        "system": page.code.system,
        "code": page.code.shown,
        "title": page.title,
        "status": page.status,
        "billable": page.billable,
        "on": answer.as_of.isoformat(),
        "words": [_sentence(item) for item in page.words],
        "facts": [fact_document(item) for item in page.facts],
        "sections": {section.name: section_document(section) for section in page.sections},
        "sources": [source.as_dict() for source in answer.sources],
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


def _source(source: Source | None) -> Document | None:
    return source.as_dict() if source else None


def fact_document(fact: Fact) -> Document:
    """One fact."""
    return {
        "name": fact.name,
        "value": fact.value,
        "label": fact.label,
        "meaning": fact.meaning,
        "source": _source(fact.source),
    }


def _sentence(sentence: Sentence) -> Document:
    return {"text": sentence.text, "sources": [source.as_dict() for source in sentence.sources]}


def section_document(section: Section) -> Document:
    """One part of a page."""
    return {
        "title": section.title,
        "facts": [fact_document(item) for item in section.facts],
        "tables": [table_document(item) for item in section.tables],
        "missing": list(section.missing),
        "events": [event_document(item) for item in section.events],
    }


def event_document(event: Event) -> Document:
    """One change of a code."""
    return {
        "day": event.day.isoformat(),
        "kind": event.kind,
        "dataset": event.dataset,
        "subject": event.subject,
        "name": event.name,
        "label": event.label,
        "before": event.before,
        "after": event.after,
        "note": event.note,
        "before_source": _source(event.before_source),
        "after_source": _source(event.after_source),
    }


def table_document(table: Table) -> Document:
    """One table."""
    return {
        "name": table.name,
        "caption": table.caption,
        "heads": list(table.heads),
        "total": table.total,
        "rows": [_line(line) for line in table.lines],
    }


def _line(line: Line) -> Document:
    return {"cells": [cell.text for cell in line.cells], "source": _source(line.source)}


def search_document(answer: Answer[SearchResult]) -> Document:
    """Search results, best first."""
    return {
        "query": answer.value.query,
        "results": [_hit(hit) for hit in answer.value.hits],
        "facets": answer.value.facets,
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
    }


def _hit(hit: Hit) -> Document:
    return {
        "system": hit.code.system,
        "code": hit.code.shown,
        "title": hit.title,
        "billable": hit.billable,
        "score": hit.score,
        "why": hit.why,
        "chips": [
            {"axis": chip.axis, "choices": [{"value": value, "code": code.shown} for value, code in chip.choices]}
            for chip in hit.chips
        ],
    }


def status_document(status: LibraryStatus) -> Document:
    """What is loaded; datasets that are not loaded have no editions."""
    return {
        "hash": status.hash,
        "built": status.built,
        "datasets": [_dataset(item) for item in status.datasets],
    }


def _dataset(item: DatasetStatus) -> Document:
    return {
        "id": item.id,
        "title": item.title,
        "editions": [
            {
                "edition": edition.edition,
                "effective": edition.effective.isoformat(),
                "rows": edition.rows,
                "sha256": _hash_of([sha256 for _, sha256 in edition.files]),
                "files": [{"name": name, "sha256": sha256} for name, sha256 in edition.files],
                "origin": edition.origin,
            }
            for edition in item.editions
        ],
        "gaps": list(item.gaps),
        "licence": item.licence,
        "accepted": item.accepted,
        "loaded": item.loaded,
        "load_command": item.load_command,
        "closed": item.closed,
        "next_expected": item.next_expected.isoformat() if item.next_expected else None,
        "overdue_days": item.overdue_days,
    }


def _hash_of(hashes: list[str]) -> str:
    """The file's own hash; for an edition of several files, the hash of their sorted hashes, one a line."""
    return hashes[0] if len(hashes) == 1 else sha256("\n".join(sorted(hashes)).encode()).hexdigest()


def diff_document(diff: DatasetDiff) -> Document:
    """Rows added, removed and changed."""
    return {
        "dataset": diff.dataset,
        "before": diff.before,
        "after": diff.after,
        "added": diff.added,
        "removed": diff.removed,
        "changed": diff.changed,
        "rows": [
            {"change": row.change, "key": row.key, "columns": {k: list(v) for k, v in row.columns.items()}}
            for row in diff.rows
        ],
    }
