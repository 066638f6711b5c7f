"""OpenAPI: the catalogue as an OpenAPI 3.1 document and as a list, both made from the tools' declarations."""

from __future__ import annotations

from typing import Any

from codeward import __version__
from codeward.services.catalogue.schema import DOCUMENT, ON, argument_schema, arguments_schema
from codeward.services.catalogue.tool import Tool
from codeward.services.catalogue.tools import TOOLS

Schema = dict[str, Any]
ROOT = "/api/v1/tools"
_ERROR: Schema = {
    "type": "object",
    "properties": {
        "error": {"type": "string", "description": "One line that a person can act on."},
        "status": {"type": "integer"},
        "not_loaded": {"type": "array", "items": {"type": "string"}, "description": "Datasets that would answer."},
    },
    "required": ["error", "status"],
}
_FAULTS = {
    "400": "What was asked cannot be used.",
    "404": "There is no such tool, or the answer is that there is no such thing.",
    "503": "The data needed is not loaded.",
}


def tool_list() -> Schema:
    """Every tool with what it says and the schema of its arguments."""
    return {
        "tools": [
            {
                "name": tool.name,
                "title": tool.title,
                "description": tool.description,
                "address": f"{ROOT}/{tool.name}",
                "arguments": arguments_schema(tool),
            }
            for tool in TOOLS
        ]
    }


def openapi() -> Schema:
    """The whole API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Codeward",
            "version": __version__,
            "description": "Dated, sourced US medical codes, edits, fees and coverage. Read-only.",
        },
        "paths": {ROOT: _listing(), **{f"{ROOT}/{tool.name}": _path(tool) for tool in TOOLS}},
        "components": {"schemas": {"Document": DOCUMENT, "Error": _ERROR}},
    }


def _listing() -> Schema:
    told = {"description": "The tools.", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {"get": {"operationId": "tools", "summary": "Every tool with its arguments", "responses": {"200": told}}}


def _path(tool: Tool) -> Schema:
    about = {"summary": tool.title, "description": tool.description, "responses": _responses()}
    body = {"required": True, "content": {"application/json": {"schema": arguments_schema(tool)}}}
    return {
        "get": {"operationId": tool.name, **about, "parameters": _parameters(tool)},
        "post": {"operationId": f"{tool.name}_by_body", **about, "requestBody": body},
    }


def _parameters(tool: Tool) -> list[Schema]:
    declared = [(item.name, item.required, argument_schema(item)) for item in tool.declared]
    return [
        {
            "name": name,
            "in": "query",
            "required": required,
            "description": schema["description"],
            "schema": {key: value for key, value in schema.items() if key != "description"},
        }
        for name, required, schema in (*declared, ("on", False, ON))
    ]


def _responses() -> Schema:
    return {
        "200": {"description": "The answer.", "content": _content("Document")},
        **{status: {"description": words, "content": _content("Error")} for status, words in _FAULTS.items()},
    }


def _content(name: str) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
