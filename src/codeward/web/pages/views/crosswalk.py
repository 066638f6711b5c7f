"""The crosswalk page: codes of other systems set beside a code, each basis by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.services.relations.no_maps import TARGETS
from codeward.services.relations.related_codes import related_codes
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked

STATUS = {BadInput: 400, NotFound: 404, NotLoaded: 503}


@require_safe
def crosswalk_page(request: HttpRequest) -> HttpResponse:
    """A form and, once a code is given, what relates it to others."""
    day, library = day_asked(request), shelf.library()
    text, to = (request.GET.get(name, "").strip()[:40] for name in ("code", "to"))
    context: dict[str, Any] = {"text": text, "to": to, "targets": TARGETS, "problem": ""}
    answer, status = None, 200
    if text:
        try:
            answer = related_codes(library, text, day.on, to)
            bases = [(item, absent(item.missing, library)) for item in answer.value.bases]
            context |= {"found": answer.value, "bases": bases}
        except (BadInput, NotFound, NotLoaded) as fault:
            context["problem"], status = str(fault), STATUS[type(fault)]
    return answered(request, "crosswalk.html", context, day=day, answer=answer, status=status)
