"""Files on their way in: no more of one is written than may be kept, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.http import HttpRequest


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Write a file to disk, and drop what comes after the limit.

    The request is read to its end, so that the form's text arrives and the refusal can
    be said beside it; the cut file is too large for whoever judges it. Of files beyond the
    number that may be sent at once only the names arrive. A file of somebody who may not
    send any is not written at all: every address can be posted to.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._count = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, or pass it over."""
        if not import_string(settings.MAY_UPLOAD)(self.request):
            raise SkipFile
        self._count += 1
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk while the file is within the limit, or has just passed it."""
        is_wanted = self._count <= settings.UPLOAD_MAX_FILES
        if is_wanted and start <= settings.UPLOAD_MAX_BYTES:
            self.file.write(raw_data)
