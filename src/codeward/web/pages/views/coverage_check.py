"""The coverage check page: a procedure, its diagnoses, place and day, and what the loaded documents say of them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer
from codeward.core.codes import procedure
from codeward.core.faults import BadInput, NotFound
from codeward.core.states import STATES
from codeward.services.coverage.check import check_coverage
from codeward.services.coverage.values import (
    NEEDS_SECONDARY,
    NO_POLICY,
    NOT_CHECKED,
    NOT_SUPPORTED,
    SETTINGS,
    SUPPORTED,
    TEXT_ONLY,
    CoverageCheck,
    CoverageQuestion,
)
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked

HEADINGS = {
    SUPPORTED: ("A given diagnosis supports it", "clean"),
    NOT_SUPPORTED: ("No given diagnosis supports it", "bundled"),
    NEEDS_SECONDARY: ("A second listed diagnosis is needed", "bundled-unless-modifier"),
    TEXT_ONLY: ("The rule stands in text only", "not-checked"),
    NO_POLICY: ("No policy found, which is not coverage", "not-checked"),
    NOT_CHECKED: ("Not checked", "not-checked"),
}
"""A verdict as a heading, and how it is set off."""
SETTING_NAMES = {
    "practitioner": "Practitioner (Part B)",
    "outpatient-hospital": "Outpatient hospital",
    "asc": "Surgical center",
    "dme": "Equipment and supplies (DME)",
}
LONGEST = 400
"""Characters of the diagnoses: more than the check takes."""
EXAMPLES = (
    ("a procedure in a state", "code=17311&dx=C44.311&state=OH"),
    ("by words of a title", "words=mohs&state=TX"),
    ("equipment", "code=E0601&dx=G47.33&state=CA&setting=dme"),
)


@require_safe
def coverage_check_page(request: HttpRequest) -> HttpResponse:
    """The form, and once a procedure or words were given the verdict with everything behind it."""
    library, day = shelf.library(), day_asked(request)
    typed = typed_question(request)
    asked = bool(typed["code"] or typed["words"])
    context: dict[str, Any] = {
        "typed": typed,
        "asked": asked,
        "states": sorted(STATES.items(), key=lambda item: item[1]),
        "settings": tuple(SETTING_NAMES.items()),
        "examples": EXAMPLES,
    }
    answer: Answer[CoverageCheck] | None = None
    status = 200
    if asked:
        try:
            answer = check_coverage(library, as_question(typed), day.on)
            context |= shown_check(answer, typed, day.on.isoformat()) | {"missing": absent(answer.not_loaded, library)}
        except (BadInput, NotFound) as fault:
            context["fault"], status = str(fault), 400 if isinstance(fault, BadInput) else 404
    return answered(request, "coverage_check.html", context, day=day, answer=answer, status=status)


def typed_question(request: HttpRequest) -> dict[str, str]:
    """The fields of the form as typed, each cut to what a person would type."""
    given = request.GET if request.method in ("GET", "HEAD") else request.POST
    names = ("code", "dx", "state", "zip", "setting", "words")
    typed = {name: " ".join(given.get(name, "").replace("\0", " ").split())[:200] for name in names}
    typed["dx"] = " ".join(" ".join(given.getlist("dx")).replace("\0", " ").split())[:LONGEST]
    return typed | {"setting": typed["setting"] if typed["setting"] in SETTINGS else SETTINGS[0]}


def as_question(typed: dict[str, str]) -> CoverageQuestion:
    """The question of a form."""
    diagnoses = tuple(item for item in re.split(r"[\s,;]+", typed["dx"]) if item)
    return CoverageQuestion(
        typed["code"], diagnoses, typed["state"], typed["zip"], typed["setting"], words=typed["words"]
    )


def shown_check(answer: Answer[CoverageCheck], typed: dict[str, str], on: str) -> dict[str, Any]:
    """The verdict as the page shows it, with the addresses of the code and of the notice."""
    check = answer.value
    heading, colour = HEADINGS[check.verdict]
    carried = {name: value for name, value in typed.items() if value} | {"on": on}
    return {
        "check": check,
        "heading": heading,
        "colour": colour,
        "setting_name": SETTING_NAMES[check.setting],
        "code": procedure(check.procedure) if check.procedure else None,
        "abn": f"/coverage/abn?{urlencode(carried)}",
        "notice_fits": check.verdict in (NOT_SUPPORTED, NEEDS_SECONDARY),
    }
