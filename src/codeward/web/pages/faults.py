"""Faults as pages: what is wrong, what was expected, and the way on."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from codeward.core.faults import BadInput, Fault, NotFound, NotLoaded
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import BadDay, Day

BUILD_COMMANDS = (
    "codeward library build --starter --accept ama-cpt",
    "codeward library build PATH --accept ama-cpt",
)
_TITLES: dict[type[Fault], tuple[int, str]] = {
    BadDay: (400, "That is not a date of service"),
    BadInput: (400, "That cannot be looked up"),
    NotFound: (404, "There is no such thing here"),
    NotLoaded: (503, "Not loaded"),
}


class FaultPages:
    """Turns a fault that a view raised into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on; faults are met below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a fault; anything else is a defect and stays one."""
        return fault_page(request, exception) if isinstance(exception, Fault) else None


def fault_page(request: HttpRequest, fault: Fault) -> HttpResponse:
    """One fault as a page; a library that was never built gets the commands that build one."""
    day = Day(localdate(), False)
    if isinstance(fault, NotLoaded) and shelf.library_or_none() is None:
        context = {"home": shelf.home().root, "commands": BUILD_COMMANDS}
        return answered(request, "no_library.html", context, day=day, status=503)
    status, title = next(_TITLES[kind] for kind in type(fault).__mro__ if kind in _TITLES)
    context = {"title": title, "message": str(fault), "again": request.path if isinstance(fault, BadDay) else ""}
    return answered(request, "fault.html", context, day=day, status=status)


def no_such_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere."""
    context = {"title": "There is no such page", "message": f"Nothing lives at {request.path}."}
    return answered(request, "fault.html", context, day=Day(localdate(), False), status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that the site refuses."""
    return render(request, "codeward/broken.html", {"title": "That request was refused"}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """A defect of ours; it reads nothing that could fail again."""
    return render(request, "codeward/broken.html", {"title": "Something broke here"}, status=500)
