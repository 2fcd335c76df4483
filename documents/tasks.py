"""Jobs of the documents app. Each is safe to repeat."""

from __future__ import annotations

from typing import Final

from core.jobs import THREE_ATTEMPTS, app
from documents import pictures, pieces

# Pictures can wait; whoever waits for a packet cannot.
PICTURES: Final = -1


@app.task(name="documents.make_pictures", retry=THREE_ATTEMPTS)
def make_pictures(name: str, after: int = 0) -> None:
    """Draw some pages of a stored PDF for the reader, and leave the rest to another job.

    Between two such jobs, whoever waits for a packet has their turn.
    """
    last = pictures.make_some(name, after=after)
    if last is not None:
        make_pictures.configure(priority=PICTURES).defer(name=name, after=last)


@app.periodic(cron="20 3 * * *")
@app.task(name="documents.sweep", retry=THREE_ATTEMPTS)
def sweep(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Forget the pieces that nothing has used for a month."""
    pieces.sweep()
