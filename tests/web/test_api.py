"""The JSON API: tools by name, errors as JSON and never as a page, and an OpenAPI document that fits both."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from codeward.services.catalogue.tools import TOOLS

ROOT = "/api/v1/tools"


@pytest.fixture
def api(small_library_home, settings) -> Client:
    settings.CODEWARD_HOME = small_library_home
    return Client()


def refused(response, status: int, words: str) -> dict:
    assert response.status_code == status and response["content-type"] == "application/json"
    told = response.json()
    assert words in told["error"] and told["status"] == status
    return told


def test_the_same_answer_by_address_and_by_body(api):
    by_address = api.get(f"{ROOT}/look_up?code=17311&on=2025-11-01")
    given = json.dumps({"code": "17311", "on": "2025-11-01"})
    by_body = api.post(f"{ROOT}/look_up", given, content_type="application/json")
    assert by_address.status_code == by_body.status_code == 200
    assert by_address.json() == by_body.json()
    assert by_address.json()["code"] == "17311" and by_address.json()["sources"]


def test_lists_numbers_and_flags_in_an_address(api):
    found = api.get(f"{ROOT}/price?services=17311&services=17312x2&national=true&on=2025-11-01").json()
    assert [line["code"] for line in found["lines"]] == ["17311", "17312"]
    assert len(api.get(f"{ROOT}/search?text=mohs&most=1&on=2025-11-01").json()["results"]) <= 1


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/look_up?code=99999&on=2025-11-01", 404, "no loaded edition has CPT 99999"),
        ("/fly", 404, "there is no tool 'fly'"),
        ("/look_up", 400, "needs code"),
        ("/look_up?code=17311&on=2025-13-01", 400, "2025-13-01"),
        ("/look_up?kode=17311", 400, "takes no 'kode'"),
        ("/search?text=mohs&most=many", 400, "expected int"),
    ],
)
def test_faults_are_json(api, address, status, words):
    refused(api.get(ROOT + address), status, words)


def test_what_is_not_loaded_is_named(api):
    told = refused(api.get(f"{ROOT}/locality_of_zip?zip=35958&on=2025-11-01"), 503, "not loaded")
    assert told["not_loaded"] == ["zip-locality"]


def test_no_library_and_bad_bodies_are_json_too(api, settings, tmp_path):
    for body in ("{", "[1]", "[" * 100_000):
        refused(api.post(f"{ROOT}/look_up", body, content_type="application/json"), 400, "no JSON object")
    assert api.delete(f"{ROOT}/look_up").status_code == 405
    settings.CODEWARD_HOME = tmp_path / "nowhere"
    refused(api.get(f"{ROOT}/look_up?code=17311"), 503, "")


def test_terms_that_do_not_hold_shut_it(api, settings):
    settings.CODEWARD_LICENCE = "none"
    refused(api.get(f"{ROOT}/look_up?code=17311&on=2025-11-01"), 503, "licence mode cms only")


def test_the_openapi_document_names_every_tool_and_argument(api):
    told = api.get("/api/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    for tool in TOOLS:
        path = told["paths"][f"{ROOT}/{tool.name}"]
        names = [item["name"] for item in path["get"]["parameters"]]
        assert names == [*(item.name for item in tool.declared), "on"]
        body = path["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert set(body["properties"]) == set(names)
    ids = [operation["operationId"] for path in told["paths"].values() for operation in path.values()]
    assert len(ids) == len(set(ids))
    assert [tool["name"] for tool in api.get(ROOT).json()["tools"]] == [tool.name for tool in TOOLS]
