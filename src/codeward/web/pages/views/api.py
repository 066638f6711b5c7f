"""The JSON API: every tool of the catalogue by its name, and an OpenAPI document of them all.

Routes and schemas are made from the catalogue, so that a tool is described once (docs/decisions/0020).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from codeward.core.faults import BadInput, Fault, NotFound, NotLoaded
from codeward.services.catalogue.asking import ask_tool, from_query, tool_named
from codeward.services.catalogue.openapi import openapi, tool_list
from codeward.services.catalogue.tool import Tool
from codeward.services.documents.answers import Document
from codeward.store.library import Library
from codeward.web.pages import shelf

STATUS: dict[type[Fault], int] = {NotFound: 404, NotLoaded: 503}
LONGEST = 2_000_000
"""Bytes of a body, as for every form but a batch."""
View = Callable[..., HttpResponse]


def told_as_json(view: View) -> View:
    """Faults of a view as JSON: 400 what was asked, 404 no such thing, 503 not loaded and which datasets."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except Fault as fault:
            status = next((code for kind, code in STATUS.items() if isinstance(fault, kind)), 400)
            told = {"error": " ".join(str(fault).split()), "status": status}
            return JsonResponse(told | _lacking(fault, named.get("name", "")), status=status)

    return asked


@require_safe
@told_as_json
def tools_api(request: HttpRequest) -> HttpResponse:
    """Every tool with its arguments."""
    return JsonResponse(tool_list())


@require_safe
@told_as_json
def openapi_document(request: HttpRequest) -> HttpResponse:
    """What the API takes and gives, as OpenAPI 3.1."""
    return JsonResponse(openapi())


@told_as_json
def tool_api(request: HttpRequest, name: str) -> HttpResponse:
    """One tool asked: arguments in the address, or as a JSON object in the body."""
    tool = tool_named(name)
    if request.method in ("GET", "HEAD"):
        given = from_query(name, [(key, text) for key, texts in request.GET.lists() for text in texts])
    elif request.method == "POST":
        given = _body(request, tool)
    else:
        told = {"error": "expected GET or POST", "status": 405}
        return JsonResponse(told, status=405, headers={"Allow": "GET, POST"})
    return JsonResponse(_told(shelf.library_for_programs(), name, given))


def _told(library: Library, name: str, given: dict[str, Any]) -> Document:
    return ask_tool(library, name, given, localdate())


def _body(request: HttpRequest, tool: Tool) -> dict[str, Any]:
    if int(request.headers.get("content-length") or 0) > LONGEST:
        raise BadInput(f"{tool.name}: the body is larger than {LONGEST:,} bytes")
    try:
        found = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadInput(f"{tool.name}: the body is no JSON object: expected the arguments as one")
    return found


def _lacking(fault: Fault, name: str) -> dict[str, Any]:
    """For what is not loaded: the datasets that the fault names."""
    if not isinstance(fault, NotLoaded):
        return {}
    from codeward.datasets.registry import DATASETS

    words = {word.strip(".,:;()'\"") for word in str(fault).split()}
    return {"not_loaded": [dataset for dataset in DATASETS if dataset in words]}
