"""Worksheets: boundaries of every size step, hierarchies, rounding, and one clear line for what cannot be worked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeward.core.faults import BadInput
from codeward.services.worksheets.amounts import Amount, read_amount, read_dosage
from codeward.services.worksheets.infusion import further_hours
from codeward.services.worksheets.kinds import KINDS, kind_named
from codeward.services.worksheets.sites import read_place
from codeward.services.worksheets.sizes import families
from codeward.services.worksheets.therapy import units_of
from codeward.services.worksheets.values import Worksheet
from codeward.services.worksheets.work_out import work_out
from codeward.store.library import Library

DAY = date(2024, 8, 15)


@pytest.fixture
def work(small_library: Library):
    """A worksheet worked on the small library, as the whole answer."""

    def run(kind: str, day: date = DAY, **values: Any) -> Worksheet:
        return work_out(small_library, kind_named(kind), values, day).value

    return run


@pytest.fixture
def lines(work):
    """Only the lines, as pairs of code and units."""
    return lambda kind, **values: [(line.shown, line.units) for line in work(kind, **values).lines]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"site": "nose", "stages": [7, 3, 6]}, [("17311", 1), ("17312", 2), ("17315", 3)]),
        ({"site": "left upper eyelid", "stages": [5]}, [("17311", 1)]),
        ({"site": "back", "stages": "6"}, [("17313", 1), ("17315", 1)]),
        ({"site": "Trunk", "stages": "5 5"}, [("17313", 1), ("17314", 1)]),
        ({"site": "trunk/arms/legs", "stages": "5,5"}, [("17313", 1), ("17314", 1)]),
        ({"site": "head/neck/hands/feet/genitalia", "stages": [1]}, [("17311", 1)]),
        ({"site": "back of hand", "stages": [2]}, [("17311", 1)]),
        ({"site": "back", "stages": [2], "deep": True}, [("17311", 1)]),
        (
            {"tumors": [{"site": "nose", "stages": [6]}, {"site": "leg", "stages": [5, 8]}]},
            [("17311", 1), ("17315", 1), ("17313", 1), ("17314", 1), ("17315", 3)],
        ),
        ({"tumors": "nose, 7+3\nback, 2, deep=yes"}, [("17311", 1), ("17312", 1), ("17315", 2), ("17311", 1)]),
    ],
)
def test_mohs_counts_stages_and_blocks_by_stage(lines, given, expected):
    assert lines("mohs", **given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"area_sq_cm": 10, "site": "nose"}, [("14060", 1)]),
        ({"area_sq_cm": 10.1, "site": "nose"}, [("14061", 1)]),
        ({"area_sq_cm": 30, "site": "cheek"}, [("14041", 1)]),
        ({"area_sq_cm": 30, "site": "scalp"}, [("14021", 1)]),
        ({"area_sq_cm": 10, "site": "trunk"}, [("14000", 1)]),
        ({"area_sq_cm": 30.1}, [("14301", 1)]),
        ({"area_sq_cm": 60}, [("14301", 1)]),
        ({"area_sq_cm": 60.1}, [("14301", 1), ("14302", 1)]),
        ({"area": "90"}, [("14301", 1), ("14302", 1)]),
        ({"area": 90.1}, [("14301", 1), ("14302", 2)]),
        ({"primary_sq_cm": 6, "secondary_sq_cm": 4.5, "site": "nose"}, [("14061", 1)]),
        ({"primary": 40, "secondary": 30}, [("14301", 1), ("14302", 1)]),
    ],
)
def test_flaps_go_by_site_to_thirty_and_by_area_beyond(lines, given, expected):
    assert lines("flap", **given) == expected


@pytest.mark.parametrize(
    ("kind", "site", "length", "code"),
    [
        ("simple", "scalp", 2.5, "12001"), ("simple", "scalp", 2.6, "12002"), ("simple", "hand", 7.5, "12002"),
        ("simple", "trunk", 7.6, "12004"), ("simple", "trunk", 12.5, "12004"), ("simple", "trunk", 12.6, "12005"),
        ("simple", "trunk", 20, "12005"), ("simple", "trunk", 20.1, "12006"), ("simple", "trunk", 30, "12006"),
        ("simple", "trunk", 30.1, "12007"), ("simple", "face", 2.5, "12011"), ("simple", "face", 2.6, "12013"),
        ("simple", "lip", 5, "12013"), ("simple", "lip", 5.1, "12014"), ("simple", "ear", 7.6, "12015"),
        ("simple", "nose", 12.6, "12016"), ("simple", "nose", 20.1, "12017"), ("simple", "nose", 30.1, "12018"),
        ("intermediate", "scalp", 2.5, "12031"), ("intermediate", "trunk/limbs", 2.6, "12032"),
        ("intermediate", "axilla", 7.6, "12034"), ("intermediate", "arm", 12.6, "12035"),
        ("intermediate", "leg", 20.1, "12036"), ("intermediate", "leg", 30.1, "12037"),
        ("intermediate", "neck", 2.5, "12041"), ("intermediate", "hands/feet", 2.6, "12042"),
        ("intermediate", "genitalia", 7.6, "12044"), ("intermediate", "foot", 12.6, "12045"),
        ("intermediate", "neck", 20.1, "12046"), ("intermediate", "neck", 30.1, "12047"),
        ("intermediate", "face", 2.5, "12051"), ("intermediate", "face", 2.6, "12052"),
        ("intermediate", "face", 5.1, "12053"), ("intermediate", "face", 7.6, "12054"),
        ("intermediate", "face", 12.6, "12055"), ("intermediate", "face", 20.1, "12056"),
        ("layered", "face", 30.1, "12057"), ("complex", "trunk", 1.1, "13100"), ("complex", "trunk", 2.6, "13101"),
        ("complex", "scalp", 2.5, "13120"), ("complex", "leg", 7.5, "13121"), ("complex", "chin", 2.5, "13131"),
        ("complex", "axilla", 2.6, "13132"), ("complex", "eyelid", 2.5, "13151"), ("complex", "lip", 7.5, "13152"),
    ],
)  # fmt: skip
def test_repairs_by_class_site_and_length(lines, kind, site, length, code):
    assert lines("repair", **{"class": kind}, group=site, lengths_cm=[length]) == [(code, 1)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"class": "intermediate", "group": "trunk/limbs", "lengths_cm": [1.5, 3.0]}, [("12032", 1)]),
        ({"class": "simple", "site": "scalp", "lengths_cm": "1.2+1.3"}, [("12001", 1)]),
        ({"class": "complex", "site": "nose", "lengths_cm": [7.6]}, [("13152", 1), ("13153", 1)]),
        ({"class": "complex", "site": "nose", "lengths_cm": [12.5]}, [("13152", 1), ("13153", 1)]),
        ({"class": "complex", "site": "back", "lengths_cm": [12.6]}, [("13101", 1), ("13102", 2)]),
        (
            {
                "wounds": [
                    "intermediate, scalp, 1.5",
                    "intermediate, back, 3.0",
                    "simple, cheek, 2",
                    "simple, nose, 0.6",
                ]
            },
            [("12032", 1), ("12013", 1)],
        ),
        ({"wounds": [["complex", "cheek", [2, 1]], ["complex", "neck", [5]]]}, [("13132", 1), ("13133", 1)]),
        ({"class": "simple", "site": "chin", "lengths_cm": [3], "adhesive": "yes"}, [("G0168", 1)]),
        ({"class": "simple", "site": "chin", "lengths_cm": [3], "adhesive": "yes", "payer": "other"}, [("12013", 1)]),
        ({"class": "simple", "site": "chin", "lengths_cm": ["25 mm"]}, [("12011", 1)]),
    ],
)
def test_lengths_are_added_within_class_and_group_alone(lines, given, expected):
    assert lines("repair", **given) == expected


@pytest.mark.parametrize(
    ("nature", "site", "diameter", "margin", "code"),
    [
        ("benign", "back", 0.5, None, "11400"), ("benign", "back", 0.6, None, "11401"),
        ("benign", "leg", 1.0, None, "11401"), ("benign", "leg", 1.1, None, "11402"),
        ("benign", "arm", 2.1, None, "11403"), ("benign", "arm", 3.1, None, "11404"),
        ("benign", "arm", 4.1, None, "11406"), ("benign", "hand", 2.0, None, "11422"),
        ("benign", "face", 4.0, None, "11444"), ("benign", "mucous membrane", 4.1, None, "11446"),
        ("malignant", "cheek", 1.2, 0.4, "11642"), ("malignant", "cheek", 1.2, 0.5, "11643"),
        ("in situ", "scalp", 0.5, None, "11620"), ("malignant", "neck", 3.2, 0.4, "11624"),
        ("malignant", "back", 3.3, 0.4, "11606"), ("melanoma", "ear", 0.3, 0.1, "11640"),
    ],
)  # fmt: skip
def test_excised_diameter_is_the_lesion_and_twice_the_margin(lines, nature, site, diameter, margin, code):
    given = {"nature": nature, "site": site, "diameter_cm": diameter} | ({"margin_cm": margin} if margin else {})
    assert lines("excision", **given) == [(code, 1)]


def test_the_narrowest_margin_counts_and_lesions_are_not_added(lines, work):
    assert lines("excision", nature="malignant", site="nose", diameter_cm=1, margins_cm=[0.5, 1]) == [("11642", 1)]
    assert lines("excision", lesions=["malignant, nose, 1, 0.5", "benign, back, 0.4"]) == [("11642", 1), ("11400", 1)]
    small = work("excision", nature="benign", site="back", excised_cm=0.5)
    assert any("closure of every kind" in reason for reason in small.because)
    assert "No margin was given" in work("excision", nature="benign", site="back", diameter_cm=1).warnings[0]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"graft": "split", "site": "leg", "area_sq_cm": 100}, [("15100", 1)]),
        ({"graft": "stsg", "site": "leg", "area_sq_cm": 100.5}, [("15100", 1), ("15101", 1)]),
        ({"graft": "split", "site": "face", "area_sq_cm": [150, 51]}, [("15120", 1), ("15121", 2)]),
        ({"graft": "split", "site": "trunk", "age_years": 4, "body_percent": 1.5}, [("15100", 1), ("15101", 1)]),
        ({"graft": "split", "site": "trunk", "age_years": 10, "area_sq_cm": 90}, [("15100", 1)]),
        ({"graft": "full", "site": "nose", "area_sq_cm": 20}, [("15260", 1)]),
        ({"graft": "full", "site": "cheek", "area_sq_cm": 21}, [("15240", 1), ("15241", 1)]),
        ({"graft": "full thickness", "site": "scalp", "area_sq_cm": 60}, [("15220", 1), ("15221", 2)]),
        ({"graft": "full", "site": "back", "area_sq_cm": 5}, [("15200", 1)]),
        ({"graft": "skin substitute", "site": "leg", "area_sq_cm": 25}, [("15271", 1)]),
        ({"graft": "substitute", "site": "leg", "area_sq_cm": 99}, [("15271", 1), ("15272", 3)]),
        ({"graft": "substitute", "site": "leg", "area_sq_cm": 100}, [("15273", 1)]),
        ({"graft": "substitute", "site": "foot", "area_sq_cm": 101}, [("15277", 1), ("15278", 1)]),
        ({"graft": "substitute", "site": "foot", "area_sq_cm": 26}, [("15275", 1), ("15276", 1)]),
        ({"graft": "epidermal", "site": "arm", "area_sq_cm": 20}, [("15110", 1)]),
        ({"graft": "dermal", "site": "hand", "area_sq_cm": 220}, [("15135", 1), ("15136", 2)]),
    ],
)
def test_grafts_by_recipient_area(lines, given, expected):
    assert lines("graft", **given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"technique": ["punch", "tangential"]}, [("11104", 1), ("11103", 1)]),
        ({"technique": ["punch", "punch", "shave", "incisional"]}, [("11106", 1), ("11105", 2), ("11103", 1)]),
        ({"technique": ["incisional", "incisional"]}, [("11106", 1), ("11107", 1)]),
        ({"technique": "tangential"}, [("11102", 1)]),
        ({"technique": "2 punch, shave x3"}, [("11104", 1), ("11105", 1), ("11103", 3)]),
        ({"technique": {"punch": 2, "tangential": 1}}, [("11104", 1), ("11105", 1), ("11103", 1)]),
        ({"technique": [{"technique": "shave", "count": 2}]}, [("11102", 1), ("11103", 1)]),
        ({"punch": 1, "tangential": 2}, [("11104", 1), ("11103", 2)]),
    ],
)
def test_one_biopsy_is_the_primary_by_rank(lines, given, expected):
    assert lines("biopsy", **given) == expected


@pytest.mark.parametrize(
    ("given", "units"),
    [
        ({"administered_mg": 40, "unit_mg": 10}, 4),
        ({"administered_mg": 40.1, "unit_mg": 10}, 5),
        ({"administered_mg": 0.5, "unit_mg": 10}, 1),
        ({"administered": "0.5 g", "unit": "250 mg"}, 2),
        ({"administered_mcg": 1500, "unit_mg": 1}, 2),
        ({"administered": 30, "unit": 15}, 2),
        ({"administered_units": 2500, "unit": "1,000 units"}, 3),
    ],
)
def test_a_dose_is_rounded_up_to_whole_units(lines, given, units):
    assert lines("drug", code="j3301", **given) == [("J3301", units)]


def test_the_dosage_is_read_from_the_loaded_file_and_cited(work):
    found = work("drug", date(2025, 11, 1), code="J1885", administered="30 mg")
    assert [(line.shown, line.units) for line in found.lines] == [("J1885", 2)]
    assert found.reasons[0].sources and "15 mg" in found.reasons[0].text
    differs = work("drug", date(2025, 11, 1), code="J1885", administered="30 mg", unit_mg=10)
    assert any("was given as 10 mg" in text and "15 mg" in text for text in differs.warnings)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Injection, ketorolac tromethamine, per 15 mg", Amount(Decimal(15), "mg")),
        ("Invented, not otherwise specified, 1 mg (not for another)", Amount(Decimal(1), "mg")),
        ("1000 UNITS", Amount(Decimal(1000), "units")),
        ("1 GM", Amount(Decimal(1000), "mg")),
        ("0.5 ML", Amount(Decimal("0.5"), "ml")),
        ("up to 40 Units", Amount(Decimal(40), "units")),
        ("Greater than 100 MG", None),
        ("4 MG-4 MG-2 MG", None),
        ("PER VIAL", None),
        ("50 MCG (250 IU)", Amount(Decimal("0.05"), "mg")),
    ],
)
def test_published_dosages_are_read_or_left(text, amount):
    assert read_dosage(text) == amount


def test_amounts_are_not_guessed():
    assert read_amount("40") == Amount(Decimal(40)) and read_amount("2 million units") == Amount(
        Decimal(2000000), "units"
    )
    assert read_amount("forty mg") is None and read_amount("40 furlongs") is None


@pytest.mark.parametrize(
    ("given", "on", "expected"),
    [
        ({"administered_mg": 200, "vial_mg": 200}, DAY, [("J9271-JZ", 200)]),
        ({"administered_mg": 150, "vial_mg": 200}, DAY, [("J9271", 150), ("J9271-JW", 50)]),
        ({"administered_mg": 150, "vial_mg": 100}, DAY, [("J9271", 150), ("J9271-JW", 50)]),
        ({"administered_mg": 150, "vial_mg": [100, 100]}, DAY, [("J9271", 150), ("J9271-JW", 50)]),
        ({"administered_mg": 150, "vial_mg": 100, "vials": 3}, DAY, [("J9271", 150), ("J9271-JW", 150)]),
        ({"administered_mg": 150, "discarded_mg": 50}, DAY, [("J9271", 150), ("J9271-JW", 50)]),
        ({"administered_mg": 199.5, "vial_mg": 200}, DAY, [("J9271-JZ", 200)]),
        ({"administered_mg": 200, "vial_mg": 200}, date(2023, 6, 30), [("J9271", 200)]),
        ({"administered_mg": 200, "vial_mg": 200}, date(2023, 7, 1), [("J9271-JZ", 200)]),
        ({"administered_mg": 150, "vial_mg": 200}, date(2023, 6, 30), [("J9271", 150), ("J9271-JW", 50)]),
        ({"administered_mg": 150, "vial_mg": 200, "single_dose": False}, DAY, [("J9271", 150)]),
    ],
)
def test_waste_of_single_dose_containers(work, given, on, expected):
    found = work("drug_waste", on, code="J9271", unit_mg=1, **({"single_dose": True} | given))
    assert [(line.shown, line.units) for line in found.lines] == expected


def test_waste_inside_the_rounded_up_unit_is_not_billed_again(lines):
    assert lines("drug_waste", code="J9999", administered_mg=70, vial_mg=100, unit_mg=100, single_dose=True) == [
        ("J9999-JZ", 1)
    ]
    assert lines("drug_waste", code="J9999", administered_mg=7, vial_mg=20, unit_mg=5, single_dose=True) == [
        ("J9999", 2),
        ("J9999-JW", 2),
    ]


@pytest.mark.parametrize(
    ("given", "units"),
    [
        ({"minutes": 45}, "3.0"), ({"minutes": 50}, "3.3"), ({"minutes": 52}, "3.5"), ({"minutes": 1}, "0.1"),
        ({"minutes": "30+15"}, "3.0"), ({"start": "07:30", "stop": "08:17"}, "3.1"),
        ({"start": "23:30", "stop": "00:30"}, "4.0"), ({"periods": [["0730", "0800"], ["0810", "0825"]]}, "3.0"),
    ],
)  # fmt: skip
def test_anesthesia_time_has_one_decimal(lines, given, units):
    assert lines("anesthesia", **given) == [("time_units", units)]


@pytest.mark.parametrize(
    ("minutes", "units"),
    [(0, 0), (7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3), (52, 3), (53, 4), (67, 4), (68, 5), (82, 5), (83, 6)],
)
def test_eight_minutes_make_a_unit(lines, minutes, units):
    assert units_of(minutes) == units
    assert lines("therapy_8_minute", timed_minutes_total=minutes) == [("timed_units", units)]


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ({"97112": 24, "97110": 23}, [("97112", 2), ("97110", 1)]),
        ({"97112": 20, "97110": 20}, [("97112", 2), ("97110", 1)]),
        ({"97110": 33, "97140": 7}, [("97110", 2), ("97140", 1)]),
        ({"97110": 18, "97140": 13, "97116": 10, "97035": 8}, [("97110", 1), ("97140", 1), ("97116", 1)]),
        ({"97112": 7, "97110": 7, "97140": 7}, [("97112", 1)]),
        ({"97112": 4}, []),
    ],
)
def test_therapy_units_are_spread_by_the_total(lines, services, expected):
    """The examples of Medicare Claims Processing Manual (100-04), chapter 5, section 20.2."""
    assert lines("therapy", services=services) == expected
    assert lines("therapy", minutes=services) == expected


def test_the_midpoint_rule_counts_each_service_by_itself(lines):
    assert lines("therapy", services={"97110": 8, "97140": 8}) == [("97110", 1)]
    assert lines("therapy", services={"97110": 8, "97140": 8}, rule="midpoint") == [("97110", 1), ("97140", 1)]


@pytest.mark.parametrize(("beyond", "hours"), [(-5, 0), (0, 0), (30, 0), (31, 1), (60, 1), (90, 1), (91, 2), (150, 2)])
def test_a_further_hour_needs_more_than_thirty_minutes(beyond, hours):
    assert further_hours(beyond) == hours


@pytest.mark.parametrize(
    ("services", "setting", "expected"),
    [
        (["a, chemo, infusion, 60"], "facility", [("96413", 1)]),
        (["a, chemo, infusion, 91"], "facility", [("96413", 1), ("96415", 1)]),
        (["a, chemo, infusion, 90"], "facility", [("96413", 1)]),
        (["a, therapeutic, infusion, 15"], "facility", [("96374", 1)]),
        (["a, therapeutic, infusion, 16"], "facility", [("96365", 1)]),
        (["a, hydration, infusion, 30"], "facility", []),
        (["a, hydration, infusion, 31"], "facility", [("96360", 1)]),
        (["a, hydration, infusion, 91"], "facility", [("96360", 1), ("96361", 1)]),
        (["a, therapeutic, push, 2", "f, hydration, infusion, 31"], "facility", [("96374", 1), ("96361", 1)]),
        (["f, hydration, infusion, 91", "a, therapeutic, push"], "facility", [("96374", 1), ("96361", 2)]),
        (
            ["o, therapeutic, push", "d, therapeutic, infusion, 20", "c, chemo, infusion, 120", "e, chemo, push"],
            "facility",
            [("96413", 1), ("96415", 1), ("96411", 1), ("96367", 1), ("96375", 1)],
        ),
        (
            ["c, chemo, infusion, 45", "e, chemo, infusion, 100", "f, hydration, infusion, 60, concurrent=yes"],
            "facility",
            [("96413", 1), ("96417", 1), ("96415", 1)],
        ),
        (
            ["c, chemo, infusion, 60", "d, therapeutic, infusion, 60, concurrent=yes", "g, therapeutic, infusion, 30, "
             "concurrent=yes"],
            "facility",
            [("96413", 1), ("96368", 1)],
        ),
        (["m, therapeutic, push", "m, therapeutic, push"], "facility", [("96374", 1), ("96376", 1)]),
        (["m, therapeutic, push", "m, therapeutic, push"], "practitioner", [("96374", 1)]),
        (["v, therapeutic, im", "w, chemo, sc", "h, chemo, im, hormonal=yes"], "practitioner",
         [("96372", 1), ("96401", 1), ("96402", 1)]),
        (["p, chemo, infusion, 500, pump=yes"], "practitioner", [("96416", 1)]),
        (["a, therapeutic, infusion, 60, access=1", "b, therapeutic, infusion, 60, access=2"], "facility",
         [("96365", 1), ("96365", 1)]),
        (["d, therapeutic, infusion, 60, primary=yes", "c, therapeutic, push"], "practitioner",
         [("96365", 1), ("96375", 1)]),
        (["c, therapeutic, push, primary=yes", "d, therapeutic, infusion, 60"], "practitioner",
         [("96374", 1), ("96367", 1)]),
        (["c, therapeutic, push, primary=yes", "d, therapeutic, infusion, 60"], "facility",
         [("96365", 1), ("96375", 1)]),
        (["a, therapeutic, infusion, start=09:00, stop=10:31"], "facility", [("96365", 1), ("96366", 1)]),
    ],
)  # fmt: skip
def test_infusions_have_one_initial_service_by_rank(lines, services, setting, expected):
    assert lines("infusion", services=services, setting=setting) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"visit": "established", "problems": "moderate", "data": "minimal", "risk": "moderate"}, [("99214", 1)]),
        ({"visit": "established", "problems": "high", "data": "limited", "risk": "minimal"}, [("99213", 1)]),
        ({"new": True, "mdm": "straightforward"}, [("99202", 1)]),
        ({"visit": "established", "minutes": 29}, [("99213", 1)]),
        ({"visit": "established", "minutes": 30}, [("99214", 1)]),
        ({"visit": "new", "minutes": 44}, [("99203", 1)]),
        ({"visit": "established", "minutes": 68}, [("99215", 1)]),
        ({"visit": "established", "minutes": 69}, [("99215", 1), ("G2212", 1)]),
        ({"visit": "established", "minutes": 84}, [("99215", 1), ("G2212", 2)]),
        ({"visit": "new", "minutes": 88}, [("99205", 1)]),
        ({"visit": "new", "minutes": 89}, [("99205", 1), ("G2212", 1)]),
        ({"visit": "new", "minutes": 75, "payer": "other"}, [("99205", 1), ("99417", 1)]),
        ({"visit": "established", "mdm": "high", "by": "mdm", "minutes": 69}, [("99215", 1)]),
        ({"visit": "established", "mdm": "low", "minutes": 40}, [("99215", 1)]),
        ({"setting": "hospital", "visit": "initial", "mdm": "low"}, [("99221", 1)]),
        ({"setting": "hospital", "visit": "initial", "minutes": 90}, [("99223", 1), ("G0316", 1)]),
        ({"setting": "observation", "visit": "subsequent", "minutes": 49}, [("99232", 1)]),
        ({"setting": "hospital", "visit": "discharge", "minutes": 30}, [("99238", 1)]),
        ({"setting": "hospital", "visit": "discharge", "minutes": 31}, [("99239", 1)]),
        ({"setting": "ed", "mdm": "moderate"}, [("99284", 1)]),
        ({"setting": "nursing-facility", "visit": "subsequent", "minutes": 20}, [("99308", 1)]),
        ({"setting": "home", "visit": "established", "minutes": 110}, [("99350", 1), ("G0318", 1)]),
        ({"setting": "consultation", "mdm": "high"}, [("99245", 1)]),
    ],
)
def test_visits_by_decision_making_or_time(lines, given, expected):
    assert lines("em_level", **({"setting": "office"} | given)) == expected


def test_visit_times_are_those_of_the_day(work):
    nursing = {"setting": "nursing facility", "visit": "subsequent", "minutes": 15}
    assert work("em_level", date(2023, 6, 1), **nursing).lines[0].code == "99308"
    assert work("em_level", date(2024, 6, 1), **nursing).lines[0].code == "99307"
    with pytest.raises(BadInput, match="from 2021-01-01"):
        work("em_level", date(2020, 12, 31), setting="office", visit="new", mdm="low")
    with pytest.raises(BadInput, match="from 2023-01-01"):
        work("em_level", date(2022, 12, 31), **nursing)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"nature": "premalignant", "count": 1}, [("17000", 1)]),
        ({"nature": "ak", "count": 14}, [("17000", 1), ("17003", 13)]),
        ({"nature": "premalignant", "count": 15}, [("17004", 1)]),
        ({"nature": "warts", "count": 14}, [("17110", 1)]),
        ({"nature": "benign", "count": 15}, [("17111", 1)]),
        ({"nature": "malignant", "site": "back", "diameter_cm": 1.0}, [("17261", 1)]),
        ({"nature": "malignant", "site": "nose", "diameter_cm": 4.1}, [("17286", 1)]),
    ],
)
def test_destruction_by_count_or_size(lines, given, expected):
    assert lines("destruction", **given) == expected


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("mohs", {"stages": [5]}, "site is needed: expected a body site"),
        ("mohs", {"site": "moon", "stages": [5]}, "'moon' is not a site known here"),
        ("mohs", {"site": "nose and leg", "stages": [5]}, "lies in no single site group"),
        ("mohs", {"site": "nose", "stages": [0]}, "stages: expected the number of tissue blocks"),
        ("mohs", {"site": "nose", "stages": [2.5]}, "stages: expected"),
        ("mohs", {"site": "nose", "stages": [True]}, "stages: expected"),
        ("mohs", {"tumors": [{"site": "nose"}]}, "tumors, row 1: stages is needed"),
        ("flap", {"area_sq_cm": 30}, "site is needed"),
        ("flap", {"area_sq_cm": -4}, "area_sq_cm: expected"),
        ("flap", {"area_sq_cm": "lots"}, "found 'lots'"),
        ("flap", {"area_sq_cm": 4, "primary_sq_cm": 2}, "found both"),
        ("repair", {"class": "tidy", "site": "nose", "lengths_cm": [1]}, "class: expected simple, intermediate or com"),
        ("repair", {"class": "complex", "site": "nose", "lengths_cm": [1.0]}, "more than 1.0 cm"),
        ("repair", {"class": "complex", "site": "trunk/limbs", "lengths_cm": [3]}, "no single site group"),
        ("repair", {"class": "simple", "site": "nose", "lengths_cm": []}, "lengths_cm is needed"),
        ("excision", {"nature": "uncertain", "site": "nose", "diameter_cm": 1}, "as pathology found"),
        ("excision", {"nature": "benign", "site": "head", "diameter_cm": 1}, "no single site group"),
        ("graft", {"graft": "full", "site": "nose", "area_sq_cm": [3, 4]}, "each graft by itself"),
        ("graft", {"graft": "split", "site": "leg", "age_years": 3, "area_sq_cm": 50}, "body_percent is needed"),
        ("drug", {"code": "J3301", "administered_mg": 40, "unit_ml": 1}, "expected an amount in ml"),
        ("drug", {"code": "what", "administered_mg": 40, "unit_mg": 1}, "code: expected a HCPCS code"),
        ("drug", {"code": "J0000", "administered_mg": 40}, "unit: the loaded files give no dosage of J0000"),
        ("drug_waste", {"code": "J9271", "administered_mg": 40, "unit_mg": 1}, "vial is needed"),
        ("drug_waste", {"code": "J9271", "administered_mg": 40, "unit_mg": 1, "vial_mg": 20, "vials": 1}, "hold the"),
        ("infusion", {"services": ["a, chemo, infusion"]}, "services, row 1: minutes is needed"),
        ("infusion", {"services": ["a, chemo, wave, 4"]}, "services, row 1: route: expected infusion, push"),
        ("em_level", {"setting": "office", "mdm": "low"}, "visit: expected new or established"),
        ("em_level", {"setting": "office", "visit": "new", "problems": "low"}, "data is needed"),
        ("em_level", {"setting": "office", "visit": "new", "minutes": 14}, "minutes: expected at least 15"),
        ("anesthesia", {"minutes": 0}, "minutes: expected minutes above zero"),
        ("anesthesia", {"start": "7am", "stop": "08:00"}, "start: expected a clock time"),
        ("anesthesia", {}, "found neither"),
        ("therapy", {"services": [{"code": "??", "minutes": 8}]}, "services, row 1: code: expected a procedure code"),
        ("therapy", {"services": {"97110": 8}, "timed_minutes_total": 9}, "expected 8"),
        ("biopsy", {"technique": ["excisional"]}, "technique: expected punch, tangential (shave) or incisional"),
        ("biopsy", {}, "technique is needed"),
        ("mohs", {"site": "nose", "stages": [1], "on": "soon"}, "on: expected a day"),
        ("mohs", {"site": "nose", "location": "ear", "stages": [1]}, "site is given twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_worked_is_one_line_that_names_the_field(work, kind, given, said):
    with pytest.raises(BadInput) as fault:
        work(kind, **given)
    assert said in str(fault.value) and "\n" not in str(fault.value)


def test_an_answer_no_field_takes_is_said_and_not_dropped_silently(work):
    found = work("mohs", site="nose", stages=[5], colour="red")
    assert "colour is no field of this worksheet and was not used" in found.warnings


def test_lines_are_held_against_the_library_of_the_day(work):
    checks = {(item.code, item.name): item for item in work("mohs", site="nose", stages=[5, 5, 9]).checks}
    assert checks["17311", "standing"].result == "holds" and checks["17311", "standing"].sources
    assert checks["17312", "primary"].result == "holds"
    unknown = {item.name: item for item in work("drug", code="J0001", administered_mg=1, unit_mg=1).checks}
    assert unknown["standing"].result in ("fails", "not-checked")


def test_more_units_than_the_limit_are_said(work):
    found = work("mohs", site="nose", stages=[1] * 40)
    limits = [item for item in found.checks if item.name == "unit-limit" and item.code == "17312"]
    assert limits and limits[0].result in ("fails", "not-checked")


def test_a_finer_measure_is_rounded_to_the_tenth_and_said(work):
    found = work("repair", **{"class": "simple"}, site="scalp", lengths_cm=[2.54])
    assert found.lines[0].code == "12001" and "rounded to 2.5" in found.warnings[0]


@pytest.mark.parametrize("name", ["flap", "repair", "excision", "graft", "destruction"])
def test_size_steps_rise_and_no_code_stands_twice(name):
    codes = []
    for family in families(name):
        ends = [step.most for step in family.steps if step.most is not None]
        assert ends == sorted(ends) and len(set(ends)) == len(ends)
        assert bool(family.add_on) == (family.steps[-1].most is not None and bool(family.per)) or name == "flap"
        codes += [step.code for step in family.steps]
    assert len(codes) == len(set(codes))


def test_places_in_many_words():
    assert read_place("Right ala of nose", "site").sites == {"nose"}
    assert read_place("extremities (excluding hands and feet)", "site").sites == {"arm", "leg"}
    assert read_place("scalp, axillae, trunk", "site").sites == {"scalp", "axilla", "trunk"}
    assert read_place("back of the neck", "site").sites == {"neck"}


def test_every_kind_has_fields_with_names_of_their_own():
    for kind in KINDS.values():
        names = [name for field in kind.fields for name in (field.name, *field.aliases)]
        assert len(names) == len(set(names)), kind.name


ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**9) | st.decimals(allow_nan=False) | st.text(max_size=12)
    | st.sampled_from(["nose", "back", "1,2", "5 mg", "punch", "chemo, x, infusion, 9", "07:30", "medicare", "J1885"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=60)
@given(data=st.data(), name=st.sampled_from(sorted(KINDS)))
def test_whatever_is_given_is_worked_or_refused_in_one_line(small_library: Library, data: st.DataObject, name: str):
    kind = KINDS[name]
    keys = st.sampled_from([word for field in kind.fields for word in (field.name, *field.aliases)])
    values = data.draw(st.dictionaries(keys, ODD, max_size=5))
    try:
        work_out(small_library, kind, values, DAY)
    except BadInput as fault:
        assert "\n" not in str(fault)
