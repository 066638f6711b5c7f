"""Addresses of the reading pages."""

from __future__ import annotations

from django.urls import path, register_converter

from codeward.core.codes import SYSTEMS
from codeward.web.pages.views.codes import code_page
from codeward.web.pages.views.edits import edits_page
from codeward.web.pages.views.home import home_page
from codeward.web.pages.views.library import library_page
from codeward.web.pages.views.pcs import browse_page, definitions_page, index_page, tables_page, term_page
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
    path("icd-10-pcs/browse", browse_page, name="pcs-browse"),
    path("icd-10-pcs/tables", tables_page, name="pcs-tables"),
    path("icd-10-pcs/tables/<str:beginning>", tables_page, name="pcs-table"),
    path("icd-10-pcs/index", index_page, name="pcs-index"),
    path("icd-10-pcs/index/<str:letter>", index_page, name="pcs-letter"),
    path("icd-10-pcs/index/<str:letter>/<path:term>", term_page, name="pcs-term"),
    path("icd-10-pcs/definitions", definitions_page, name="pcs-definitions"),
    path("icd-10-pcs/definitions/<str:section>", definitions_page, name="pcs-section"),
    path("<system:system>/<str:text>", code_page, name="code"),
    path("<system:system>/<str:text>/edits", edits_page, name="edits"),
]
