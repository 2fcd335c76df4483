"""Settings of the bench: the demo in a database of its own, nothing switched off."""

from __future__ import annotations

import os

os.environ.setdefault("KKR_TEST_DATABASE", "bench_kkr")

from kkr.settings.test import *  # noqa: F403
from kkr.settings.test import DATABASES

DATABASES["default"]["NAME"] = DATABASES["default"]["TEST"]["NAME"]
DEMO = True
ROOT_URLCONF = "bench.urls"
LOGGING = {"version": 1, "disable_existing_loggers": True}
