"""Settings that hold everywhere; safe by default."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import django_stubs_ext
import pghistory
from django.utils.csp import CSP

from kkr.database import app_role_name, chosen_role, database_settings

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("KKR_VAR", BASE_DIR / "var"))

DEBUG = False
SECRET_KEY = ""
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "kkr.static_files.NamedStaticFiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "core",
    "documents",
    "accounts",
    "questions",
    "meetings",
    "proposals",
    "resultcontracts",
    "dimensioning",
    "kkr",
]

MIDDLEWARE = [
    # On the outside: redirects and refusals of the others carry these too.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "core.middleware.private_by_default",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside all that may refuse a form.
    "core.drafts.middleware.keep_refused",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.htmx_redirects",
    "accounts.middleware.seat",
    "allauth.account.middleware.AccountMiddleware",
    "meetings.middleware.Withdrawn",
]

ROOT_URLCONF = "kkr.urls"
WSGI_APPLICATION = "kkr.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kkr.context_processors.shell",
            ],
            "builtins": ["core.templatetags.danish", "core.templatetags.look"],
        },
    },
]
FORM_RENDERER = "core.rendering.PortalRenderer"

DATABASES = {"default": database_settings(chosen_role())}
DATABASE_APP_ROLE = app_role_name()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.SeatedBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False

SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kkr.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# allauth's rate limits must be shared by all processes; nothing else is cached.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "documents.storage.ContentStorage",
        "OPTIONS": {"location": str(VAR_DIR / "files")},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Mails become files until a mail server is given (settings.prod).
MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(VAR_DIR / "mail")},
    }
}
DEFAULT_FROM_EMAIL = "KKR-portalen <portal@kkr.example>"
# How links in mails begin: a job has no request to ask.
PORTAL_ADDRESS = os.environ.get("KKR_ADDRESS", "http://localhost:8000").rstrip("/")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# All that one municipality thinks of 500 proposals is one form: up to five fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# Beyond UPLOAD_MAX_FILES a file is named and refused; beyond this the whole request is.
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_HANDLERS = ["core.uploads.LimitedUploadHandler"]
# Whose files are written at all: a function of the request.
MAY_UPLOAD = "kkr.uploads.may_upload"

# One line each to stderr, which whoever runs the process keeps.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # It logs each start and end at INFO; of its errors it logs the trace.
        "procrastinate": {"level": "WARNING"},
        "procrastinate.worker": {"level": "INFO"},
        # Each tells every step of its work at INFO.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}

PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)

# Domain settings.
DEMO = os.environ.get("KKR_DEMO") == "1"
# The day the portal believes it is; only the demo may set it. None: the real day.
CLOCK_DATE: date | None = (
    date.fromisoformat(os.environ.get("KKR_DEMO_DAY") or "2023-11-07") if DEMO else None
)
# The accessibility statement: who answers, and when it was last gone through (ISO).
STATEMENT = {
    "owner": os.environ.get("KKR_OWNER", "KKR Sjælland"),
    "domain": os.environ.get("KKR_WAS_DOMAIN", "kkr.example"),
    "mail": os.environ.get("KKR_CONTACT_MAIL", "sekretariat@kkr.example"),
    "phone": os.environ.get("KKR_CONTACT_PHONE", "00 00 00 00"),
    "made_on": os.environ.get("KKR_STATEMENT_MADE", "2023-11-01"),
    "reviewed_on": os.environ.get("KKR_STATEMENT_REVIEWED", "2023-11-01"),
}
UPLOAD_MAX_BYTES = 50 * 1024 * 1024
UPLOAD_MAX_FILES = 20
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024
WORKER_HEARTBEAT = float(os.environ.get("KKR_WORKER_HEARTBEAT", "5"))
WORKER_STALLED_AFTER = float(os.environ.get("KKR_WORKER_STALLED_AFTER", "20"))
WORKER_GRACE = float(os.environ.get("KKR_WORKER_GRACE", "10"))
WORKER_LOOK_EVERY = float(os.environ.get("KKR_WORKER_LOOK_EVERY", "10"))
# Called by the worker before it has any thread, pool or connection.
WORKER_FIRST = ["documents.printing.renderers.start_renderers"]
QUEUE_SILENT_AFTER = float(os.environ.get("KKR_QUEUE_SILENT_AFTER", "60"))
RENDER_PROCESSES = 2
# Only drills set it: the point at which the process kills itself (core.faults).
FAULT_POINT = ""
