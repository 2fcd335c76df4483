"""Jobs of the result contracts app. Each is safe to repeat."""

from __future__ import annotations

from typing import Any

from core.jobs import POST, THREE_ATTEMPTS, app
from core.letters import send_waiting
from documents.prints import print_now
from resultcontracts.models import RoundLetter
from resultcontracts.prints import order_of
from resultcontracts.services import due_calls
from resultcontracts.services.sheets import forget


@app.task(name="resultcontracts.print", retry=THREE_ATTEMPTS)
def print_chosen(
    *, source: str, options: dict[str, Any], council: str, day: str
) -> None:
    """Print what somebody chose of a contract, as it stands now."""
    print_now(order_of(source, options, council=council, day=day))


@app.task(name=RoundLetter.send, retry=THREE_ATTEMPTS, queue=POST)
def send_letters() -> None:
    """Send the mails that wait, and whose pause is over."""
    send_waiting(RoundLetter)


@app.periodic(cron="25 8 * * *")
@app.task(name="resultcontracts.call", retry=THREE_ATTEMPTS)
def call_for_figures(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Send the calls for figures whose day has come."""
    due_calls.call_the_due()


@app.periodic(cron="52 3 * * *")
@app.task(name="resultcontracts.forget_sheets", retry=THREE_ATTEMPTS)
def forget_sheets(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Forget what old spreadsheets said, and files that nobody confirmed."""
    forget()
