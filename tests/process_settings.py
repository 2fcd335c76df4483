"""Settings of processes that tests start: the test database, as the plain role."""

from __future__ import annotations

from kkr.settings.test import *  # noqa: F403
from kkr.settings.test import DATABASES
from tests import printed

DATABASES["default"]["NAME"] = DATABASES["default"]["TEST"]["NAME"]
PROCRASTINATE_IMPORT_PATHS = ["tests.core.worker_tasks"]
# Printing processes are started by the first job that prints.
WORKER_FIRST = []
printed.begin()
