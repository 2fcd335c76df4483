"""Files on their way in: no more of one is written than may be kept, and nobody else's."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.http import HttpRequest

# How many bytes of the beginning tell what kind of file it is.
LEAD: Final = 5


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


class HashedFile(UploadedFile[bytes]):
    """What is left of a file that was only hashed: name, size, SHA-256, first bytes."""

    def __init__(self, name: str, size: int, sha256: str, head: bytes) -> None:
        super().__init__(file=io.BytesIO(), name=name, size=size)
        self.sha256 = sha256
        self.head = head


class HashingUploadHandler(FileUploadHandler):
    """Hash what comes, and keep none of it: neither in memory nor on disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._sha, self._head = hashlib.sha256(), b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Take the chunk in; nothing is handed on."""
        self._sha.update(raw_data)
        self._head = (self._head + raw_data[:LEAD])[:LEAD]

    def file_complete(self, file_size: int) -> HashedFile:
        """Give what is known of the file."""
        name = self.file_name or ""
        return HashedFile(name, file_size, self._sha.hexdigest(), self._head)
