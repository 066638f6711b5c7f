"""The app that carries the pages' templates and static files."""

from __future__ import annotations

from django.apps import AppConfig


class Pages(AppConfig):
    """Pages over the services; no models."""

    name = "codeward.web.pages"
    label = "pages"
