"""One download: taken up where it broke off, checked before it counts, given up in words a person understands."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from codeward.ingest.fetch.download import Marks, Transfer
from codeward.ingest.fetch.mirror import Mirror
from codeward.ingest.fetch.patience import Patience, read_retry_after
from codeward.ingest.fetch.session import AGENT, Session
from codeward.ingest.fetch.troubles import Failed, NotThere, Refused, WrongContent
from publisher import (
    LAST_MODIFIED,
    QUICK,
    Publisher,
    drip,
    drop_after,
    packed,
    publisher,
    redirect,
    short,
    silence,
    status,
    whole,
    without_length,
)


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as running:
        yield running


def archive(size: int = 200_000, seed: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(
            zipfile.ZipInfo("PPRRVU2025_Oct.csv", (2025, 10, 1, 0, 0, 0)), random.Random(seed).randbytes(size)
        )
    return out.getvalue()


ZIP = archive()


@pytest.fixture
def get(site: Publisher, tmp_path: Path) -> Callable[..., Path | None]:
    """Download from the site; the path of the finished file, None when nothing changed."""

    def run(url: str, patience: Patience = QUICK, known: Marks | None = None) -> Path | None:
        with Session(frozenset({f"127.0.0.1:{site.port}"}), patience, Mirror()) as session:
            name = url.rsplit("/", 1)[-1]
            done = Transfer(session, url, name, tmp_path / f"{name}.part", lambda here, total: None, known).run()
            return done.path if done else None

    return run


def test_a_file_comes_as_it_is_and_says_who_asks(site, get):
    url = site.put("/files/zip/rvu25d.zip", ZIP)
    assert get(url).read_bytes() == ZIP
    asked = site.asked("rvu25d")[0]
    assert asked.headers["user-agent"] == AGENT
    assert asked.headers["accept-encoding"] == "identity"


def test_a_broken_line_is_taken_up_where_it_broke(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, drop_after(70_000), drop_after(50_000))
    assert get(url).read_bytes() == ZIP
    ranges = [item.headers.get("range") for item in site.asked("a.zip")]
    assert ranges == [None, "bytes=70000-", "bytes=120000-"]
    assert all(item.headers["if-range"].startswith('"') for item in site.asked("a.zip")[1:])


def test_a_later_run_goes_on_with_what_an_earlier_one_left(site, get, tmp_path):
    url = site.put("/a.zip", ZIP)
    once = replace(QUICK, attempts=1, most=1)
    site.trick(url, drop_after(70_000))
    with pytest.raises(Failed, match=r"broke|bytes came"):
        get(url, once)
    assert (tmp_path / "a.zip.part").stat().st_size == 70_000
    assert get(url).read_bytes() == ZIP
    assert site.asked("a.zip")[-1].headers["range"] == "bytes=70000-"


def test_a_server_that_ignores_ranges_sends_all_again(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, drop_after(70_000), whole)
    assert get(url).read_bytes() == ZIP


def test_a_file_that_changed_meanwhile_is_begun_anew(site, get):
    url, newer = site.put("/a.zip", ZIP), archive(seed=2)

    def change(handler, content):
        drop_after(70_000)(handler, content)
        site.put("/a.zip", newer)

    site.trick(url, change)
    assert get(url).read_bytes() == newer


def test_a_piece_of_another_state_is_not_glued_on(site, get):
    """Some servers answer a range though If-Range does not fit."""
    url, newer = site.put("/a.zip", ZIP), archive(seed=2)

    def piece_of_newer(handler, content):
        site.put("/a.zip", newer)
        span = {"Content-Range": f"bytes 70000-{len(newer) - 1}/{len(newer)}"}
        handler.answer(206, newer[70_000:], handler.marks(newer) | span)

    site.trick(url, drop_after(70_000), piece_of_newer)
    assert get(url).read_bytes() == newer


def test_a_piece_from_elsewhere_is_not_glued_on(site, get):
    url = site.put("/a.zip", ZIP)

    def wrong_piece(handler, content):
        span = {"Content-Range": f"bytes 10-{len(content) - 1}/{len(content)}"}
        handler.answer(206, content[10:], handler.marks(content) | span)

    site.trick(url, drop_after(70_000), wrong_piece)
    assert get(url).read_bytes() == ZIP


def test_without_marks_nothing_is_gone_on_with(site, get):
    url = site.put("/a.zip", ZIP)
    site.tags, site.modified["/a.zip"] = False, ""
    site.trick(url, drop_after(70_000))
    assert get(url).read_bytes() == ZIP
    assert "range" not in site.asked("a.zip")[1].headers


def test_a_longer_part_than_the_file_is_dropped(site, get, tmp_path):
    url = site.put("/a.zip", ZIP)
    site.trick(url, drop_after(70_000))
    with pytest.raises(Failed):
        get(url, replace(QUICK, attempts=1, most=1))
    with (tmp_path / "a.zip.part").open("ab") as part:
        part.write(bytes(len(ZIP)))
    assert get(url).read_bytes() == ZIP


def test_the_part_of_another_address_is_dropped(site, get, tmp_path):
    first, second = site.put("/old/a.zip", ZIP), site.put("/new/a.zip", archive(seed=2))
    site.trick(first, drop_after(70_000))
    with pytest.raises(Failed):
        get(first, replace(QUICK, attempts=1, most=1))
    assert get(second).read_bytes() == archive(seed=2)


def test_what_is_held_and_unchanged_does_not_come_again(site, get):
    url = site.put("/a.zip", ZIP)
    get(url)
    tag = f'"{hashlib.md5(ZIP).hexdigest()}"'
    assert get(url, known=Marks(tag, LAST_MODIFIED)) is None
    assert site.asked("a.zip")[-1].headers["if-none-match"] == tag


def test_busy_servers_are_left_alone_as_long_as_they_ask(site, get):
    url, slept = site.put("/a.zip", ZIP), []
    site.trick(url, status(429, Retry_After="3"), status(503), status(500))
    assert get(url, replace(QUICK, attempts=4, sleep=slept.append)).read_bytes() == ZIP
    assert slept == [3.0, 0.02, 0.04]


def test_a_wait_beyond_patience_ends_it(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, status(503, Retry_After="86400"))
    with pytest.raises(Failed, match=r"status 503 \(tried 1 time\)"):
        get(url)


def test_a_server_that_stays_broken_is_given_up(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, *[status(500)] * 9)
    with pytest.raises(Failed, match=r"status 500 \(tried 3 times\)"):
        get(url)
    assert len(site.asked("a.zip")) == 3


@pytest.mark.parametrize("code", [404, 410])
def test_what_is_not_there_is_not_asked_for_again(site, get, code):
    url = site.put("/a.zip", ZIP)
    site.trick(url, status(code))
    with pytest.raises(NotThere, match=str(code)):
        get(url)
    assert len(site.asked("a.zip")) == 1


def test_a_refusal_is_taken_for_an_answer(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, status(403))
    with pytest.raises(Refused, match="status 403"):
        get(url)
    assert len(site.asked("a.zip")) == 1


@pytest.mark.parametrize("target", ["/b.zip", "{base}/b.zip"])
def test_redirects_are_followed(site, get, target):
    url = site.put("/a.zip", b"")
    site.put("/b.zip", ZIP)
    site.trick(url, redirect(target.format(base=site.base)))
    assert get(url).read_bytes() == ZIP


def test_a_circle_of_redirects_ends(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, *[redirect("/a.zip")] * 9)
    with pytest.raises(Refused, match="more than 5 redirects"):
        get(url)
    assert len(site.asked("a.zip")) == 6


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("file:///etc/passwd", "not a web address"),
        ("ftp://127.0.0.1/a.zip", "not a web address"),
        ("http://169.254.169.254/latest/meta-data", "not a public host"),
        ("http://10.0.0.8/a.zip", "not a public host"),
        ("http://[::1]/a.zip", "not a public host"),
        ("http://localhost/a.zip", "not a public host"),
        ("http://0x7f000001/a.zip", "not a public host|cannot be resolved"),
        ("http://user:secret@127.0.0.1/a.zip", "named with a user"),
    ],
)
def test_no_redirect_leads_into_this_network(site, get, target, words):
    url = site.put("/a.zip", ZIP)
    site.trick(url, redirect(target))
    with pytest.raises(Refused, match=words):
        get(url)


def test_another_port_of_a_trusted_host_is_not_trusted(site, get):
    with publisher() as inner:
        secret = inner.put("/a.zip", ZIP)
        url = site.put("/a.zip", ZIP)
        site.trick(url, redirect(secret))
        with pytest.raises(Refused, match="not a public host"):
            get(url)
        assert inner.log == []


def test_a_page_in_place_of_the_file_is_told(site, get, tmp_path):
    url = site.put("/a.zip", "\n <!DOCTYPE html><html><body>Agree to the terms</body></html>")
    with pytest.raises(WrongContent, match=r"an HTML page came instead of \.zip"):
        get(url)
    assert not list(tmp_path.iterdir())


def test_other_bytes_than_the_name_says_are_told(site, get):
    with pytest.raises(WrongContent, match=r"does not begin as a \.pdf file"):
        get(site.put("/manual.pdf", ZIP))
    with pytest.raises(WrongContent, match="HTML"):
        get(site.put("/nucc_taxonomy_251.csv", "<html><p>moved</p></html>" + " " * 2000))


def test_a_small_table_is_taken_as_it_is(site, get):
    assert get(site.put("/nucc_taxonomy_251.csv", "Code,Grouping\n")).read_text() == "Code,Grouping\n"


def test_half_an_archive_under_a_fitting_length_is_noticed(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, short)
    assert get(url).read_bytes() == ZIP
    site.trick(url, short, short)
    with pytest.raises(WrongContent, match="not a whole archive"):
        get(url)


def test_a_length_that_promises_more_than_comes_is_not_believed(site, get):
    url = site.put("/a.zip", ZIP)

    def promise_more(handler, content):
        handler.answer(200, content, {}, len(content) + 10)
        handler.wfile.flush()
        handler.close_connection = True

    site.trick(url, *[promise_more] * 9)
    with pytest.raises(Failed):
        get(url)


def test_without_a_length_the_archive_itself_tells(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, without_length)
    assert get(url).read_bytes() == ZIP


def test_compression_on_the_way_is_undone(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, packed)
    assert get(url).read_bytes() == ZIP


def test_a_line_that_hardly_gives_anything_is_given_up(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, drip(50, 0.05))
    assert get(url).read_bytes() == ZIP
    resumed = int(site.asked("a.zip")[1].headers["range"].removeprefix("bytes=").rstrip("-"))
    assert 0 < resumed < 2_000


def test_drips_for_ever_end_too(site, get):
    url = site.put("/a.zip", ZIP)

    def drip_on(handler, content):
        first = handler._first(handler.marks(content), len(content))
        span = {"Content-Range": f"bytes {first}-{len(content) - 1}/{len(content)}"} if first else {}
        handler.answer(206 if first else 200, content[first : first + 40], handler.marks(content) | span, 10_000)
        handler.wfile.flush()
        handler.close_connection = True

    site.trick(url, *[drip_on] * 20)
    with pytest.raises(Failed, match="tried 6 times"):
        get(url, replace(QUICK, most=6))


def test_a_silent_line_is_given_up(site, get):
    url = site.put("/a.zip", ZIP)
    site.trick(url, silence(1.0))
    assert get(url, replace(QUICK, read=0.3)).read_bytes() == ZIP


def test_a_dead_host_is_said_once(tmp_path):
    with publisher() as gone:
        trusted = frozenset({gone.base[7:]})
    slept: list[float] = []
    with Session(trusted, replace(QUICK, sleep=slept.append), Mirror()) as session:
        for name in ("a.zip", "b.zip"):
            with pytest.raises(Failed, match=r"no connection \(tried 3 times\)"):
                Transfer(session, f"{gone.base}/{name}", name, tmp_path / name, lambda here, total: None).run()
    assert len(slept) == 2


def test_too_large_a_file_is_refused_before_and_while_it_comes(site, get, tmp_path):
    small, url = replace(QUICK, largest=50_000), site.put("/a.zip", ZIP)
    with pytest.raises(Refused, match="50,000"):
        get(url, small)
    site.trick(url, without_length)
    with pytest.raises(Refused, match="50,000"):
        get(url, small)
    assert not list(tmp_path.iterdir())


def test_pauses_and_robots_are_kept(site, tmp_path):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n")
    first, second = site.put("/a.zip", ZIP), site.put("/b.zip", ZIP)
    slept: list[float] = []
    polite = replace(QUICK, pause=1.0, sleep=slept.append, clock=lambda: 100.0)
    with Session(frozenset({f"127.0.0.1:{site.port}"}), polite, Mirror()) as session:
        for url in (first, second):
            Transfer(session, url, url[-5:], tmp_path / url[-5:], lambda here, total: None).run()
        with pytest.raises(Refused, match=r"robots\.txt"):
            Transfer(session, f"{site.base}/private/a.zip", "a.zip", tmp_path / "c", lambda here, total: None).run()
    assert slept == [7.0]
    assert len(site.asked("robots.txt")) == 1


def test_what_a_publisher_asks_for_is_read():
    assert read_retry_after("120") == 120.0
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < read_retry_after(soon) <= 90
    assert read_retry_after("Wed, 01 Oct 2025 12:00:00 GMT") == 0
    assert read_retry_after("later") is None
    assert read_retry_after(None) is None
