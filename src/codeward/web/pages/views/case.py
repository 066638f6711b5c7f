"""From case to code: a note in, candidate codes beside it to accept or reject, and the accepted ones to take along.

The note is read in memory; it is neither stored nor sent on, and no address or log holds any of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from codeward.core.answers import Answer
from codeward.core.faults import BadInput, Fault
from codeward.core.notes import Candidate, Suggestion
from codeward.ingest.note_file import note_text
from codeward.services.notes.masking import COVER
from codeward.services.notes.read_note import read_note
from codeward.services.suggest.drafts import INPATIENT, OUTPATIENT
from codeward.services.suggest.suggest import suggest
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.case_export import as_csv, as_line, as_values, claim_address, decided
from codeward.web.pages.day import BadDay, Day, day_asked, day_given
from codeward.web.pages.marked_note import counted_masks, counted_standings, pieces_of, quoted, without_code
from codeward.web.pages.upload import TooLarge, refuse_other_sites

LARGEST = 2_000_000
"""Bytes taken from the form; the framework keeps up to 2.5 MB of a request in memory and on no disk."""
LONGEST = 200_000
"""Characters of a note: some sixty pages."""
SHOWN = 30
"""Candidates at most."""
FORMS = ("csv", "json", "text", "check")
SETTINGS = ((OUTPATIENT, "Outpatient or office"), (INPATIENT, "Inpatient"))
"""What becomes of doubted diagnoses: not reported (guidelines IV.H), reported as if they existed (II.H)."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A candidate as the page shows it: its number there and where it stands in the note."""

    number: int
    candidate: Candidate
    places: list[tuple[str, str]]

    @property
    def value(self) -> str:
        """The code for a form."""
        return f"{self.candidate.code.system}/{self.candidate.code.value}"


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def case_page(request: HttpRequest) -> HttpResponse:
    """The form; once a note is given, the note with what it says marked, and candidate codes beside it."""
    if request.method != "POST":
        return _form(request, day_asked(request))
    text = ""
    try:
        text = _given(request)
        day, setting = _day(request), _setting(request)
    except TooLarge:
        return _form(request, day_given(""), f"That is larger than {LARGEST:,} bytes: give one note at a time.", 413)
    except BadInput as fault:
        day = day_given("") if isinstance(fault, BadDay) else _day(request)
        return _form(request, day, str(fault), 400, text)
    return _shown(request, _suggested(text, day, setting), day, setting)


@never_cache
@require_POST
def case_export(request: HttpRequest) -> HttpResponse:
    """The accepted codes: a file, one line of text, or the claim checker with them filled in."""
    refuse_other_sites(request)
    if _length(request) > LARGEST:
        raise BadInput(f"that is larger than {LARGEST:,} bytes")
    library, day = shelf.library(), _day(request)
    form = request.POST.get("form", "csv")
    if form not in FORMS:
        raise BadInput(f"{form!r} is no form of export: expected {', '.join(FORMS)}")
    case = decided(library, request.POST.dict(), day.on)
    if form == "check":
        return _see(claim_address(case, day.on))
    if form == "text":
        return HttpResponse(as_line(case) + "\n", content_type="text/plain; charset=utf-8")
    if form == "json":
        return _saved(
            JsonResponse(as_values(case, day.on, library.hash), json_dumps_params={"indent": 2}), "codes.json"
        )
    return _saved(HttpResponse(as_csv(case, day.on, library.hash), content_type="text/csv; charset=utf-8"), "codes.csv")


def _see(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _saved(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _day(request: HttpRequest) -> Day:
    return day_given(request.POST.get("on", ""))


def _setting(request: HttpRequest) -> str:
    setting = request.POST.get("setting", OUTPATIENT)
    if setting not in dict(SETTINGS):
        raise BadInput(f"{setting!r} is no setting: expected {' or '.join(dict(SETTINGS))}")
    return setting


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else LARGEST + 1


@sensitive_variables()
def _given(request: HttpRequest) -> str:
    """The note that was pasted or chosen."""
    refuse_other_sites(request)
    if _length(request) > LARGEST:
        raise TooLarge
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    pasted, given = request.POST.get("note", ""), request.FILES.get("file")
    if given and pasted.strip():
        raise BadInput("A note was pasted and a file was chosen: give one of them.")
    text = (note_text(given.read(LARGEST)) if given else pasted).replace("\0", " ").replace("\r\n", "\n")
    if not text.strip():
        raise BadInput("Nothing was given: paste a note, or choose a file.")
    if len(text) > LONGEST:
        raise BadInput(
            f"The note is {len(text):,} characters long, and at most {LONGEST:,} are read: give a part of it."
        )
    return text


@sensitive_variables()
def _suggested(text: str, day: Day, setting: str) -> Answer[Suggestion]:
    """What the service says; a defect is told by kind and place alone, for its own words may hold the note's."""
    try:
        return suggest(shelf.library(), text, day.on, most=SHOWN, setting=setting)
    except Fault:
        raise
    except Exception as error:
        last = extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        raise RuntimeError(f"{type(error).__name__} at {place} while a note was read") from None


def _masked_before(suggestion: Suggestion) -> int:
    """How many runs of covers the note had when it was given: it was read here before."""
    runs = len(re.findall(f"{COVER}+", suggestion.note.text))
    return max(runs - len(suggestion.note.masked), 0)


def _form(request: HttpRequest, day: Day, fault: str = "", status: int = 200, text: str = "") -> HttpResponse:
    """The form; a note that was given comes back masked."""
    note = read_note(text).text if text else ""
    context = {"fault": fault, "note": note, "longest": LONGEST, "settings": SETTINGS, "setting": OUTPATIENT}
    return answered(request, "case.html", context, day=day, status=status)


def _shown(request: HttpRequest, answer: Answer[Suggestion], day: Day, setting: str) -> HttpResponse:
    suggestion = answer.value
    text = suggestion.note.text
    offered = [
        Offered(number, candidate, quoted(text, candidate, number))
        for number, candidate in enumerate(suggestion.codes, 1)
    ]
    context = {
        "note": text,
        "pieces": pieces_of(suggestion),
        "standings": counted_standings(suggestion.mentions),
        "masks": counted_masks(suggestion),
        "masked_before": _masked_before(suggestion),
        "reported": [item for item in offered if item.candidate.accepted],
        "held_back": [item for item in offered if not item.candidate.accepted],
        "without_code": without_code(suggestion),
        "left_out": suggestion.left_out,
        "full": SHOWN if len(offered) == SHOWN else 0,
        "longest": LONGEST,
        "settings": SETTINGS,
        "setting": setting,
    }
    return answered(request, "case_codes.html", context, day=day, answer=answer)
