"""Prose of groups: markup taken off, roles, partners and procedures read, and hostile texts read in linear time."""

from __future__ import annotations

import time

import pytest

from codeward.services.coverage.prose import plain_prose, read_group
from made_coverage import encoded


def test_markup_and_entities_come_off_and_comparisons_stay() -> None:
    text = encoded("For <b>codes</b> 11055 &amp; 11056<br>when size &lt; 5 cm<script>alert(1)</script>")
    assert plain_prose(text) == "For codes 11055 & 11056\nwhen size < 5 cm"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("For codes 11055, 11056 and 11057:", {"11055", "11056", "11057"}),
        ("The following support CPT codes 93306-93308", {"93306", "93307", "93308"}),
        ("CPT code G0127 only", {"G0127"}),
        ("All codes except 11055", set()),
        ("Not for code 11055", set()),
        ("Diagnoses such as C44.311", set()),
    ],
)
def test_procedures_that_a_group_is_for(text: str, codes: set[str]) -> None:
    assert read_group(text).codes == codes


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("Refer to Group 3 for the secondary diagnosis", ((3,),)),
        ("These require a code from group 2 and a code from group 3.", ((2,), (3,))),
        ("Must be reported with a code of group 4 or group 5", ((4, 5),)),
        ("Does not require a code from group 2", ()),
        ("See group 2 below", ()),
    ],
)
def test_partners_that_a_group_needs(text: str, needs: tuple[tuple[int, ...], ...]) -> None:
    assert read_group(text).needs == needs


@pytest.mark.parametrize(
    "text", ["All codes except 11055", "Does not require a code from group 2", "Two dual diagnoses"]
)
def test_what_is_not_understood_is_marked(text: str) -> None:
    assert read_group(text).unread


@pytest.mark.parametrize("piece", ["<", "<a ", "&amp;", "group 1, ", "11055-", "primary diagnosis ", "for code "])
def test_a_megabyte_of_one_thing_is_read_in_linear_time(piece: str) -> None:
    start = time.process_time()
    read_group(plain_prose(piece * (1_000_000 // len(piece))))
    assert time.process_time() - start < 5
