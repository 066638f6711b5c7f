"""The ask pages: a form without scripts, events with them, nothing kept, and every kind of reply told apart."""

from __future__ import annotations

import json
import logging
import re
import shutil
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from codeward.assistant.bundle import bundle_in
from codeward.assistant.feedback import FILE
from codeward.assistant.reply import Call, Evidence, Reply, Statement
from codeward.core.sources import Source
from codeward.web.pages.steps_told import step_words
from codeward.web.pages.talk import MOST_TURNS, Talk, read_talk
from codeward.web.pages.views import ask

DAY = "2024-08-15"
LINE = Source("mpfs-rvu", "2024C", "PPRRVU24_JUL.csv", 14, "ab" * 32, "https://www.cms.gov/rvu24c")
PATIENT = "Mrs. Dinah Testwell"
REPLY = Reply(
    "what of 17311",
    "answer",
    "codes",
    "define",
    (
        Statement("17311 has <000> days.", (Evidence("17311", "global_days", "000", LINE),), role="verdict"),
        Statement("Made-up words.", (Evidence("III", "p1", "", LINE),), role="quote", passage="III-8"),
        Statement("The October table is not loaded.", role="caveat"),
    ),
    date(2024, 8, 15),
    understood="global days of 17311",
    calls=(
        Call("look_up", (("on", DAY), ("code", "17311"))),
        Call("check_pair", (("on", DAY), ("a", "1"), ("b", "2"))),
    ),
    warnings=("ncci-mue ends before the day",),
    not_loaded=("mcd",),
    next_questions=("What is the MUE of 17311?",),
)


@pytest.fixture
def home(small_library_home: Path, tmp_path: Path, settings) -> Path:
    """The small library in a home where a key and feedback may be written."""
    built = (small_library_home / "current").resolve()
    (tmp_path / "home" / "libraries").mkdir(parents=True)
    (tmp_path / "home" / "libraries" / built.name).symlink_to(built)
    shutil.copy(small_library_home / "acceptances.jsonl", tmp_path / "home")
    (tmp_path / "home" / "current").symlink_to(Path("libraries") / built.name)
    settings.CODEWARD_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def chat(home: Path) -> Client:
    return Client()


@pytest.fixture
def made(chat: Client, monkeypatch: pytest.MonkeyPatch):
    """The site answering every question with a reply made by hand, its calls watched."""
    asked = []

    def put(reply: Reply = REPLY) -> Client:
        def answer(library, text, on, *, memory, watch, choose):
            asked.append((text, on, memory))
            for call in reply.calls:
                watch(call)
            return reply

        monkeypatch.setattr(ask, "answer", answer)
        return chat

    put.asked = asked  # type: ignore[attr-defined]
    return put


def value(body: str, name: str) -> str:
    """The last value of a hidden field."""
    return unescape(re.findall(rf'name="{name}" value="([^"]*)"', body)[-1])


def test_the_form_says_that_nothing_is_kept(chat, words):
    page = chat.get("/ask")
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert "Nothing of a question is kept on this machine" in words(page)


def test_an_answer_without_scripts(made, words):
    page = made().post("/ask", {"question": "what of 17311", "on": DAY})
    body, text = page.content.decode(), words(page)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert "✓ Answer as of 2024-08-15" in text
    assert "&lt;000&gt; days" in body
    assert 'class="cite" href="/source?c=mpfs-rvu%402024C%3APPRRVU24_JUL.csv%2314"' in body
    assert text.index("17311 has") < text.index("Made-up words.") < text.index("The October table is not loaded.")
    assert "Understood as: global days of 17311" in text
    assert "looked up 17311 as of 2024-08-15" in text and "checked the pair 1 and 2" in text
    assert "What is the MUE of 17311?" in body
    assert "ncci-mue ends before the day" in text and "Not loaded: mcd" in text


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("refuse", "⊘ Not answered, and why"),
        ("not_loaded", "∅ Not in the library"),
        ("clarify", "? One question first"),
    ],
)
def test_kinds_are_told_apart_in_words(made, words, kind, told):
    page = made(replace(REPLY, kind=kind)).post("/ask", {"question": "x", "on": DAY})
    assert told in words(page)


def test_the_steps_come_before_the_answer(made):
    response = made().post("/ask/steps", {"question": "what of 17311", "on": DAY})
    assert response.streaming and response["Content-Type"].startswith("text/event-stream")
    assert "no-store" in response["Cache-Control"]
    events = b"".join(response).decode().split("\n\n")
    assert [event.partition("\n")[0] for event in events if event] == ["event: step", "event: step", "event: answer"]
    assert events[0].endswith("data: looked up 17311 as of 2024-08-15")
    assert all(line.startswith("data: ") for line in events[2].splitlines()[1:])


def test_a_defect_while_streaming_ends_the_stream_and_repeats_nothing(chat, monkeypatch):
    def broken(*_, **__):
        raise ValueError(f"could not read {PATIENT}")

    monkeypatch.setattr(ask, "answer", broken)
    monkeypatch.setattr(ask.threading, "excepthook", lambda told: None)
    body = b"".join(chat.post("/ask/steps", {"question": PATIENT, "on": DAY})).decode()
    assert "event: fault" in body and PATIENT not in body


def test_a_defect_does_not_log_the_question(chat, monkeypatch, caplog):
    def broken(*_, **__):
        raise ValueError(f"could not read {PATIENT}")

    monkeypatch.setattr(ask, "answer", broken)
    with caplog.at_level(logging.DEBUG):
        chat.raise_request_exception = False
        page = chat.post("/ask", {"question": PATIENT, "on": DAY})
    assert page.status_code == 500
    assert PATIENT not in caplog.text and PATIENT not in page.content.decode()


def test_identifiers_are_never_shown_back(chat):
    for address in ("/ask", "/ask/steps"):
        page = chat.post(address, {"question": f"{PATIENT}, DOB 01/02/1950: what is 17311?", "on": DAY})
        body = (b"".join(page) if page.streaming else page.content).decode()
        assert PATIENT not in body and "01/02/1950" not in body
        assert "17311" in body


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ({"question": "  "}, 400, "No question was given"),
        ({"question": f"{PATIENT} " + "x" * 8000}, 413, "at most 8,000 are read"),
        ({"question": "x", "on": "soon"}, 400, "2"),
    ],
)
def test_what_is_wrong_is_said_and_the_question_comes_back_masked(chat, words, given, status, told):
    page = chat.post("/ask", given)
    assert page.status_code == status
    assert told in words(page) and PATIENT not in page.content.decode()
    stream = chat.post("/ask/steps", given)
    assert stream.status_code == status and told in stream.content.decode()


def test_a_form_of_another_site_is_refused(chat):
    for address in ("/ask", "/ask/steps", "/ask/bundle", "/ask/feedback"):
        assert chat.post(address, {"question": "x"}, headers={"sec-fetch-site": "cross-site"}).status_code == 400


def test_a_follow_up_starts_from_the_talk(made, words):
    client = made(replace(REPLY, memory=replace(REPLY.memory, codes=("17311",))))
    first = client.post("/ask", {"question": "what of 17311", "on": DAY}).content.decode()
    page = client.post("/ask", {"question": "and its MUE?", "on": DAY, "talk": value(first, "talk")})
    assert made.asked[-1][2].codes == ("17311",)
    assert words(page).count("17311 has <000> days.") == 2, "the earlier turn stands above"


def test_a_talk_that_was_changed_is_not_believed(made, words):
    first = made().post("/ask", {"question": "x", "on": DAY}).content.decode()
    talk = value(first, "talk")
    page = made().post(
        "/ask", {"question": "x", "on": DAY, "talk": talk[:-2] + ("A" if talk[-2] != "A" else "B") + talk[-1]}
    )
    assert page.status_code == 200 and "it begins here" in words(page)
    assert made.asked[-1][2].codes == ()


def test_talk_is_bounded():
    talk = Talk()
    for _ in range(MOST_TURNS + 4):
        talk = talk.after(replace(REPLY, statements=(Statement("long words " * 2000),)))
    assert len(talk.turns) == MOST_TURNS
    held = read_talk(talk.signed())
    assert held is not None and held.turns and held.memory == talk.memory


@pytest.mark.parametrize("value", ["x", "a:b:c", "x" * 70_000, "\0"])
def test_a_talk_of_nobody_is_none(value):
    assert read_talk(value) is None


def test_another_day_than_the_talk_remembers_is_taken(made):
    client = made(replace(REPLY, memory=replace(REPLY.memory, on=DAY)))
    first = client.post("/ask", {"question": "x", "on": DAY}).content.decode()
    client.post("/ask", {"question": "y", "on": "2025-11-01", "on_was": DAY, "talk": value(first, "talk")})
    assert made.asked[-1][2].on == "2025-11-01"


@pytest.mark.parametrize(
    ("code", "held"),
    [("cpt/17311", {"codes": ("17311",)}), ("icd-10-cm/L570", {"codes": ("L57.0",)}),
     ("modifier/59", {"modifiers": ("59",)}), ("pos/11", {"place": "11"}), ("drg/1", {}), ("cpt/<b>", {})],
)  # fmt: skip
def test_the_box_of_a_code_page_gives_its_code(made, code, held):
    made().post("/ask", {"question": "x", "on": DAY, "code": code})
    memory = made.asked[-1][2]
    assert {name: getattr(memory, name) for name in held} == held
    assert bool(held) == (memory != type(memory)())


@pytest.mark.parametrize("address", ["/cpt/17311", "/icd-10-cm/L57.0", "/hcpcs/J1885", "/modifier/59", "/pos/11"])
def test_every_code_page_has_the_box(chat, words, address):
    page = chat.get(f"{address}?on=2025-11-01")
    body = page.content.decode()
    assert f"Ask about {address.rpartition('/')[2]}" in words(page)
    assert f'name="code" value="{address[1:].replace(".", "")}"' in body
    assert 'action="/ask" method="post"' in body


def test_the_bundle_can_be_saved_and_a_changed_one_cannot(made):
    body = made().post("/ask", {"question": "what of 17311", "on": DAY}).content.decode()
    bundle = value(body, "bundle")
    saved = made().post("/ask/bundle", {"bundle": bundle.replace("\n", "\r\n")})
    assert saved["Content-Disposition"] == 'attachment; filename="answer-bundle.json"'
    assert bundle_in(saved.content).question == "what of 17311"
    assert made().post("/ask/bundle", {"bundle": bundle.replace("17311", "17312")}).status_code == 400


def test_feedback_is_one_line_without_names(made, home):
    body = made().post("/ask", {"question": "what of 17311", "on": DAY}).content.decode()
    given = {"about": value(body, "about"), "verdict": "wrong", "words": f"{PATIENT} says\nno"}
    assert made().post("/ask/feedback", given).status_code == 200
    lines = (home / FILE).read_text(encoding="utf-8").splitlines()
    kept = json.loads(lines[0])
    assert len(lines) == 1
    assert (kept["question"], kept["verdict"]) == ("what of 17311", "wrong")
    assert PATIENT not in lines[0]
    assert kept.keys() == {"day", "question", "answer_sha256", "library", "verdict", "words"}
    for other in ({"verdict": "fine"}, {"about": "x"}, {"words": "x" * 1001}):
        assert made().post("/ask/feedback", given | other).status_code == 400
    assert (home / FILE).read_text(encoding="utf-8").splitlines() == lines


def test_feedback_can_be_off(made, home, settings):
    settings.CODEWARD_ASK_FEEDBACK = False
    body = made().post("/ask", {"question": "x", "on": DAY}).content.decode()
    assert "/ask/feedback" not in body
    assert made().post("/ask/feedback", {"verdict": "wrong"}).status_code == 400
    assert not (home / FILE).exists()


def test_steps_of_calls_that_have_no_words_yet():
    assert (
        step_words(Call("some_tool", (("on", DAY), ("code", "17311"), ("kind", "")))) == f"some tool: 17311 as of {DAY}"
    )
    assert len(step_words(Call("search", (("text", "x" * 999),)))) <= 120
