"""Settings of a process that builds the demo's packet on another day."""

from __future__ import annotations

import os
from datetime import date

# Every page is printed: this process is compared with another.
os.environ["KKR_TEST_PRINTED"] = ""

from tests.process_settings import *  # noqa: F403

CLOCK_DATE = date.fromisoformat(os.environ["KKR_TEST_DAY"])
