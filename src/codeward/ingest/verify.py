"""Verify: read the cited line of the cited file again and compare it with what the library holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codeward.core.faults import BadFile, NotFound
from codeward.core.sources import Source
from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.ingest.files import OfficialFile
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Part, read_part


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the line still reads as cited; `file_same` says whether the whole file is byte for byte the same."""

    same: bool
    file_same: bool
    words: str


def verify(source: Source, checked: int, path: Path, members: tuple[str, ...]) -> Verdict:
    """Compare the line with the check stored for it; NotFound when the file is no longer where it was read."""
    file = OfficialFile(path, members)
    if not path.is_file():
        raise NotFound(f"{path} is gone: put {source.file} back there, or build the library from where it is now")
    try:
        now = _check_at(DATASETS[source.dataset], source, file)
    except BadFile as fault:
        return Verdict(False, False, f"the file can no longer be read: {fault}")
    file_same = file.sha256 == source.sha256
    if now is None:
        return Verdict(False, file_same, f"line {source.line} of {source.file} is no longer there")
    if now != checked:
        return Verdict(False, file_same, f"line {source.line} of {source.file} reads differently now")
    if not file_same:
        return Verdict(True, False, f"line {source.line} reads as cited; elsewhere {source.file} has changed")
    return Verdict(True, True, f"line {source.line} of {source.file} reads as cited (sha256 {source.sha256})")


def _check_at(dataset: Dataset, source: Source, file: OfficialFile) -> int | None:
    for _, line, check, _ in read_part(dataset, _part(dataset, source, file)):
        if line == source.line or str(line) == str(source.line):
            return check
    return None


def _part(dataset: Dataset, source: Source, file: OfficialFile) -> Part:
    """The part the file was read in, with the files that were read beside it."""
    plan = make_plan([file.path], {dataset.id: dataset}, whole=False)
    for release in plan.releases:
        for part in release.parts:
            if part.main[2].name == file.name:
                return part
    match = dataset.shape_of(file.name)
    if match is None:
        raise NotFound(f"{source.file} is not a file of {dataset.id}")
    return Part(((*match, file),))
