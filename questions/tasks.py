"""Jobs of the questions app. Each is safe to repeat."""

from __future__ import annotations

from core.jobs import POST, THREE_ATTEMPTS, app
from questions.services import letters, reminders


@app.task(name=letters.SEND, retry=THREE_ATTEMPTS, queue=POST)
def send_letters() -> None:
    """Send the mails that wait, and whose pause is over."""
    letters.send_waiting()


@app.periodic(cron="15 8 * * *")
@app.task(name="questions.remind", retry=THREE_ATTEMPTS)
def remind(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Remind those whose deadline is near and who have not answered."""
    reminders.remind_the_late()
