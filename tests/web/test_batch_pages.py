"""Batches on the site: a file is given, scrubbed by a process of its own, summed up, paged, saved and deleted."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from batch_files import PAIR, claims_csv, lend, wait_until
from codeward.core.faults import BadFile
from codeward.services.batches import Batch, Batches, read_outcome, standing_of
from codeward.services.batches.folder import take
from codeward.services.batches.keeping import MOST_UNFINISHED, name_shown
from codeward.services.batches.run import SLOTS
from making_claims import A_CLAIM, write_837p

Give = Callable[..., HttpResponse]
TOKEN = re.compile(r"/batch/([0-9a-f]{32})$")


@pytest.fixture
def home(small_library_home: Path, tmp_path: Path, settings) -> Iterator[Path]:
    """A home with the small library and no batch; what still runs at the end is stopped."""
    settings.CODEWARD_HOME = made = lend(small_library_home, tmp_path / "home")
    yield made
    keeper = Batches(made, 24)
    for place in made.glob("batches/*/job.json"):
        keeper.forget(Batch(place.parent))


@pytest.fixture
def give(home: Path) -> Give:
    """Send a file to the form."""

    def send(content: bytes, name: str = "claims.csv", **headers: str) -> HttpResponse:
        return Client(headers=headers).post("/batch", {"file": SimpleUploadedFile(name, content)})

    return send


@pytest.fixture
def shut(home: Path) -> Iterator[Callable[[], None]]:
    """Every place to work in is taken, until it is called."""
    (home / "batches").mkdir(mode=0o700)
    held = [take(home / "batches" / f"slot-{number}.lock") for number in range(SLOTS)]
    yield lambda: [lock.close() for lock in held if lock]
    for lock in held:
        if lock:
            lock.close()


def batch_in(home: Path, response: HttpResponse) -> Batch:
    """The batch that a form was answered with."""
    assert response.status_code == 303, response.content.decode()
    found = TOKEN.search(response["Location"])
    assert found
    return Batch(home / "batches" / found[1])


def finished(batch: Batch) -> Batch:
    """The batch, once it is over."""
    wait_until(lambda: standing_of(batch).is_over)
    return batch


def text_of(response: HttpResponse) -> str:
    """A streamed answer as text."""
    return b"".join(response.streaming_content).decode()


def test_the_form_says_where_the_file_lies_and_for_how_long(home: Path, words) -> None:
    said = words(Client().get("/batch"))
    assert "at most 200 MB" in said
    assert str(home / "batches") in said
    assert "after 24 hours, or when you delete it" in said


def test_from_upload_to_findings(home: Path, give: Give, words) -> None:
    rejected = "A2,P2,1960-01-01,M,medicare,practitioner,1234567893,11,L57.0,99213,many,2025-02-03,90.00"
    batch = finished(batch_in(home, give(claims_csv(*PAIR, rejected))))
    page = Client().get(f"/batch/{batch.token}")
    said = words(page)
    assert "no-store" in page["Cache-Control"]
    assert "Clean" not in said
    assert said.index("Not checked Nothing is said") < said.index("Set aside: 1 row of 1 claim") < said.index("Judged")
    assert "units a number such as 1 or 120.50 1 3" in said
    assert "Judged 2 lines of 1 claim" in said
    assert "$100.50" in said and "of $900.50 charged" in said
    assert "PTP.DENY" in said and "2024-08" in said and "1234567893" in said
    findings = Client().get(f"/batch/{batch.token}/findings?rule=PTP.DENY")
    body = findings.content.decode()
    assert "1 to 1 of 1 that the filter lets through" in body
    assert 'href="/cpt/88305?on=2024-08-15"' in body and 'href="/cpt/17311?on=2024-08-15"' in body
    assert 'href="/denials/236"' in body
    assert "/source?c=ncci-ptp-practitioner" in body
    assert "A claim that is not here is not clean for that" in words(findings)


def test_what_is_saved_holds_every_finding_and_no_formula(home: Path, give: Give) -> None:
    rows = [row.replace("A1,", "=1+1,") for row in PAIR]
    batch = finished(batch_in(home, give(claims_csv(*rows))))
    saved = Client().get(f"/batch/{batch.token}/findings.csv")
    assert "no-store" in saved["Cache-Control"] and 'filename="findings.csv"' in saved["Content-Disposition"]
    lines = text_of(saved).splitlines()
    [(held,)] = duckdb.sql(f"select count(*) from '{batch.result('findings.parquet')}'").fetchall()
    assert len(lines) == 1 + held > 1
    assert all(line.startswith("'=1+1,") for line in lines[1:])
    only = text_of(Client().get(f"/batch/{batch.token}/findings.csv?severity=deny")).splitlines()
    assert [line.split(",")[2:4] for line in only[1:]] == [["PTP.DENY", "deny"]]
    whole = Client().get(f"/batch/{batch.token}/findings.parquet")
    assert b"".join(whole.streaming_content) == batch.result("findings.parquet").read_bytes()
    for name in ("not-checked", "rejected", "risk"):
        assert "," in text_of(Client().get(f"/batch/{batch.token}/{name}.csv")).splitlines()[0]
    assert Client().get(f"/batch/{batch.token}/claims.csv").status_code == 404, "the file itself is not handed out"


def test_every_form_of_claims_is_taken_whatever_the_file_is_called(home: Path, give: Give, tmp_path: Path) -> None:
    claim = {"claim_id": "J1", "setting": "practitioner", "lines": [{"code": "99213", "date": "2025-02-03"}]}
    table = tmp_path / "claims"
    table.write_bytes(claims_csv(*PAIR))
    duckdb.sql(f"copy (select * from read_csv('{table}', all_varchar = true)) to '{table}.parquet' (format parquet)")
    given = {
        "x12": write_837p([A_CLAIM]).encode(),
        "json": json.dumps([claim]).encode(),
        "parquet": Path(f"{table}.parquet").read_bytes(),
        "csv": claims_csv(*PAIR).replace(b",", b"\t"),
    }
    batches = {form: batch_in(home, give(content, "upload.bin")) for form, content in given.items()}
    for form, batch in batches.items():
        assert standing_of(finished(batch)).state == "done", (form, standing_of(batch).why)
        assert batch.job().form == form
        assert read_outcome(batch).claims == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "claims.csv", "The file is empty|the file is empty|No file was chosen"),
        (b"PK\x03\x04 a workbook", "claims.xlsx", "claims.xlsx: this is a zip archive or an Excel workbook"),
        (b"%PDF-1.7", "claims.csv", "this is a PDF"),
        (b"\x7fELF\x02\x01", "claims.csv", "expected claims as JSON, CSV"),
        (b"name,age\nx,3\n", "claims.csv", "claims.csv"),
    ],
)
def test_a_file_of_another_kind_is_refused_at_once(home: Path, give: Give, words, content, name, said) -> None:
    response = give(content, name)
    assert response.status_code == 400
    assert re.search(said, words(response))
    assert not list((home / "batches").glob("*/")), "nothing of it is kept"


def test_no_file(home: Path, words) -> None:
    response = Client().post("/batch", {"other": "x"})
    assert response.status_code == 400 and "No file was chosen" in words(response)


@pytest.mark.parametrize("size", [20_000, 300_000])
def test_too_large_is_said_and_leaves_nothing(home: Path, give: Give, settings, words, size: int) -> None:
    settings.CODEWARD_BATCH_MEGABYTES = 0.01
    response = give(claims_csv("x" * size))
    assert response.status_code == 413
    assert "larger than 0.01 MB" in words(response)
    assert not list(home.glob("batches/*/"))


def test_names_are_shown_without_their_folders_and_never_used(home: Path, give: Give, shut, words) -> None:
    assert name_shown("../../etc/passwd") == "passwd"
    assert name_shown("C:\\claims\\Jane\nDoe.csv") == "JaneDoe.csv"
    assert name_shown("/") == "claims"
    batch = batch_in(home, give(claims_csv(*PAIR), "../../../<b>Doe, Jane</b>.csv"))
    assert {path.name for path in batch.folder.iterdir()} <= {"claims.csv", "job.json", "lock", "pid", "out"}
    assert batch.folder.parent == home / "batches"
    body = Client().get(f"/batch/{batch.token}").content.decode()
    assert "<b>" not in body.split("<h1")[1].split("</h1>")[0]


def test_only_the_site_may_read_it(home: Path, give: Give) -> None:
    batch = finished(batch_in(home, give(claims_csv(*PAIR))))
    places = [batch.shelf, batch.folder, *batch.folder.rglob("*")]
    assert all(path.stat().st_mode & 0o077 == 0 for path in places)


@pytest.mark.parametrize("token", ["0" * 32, "F" * 32, "..", "%2e%2e", "x", ".arriving-0000", "slot-0.lock"])
@pytest.mark.parametrize("rest", ["", "/findings", "/findings.csv", "/findings.parquet"])
def test_an_address_cannot_be_guessed(home: Path, give: Give, shut, token: str, rest: str) -> None:
    batch_in(home, give(claims_csv(*PAIR)))
    assert Client().get(f"/batch/{token}{rest}").status_code == 404


def test_a_torn_file_is_told_with_its_reason(home: Path, give: Give, words) -> None:
    batch = finished(batch_in(home, give(b"PAR1 torn off", "mine.parquet")))
    said = words(Client().get(f"/batch/{batch.token}"))
    assert "The file cannot be used" in said and "mine.parquet: cannot be read as Parquet" in said
    assert "Nothing is said about these claims" in said and "read_parquet" not in said
    assert "Go on" not in said and str(home) + "/claims" not in said
    assert Client().get(f"/batch/{batch.token}/findings").status_code == 404


def test_others_wait_while_two_run(home: Path, give: Give, shut, words) -> None:
    first, second = (batch_in(home, give(claims_csv(*PAIR))) for _ in range(2))
    assert first.token != second.token
    assert "Waiting for its turn. It is next" in words(Client().get(f"/batch/{first.token}"))
    page = Client().get(f"/batch/{second.token}")
    assert "1 other before it" in words(page)
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    shut()
    assert standing_of(finished(first)).state == standing_of(finished(second)).state == "done"


def test_progress_is_asked_for_again_only_while_it_moves(home: Path, give: Give, shut) -> None:
    batch = batch_in(home, give(claims_csv(*PAIR)))
    page = Client().get(f"/batch/{batch.token}").content.decode()
    asked = re.search(r'hx-get="(/batch/[^"]+)"', page)
    assert asked
    same = Client().get(asked[1], headers={"HX-Request": "true"})
    assert same.status_code == 204
    shut()
    finished(batch)
    assert Client().get(asked[1], headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_killed_batch_is_said_to_have_stopped_and_goes_on(home: Path, give: Give, shut, words) -> None:
    batch = batch_in(home, give(claims_csv(*PAIR)))
    wait_until((batch.folder / "pid").is_file)
    os.kill(int((batch.folder / "pid").read_text()), signal.SIGKILL)
    wait_until(lambda: not batch.is_worked_on())
    said = words(Client().get(f"/batch/{batch.token}"))
    assert "Stopped before the end" in said and "it was killed" in said and "Go on" in said
    assert Client().get(f"/batch/{batch.token}/resume").status_code == 405
    assert Client().post(f"/batch/{batch.token}/resume")["Location"] == f"/batch/{batch.token}"
    assert standing_of(batch).state == "waiting"
    shut()
    assert standing_of(finished(batch)).state == "done"


def test_deleting_stops_the_process_and_leaves_nothing(home: Path, give: Give, shut) -> None:
    batch = batch_in(home, give(claims_csv(*PAIR)))
    wait_until((batch.folder / "pid").is_file)
    process = int((batch.folder / "pid").read_text())
    assert Client().get(f"/batch/{batch.token}/forget").status_code == 405
    gone = Client().post(f"/batch/{batch.token}/forget")
    assert gone["Location"] == "/batch?deleted=1"
    assert not batch.folder.exists()
    wait_until(lambda: not Path(f"/proc/{process}").exists() or "Z" in Path(f"/proc/{process}/stat").read_text(), 5)
    assert Client().get(f"/batch/{batch.token}").status_code == 404


def test_time_over(home: Path, give: Give, settings) -> None:
    batch = finished(batch_in(home, give(claims_csv(*PAIR))))
    settings.CODEWARD_BATCH_HOURS = 1e-7
    assert Client().get(f"/batch/{batch.token}").status_code == 404
    assert not batch.folder.exists()


def test_uploads_that_never_ended_are_cleared(home: Path) -> None:
    keeper = Batches(home, 24)
    left = keeper.receive()
    left.write(b"half a file")
    left.file.close()
    assert keeper.sweep(timezone.now()) == 0 and left.folder.is_dir(), "it may still be coming"
    keeper.sweep(timezone.now() + timedelta(hours=2))
    assert not left.folder.exists()


def test_too_many_waiting(home: Path, give: Give, shut, words, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codeward.services.batches.keeping.MOST_UNFINISHED", 1)
    assert MOST_UNFINISHED > 1
    batch_in(home, give(claims_csv(*PAIR)))
    response = give(claims_csv(*PAIR))
    assert response.status_code == 503 and response["Retry-After"]
    assert "1 batches wait or run already" in words(response)


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}]
)
def test_a_form_of_another_site_does_nothing(home: Path, give: Give, shut, headers: dict[str, str]) -> None:
    assert give(claims_csv(*PAIR), **headers).status_code == 400
    batch = batch_in(home, give(claims_csv(*PAIR), **{"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}))
    for action in ("forget", "resume"):
        assert Client(headers=headers).post(f"/batch/{batch.token}/{action}").status_code == 400
    assert batch.folder.is_dir()


def test_results_are_not_shown_once_terms_shut_what_they_were_made_of(home: Path, give: Give, settings, words) -> None:
    batch = finished(batch_in(home, give(claims_csv(*PAIR))))
    settings.CODEWARD_LICENCE = "none"
    said = words(Client().get(f"/batch/{batch.token}"))
    assert "terms held that hold no longer" in said and "17311" not in said
    for rest in ("findings", "findings.csv", "findings.parquet"):
        assert Client().get(f"/batch/{batch.token}/{rest}").status_code == 503


def test_sources_are_not_marked_where_another_library_is_in_use(home: Path, give: Give, words) -> None:
    batch = finished(batch_in(home, give(claims_csv(*PAIR))))
    summary = batch.result("summary.json")
    summary.write_text(json.dumps(json.loads(summary.read_text()) | {"library": "0123456789abcdef"}))
    page = Client().get(f"/batch/{batch.token}/findings")
    assert "Another library is in use since" in words(page)
    assert "/source?c=" not in page.content.decode()


def test_without_charges_no_money_is_made_up(home: Path, give: Give, words) -> None:
    bare = [row.rpartition(",")[0] + "," for row in PAIR]
    batch = finished(batch_in(home, give(claims_csv(*bare))))
    said = words(Client().get(f"/batch/{batch.token}"))
    assert "not known no line gives a charge" in said
    assert "Lines at risk by provider" in said and "1 line" in said
    assert "$" not in said


def test_bad_filters(home: Path, give: Give) -> None:
    batch = finished(batch_in(home, give(claims_csv(*PAIR))))
    address = f"/batch/{batch.token}/findings"
    assert Client().get(f"{address}?severity=awful").status_code == 400
    assert Client().get(f"{address}?start=-1").status_code == 400
    assert "begins after the last" in Client().get(f"{address}?start=5000").content.decode()
    assert "No finding passes" in Client().get(f"{address}?rule='+or+1%3D1--").content.decode()


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({}, "clean"),
        ({"by_severity": {"info": 3}}, "clean"),
        ({"by_severity": {"warn": 1}}, "findings"),
        ({"not_checked": [{"rule": "COV.*", "reason": "Coverage is not checked.", "lines": 2}]}, "incomplete"),
        ({"rejected_rows": 1}, "incomplete"),
        ({"claims": 0, "lines": 0}, "incomplete"),
    ],
)
def test_clean_is_said_only_where_nothing_was_left(tmp_path: Path, told: dict[str, object], verdict: str) -> None:
    (tmp_path / "out").mkdir()
    columns = "'' as provider, 1 as lines, 0 as lines_at_risk, 0 as at_risk"
    duckdb.sql(f"copy (select {columns}) to '{tmp_path}/out/risk.parquet' (format parquet)")
    rest = ("rejected_rows", "rejected_claims", "findings")
    whole = {
        **dict.fromkeys(rest, 0), "lines": 2, "claims": 1, "by_severity": {}, "not_checked": [], "by_rule": [],
        "by_provider": [], "by_month": [], "editions": {}, "library": "x",
        "at_risk": {"lines": 0, "charge": "0.00", "charged": "0.00"},
    }  # fmt: skip
    (tmp_path / "out" / "summary.json").write_text(json.dumps(whole | told))
    assert read_outcome(Batch(tmp_path)).verdict == verdict


def test_a_scrub_that_fails_of_itself_can_be_tried_again(home: Path, give: Give, shut, words) -> None:
    batch = batch_in(home, give(claims_csv(*PAIR)))
    (home / "current").unlink()
    shut()
    assert standing_of(finished(batch)).state == "failed"
    (home / "current").symlink_to(next(Path("libraries") / path.name for path in (home / "libraries").iterdir()))
    said = words(Client().get(f"/batch/{batch.token}"))
    assert "no library in" in said and "Go on" in said
    assert Client().post(f"/batch/{batch.token}/resume").status_code == 303
    assert standing_of(finished(batch)).state == "done"


def test_form_of_tells_what_is_wrong(tmp_path: Path) -> None:
    arrival = Batches(tmp_path, 24).receive()
    arrival.write(b"<html>")
    with pytest.raises(BadFile, match=r"page\.html: this is XML or HTML"):
        arrival.form("page.html")
    arrival.discard()
