"""Jobs of the kernel. Each is safe to repeat."""

from __future__ import annotations

from core.drafts import keeping
from core.jobs import THREE_ATTEMPTS, app
from core.search import indexing
from core.search.entries import TASK


@app.task(name=TASK, retry=THREE_ATTEMPTS)
def index(scope: str) -> None:
    """Bring the index up to date with what belongs to one scope, or with everything."""
    indexing.index(scope or None)


@app.periodic(cron="40 3 * * *")
@app.task(name="core.index_everything", retry=THREE_ATTEMPTS)
def index_everything(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Look through all records each night: what was written past the services is found."""
    indexing.index()


@app.periodic(cron="10 4 * * *")
@app.task(name="core.sweep_drafts", retry=THREE_ATTEMPTS)
def sweep_drafts(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Delete drafts that nobody has touched for a month."""
    keeping.sweep()
