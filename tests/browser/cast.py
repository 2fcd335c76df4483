"""Who the browser's tests are: the demo's accounts, and the sessions they hold."""

from __future__ import annotations

from typing import Final

SESSIONS: Final[dict[str, str]] = {
    who: f"session-of-the-browser-tests-{who}"
    for who in (
        "sekretariat",
        "chef",
        "greve",
        "medlem",
        "erhvervshus",
        "admin",
        "hovedstaden",
    )
}
PASSWORD: Final = "prøv-portalen-2023"
