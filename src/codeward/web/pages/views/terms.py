"""The terms page: what was accepted to load codes that others own, and whose they are."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from codeward.ingest.acceptance import COUNTED, TERMS, terms_text
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked

_ADDRESS = re.compile(r"(?<!<)(https?://[^\s)>]+)")


@require_safe
def terms_page(request: HttpRequest) -> HttpResponse:
    """Each set of terms in full with when it was accepted here, then the owners' notices."""
    held = shelf.home().acceptances()
    terms = [(name, _as_html(terms_text(name)), held.get(name)) for name in TERMS]
    return answered(request, "terms.html", {"terms": terms, "counted_terms": COUNTED}, day=day_asked(request))


def _as_html(text: str) -> SafeString:
    """Our own Markdown as HTML; headings one level down, under the page's own."""
    lowered = re.sub(r"^#", "##", _ADDRESS.sub(r"<\1>", text), flags=re.MULTILINE)
    return mark_safe(MarkdownIt("commonmark", {"html": False}).render(lowered))  # noqa: S308 - raw HTML is off
