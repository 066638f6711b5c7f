"""ICD-10-PCS pages: a code is built by following links, and every way in leads to it."""

from __future__ import annotations

from django.test import Client

from web.conftest import Words

DAY = "2021-03-01"


def test_a_code_is_built_by_links_alone(site: Client, words: Words) -> None:
    page = site.get(f"/icd-10-pcs/tables/0SR?on={DAY}").content.decode()
    for step in ("C---", "C0--", "C0J-", "C0J9"):
        href = f"/icd-10-pcs/tables/0SR?c={step}&amp;on={DAY}"
        assert href in page
        page = site.get(href.replace("&amp;", "&")).content.decode()
    assert f'href="/icd-10-pcs/0SRC0J9?on={DAY}"' in page
    assert "Open 0SRC0J9" in words(site.get(f"/icd-10-pcs/tables/0SR?c=C0J9&on={DAY}"))


def test_a_beginning_of_a_code_opens_its_table_with_the_rest_chosen(site: Client) -> None:
    assert site.get(f"/icd-10-pcs/0SR?on={DAY}")["location"] == f"/icd-10-pcs/tables/0SR?on={DAY}"
    assert site.get(f"/icd-10-pcs/tables/0SRC0?on={DAY}")["location"] == f"/icd-10-pcs/tables/0SR?c=C0&on={DAY}"


def test_the_page_of_a_code_explains_it(site: Client, words: Words) -> None:
    text = words(site.get(f"/icd-10-pcs/0SRC0J9?on={DAY}"))
    assert "valid for a hospital inpatient discharged on 2021-03-01" in text
    assert "Knee Joint, Right" in text


def test_a_table_of_no_edition_is_not_found(site: Client) -> None:
    assert site.get(f"/icd-10-pcs/tables/0ZZ?on={DAY}").status_code == 404
    assert site.get("/icd-10-pcs/tables/I").status_code == 404


def test_tables_say_when_they_are_not_loaded(sparse_site: Client, words: Words) -> None:
    for path in ("tables", "tables/0SR", "index", "definitions"):
        response = sparse_site.get(f"/icd-10-pcs/{path}")
        assert response.status_code == 200
        assert "Not loaded: ICD-10-PCS" in words(response)


def test_the_index_leads_on(site: Client, words: Words) -> None:
    page = site.get(f"/icd-10-pcs/index?term=Abortion&on={DAY}")
    assert f'href="/icd-10-pcs/tables/10A0?on={DAY}"' in page.content.decode()
    assert f'href="/icd-10-pcs/10A07Z6?on={DAY}"' in page.content.decode()
    assert "Resection, Uterus" in words(site.get(f"/icd-10-pcs/index?term=Abdominohysterectomy&on={DAY}"))
    gone = words(site.get(f"/icd-10-pcs/index?see=Resection%2C+Uterus&on={DAY}"))
    assert "which is no main term of this edition" in gone


def test_definitions_name_what_a_device_stands_for(site: Client, words: Words) -> None:
    text = words(site.get(f"/icd-10-pcs/definitions?section=devices&on={DAY}"))
    assert "Cardiac Lead, Pacemaker" in text
    assert "Otherwise coded as Cardiac Lead (M)" in text
