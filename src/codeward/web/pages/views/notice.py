"""The notice page: a worksheet for the Advance Beneficiary Notice, and the same as PDF to print.

Patient's name, number, signature and date have no field: they are written by hand. What is typed is read in memory;
free text is sent only in the body of a form, stands in no address, and nothing is stored.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from codeward.core.answers import Answer
from codeward.core.codes import procedure
from codeward.core.faults import BadInput, NotFound
from codeward.core.states import STATES
from codeward.services.notice.fill import fill_notice
from codeward.services.notice.rules import circumstances, grounds
from codeward.services.notice.values import FORM, FORM_AT, HEADINGS, NOT_THE_FORM, Notice, NoticeQuestion
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked, day_given
from codeward.web.pages.upload import refuse_other_sites
from codeward.web.pages.views.coverage_check import HEADINGS as CHECK_HEADINGS
from codeward.web.pages.views.coverage_check import SETTING_NAMES, as_question, typed_question

LONGEST = 400
"""Characters of a text that is typed: a blank of the form holds some lines."""
TEXTS = ("notifier", "item", "detail", "charge", "more")
COLOURS = {
    "called-for": "bundled-unless-modifier",
    "voluntary": "clean",
    "not-valid": "bundled",
    "undecided": "not-checked",
}


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def notice_page(request: HttpRequest) -> HttpResponse:
    """The form; once it says what for, the worksheet. An address may fill in what a coverage check holds, no more."""
    if request.method == "POST":
        refuse_other_sites(request)
    library, day = shelf.library(), _day(request)
    typed = _typed(request)
    context: dict[str, Any] = {
        "typed": typed,
        "asked": _is_asked(typed),
        "states": sorted(STATES.items(), key=lambda item: item[1]),
        "settings": tuple(SETTING_NAMES.items()),
        "grounds": tuple(grounds().values()),
        "around": tuple((rule, rule.id in typed["around"]) for rule in circumstances().values()),
        "form": FORM,
        "form_at": FORM_AT,
        "not_the_form": NOT_THE_FORM,
    }
    answer: Answer[Notice] | None = None
    status = 200
    if _is_asked(typed):
        try:
            answer = fill_notice(library, _question(typed), day.on)
            context |= _shown(answer, typed) | {"missing": absent(answer.not_loaded, library)}
        except (BadInput, NotFound) as fault:
            context["fault"], status = str(fault), 400 if isinstance(fault, BadInput) else 404
    return answered(request, "notice.html", context, day=day, answer=answer, status=status)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def notice_pdf_page(request: HttpRequest) -> HttpResponse:
    """The worksheet as PDF; made in memory and kept nowhere."""
    # A second of imports and 20 MB that only this page needs.
    from codeward.tools.notice_pdf import notice_pdf

    refuse_other_sites(request)
    library, day = shelf.library(), _day(request)
    typed = _typed(request)
    answer = fill_notice(library, _question(typed), day.on)
    response = HttpResponse(notice_pdf(answer, typed["code"].upper(), day.on, library.hash), "application/pdf")
    response["Content-Disposition"] = 'inline; filename="notice-worksheet.pdf"'
    return response


def _day(request: HttpRequest) -> Day:
    return day_given(request.POST.get("on", "")) if request.method == "POST" else day_asked(request)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What the form holds; free text is taken from the body of a form alone."""
    given = request.POST if request.method == "POST" else request.GET
    typed: dict[str, Any] = dict(typed_question(request))
    typed["reason"] = given.get("reason", "")[:40]
    typed["around"] = tuple(item[:40] for item in given.getlist("around")[:20])
    for name in TEXTS:
        text = " ".join(request.POST.get(name, "").replace("\0", " ").split())
        if len(text) > LONGEST:
            raise BadInput(f"{name}: expected at most {LONGEST} characters, found {len(text)}")
        typed[name] = text
    return typed


def _is_asked(typed: dict[str, Any]) -> bool:
    return any(typed[name] for name in ("code", "words", "reason", "around", *TEXTS))


def _question(typed: dict[str, Any]) -> NoticeQuestion:
    return NoticeQuestion(as_question(typed), typed["reason"], typed["around"], *(typed[name] for name in TEXTS))


def _shown(answer: Answer[Notice], typed: dict[str, Any]) -> dict[str, Any]:
    notice = answer.value
    check = notice.check
    return {
        "notice": notice,
        "heading": HEADINGS[notice.standing],
        "colour": COLOURS[notice.standing],
        "check": check,
        "check_heading": CHECK_HEADINGS[check.verdict][0] if check else "",
        "code": procedure(check.procedure) if check and check.procedure else None,
    }
