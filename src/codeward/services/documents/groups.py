"""JSON documents of groupings and crosswalks."""

from __future__ import annotations

from codeward.core.answers import Answer
from codeward.services.crosswalks import CAUTION, Crosswalk
from codeward.services.documents.answers import Document, fact_document, table_document
from codeward.services.ms_drg import Driver, Grouping


def drg_document(answer: Answer[Grouping]) -> Document:
    """The MS-DRG of a stay, with weight, stay and what every code did."""
    grouping = answer.value
    return {
        "drg": grouping.code.value if grouping.code else None,
        "title": grouping.title,
        "mdc": grouping.mdc or None,
        "mdc_title": grouping.mdc_title,
        "version": grouping.version,
        "severity": grouping.severity,
        "problem": grouping.problem or None,
        "on": answer.as_of.isoformat(),
        "facts": [fact_document(item) for item in grouping.facts],
        "drivers": [_driver(item) for item in grouping.drivers],
        "sources": [source.as_dict() for source in answer.sources],
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


def _driver(driver: Driver) -> Document:
    return {
        "code": driver.code.shown,
        "role": driver.role,
        "status": driver.status,
        "counted": driver.counted,
        "words": driver.words,
    }


def crosswalk_document(answer: Answer[Crosswalk]) -> Document:
    """What the equivalence mappings say of one code."""
    crosswalk = answer.value
    return {
        "code": crosswalk.text,
        "edition": crosswalk.edition or None,
        "on": answer.as_of.isoformat(),
        "caution": CAUTION,
        "tables": [table_document(item) for item in crosswalk.tables],
        "sources": [source.as_dict() for source in answer.sources],
        "not_loaded": list(answer.not_loaded),
    }
