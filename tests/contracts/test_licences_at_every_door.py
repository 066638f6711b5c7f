"""Every door in every licence mode: nothing under terms that do not hold comes out of any page, command or feed.

A page or command that is not listed here fails the test: a new door says what it shows before it opens.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
import typer
from django.test import Client
from django.urls import get_resolver
from typer.testing import CliRunner

from codeward.datasets.licences import for_programs
from codeward.services.catalogue.tools import BY_NAME
from codeward.store.home import Home
from codeward.store.library import Shelf
from codeward.tools import mcp_server
from codeward.tools.cli import main, output
from golden import fee_set
from golden.published import put
from golden.tiny_manual import whole
from making import build_library

WORDING = "Invented wording"
"""Stands in the licensed file of this test alone."""
FEES = ("80053", "90375", "93990", "11104")
"""CPT numbers that stand in the fee files and the policy manual of their own small set."""
NUMBERS = ("17312", "17315", "11103", "20605", "67005", "36001")
"""CPT numbers that stand in CMS files of the small set and in no text of our own."""
FIGURES = ("12.41", "1,790.02", "1790.02", "413.10")
MODES = ("none", "cms", "ama-licensed")
CITED = "mpfs-rvu@2025D:PPRRVU2025_Oct.csv%2314"
LICENSED = "cpt-descriptors@2026:CPT2026.zip/LONGULT.txt%233"

PAGES = {
    "home": ["/"],
    "search": ["/search?q=17311&all=1", "/search?q=mohs", "/search?q=invented+wording", "/search?q=1731&all=1"],
    "suggest": ["/suggest?q=1731", "/suggest?q=invented"],
    "source": [f"/source?c={CITED}", f"/source?c={LICENSED}"],
    "library": ["/library"],
    "terms": ["/terms"],
    "code": [
        "/cpt/17311?on=2025-11-01",
        "/cpt/17314?on=2025-11-01",
        "/hcpcs/J1885?on=2025-11-01",
        "/icd-10-cm/L57.0?on=2025-11-01",
        "/modifier/59",
        "/pos/11",
        "/taxonomy/207N00000X",
    ],
    "diagnosis-tree": ["/icd-10-cm/browse"],
    "diagnosis-branch": ["/icd-10-cm/browse/C44"],
    "diagnosis-index": ["/icd-10-cm/index"],
    "external-causes": ["/icd-10-cm/external-causes"],
    "neoplasms": ["/icd-10-cm/neoplasms"],
    "drugs": ["/icd-10-cm/drugs"],
    "data": ["/data"],
    "dataset": ["/data/mpfs-rvu", "/data/cpt-descriptors", "/data/clfs"],
    "changes": ["/changes"],
    "dataset-changes": [
        "/changes/mpfs-rvu/2024C..2025D",
        "/changes/cpt-descriptors/2025..2026",
        "/changes/clfs/2025Q1..2025Q2",
    ],
    "changes-csv": ["/changes/mpfs-rvu/2024C..2025D.csv", "/changes/cpt-descriptors/2025..2026.csv"],
    "my-changes": ["/changes/mine", "/changes/mine?codes=17311+80053+17312"],
    "compare": ["/compare?a=17311&b=17314&on=2025-11-01", "/compare?a=17311&on=2024-08-15&on2=2025-11-01"],
    "dataset-feed": ["/feeds/mpfs-rvu.atom", "/feeds/cpt-descriptors.atom"],
    "code-feed": ["/feeds/cpt/17311.atom", "/feeds/hcpcs/J1885.atom"],
    "browse": ["/browse"],
    "hcpcs-browse": ["/hcpcs/browse"],
    "hcpcs-browse-part": ["/hcpcs/browse/J"],
    "cpt-browse": ["/cpt/browse"],
    "cpt-browse-part": ["/cpt/browse/Procedure", "/cpt/browse/Procedure/Skin/Mohs%20surgery"],
    "locality": ["/locality?zip=35958"],
    "coverage": ["/coverage"],
    "coverage-document": ["/coverage/L34195"],
    "coverage-check": ["/coverage/check", "/coverage/check?code=17311&dx=C44.311&state=OH&on=2025-11-01"],
    "coverage-states": ["/coverage/states"],
    "coverage-state": ["/coverage/states/OH?on=2025-11-01"],
    "coverage-abn": ["/coverage/abn", "/coverage/abn?code=17311&reason=frequency&on=2025-11-01"],
    "coverage-abn-pdf": [],
    "denials": ["/denials"],
    "denial": ["/denials/CO-97"],
    "practice-notes": ["/practice-notes", "/practice-notes?q=which+line+takes+59"],
    "practice-note": ["/practice-notes/modifier-59-line"],
    "ncci-manual": ["/ncci-manual", "/ncci-manual?q=biopsy"],
    "ncci-manual-chapter": ["/ncci-manual/III"],
    "pcs-browse": ["/icd-10-pcs/browse"],
    "pcs-tables": ["/icd-10-pcs/tables"],
    "pcs-table": ["/icd-10-pcs/tables/0SR?on=2021-03-01"],
    "pcs-index": ["/icd-10-pcs/index"],
    "pcs-letter": ["/icd-10-pcs/index/A"],
    "pcs-term": ["/icd-10-pcs/index/A/Abortion"],
    "pcs-definitions": ["/icd-10-pcs/definitions"],
    "pcs-section": ["/icd-10-pcs/definitions/0"],
    "gems": ["/gems", "/gems?code=250.00", "/gems?code=17311"],
    "api-tools": ["/api/v1/tools"],
    "api-openapi": ["/api/openapi.json"],
    "api-tool": [
        "/api/v1/tools/look_up?code=17311&on=2025-11-01",
        "/api/v1/tools/read_citation?citation=" + LICENSED,
        "/api/v1/tools/what_changed?dataset=cpt-descriptors",
    ],
    "crosswalk": ["/crosswalk", "/crosswalk?code=17311&on=2025-11-01", "/crosswalk?code=207N00000X"],
    "drg": ["/drg", "/drg?dx=I50.21&discharge=2024-03-01"],
    "ms-drg": ["/ms-drg?on=2024-03-01"],
    "ms-drg-group": ["/ms-drg/291?on=2024-03-01"],
    "worksheets": ["/worksheets"],
    "worksheet": [
        "/worksheets/mohs?site=nose&stages=7,3,6&on=2025-11-01",
        "/worksheets/biopsy?technique=punch,shave&on=2025-11-01",
        "/worksheets/drug?code=J1885&administered=30&unit=15&on=2025-11-01",
    ],
    "hcc": ["/hcc/V28/37?on=2024-03-01"],
    "check": [
        "/check",
        "/check?pos=11&dx=C44.311&line=2025-11-01~17311&line=2025-11-01~88305~59&line=2025-11-01~J1885",
    ],
    "check-suggest": ["/check/suggest?q=1731", "/check/suggest?q=invented+wording", "/check/suggest?kind=pos&q=11"],
    "case": ["/case"],
    "case-export": [],
    "ask": ["/ask", "/ask?code=cpt/17311&on=2024-08-15"],
    "ask-steps": [],
    "ask-bundle": [],
    "ask-feedback": [],
    "pair": ["/pair", "/pair?codes=17311+88305+17312&on=2024-08-15"],
    "pair-of": ["/pair/17311/88305?on=2024-08-15"],
    "batch": ["/batch"],
    "batch-of": [f"/batch/{'0' * 32}"],
    "batch-findings": [f"/batch/{'0' * 32}/findings"],
    "batch-file": [f"/batch/{'0' * 32}/findings.csv", f"/batch/{'0' * 32}/risk.parquet"],
    "batch-resume": [],
    "batch-forget": [],
    "edits": ["/cpt/17311/edits?on=2024-08-15", "/hcpcs/J1885/edits?on=2024-08-15"],
}
"""Addresses that open each page of the site."""

COMMANDS: dict[tuple[str, ...], list[list[str]]] = {
    ("code",): [["17311", "--on", "2025-11-01"], ["J1885", "--on", "2025-11-01"]],
    ("coverage",): [["17311", "--state", "FL", "--on", "2025-11-01"]],
    ("search",): [["mohs"], ["17311"], ["invented wording"]],
    ("ask",): [["What is 17311?", "--on", "2025-11-01"], ["Is 17311 bundled with 88305?", "--on", "2024-08-15"]],
    ("library", "status"): [[]],
    ("library", "diff"): [
        ["2024C", "2025D", "--dataset", "mpfs-rvu"],
        ["2025", "2026", "--dataset", "cpt-descriptors"],
    ],
    ("library", "verify"): [[CITED.replace("%23", "#")], [LICENSED.replace("%23", "#")]],
    ("library", "terms"): [["ama-cpt"]],
    ("compare",): [["17311", "17314", "--on", "2025-11-01"], ["17311", "--on", "2024-08-15", "--and-on", "2025-11-01"]],
    ("touched",): [["FILE"]],
    ("check",): [["CLAIM"]],
    ("scrub",): [["CLAIM", "--out", "OUT"]],
    ("suggest",): [["FILE", "--on", "2025-11-01"]],
    ("pair",): [["17311", "88305", "--on", "2024-08-15"], ["J1885", "17311", "--on", "2024-08-15"]],
    ("price",): [["17311", "--on", "2025-11-01"], ["80053", "G0480", "--on", "2025-05-15", "--national"]],
    ("drg",): [["--dx", "I50.21", "--discharge", "2024-03-01"]],
    ("units",): [
        [],
        ["mohs"],
        ["mohs", "--site", "nose", "--stages", "7,3,6", "--on", "2025-11-01"],
        ["biopsy", "--technique", "punch,shave", "--on", "2025-11-01"],
        ["drug", "--code", "J1885", "--administered", "30", "--on", "2025-11-01"],
    ],
    ("crosswalk",): [["17311", "--on", "2025-11-01"], ["L57.0", "--on", "2025-11-01"]],
    ("gems",): [["250.00", "--on", "2024-03-01"]],
}
"""Arguments with which each command shows something, text and JSON."""

CLAIM = {
    "claim_id": "C1",
    "billing_npi": "1234567893",
    "place_of_service": "11",
    "diagnoses": ["C44.1121"],
    "lines": [{"code": code, "units": 1, "date": "2024-08-15"} for code in ("17311", "11102", "17315")],
}
"""A claim with codes of its own, which the answer repeats."""

TOOLS: dict[str, list[dict[str, object]]] = {
    "look_up": [{"code": "17311"}, {"code": "17314"}, {"code": "J1885"}],
    "search": [{"text": "mohs"}, {"text": "1731"}, {"text": "invented wording"}],
    "suggest": [{"note": "17311 and 17312, 80053. Mohs surgery of the nose."}],
    "related_codes": [{"code": "17311"}, {"code": "L57.0"}],
    "cross_icd": [{"code": "250.00"}],
    "compare_codes": [{"a": "17311", "b": "17314"}, {"a": "17311", "and_on": "2024-08-15"}],
    "code_history": [{"code": "17311"}, {"code": "J1885"}],
    "check_diagnoses": [{"codes": ["L57.0", "C44.1121"]}],
    "check_pair": [{"a": "17311", "b": "88305", "on": "2024-08-15"}],
    "check_pairs": [{"codes": ["17311", "88305", "J1885"], "on": "2024-08-15"}],
    "unit_limits": [{"code": "17311"}, {"code": "J1885"}],
    "add_ons": [{"code": "17311"}],
    "work_out": [{"kind": "mohs", "input": '{"site": "nose", "stages": [7, 3, 6]}'}],
    "price": [{"services": ["17311"], "national": True}, {"services": ["80053"], "on": "2025-05-15"}],
    "check_claim": [{"claim": "CLAIM"}],
    "check_coverage": [{"procedure": "17311", "state": "FL"}, {"words": "mohs"}],
    "coverage_document": [{"number": "L34195"}],
    "find_coverage_documents": [{"words": "mohs"}],
    "find_contractors": [{"state": "FL"}],
    "find_localities": [{"state": "AL"}],
    "locality_of_zip": [{"zip": "35958"}],
    "find_revenue_codes": [{}],
    "explain_denial": [{"code": "CO-97"}],
    "group_stay": [{"diagnoses": ["I50.21"], "on": "2024-03-01"}],
    "risk_categories": [{"code": "L57.0"}],
    "find_practice_notes": [{"text": "modifier 25"}],
    "read_ncci_manual": [{"text": "biopsy"}],
    "read_guidelines": [{"text": "sepsis"}],
    "what_changed": [{"dataset": "mpfs-rvu"}, {"dataset": "cpt-descriptors"}, {"dataset": "clfs"}],
    "library_status": [{}],
    "read_citation": [{"citation": CITED.replace("%23", "#")}, {"citation": LICENSED.replace("%23", "#")}],
}
"""Arguments with which each tool shows something to a program that speaks MCP."""

SILENT = {
    ("doctor",): "tries a language model with made-up codes",
    ("mcp",): "opens the tools, which are walked below",
    ("serve",): "opens the site, whose pages are walked above",
    ("library", "build"): "reads files and says how many rows",
    ("library", "use"): "moves the pointer",
    ("library", "fetch"): "downloads files and says how many",
    ("library", "watch"): "names releases at their publishers",
    ("tick",): "watches and fetches",
    ("library", "accept"): "writes the ledger",
    ("library", "withdraw"): "writes the ledger",
}
"""Commands that show no data, and why."""

SHOWS_WORDING = {"code", "source", "compare", "ask"}
"""Made for reading: the only doors where licensed wording may stand, the pages and commands of these names."""


@dataclass(frozen=True)
class Seen:
    """What one door gave for one request, the request's own words left out."""

    door: str
    asked: str
    text: str

    def holds(self, marks: tuple[str, ...]) -> list[str]:
        """Which of the marks came out though the request did not bring them in."""
        return [mark for mark in marks if mark in self.text and mark not in self.asked]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, small_files: Path) -> Path:
    """A library of the small set with two yearly files of licensed wording."""
    folder = tmp_path_factory.mktemp("licensed")
    for year in (2025, 2026):
        with zipfile.ZipFile(folder / f"CPT{year}.zip", "w") as archive:
            lines = f"Notice\r\n\r\n17311\t{WORDING} of {year}\r\n17314\t{WORDING}, add-on\r\n"
            archive.writestr("LONGULT.txt", lines)
    build_library(folder / "home", small_files, folder / "CPT2025.zip", folder / "CPT2026.zip")
    return folder / "home"


@pytest.fixture(scope="module")
def fees_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of fee files and a policy manual, which hold other CPT numbers."""
    folder = tmp_path_factory.mktemp("fees")
    fee_set.write(folder / "files")
    put(folder / "files", "2026_ncci_medicare_policy_manual_all-chapters.pdf", whole())
    build_library(folder / "home", folder / "files")
    return folder / "home"


def pages() -> set[str]:
    """Names of every page of the site."""

    def walk(patterns: list[object]) -> Iterator[str]:
        for pattern in patterns:
            yield from walk(getattr(pattern, "url_patterns", []))
            if name := getattr(pattern, "name", None):
                yield name

    return set(walk(get_resolver().url_patterns))


def commands() -> set[tuple[str, ...]]:
    """Every command of the command line."""

    def walk(app: typer.Typer, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for command in app.registered_commands:
            assert command.callback is not None
            yield (*before, command.name or command.callback.__name__.replace("_", "-"))
        for group in app.registered_groups:
            assert group.typer_instance is not None
            yield from walk(group.typer_instance, (*before, str(group.name)))

    return set(walk(main.app, ()))


def test_every_page_is_listed() -> None:
    assert pages() == set(PAGES)


def test_every_tool_is_listed() -> None:
    assert set(BY_NAME) == set(TOOLS)


def test_every_command_is_listed() -> None:
    assert commands() == set(COMMANDS) | set(SILENT)


@pytest.fixture
def seen(settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path, str], list[Seen]]:
    """Everything that all doors of a library give in a mode."""

    def walk(home: Path, mode: str) -> list[Seen]:
        settings.CODEWARD_HOME, settings.CODEWARD_LICENCE = home, mode
        monkeypatch.setenv("CODEWARD_LICENCE", mode)
        mine = tmp_path / "mine.txt"
        mine.write_text("17311\n80053\nJ1885\n", encoding="utf-8")
        claim = tmp_path / "claim.json"
        claim.write_text(json.dumps(CLAIM), encoding="utf-8")
        programs = _through_tools(home, mode)
        return [
            *_through_pages(),
            *programs,
            *_through_commands(home, {"FILE": mine, "CLAIM": claim, "OUT": tmp_path / "out"}),
        ]

    return walk


def _through_pages() -> Iterator[Seen]:
    browser = Client()
    for name, addresses in PAGES.items():
        for address in addresses:
            response = browser.get(address)
            assert response.status_code in (200, 302, 404, 503), address
            body = b"".join(response) if response.streaming else response.content
            yield Seen(name, address, body.decode())


def _through_tools(home: Path, mode: str) -> Iterator[Seen]:
    shelf = Shelf(Home(home), for_programs(mode))
    for name, samples in TOOLS.items():
        for sample in samples:
            given = {"on": "2025-11-01", **sample}
            if name == "check_claim":
                given["claim"] = json.dumps(CLAIM)
            answer = mcp_server.call(shelf.library, date(2025, 11, 1), name, given)
            yield Seen(name, str(given), "".join(item.text for item in answer.content))


def _through_commands(home: Path, files: dict[str, Path]) -> Iterator[Seen]:
    for words, samples in COMMANDS.items():
        for arguments in samples:
            for json_too in ([], ["--json"]):
                given = [str(files.get(word, word)) for word in arguments]
                asked = [*words, *given, "--library", str(home), *json_too]
                brought = " ".join(
                    file.read_text(encoding="utf-8")
                    for word, file in files.items()
                    if word in arguments and word != "OUT"
                )
                yield Seen(" ".join(words), f"{' '.join(asked)} {brought}", _said(asked) + _written(files["OUT"]))


def _written(folder: Path) -> str:
    """Every cell of the files that a command left behind, which are then removed."""
    files = sorted(folder.glob("*.parquet"))
    cells = [str(duckdb.execute(f"from '{file}'").fetchall()) for file in files]
    for file in files:
        file.unlink()
    return "\n".join(cells)


def _said(arguments: list[str]) -> str:
    """What a command prints; a fault is what it says."""
    with output.out.capture() as told:
        result = CliRunner().invoke(main.app, arguments)
    fault = str(result.exception) if result.exception else ""
    return "\n".join((result.output, told.get(), fault))


@pytest.mark.parametrize("mode", MODES)
def test_no_door_shows_what_the_mode_shuts(mode: str, home: Path, seen: Callable[[Path, str], list[Seen]]) -> None:
    given = seen(home, mode)
    if mode == "none":
        leaks = [(item.asked, found) for item in given if (found := item.holds((*NUMBERS, *FIGURES, WORDING)))]
        assert not leaks
    else:
        assert _told(given, NUMBERS) >= {"17312", "17315"}, "the walk asks for too little to show a leak"
    wording = {item.door for item in given if WORDING in item.text}
    assert wording == (SHOWS_WORDING if mode == "ama-licensed" else set())


@pytest.mark.parametrize("mode", ["none", "cms"])
def test_no_door_shows_fees_the_mode_shuts(mode: str, fees_home: Path, seen: Callable[[Path, str], list[Seen]]) -> None:
    given = seen(fees_home, mode)
    if mode == "none":
        assert not [(item.asked, found) for item in given if (found := item.holds(FEES))]
    else:
        assert _told(given, FEES) >= {"80053", "90375", "93990"}, "the walk asks for too little to show a leak"


def _told(given: list[Seen], marks: tuple[str, ...]) -> set[str]:
    return {mark for item in given for mark in item.holds(marks)}


def test_every_command_opens_the_library_through_its_mode() -> None:
    doors = Path(main.__file__).parent
    opened = {path.name for path in doors.glob("*.py") if "open_library(" in path.read_text(encoding="utf-8")}
    assert opened == {"options.py", "library_commands.py"}, "read the library through options.opened"


def test_a_shut_page_says_why_and_is_not_taken_for_an_unknown_code(home: Path, settings) -> None:
    settings.CODEWARD_HOME, settings.CODEWARD_LICENCE = home, "none"
    response = Client().get("/cpt/17311?on=2025-11-01")
    assert response.status_code == 503
    assert "shown in licence mode cms only" in response.content.decode()


def test_withdrawn_terms_close_what_was_loaded_under_them(home: Path, settings, tmp_path: Path) -> None:
    settings.CODEWARD_HOME = other = tmp_path / "home"
    (other / "libraries").mkdir(parents=True)
    built = (home / "current").resolve()
    (other / "libraries" / built.name).symlink_to(built)
    (other / "current").symlink_to(Path("libraries") / built.name)
    assert Client().get("/cpt/17311?on=2025-11-01").status_code == 503
    assert CliRunner().invoke(main.app, ["library", "accept", "ama-cpt", "--library", str(other)]).exit_code == 0
    assert Client().get("/cpt/17311?on=2025-11-01").status_code == 200
    assert CliRunner().invoke(main.app, ["library", "withdraw", "ama-cpt", "--library", str(other)]).exit_code == 0
    assert Client().get("/cpt/17311?on=2025-11-01").status_code == 503
    ledger = [json.loads(line) for line in (other / "acceptances.jsonl").read_text().splitlines()]
    assert [("accepted" in entry, "withdrawn" in entry) for entry in ledger] == [(True, False), (False, True)]
