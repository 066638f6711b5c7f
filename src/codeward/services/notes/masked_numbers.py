"""Masked numbers: telephone and record numbers, addresses on networks, and whatever else points at one person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeward.core.notes import Masked

_NUMBER_OF = r"(?:[ ]{0,2}(?:no|nos|number|numbers|num|nbr|id|ids|code)\.?(?![\w]))?[ ]{0,2}[:#=.]{0,3}[ ]{0,4}#?[ ]{0,2}(?:(?:is|was)[ ])?"
_TOKEN = r"(?P<x>(?=[\w-]{0,24}\d)(?:[A-Za-z]{1,4}[ ]?)?[A-Za-z0-9][A-Za-z0-9-]{2,24})(?![\w])"
_LONG_TOKEN = r"(?P<x>(?=(?:[A-Za-z-]{0,12}\d){4})[A-Za-z0-9][A-Za-z0-9-]{3,24})(?![\w])"
_MBI_LETTER = "[AC-HJKMNP-RT-Yac-hjkmnp-rt-y]"
_MBI_EITHER = "[0-9AC-HJKMNP-RT-Yac-hjkmnp-rt-y]"


def _labelled(labels: str, token: str = _TOKEN) -> str:
    return rf"(?i:(?<![\w-])(?:{labels})(?![\w]){_NUMBER_OF}{token})"


_PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("e-mail", r"(?<![\w.+-])(?P<x>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})"),
        ("web address", r"(?<!\w)(?P<x>(?:https?|ftp)://[^\s<>\"')\]]{1,500})"),
        ("web address", r"(?<![\w@.])(?P<x>(?i:www)\.[^\s<>\"')\]]{3,300})"),
        (
            "web address",
            r"(?<![\w@.-])(?P<x>[A-Za-z0-9][\w-]{1,62}(?:\.[\w-]{1,62}){0,3}\.(?:com|org|net|edu|gov|io|info|health|us)(?:/[^\s<>\"')\]]{0,300})?)(?![\w-])",
        ),
        (
            "IP address",
            r"(?<![\w.])(?P<x>(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))(?![\w]|\.\d)",
        ),
        ("IP address", r"(?<![\w:])(?P<x>(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4})(?![\w:])"),
        (
            "IP address",
            r"(?<![\w:])(?P<x>(?=[0-9a-fA-F:]{0,40}::)(?:[0-9a-fA-F]{1,4}:){1,6}(?::[0-9a-fA-F]{1,4}){1,6})(?![\w:])",
        ),
        ("device number", r"(?<![\w:-])(?P<x>(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2})(?![\w:-])"),
        ("social security number", r"(?<![\w-])(?P<x>\d{3}-\d{2}-\d{4})(?![\w-])"),
        ("social security number", r"(?<![\w-])(?P<x>[Xx*]{3}-[Xx*]{2}-\d{4})(?![\w-])"),
        (
            "social security number",
            r"(?<![\w-])(?i:ssn|ss ?#|soc(?:ial)?\.? sec(?:urity)?\.?)(?i:[ ](?:no|number|num)\.?)?(?:[ ]?\(?last[ ](?:4|four)\)?)?[ ]{0,2}[:#=]{0,2}[ ]{0,3}(?:is[ ]|ending[ ]in[ ])?(?P<x>\d{3}[- ]?\d{2}[- ]?\d{4}|\d{4})(?!\d)",
        ),
        (
            "health plan number",
            rf"(?<![\w-])(?P<x>[1-9]{_MBI_LETTER}{_MBI_EITHER}\d[- ]?{_MBI_LETTER}{_MBI_EITHER}\d[- ]?{_MBI_LETTER}{{2}}\d{{2}})(?![\w-])",
        ),
        ("health plan number", r"(?<![\w-])(?P<x>\d{3}-\d{2}-\d{4}-?[A-Z]\d?)(?![\w-])"),
        (
            "health plan number",
            _labelled(
                r"mbi|hicn?|medicare(?:[ ](?:id|no|number|#|beneficiary[ ](?:id|number)|card))|medicaid(?:[ ](?:id|no|number|#|recipient[ ]id|card))|member(?:[ ](?:id|no|number|#))|policy(?:[ ](?:id|no|number|#))|subscriber(?:[ ](?:id|no|number|#))|group(?:[ ](?:id|no|number|#))"
                r"|insurance(?:[ ](?:id|no|number|#|policy))|plan(?:[ ](?:id|no|number|#))|beneficiary(?:[ ](?:id|no|number|#))|rxbin|rxgrp|payer[ ]id|policy(?=:)|insured(?:[ ]id)|health[ ]plan(?:[ ](?:id|no|number|#|beneficiary[ ]number))|certificate[ ](?:of[ ]coverage|holder)",
                _TOKEN,
            ),
        ),
        (
            "medical record number",
            _labelled(
                r"mrns?|mr[ ]?#|med(?:ical)?\.?[ ]rec(?:ord)?s?\.?(?=[ :#]{1,3}(?:no|number|num|#|\d|id|:))|chart(?=[ ]?(?:no|number|num|#|id|:))|patient[ ](?:id|identifier|no|number|#)|pt[ ](?:id|no|#)|unit[ ](?:no|number|#)|hospital[ ](?:no|number|#)|record[ ](?:no|number|#)|encounter[ ](?:id|no|number|#)|visit[ ](?:id|number|#)"
                r"|csn|epi|eid|empi|fin(?=[ :#])|contact[ ]serial|registry[ ](?:no|number|#)"
            ),
        ),
        (
            "account number",
            _labelled(
                r"acct|account(?=[ ]?(?:no|number|num|#|id|:|ending))|acc[ ]?#|billing[ ](?:no|number|id|#)|invoice(?=[ ]?(?:no|number|#|:))|guarantor[ ](?:no|number|id|#)|claim[ ](?:no|number|id|#|control[ ]number)|(?:credit|debit)[ ]card(?:[ ]ending[ ]in)?|bank[ ]account|routing|iban|card(?=[ ](?:no|number|#|ending))|hsa|har(?=[ ]?#)"
            ),
        ),
        ("account number", r"(?<![\w-])(?P<x>\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{4})(?![\w-])"),
        (
            "licence number",
            _labelled(
                r"npi|dea|upin|licen[sc]es?(?=[ ]?(?:no|number|num|#|id|:|\d))|lic\.?(?=[ ]?(?:no|number|#|:))|certificate(?=[ ]?(?:no|number|#|:))|cert\.?(?=[ ]?(?:no|number|#|:))|driver[’']?s?[’']?[ ]licen[sc]e|dl(?=[ ]?(?:no|number|#|:))|clia|tax[ ]id|tin(?=[ ]?[:#])|ein|registration(?=[ ]?(?:no|number|#|:))|permit(?=[ ]?(?:no|number|#|:))|state[ ]id",
                _TOKEN,
            ),
        ),
        (
            "vehicle number",
            _labelled(
                r"vin|licen[sc]e[ ]plate|plate(?=[ ]?(?:no|number|#|:))|tag(?=[ ]?(?:no|number|#|:))|vehicle(?=[ ]?(?:id|no|number|#|identification))(?:[ ]identification)?",
                r"(?P<x>(?=(?:[A-Za-z -]{0,6}\d){2})[A-Za-z0-9]{1,8}(?:[ -]?[A-Za-z0-9]{2,17}){0,2})(?!\w)",
            ),
        ),
        ("vehicle number", r"(?<![\w-])(?P<x>(?=[A-Z]{0,16}\d)(?=\d{0,16}[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17})(?![\w-])"),
        (
            "device number",
            _labelled(
                r"serial|ser\.?(?=[ ]?(?:no|#))|s/n|sn(?=[ ]?[:#])|device[ ](?:id|identifier|no|number|#|serial)|udi|imei|implant[ ](?:id|no|number|#)|model[ ](?:no|number|#)|mac[ ]address|pump[ ](?:no|number|#)|pacemaker[ ](?:id|no|number|#|serial)"
            ),
        ),
        ("device number", r"(?<![\w)])(?P<x>\(01\)\d{14}(?:\(\d{2}\)[\w-]{1,20}){0,4})"),
        (
            "fax",
            r"(?<!\w)(?i:fax|facsimile|f)(?i:[ ](?:no|number|#|to|at))?[ ]{0,2}[:.#]{0,2}[ ]{0,3}(?P<x>(?:\+?1[-. ]?)?(?:\(\d{3}\)[ ]?|\d{3}[-. ]?)\d{3}[-. ]?\d{4})(?!\d)",
        ),
        (
            "telephone",
            r"(?<![\w.+/-])(?P<x>(?:\+?1[-. ]{1,2})?(?:\(\d{3}\)[ -]?|\d{3}[-. /])\d{3}[-. ]\d{4}(?:[ ,]{0,2}(?i:x|ext\.?|extension)[ ]?\d{1,6})?)(?![\w-])",
        ),
        ("telephone", r"(?<![\w.-])(?P<x>\+\d{1,3}(?:[- .]?\(?\d{1,4}\)?){2,5})(?![\w-])"),
        (
            "telephone",
            r"(?<!\w)(?i:phone|ph|tel(?:ephone)?|cell(?:[ ]phone)?|mobile|pager|beeper|home|work|contact|call(?:[ ](?:back|me|us|him|her))?|callback|reached|reach(?:[ ](?:him|her|us|me))?|voicemail|text|ext(?:ension)?)(?i:[ ](?:no|number|num|#|at|is))?[ ]{0,2}[:.#]{0,2}[ ]{0,3}(?:at[ ])?(?P<x>(?:\d{3}[-. ]?)?\d{3}[-. ]?\d{4})(?![\d-])",
        ),
        ("telephone", r"(?<!\w)(?i:ext(?:ension)?\.?|pager)[ ]{0,2}[:#]?[ ]{0,2}(?P<x>\d{3,6})(?![\w.])"),
        (
            "other number",
            _labelled(
                r"accession|specimen(?=[ ]?(?:id|no|number|#))|case(?=[ ](?:id|no|number|#))|requisition|req[ ]?#|order(?=[ ](?:id|no|number|#))|reference(?=[ ](?:id|no|number|#))|ref(?=[ ]?(?:no|number|#))|confirmation|tracking|study(?=[ ](?:id|no|#))|subject(?=[ ](?:id|no|number|#))|participant(?=[ ](?:id|no|number|#))|employee(?=[ ](?:id|no|number|#))"
                r"|badge|student(?=[ ](?:id|no|number|#))|passport|(?:prior[ ])?auth(?:orization)?(?=[ ]?(?:id|no|number|#|:))|referral(?=[ ](?:id|no|number|#))|rx(?=[ ]?(?:no|number|#))|prescription(?=[ ](?:id|no|number|#))|military[ ]id|inmate|booking|green[ ]card|alien|visa[ ]no|protocol(?=[ ](?:id|no|#))|slide(?=[ ](?:id|no|#))|path(?:ology)?(?=[ ](?:no|number|#))|donor[ ](?:id|no)|uuid|guid|tracking|locker",
                _TOKEN,
            ),
        ),
        (
            "other number",
            r"(?<![\w-])(?P<x>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})(?![\w-])",
        ),
        ("other number", r"(?<![\w-])(?P<x>(?:[A-Z]{1,3}-?\d\d|[A-Z]{2,4}\d{4})-\d{4,8})(?![\w-])"),
        (
            "biometric",
            r"(?<!\w)(?P<x>(?i:finger[ -]?prints?|voice[ -]?prints?|palm[ -]?prints?|retina[l]?[ ]print|iris[ ]scans?|face[ -]?prints?|facial[ ]recognition|biometrics?(?:[ ](?:id|identifier|scan|data|template))?|hand[ ]geometry|dna[ ](?:profile|fingerprint)))(?!\w)",
        ),
        (
            "photograph",
            r"(?<!\w)(?<!fundus )(?<!Fundus )(?<!ocular )(?<!retinal )(?<!segment )(?<!external )(?<!External )(?P<x>(?i:(?:full[- ]face[ ]|facial[ ]|clinical[ ]|patient[ ])?(?:photographs?|photos?|selfies?|mug[ ]?shots?)))(?![\w-])",
        ),
    )
)
_DIGITS = re.compile(r"(?<![\w.,/-])\d{8,20}(?![\w/-]|[.,]\d)")
_KEPT_AFTER = re.compile(
    r"(?:NDC|SNOMED(?:[ -]?CT)?|RxNorm|RXCUI|RxCUI|LOINC|GTIN|UPC|CPT|HCPCS|ICD(?:-?\d{1,2})?(?:-?CM|-?PCS)?|CVX|CCI|SCTID|DOI|PMID|NCT|taxonomy|load|count|titer|concept|code)s?(?:[ ](?:code|id|ID|no|number|of|was|is|equals))?[ :#=(]{0,4}$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(r"[ ]?(?:copies|IU|units?|cells?|/|mg|mcg|ng|mL|CFU|particles|vg)(?!\w)", re.IGNORECASE)
_NDC_11 = 11


def numbers_in(text: str) -> Iterator[Masked]:
    """Identifiers (D) to (R) of 45 CFR 164.514(b)(2)(i): by their form, or by the label before them."""
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Masked(kind, *found.span("x"))
    yield from _long_numbers(text)
    yield from _dea_numbers(text)


def _long_numbers(text: str) -> Iterator[Masked]:
    """Eight digits and more that are no code, drug or measure."""
    drugs = "NDC" in text or "ndc" in text
    for found in _DIGITS.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if _KEPT_AFTER.search(before) or _UNIT_AFTER.match(text, found.end()):
            continue
        if drugs and len(found[0]) == _NDC_11:
            continue
        yield Masked("licence number" if is_npi(found[0]) else "other number", *found.span())


_DEA = re.compile(r"(?<![\w-])[A-HJ-MPRSTUXa-hj-mprstux][A-Za-z9]\d{7}(?![\w-])")


def _dea_numbers(text: str) -> Iterator[Masked]:
    for found in _DEA.finditer(text):
        digits = [int(digit) for digit in found[0][2:]]
        if (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]:
            yield Masked("licence number", *found.span())


def is_npi(digits: str) -> bool:
    """Ten digits that begin with 1 or 2 and hold the check digit of 45 CFR 162.406 (Luhn over 80840 and the number)."""
    if len(digits) != 10 or digits[0] not in "12":
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0
