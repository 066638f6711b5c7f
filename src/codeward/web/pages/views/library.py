"""The library page: what is loaded, which editions are missing, and what would load the rest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.services.library_status import library_status
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked


@require_safe
def library_page(request: HttpRequest) -> HttpResponse:
    """Every dataset Codeward knows, loaded ones first."""
    library, day = shelf.library(), day_asked(request)
    status = library_status(library, day.on)
    context = {
        "status": status,
        "loaded": [item for item in status.datasets if item.loaded],
        "unloaded": [item for item in status.datasets if not item.loaded],
        "rows": sum(edition.rows for item in status.datasets for edition in item.editions),
    }
    return answered(request, "library.html", context, day=day)
