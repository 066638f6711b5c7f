"""What CMS's risk adjustment software says of its categories: labels, hierarchies and coefficients.

Labels (`V28115L3.TXT`) and hierarchies (`V28115H1.TXT`) are SAS macros. Read are the statements that hold data, each
in full: `HCC1 ="…"` below `LABEL`, and `%SET0(CC=17, HIER=%STR(18, 19 ));` below `%*imposing hierarchies;`. Anything
else among those is a fault. What is program and not data is not read: the main macro (`V2823T2M.TXT`) and the edits by
age and sex (`V28I0ED1.TXT`), whose IF statements call formats that CMS publishes in SAS's own binary form only.
Labels and hierarchies hold from their model's first payment year on; the software does not date them otherwise.
The starter's package has them as CSV. Not read of it: the hierarchies of 2025, which lack 22 of CMS's 149 pairs of V28;
the coefficients of 2027, which are proposed ones; and Part D's (RxHCC), two of which share one name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO
from zlib import crc32

from codeward.datasets.cms_hcc import LANDING
from codeward.datasets.declare import Dataset, Days, Edition, Record, Shape, column
from codeward.datasets.editions import Name, fixed
from codeward.datasets.hcc_models import FIRST_PAYMENT_YEAR, MODELS, first_day
from codeward.datasets.kinds import TEXT, WORD, decimal

Source = Mapping[str, IO[bytes]]
_LICENCE = "Public domain (US government work)."


@dataclass(frozen=True, slots=True)
class LabelRow:
    """The label of one category of one model."""

    model: str = column(kind=TEXT, required=True, note="for example CMS-HCC Model V28")
    variable: str = column(kind=WORD, required=True, note="HCC22, or CC22 before hierarchies")
    label: str = column(kind=TEXT, required=True)


@dataclass(frozen=True, slots=True)
class HierarchyRow:
    """A category, and one that is dropped where a patient has both."""

    model: str = column(kind=TEXT, required=True)
    category: str = column(kind=WORD, required=True)
    drops: str = column(kind=WORD, required=True)
    group: str = column(kind=TEXT, note="the software's own remark, such as Neoplasm 1")


@dataclass(frozen=True, slots=True)
class CoefficientRow:
    """One relative factor: the segment of enrollees and the variable of the model, as CMS names them."""

    model: str = column(kind=TEXT, required=True)
    segment: str = column(kind=TEXT, required=True, note="CNA: community, not dual, aged; INS: institutional")
    variable: str = column(kind=TEXT, required=True, note="HCC22, an age and sex group or an interaction")
    value: Decimal = column(kind=decimal(3), required=True)


_LABEL = re.compile(r'\s*(?P<variable>H?CC\d+)\s*="(?P<label>[^"]+)"\s*')
_SET = re.compile(
    r"\s*/\*(?P<group>[^*/]+)\*/\s*%SET0\(\s*CC\s*=\s*(?P<category>\d+)\s*,"
    r"\s*HIER\s*=\s*%STR\(\s*(?P<drops>\d+(?:\s*,\s*\d+)*)\s*\)\s*\)\s*"
)


def _labels(files: Source) -> Iterator[Record]:
    for model, stream in files.items():
        yield from _sas_labels(stream, model) if model else _csv_labels(stream)


def _sas_labels(stream: IO[bytes], model: str) -> Iterator[Record]:
    """The assignments between `LABEL` and the lone semicolon that ends it."""
    lines = _lines(stream)
    begin = next((at for at, text in enumerate(lines) if text.strip() == "LABEL"), None)
    if begin is None:
        raise ValueError("no LABEL statement")
    for at, text in enumerate(lines[begin + 1 :], start=begin + 2):
        if text.strip() == ";":
            return
        match = _LABEL.fullmatch(text)
        if match is None:
            raise ValueError(f'line {at}: expected HCC and its number ="label"')
        yield at, [model, match["variable"], match["label"]], crc32(text.encode())
    raise ValueError("the LABEL statement has no end")


def _hierarchies(files: Source) -> Iterator[Record]:
    for model, stream in files.items():
        yield from _sas_hierarchies(stream, model) if model else _csv_hierarchies(stream)


def _sas_hierarchies(stream: IO[bytes], model: str) -> Iterator[Record]:
    """One row for each category that a SET0 call names; a call may run over several lines."""
    lines = _lines(stream)
    begin = next((at for at, text in enumerate(lines) if text.strip() == "%*imposing hierarchies;"), None)
    if begin is None:
        raise ValueError("no line '%*imposing hierarchies;'")
    call, first = "", 0
    for at, text in enumerate(lines[begin + 1 :], start=begin + 2):
        if not call and text.strip().startswith("%MEND"):
            return
        first = first if call else at
        call = f"{call} {text}" if call else text
        if call.strip() and call.rstrip().endswith(";"):
            yield from _pairs(call, first, model)
            call = ""
        call = call if call.strip() else ""
    raise ValueError("no %MEND after the hierarchies")


def _pairs(call: str, line: int, model: str) -> Iterator[Record]:
    match = _SET.fullmatch(call.rstrip().removesuffix(";"))
    if match is None:
        raise ValueError(f"line {line}: expected /*group*/ %SET0(CC=number, HIER=%STR(numbers));")
    check = crc32(call.encode())
    for drops in re.split(r"\s*,\s*", match["drops"]):
        yield f"{line}/HCC{drops}", [model, match["category"], drops, match["group"].strip()], check


def _coefficients(files: Source) -> Iterator[Record]:
    for model, stream in files.items():
        yield from _wide_coefficients(stream, model) if model else _csv_coefficients(stream)


def _wide_coefficients(stream: IO[bytes], model: str) -> Iterator[Record]:
    """One line of names such as CNA_HCC22 and below it one line of values."""
    rows = list(csv.reader(_text(stream)))
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        raise ValueError("expected one line of names and one of as many values")
    for name, value in zip(*rows, strict=True):
        yield f"2/{name}", [model, *_parted(name), value], crc32(f"{name} {value}".encode())


def _parted(name: str) -> tuple[str, str]:
    segment, mark, variable = name.strip().partition("_")
    if not mark:
        raise ValueError(f"expected a segment, _ and a variable, found {name!r}")
    return segment, variable


def _csv_labels(stream: IO[bytes]) -> Iterator[Record]:
    heads = ("cc", "label", "model_domain", "model_version", "model_fullname")
    for line, cells, check in _rows(stream, heads):
        variable, label, domain, version, _ = cells
        yield line, [_model(domain, version, line), variable, label], check


def _csv_hierarchies(stream: IO[bytes]) -> Iterator[Record]:
    heads = ("cc_parent", "cc_child", "model_domain", "model_version", "model_fullname")
    for line, cells, check in _rows(stream, heads):
        category, drops, domain, version, _ = cells
        yield line, [_model(domain, version, line), category, drops, ""], check


def _csv_coefficients(stream: IO[bytes]) -> Iterator[Record]:
    heads = ("coefficient", "value", "model_domain", "model_version")
    for line, cells, check in _rows(stream, heads):
        name, value, domain, version = cells
        if domain == "RxHCC":
            continue
        model = _model(domain, f"V{version[1:]}", line)
        yield line, [model, *_parted(name), value], check


def _model(domain: str, version: str, line: int) -> str:
    try:
        return MODELS[domain, version]
    except KeyError:
        raise ValueError(f"line {line}: {domain} {version} is no model known here") from None


def _rows(stream: IO[bytes], heads: tuple[str, ...]) -> Iterator[tuple[int, list[str], int]]:
    reader = csv.reader(_text(stream))
    if tuple(next(reader, [])) != heads:
        raise ValueError(f"line 1: expected the headings {', '.join(heads)}")
    for cells in reader:
        if len(cells) != len(heads):
            raise ValueError(f"line {reader.line_num}: expected {len(heads)} cells, found {len(cells)}")
        yield reader.line_num, cells, crc32("\x1f".join(cells).encode())


def _text(stream: IO[bytes]) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")


def _lines(stream: IO[bytes]) -> list[str]:
    return stream.read().decode("latin-1").splitlines()


def _days(cells: list[str]) -> Days:
    """From the model's first payment year; from the edition's own first day where that is not known."""
    first = first_day(cells[0])
    return (first, "9999-12-31") if first else ("", "")


def _by_version(pattern: str, edition: Callable[[Name], Edition]) -> tuple[Shape, ...]:
    """One shape a model, since files of several models make one edition."""
    return tuple(
        Shape(pattern.format(version=version), "own", edition, role=f"CMS-HCC Model V{version}")
        for version in FIRST_PAYMENT_YEAR
    )


def _payment_year(name: Name) -> Edition:
    year = int(name["year"])
    return Edition(f"PY{year}", date(year, 1, 1))


def _coefficient_year(name: Name) -> Edition:
    first = FIRST_PAYMENT_YEAR[name["version"]]
    year = max(2000 + int(name.groupdict().get("year") or 0), first)
    return Edition(f"PY{year}", date(year, 1, 1))


_SOFTWARE = fixed("software", date(2020, 1, 1))

CMS_HCC_LABELS = Dataset(
    id="cms-hcc-labels",
    title="CMS-HCC category labels",
    row=LabelRow,
    shapes=(
        Shape(r"^ra_labels_(?P<year>20\d\d)\.csv$", "own", _payment_year, from_package=True),
        *_by_version(r"^V{version}H?\d{{2,3}}L\d\.TXT$", _SOFTWARE),
    ),
    key=("model", "variable"),
    looked_up_by=("variable",),
    records=_labels,
    apart=True,
    days_of=_days,
    cadence="none",
    publisher="CMS",
    licence=_LICENCE,
    landing=LANDING,
)

CMS_HCC_HIERARCHIES = Dataset(
    id="cms-hcc-hierarchies",
    title="CMS-HCC hierarchies",
    row=HierarchyRow,
    shapes=(
        Shape(r"^ra_hierarchies_(?P<year>2026|202[7-9]|20[3-9]\d)\.csv$", "own", _payment_year, from_package=True),
        *_by_version(r"^V{version}H?\d{{2,3}}H\d\.TXT$", _SOFTWARE),
    ),
    key=("model", "category", "drops"),
    looked_up_by=("category", "drops"),
    records=_hierarchies,
    apart=True,
    days_of=_days,
    cadence="none",
    publisher="CMS",
    licence=_LICENCE,
    landing=LANDING,
    invariants=(("category <> drops", "a category drops itself"),),
)

CMS_HCC_COEFFICIENTS = Dataset(
    id="cms-hcc-coefficients",
    title="CMS-HCC relative factors",
    row=CoefficientRow,
    shapes=(
        Shape(r"^ra_coefficients_(?P<year>20\d\d)\.csv$", "own", _payment_year, from_package=True),
        *_by_version(r"^V(?P<version>{version})hcccoefn\.csv$", _coefficient_year),
        *_by_version(r"^C(?P<version>{version})(?P<year>\d\d)[OPT]\d[A-Q]\.csv$", _coefficient_year),
    ),
    key=("model", "segment", "variable"),
    looked_up_by=("variable",),
    records=_coefficients,
    apart=True,
    cadence="year",
    publisher="CMS",
    licence=_LICENCE,
    landing=LANDING,
    invariants=(("value between -5 and 60", "a relative factor is out of bounds (-5 to 60)"),),
)
