"""Sets Django up in a fork server; to be preloaded before whatever uses models."""

from __future__ import annotations

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.process_settings"
django.setup()
