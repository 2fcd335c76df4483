"""Files on their way in: no more of one is written than may be kept."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Write a file to disk, and drop what comes after the limit.

    The request is read to its end, so that the form's text arrives and the refusal can
    be said beside it; the cut file is too large for whoever judges it.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk while the file is within the limit, or has just passed it."""
        if start <= settings.UPLOAD_MAX_BYTES:
            self.file.write(raw_data)
