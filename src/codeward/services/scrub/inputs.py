"""Inputs of a batch: which files there are, what kind each is, and which of its columns holds what."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from codeward.core.faults import BadFile, BadInput
from codeward.ingest.claims.csv_columns import columns_of, is_header, separator_of
from codeward.rules.engines.duckdb_batch import RowsIn, columns_of_parquet, rows_of_parquet

_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to scrub: `rows` where it holds a service line a row, else a reader of claims goes over it first."""

    number: int
    input: int
    path: Path
    rows: RowsIn | None
    estimate: int


def input_files(inputs: Sequence[Path]) -> list[InputFile]:
    """Every file of the inputs in order; a folder is one input of several files. BadInput where there is none."""
    found: list[InputFile] = []
    for at, place in enumerate(inputs):
        for path in _files_of(place):
            found.append(_input_file(path, len(found), at))
    return found


def _files_of(place: Path) -> list[Path]:
    if place.is_dir():
        files = sorted(path for path in place.rglob("*") if path.is_file() and not path.name.startswith((".", "_")))
        if not files:
            raise BadInput(f"{place}: the folder is empty; expected Parquet, CSV, JSON or 837 files")
        return files
    if not place.is_file():
        raise BadInput(f"{place}: there is no such file")
    return [place]


def _input_file(path: Path, number: int, at: int) -> InputFile:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PAR1"):
        return _parquet(path, number, at)
    text, encoding = _text_of(head)
    lines = text.lstrip("\r\n").splitlines()
    if lines and is_header(lines[0]):
        return _csv(path, number, at, lines, encoding)
    return InputFile(number, at, path, None, path.stat().st_size // 300)


def _parquet(path: Path, number: int, at: int) -> InputFile:
    names = columns_of_parquet(path)
    places = {column: names[index] for column, index in columns_of(names, path.name, 0).items()}
    return InputFile(number, at, path, RowsIn(number, at, path, places), rows_of_parquet(path))


def _csv(path: Path, number: int, at: int, lines: list[str], encoding: str) -> InputFile:
    separator = separator_of(lines[0])
    header = next(csv.reader([lines[0]], delimiter=separator))
    names = tuple(f"c{index}" for index in range(len(header)))
    places = {column: names[index] for column, index in columns_of(header, path.name, 1).items()}
    rows = RowsIn(number, at, path, places, names, separator, encoding)
    width = max(sum(map(len, lines)) // len(lines) + 1, 1)
    return InputFile(number, at, path, rows, path.stat().st_size // width)


def ready_rows(path: Path, number: int, at: int, columns: Sequence[str]) -> RowsIn:
    """The rows that a reader of claims wrote down."""
    return RowsIn(number, at, path, {name: name for name in columns}, tuple(columns), ",", ready=True)


def _text_of(head: bytes) -> tuple[str, str]:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", errors="replace"), "utf-16"
    try:
        text = head[: head.rfind(b"\n") + 1 or len(head)].decode("utf-8-sig")
    except UnicodeDecodeError:
        return head.decode("cp1252", errors="replace"), "latin-1"
    return text, "utf-8"


def refuse_none(files: Sequence[InputFile]) -> None:
    """BadFile where all inputs together hold nothing."""
    if files and all(item.path.stat().st_size == 0 for item in files):
        raise BadFile(files[0].path.name, "the file is empty")
