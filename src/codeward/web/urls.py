"""Addresses of the site."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("codeward.web.pages.urls"))]

handler400 = "codeward.web.pages.faults.bad_request"
handler404 = "codeward.web.pages.faults.no_such_page"
handler500 = "codeward.web.pages.faults.broken"
