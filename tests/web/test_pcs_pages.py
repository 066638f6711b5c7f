"""ICD-10-PCS pages: the code, the tables with a code in the making, the index, the definitions."""

from __future__ import annotations

import re

import pytest
from django.test import Client

DAY = "on=2021-03-01"


@pytest.fixture
def pcs(pcs_home, settings) -> Client:
    """The site over ICD-10-PCS alone."""
    settings.CODEWARD_HOME = pcs_home
    return Client()


def links(response) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(r'href="([^"]+)"', response.content.decode())]


def test_a_code_page_has_its_characters_table_siblings_and_history(pcs, words):
    response = pcs.get(f"/icd-10-pcs/0SRC0J9?{DAY}")
    text = words(response)
    assert response.status_code == 200
    assert "Active on 2021-03-01" in text
    assert "Title built from the table" in text
    for said in ("Body Part C Knee Joint, Right", "Qualifier 9 Cemented", "Includes: Femoropatellar joint"):
        assert said in text
    assert f"/icd-10-pcs/0SRD0J9?{DAY}" in links(response)
    assert f"/icd-10-pcs/tables/0SR?{DAY}&c4=C&c5=0&c6=J&c7=9" in links(response)
    assert "Valid, by the Medicare Code Editor" in text


def test_other_spellings_lead_to_the_one_address(pcs):
    response = pcs.get(f"/icd-10-pcs/0src0j9?{DAY}")
    assert (response.status_code, response["Location"]) == (302, f"/icd-10-pcs/0SRC0J9?{DAY}")


def test_a_deleted_code_says_so_and_a_table_of_another_day_is_not_loaded(pcs, words):
    text = words(pcs.get("/icd-10-pcs/0RG00Z0?on=2021-03-01"))
    assert "Not active on 2021-03-01" in text
    assert "last valid on 2019-09-30" in text
    early = words(pcs.get("/icd-10-pcs/0RG00Z0?on=2019-03-01"))
    assert "Active on 2019-03-01" in early
    assert "Not loaded for this day: ICD-10-PCS tables" in early


def test_a_header_page_leads_to_the_table(pcs, words):
    response = pcs.get(f"/icd-10-pcs/0SRC?{DAY}")
    assert "0SRC is not a complete code: 2 codes begin with it" in words(response)
    assert f"/icd-10-pcs/tables/0SR?{DAY}&c4=C" in links(response)


def test_a_code_is_built_by_following_links_alone(pcs, words):
    at = f"/icd-10-pcs/tables?{DAY}"
    for step in (r"/tables/0\?", r"/tables/0S\?", r"/tables/0SR\?", "c4=D", "c7=A"):
        at = next(href for href in links(pcs.get(at)) if re.search(step, href))
    response = pcs.get(at)
    assert f"/icd-10-pcs/0SRD0JA?{DAY}" in links(response)
    assert "Open 0SRD0JA" in words(response)
    assert pcs.get(f"/icd-10-pcs/0SRD0JA?{DAY}").status_code == 200


def test_a_choice_can_be_taken_back_and_a_wrong_one_is_refused(pcs, words):
    base = "/icd-10-pcs/tables/0SR"
    response = pcs.get(f"{base}?c4=D&c7=A&{DAY}")
    assert f"{base}?c4=D&{DAY}" in links(response)
    refused = words(pcs.get(f"{base}?c4=Q&{DAY}"))
    assert "No row of the table allows character 4: Q" in refused
    assert "No row of the table" not in words(response)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/icd-10-pcs/tables", "0 Medical and Surgical"),
        ("/icd-10-pcs/tables/0", "0S Lower Joints"),
        ("/icd-10-pcs/tables/0S", "0SR Replacement Putting in or on"),
        ("/icd-10-pcs/tables/0SR", "The table as published 1 of 1 rows"),
        ("/icd-10-pcs/index", "Letters"),
        ("/icd-10-pcs/index/A", "Abdominohysterectomy see Resection, Uterus 0UT9"),
        ("/icd-10-pcs/index/A/Abductor%20hallucis%20muscle", "use Foot Muscle, Left"),
        ("/icd-10-pcs/definitions", "Medical and Surgical 4 terms"),
        ("/icd-10-pcs/definitions/0", "Knee Joint, Right Includes Femoropatellar joint; Femorotibial joint"),
        ("/icd-10-pcs/definitions/devices", "Synthetic Substitute, Ceramic Replacement Lower Joints J"),
    ],
)
def test_every_page_answers_for_the_day_and_is_not_loaded_for_another(pcs, words, path, said):
    response = pcs.get(f"{path}?{DAY}")
    text = words(response) if said != "Letters" else response.content.decode()
    assert response.status_code == 200
    assert said in text
    early = pcs.get(f"{path}?on=2019-03-01")
    assert early.status_code == 503
    assert "Not loaded for this day" in words(early)
    assert re.search(
        r"tables: the edition in force|index: the edition|definitions: the edition|device", words(pcs.get(path))
    )


@pytest.mark.parametrize(
    "path",
    ["tables/1", "tables/ZZZ", "index/Q", "index/A/Nothing", "definitions/Z", "ZZZZZZZ", "0SRC0JZ"],
)
def test_what_is_not_there_is_not_found(pcs, path):
    assert pcs.get(f"/icd-10-pcs/{path}?{DAY}").status_code == 404


def test_small_letters_and_the_browse_address_lead_on(pcs):
    assert pcs.get("/icd-10-pcs/browse")["Location"] == "/icd-10-pcs/tables"
    assert pcs.get("/icd-10-pcs/tables/0sr")["Location"] == "/icd-10-pcs/tables/0SR"
    assert pcs.get("/icd-10-pcs/index/a")["Location"] == "/icd-10-pcs/index/A"
    assert pcs.get(f"/icd-10-pcs/index/R/Abortion?{DAY}")["Location"] == f"/icd-10-pcs/index/A/Abortion?{DAY}"


def test_without_any_of_it_the_page_says_what_would_load_it(sparse_site, words):
    response = sparse_site.get("/icd-10-pcs/0SRC0J9")
    assert response.status_code == 503
    assert "Not loaded: ICD-10-PCS codes" in words(response)
    assert sparse_site.get("/icd-10-pcs/tables").status_code == 503


def test_no_page_has_inline_styles_or_scripts(pcs):
    for path in ("0SRC0J9", "0SR", "tables", "tables/0SR", "index/A", "index/A/Abortion", "definitions/0"):
        body = pcs.get(f"/icd-10-pcs/{path}?{DAY}").content.decode()
        assert " style=" not in body
        assert not re.search(r"<script(?![^>]*src=)", body)
