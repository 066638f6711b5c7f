"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from codeward.web.upload_limit import UploadLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codeward.web.settings")

application = UploadLimit(get_asgi_application())
