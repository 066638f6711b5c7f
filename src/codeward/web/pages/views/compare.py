"""Compare: two codes side by side, or one code on two days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer
from codeward.core.codes import SYSTEM_NAMES, SYSTEMS
from codeward.core.days import read_day
from codeward.core.faults import BadInput
from codeward.services.compare_codes import compare_codes
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import BadDay, day_asked


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """The form, and below it the differences first and what is the same folded away."""
    library, day = shelf.library(), day_asked(request)
    texts = [request.GET.get(name, "").strip()[:40] for name in ("a", "b")]
    later = request.GET.get("on2", "").strip()
    system = request.GET.get("system", "")
    if system and system not in SYSTEMS:
        raise BadInput(f"{system!r} is not a code system: expected one of {', '.join(SYSTEMS)}")
    context = {"a": texts[0], "b": texts[1], "on2": later, "system": system, "on_given": day.asked}
    if not texts[0] or not (texts[1] or later):
        return answered(request, "compare.html", context, day=day)
    try:
        second_day = read_day(later) if later else day.on
    except ValueError as error:
        raise BadDay(str(error)) from None
    found = compare_codes(library, (texts[0], day.on), (texts[1] or texts[0], second_day), system or None)
    return answered(
        request, "compare.html", context | {"found": found, "sides": _sides(found.first, found.second)}, day=day
    )


def _sides(*answers: Answer) -> list[dict[str, object]]:
    return [
        {"page": item.value, "on": item.as_of, "system": SYSTEM_NAMES[item.value.code.system], "caveats": item.warnings}
        for item in answers
    ]
