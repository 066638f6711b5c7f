"""Every file that is opened for reading is closed again, not left to the garbage collector."""

from __future__ import annotations

import gc
import lzma
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from codeward.datasets.registry import DATASETS
from codeward.ingest.files import OfficialFile
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import read_part
from golden import published, small_set
from golden.published import pack, put

FEES = published.rvu(small_set.RVU_2024, "33.2875")
TABULAR = small_set.TABULAR.format(year=2026, sclerosis="")


def read_all(dataset: str, path: Path) -> None:
    """Every row of every part."""
    for release in make_plan([path], {dataset: DATASETS[dataset]}).releases:
        for part in release.parts:
            assert list(read_part(release.dataset, part))


def left_open(read: Callable[[], None]) -> list[str]:
    """What the garbage collector had to close."""
    gc.collect()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always", ResourceWarning)
        read()
        gc.collect()
    return [str(item.message) for item in seen if issubclass(item.category, ResourceWarning)]


@pytest.mark.parametrize(
    ("dataset", "name", "content"),
    [
        ("mpfs-rvu", "PPRRVU24_JUL.csv", FEES),
        ("hcpcs", "HCPC2019_CONTR_ANWEB.txt", published.alphanumeric(small_set.SUPPLIES).encode("latin-1")),
        ("icd-10-cm", "icd10c-tabular-April-1-2026.xml", TABULAR),
        ("cms-hcc", "ra_dx_to_cc_2026.csv", "diagnosis_code,cc,model_name\nG35,77,CMS-HCC Model V24\n"),
    ],
    ids=["csv", "fixed width", "xml", "own reader"],
)
def test_rows_of_a_plain_file(tmp_path: Path, dataset: str, name: str, content: str | bytes) -> None:
    path = put(tmp_path, name, content)
    assert left_open(lambda: read_all(dataset, path)) == []


def test_rows_of_a_member_of_a_zip(tmp_path: Path) -> None:
    path = pack(tmp_path / "rvu24c.zip", {"PPRRVU24_JUL.csv": FEES})
    assert left_open(lambda: read_all("mpfs-rvu", path)) == []


def test_hash_of_a_member_and_of_a_packed_file(tmp_path: Path) -> None:
    path = pack(tmp_path / "rvu24c.zip", {"PPRRVU24_JUL.csv": FEES})
    packed = put(tmp_path, "store.xz", lzma.compress(b"content"))

    def read() -> None:
        assert len(OfficialFile(path, ("PPRRVU24_JUL.csv",)).sha256) == 64
        assert len(OfficialFile(packed).sha256) == 64

    assert left_open(read) == []


def test_a_file_that_is_refused_half_way(tmp_path: Path) -> None:
    path = put(tmp_path, "PPRRVU24_JUL.csv", FEES.replace("6.20,", "6.2O,", 1))

    def read() -> None:
        with pytest.raises(Exception, match="expected a number"):
            read_all("mpfs-rvu", path)

    assert left_open(read) == []


def test_many_reads_leave_no_handle(tmp_path: Path) -> None:
    path = put(tmp_path, "PPRRVU24_JUL.csv", FEES)
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        pytest.skip("this platform does not list open handles")
    before = len(list(handles.iterdir()))
    for _ in range(30):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            read_all("mpfs-rvu", path)
    assert len(list(handles.iterdir())) <= before + 1
