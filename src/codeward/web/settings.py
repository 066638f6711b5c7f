"""Settings: the one place where the environment is read."""

from __future__ import annotations

import os
import secrets

from csp.constants import NONE, SELF

from codeward.tools.cli.options import (
    ask_feedback,
    batch_hours,
    batch_megabytes,
    home_folder,
    licence_mode,
    model_key,
    model_setting,
)

CODEWARD_HOME = home_folder(os.environ.get("CODEWARD_HOME", ""))
CODEWARD_LICENCE = licence_mode()
CODEWARD_ASK_FEEDBACK = ask_feedback()
CODEWARD_BATCH_HOURS = batch_hours()
CODEWARD_BATCH_MEGABYTES = batch_megabytes()
CODEWARD_MODEL = model_setting("")
CODEWARD_MODEL_KEY = model_key()
DEBUG = os.environ.get("CODEWARD_DEBUG", "") == "1"
# Nothing signed with it outlives the process but a conversation with the assistant, which then begins anew.
SECRET_KEY = os.environ.get("CODEWARD_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get("CODEWARD_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

ROOT_URLCONF = "codeward.web.urls"
ASGI_APPLICATION = "codeward.web.asgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "django_htmx", "codeward.web.pages"]
DATABASES: dict[str, object] = {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "codeward.web.pages.static_files.ServeFiles",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "codeward.web.pages.faults.FaultPages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["codeward.web.pages.templatetags.trade"]},
    }
]

# Served straight from the installed packages: there is no collecting step to forget.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 86_400
STORAGES = {"staticfiles": {"BACKEND": "codeward.web.pages.static_files.StampedFiles"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
# CMS's days begin and end in Baltimore: "today" must not be tomorrow's edition in the evening.
TIME_ZONE = os.environ.get("CODEWARD_TIME_ZONE", "America/New_York")
