"""Reading the fixtures."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings


def read(name: str) -> Any:
    """Give the contents of ``fixtures/data/<name>.json``."""
    path = settings.BASE_DIR / "fixtures" / "data" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))
