"""Filters of the trade: source marks, codes inside notes, money, and the label of a coded value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from codeward.core.answers import Fact
from codeward.core.sources import Source
from codeward.services.compare_codes import ComparedSection
from codeward.web.pages import marks as source_marks

register = template.Library()

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_DIAGNOSIS = re.compile(r"\b([A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)")


@register.filter
def mark(source: Source | None) -> str:
    """The source mark of a fact or row."""
    return source_marks.mark(source) if source else ""


@register.filter
def marks(sources: Iterable[Source]) -> str:
    """The source marks of a sentence."""
    return source_marks.marks(sources)


@register.filter
def dollars(value: object) -> str:
    """An amount as people read it."""
    try:
        return f"${Decimal(str(value)):,.2f}"
    except ArithmeticError:
        return str(value)


@register.filter
def steps(path: object) -> str:
    """A path of categories with the arrow that trails have."""
    return str(path).replace(" > ", " › ")


@register.filter
def category(text: str) -> str:
    """A CMS service category as published (`Procedure-  Skin-  Mohs surgery`), as a trail."""
    return " › ".join(part.strip() for part in text.split("-") if part.strip())


@register.filter
def short(fact: Fact | None) -> str:
    """The label of a coded value: its meaning up to the first full stop."""
    return fact.meaning.partition(". ")[0] if fact else ""


@register.filter
def counted(number: int | None) -> str:
    """A count with its thousands marked."""
    return "" if number is None else f"{number:,}"


@register.filter
def gloss(meaning: str) -> SafeString:
    """A coded value's meaning with its label set off from the sentence."""
    label, stop, sentence = meaning.partition(". ")
    if not stop:
        return format_html('<span class="meaning">{}</span>', meaning)
    return format_html('<span class="meaning"><b>{}.</b> {}</span>', label, sentence)


@register.filter
def both_missing(section: ComparedSection) -> list[tuple[str, tuple[str, ...]]]:
    """What is not loaded for each side of a comparison."""
    return [("first", section.first_missing), ("second", section.second_missing)]


@register.filter
def spaced(name: str) -> str:
    """A column's name in words."""
    return name.replace("_", " ")


@register.filter
def shown(value: object) -> str:
    """A fact's value: yes and no in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


@register.filter
def with_codes(text: str, query: str) -> SafeString:
    """A note whose bracketed ICD-10-CM codes lead to their pages."""
    escaped = str(conditional_escape(text))
    return mark_safe(_IN_BRACKETS.sub(lambda part: _linked(part[0], query), escaped))  # noqa: S308 - escaped above


def _linked(text: str, query: str) -> str:
    return _DIAGNOSIS.sub(
        lambda code: format_html('<a class="code" href="/icd-10-cm/{}{}">{}</a>', code[1], query, code[1]), text
    )
