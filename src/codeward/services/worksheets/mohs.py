"""Mohs worksheet: stages and tissue blocks of each tumor into first stages, further stages and extra blocks."""

from __future__ import annotations

from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet
from codeward.services.worksheets.sites import group_of, read_place
from codeward.services.worksheets.tables import table

SITE = Field(
    "site",
    "Site",
    "a body site such as nose, scalp, trunk or left hand",
    aliases=("location", "group", "body_site"),
    example="nose",
)
STAGES = Field(
    "stages",
    "Blocks in each stage",
    "the number of tissue blocks of each stage, such as 7,3,6",
    "numbers",
    aliases=("blocks", "blocks_per_stage", "stage_blocks"),
    example="7, 3, 6",
)
DEEP = Field(
    "deep",
    "Muscle, cartilage, bone, tendon, major nerves or vessels directly involved",
    "yes or no",
    "flag",
    aliases=("deep_structures",),
)
TUMORS = Field(
    "tumors",
    "Several tumors, one a line",
    "a tumor a row: site, blocks of each stage joined by +, deep=yes where it applies",
    "rows",
    aliases=("tumor", "tumours", "lesions"),
    columns=(SITE, STAGES, DEEP),
    example="nose, 7+3+6",
)
FIELDS = (SITE, STAGES, DEEP, TUMORS)


def work_out(given: Given, sheet: Sheet) -> None:
    """Lines of every tumor, each with a first stage of its own."""
    tumors = given.rows("tumors") or (given,)
    for number, tumor in enumerate(tumors, start=1):
        _tumor(tumor, sheet, f"tumor {number}" if len(tumors) > 1 else "")
    if len(tumors) > 1:
        sheet.because("Each tumor has a first stage of its own.", CPT)
        sheet.warn("Two tumors on one claim: the record must tell their sites apart for each line")
    sheet.by_manual(
        "The surgeon reads the slides too: biopsy, excision and routine pathology of the same tumor are inside these "
        "codes; closure by repair, flap or graft is not.",
        "III",
        "F",
        "single physician",
    )


def _tumor(tumor: Given, sheet: Sheet, about: str) -> None:
    codes = table("mohs")
    family, why = _family(tumor)
    blocks, room = tumor.wholes("stages"), codes["blocks_in_a_stage"]
    sheet.because(f"{_named(about)}{why}", CPT)
    sheet.because(f"The first of {len(blocks)} stages is one unit of {family['first']}.", CPT)
    sheet.line(family["first"], 1, about=about)
    if len(blocks) > 1:
        sheet.because(f"Each later stage is one unit of {family['further']}: {len(blocks) - 1}.", CPT)
        sheet.line(family["further"], len(blocks) - 1, about=about)
    extra = [max(0, count - room) for count in blocks]
    if sum(extra):
        told = " + ".join(map(str, extra))
        text = f"Blocks beyond {room} are counted stage by stage, never over all stages: {told} = {sum(extra)}."
        sheet.because(text, CPT)
        sheet.line(codes["extra_block"], sum(extra), about=about)
    else:
        sheet.because(f"No stage has more than {room} blocks, so no block is extra.", CPT)


def _family(tumor: Given) -> tuple[dict[str, str], str]:
    head, *_ = held = table("mohs")["family"]
    if tumor.flag("deep"):
        return head, f"Deep structures are directly involved, which puts any site with {head['group']}."
    place = read_place(tumor.text("site"), f"{tumor.where}site")
    group = group_of(place, [(item["group"], frozenset(item["sites"])) for item in held], f"{tumor.where}site")
    found = next(item for item in held if item["group"] == group)
    return found, f"{place.typed} counts with {group}."


def _named(about: str) -> str:
    return f"{about.capitalize()}: " if about else ""
