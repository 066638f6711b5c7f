"""Worksheets: units out of what the question says - stages and blocks, milligrams, minutes, lengths."""

from __future__ import annotations

import json
import re
from typing import Any

from codeward.assistant.draft import Draft, read
from codeward.assistant.reply import CLARIFY, Evidence
from codeward.assistant.topics.standing import open_page
from codeward.core.faults import Fault
from codeward.services.worksheets.values import Worksheet

MOHS = frozenset({"17311", "17312", "17313", "17314", "17315"})
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_SITES = (
    "nose",
    "ear",
    "lip",
    "eyelid",
    "scalp",
    "forehead",
    "cheek",
    "face",
    "neck",
    "hand",
    "finger",
    "foot",
    "toe",
    "genitalia",
    "trunk",
    "back",
    "chest",
    "abdomen",
    "shoulder",
    "arm",
    "forearm",
    "thigh",
    "leg",
    "calf",
    "shin",
)


def mohs_blocks(plain: str) -> list[int]:
    """Blocks stage by stage, as a question tells them; none where it tells no number."""
    text = re.sub(r"\b1731[1-5]\b|\b\d+ stages?\b(?! of)", " ", plain)
    match = re.search(r"(?:stages?|blocks?)[^.?]*", text)
    if match is None:
        return []
    found = re.findall(
        r"(?<![\d.])\d{1,2}(?![\d.]|(?:st|nd|rd|th)\b)|\b(?:" + "|".join(_NUMBERS) + r")\b",
        text[max(0, match.start() - 12) :],
    )
    return [_NUMBERS.get(item) or int(item) for item in found if item in _NUMBERS or int(item) > 0]


def answer_worksheet(draft: Draft) -> None:
    """The worksheet that fits: Mohs stages, or milligrams of a drug."""
    if set(draft.question.procedures) & MOHS or draft.question.says(r"\bmohs\b"):
        _answer_mohs(draft)
    else:
        _answer_drug(draft)


def _answer_mohs(draft: Draft) -> None:
    blocks = mohs_blocks(draft.question.plain)
    site = _mohs_site(draft)
    if not site:
        _ask_for_site(draft)
        return
    sheet = _work_out(draft, "mohs", {"site": site, "stages": blocks})
    if sheet is None:
        return
    asked = [code for code in draft.question.procedures if code in MOHS]
    lines = {line.code: line.units for line in sheet.lines}
    told = [f"{blocks[at]} blocks: {max(0, blocks[at] - 5)}" for at in range(len(blocks))]
    for code in asked or list(lines):
        units = lines.get(code, 0)
        how = f"stage by stage, {'; '.join(told)}" if code == "17315" else f"stages {len(blocks)}"
        unit = "unit" if units == 1 else "units"
        draft.say(f"{code}: {units} {unit} ({how}).", _worked(code, units, f"{how}; blocks {blocks}"), role="verdict")
    _say_because(draft, sheet)
    others = [f"{code} x {units}" for code, units in lines.items() if code not in asked]
    if asked and others and asked != ["17315"]:
        draft.say(
            f"The whole worksheet: {'; '.join(f'{code} x {units}' for code, units in lines.items())}.",
            *(_worked(code, units, "mohs worksheet") for code, units in lines.items()),
        )


_BY_CODE = {"17311": "nose", "17312": "nose", "17313": "trunk", "17314": "trunk", "17315": "nose"}
"""A site of each Mohs code; the blocks that 17315 counts are the same at any."""


def _mohs_site(draft: Draft) -> str:
    """The site that is named, else one that the code named stands for; empty where neither tells it."""
    said = next((site for site in _SITES if draft.question.says(rf"\b{site}\b")), "")
    named = (_BY_CODE[code] for code in draft.question.procedures if code in _BY_CODE)
    return said or next(named, "")


def _ask_for_site(draft: Draft) -> None:
    draft.kind, draft.waiting_for, draft.asked = CLARIFY, "site", "worksheet"
    draft.say(
        "At which site was it? On the head, neck, hands, feet or genitalia, or where muscle, cartilage, bone, tendon, "
        "major nerves or vessels are involved, stages are 17311 and 17312; on the trunk, arms or legs 17313 and 17314.",
        Evidence("mohs", "site", "not told", None, "17311 17312 17313 17314"),
        role="verdict",
    )


def _answer_drug(draft: Draft) -> None:
    dose = re.search(r"(\d+(?:\.\d+)?)\s?(mg|mcg|g|units?|iu|ml)\b", _plain_doses(draft.question.plain))
    code = next(iter(draft.question.procedures or draft.memory.codes), "")
    draft.asked = dose[2] if dose else ""
    page = open_page(draft, code)
    if page is None:
        return
    if page.title and page.code.system == "hcpcs":
        draft.say(f"{code}: {page.title}.", read(code, "title", page.title, page.title_source))
    if draft.question.says(r"discard|wast|\bjw\b|\bjz\b|left ?over|threw|vial"):
        _answer_waste(draft, code)
        return
    sheet = _work_out(draft, "drug", {"code": code, "administered": f"{dose[1]} {dose[2]}" if dose else ""})
    if sheet is None:
        return
    for line in sheet.lines:
        draft.say(
            f"{line.code}: {line.units} units.",
            _worked(line.code, line.units, str(dose[0] if dose else "")),
            role="verdict",
        )
    _say_because(draft, sheet)


def _plain_doses(plain: str) -> str:
    """Doses with their units as the worksheet knows them: grams as g, u as units."""
    text = re.sub(r"(\d) ?(?:grams?|gms?)\b", r"\1 g", plain)
    return re.sub(r"(\d) ?u\b", r"\1 units", text)


def _answer_waste(draft: Draft, code: str) -> None:
    """What was given and what was thrown away of single-dose containers, each on its line with JW or JZ."""
    plain = _plain_doses(draft.question.plain)
    unit = r"(mg|mcg|g|units?|iu|ml)"
    vial = re.search(rf"(\d+(?:\.\d+)?)[ -]?{unit}[ -](?:single[ -]dose[ -])?(?:vial|container|syringe|bottle)", plain)
    gone = re.search(
        rf"(\d+(?:\.\d+)?) ?{unit}? ?(?:was |were )?(?:discard|wast|thrown)|(?:discard\w*"
        rf"|wast\w*) (\d+(?:\.\d+)?) ?{unit}",
        plain,
    )
    doses = [
        match
        for match in re.finditer(rf"(\d+(?:\.\d+)?) ?{unit}\b", plain)
        if not vial or match.start() != vial.start()
    ]
    dose = next((match for match in doses if not gone or match.start() != gone.start()), None)
    given = {"code": code, "single_dose": "multi" not in plain}
    if dose is not None:
        given["administered"] = f"{dose[1]} {dose[2]}"
    if vial is not None:
        given["vial"] = f"{vial[1]} {vial[2]}"
    elif gone is not None and dose is not None:
        given["discarded"] = f"{gone[1] or gone[3]} {gone[2] or gone[4] or dose[2]}"
    sheet = _work_out(draft, "drug_waste", given)
    for line in sheet.lines if sheet is not None else ():
        shown = line.shown
        draft.say(f"{shown}: {line.units} units.", _worked(shown, line.units, str(given)), role="verdict")
    if sheet is not None:
        _say_because(draft, sheet)


def _say_because(draft: Draft, sheet: Worksheet) -> None:
    """The steps, and what was checked of the lines, each with the rows it stands on."""
    steps = list(zip(sheet.because, sheet.reasons, strict=True))[:4]
    told = [(text, reason.document, reason.sources) for text, reason in steps]
    told += [(check.text, check.name, check.sources) for check in sheet.checks]
    for text, how, sources in told:
        draft.say(text, *(Evidence("worksheet", "step", text, source, how) for source in sources or (None,)))


def _worked(code: str, units: object, how: str) -> Evidence:
    return Evidence(code, "units", str(units), None, f"worked out: {how}")


def _work_out(draft: Draft, kind: str, given: dict[str, Any]) -> Worksheet | None:
    try:
        sheet: Worksheet = draft.desk.ask("work_out", kind=kind, input=json.dumps(given)).value
    except Fault as fault:
        draft.refuse_fault(fault)
        return None
    return sheet


def excision_given(draft: Draft) -> dict[str, Any]:
    """Nature, site, diameter and margins of an excision as far as the question tells them, in cm."""
    plain = draft.question.plain
    malignant = re.search(r"malignan|carcinoma|melanoma|\bbcc\b|\bscc\b|cancer", plain)
    site = next((site for site in _SITES if re.search(rf"\b{site}\b", plain)), "")
    sizes = [
        float(size) / (10 if unit == "mm" else 1) for size, unit in re.findall(r"(\d+(?:\.\d+)?) ?(cm|mm)\b", plain)
    ]
    given: dict[str, Any] = {"nature": "malignant" if malignant else "benign", "site": site}
    if len(sizes) > 1 and "margin" in plain:
        given |= {"diameter_cm": sizes[0], "margins_cm": sizes[1:]}
    elif sizes:
        given["excised_cm"] = sizes[0]
    return {name: value for name, value in given.items() if value}


def answer_excision(draft: Draft) -> None:
    """Lesion and margins told: the excised diameter gives the code."""
    sheet = _work_out(draft, "excision", excision_given(draft))
    if sheet is None:
        return
    for line in sheet.lines:
        draft.say(
            f"{line.code}, {line.units} unit.", _worked(line.code, line.units, "excision worksheet"), role="verdict"
        )
    _say_because(draft, sheet)


def say_excision_without_margins(draft: Draft) -> None:
    """The code that the diameter told would give if it were the excised diameter, lesion and margins together."""
    given = excision_given(draft)
    try:
        sheet = draft.desk.ask("work_out", kind="excision", input=json.dumps(given)).value
    except Fault:
        return
    for line in sheet.lines:
        told = f"{given['excised_cm']:g} cm, {given['nature']}, {given['site']}"
        draft.say(
            f"If {told} were the whole excised diameter, it would be {line.code}; with wider margins a higher code "
            f"of the family.",
            _worked(line.code, line.units, told),
        )
