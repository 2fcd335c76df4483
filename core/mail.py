"""What all mails of the portal share."""

from __future__ import annotations

from django.conf import settings


def message_id(name: str) -> str:
    """Give a mail's own id, the same each time it is sent.

    A mail that went out just before its worker died goes out once more; by this it can
    be told to be the same one.

    Args:
        name: of the row it belongs to, "news-12".
    """
    host = settings.PORTAL_ADDRESS.partition("://")[2].partition(":")[0]
    return f"<{name}@{host}>"
