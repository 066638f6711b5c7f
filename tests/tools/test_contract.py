"""The command line keeps its contract: JSON shapes, exit statuses, one document on stdout, one-line faults."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from golden import published, small_set
from golden.published import put
from making import build_library

Shape = dict[str, Any]
TEXT, NUMBER, FLAG, LIST, MAP, NONE = str, int, bool, list, dict, type(None)
SOURCE: Shape = {"dataset": TEXT, "edition": TEXT, "file": TEXT, "line": (int, str), "sha256": TEXT, "url": TEXT}
HIT: Shape = {
    "system": TEXT, "code": TEXT, "title": TEXT, "billable": (FLAG, NONE), "score": (int, float), "why": TEXT,
}  # fmt: skip
SEARCH: Shape = {"query": TEXT, "results": [HIT]}
CODE: Shape = {
    "system": TEXT,
    "code": TEXT,
    "title": (TEXT, NONE),
    "status": TEXT,
    "billable": (FLAG, NONE),
    "on": TEXT,
    "facts": [{"name": TEXT, "value": (str, int, bool, NONE), "source": (MAP, NONE)}],
    "sections": MAP,
    "sources": [SOURCE],
    "not_loaded": [TEXT],
}
EDITION: Shape = {"edition": TEXT, "effective": TEXT, "rows": NUMBER, "sha256": TEXT}
STATUS: Shape = {
    "hash": TEXT,
    "built": TEXT,
    "datasets": [{"id": TEXT, "editions": [EDITION], "gaps": LIST, "licence": TEXT, "accepted": (TEXT, FLAG, NONE)}],
}
DIFF: Shape = {"dataset": TEXT, "added": NUMBER, "removed": NUMBER, "changed": NUMBER, "rows": LIST}


@dataclass(frozen=True)
class Run:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def fault(self) -> str:
        """The one line on standard error; nothing on standard output, no traceback."""
        assert self.out == ""
        assert "Traceback" not in self.err
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


def codeward(*arguments: str, home: Path | None = None, stdin: str = "", env: Mapping[str, str] | None = None) -> Run:
    """Run the command as a user does, in a plain terminal of 80 columns."""
    command = [sys.executable, "-c", "from codeward.tools.cli.main import run; run()", *arguments]
    if home is not None:
        command += ["--library", str(home)]
    clean = {name: value for name, value in os.environ.items() if name != "CODEWARD_HOME"}
    run = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**clean, "COLUMNS": "80", **(env or {})},
    )
    return Run(run.returncode, run.stdout, run.stderr)


def fits(value: Any, shape: Any, place: str = "$") -> None:
    """The value has every key of the shape with a value of its type; more keys are welcome."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), place
        for key, inner in shape.items():
            assert key in value, f"{place}.{key} is missing"
            fits(value[key], inner, f"{place}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), place
        for at, item in enumerate(value):
            fits(item, shape[0], f"{place}[{at}]")
    else:
        assert isinstance(value, shape), f"{place} is {value!r}"
        assert not (shape is int and isinstance(value, bool)), place


@pytest.mark.parametrize(
    ("code", "system", "shown"),
    [
        ("17314", "cpt", "17314"),
        ("j1885", "hcpcs", "J1885"),
        ("c44 1121", "icd-10-cm", "C44.1121"),
        ("C44.112", "icd-10-cm", "C44.112"),
        ("59", "modifier", "59"),
        ("207ND0101X", "taxonomy", "207ND0101X"),
    ],
)
def test_code(small_library_home: Path, code: str, system: str, shown: str) -> None:
    run = codeward("code", code, "--on", "2025-11-01", "--json", home=small_library_home)
    assert run.status == 0
    fits(run.document, CODE)
    assert (run.document["system"], run.document["code"]) == (system, shown)
    assert run.document["on"] == "2025-11-01"
    assert run.document["sources"]


def test_code_facts_carry_sources_with_numbered_lines(small_library_home: Path) -> None:
    """The line is a number for every file that is not XML or a keyed store, in every edition that repeats a row."""
    for day in ("2024-08-15", "2025-02-01", "2025-11-01"):
        facts = codeward("code", "17314", "--on", day, "--json", home=small_library_home).document["facts"]
        sources = [fact["source"] for fact in facts if fact["source"]]
        for source in sources:
            fits(source, SOURCE)
        assert {type(source["line"]) for source in sources} == {int}


def test_code_money_has_two_decimals(small_library_home: Path) -> None:
    facts = codeward("code", "17311", "--on", "2025-11-01", "--json", home=small_library_home).document["facts"]
    money = [
        fact["value"] for fact in facts if fact["name"].startswith(("amount", "opps_rate", "asc_rate", "opps_min"))
    ]
    assert len(money) >= 4
    assert all(len(value.partition(".")[2]) == 2 for value in money)


def test_code_differs_by_day_as_the_files_do(small_library_home: Path) -> None:
    def total(day: str) -> str:
        facts = codeward("code", "17314", "--on", day, "--json", home=small_library_home).document["facts"]
        return next(fact["value"] for fact in facts if fact["name"] == "total_nonfacility_rvu")

    assert (total("2024-08-15"), total("2025-11-01")) == ("11.89", "11.82")


def test_code_names_what_is_not_loaded(small_library_home: Path) -> None:
    document = codeward("code", "17311", "--on", "2024-08-15", "--json", home=small_library_home).document
    assert "opps-addendum-b" in document["not_loaded"]


def test_code_as_text(small_library_home: Path) -> None:
    run = codeward("code", "17314", "--on", "2025-11-01", home=small_library_home)
    assert (run.status, run.err) == (0, "")
    assert "never billed alone" in run.out
    assert "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#16" in run.out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("code", "17319"), 1),
        (("code", "C44.9999"), 1),
        (("code", "hello"), 2),
        (("code", "17311", "--on", "08/15/2024"), 2),
        (("code", "17311", "--on", "2024-02-30"), 2),
        (("code", "17311", "--system", "snomed"), 2),
        (("code", "17311", "--on", "2020-01-01"), 3),
        (("code", "207ND0101X", "--on", "2020-01-01"), 3),
        (("code", "D0120"), 3),
        (("code", "0HBMXZX", "--system", "icd-10-pcs"), 3),
        (("search", ""), 2),
        (("search", "a" * 301), 2),
        (("search", "skin", "--system", "snomed"), 2),
        (("search", "skin", "--on", "tomorrow"), 2),
        (("search", "--file", "/nowhere/list.txt"), 2),
        (("library", "diff", "2024C", "2025D"), 2),
        (("library", "diff", "2024C", "2025Z", "--dataset", "mpfs-rvu"), 1),
        (("library", "diff", "2024C", "2025D", "--dataset", "no-such"), 2),
        (("library", "verify", "not a citation"), 2),
        (("library", "verify", "{}"), 2),
        (("library", "verify", "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#9999"), 1),
        (("library", "use", "zzzz"), 1),
        (("library", "use", ""), 2),
        (("library", "build"), 2),
        (("library", "build", "/nowhere/at-all.zip"), 2),
        (("library", "status", "--on", "soon"), 2),
    ],
)
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
def test_a_fault_is_one_line_and_its_exit_status(
    small_library_home: Path, arguments: tuple[str, ...], status: int, as_json: bool
) -> None:
    run = codeward(*arguments, *(["--json"] if as_json else []), home=small_library_home)
    assert run.status == status, run.err
    assert run.fault


@pytest.mark.parametrize(
    "arguments",
    [
        ("code",),
        ("code", "17311", "--no-such-option"),
        ("no-such-command",),
        ("library", "no-such"),
        ("search", "x", "-n", "0"),
        ("search", "x", "-n", "many"),
        ("library", "use"),
        ("library", "diff", "2024C"),
    ],
)
def test_bad_usage_ends_with_2_and_no_traceback(small_library_home: Path, arguments: tuple[str, ...]) -> None:
    run = codeward(*arguments, home=small_library_home)
    assert run.status == 2
    assert run.out == ""
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("code", "17311"),
        ("search", "skin"),
        ("library", "status"),
        ("library", "verify", "a@b:c#1"),
        ("library", "diff", "a", "b", "--dataset", "mpfs-rvu"),
    ],
)
def test_without_a_library_every_question_ends_with_3(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = codeward(*arguments, "--json", home=tmp_path)
    assert run.status == 3
    assert "codeward library build" in run.fault


def test_library_home_from_the_environment(small_library_home: Path) -> None:
    run = codeward("library", "status", "--json", env={"CODEWARD_HOME": str(small_library_home)})
    assert run.status == 0


def test_search(small_library_home: Path) -> None:
    run = codeward("search", "basal cell", "-n", "3", "--on", "2025-11-01", "--json", home=small_library_home)
    assert run.status == 0
    fits(run.document, SEARCH)
    assert run.document["query"] == "basal cell"
    assert len(run.document["results"]) == 3


def test_search_without_a_hit_ends_with_1(small_library_home: Path) -> None:
    run = codeward("search", "xqzwv", "--json", home=small_library_home)
    assert (run.status, run.document["results"]) == (1, [])


def test_search_filters(small_library_home: Path) -> None:
    run = codeward(
        "search",
        "basal cell",
        "--system",
        "icd-10-cm",
        "--billable",
        "--on",
        "2025-11-01",
        "--json",
        home=small_library_home,
    )
    assert {hit["billable"] for hit in run.document["results"]} == {True}
    assert {hit["system"] for hit in run.document["results"]} == {"icd-10-cm"}


@pytest.mark.parametrize("way", ["file", "stdin"])
def test_search_of_many_texts(small_library_home: Path, tmp_path: Path, way: str) -> None:
    texts = "actinic keratosis\n\nxqzwv\nC44.1121\n"
    name = "-" if way == "stdin" else str(put(tmp_path, "texts.txt", texts))
    run = codeward("search", "--file", name, "--on", "2025-11-01", "--json", home=small_library_home, stdin=texts)
    assert run.status == 0
    fits(run.document, {"queries": [SEARCH]})
    assert [query["query"] for query in run.document["queries"]] == ["actinic keratosis", "xqzwv", "C44.1121"]
    assert [bool(query["results"]) for query in run.document["queries"]] == [True, False, True]


def test_one_bad_text_of_many_does_not_lose_the_others(small_library_home: Path, tmp_path: Path) -> None:
    """Either the lines around a line of 400 characters are answered, or the whole file is refused in one line."""
    name = str(put(tmp_path, "texts.txt", "keratosis\n" + "a" * 400 + "\nC44.1121\n"))
    run = codeward("search", "--file", name, "--on", "2025-11-01", "--json", home=small_library_home)
    if run.status == 2:
        assert "texts.txt" in run.fault or "400" in run.fault
    else:
        assert len(run.document["queries"]) == 3


def test_search_of_a_file_that_is_no_text(small_library_home: Path, tmp_path: Path) -> None:
    name = str(put(tmp_path, "texts.txt", b"\xff\xfe\x00bad"))
    run = codeward("search", "--file", name, "--json", home=small_library_home)
    assert run.status == 2
    assert "texts.txt" in run.fault


def test_search_keeps_json_valid_for_odd_texts(small_library_home: Path) -> None:
    run = codeward("search", 'kera"tosis \\ 🩺 <b>', "--json", home=small_library_home)
    assert run.status in (0, 1)
    assert run.document["query"] == 'kera"tosis \\ 🩺 <b>'


def test_json_in_a_terminal_that_is_not_utf8(small_library_home: Path) -> None:
    run = codeward("search", "keratosis 🩺", "--json", home=small_library_home,
                   env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})  # fmt: skip
    assert run.status in (0, 1)
    assert "Traceback" not in run.err
    assert isinstance(run.document, dict)


def test_a_closed_pipe_is_no_crash(small_library_home: Path) -> None:
    program = "from codeward.tools.cli.main import run; run()"
    command = f"{sys.executable} -c '{program}' code 17311 --on 2025-11-01 --json --library '{small_library_home}'"
    shell = f"{command} | head -c 20"
    run = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in run.stderr


def test_bytes_that_are_no_text_on_the_command_line(small_library_home: Path) -> None:
    program = "from codeward.tools.cli.main import run; run()"
    command = [sys.executable.encode(), b"-c", program.encode(), b"search", b"C44\xff", b"--json", b"--library"]
    run = subprocess.run([*command, os.fsencode(small_library_home)], capture_output=True, timeout=60, check=False)
    assert run.returncode in (0, 1, 2)
    assert b"Traceback" not in run.stderr


def test_status(small_library_home: Path) -> None:
    run = codeward("library", "status", "--on", "2025-11-01", "--json", home=small_library_home)
    assert run.status == 0
    fits(run.document, STATUS)
    rvu = next(item for item in run.document["datasets"] if item["id"] == "mpfs-rvu")
    assert [item["edition"] for item in rvu["editions"]] == ["2024C", "2025A", "2025D"]
    assert rvu["gaps"] == ["2024-10-01", "2025-04-01", "2025-07-01"]
    assert rvu["accepted"]


def test_status_as_text(small_library_home: Path) -> None:
    run = codeward("library", "status", home=small_library_home)
    assert run.status == 0
    assert "mpfs-rvu" in run.out


@pytest.mark.parametrize("names", [("2024C", "2025D", "--dataset", "mpfs-rvu"), ("mpfs-rvu@2024C", "mpfs-rvu@2025D")])
def test_diff(small_library_home: Path, names: tuple[str, ...]) -> None:
    run = codeward("library", "diff", *names, "--json", home=small_library_home)
    assert run.status == 0
    fits(run.document, DIFF)
    assert (run.document["dataset"], run.document["added"], run.document["removed"]) == ("mpfs-rvu", 1, 1)


def test_verify(small_library_home: Path) -> None:
    run = codeward("library", "verify", "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#16", "--json", home=small_library_home)
    assert run.status == 0
    assert run.document["same"] is True
    assert run.document["source"]["line"] == 16


def test_verify_takes_a_source_of_a_page(small_library_home: Path) -> None:
    source = codeward("code", "17314", "--on", "2025-02-01", "--json", home=small_library_home).document["sources"][0]
    assert codeward("library", "verify", json.dumps(source), home=small_library_home).status == 0


def test_build_use_and_roll_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fees = put(tmp_path, "a/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    first = codeward("library", "build", str(fees), "--accept", "ama-cpt", "--json", home=home)
    assert (first.status, first.err) == (0, "")
    other = put(tmp_path, "b/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "32.7442"))
    second = codeward("library", "build", str(other), "--json", home=home)
    assert second.status == 0
    assert first.document["hash"] != second.document["hash"]
    back = codeward("library", "use", first.document["hash"][:8], "--json", home=home)
    assert (back.status, back.document["hash"]) == (0, first.document["hash"])
    diff = codeward(
        "library", "diff", first.document["hash"], second.document["hash"], "--dataset", "mpfs-rvu", "--json", home=home
    )
    assert (diff.document["added"], diff.document["changed"]) == (0, len(small_set.RVU_2024))


def test_build_adds_to_what_is_in_use(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fees = put(tmp_path, "a/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    codeward("library", "build", str(fees), "--accept", "ama-cpt", home=home)
    later = put(tmp_path, "b/PPRRVU25_JAN.csv", published.rvu(small_set.RVU_2025, "32.3465"))
    assert codeward("library", "build", str(later), "--add", home=home).status == 0
    status = codeward("library", "status", "--json", home=home).document
    rvu = next(item for item in status["datasets"] if item["id"] == "mpfs-rvu")
    assert [item["edition"] for item in rvu["editions"]] == ["2024C", "2025A"]


def test_build_needs_the_terms(tmp_path: Path) -> None:
    fees = put(tmp_path, "a/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    run = codeward("library", "build", str(fees), home=tmp_path / "home")
    assert run.status == 2
    assert "--accept ama-cpt" in run.fault


def test_build_of_a_bad_file_is_one_line(tmp_path: Path) -> None:
    fees = put(tmp_path, "a/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875").replace("6.20", "6.2O", 1))
    run = codeward("library", "build", str(fees), "--accept", "ama-cpt", home=tmp_path / "home")
    assert run.status == 2
    assert "PPRRVU24_JUL.csv:12, column 'WORK RVU'" in run.fault


def test_build_tells_what_it_left_aside(tmp_path: Path) -> None:
    put(tmp_path, "a/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    put(tmp_path, "a/holiday.jpg", b"\xff\xd8")
    run = codeward("library", "build", str(tmp_path / "a"), "--accept", "ama-cpt", home=tmp_path / "home")
    assert run.status == 0
    assert "holiday.jpg" in run.err


def test_build_into_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    fees = put(tmp_path, "a/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    occupied = put(tmp_path, "a-file", "not a folder")
    run = codeward("library", "build", str(fees), "--accept", "ama-cpt", home=occupied)
    assert run.status == 2
    assert "a-file" in run.fault


@pytest.mark.parametrize("what", ["reference.db", "manifest.json"])
def test_a_library_with_a_piece_missing_ends_with_3(tmp_path: Path, what: str) -> None:
    fees = put(tmp_path, "a/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    built = build_library(tmp_path / "home", fees)
    (built.folder / what).unlink()
    run = codeward("library", "status", "--json", home=tmp_path / "home")
    assert run.status == 3
    assert "build it again" in run.fault


def test_a_damaged_library_is_told_in_one_line(tmp_path: Path) -> None:
    fees = put(tmp_path, "a/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    built = build_library(tmp_path / "home", fees)
    (built.folder / "reference.db").write_bytes(b"not a database" * 1000)
    run = codeward("code", "17311", "--on", "2024-08-15", "--json", home=tmp_path / "home")
    assert run.status == 3
    assert run.fault


def test_terms_are_shown(small_library_home: Path) -> None:
    run = codeward("library", "terms", "ama-cpt")
    assert run.status == 0
    assert "American Medical Association" in run.out
    assert codeward("library", "terms", "everything").status == 2


def test_terms_take_json_like_every_command() -> None:
    run = codeward("library", "terms", "ama-cpt", "--json")
    assert run.status == 0
    assert isinstance(run.document, dict)


def test_version() -> None:
    from codeward import __version__

    run = codeward("--version")
    assert (run.status, run.out.strip()) == (0, __version__)


def test_library_may_be_read_only(small_library_home: Path, tmp_path: Path) -> None:
    """A library copied to a web node: nothing in it is written."""
    copy = tmp_path / "copy"
    shutil.copytree(small_library_home, copy, symlinks=True)
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*")}
    assert codeward("code", "17311", "--on", "2025-11-01", "--json", home=copy).status == 0
    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*")} == before
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o200)
