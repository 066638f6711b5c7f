"""Code pages say what the files say, each fact with its source, and nothing that is not there."""

from __future__ import annotations

import re

import pytest

ON_2024, ON_2025 = "2024-08-15", "2025-11-01"


def test_add_on_page_says_what_it_needs_and_pays(site, words):
    page = site.get(f"/cpt/17314?on={ON_2025}")
    text = words(page)
    assert page.status_code == 200
    assert "needs 17313 beside it" in text
    assert "$382.34" in text
    assert "$168.53" in text
    assert "11.82 × 32.3465 = 382.34" in text
    assert "ZZZ" in text
    assert 'href="/cpt/17313?on=2025-11-01"' in page.content.decode()


def test_amounts_follow_the_date_of_service(site, words):
    assert "20.45 × 33.2875 = 680.73" in words(site.get(f"/cpt/17311?on={ON_2024}"))
    assert "20.44 × 32.3465 = 661.16" in words(site.get(f"/cpt/17311?on={ON_2025}"))


def test_bar_is_drawn_to_one_scale_beside_its_figures(site):
    page = site.get(f"/cpt/17314?on={ON_2025}").content.decode()
    bars = re.findall(r'<rect class="(work|expense|malpractice)" x="(\d+)" width="(\d+)"', page)
    assert [kind for kind, _, _ in bars] == ["work", "expense", "malpractice"] * 2
    ends = [int(x) + int(width) for _, x, width in bars]
    assert ends[2] == 1000
    assert ends[5] == round(5.21 / 11.82 * 1000)


def test_descriptor_panel_says_whose_the_text_is(site, words):
    page = site.get("/cpt/17314")
    assert "copyright of the American Medical Association" in words(page)
    assert "https://www.ama-assn.org/practice-management/cpt" in page.content.decode()


def test_indicators_are_said_in_words(site, words):
    text = words(site.get(f"/cpt/66984?on={ON_2024}"))
    assert "Global period 090 90 days after." in text
    assert "Bilateral surgery 1" in text
    assert "NA" in text


def test_parts_of_a_split_service_are_listed(site, words):
    text = words(site.get(f"/cpt/88305?on={ON_2024}"))
    assert "26 professional part" in text
    assert "TC technical part" in text


def test_empty_but_loaded_is_said_in_words(site, words):
    assert "No add-on edit names this code in 2024Q3." in words(site.get(f"/cpt/66984?on={ON_2024}"))
    assert "do not list this code" in words(site.get(f"/cpt/99213?on={ON_2025}"))


def test_level_two_page_shows_its_own_text(site, words):
    page = site.get(f"/hcpcs/J1885?on={ON_2025}")
    text = words(page)
    assert "Injection, ketorolac tromethamine, per 15 mg" in text
    assert "Short: Ketorolac tromethamine inj" in text
    assert "8 a day, practitioner" in text


def test_diagnosis_page_has_title_place_and_inherited_notes(site, words):
    page = site.get("/icd-10-cm/C44.1121?on=2026-05-01")
    text = words(page)
    assert page.status_code == 200
    assert "Basal cell carcinoma of skin of right upper eyelid, including canthus" in text
    assert "Neoplasms (C00-D49)" in text
    assert "connective tissue of eyelid ( C49.0 ) from C44.1" in text
    assert "C44.1122 Basal cell carcinoma of skin of right lower eyelid" in text
    assert '<a class="code" href="/icd-10-cm/C49.0?on=2026-05-01">C49.0</a>' in page.content.decode()
    assert "CMS-HCC 12" in text


def test_header_shows_seventh_characters_with_the_codes_they_build(site, words):
    page = site.get("/icd-10-cm/S00.01?on=2026-05-01")
    text = words(page)
    assert "Header, not billable" in text
    assert "required 3 to choose from" in text
    assert 'href="/icd-10-cm/S00.01XA?on=2026-05-01"' in page.content.decode()


def test_deleted_diagnosis_says_so(site, words):
    text = words(site.get("/icd-10-cm/G35.A?on=2025-05-01"))
    assert "Not yet active" in text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/modifier/59", "Distinct procedure"),
        ("/modifier/LT", "Left side"),
        ("/pos/11", "Office"),
        ("/taxonomy/207ND0101X", "MOHS-Micrographic Surgery"),
        ("/taxonomy/207ND0900X", "Dermatopathology"),
        ("/taxonomy/207NS0135X", "Procedural Dermatology"),
    ],
)
def test_short_lists(site, words, path, said):
    page = site.get(path)
    assert page.status_code == 200
    assert said in words(page)


def test_every_source_mark_opens_its_row(site):
    page = site.get(f"/cpt/17314?on={ON_2025}").content.decode()
    marks = sorted(set(re.findall(r'<a class="src" href="([^"]+)"', page)))
    assert len(marks) > 10
    for mark in marks:
        assert site.get(mark.replace("&amp;", "&")).status_code == 200, mark


def test_every_internal_link_of_a_code_page_answers(site):
    page = site.get(f"/cpt/17311?on={ON_2024}").content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/(?!source|static)[^"#]*)', page)}
    answers = {link: site.get(link).status_code for link in links}
    assert {link for link, status in answers.items() if status not in (200, 302, 404)} == set()
    assert all(answers[link] == 200 for link in links if link.startswith(("/modifier", "/pos", "/cpt/17311")))


def test_footer_names_library_and_editions(site, small_library):
    page = site.get(f"/cpt/17314?on={ON_2025}").content.decode()
    assert small_library.hash in page
    assert "mpfs-rvu <b>2025D</b>" in page


def test_older_editions_are_marked_where_they_answer(site, words):
    text = words(site.get("/cpt/17314?on=2026-08-01"))
    assert "answer from an edition older than 2026-08-01 calls for" in text
    assert "from 2025D" in text


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/icd-10-cm/c441121", "/icd-10-cm/C44.1121"),
        ("/icd-10-cm/C441121?on=2026-05-01", "/icd-10-cm/C44.1121?on=2026-05-01"),
        ("/hcpcs/j1885", "/hcpcs/J1885"),
        ("/cpt/J1885?on=2025-11-01", "/hcpcs/J1885?on=2025-11-01"),
        ("/modifier/lt", "/modifier/LT"),
    ],
)
def test_other_spellings_lead_to_one_address(site, path, to):
    page = site.get(path)
    assert (page.status_code, page["Location"]) == (302, to)


def test_unknown_code_names_its_neighbours(site, words):
    page = site.get("/cpt/17319")
    assert page.status_code == 404
    assert "17319 is not in the library on" in words(page)
    assert "It does have a page" not in words(page)
    assert 'href="/cpt/17315"' in page.content.decode()


def test_text_that_cannot_be_a_code(site, words):
    page = site.get("/cpt/banana")
    assert page.status_code == 404
    assert "cannot be a CPT code" in words(page)


@pytest.mark.parametrize("day", ["yesterday", "2025-13-01", "9999-12-31", "0001-01-01"])
def test_bad_date_is_refused_with_what_was_expected(site, words, day):
    page = site.get(f"/cpt/17314?on={day}")
    assert page.status_code == 400
    assert "expected" in words(page)


@pytest.mark.official
def test_real_files_on_the_page(official_site, words):
    text = words(official_site.get("/cpt/17311?on=2024-08-15"))
    assert "20.45 × 33.2875 = 680.73" in text
    assert "needs 17313" in words(official_site.get("/cpt/17314?on=2025-11-01"))
    text = words(official_site.get("/icd-10-cm/C44.1121"))
    assert "right upper eyelid, including canthus" in text
    assert "MOHS-Micrographic Surgery" in words(official_site.get("/taxonomy/207ND0101X"))


@pytest.mark.official
def test_a_header_known_by_its_narrower_codes_has_a_page(official_site, words):
    """FY2024 is loaded as the list of billable codes alone, which has no headers."""
    response = official_site.get("/icd-10-cm/M54.5", {"on": "2024-08-15"})
    assert response.status_code == 200
    text = words(response)
    assert "M54.5 is not billable" in text
    assert "M54.50" in text
