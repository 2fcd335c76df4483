"""The checks before sending, asked of one meeting: rows in, findings out; no write."""

from __future__ import annotations

from meetings.checking.found import Found
from meetings.checking.run import Checked, check

__all__ = ["Checked", "Found", "check"]
