"""Tests: the owner's role, a clock that stands still, files in a folder of the run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

os.environ.setdefault("KKR_DATABASE_ROLE", "owner")

from kkr.settings.base import *  # noqa: F403
from kkr.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("KKR_TEST_DATABASE", "test_kkr")}
# No test pulls the plug: waiting for the disk at each commit would only take time.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
CLOCK_DATE = date(2023, 11, 7)
DEMO = False
# One folder a run, shared with the processes that tests start.
if "KKR_TEST_FILES" not in os.environ:
    os.environ["KKR_TEST_FILES"] = tempfile.mkdtemp(prefix="kkr-test-files-")
    atexit.register(shutil.rmtree, os.environ["KKR_TEST_FILES"], ignore_errors=True)
TEST_FILES = Path(os.environ["KKR_TEST_FILES"])
STORAGES = {
    **STORAGES,
    "default": {
        "BACKEND": "documents.storage.ContentStorage",
        "OPTIONS": {"location": str(TEST_FILES)},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are read where they lie; nothing need be collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
