"""Jobs of the proposals app. Each is safe to repeat."""

from __future__ import annotations

from typing import Any

from core.jobs import POST, THREE_ATTEMPTS, app
from core.letters import send_waiting
from documents.prints import print_now
from proposals.models import CallLetter
from proposals.prints import order_of
from proposals.services import call_reminders
from proposals.services.sheets import forget


@app.task(name=CallLetter.send, retry=THREE_ATTEMPTS, queue=POST)
def send_letters() -> None:
    """Send the mails that wait, and whose pause is over."""
    send_waiting(CallLetter)


@app.periodic(cron="20 8 * * *")
@app.task(name="proposals.remind", retry=THREE_ATTEMPTS)
def remind(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Remind those who lack answers of a call whose deadline is near."""
    call_reminders.remind_the_late()


@app.periodic(cron="50 3 * * *")
@app.task(name="proposals.forget_sheets", retry=THREE_ATTEMPTS)
def forget_sheets(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Forget what old spreadsheets said, and files that nobody confirmed."""
    forget()


@app.task(name="proposals.print_cut", retry=THREE_ATTEMPTS)
def print_cut(*, source: str, options: dict[str, Any], council: str, day: str) -> None:
    """Print what somebody chose of the catalogues, as it stands now."""
    print_now(order_of(source, options, council=council, day=day))
