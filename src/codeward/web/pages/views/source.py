"""The source page: a cited row as the library holds it, and how to read it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.faults import BadInput
from codeward.services.citations import cited
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked


@require_safe
def source_page(request: HttpRequest) -> HttpResponse:
    """The row, its file and hash, and the command that verifies it."""
    library, day = shelf.library(), day_asked(request)
    citation = request.GET.get("c", "").strip()
    if not citation:
        raise BadInput("no citation was given: expected ?c=DATASET@EDITION:FILE#LINE as printed on a page")
    try:
        row = cited(library, citation)
    except ValueError as error:
        raise BadInput(str(error)) from None
    context = {"row": row, "citation": citation, "open_ended": row.last_day.year == 9999}
    return answered(request, "source.html", context, day=day)
