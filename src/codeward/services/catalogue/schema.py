"""Schema: the arguments of a tool as JSON Schema, for every door that tells programs what to send."""

from __future__ import annotations

from typing import Any

from codeward.services.catalogue.tool import Argument, Tool

Schema = dict[str, Any]
_TYPES: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    list: {"type": "array", "items": {"type": "string"}},
}
ON: Schema = {
    "type": "string",
    "format": "date",
    "description": "Date of service as YYYY-MM-DD: the rules and prices of that day answer. Left out: today.",
}
SOURCE: Schema = {
    "type": "object",
    "description": "Where a fact was read.",
    "properties": {
        "dataset": {"type": "string"},
        "edition": {"type": "string"},
        "file": {"type": "string"},
        "line": {"type": ["integer", "string"]},
        "sha256": {"type": "string"},
        "url": {"type": "string"},
        "citation": {"type": "string"},
    },
}
DOCUMENT: Schema = {
    "type": "object",
    "description": "The answer, with what stands behind it. A dataset under not_loaded says nothing either way.",
    "properties": {
        "on": {"type": "string"},
        "sources": {"type": "array", "items": SOURCE},
        "warnings": {"type": "array"},
        "not_loaded": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["on", "sources", "warnings", "not_loaded"],
}
"""What every tool's document has; the rest is the tool's own."""


def arguments_schema(tool: Tool) -> Schema:
    """An object schema of the tool's arguments and the date of service."""
    return {
        "type": "object",
        "properties": {**{item.name: argument_schema(item) for item in tool.declared}, "on": ON},
        "required": [item.name for item in tool.declared if item.required],
        "additionalProperties": False,
    }


def argument_schema(item: Argument) -> Schema:
    """One argument."""
    told: Schema = {**_TYPES[item.type], "description": item.help}
    if item.choices:
        told["enum"] = list(item.choices) if item.required or item.default else ["", *item.choices]
    if not item.required:
        told["default"] = list(item.default) if item.type is list else item.default
    return told
