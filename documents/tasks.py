"""Jobs of the documents app. Each is safe to repeat."""

from __future__ import annotations

from typing import Final

from core.jobs import THREE_ATTEMPTS, app
from documents import cached, pictures
from documents.models import ForeignFile
from documents.uploads import read_again

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


@app.task(name="documents.read_text", retry=THREE_ATTEMPTS)
def read_text(file_pk: int) -> None:
    """Read the text of a file from outside that could not be read when it was taken in.

    One that cannot be read now either keeps the advice that says so.
    """
    file = ForeignFile.objects.filter(pk=file_pk, text="").first()
    if file is not None:
        read_again(file)


@app.periodic(cron="20 3 * * *")
@app.task(name="documents.sweep", retry=THREE_ATTEMPTS)
def sweep(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Forget the pieces that nothing has used for a month."""
    cached.sweep()
