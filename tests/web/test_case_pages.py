"""From case to code on the site: what is shown of a note, what never is, and what is exported."""

from __future__ import annotations

import csv
import io
import json
import logging
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import made_case
from codeward.core.answers import Answer
from codeward.core.notes import Note, Suggestion
from codeward.web.pages.views import case
from golden.tiny_manual import whole

DAY = "2026-05-01"
ACCEPTED = {
    "on": DAY,
    "decision-1": "accept", "code-1": "icd-10-cm/L570", "first-1": "icd-10-cm/L570",
    "decision-2": "accept", "code-2": "icd-10-cm/C441121", "first-2": "icd-10-cm/C441121",
    "decision-3": "reject", "code-3": "cpt/17311", "first-3": "cpt/17311", "units-3": "2",
}  # fmt: skip


@pytest.fixture
def made(site, monkeypatch):
    """The site with a made suggestion for any note."""
    monkeypatch.setattr(case, "suggest", made_case.suggest)
    return site


@pytest.fixture
def echoed(site, monkeypatch):
    """The site where the note comes back as it was given, and nothing is found in it."""

    def suggest(library, text, on, *, most=10, setting="outpatient"):
        return Answer(Suggestion(Note(text, (), (), ()), (), ()), on)

    monkeypatch.setattr(case, "suggest", suggest)
    return site


def test_the_form_says_what_happens_to_the_note(site, words):
    page = site.get("/case")
    text = words(page)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert "not stored, not sent anywhere" in text and "never complete" in text
    assert 'name="note"' in page.content.decode() and 'type="date" name="on" value="2' in page.content.decode()


def test_candidates_stand_beside_the_note(made, words):
    page = made.post("/case", {"note": made_case.NOTE, "on": DAY})
    body, text = page.content.decode(), words(page)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert f'href="/icd-10-cm/C44.1121?on={DAY}"' in body
    assert 'data-codes="2 3">Basal cell carcinoma</mark>' in body
    assert "Confidence 0.90" in text and "not said margin" in text
    assert "Not reported: only planned" in text
    assert text.index("Found, and not to be reported") < text.index("17311")
    assert "Named in the note, and no code found: Red scaly spots" in text
    assert "Laboratory values were not read." in text
    assert "checked" not in body.split('name="decision-1"')[1].split(">")[0], "nothing is accepted before somebody does"


@pytest.mark.parametrize(("found", "word"), [("fever", "denied"), ("psoriasis", "doubted"), ("melanoma", "past")])
def test_what_the_note_says_of_a_mention_is_told_in_words(made, found, word):
    body = made.post("/case", {"note": made_case.NOTE, "on": DAY}).content.decode()
    assert f'<mark class="m m-{word}">{found}</mark><span class="m-tag t-{word}">{word}</span>' in body


def test_identifiers_are_told_by_kind_and_never_shown(made, words):
    page = made.post("/case", {"note": made_case.NOTE, "on": DAY})
    assert "Masked before it was read: 1 × name, 1 × date." in words(page)
    assert made_case.NAME not in page.content.decode() and made_case.BORN not in page.content.decode()


def test_markup_in_a_note_is_text(echoed):
    body = echoed.post("/case", {"note": "</textarea><script>alert(1)</script> & \"'", "on": DAY}).content.decode()
    assert "<script>alert" not in body
    assert body.count("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;") == 2


@pytest.mark.parametrize("note", ["", " \n\t ", "\0\0"])
def test_nothing_is_refused(echoed, words, note):
    page = echoed.post("/case", {"note": note, "on": DAY})
    assert page.status_code == 400 and "Nothing was given" in words(page)


def test_nul_inside_a_note_is_a_blank(echoed):
    body = echoed.post("/case", {"note": "knee\0pain", "on": DAY}).content.decode()
    assert "knee pain" in body and "\0" not in body


def test_two_megabytes_are_refused(echoed, words):
    page = echoed.post("/case", {"note": "a" * 2_000_001, "on": DAY})
    assert page.status_code == 413 and "larger than 2,000,000 bytes" in words(page)
    page = echoed.post("/case", {"note": "a " * 150_000, "on": DAY})
    assert page.status_code == 400 and "at most 200,000 are read" in words(page)
    assert "a a a a" not in words(page)


def test_a_bad_day_is_told(echoed, words):
    page = echoed.post("/case", {"note": f"Patient: {made_case.NAME}\nknee pain", "on": "soon"})
    body = page.content.decode()
    assert page.status_code == 400 and "&#x27;soon&#x27;" in body
    assert "knee pain" in body and made_case.NAME not in body


def test_a_note_read_again_says_that_it_came_masked(echoed, words):
    text = words(echoed.post("/case", {"note": "Patient: █████ ████, knee pain", "on": DAY}))
    assert "2 places came masked" in text


def test_a_form_of_another_site_is_refused(echoed):
    page = echoed.post("/case", {"note": "knee pain"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 400 and "another site" in page.content.decode()
    page = echoed.post("/case/export", ACCEPTED, headers={"Origin": "https://elsewhere.example"})
    assert page.status_code == 400


def test_no_address_takes_a_note(echoed):
    assert "knee pain" not in echoed.get("/case?note=knee+pain").content.decode()
    assert echoed.get("/case/export").status_code == 405


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"Knee pain, caf\xc3\xa9", "Knee pain, café"),
        (b"\xef\xbb\xbfKnee pain", "Knee pain"),
        (b"Knee pain, caf\xe9", "Knee pain, café"),
        ("Knee pain".encode("utf-16"), "Knee pain"),
    ],
)
def test_a_text_file_is_read_however_encoded(echoed, words, content, shown):
    page = echoed.post("/case", {"file": SimpleUploadedFile("note.txt", content), "on": DAY})
    assert shown in words(page) and "note.txt" not in words(page)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "a Word document or an archive"),
        (b"{\\rtf1 knee}", "rich text"),
        (b"\x00\x01\x02", "not plain text"),
        (b"%PDF-1.7 and no more", "the PDF cannot be read"),
    ],
)
def test_other_files_are_refused_with_what_to_do(echoed, words, content, said):
    page = echoed.post("/case", {"file": SimpleUploadedFile("note.txt", content), "on": DAY})
    assert page.status_code == 400 and said in words(page) and "paste the note" in words(page)


def test_a_pdf_without_text_is_said_to_be_pictures(echoed, words):
    document = pdfium.PdfDocument.new()
    document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    page = echoed.post("/case", {"file": SimpleUploadedFile("note.pdf", out.getvalue()), "on": DAY})
    assert page.status_code == 400 and "pictures of text" in words(page)


def test_a_pdf_with_text_is_read(echoed, words):
    page = echoed.post("/case", {"file": SimpleUploadedFile("note.pdf", whole()), "on": DAY})
    assert page.status_code == 200 and "Nothing here is real." in words(page)


def test_a_chart_of_many_pages_is_refused(echoed, words):
    document = pdfium.PdfDocument.new()
    for _ in range(61):
        document.new_page(20, 20)
    out = io.BytesIO()
    document.save(out)
    page = echoed.post("/case", {"file": SimpleUploadedFile("note.pdf", out.getvalue()), "on": DAY})
    assert page.status_code == 400 and "it has 61 pages, and 60 are read" in words(page)


def test_a_note_and_a_file_are_one_too_many(echoed, words):
    page = echoed.post("/case", {"note": "knee", "file": SimpleUploadedFile("a.txt", b"hip"), "on": DAY})
    assert page.status_code == 400 and "give one of them" in words(page)


def test_a_defect_is_logged_without_the_words_of_the_note(site, monkeypatch, caplog):
    def broken(library, text, on, *, most=10, setting="outpatient"):
        raise ValueError(text)

    monkeypatch.setattr(case, "suggest", broken)
    site.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        page = site.post("/case", {"note": made_case.NOTE, "on": DAY})
    assert page.status_code == 500
    assert "ValueError at test_case_pages.py" in caplog.text
    assert made_case.NAME not in caplog.text and "keratosis" not in caplog.text


def test_export_as_a_table_holds_what_was_accepted(made, small_library):
    page = made.post("/case/export", ACCEPTED | {"form": "csv"})
    rows = list(csv.reader(io.StringIO(page.content.decode())))
    assert page["Content-Disposition"] == 'attachment; filename="codes.csv"' and "no-store" in page["Cache-Control"]
    assert [row[1] for row in rows] == ["code", "L57.0", "C44.1121"]
    assert rows[1][2] == "Actinic keratosis" and rows[1][4:] == [DAY, small_library.hash]


def test_export_as_json_counts_the_rest(made):
    form = {**ACCEPTED, "form": "json"}
    del form["decision-1"]
    told = json.loads(made.post("/case/export", form).content)
    assert [item["code"] for item in told["codes"]] == ["C44.1121"]
    assert (told["as_of"], told["rejected"], told["undecided"]) == (DAY, 1, 1)


def test_export_takes_the_alternative_and_drops_its_units(made):
    form = ACCEPTED | {"decision-3": "accept", "code-3": "cpt/17313", "form": "json"}
    told = json.loads(made.post("/case/export", form).content)
    assert (told["codes"][-1]["code"], told["codes"][-1]["units"]) == ("17313", None)


def test_export_as_a_line(made):
    page = made.post("/case/export", ACCEPTED | {"form": "text"})
    assert page.content == b"L57.0, C44.1121\n" and page["Content-Type"].startswith("text/plain")


def test_the_claim_checker_opens_with_the_codes(made):
    page = made.post("/case/export", ACCEPTED | {"decision-3": "accept", "form": "check"})
    assert page.status_code == 303
    assert page["Location"] == f"/check?dx=L57.0&dx=C44.1121&line={DAY}~17311~~~2"
    grid = made.get(page["Location"]).content.decode()
    assert 'value="L57.0"' in grid and 'value="17311"' in grid


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decision-1": "", "decision-2": ""}, "no code was accepted"),
        ({"code-1": "icd-10-cm/Z9999"}, "no loaded edition has"),
        ({"code-1": "icd-10-cm/C4411"}, "no code to report"),
        ({"code-1": "snomed/1"}, "names no code"),
        ({"code-1": "icd-10-cm/<b>"}, "names no code"),
        ({"form": "exe"}, "no form of export"),
    ],
)
def test_export_refuses_what_is_no_code_of_the_day(made, words, change, said):
    page = made.post("/case/export", ACCEPTED | {"form": "csv"} | change)
    assert page.status_code in (400, 404) and said in words(page)


def test_without_candidates_the_page_claims_nothing(echoed, words):
    text = words(echoed.post("/case", {"note": "Hello there", "on": DAY}))
    assert "That is not a finding" in text and "never complete" in text
    assert "No identifier was recognised" in text


def test_spans_out_of_the_text_do_not_break_the_page(site, monkeypatch):
    odd = replace(made_case.suggestion(), note=Note("short", (), (), ()))
    monkeypatch.setattr(case, "suggest", lambda *given, **more: Answer(odd, given[2]))
    assert site.post("/case", {"note": "x", "on": DAY}).status_code == 200


def test_the_service_itself_answers(site, words):
    page = site.post("/case", {"note": "Assessment: actinic keratosis of the scalp.", "on": DAY})
    assert "L57.0 Actinic keratosis" in words(page) and "L57.0" in page.content.decode()


def test_the_service_masks_before_anything_is_shown(site):
    note = made_case.NOTE + "Call (315) 555-0142. MRN 00482913."
    body = site.post("/case", {"note": note, "on": DAY}).content.decode()
    for identifier in (*made_case.NAME.split(), made_case.BORN, "555-0142", "00482913"):
        assert identifier not in body


def test_only_known_settings(echoed, words):
    page = echoed.post("/case", {"note": "knee", "setting": "spa"})
    assert page.status_code == 400 and "is no setting" in words(page)
