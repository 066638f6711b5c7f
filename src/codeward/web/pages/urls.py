"""Addresses of the reading pages."""

from __future__ import annotations

from django.urls import path, register_converter

from codeward.core.codes import SYSTEMS
from codeward.web.pages.views.codes import code_page
from codeward.web.pages.views.coverage import coverage_document_page, coverage_page
from codeward.web.pages.views.denials import denial_page, denials_page
from codeward.web.pages.views.edits import edits_page
from codeward.web.pages.views.home import home_page
from codeward.web.pages.views.library import library_page
from codeward.web.pages.views.ncci_manual import manual_chapter_page, manual_page
from codeward.web.pages.views.search import search_page, suggestions
from codeward.web.pages.views.source import source_page
from codeward.web.pages.views.terms import terms_page


class SystemConverter:
    """A code system as it stands in an address."""

    regex = "|".join(SYSTEMS)

    def to_python(self, value: str) -> str:
        """The system's name."""
        return value

    def to_url(self, value: str) -> str:
        """The system's name."""
        return value


register_converter(SystemConverter, "system")

urlpatterns = [
    path("", home_page, name="home"),
    path("search", search_page, name="search"),
    path("suggest", suggestions, name="suggest"),
    path("source", source_page, name="source"),
    path("library", library_page, name="library"),
    path("terms", terms_page, name="terms"),
    path("coverage", coverage_page, name="coverage"),
    path("coverage/<str:number>", coverage_document_page, name="coverage-document"),
    path("denials", denials_page, name="denials"),
    path("denials/<str:code>", denial_page, name="denial"),
    path("ncci-manual", manual_page, name="ncci-manual"),
    path("ncci-manual/<str:chapter>", manual_chapter_page, name="ncci-manual-chapter"),
    path("<system:system>/<str:text>", code_page, name="code"),
    path("<system:system>/<str:text>/edits", edits_page, name="edits"),
]
