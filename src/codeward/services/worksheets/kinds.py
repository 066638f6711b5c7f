"""Kinds: every worksheet there is, what it asks for and the rules that work it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from codeward.core.faults import BadInput
from codeward.services.worksheets import (
    anesthesia,
    biopsy,
    destruction,
    drug,
    em_level,
    excision,
    flap,
    graft,
    infusion,
    mohs,
    repair,
    therapy,
)
from codeward.services.worksheets.amounts import with_measures
from codeward.services.worksheets.fields import Field, Given, keyed
from codeward.services.worksheets.sheet import Sheet

Prepare = Callable[[Mapping[str, Any]], Mapping[str, Any]]

COMMON = (
    Field("on", "Date of service", "a day as YYYY-MM-DD", "day", aliases=("date", "dos", "date_of_service", "as_of")),
    Field(
        "payer",
        "Payer",
        "medicare or other",
        "choice",
        choices=(("medicare", "cms"), ("other", "commercial", "medicaid", "ama", "private")),
        usual="medicare",
    ),
    Field(
        "billed_by",
        "Billed by",
        "practitioner or outpatient-hospital",
        "choice",
        aliases=("claim_setting", "billing"),
        choices=(
            ("practitioner", "physician", "office", "professional"),
            ("outpatient-hospital", "facility", "hospital", "outpatient hospital"),
        ),
        usual="practitioner",
    ),
)
"""Asked for by every worksheet: the day, whose rules, and which unit table."""


def _as_given(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return values


def _billed_in(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """In an infusion worksheet `setting` says who bills."""
    return {("billed_by" if keyed(key) == "setting" else key): value for key, value in values.items()}


@dataclass(frozen=True, slots=True)
class Kind:
    """One worksheet: its name, what it is for, its fields, and the rules that work it."""

    name: str
    title: str
    summary: str
    own: tuple[Field, ...]
    work: Callable[[Given, Sheet], None]
    prepare: Prepare = _as_given

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its own fields and those of every worksheet."""
        return (*self.own, *COMMON)

    def takes(self, name: str) -> bool:
        """Whether a name means a field, by itself or as one that carries its measure (`unit_mg`)."""
        names = self.prepare({name: ""})
        return any(field.answers_to(key) for key in names for field in self.fields)

    @property
    def slug(self) -> str:
        """Its name in an address."""
        return self.name.replace("_", "-")


def _therapy_services(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return therapy.with_services(dict(values))


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "mohs",
            "Mohs stages and blocks",
            "First and further stages by site, blocks beyond five by stage.",
            mohs.FIELDS,
            mohs.work_out,
        ),
        Kind(
            "biopsy",
            "Skin biopsies",
            "One primary by technique, the rest add-ons of their own.",
            biopsy.FIELDS,
            biopsy.work_out,
        ),
        Kind(
            "excision",
            "Excision of a skin lesion",
            "Lesion and twice the narrowest margin, by nature and site.",
            excision.FIELDS,
            excision.work_out,
        ),
        Kind(
            "destruction",
            "Destruction of skin lesions",
            "Lesions counted, or measured where malignant.",
            destruction.FIELDS,
            destruction.work_out,
        ),
        Kind("repair", "Wound repair", "Lengths added by class and site group.", repair.FIELDS, repair.work_out),
        Kind(
            "flap",
            "Adjacent tissue transfer",
            "Both defects added; by site to 30 sq cm, then by area.",
            flap.FIELDS,
            flap.work_out,
        ),
        Kind(
            "graft",
            "Skin graft",
            "Recipient area by kind and site, sq cm or percent of a child's body.",
            graft.FIELDS,
            graft.work_out,
        ),
        Kind(
            "drug",
            "Drug units",
            "A dose over the amount of one unit, rounded up.",
            drug.DRUG_FIELDS,
            drug.drug,
            with_measures,
        ),
        Kind(
            "drug_waste",
            "Drug units and waste (JW, JZ)",
            "The dose, and what single-dose containers left.",
            drug.WASTE_FIELDS,
            drug.drug_waste,
            with_measures,
        ),
        Kind(
            "infusion",
            "Infusions and injections",
            "One initial service, then further ones, hours and concurrent.",
            infusion.FIELDS,
            infusion.work_out,
            _billed_in,
        ),
        Kind(
            "em_level",
            "Visit level (E/M)",
            "By decision making or total time, with prolonged time.",
            em_level.FIELDS,
            em_level.work_out,
        ),
        Kind(
            "anesthesia",
            "Anesthesia time",
            "Minutes into time units of fifteen.",
            anesthesia.FIELDS,
            anesthesia.work_out,
        ),
        Kind(
            "therapy_8_minute",
            "Timed therapy (eight minutes)",
            "Timed minutes of the day into units, spread over codes.",
            therapy.FIELDS,
            therapy.work_out,
            _therapy_services,
        ),
    )
}
_SHORT = {
    "therapy": "therapy_8_minute",
    "8_minute": "therapy_8_minute",
    "em": "em_level",
    "waste": "drug_waste",
    "jw": "drug_waste",
}


def kind_named(name: str) -> Kind:
    """The worksheet of a name, however its words are joined; BadInput lists the names there are."""
    key = keyed(name)
    found = KINDS.get(_SHORT.get(key, key))
    if found is None:
        raise BadInput(f"{name!r} is no worksheet: expected one of {', '.join(KINDS)}")
    return found
