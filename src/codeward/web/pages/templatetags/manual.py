"""Filters of the policy manual's pages: codes in running text as links, and addresses of paragraphs."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from codeward.core.codes import Code, procedure
from codeward.datasets.policy_manual_codes import code_places

register = template.Library()

_BOUNDS = ("0000", "9999")
"""Ends of a whole chapter's range, which are no codes themselves."""


@register.filter
def with_procedures(text: str, query: str) -> SafeString:
    """A paragraph whose codes and modifiers lead to their pages."""
    parts, at = [], 0
    for start, end, code in code_places(text):
        if code.endswith(_BOUNDS):
            continue
        target = Code("modifier", code) if len(code) == 2 else procedure(code)
        parts += [conditional_escape(text[at:start]), _link(target, query)]
        at = end
    return mark_safe("".join([*parts, conditional_escape(text[at:])]))  # noqa: S308 - joined from escaped parts


def _link(code: Code, query: str) -> SafeString:
    return format_html('<a class="code" href="{}{}">{}</a>', code.path, query, code.shown)


@register.filter
def manual_address(place: str) -> str:
    """The reading page of a paragraph given as `III/35`."""
    return f"/ncci-manual/{place.partition('/')[0]}"


@register.filter
def after_slash(place: str) -> str:
    """The paragraph's number out of `III/35`."""
    return place.partition("/")[2]
