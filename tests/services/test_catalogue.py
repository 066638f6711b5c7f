"""The catalogue: every tool described once, its arguments checked, its answer a document with what stands behind it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from codeward.core.faults import BadInput, Fault, NotFound, NotLoaded
from codeward.services.catalogue.asking import ask_tool, from_query
from codeward.services.catalogue.schema import DOCUMENT, arguments_schema
from codeward.services.catalogue.tools import TOOLS
from codeward.store.library import Library

ON = "2025-11-01"
CLAIM = {"claim_id": "C1", "diagnoses": ["L57.0"], "lines": [{"code": "17311", "units": 1, "date": "2025-11-01"}]}
ASKED: dict[str, dict[str, Any]] = {
    "look_up": {"code": "17311"},
    "search": {"text": "mohs"},
    "suggest": {"note": "Actinic keratosis of the scalp."},
    "related_codes": {"code": "17311"},
    "cross_icd": {"code": "250.00"},
    "compare_codes": {"a": "17311", "b": "17313"},
    "code_history": {"code": "17311"},
    "check_diagnoses": {"codes": ["L57.0"]},
    "check_pair": {"a": "17311", "b": "88305"},
    "check_pairs": {"codes": ["17311", "88305"]},
    "unit_limits": {"code": "17311"},
    "add_ons": {"code": "17311"},
    "work_out": {"kind": "mohs", "input": '{"site": "nose", "stages": [7, 3]}'},
    "price": {"services": ["17311"], "national": True},
    "check_claim": {"claim": json.dumps(CLAIM)},
    "check_coverage": {"procedure": "17311", "state": "FL"},
    "coverage_document": {"number": "L34195"},
    "find_coverage_documents": {"words": "mohs"},
    "find_contractors": {"state": "FL"},
    "find_localities": {"state": "FL"},
    "locality_of_zip": {"zip": "35958"},
    "find_revenue_codes": {},
    "explain_denial": {"code": "CO-97"},
    "group_stay": {"diagnoses": ["I50.21"], "on": "2024-03-01"},
    "risk_categories": {"code": "L57.0"},
    "find_practice_notes": {"text": "modifier 25"},
    "read_ncci_manual": {"text": "mohs"},
    "read_guidelines": {"text": "sepsis"},
    "what_changed": {"dataset": "mpfs-rvu"},
    "library_status": {},
    "read_citation": {"citation": "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#14"},
}


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_tool_answers_with_a_document_or_one_clear_line(tool: Any, small_library: Library) -> None:
    given = {"on": ON, **ASKED.get(tool.name, {})}
    try:
        document = ask_tool(small_library, tool.name, given, date(2025, 11, 1))
    except (NotLoaded, NotFound) as fault:
        assert "\n" not in str(fault)
        return
    assert set(DOCUMENT["required"]) <= set(document)
    assert json.loads(json.dumps(document)) == document, "plain JSON values only"
    assert " object at 0x" not in json.dumps(document)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_tool_says_what_it_takes_and_what_it_does_not_say(tool: Any) -> None:
    schema = arguments_schema(tool)
    assert tool.title and tool.about and tool.about.endswith(".") and len(tool.description) < 400
    assert all(item["description"].endswith((".", ":")) for item in schema["properties"].values())
    assert set(schema["required"]) <= set(schema["properties"]) and "on" in schema["properties"]


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("look_up", {}, "needs code"),
        ("look_up", {"code": 17311}, "expected str"),
        ("look_up", {"code": "17311", "on": "yesterday"}, "yesterday"),
        ("look_up", {"code": "17311", "on": 20250101}, "expected a date"),
        ("search", {"text": "mohs", "most": 51}, "expected 1 to 50"),
        ("search", {"text": "mohs", "most": True}, "expected int"),
        ("check_pairs", {"codes": "17311"}, "expected a list of texts"),
        ("work_out", {"kind": "mohs", "input": "[" * 100_000}, "no JSON object"),
        ("work_out", {"kind": "mohs", "input": "[1]"}, "no JSON object"),
        ("compare_codes", {"a": "17311"}, "nothing to compare with"),
        ("check_claim", {"claim": "{"}, "claim"),
        ("read_citation", {"citation": "x"}, "is not a citation"),
    ],
)
def test_what_does_not_fit_is_bad_input(small_library: Library, name: str, given: dict[str, Any], words: str) -> None:
    with pytest.raises(Fault, match=words) as fault:
        ask_tool(small_library, name, given, date(2025, 11, 1))
    assert not isinstance(fault.value, NotLoaded | NotFound)


def test_nulls_are_arguments_left_out(small_library: Library) -> None:
    found = ask_tool(small_library, "look_up", {"code": "17311", "system": None, "on": None}, date(2025, 11, 1))
    assert found["code"] == "17311" and found["on"] == ON


def test_an_address_is_read_as_declared() -> None:
    pairs = [("services", "17311,17312x2"), ("services", "20610:50"), ("national", "true"), ("on", ON)]
    assert from_query("price", pairs) == {"services": ["17311", "17312x2", "20610:50"], "national": True, "on": ON}
    assert from_query("search", [("text", "mohs"), ("most", "3")]) == {"text": "mohs", "most": 3}
    assert from_query("search", [("most", "three")]) == {"most": "three"}
    with pytest.raises(BadInput, match="given twice"):
        from_query("search", [("text", "a"), ("text", "b")])


def test_wording_licensed_for_pages_is_not_told_to_programs(small_library: Library) -> None:
    document = ask_tool(small_library, "explain_denial", {"code": "CO-97"}, date(2025, 11, 1))
    assert document["row"] and document["text"] == "" and document["text_source"] is None
