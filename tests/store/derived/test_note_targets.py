"""Every form in which a note of the tabular list names codes is read, and what names none says why."""

from __future__ import annotations

import pytest

from codeward.store.derived.note_targets import Qualifier, Target, read_line

INTENT = Qualifier("intent", ("5",))
FORMS = [
    ("cardiac arrest (I46.9)", [Target("I469")]),
    ("asthma (J45.-)", [Target("J45")]),
    ("tapeworm (D29.2.-)", [Target("D292")]),
    ("bronchitis NOS (J40)", [Target("J40")]),
    ("hypertension in pregnancy (O10-O11, O13-O16)", [Target("O10", "O11"), Target("O13", "O16")]),
    ("genital skin (C51-C52, C60.-, C63.2)", [Target("C51", "C52"), Target("C60"), Target("C632")]),
    ("appendicitis (K35.2-, K35.3-)", [Target("K352"), Target("K353")]),
    ("eating disorders (F98.2.-F98.3)", [Target("F982", "F983")]),
    ("arthritis (M05.00 to M05.8A)", [Target("M0500", "M058A")]),
    ("gout (M1A.-, M10.-)", [Target("M1A"), Target("M10")]),
    ("ulcer (K50.014, K50.114,)", [Target("K50014"), Target("K50114")]),
    ("effusion (J91.0))", [Target("J910")]),
    ("meconium (P96.83 )", [Target("P9683")]),
    ("absence of knee (Z89.52-", [Target("Z8952")]),
    ("any condition in I51.4-I51.9 due to hypertension (I11.-)", [Target("I11")]),
    ("misadventures classifiable to (Y62-Y69)", [Target("Y62", "Y69")]),
    ("polyneuropathy (E08-E13 with .42)", [Target("E08", "E13", Qualifier("ending", ("42",)))]),
    ("skin (E08-E13 with .62-)", [Target("E08", "E13", Qualifier("ending", ("62",)))]),
    ("angiopathy (E08-E13 with .51-.52)", [Target("E08", "E13", Qualifier("ending", ("51", "52")))]),
    ("mononucleosis (B27.0-B27.9 with 1)", [Target("B270", "B279", Qualifier("ending", ("1",)))]),
    ("adverse effect (T36-T50 with fifth or sixth character 5)", [Target("T36", "T50", INTENT)]),
    ("adverse effect (T36-T50) with fifth or sixth character 5", [Target("T36", "T50", INTENT)]),
    (
        "poisoning, if applicable (T36-T65 with fifth or sixth character 1-4 or 6)",
        [Target("T36", "T65", Qualifier("intent", ("1", "2", "3", "4", "6")))],
    ),
    ("toxic effect (T51-T65 with fifth or sixth character to indicate intent)", [Target("T51", "T65")]),
    ("salicylates (T39.0-, with sixth character 1-4)", [Target("T390", "", Qualifier("places", tuple("1234"), (6,)))]),
    (
        "psychosis (F11-F19 with fifth to sixth characters 51)",
        [Target("F11", "F19", Qualifier("places", ("51",), (5, 6)))],
    ),
    ("whooping cough (A37 with fifth-character 1)", [Target("A37", "", Qualifier("places", ("1",), (5,)))]),
    ("concussion (S06.0X- with seventh character A)", [Target("S060X", "", Qualifier("places", ("A",), (7,)))]),
    ("open skull fracture (S02.- with 7th character B)", [Target("S02", "", Qualifier("places", ("B",), (7,)))]),
    (
        "open fracture (S52.- with open fracture 7th character)",
        [Target("S52", "", Qualifier("title", ("open fracture",)))],
    ),
    ("ataxia after a stroke (I69. with final characters -93)", [Target("I69", "", Qualifier("final", ("93",)))]),
    (
        "diabetic acidosis - see categories E08-E10, E13 with ketoacidosis",
        [
            Target("E08", "E10", Qualifier("title", ("ketoacidosis",))),
            Target("E13", "", Qualifier("title", ("ketoacidosis",))),
        ],
    ),
    ("hyperammonemia syndrome E72.4", [Target("E724")]),
    ("hearing loss as classified in H90.-", [Target("H90")]),
    (
        "concussion with other injuries in S06.1- to S06.6-, S06.81- and S06.82- code to those",
        [Target("S061", "S066"), Target("S0681"), Target("S0682")],
    ),
    ("leukemia C91.0-C95.9 with 5th character 1", [Target("C910", "C959", Qualifier("places", ("1",), (5,)))]),
    (
        "cholecystitis (K81.-), or with stones (K80.00-K80.19, K80.40-K80.47)",
        [Target("K81"), Target("K8000", "K8019"), Target("K8040", "K8047")],
    ),
]


@pytest.mark.parametrize(("text", "targets"), FORMS)
def test_the_codes_of_a_line(text: str, targets: list[Target]) -> None:
    """As the tabular list writes them."""
    assert list(read_line(text).targets) == targets


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("polyneuropathy (in):", "lead"),
        ("allergic reaction to food, such as:", "lead"),
        ("traumatic otorrhagia - code to injury", "elsewhere"),
        ("current injury-see Alphabetic Index", "elsewhere"),
        ("cadaveric donor - omit code", "elsewhere"),
        ("newborn atelectasis", "words"),
        ("deficiency of factor VIII (classical) (hereditary)", "words"),
    ],
)
def test_a_line_without_codes_says_why(text: str, reason: str) -> None:
    """Nothing is made up and nothing is passed over in silence."""
    line = read_line(text)
    assert not line.targets
    assert line.reason == reason
