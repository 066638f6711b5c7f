"""Ask: a question in words, its steps as they run and its cited answer; nothing of it is kept here.

The conversation travels with the page as a signed value. A question stands in no address and no log.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import extract_tb
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from codeward.assistant.answer import answer, undecided
from codeward.assistant.bundle import bundle_in
from codeward.assistant.desk import Watch
from codeward.assistant.feedback import LONGEST as LONGEST_WORDS
from codeward.assistant.feedback import keep_feedback
from codeward.assistant.memory import Memory
from codeward.assistant.model.wording import Piece
from codeward.assistant.modelled import Helper, helper_at
from codeward.assistant.reading.identifiers import cover_identifiers
from codeward.assistant.reply import Call, Reply
from codeward.core.codes import SYSTEMS, Code, readings
from codeward.core.faults import BadInput, Fault
from codeward.store.library import Library
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.asked import FEEDBACK_SALT, KINDS, asked_context
from codeward.web.pages.day import BadDay, Day, day_asked, day_given
from codeward.web.pages.steps_told import step_words
from codeward.web.pages.streamed import flowing
from codeward.web.pages.talk import Talk, read_talk
from codeward.web.pages.upload import TooLarge, refuse_other_sites

LONGEST = 8000
"""Characters of a question, as many as the assistant reads."""
LARGEST = 400_000
"""Bytes of a form: a question, and a conversation with its bundle."""
QUIET = 10.0
"""Seconds without a step after which the stream says that it is alive."""
EXAMPLES = (
    "Is 17311 bundled with 88305?",
    "Mohs on the nose, stages of 7, 3 and 6 blocks: how many units?",
    "Which modifier tells a separate session?",
    "Is L57.0 billable?",
    "What does CO-97 mean?",
)
LOST = "The conversation before this question could not be read, for the site was started anew: it begins here."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came: its text, the day, the conversation before it, and the code of the page it came from."""

    text: str
    day: Day
    talk: Talk
    code: Code | None
    note: str = ""


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """The question box; once asked, the answer under the conversation so far."""
    if request.method != "POST":
        return _form(request, day_asked(request), _code(request.GET.get("code", "")))
    try:
        asked = _asked(request)
    except BadInput as fault:
        return _again(request, fault)
    context = _answer_context(asked, shelf.library(), lambda call: None, _helper())
    return answered(request, "ask.html", _shared(asked) | context | {"answered": True}, day=_shown(context, asked))


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def ask_steps(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same as server-sent events: every step before it is made, then the answer as a piece of the page."""
    try:
        asked, library = _asked(request), shelf.library()
    except Fault as fault:
        status = 413 if isinstance(fault, TooLarge) else 400
        return HttpResponse(str(fault), content_type="text/plain; charset=utf-8", status=status)
    return flowing(request, _events(asked, library))


@never_cache
@require_POST
def ask_bundle(request: HttpRequest) -> HttpResponse:
    """The signed answer that the page carries, as a file; only what was signed and not changed is handed out."""
    refuse_other_sites(request)
    _bounded(request)
    data = request.POST.get("bundle", "").replace("\r\n", "\n").encode()
    bundle_in(data)
    response = HttpResponse(data, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="answer-bundle.json"'
    return response


@never_cache
@sensitive_post_parameters()
@require_POST
def ask_feedback(request: HttpRequest) -> HttpResponse:
    """A verdict on an answer, kept as one line without a name or an address."""
    refuse_other_sites(request)
    _bounded(request)
    if not settings.CODEWARD_ASK_FEEDBACK:
        raise BadInput("feedback is not kept on this installation")
    try:
        about = signing.loads(request.POST.get("about", ""), salt=FEEDBACK_SALT)
    except signing.BadSignature:
        raise BadInput("the answer this is about cannot be told any more: ask again") from None
    words = request.POST.get("words", "")
    keep_feedback(shelf.home().root, about, request.POST.get("verdict", ""), words, timezone.now())
    if request.htmx:
        return HttpResponse('<p class="thanks" role="status">Kept, thank you.</p>')
    return answered(request, "ask_thanks.html", {}, day=day_given(""))


@sensitive_variables()
def _asked(request: HttpRequest) -> Asked:
    """The question of a form; BadInput says what is wrong with it."""
    refuse_other_sites(request)
    _bounded(request)
    text = request.POST.get("question", "").replace("\0", " ").replace("\r\n", "\n")
    if not text.strip():
        raise BadInput("No question was given: type one, such as “Is 17311 bundled with 88305?”")
    if len(text) > LONGEST:
        raise TooLarge(
            f"The question has {len(text):,} characters, and at most {LONGEST:,} are read: ask it in parts, or give a "
            "note to “From case to code”."
        )
    day, code = day_given(request.POST.get("on", "")), _code(request.POST.get("code", ""))
    talk = read_talk(request.POST.get("talk", ""))
    held = talk or Talk()
    if code is not None and not held.turns:
        held = Talk(_about(code))
    was = request.POST.get("on_was", "")
    if was and was != day.on.isoformat() and held.memory.on:
        held = replace(held, memory=replace(held.memory, on=day.on.isoformat()))
    return Asked(text, day, held, code, LOST if talk is None else "")


def _about(code: Code) -> Memory:
    """What a question on the page of a code starts from."""
    if code.system == "modifier":
        return Memory(modifiers=(code.value,))
    return Memory(place=code.value) if code.system == "pos" else Memory(codes=(code.shown,))


def _bounded(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        raise TooLarge(f"That is larger than {LARGEST:,} bytes: ask in parts, and begin a new conversation.")


def _code(text: str) -> Code | None:
    """The code of `system/code`, of the page that the question was asked on; None for anything else."""
    system, _, value = text.partition("/")
    found = readings(value, system) if system in SYSTEMS and len(value) < 40 else ()
    return found[0] if found else None


@sensitive_variables()
def _reply(asked: Asked, library: Library, watch: Watch, helper: Helper | None) -> Reply:
    """What the assistant says; a defect is told by kind and place alone, for its own words may hold the question's."""
    try:
        choose = helper.choose if helper else undecided
        return answer(library, asked.text, asked.day.on, memory=asked.talk.memory, watch=watch, choose=choose)
    except Exception as error:
        last = extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        raise RuntimeError(f"{type(error).__name__} at {place} while a question was answered") from None


def _helper() -> Helper | None:
    """The language model of this installation, with a budget for one question; None where none is set."""
    return helper_at(settings.CODEWARD_MODEL, settings.CODEWARD_MODEL_KEY, shelf.home().root)


def _answer_context(
    asked: Asked, library: Library, watch: Callable[[Call], None], helper: Helper | None
) -> dict[str, Any]:
    context = asked_context(_reply(asked, library, watch, helper), library, asked.day, asked.talk)
    return context | {"note": asked.note, "code": asked.code, "longest_words": LONGEST_WORDS}


def _shown(context: dict[str, Any], asked: Asked) -> Day:
    """The day that the next question starts from: the one that was answered for."""
    return Day(context["reply"].as_of, asked.day.asked or context["day_named"])


def _events(asked: Asked, library: Library) -> Generator[bytes, None, None]:
    """The question is answered in a thread of its own, so that steps are sent while the next one runs."""
    told: queue.Queue[bytes | None] = queue.Queue()

    def work() -> None:
        try:
            helper = _helper()
            context = _answer_context(asked, library, lambda call: told.put(_event("step", step_words(call))), helper)
            told.put(_event("answer", render_to_string("codeward/parts/ask_turn.html", context)))
            for event in _worded(context, helper) if helper else ():
                told.put(event)
        except Exception:
            told.put(_event("fault", "Something broke here. Nothing was answered; ask again."))
            raise
        finally:
            told.put(None)

    threading.Thread(target=work, daemon=True).start()
    while True:
        try:
            piece = told.get(timeout=QUIET)
        except queue.Empty:
            yield b": still at it\n\n"
            continue
        if piece is None:
            return
        yield piece


def _worded(context: dict[str, Any], helper: Helper) -> Generator[bytes, None, None]:
    """The answer in a model's words, in pieces as they come; at the end all of it, or why there is none."""
    for piece in helper.pieces(context["reply"]):
        if isinstance(piece, Piece):
            yield _event("piece", piece.text)
        elif piece.polished:
            yield _event("worded", render_to_string("codeward/parts/ask_worded.html", {"reply": piece}))
        else:
            yield _event("unworded", "The computed answer stands as it is.")


def _event(name: str, text: str) -> bytes:
    """One server-sent event; every line of its text has its own data line."""
    lines = "".join(f"data: {line}\n" for line in text.split("\n"))
    return f"event: {name}\n{lines}\n".encode()


def _shared(asked: Asked) -> dict[str, Any]:
    return {"earlier": _earlier(asked.talk), "longest": LONGEST}


def _earlier(talk: Talk) -> list[tuple[Any, str, str]]:
    return [(turn, *KINDS.get(turn.kind, ("", turn.kind))) for turn in talk.turns]


def _form(request: HttpRequest, day: Day, code: Code | None, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = {"code": code, "longest": LONGEST, "examples": EXAMPLES, **more}
    return answered(request, "ask.html", context, day=day, status=status)


@sensitive_variables()
def _again(request: HttpRequest, fault: BadInput) -> HttpResponse:
    """The form with what is wrong, and the question as far as it may be shown: with identifiers covered."""
    status = 413 if isinstance(fault, TooLarge) else 400
    if request.POST and "question" in request.POST:
        text, talk = cover_identifiers(request.POST["question"][:LARGEST])[0], request.POST.get("talk", "")
        held = read_talk(talk) or Talk()
        day = day_given("") if isinstance(fault, BadDay) else _day_or_today(request)
        more = {"text": text, "talk": held.signed() if held.turns else "", "earlier": _earlier(held)}
        return _form(request, day, _code(request.POST.get("code", "")), fault=str(fault), status=status, **more)
    return _form(request, day_given(""), None, fault=str(fault), status=status)


def _day_or_today(request: HttpRequest) -> Day:
    try:
        return day_given(request.POST.get("on", ""))
    except BadDay:
        return day_given("")
