"""The site as it is served, with the made suggestion in place of the service."""

from __future__ import annotations

import made_case
from codeward.web.asgi import application
from codeward.web.pages.views import case

case.suggest = made_case.suggest

__all__ = ["application"]
