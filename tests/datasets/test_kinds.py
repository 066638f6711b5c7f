"""Cells are read strictly: a value keeps its worth, anything else is refused with what was expected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeward.datasets import kinds
from codeward.datasets.kinds import Kind, decimal

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
AMOUNTS = st.decimals(min_value=0, max_value=9_999_999, places=3)
ALL = (
    kinds.TEXT, kinds.PHRASE, kinds.VERBATIM, kinds.CODE, kinds.WORD, kinds.WHOLE, kinds.FLAG, kinds.COMPACT_DAY,
    kinds.ORDINAL_DAY, kinds.SLASH_DAY, kinds.ISO_DAY, kinds.MONEY, kinds.PERCENT, decimal(2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        (kinds.TEXT, "  two\r\n words ", "two words"),
        (kinds.VERBATIM, " first\r\nsecond ", "first\nsecond"),
        (kinds.CODE, " 17311 ", "17311"),
        (kinds.CODE, "100", "00100"),
        (kinds.CODE, "j1885", "J1885"),
        (kinds.WORD, "a", "A"),
        (kinds.WORD, "", ""),
        (kinds.WHOLE, "1,000", "1000"),
        (kinds.WHOLE, "4.0", "4"),
        (kinds.WHOLE, "", ""),
        (kinds.FLAG, "yes", "1"),
        (kinds.FLAG, "", "0"),
        (kinds.COMPACT_DAY, "20240630", "2024-06-30"),
        (kinds.COMPACT_DAY, "*", ""),
        (kinds.COMPACT_DAY, "20240630.0", "2024-06-30"),
        (kinds.ORDINAL_DAY, "2013091", "2013-04-01"),
        (kinds.ORDINAL_DAY, "2024366", "2024-12-31"),
        (kinds.SLASH_DAY, "7/1/2006", "2006-07-01"),
        (kinds.ISO_DAY, "2015-01-01", "2015-01-01"),
        (kinds.MONEY, "$1,740.720", "1740.720"),
        (kinds.MONEY, ".", ""),
        (kinds.MONEY, "NA", ""),
        (kinds.PERCENT, "20.000%", "20.000"),
        (decimal(2), "-0.50", "-0.50"),
        (decimal(2), ".5", "0.5"),
    ],
)
def test_cell_reads_as(kind: Kind, cell: str, text: str) -> None:
    assert kind.read(cell) == text


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (kinds.CODE, ""),
        (kinds.CODE, "1731"[:3] + "A"),
        (kinds.CODE, "17311A"),
        (kinds.CODE, "1731é"),
        (kinds.WORD, "two words"),
        (kinds.WORD, "A" * 11),
        (kinds.WHOLE, "four"),
        (kinds.WHOLE, "4.5"),
        (kinds.WHOLE, "--4"),
        (kinds.FLAG, "maybe"),
        (kinds.COMPACT_DAY, "2024-06-30"),
        (kinds.COMPACT_DAY, "20240631"),
        (kinds.COMPACT_DAY, "06302024"),
        (kinds.ORDINAL_DAY, "2024000"),
        (kinds.ORDINAL_DAY, "2024367"),
        (kinds.SLASH_DAY, "30/06/2024"),
        (kinds.SLASH_DAY, "2024-06-30"),
        (kinds.ISO_DAY, "06/30/2024"),
        (kinds.MONEY, "1,74.0"),
        (kinds.MONEY, "1.740,72"),
        (kinds.MONEY, "twelve"),
        (kinds.MONEY, "1e5"),
        (kinds.MONEY, "nan"),
        (kinds.PERCENT, "20 percent"),
    ],
)
def test_cell_is_refused(kind: Kind, cell: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        kind.read(cell)


def test_day_366_of_a_common_year_is_refused() -> None:
    """2023 has 365 days: the 366th would silently become January 1 of 2024."""
    with pytest.raises(ValueError, match="expected a date as YYYYDDD"):
        kinds.ORDINAL_DAY.read("2023366")


@pytest.mark.parametrize("cell", ["²", "٤", "४"])
def test_digits_of_other_scripts_are_no_number(cell: str) -> None:
    with pytest.raises(ValueError, match="expected a whole number"):
        kinds.WHOLE.read(cell)


@given(DAYS)
def test_days_of_every_layout_come_out_iso(day: date) -> None:
    for kind, cell in (
        (kinds.COMPACT_DAY, day.strftime("%Y%m%d")),
        (kinds.ORDINAL_DAY, day.strftime("%Y%j")),
        (kinds.SLASH_DAY, day.strftime("%m/%d/%Y")),
        (kinds.ISO_DAY, day.isoformat()),
    ):
        assert kind.read(cell) == day.isoformat()
        assert kind.load(kind.read(cell)) == day


@given(AMOUNTS)
def test_amounts_keep_their_worth(amount: Decimal) -> None:
    for cell in (f"{amount:f}", f"{amount:,f}", f"${amount:,f}", f" ${amount:f} "):
        assert kinds.MONEY.load(kinds.MONEY.read(cell)) == amount


@given(st.integers(-(10**9), 10**9))
def test_whole_numbers_keep_their_worth(number: int) -> None:
    assert kinds.WHOLE.read(f"{number:,}") == kinds.WHOLE.read(str(number)) == str(number)


@given(st.text(max_size=30))
def test_reading_twice_changes_nothing(cell: str) -> None:
    for kind in ALL:
        try:
            text = kind.read(cell)
        except ValueError:
            continue
        if kind in (kinds.COMPACT_DAY, kinds.ORDINAL_DAY, kinds.SLASH_DAY):
            assert text == "" or date.fromisoformat(text)
        else:
            assert kind.read(text) == text


@given(st.text(max_size=30))
def test_a_cell_is_read_or_refused_never_broken(cell: str) -> None:
    for kind in ALL:
        try:
            assert isinstance(kind.read(cell), str)
        except ValueError as refusal:
            assert str(refusal)
