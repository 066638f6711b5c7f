"""Denial codes: however typed, listed, filtered, and with the publisher's text only where an operator loaded it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from codeward.core.faults import BadInput, NotFound
from codeward.ingest.build import build
from codeward.services.denials import denial, denial_code, denials
from codeward.store.home import Home
from codeward.store.library import Library, open_library
from golden.published import put
from making import ACCEPTED, BUILT

ON = date(2026, 11, 2)
EXPORT = "code,description,start,stop\n97,Invented wording of the list,1995-01-01,\n"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("CO-97", "CO-97"),
        ("co-97", "CO-97"),
        ("CO97", "CO-97"),
        ("CARC 97", "97"),
        ("97", "97"),
        ("pr 1", "PR-1"),
        ("PR001", "PR-1"),
        ("b15", "B15"),
        ("co-b15", "CO-B15"),
        ("P12", "P12"),
        ("n519", "N519"),
        ("RARC N519", "N519"),
        ("ma 130", "MA130"),
        ("MA1", "MA01"),
        ("m15", "M15"),
    ],
)
def test_codes_however_typed(typed: str, shown: str) -> None:
    assert denial_code(typed).shown == shown


@pytest.mark.parametrize("typed", ["", "ZZ-97", "97000", "N", "CO-", "17311", "CO-N519", "9 7 x", "١٢"])
def test_what_is_no_denial_code(typed: str) -> None:
    with pytest.raises(BadInput):
        denial_code(typed)


def test_meaning_next_step_and_source(small_library: Library) -> None:
    answer = denial(small_library, "co-97", ON)
    assert "holds this one" in answer.value.row.meaning
    assert answer.value.source.dataset == "carc-rarc"
    assert not answer.value.unusual_group
    assert denial(small_library, "PR-97", ON).value.unusual_group
    assert not denial(small_library, "97", ON).value.unusual_group


def test_a_code_we_do_not_have_is_not_said_not_to_exist(small_library: Library) -> None:
    with pytest.raises(NotFound, match=r"our table has no adjustment reason code \(CARC\) 999; X12 may list it"):
        denial(small_library, "999", ON)


def test_filters(small_library: Library) -> None:
    def found(**asked: str) -> list[str]:
        return [item.row.code for item in denials(small_library, ON, **asked).value]

    assert (
        found(words="n51")[:1] == ["N51"] if "N51" in found() else {"N516", "N517", "N519"} <= set(found(words="n51"))
    )
    assert found(words="exact duplicate") == ["18"]
    assert {"MA120", "B23", "B7"} <= set(found(words="clia"))
    assert found(kind="rarc")[0] == "M2"
    assert "1" in found(group="PR")
    assert "253" not in found(group="PR")
    for asked in ({"kind": "x"}, {"group": "XX"}):
        with pytest.raises(BadInput):
            denials(small_library, ON, **asked)


def test_pages(site: Client, words) -> None:
    assert site.get("/denials/co-97")["Location"] == "/denials/CO-97"
    assert site.get("/denials/CARC 97?on=2026-01-01")["Location"] == "/denials/97?on=2026-01-01"
    assert site.get("/denials?q=n519")["Location"] == "/denials/N519"
    text = words(site.get("/denials/CO-97"))
    assert "Group CO Contractual obligation" in text
    assert "Not loaded: the wording is X12’s" in text
    assert "This group seldom goes with 97" in words(site.get("/denials/PR-97"))
    assert "it is an alert" in words(site.get("/denials/MA01"))
    assert site.get("/denials/999").status_code == 404
    assert site.get("/denials/zzz").status_code == 400
    assert site.get("/denials?kind=zz").status_code == 400
    assert "97 Included in another service" in words(site.get("/denials?q=included"))
    assert "no code that fits" in words(site.get("/denials?q=xylophone"))


def test_published_text_needs_terms_and_is_then_shown(tmp_path: Path, settings, words) -> None:
    put(tmp_path, "carc_2026-11-01.csv", EXPORT)

    def load(*terms: str) -> None:
        accepted = ACCEPTED | set(terms)
        paths = [tmp_path / "carc_2026-11-01.csv"]
        build(Home(tmp_path / "home"), paths, accept=accepted, now=lambda: BUILT, progress=lambda text, share: None)

    with pytest.raises(BadInput, match="--accept x12"):
        load()
    load("x12")
    found = denial(open_library(tmp_path / "home"), "CO-97", ON).value
    assert found.text == "Invented wording of the list"
    settings.CODEWARD_HOME = tmp_path / "home"
    text = words(Client().get("/denials/CO-97"))
    assert "Invented wording of the list" in text
    assert "Copyright X12" in text
    assert "Terms for the text of denial codes" in words(Client().get("/terms"))
