"""Jobs of the documents app. Each is safe to repeat."""

from __future__ import annotations

from core.jobs import THREE_ATTEMPTS, app
from documents import pictures, pieces


@app.task(name="documents.make_pictures", retry=THREE_ATTEMPTS)
def make_pictures(name: str) -> None:
    """Draw the pages of a stored PDF for the reader."""
    pictures.make_pictures(name)


@app.periodic(cron="20 3 * * *")
@app.task(name="documents.sweep", retry=THREE_ATTEMPTS)
def sweep(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Forget the pieces that nothing has used for a month."""
    pieces.sweep()
