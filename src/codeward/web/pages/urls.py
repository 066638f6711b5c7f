"""Addresses of the reading pages."""

from __future__ import annotations

from django.urls import path, register_converter

from codeward.core.codes import SYSTEMS
from codeward.web.pages.views.codes import code_page
from codeward.web.pages.views.edits import edits_page
from codeward.web.pages.views.groups import drg_group_page, drg_list_page, drg_page, gems_page, hcc_page
from codeward.web.pages.views.home import home_page
from codeward.web.pages.views.library import library_page
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
    path("gems", gems_page, name="gems"),
    path("drg", drg_page, name="drg"),
    path("ms-drg", drg_list_page, name="ms-drg"),
    path("ms-drg/<str:number>", drg_group_page, name="ms-drg-group"),
    path("hcc/<str:version>/<str:category>", hcc_page, name="hcc"),
    path("<system:system>/<str:text>", code_page, name="code"),
    path("<system:system>/<str:text>/edits", edits_page, name="edits"),
]
