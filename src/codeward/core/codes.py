"""Codes: which system a typed text can belong to, its plain form and the form shown to people."""

from __future__ import annotations

import re
from dataclasses import dataclass

SYSTEMS = ("cpt", "hcpcs", "icd-10-cm", "icd-10-pcs", "modifier", "pos", "taxonomy")

SYSTEM_NAMES = {
    "cpt": "CPT",
    "hcpcs": "HCPCS Level II",
    "icd-10-cm": "ICD-10-CM",
    "icd-10-pcs": "ICD-10-PCS",
    "modifier": "Modifier",
    "pos": "Place of service",
    "taxonomy": "Provider taxonomy",
}

_SHAPES = {
    "cpt": re.compile(r"[0-9]{4}[0-9FTUMA]"),
    "hcpcs": re.compile(r"[A-V][0-9]{4}"),
    "icd-10-cm": re.compile(r"[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}"),
    "icd-10-pcs": re.compile(r"[0-9B-DF-HX][0-9A-HJ-NP-Z]{6}"),
    "modifier": re.compile(r"[0-9A-Z]{2}"),
    "pos": re.compile(r"[0-9]{2}"),
    "taxonomy": re.compile(r"[0-9A-Z]{9}X"),
}
_BEGINNINGS = {"icd-10-pcs": re.compile(r"[0-9B-DF-HX][0-9A-HJ-NP-Z]{2,5}")}
"""What the codes of a table begin with: it has a page of its own where the system is named."""
_NOISE = re.compile(r"[\s.\-‐-―]+")
_DOTTED_ICD = re.compile(r"\s*[A-Za-z][0-9][0-9A-Za-z]\s*\.")


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """One code of one system, in plain form: upper case, no dots or blanks."""

    system: str
    value: str

    @property
    def shown(self) -> str:
        """As people write it: ICD-10-CM gets its dot after the third character."""
        if self.system == "icd-10-cm" and len(self.value) > 3:
            return f"{self.value[:3]}.{self.value[3:]}"
        return self.value

    @property
    def path(self) -> str:
        """Where its page lives on the site."""
        return f"/{self.system}/{self.shown}"


def plain(text: str) -> str:
    """The typed text without dots, blanks and dashes, in upper case."""
    return _NOISE.sub("", text).upper()


def readings(text: str, system: str | None = None) -> tuple[Code, ...]:
    """Every system whose shape the text has, likeliest first; empty when it is no code at all."""
    value = plain(text)
    asked = (system,) if system else ("icd-10-cm",) if _DOTTED_ICD.match(text) else SYSTEMS
    found = tuple(Code(name, value) for name in asked if _SHAPES[name].fullmatch(value))
    return found or (_beginnings(system, value) if system else ())


def _beginnings(system: str, value: str) -> tuple[Code, ...]:
    """The text as the beginning of codes of a system that was named; unnamed, half of all words would be one."""
    pattern = _BEGINNINGS.get(system)
    return (Code(system, value),) if pattern is not None and pattern.fullmatch(value) else ()


def is_dental(value: str) -> bool:
    """D codes are CDT, the ADA's: Codeward neither loads nor shows them."""
    return len(value) == 5 and value[0] == "D" and value[1:].isascii() and value[1:].isdigit()


def is_level_two(value: str) -> bool:
    """HCPCS Level II less the dental codes: text that CMS owns and anybody may show."""
    return _SHAPES["hcpcs"].fullmatch(value) is not None and not is_dental(value)


def procedure(value: str) -> Code:
    """The procedure code `value` under the system it belongs to (CPT or HCPCS Level II)."""
    return Code("hcpcs" if _SHAPES["hcpcs"].fullmatch(value) else "cpt", value)
