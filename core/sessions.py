"""Sessions in the database, as Django keeps them; each page asks for one.

The question is formed once a process (``core.prepared``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.prepared import prepared

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


@prepared
def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    """One session."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key
        # A cookie may hold what no text of the database can.
        is_askable = key and "\0" not in key
        found = _session.first(key, timezone.now()) if is_askable else None
        if found is None:
            self._session_key = None
        return found
