"""Settings of a worker that kills itself where ``KKR_FAULT_POINT`` says."""

from __future__ import annotations

import os

# A page from another test would leave nothing to interrupt.
os.environ["KKR_TEST_PRINTED"] = ""

from tests.process_settings import *  # noqa: F403

FAULT_POINT = os.environ.get("KKR_FAULT_POINT", "")
