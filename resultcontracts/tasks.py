"""Jobs of the result contracts app. Each is safe to repeat."""

from __future__ import annotations

from core.jobs import POST, THREE_ATTEMPTS, app
from core.letters import send_waiting
from resultcontracts.models import RoundLetter


@app.task(name=RoundLetter.send, retry=THREE_ATTEMPTS, queue=POST)
def send_letters() -> None:
    """Send the mails that wait, and whose pause is over."""
    send_waiting(RoundLetter)
