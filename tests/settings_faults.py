"""Settings of a worker that kills itself where ``KKR_FAULT_POINT`` says."""

from __future__ import annotations

import os

from tests.process_settings import *  # noqa: F403

FAULT_POINT = os.environ.get("KKR_FAULT_POINT", "")
