"""Fetch, watch and tick as JSON documents."""

from __future__ import annotations

from typing import Any

from codeward.ingest.fetch.report import Outcome, Report
from codeward.ingest.fetch.tick import Done
from codeward.ingest.fetch.watch import Novelty, Watch

Document = dict[str, Any]


def report_document(report: Report) -> Document:
    """Every file with what came of it, and the library that was built."""
    built = report.built
    return {
        "status": report.status,
        "files": [_outcome(item) for item in report.outcomes],
        "notes": [{"dataset": name, "text": text} for name, text in report.notes],
        "refused": [{"file": str(path), "why": why} for path, why in report.refused],
        "library": {"hash": built.hash, "rows": built.rows, "fresh": built.fresh} if built else None,
    }


def _outcome(item: Outcome) -> Document:
    return {
        "dataset": item.dataset,
        "edition": item.edition,
        "effective": item.effective.isoformat() if item.effective else None,
        "part": item.part,
        "state": item.state,
        "url": item.url or None,
        "file": str(item.path) if item.path else None,
        "sha256": item.sha256 or None,
        "bytes": item.bytes or None,
        "why": item.why or None,
        "tried": [{"url": url, "why": why} for url, why in item.tried],
    }


def watch_document(watch: Watch) -> Document:
    """What is new, what was looked at, and what could not be read."""
    return {
        "looked": watch.looked,
        "new": [_novelty(item, watch.held.get(item.dataset)) for item in watch.news],
        "problems": [{"dataset": name, "text": text} for name, text in watch.problems],
    }


def _novelty(item: Novelty, held: str | None) -> Document:
    return {
        "dataset": item.dataset,
        "edition": item.edition,
        "effective": item.effective.isoformat() if item.effective else None,
        "part": item.part,
        "state": item.state,
        "file": item.file,
        "url": item.url,
        "published": item.published.isoformat() if item.published else None,
        "terms": item.terms or None,
        "held": held,
    }


def tick_document(done: Done) -> Document:
    """What a tick found and did."""
    return {"running": done.running, "watch": watch_document(done.watch), "fetch": report_document(done.report)}
