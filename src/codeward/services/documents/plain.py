"""Any answer as plain JSON values: fields under their own names, sources in the shape of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from codeward.core.answers import Answer
from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.datasets.declare import Dataset
from codeward.services.documents.answers import Document
from codeward.store.library import Found
from codeward.store.releases import Release


def plain_document(answer: Answer[Any]) -> Document:
    """The value as `result`, and what stands behind it."""
    return {"result": plain_value(answer.value), **behind(answer)}


def flat_document(answer: Answer[Any]) -> Document:
    """The fields of the value side by side with what stands behind it, for an answer that is one thing."""
    return {**plain_value(answer.value), **behind(answer)}


def behind(answer: Answer[Any]) -> Document:
    """What every document says of its answer: the day, the sources, the warnings and what is not loaded."""
    return {
        "on": answer.as_of.isoformat(),
        "sources": [source.as_dict() for source in answer.sources],
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


@singledispatch
def plain_value(value: Any) -> Any:
    """A value without types of our own; money and other decimals are texts, days are ISO."""
    if is_dataclass(value):
        return {item.name: plain_value(getattr(value, item.name)) for item in fields(value)}
    return str(value)


@plain_value.register(str | int | float | bool | None)
def _as_it_is(value: Any) -> Any:
    return value


@plain_value.register
def _mapping(value: Mapping) -> Document:  # type: ignore[type-arg]
    return {str(key): plain_value(item) for key, item in value.items()}


@plain_value.register(list | tuple | set | frozenset)
def _several(value: Any) -> list[Any]:
    return [plain_value(item) for item in value]


@plain_value.register
def _day(value: date) -> str:
    return value.isoformat()


@plain_value.register
def _source(value: Source) -> Document:
    return value.as_dict()


@plain_value.register
def _code(value: Code) -> Document:
    return {"system": value.system, "code": value.shown}


@plain_value.register
def _dataset(value: Dataset) -> str:
    return value.id


@plain_value.register
def _release(value: Release) -> Document:
    return {"dataset": value.dataset, "edition": value.edition, "effective": value.effective.isoformat()}


@plain_value.register
def _row(found: Found) -> Document:  # type: ignore[type-arg]
    days = {"first_day": found.first_day.isoformat(), "last_day": found.last_day.isoformat()}
    return {**plain_value(found.row), **days, "source": found.source.as_dict()}
