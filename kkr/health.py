"""``/healthz``: whether this process can serve; asked by a load balancer."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from typing import TYPE_CHECKING, Final

from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.intake.sandbox import network_is_cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

log = logging.getLogger(__name__)

OK: Final = "ok"
FAILED: Final = "failed"
# Seconds for which this process repeats an answer instead of asking again.
KEPT: Final = {OK: 5.0, FAILED: 1.0}


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer 200 when database and storage work, else 503. At most one query, no session.

    Anybody may ask, so a process asks its parts at most once in ``KEPT`` seconds.
    ``network_sandbox`` only informs: ``off`` where the kernel does not let foreign
    files be read in a process without a network.
    """
    body = answer.now()
    return JsonResponse(body, status=200 if body["status"] == OK else 503)


class Answer:
    """The last answer of this process, asked for anew when it is too old."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Let the next question be asked in earnest."""
        self._body: dict[str, str] = {}
        self._until = 0.0

    def now(self) -> dict[str, str]:
        """Give what each part says; those who ask meanwhile wait for the same answer."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._body = asked()
                self._until = time.monotonic() + KEPT[self._body["status"]]
            return self._body


answer: Final = Answer()


def asked() -> dict[str, str]:
    """Ask database and storage."""
    parts = {"database": state(ask_database), "storage": state(use_storage)}
    healthy = all(found == OK for found in parts.values())
    return {
        "status": OK if healthy else FAILED,
        **parts,
        "network_sandbox": "on" if network_is_cut() else "off",
    }


def state(check: Callable[[], None]) -> str:
    """Run a check; the cause of a failure goes to the log, not to outsiders."""
    try:
        check()
    except Exception:
        log.exception("health: %s failed", check.__name__)
        return FAILED
    return OK


def ask_database() -> None:
    """Read something that every portal's database has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        cursor.fetchone()


def use_storage() -> None:
    """Write a small file, read it back, delete it.

    Raises:
        OSError: the storage cannot be used, or gave back something else.
    """
    content = secrets.token_bytes(64)
    # The name looks like a hash, and its first half keeps all such files in one folder.
    name = default_storage.save("0" * 32 + secrets.token_hex(16), ContentFile(content))
    try:
        with default_storage.open(name) as file:
            if file.read() != content:
                message = "the storage gave back something else than was written"
                raise OSError(message)
    finally:
        default_storage.delete(name)
