"""What a timer runs: a dataset once a day, twice at once without harm, on after a kill, quiet after a rollback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import newsstand
import pytest
from newsstand import HCPCS, NOW, TODAY, ZIP, errand, open_stand, zipped

from codeward.ingest.downloads import Ledger
from codeward.ingest.fetch import fetcher, tick
from codeward.ingest.fetch.wanted import Asked
from codeward.services.look_up import look_up
from codeward.store.home import Home
from codeward.store.library import open_library
from golden import published, small_set
from publisher import Publisher, drip, publisher, silence

CPT = frozenset({"ama-cpt"})


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as running:
        open_stand(running)
        yield running


@pytest.fixture
def home(site: Publisher, tmp_path: Path) -> Path:
    """A home with last quarter's fee schedule and HCPCS, as `library fetch` left them in July."""
    july = zipped({"HCPC2025_JUL_ANWEB.txt": published.alphanumeric(small_set.SUPPLIES)})
    site.put(ZIP + "july-2025-alpha-numeric-hcpcs-file.zip", july)
    errand(site, tmp_path, date(2025, 7, 20)).fetch(["hcpcs"], Asked(editions=("2025-07",)))
    errand(site, tmp_path, date(2025, 2, 20)).fetch(["mpfs-rvu"], Asked(editions=("2025A",)), accept=CPT)
    site.log.clear()
    return tmp_path


def editions(home: Path) -> set[tuple[str, str]]:
    manifest = json.loads((Home(home).current() / "manifest.json").read_text())
    own = {"modifiers", "pos", "indicators", "taxonomy-specialty", "revenue-codes"}
    return {(item["dataset"], item["edition"]) for item in manifest["releases"] if item["dataset"] not in own}


def test_a_tick_fetches_what_is_new_of_what_is_here_and_puts_it_in_use(site, home):
    done = errand(site, home).tick(fetch=True)
    assert {item.edition for item in done.watch.news if item.dataset in ("hcpcs", "mpfs-rvu")} == {"2025-10", "2025D"}
    assert done.report.built is not None
    assert tick.came(done.report) == 2
    assert {("mpfs-rvu", "2025D"), ("hcpcs", "2025-10"), ("mpfs-rvu", "2025A")} <= editions(home)
    assert "nucc-taxonomy" not in {name for name, _ in editions(home)}, "nobody asked for it yet"
    assert look_up(open_library(home), "J1885", TODAY).sources


def test_a_second_tick_of_the_day_does_nothing(site, home):
    errand(site, home).tick(fetch=True)
    site.log.clear()
    done = errand(site, home).tick(fetch=True)
    assert site.log == [] and done.watch.looked == [] and done.report.built is None and done.status == 0
    tomorrow = errand(site, home, TODAY + timedelta(days=1), lambda: NOW + timedelta(days=1)).tick(fetch=True)
    assert tomorrow.watch.looked and tomorrow.report.built is None
    assert site.asked("alpha-numeric")


def test_without_fetch_a_tick_only_looks_and_leaves_the_rest_of_the_day_to_fetch(site, home):
    before = editions(home)
    done = errand(site, home).tick(fetch=False)
    assert done.watch.news and editions(home) == before and not site.asked("rvu25d.zip")[1:]
    assert errand(site, home).tick(fetch=True).report.built is not None


def test_unread_pages_show_in_the_status(site, home):
    done = errand(site, home).tick(fetch=False)
    assert done.status == 2 and any(name == "asc-aa" for name, _ in done.watch.problems)


def test_a_rollback_is_left_alone(site, home):
    old = Home(home).current().name
    errand(site, home).tick(fetch=True)
    Home(home).point_to(Home(home).find(old))
    later = errand(site, home, TODAY + timedelta(days=1), lambda: NOW + timedelta(days=1)).tick(fetch=True)
    assert later.report.built is None and Home(home).current().name == old


def test_what_was_downloaded_and_not_built_is_built(site, home):
    errand(site, home).fetch(["nucc-taxonomy"], Asked(), build=False)
    assert "nucc-taxonomy" not in {name for name, _ in editions(home)}
    errand(site, home).tick(fetch=True)
    assert "nucc-taxonomy" in {name for name, _ in editions(home)}


def test_a_refused_file_is_told_once_and_not_tried_every_hour(site, home):
    bad = published.rvu(small_set.RVU_2025_OCTOBER, "32.3465", 2025, "October").replace("WORK,", "W0RK,")
    site.put(f"{ZIP}rvu25d.zip", zipped({"PPRRVU2025_Oct.csv": bad}))
    first = errand(site, home).tick(fetch=True)
    assert first.status == 2 and len(first.report.refused) == 1
    assert ("hcpcs", "2025-10") in editions(home)
    again = errand(site, home).tick(fetch=True)
    assert again.status == 0 and again.report.refused == [] and again.report.built is None


def test_terms_nobody_accepted_are_no_business_of_a_timer(site, tmp_path):
    errand(site, tmp_path).fetch(["hcpcs"], Asked())
    done = errand(site, tmp_path).tick(fetch=True)
    assert not [item for item in done.report.outcomes if item.state == "terms"]


def test_two_ticks_at_once_do_it_once(site, home):
    site.trick(HCPCS, silence(0.6))
    found: list[tick.Done] = []
    both = [threading.Thread(target=lambda: found.append(errand(site, home).tick(fetch=True))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(done.running for done in found) == [False, True]
    assert next(done for done in found if done.running).status == 0
    assert len(site.asked("october-2025-alpha")) <= 3


def test_a_tick_gives_way_to_a_fetch(site, home):
    with fetcher.alone(Home(home)):
        assert errand(site, home).tick(fetch=True).running is True
        assert errand(site, home).tick(fetch=False).running is False


def test_nothing_to_do_needs_no_files(site, home):
    """A file that the library in use was built from is gone: no tick complains until it has something to add."""
    errand(site, home).tick(fetch=True)
    (home / "downloads" / "mpfs-rvu" / "rvu25a.zip").unlink()
    assert errand(site, home).tick(fetch=True).status == 0


def test_state_that_cannot_be_read_is_begun_anew(site, home):
    (home / "tick.json").write_text("{")
    assert errand(site, home).tick(fetch=False).watch.looked


class Command:
    """The command line in a process of its own, against the site."""

    def __init__(self, site: Publisher, home: Path) -> None:
        self._env = {**os.environ, "CODEWARD_HOME": str(home), "CODEWARD_MIRROR": site.base}

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "codeward.tools.cli", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self._env,
            start_new_session=True,
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err


def wait_for(path: Path, size: int) -> None:
    for _ in range(600):
        if path.exists() and path.stat().st_size >= size:
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} did not come")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_fetch_goes_on_when_it_is_started_again(site, tmp_path, how):
    big = zipped({"PPRRVU2025_Oct.csv": small_october(), "noise.txt": "".join(map(str, range(60_000)))})
    site.put(f"{ZIP}rvu25d.zip", big)
    site.trick(f"{ZIP}rvu25d.zip", drip(5_000, 0.2))
    command = Command(site, tmp_path)
    words = ("library", "fetch", "mpfs-rvu", "--edition", "2025D", "--accept", "ama-cpt")
    process = command.start(*words)
    part = tmp_path / "downloads" / "mpfs-rvu" / "rvu25d.zip.part"
    wait_for(part, 1)
    time.sleep(0.3)
    os.killpg(process.pid, how)
    _, err = process.communicate(timeout=60)
    assert part.exists() and "Traceback" not in err
    if how == signal.SIGINT:
        assert process.returncode == 130 and "goes on from there" in err
    here = part.stat().st_size
    assert 0 < here < len(big)
    status, out, err = command.run(*words)
    assert (status, "library" in out) == (0, True), err
    assert site.asked("rvu25d.zip")[-1].headers["range"] == f"bytes={here}-"
    assert not part.exists() and Ledger(Home(tmp_path)).entries[0].is_there()


def small_october() -> str:
    return published.rvu(small_set.RVU_2025_OCTOBER, "32.3465", 2025, "October")


def test_a_killed_tick_leaves_the_library_and_the_next_goes_on(site, home):
    """The clock of the command is the real one, so newer releases are asked for and none is there; what counts is the
    lock, which goes with the process, and the state, which says what was done."""
    site.trick(HCPCS, silence(30))
    command = Command(site, home)
    process = command.start("tick", "--fetch")
    for _ in range(600):
        if site.asked("quarterly-update"):
            break
        time.sleep(0.05)
    old = Home(home).current().name
    second = command.run("tick", "--fetch", "--json")
    assert second[0] == 0 and json.loads(second[1])["running"] is True
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    assert Home(home).current().name == old
    done = errand(site, home).tick(fetch=True)
    assert done.running is False and ("hcpcs", "2025-10") in editions(home)


def test_the_commands_say_the_same_as_text_and_as_json(site, tmp_path):
    command = Command(site, tmp_path)
    status, out, err = command.run("library", "fetch", "mpfs-rvu", "asc-aa", "--edition", "2025D", "--json")
    assert status == 2 and out == "" and err.count("\n") == 1 and "--accept ama-cpt" in err
    words = ("library", "fetch", "mpfs-rvu", "asc-aa", "--on", "2025-10-15", "--accept", "ama-cpt")
    status, out, err = command.run(*words, "--json")
    document = json.loads(out)
    assert status == document["status"] == 1
    assert [item["state"] for item in document["files"]] == ["came", "not found"]
    assert document["files"][0]["url"] == f"{ZIP}rvu25d.zip" and document["library"]["hash"]
    assert all(item["why"] == "status 404" for item in document["files"][1]["tried"])
    status, out, err = command.run(*words)
    assert (
        "mpfs-rvu 2025D: already here" in out and "! asc-aa 2025-10: not found" in err and f"{ZIP}october-2025" in err
    )
    status, out, err = command.run("library", "watch", "nucc-taxonomy", "--json")
    assert status == 0 and json.loads(out)["looked"] == ["nucc-taxonomy"]
    assert json.loads(out)["new"][0]["edition"] == "v25.1"
    status, out, err = command.run("library", "watch", "mpfs-rvu")
    assert (status, out) == (0, "nothing new among 1 dataset\n")
    status, out, err = command.run("library", "fetch", "mpfs-rvu", "--mirror", "nowhere")
    assert status == 2 and "is no mirror" in err
    status, out, err = command.run("code", "17311", "--on", "2025-10-15", "--json")
    assert {source["url"] for source in json.loads(out)["sources"] if source["dataset"] == "mpfs-rvu"} == {
        f"{ZIP}rvu25d.zip"
    }
    assert (tmp_path / "downloads" / "mpfs-rvu" / "rvu25d.zip").read_bytes() == newsstand.RVU_25D
