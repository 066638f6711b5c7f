"""Fetching from a publisher's site to an answer with its source, and the report of what did not come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import newsstand
import pytest
from newsstand import GATE, HCPCS, PTP, RVU, ZIP, errand, open_stand, zipped

from codeward.core.faults import BadInput, NotLoaded
from codeward.datasets.addresses import Address
from codeward.datasets.registry import DATASETS
from codeward.ingest.downloads import Ledger
from codeward.ingest.fetch import fetcher
from codeward.ingest.fetch.errand import Errand
from codeward.ingest.fetch.wanted import Asked
from codeward.services.look_up import look_up
from codeward.store.home import Home
from codeward.store.library import open_library
from golden import published, small_set
from making import build_library
from publisher import QUICK, Publisher, drop_after, publisher, status

CPT = frozenset({"ama-cpt"})


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as running:
        open_stand(running)
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def states(report) -> dict[str, str]:
    return {item.name: item.state for item in report.outcomes}


def urls_of(home: Path) -> dict[str, str]:
    """Addresses in the sources of the library in use, by file."""
    library = open_library(home)
    found: dict[str, str] = {}
    for code in ("17311", "J1885", "207ND0101X"):
        with suppress(NotLoaded):
            found |= {source.file: source.url for source in look_up(library, code, date(2025, 10, 15)).sources}
    return found


def test_from_a_page_to_an_answer_that_cites_the_download(site, home):
    report = errand(site, home).fetch(["mpfs-rvu", "hcpcs", "nucc-taxonomy"], Asked(), accept=CPT)
    assert states(report) == {"mpfs-rvu 2025D": "came", "hcpcs 2025-10": "came", "nucc-taxonomy v25.1": "came"}
    assert report.status == 0 and report.built is not None
    urls = urls_of(home)
    assert urls["rvu25d.zip/PPRRVU2025_Oct.csv"] == f"{ZIP}rvu25d.zip"
    assert urls["october-2025-alpha-numeric-hcpcs-file.zip/HCPC2025_OCT_ANWEB.txt"].startswith(ZIP)
    assert urls["nucc_taxonomy_251.csv"] == "https://www.nucc.org/images/stories/CSV/nucc_taxonomy_251.csv"
    assert (home / "downloads" / "mpfs-rvu" / "rvu25d.zip").read_bytes() == newsstand.RVU_25D
    assert not list(home.rglob("*.part*"))


def test_the_ledger_says_what_came_whence_and_when(site, home):
    errand(site, home).fetch(["mpfs-rvu"], Asked(), accept=CPT, build=False)
    line = json.loads((home / "downloads" / "downloads.jsonl").read_text())
    assert line["url"] == f"{ZIP}rvu25d.zip"
    assert (line["dataset"], line["edition"], line["path"]) == ("mpfs-rvu", "2025D", "mpfs-rvu/rvu25d.zip")
    assert line["bytes"] == len(newsstand.RVU_25D) and len(line["sha256"]) == 64
    assert line["retrieved"] == "2025-10-15T06:00:00+00:00" and line["etag"] and line["last_modified"]
    assert not (home / "current").exists()


def test_a_second_fetch_asks_whether_anything_changed_and_builds_nothing(site, home):
    errand(site, home).fetch(["mpfs-rvu"], Asked(), accept=CPT)
    again = errand(site, home).fetch(["mpfs-rvu"], Asked())
    assert states(again) == {"mpfs-rvu 2025D": "held"} and again.built is None and again.status == 0
    assert "if-none-match" in site.asked("rvu25d.zip")[-1].headers


def test_files_behind_terms_come_only_once_these_are_accepted(site, home):
    with pytest.raises(BadInput, match="codeward library terms ama-cpt"):
        errand(site, home).fetch(["ncci-ptp-practitioner"], Asked())
    assert site.log == []
    report = errand(site, home).fetch(["ncci-ptp-practitioner"], Asked(), accept=CPT)
    assert [item.state for item in report.outcomes] == ["came"] * 4
    assert report.built is not None
    assert not site.asked("/license/"), "the page of terms itself is never asked for"
    assert Home(home).accepted()["ama-cpt"] == "2025-10-15T06:00:00+00:00"


def test_terms_nobody_wrote_cannot_be_accepted(site, home):
    with pytest.raises(BadInput, match="no terms are called 'everything'"):
        errand(site, home).fetch(["hcpcs"], Asked(), accept=frozenset({"everything"}))
    assert Home(home).accepted() == {}


def test_a_free_dataset_behind_terms_waits_for_them_too(site, home):
    """OPPS Addendum A is free of CPT codes, its link may stand behind the AMA's page all the same."""
    site.page(DATASETS["opps-addendum-a"].landing, f"{GATE}october-2025-opps-addendum-a.zip")
    report = errand(site, home).fetch(["opps-addendum-a"], Asked())
    assert states(report) == {"opps-addendum-a 2025-10": "terms"} and report.status == 1
    assert not site.asked("addendum-a.zip")


def test_a_free_dataset_in_an_archive_with_others_waits_for_their_terms_where_no_page_says_so(site, home):
    """The list of counties comes in the archive of the fee schedule, whose CPT numbers are under the AMA's terms."""
    site.page(DATASETS["county-locality"].landing)
    report = errand(site, home).fetch(["county-locality"], Asked())
    assert states(report) == {"county-locality 2025": "terms"} and report.built is None
    assert not site.asked("rvu25a.zip")
    report = errand(site, home).fetch(["county-locality"], Asked(), accept=CPT)
    assert states(report) == {"county-locality 2025": "came"} and report.built is not None


def test_all_takes_what_may_be_had_and_says_what_waits_for_terms(site, home):
    report = errand(site, home).fetch(["all"], Asked())
    found = {item.dataset: item.state for item in report.outcomes}
    assert found["mpfs-rvu"] == found["ncci-ptp-practitioner"] == "terms"
    assert found["hcpcs"] == found["nucc-taxonomy"] == "came"
    assert found["icd-10-cm"] == "not found" and report.status == 1
    assert report.built is not None


def test_what_is_not_found_names_every_address_that_was_tried(site, home):
    report = errand(site, home).fetch(["asc-aa", "nucc-taxonomy"], Asked(), accept=CPT)
    lost, came = report.outcomes
    assert lost.state == "not found" and len(lost.tried) == 3 and came.state == "came"
    assert all(why == "status 404" and url.startswith(ZIP) for url, why in lost.tried)
    assert any("could not be read: status 404" in text for _, text in report.notes)
    assert report.status == 1 and report.built is not None


def test_without_a_page_the_patterns_lead_there(site, home):
    site.files.pop("/" + HCPCS.removeprefix("https://"))
    report = errand(site, home).fetch(["hcpcs"], Asked())
    assert states(report) == {"hcpcs 2025-10": "came"}


def test_a_broken_line_fails_the_file_and_not_the_others(site, home):
    site.trick(f"{ZIP}rvu25d.zip", *[status(500)] * 9)
    report = errand(site, home).fetch(["mpfs-rvu", "nucc-taxonomy"], Asked(), accept=CPT)
    assert states(report) == {"mpfs-rvu 2025D": "failed", "nucc-taxonomy v25.1": "came"}
    assert report.status == 2 and report.built is not None
    assert report.outcomes[0].why == "status 500 (tried 3 times)"


def test_editions_are_asked_for_by_name_by_day_and_since(site, home):
    asked = errand(site, home)
    assert states(asked.fetch(["mpfs-rvu"], Asked(editions=("2025a",)), accept=CPT)) == {"mpfs-rvu 2025A": "came"}
    assert states(asked.fetch(["mpfs-rvu"], Asked(on=date(2025, 2, 1)))) == {"mpfs-rvu 2025A": "held"}
    since = states(asked.fetch(["mpfs-rvu"], Asked(since=date(2025, 3, 1))))
    assert since == {
        "mpfs-rvu 2025A": "held",
        "mpfs-rvu 2025B": "not found",
        "mpfs-rvu 2025C": "not found",
        "mpfs-rvu 2025D": "came",
    }
    unknown = asked.fetch(["mpfs-rvu"], Asked(editions=("2025X",)))
    assert states(unknown) == {"mpfs-rvu 2025X": "not found"} and unknown.status == 1


def test_a_release_published_ahead_comes_with_the_one_in_force(site, home):
    report = errand(site, home, today=date(2025, 9, 20)).fetch(["hcpcs"], Asked())
    assert states(report)["hcpcs 2025-10"] == "came"


def test_a_late_publisher_gives_the_newest_there_is(site, home):
    report = errand(site, home, today=date(2026, 1, 5)).fetch(["hcpcs"], Asked())
    assert states(report) == {"hcpcs 2025-10": "came"}


def test_one_zip_of_two_datasets_comes_once(site, home):
    report = errand(site, home).fetch(["mpfs-rvu", "mpfs-gpci"], Asked(editions=("2025A", "2025")), accept=CPT)
    assert [item.state for item in report.outcomes if item.state != "not found"] == ["came", "held"]
    assert len(site.asked("files/zip/rvu25a.zip")) == 1
    assert {entry.dataset: entry.path.name for entry in Ledger(Home(home)).entries} == {
        "mpfs-rvu": "rvu25a.zip",
        "mpfs-gpci": "rvu25a.zip",
    }


def test_a_dry_run_asks_for_pages_only_and_changes_nothing(site, home):
    report = errand(site, home).fetch(["mpfs-rvu"], Asked(), accept=CPT, dry_run=True)
    assert states(report) == {"mpfs-rvu 2025D": "planned"}
    assert report.outcomes[0].url == f"{ZIP}rvu25d.zip"
    assert (
        not site.asked(".zip") and not Home(home).accepted() and not (home / "downloads" / "downloads.jsonl").exists()
    )


def test_files_go_where_they_are_told_to(site, home, tmp_path):
    report = errand(site, home).fetch(["hcpcs"], Asked(), to=tmp_path / "share")
    assert report.outcomes[0].path == tmp_path / "share" / "hcpcs" / "october-2025-alpha-numeric-hcpcs-file.zip"
    assert states(errand(site, home).fetch(["hcpcs"], Asked())) == {"hcpcs 2025-10": "held"}


CHANGED = zipped(
    {
        "PPRRVU2025_Oct.csv": published.rvu(
            [row.replace("17311,,A", "17311,,R") for row in small_set.RVU_2025_OCTOBER], "32.3465", 2025, "October"
        )
    }
)


def test_what_changed_under_its_name_is_kept_beside_the_old(site, home):
    first = errand(site, home).fetch(["mpfs-rvu"], Asked(), accept=CPT)
    site.put(f"{ZIP}rvu25d.zip", CHANGED)
    second = errand(site, home).fetch(["mpfs-rvu"], Asked())
    assert states(second) == {"mpfs-rvu 2025D": "changed"}
    old, new = first.outcomes[0].path, second.outcomes[0].path
    assert old.read_bytes() == newsstand.RVU_25D and new.read_bytes() == CHANGED
    assert new.name == old.name == "rvu25d.zip" and new.parent.parent == old.parent
    assert second.built.hash != first.built.hash
    manifest = json.loads((second.built.folder / "manifest.json").read_text())
    assert [file["path"] for name, file in manifest["files"].items() if name.startswith("rvu")] == [str(new)]
    assert (first.built.folder / "reference.db").is_file()


def test_a_correction_under_another_name_takes_the_place_of_the_first(site, home):
    errand(site, home).fetch(["mpfs-rvu"], Asked(), accept=CPT)
    site.put(f"{ZIP}rvu25d-updated-10-10-2025.zip", CHANGED)
    site.page(f"{RVU}/rvu25d", f"{GATE}rvu25d.zip", f"{GATE}rvu25d-updated-10-10-2025.zip")
    news = errand(site, home).watch(["mpfs-rvu"]).news
    assert [(item.state, item.edition, item.file) for item in news] == [
        ("corrected", "2025D", "rvu25d-updated-10-10-2025.zip")
    ]
    report = errand(site, home).fetch(["mpfs-rvu"], Asked())
    manifest = json.loads((report.built.folder / "manifest.json").read_text())
    assert {name.split("/")[0] for name in manifest["files"] if "rvu" in name} == {"rvu25d-updated-10-10-2025.zip"}
    site.files.pop("/" + RVU.removeprefix("https://"))
    quiet = errand(site, home).fetch(["mpfs-rvu"], Asked())
    assert quiet.outcomes[0].url.endswith("rvu25d-updated-10-10-2025.zip"), "no page: the correction stays in place"
    assert quiet.built is None


def test_a_shared_zip_that_changes_is_changed_for_both(site, home):
    asked = Asked(editions=("2025A", "2025"))
    errand(site, home).fetch(["mpfs-rvu", "mpfs-gpci"], asked, accept=CPT)
    members = {"PPRRVU25_JAN.csv": published.rvu(small_set.RVU_2025[:-1], "32.3465", 2025, "January")}
    site.put(f"{ZIP}rvu25a.zip", zipped({**members, "GPCI2025.csv": newsstand.GPCI}))
    report = errand(site, home).fetch(["mpfs-rvu"], asked)
    assert states(report) == {"mpfs-rvu 2025": "not found", "mpfs-rvu 2025A": "changed"} and not report.refused
    latest = Ledger(Home(home)).latest()
    assert latest["mpfs-gpci", "2025", ""].path == latest["mpfs-rvu", "2025A", ""].path


def test_a_missing_part_keeps_the_others_out_until_it_comes(site, home):
    name = "medicare-ncci-2025q4-practitioner-ptp-edits-ccipra-v313r0-f3.zip"
    third = site.files.pop(f"/www.cms.gov/files/zip/{name}")
    report = errand(site, home).fetch(["ncci-ptp-practitioner"], Asked(), accept=CPT)
    assert [item.state for item in report.outcomes] == ["came", "came", "not found", "came"]
    assert report.built is None and report.status == 1
    assert sum("until the other parts" in text for _, text in report.notes) == 3
    site.put(ZIP + name, third)
    report = errand(site, home).fetch(["ncci-ptp-practitioner"], Asked())
    assert [item.state for item in report.outcomes] == ["held", "held", "came", "held"]
    assert report.built is not None and report.status == 0


def test_a_file_that_cannot_be_read_is_refused_and_the_others_are_built(site, home):
    bad = published.rvu(small_set.RVU_2025_OCTOBER, "32.3465", 2025, "October").replace("WORK,", "W0RK,")
    site.put(f"{ZIP}rvu25d.zip", zipped({"PPRRVU2025_Oct.csv": bad}))
    report = errand(site, home).fetch(["mpfs-rvu", "nucc-taxonomy"], Asked(), accept=CPT)
    assert report.status == 2 and report.built is not None
    [(path, why)] = report.refused
    assert path.name == "rvu25d.zip" and "heading 'WORK RVU' not found" in why
    assert "nucc_taxonomy_251.csv" in urls_of(home)


def test_a_correction_that_cannot_be_read_leaves_what_it_was_to_replace(site, home):
    errand(site, home).fetch(["mpfs-rvu"], Asked(), accept=CPT)
    bad = published.rvu(small_set.RVU_2025_OCTOBER, "32.3465", 2025, "October").replace("WORK,", "W0RK,")
    site.put(f"{ZIP}rvu25d.zip", zipped({"PPRRVU2025_Oct.csv": bad}))
    report = errand(site, home).fetch(["mpfs-rvu", "nucc-taxonomy"], Asked())
    assert report.status == 2 and len(report.refused) == 1 and report.built is not None
    assert {"rvu25d.zip/PPRRVU2025_Oct.csv", "nucc_taxonomy_251.csv"} <= set(urls_of(home))


def test_new_marks_of_the_same_bytes_are_remembered(site, home):
    """Some publishers' servers disagree about the ETag of one file: it is not had again every day."""
    errand(site, home).fetch(["hcpcs"], Asked(), build=False)
    before = Ledger(Home(home)).entries[-1]
    site.trick(before.url, lambda handler, content: handler.answer(200, content, {"ETag": '"other"'}))
    assert states(errand(site, home).fetch(["hcpcs"], Asked(), build=False)) == {"hcpcs 2025-10": "held"}
    after = Ledger(Home(home)).entries[-1]
    assert (after.etag, after.path, after.sha256) == ('"other"', before.path, before.sha256)


def test_a_zip_of_something_else_is_no_release(site, home):
    site.put(f"{ZIP}rvu25d.zip", zipped({"readme.txt": "x"}))
    report = errand(site, home).fetch(["mpfs-rvu"], Asked(), accept=CPT)
    assert report.status == 2 and report.built is None
    assert "it holds no file of mpfs-rvu (readme.txt)" in report.outcomes[0].why
    assert not list((home / "downloads" / "mpfs-rvu").iterdir())


def test_a_page_of_terms_in_place_of_the_file_is_answered_as_accepted(site, home):
    """Where CMS shows the AMA's page at the file's own address, it is asked as that page's button asks."""
    site.put(f"{ZIP}rvu25d.zip?agree=yes&next=Accept", newsstand.RVU_25D)
    site.put(f"{ZIP}rvu25d.zip", "<!DOCTYPE html><html>License for use of CPT</html>")
    report = errand(site, home).fetch(["mpfs-rvu"], Asked(), accept=CPT)
    assert states(report) == {"mpfs-rvu 2025D": "came"}
    assert report.outcomes[0].tried == ((f"{ZIP}rvu25d.zip", "an HTML page came instead of .zip"),)


def test_hand_given_files_stay_and_cite_their_download_once_it_is_known(site, home, tmp_path):
    given = tmp_path / "given" / "rvu25d.zip"
    given.parent.mkdir()
    given.write_bytes(newsstand.RVU_25D)
    build_library(home, given)
    assert urls_of(home)["rvu25d.zip/PPRRVU2025_Oct.csv"] == RVU
    errand(site, home).fetch(["mpfs-rvu", "nucc-taxonomy"], Asked())
    assert urls_of(home)["rvu25d.zip/PPRRVU2025_Oct.csv"] == f"{ZIP}rvu25d.zip"


def test_only_one_fetch_runs_at_a_time(site, home):
    with fetcher.alone(Home(home)), pytest.raises(BadInput, match="another fetch is running"):
        errand(site, home).fetch(["hcpcs"], Asked())


def test_a_ledger_line_cut_off_by_a_power_cut_counts_as_not_written(site, home):
    errand(site, home).fetch(["hcpcs"], Asked(), build=False)
    book = home / "downloads" / "downloads.jsonl"
    book.write_text(book.read_text() + '{"dataset": "mpfs')
    report = errand(site, home).fetch(["hcpcs", "nucc-taxonomy"], Asked(), build=False)
    assert [item.state for item in report.outcomes] == ["held", "came"]
    assert len(Ledger(Home(home)).entries) == 2
    book.write_text("nonsense\n" + book.read_text())
    with pytest.raises(BadInput, match=r"downloads\.jsonl:1: not a line"):
        errand(site, home).fetch(["hcpcs"], Asked())


def test_a_file_that_came_before_its_ledger_line_is_taken_over(site, home):
    """Killed between the two: the bytes are there and are the same."""
    left = home / "downloads" / "hcpcs" / "october-2025-alpha-numeric-hcpcs-file.zip"
    left.parent.mkdir(parents=True)
    left.write_bytes(newsstand.HCPCS_25D)
    report = errand(site, home).fetch(["hcpcs"], Asked(), build=False)
    assert report.outcomes[0].path == left
    assert [path.name for path in left.parent.iterdir()] == [left.name]


def test_a_deleted_download_comes_again(site, home):
    first = errand(site, home).fetch(["hcpcs"], Asked(), build=False)
    first.outcomes[0].path.unlink()
    assert states(errand(site, home).fetch(["hcpcs"], Asked(), build=False)) == {"hcpcs 2025-10": "came"}


def test_a_stopped_fetch_goes_on_where_it_was(site, home):
    site.trick(f"{ZIP}rvu25d.zip", drop_after(500))
    impatient = replace(errand(site, home), patience=replace(QUICK, attempts=1, most=1))
    assert impatient.fetch(["mpfs-rvu"], Asked(), accept=CPT).status == 2
    assert (home / "downloads" / "mpfs-rvu" / "rvu25d.zip.part").stat().st_size == 500
    assert errand(site, home).fetch(["mpfs-rvu"], Asked()).status == 0
    assert site.asked("rvu25d.zip")[-1].headers["range"] == "bytes=500-"


def test_watch_lists_what_is_new_and_changes_nothing(site, home):
    site.modified["/www.cms.gov/files/zip/rvu25d.zip"] = "Tue, 26 Aug 2025 10:00:00 GMT"
    before = errand(site, home).watch(["mpfs-rvu", "nucc-taxonomy", "hcpcs"])
    assert {item.dataset for item in before.news} == {"mpfs-rvu", "nucc-taxonomy", "hcpcs"}
    rvu = next(item for item in before.news if item.dataset == "mpfs-rvu")
    assert (rvu.edition, rvu.effective, rvu.file) == ("2025D", date(2025, 10, 1), "rvu25d.zip")
    assert rvu.published == date(2025, 8, 26) and rvu.terms == "ama-cpt" and rvu.url == f"{ZIP}rvu25d.zip"
    assert not home.exists()
    errand(site, home).fetch(["mpfs-rvu"], Asked(editions=("2025A",)), accept=CPT)
    found = errand(site, home).watch(["mpfs-rvu"])
    assert found.held == {"mpfs-rvu": "2025A"}
    assert [item.edition for item in found.news] == ["2025D"], "2025B and C are listed and lie nowhere"
    errand(site, home).fetch(["mpfs-rvu"], Asked(), build=False)
    assert errand(site, home).watch(["mpfs-rvu"]).news == []


def test_watch_counts_all_parts_and_tells_what_it_cannot_read(site, home):
    found = errand(site, home).watch(["ncci-ptp-practitioner", "asc-aa"])
    assert [item.part for item in found.news] == ["f1", "f2", "f3", "f4"]
    assert len(site.asked("ccipra")) == 1, "one question for the date, not one a part"
    assert found.problems[0][0] == "asc-aa" and "status 404" in found.problems[0][1]
    assert found.looked == ["ncci-ptp-practitioner", "asc-aa"]


def test_a_page_listed_under_an_unreadable_name_is_told(site, home):
    site.page(HCPCS, "/files/zip/latest-0000-alpha-numeric-hcpcs-file.zip")
    found = errand(site, home).watch(["hcpcs"])
    assert found.problems == [("hcpcs", f"no release can be told from {ZIP}latest-0000-alpha-numeric-hcpcs-file.zip")]


def test_the_mirror_is_all_that_is_asked(site, home):
    """Even where a page or redirect names another host."""
    site.page(
        PTP, "https://elsewhere.example/files/zip/medicare-ncci-2025q4-practitioner-ptp-edits-ccipra-v313r0-f1.zip"
    )
    report = errand(site, home).fetch(["ncci-ptp-practitioner"], Asked(), accept=CPT, build=False)
    assert report.outcomes[0].state == "came", "by pattern"
    assert site.asked("/elsewhere.example/files/zip/")


def test_errands_have_sensible_ways_by_themselves(home):
    plain = Errand(Home(home), date(2025, 10, 15), lambda: newsstand.NOW, lambda text, share: None)
    assert plain.mirror.base == "" and plain.patience.pause >= 1 and plain.patience.attempts > 1


def rolling(monkeypatch, *files: str, links: tuple[str, ...] = ()):
    """The taxonomy as a publication whose addresses never change."""
    urls = tuple(Address(f"https://www.nucc.org/{name}") for name in files)
    made = replace(DATASETS["nucc-taxonomy"], cadence="none", addresses=urls, links=links)
    monkeypatch.setitem(DATASETS, made.id, made)


def test_an_address_that_always_gives_the_newest_is_told_by_its_file(site, home, monkeypatch):
    rolling(monkeypatch, "latest.zip", links=(r"/latest\.zip$",))
    site.page(newsstand.NUCC, "/latest.zip")
    site.put("https://www.nucc.org/latest.zip", zipped({"nucc_taxonomy_250.csv": newsstand.TAXONOMY}))
    first = errand(site, home).watch(["nucc-taxonomy"]).news
    assert [(item.edition, item.effective, item.state) for item in first] == [("newest", None, "new")]
    assert states(errand(site, home).fetch(["nucc-taxonomy"], Asked())) == {"nucc-taxonomy v25.0": "came"}
    assert errand(site, home).watch(["nucc-taxonomy"]).news == []
    site.put("https://www.nucc.org/latest.zip", zipped({"nucc_taxonomy_251.csv": newsstand.TAXONOMY}))
    assert [item.edition for item in errand(site, home).watch(["nucc-taxonomy"]).news] == ["newest"]
    report = errand(site, home).fetch(["nucc-taxonomy"], Asked())
    assert states(report) == {"nucc-taxonomy v25.1": "changed"}
    manifest = json.loads((report.built.folder / "manifest.json").read_text())
    kept = [item["edition"] for item in manifest["releases"] if item["dataset"] == "nucc-taxonomy"]
    assert kept == ["v25.0", "v25.1"], "the edition before stays for the days it was in force"


def test_plain_addresses_of_one_dataset_are_all_had(site, home, monkeypatch):
    rolling(monkeypatch, "nucc_taxonomy_250.csv", "nucc_taxonomy_251.csv")
    for name in ("nucc_taxonomy_250.csv", "nucc_taxonomy_251.csv"):
        site.put(f"https://www.nucc.org/{name}", newsstand.TAXONOMY)
    report = errand(site, home).fetch(["nucc-taxonomy"], Asked(), build=False)
    assert [(item.edition, item.state) for item in report.outcomes] == [("v25.0", "came"), ("v25.1", "came")]


def test_a_zip_that_turns_out_to_be_another_is_passed_over_and_not_had_again(site, home):
    name = "october-2025-alpha-numeric-hcpcs-files.zip"
    site.put(f"{ZIP}october-2025-alpha-numeric-hcpcs-file.zip", zipped({"proc_notes.txt": "x"}))
    site.put(ZIP + name, newsstand.HCPCS_25D)
    for _ in range(2):
        report = errand(site, home).fetch(["hcpcs"], Asked())
        assert report.outcomes[0].state in ("came", "held") and report.status == 0
    assert len(site.asked("october-2025-alpha-numeric-hcpcs-file.zip")) == 1
