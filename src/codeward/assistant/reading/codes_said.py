"""Codes said: every code in a question with what is written on it, and modifiers, denial codes and document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from codeward.assistant.reading.question import SaidCode
from codeward.core.codes import Code, is_dental, plain, procedure
from codeward.services.check_pair import is_known
from codeward.store.library import Library

_MODIFIER_TAIL = r"(?P<tail>(?:(?:\s?-\s?|\s?:)[0-9A-Z]{2}(?![0-9A-Za-z])(?:\s?[-,]\s?[0-9A-Z]{2}(?![0-9A-Za-z]))*)?)"
_UNITS = r"(?:\s?(?:[x*×]\s?|\()(?P<units>\d{1,4})\)?(?:\s?units?)?(?![\w.]))?"
_PROCEDURE = re.compile(
    rf"(?<![\w.$/-])(?P<code>\d{{4}}[0-9FTUMA]|[A-V]\d{{4}})(?![0-9A-WYZa-wyz_]|\.\d"
    rf"|[xX](?!\s?\d)){_MODIFIER_TAIL}{_UNITS}"
    rf"|(?<=[/+&-])(?P<next>\d{{4}}[0-9FTUMA]|[A-V]\d{{4}})(?!\w)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<![\w.])(?P<code>[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})(?P<header>-)?(?!\w)", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w.-])(?P<code>[A-Z]\d[0-9AB](?:[0-9A-Z]{1,4})?)(?!\w|\.\w)", re.IGNORECASE)
_PCS = re.compile(r"(?<![\w.-])(?P<code>(?=[0-9A-Z]{0,6}\d)[0-9B-DF-HX][0-9A-HJ-NP-Z]{6})(?!\w)")
_TAXONOMY = re.compile(r"(?<!\w)(?P<code>\d{2,3}[0-9A-Z]{6,7}X)(?!\w)", re.IGNORECASE)
_DOCUMENT = re.compile(r"(?<!\w)(?P<code>(?:[LA]\d{5})|ncd\s?\d{1,3}(?:\.\d{1,3}){1,3})(?![\w])", re.IGNORECASE)
_DENIAL = re.compile(
    r"(?<!\w)(?:(?P<group>CO|PR|OA|PI)\s?[-–:]?\s?(?P<carc>[ABP]?\d{1,3})|(?:CARC|RARC|remark(?: code)?|reason code|"
    r"denial(?: code)?|denied)\W{0,3}(?P<named>(?:MA?|N|B|A|P)?\d{1,3})(?!\d)|(?P<remark>MA\d{2,3}|N\d{3}"
    r"|M\d{2,3})|(?P<before>[ABP]\d{1,2}|\d{1,3})(?=\s+(?:denial|carc|reason code)))(?![\w.])",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"(?<![\w.])(?P<code>\d{3}(?:\.\d{1,2})?|V\d{2}(?:\.\d{1,2})?|E\d{3}(?:\.\d)?)(?![\w.]*\d)", re.IGNORECASE
)
_MAPPED = re.compile(r"\bgems?\b|\bicd-?\s?10|\bcrosswalk|\bconvert|\bequivalent|\bmap(?:s|ped)?\b|->", re.IGNORECASE)
_DOTTED_FORMER = re.compile(r"(?<![\w.$])(?:\d{3}|V\d{2}|E\d{3})\.\d{1,2}(?![\w.]|\s?(?:mg|cm|mm|ml|%))", re.IGNORECASE)
_ICD_9 = re.compile(r"\bicd-?\s?9", re.IGNORECASE)
_ABOUT_DENIAL = re.compile(
    r"\b(?:carc|rarc|reason code|remark|denial|denied|deny|remit\w*|eob|835|mean)\b|\b(?:CO|PR"
    r"|OA)[ -]?\d",
    re.IGNORECASE,
)


@dataclass
class Codes:
    """A question's text and the library that tells which of its tokens are codes."""

    text: str
    library: Library

    @cached_property
    def said(self) -> tuple[SaidCode, ...]:
        """Every code, in order; of two readings of one place the one that a loaded list has."""
        found: dict[int, SaidCode] = {}
        for item in (*self._taxonomies(), *self._dotted(), *self._procedures(), *self._bare(), *self._pcs()):
            if not any(other.start < item.end and item.start < other.end for other in found.values()):
                found[item.start] = item
        return tuple(found[at] for at in sorted(found))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Numbers of coverage documents: `L33689`, `A57767`, `NCD 310.1`; a listed diagnosis is none."""
        every = (re.sub(r"\s", "", match["code"]).upper() for match in _DOCUMENT.finditer(self.text))
        return tuple(dict.fromkeys(item for item in every if item.startswith("NCD") or not self._is_diagnosis(item)))

    @cached_property
    def denials(self) -> tuple[str, ...]:
        """Denial codes: `CO-50`, `N115`; letters and digits alone only where the question speaks of denials."""
        if not _ABOUT_DENIAL.search(self.text):
            return ()
        found = []
        for match in _DENIAL.finditer(self.text):
            grouped = (
                f"{match['group']}-{match['carc']}"
                if match["group"]
                else match["named"] or match["remark"] or match["before"]
            )
            found.append(grouped.upper())
        return tuple(dict.fromkeys(found))

    @cached_property
    def former(self) -> tuple[str, ...]:
        """ICD-9 codes, where the question names ICD-9."""
        if not _ICD_9.search(self.text) and not (_MAPPED.search(self.text) and _DOTTED_FORMER.search(self.text)):
            return ()
        text = re.sub(r"(?i)icd-?\s?(?:9|10)(?:-?\s?cm)?", lambda match: " " * len(match[0]), self.text)
        return tuple(dict.fromkeys(match["code"].upper() for match in _FORMER.finditer(text)))

    def _procedures(self) -> Iterator[SaidCode]:
        for match in _PROCEDURE.finditer(self.text):
            value = (match["code"] or match["next"]).upper()
            if is_dental(value):
                yield SaidCode(Code("hcpcs", value), *match.span(), listed=False)
                continue
            code = procedure(value)
            known = is_known(self.library, code)
            if code.system == "hcpcs" and not known and self._is_diagnosis(value):
                yield SaidCode(Code("icd-10-cm", value), *match.span())
                continue
            modifiers = tuple(re.findall(r"[0-9A-Z]{2}", (match["tail"] or "").upper()))
            units = int(match["units"]) if match["units"] else None
            yield SaidCode(code, *match.span(), modifiers, units, known)

    def _dotted(self) -> Iterator[SaidCode]:
        for match in _DOTTED.finditer(self.text):
            value = plain(match["code"])
            if match["code"].upper() in self.former and not self._is_diagnosis(value):
                continue
            yield SaidCode(Code("icd-10-cm", value), *match.span(), listed=self._is_diagnosis(value))

    def _bare(self) -> Iterator[SaidCode]:
        """Without a dot only what a loaded edition has: `I10`, `C44311`, and no word or modifier."""
        for match in _BARE.finditer(self.text):
            value = match["code"].upper()
            if self._is_diagnosis(value) and value not in self.denials:
                yield SaidCode(Code("icd-10-cm", value), *match.span())

    def _pcs(self) -> Iterator[SaidCode]:
        for match in _PCS.finditer(self.text):
            yield SaidCode(Code("icd-10-pcs", match["code"]), *match.span())

    def _taxonomies(self) -> Iterator[SaidCode]:
        for match in _TAXONOMY.finditer(self.text):
            if len(match["code"]) == 10:
                yield SaidCode(Code("taxonomy", match["code"].upper()), *match.span())

    def _is_diagnosis(self, value: str) -> bool:
        return bool(self.library.history("icd-10-cm", code=value))
