"""The demo and development: one machine, no proxy, plain HTTP."""

from __future__ import annotations

import os

from kkr.settings.base import *  # noqa: F403
from kkr.settings.base import VAR_DIR
from kkr.settings.keys import kept_key

SECRET_KEY = kept_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEBUG = os.environ.get("KKR_DEBUG") == "1"
