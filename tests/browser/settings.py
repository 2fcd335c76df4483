"""Settings of the portal that the browser's tests drive: a real one, as the plain role.

Connections are closed after each request, so that the database can be put back.
"""

from __future__ import annotations

import os

from kkr.settings.test import *  # noqa: F403
from kkr.settings.test import DATABASES
from tests import printed

DATABASES["default"]["NAME"] = os.environ["KKR_BROWSER_DATABASE"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
DEMO = True
ROOT_URLCONF = "tests.browser.faulty_urls"
# Printing processes are started by the first job that prints.
WORKER_FIRST = []
printed.begin()
