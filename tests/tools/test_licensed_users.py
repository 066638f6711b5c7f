"""`library build --users`: the count stands in the ledger, and is refused where no licence is accepted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LICENSED = Path(__file__).parents[1] / "golden" / "cpt-descriptors" / "2026" / "CPT2026.zip"


def codeward(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "codeward.tools.cli", *arguments, "--library", str(home)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_count_is_recorded_and_told(tmp_path: Path) -> None:
    run = codeward("library", "build", str(LICENSED), "--accept", "ama-licensed", "--users", "12", home=tmp_path)
    assert run.returncode == 0, run.stderr
    (line,) = (tmp_path / "acceptances.jsonl").read_text().splitlines()
    assert (json.loads(line)["terms"], json.loads(line)["users"]) == ("ama-licensed", 12)
    told = json.loads(codeward("library", "terms", "ama-licensed", "--json", home=tmp_path).stdout)
    assert told["users"] == 12
    assert told["accepted"]


def test_users_without_the_licence_are_one_line(tmp_path: Path) -> None:
    run = codeward("library", "build", str(LICENSED), "--accept", "ama-cpt", "--users", "12", home=tmp_path)
    assert run.returncode == 2
    assert "--users counts the users of the AMA licence" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "acceptances.jsonl").exists()
