"""Masked dates: days and months of dates, the year kept, and ages over 89."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeward.core.notes import Masked

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?"
    r"|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_YEAR = r"(?:18\d\d|19\d\d|20[0-4]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w/.-])(?P<x>{_MONTH_NUMBER}(?P<s>[/-]){_DAY}(?P=s))(?:{_YEAR}|\d\d)(?![\d/-])",
        rf"(?<![\w/.-])(?P<x>{_DAY}(?P<s>[/-]){_MONTH_NUMBER}(?P=s)){_YEAR}(?![\d/-])",
        rf"(?<![\w/.-])(?P<x>{_MONTH_NUMBER}\.{_DAY}\.){_YEAR}(?![\d.-])",
        rf"(?<![\w/.-]){_YEAR}(?P<x>[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01]))(?![\d-])",
        rf"(?<![\w/.-])(?P<x>{_MONTH_NUMBER}/){_YEAR}(?![\d/])",
        rf"(?<![\w-])(?P<x>{_MONTH}\.?[ ]{{1,3}}{_DAY}(?:st|nd|rd|th)?),?[ ]{{1,3}}{_YEAR}(?!\d)",
        rf"(?<![\w/.-])(?P<x>{_DAY}(?:st|nd|rd|th)?(?:[ ]of)?[ -]{_MONTH}\.?)(?:,?[ -](?:{_YEAR}|\d\d(?!\d)))?(?!\w)",
        rf"(?<![\w-])(?P<x>{_MONTH}\.?)(?:[ ]of)?,?[ ]{{1,3}}{_YEAR}(?!\d)",
        rf"(?<![\w-])(?P<x>(?!May|MAY){_MONTH}\.?[ ]{{1,3}}{_DAY}(?:st|nd|rd|th)?)(?![\w/-]|\.\d|[ ](?:mg|mcg|ml|mL"
        rf"|tabs?|units?|%))",
        r"(?<![\w-])(?P<x>May[ ]{1,3}(?:\d{1,2}(?:st|nd|rd|th)|\d{1,2}(?=[,.;)\n]|[ ]at|[ ]for|[ ]and|$)))",
        rf"(?i:(?<![\w-])(?:in|since|until|by|during|last|this|next|of|early|late|mid|from|through|before"
        rf"|after)[ -])(?P<x>(?!OCT|MAR|SEP|DEC|JAN|APR){_MONTH})(?![\w-]|[ ](?:be|have|need|also|use|not)\b)",
        r"(?i:(?<![\w-])(?:on|dated|dos|date|seen|lmp|edd|edc|due|f/u|rtc|visit|appointment|appt)(?:[:.]"
        r"|[ ]on)?[ ]{0,2})(?P<x>(?:0?[1-9]"
        r"|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?![\d/]|[ ]?(?:pain|strength|scale|intensity|severity|cm|mm|of|dose"
        r"|tab))",
        r"(?i:(?<![\w-])(?:since|until|through|thru|by|from|to|last|next)[ ]{1,2})(?P<x>(?:0?[1-9]|1[0-2])/(?:1[1-9]"
        r"|2\d|3[01]))(?![\d/]|[ ]?(?:pain|strength|scale|vision|cm|mm))",
        r"(?i:(?<![\w-])(?:dob|d\.o\.b\.|dos|born|birth ?date|date of birth|date)[:.# ]{1,4})(?P<x>(?:(?:0[1-9]"
        r"|1[0-2])(?:0[1-9]|[12]\d|3[01])))(?:18|19|20)\d\d(?!\d)",
        r"(?i:(?<![\w-])(?:dob|d\.o\.b\.|dos|born|birth ?date|date of birth|date)[:.# ]{1,4})(?:18|19"
        r"|20)\d\d(?P<x>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)",
    )
)
_AGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w.,/-])(?P<x>9\d|1[0-3]\d)(?=[ -]?(?:years?|yrs?)[ -]?(?:old|of[ ]age)|[ -]?y\.?[ ]?/?o(?![a-z])"
        r"|[ ]?(?:years?|yrs?),?[ ](?:male|female|man|woman)|[ ]?(?-i:M)(?![\w/-]))",
        r"(?<![\w.,/-])(?P<x>9[0-5])(?=[ ]?(?-i:F)[ ](?:with|who|presents|presenting|here|admitted|c/o|h/o|s/p))",
        r"(?<![\w-])(?:age|aged|ages|age[ ]is|age[ ]of|turned|turns|is[ ]now|at[ ]age)[: ]{1,3}(?P<x>9\d"
        r"|1[0-3]\d)(?![\d.%/-]|[ ]?(?:%|kg|lb|mm|mg|bpm|percent|degrees|on|systolic))",
        r"(?<![\w-])(?P<x>ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:one"
        r"|a)[ ]hundred(?:[ ](?:and[ ])?\w{3,6})?)(?=[ -]years?[ -]old)",
        r"(?<![\w-])(?P<x>9\d)(?=[ ]years?[ ]young)",
    )
)


def dates_in(text: str) -> Iterator[Masked]:
    """Days and months, and ages over 89 (45 CFR 164.514(b)(2)(i)(C))."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Masked("date", *found.span("x"))
    for pattern in _AGES:
        for found in pattern.finditer(text):
            yield Masked("age over 89", *found.span("x"))
