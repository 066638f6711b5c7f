"""The claim checker's page: findings beside lines, nothing clean that was not checked, forms without scripts."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from codeward.core.claims import CheckedClaim, Factor, Finding, NotChecked, PaidLine, Payment
from codeward.core.sources import Source

ROW = Source("mpfs-rvu", "2024C", "PPRRVU24_JUL.csv", 14, "0" * 64, "https://example.org/")
LINE = {"l1-date": "2024-08-15", "l1-code": "A4550", "l2-code": "J1885", "l2-units": "20", "pos": "11"}
CHECK = "codeward.web.pages.views.claim.check_claims"


@pytest.fixture
def checking(monkeypatch):
    """Let checking find what a test says."""

    def find(findings=(), not_checked=(), payment=None):
        seen = []

        def check(library, claims, today):
            seen.extend(claims)
            return [CheckedClaim(claims[0], tuple(findings), tuple(not_checked), payment)]

        monkeypatch.setattr(CHECK, check)
        return seen

    return find


def test_an_empty_grid_is_not_checked(site, words, checking):
    seen = checking()
    page = site.get("/check")
    assert page.status_code == 200
    assert seen == []
    assert page["Cache-Control"].count("no-store") == 1
    assert "Clean" not in words(page)


def test_a_finding_stands_beneath_its_line_with_all_it_says(site, words, checking):
    found = Finding(
        "MUE.DOS", "deny", (2,), "J1885", "20 units are more than 8.", "151", ("N362",), "Show each dose.", (ROW,)
    )
    checking([found])
    page = site.post("/check", LINE)
    html, text = page.content.decode(), words(page)
    row = html.index('id="l2-date"')
    assert row < html.index('id="f1"') < html.index('id="l3-date"')
    for said in ("Would be denied", "MUE.DOS", "20 units are more than 8.", "Show each dose.", "1 finding"):
        assert said in text
    assert 'href="/denials/151"' in html
    assert 'href="/denials/N362"' in html
    assert "/source?c=mpfs-rvu" in html
    assert "Nothing found in what was checked" in text


def test_a_finding_of_two_lines_is_told_at_one_and_pointed_to_from_the_other(site, checking):
    checking([Finding("PTP.DENY", "deny", (2, 1), "J1885", "Bundled.", with_code="A4550")])
    html = site.post("/check", LINE).content.decode()
    assert html.count("Bundled.") == 1
    assert 'href="#f1">PTP.DENY, told at line 2' in html


def test_what_was_not_checked_stands_before_the_grid(site, words, checking):
    checking(not_checked=[NotChecked("COV.LCD", "no article is loaded")])
    page = site.post("/check", LINE)
    html = page.content.decode()
    assert html.index("no article is loaded") < html.index('id="l1-date"')
    assert "Incomplete" in words(page)
    assert "Clean" not in words(page)


def test_clean_is_said_only_where_the_check_says_so(site, words, checking):
    checking()
    assert "Clean: nothing found, nothing left unchecked" in words(site.post("/check", LINE))
    checking([Finding("PTP.BYPASS", "info", (1,), "A4550", "Keep the note.")])
    assert "Clean" in words(site.post("/check", LINE))
    checking([Finding("CLIA", "warn", (), "A4550", "No number.")])
    assert "Clean" not in words(site.post("/check", LINE))


def test_payment_is_worked_line_by_line(site, words, checking):
    lines = (
        PaidLine(1, "A4550", Decimal("1234.50"), (Factor("work RVU", "6.20", ROW), Factor("factor", "33.2875"))),
        PaidLine(2, "J1885", None, ()),
    )
    checking(payment=Payment(lines, Decimal("1234.50"), ("no locality",)))
    text = words(site.post("/check", LINE))
    for said in ("work RVU 6.20", "$1,234.50", "not priced", "no locality"):
        assert said in text
    checking()
    assert "Not priced." in words(site.post("/check", LINE))


def test_cells_to_mend_are_named_and_nothing_is_checked(site, words, checking):
    seen = checking()
    page = site.post("/check", LINE | {"l2-units": "many"})
    assert (page.status_code, seen) == (400, [])
    assert "'many': expected a number" in words(page)
    assert 'aria-describedby="fault-l2-units"' in page.content.decode()
    assert "Clean" not in words(page)


def test_lines_are_added_without_losing_any(site, checking):
    seen = checking()
    html = site.post("/check", LINE | {"action": "add"}).content.decode()
    assert 'id="l12-code"' in html
    assert 'name="l2-units" value="20"' in html
    assert 'id="h6-code"' in site.post("/check", LINE | {"action": "add-past"}).content.decode()
    assert seen == []


def test_claim_json_fills_the_grid(site, words, checking):
    seen = checking()
    claim = {"claim_id": "7", "lines": [{"code": "A4550", "date": "2024-08-15", "units": 3}], "diagnoses": ["C44.311"]}
    html = site.post("/check", {"action": "fill", "json": json.dumps(claim)}).content.decode()
    assert 'name="l1-units" value="3"' in html
    assert 'name="dx1" value="C44.311"' in html
    assert len(seen) == 1
    for text in ("{", "[]", '{"lines": [{"code": "A4550"}]}', json.dumps([claim, claim])):
        page = site.post("/check", {"action": "fill", "json": text})
        assert page.status_code == 400
        assert 'id="json-fault"' in page.content.decode()


def test_the_link_opens_the_claim_and_holds_no_person(site, checking):
    seen = checking()
    page = site.post("/check", LINE | {"birth": "1956-02-01", "rendering": "1234567893", "claim_id": "ACC-9"})
    address = page.context["link"].address
    assert not any(secret in address for secret in ("1956", "1234567893", "ACC-9"))
    site.get(address)
    assert [line.code for line in seen[1].lines] == ["A4550", "J1885"]
    assert seen[1].lines[1].units == 20


@pytest.mark.parametrize("query", ["line=2024-08-15~A~1.2.3.4.5", "line=a~b~c~d~e~f~g~h~i~j"])
def test_a_broken_link_is_refused(site, query):
    assert site.get(f"/check?{query}").status_code == 400


def test_the_real_rules_speak_through_it(site, words):
    page = site.get("/check?pos=11&age=68&dx=C44.1121&line=2024-08-15~17311~~A&line=2024-08-15~88305~~A")
    text = words(page)
    assert "PTP.DENY" in text
    assert "88305 is part of 17311" in text
    assert "Opened by a link" in text


def test_cells_are_completed_by_kind(site):
    def codes(query):
        return [item["code"] for item in site.get(f"/check/suggest?{query}").json()["options"]]

    assert codes("kind=procedure&q=1731&on=2024-08-15")[0] == "17311"
    assert codes("kind=diagnosis&q=C44.112")[:1] == ["C44.112"]
    assert codes("kind=modifier&q=59")[:1] == ["59"]
    assert codes("kind=pos&q=11")[:1] == ["11"]
    assert codes("kind=procedure&q=") == []
    assert site.get("/check/suggest?kind=colour&q=1").status_code == 400


def test_an_earlier_line_without_an_npi_is_said_to_count_as_anothers(site, words, checking):
    checking()
    past = {"h1-date": "2024-08-01", "h1-code": "A4550"}
    assert "without an NPI" in words(site.post("/check", LINE | past | {"billing": "1234567893"}))
    assert "without an NPI" not in words(site.post("/check", LINE | past))
    named = past | {"billing": "1234567893", "h1-npi": "1234567893"}
    assert "without an NPI" not in words(site.post("/check", LINE | named))
