"""What all mails of the portal share."""

from __future__ import annotations

import email.policy
from email.header import Header
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage

if TYPE_CHECKING:
    from email.message import EmailMessage as Made
    from email.message import Message
    from email.policy import Policy

SUBJECT = "Subject"


class Mail(EmailMessage):
    """A mail whose subject is read as it was written, however long it is.

    Python's own folding runs two encoded words into one where a line ends before a word
    with a Danish letter; such a subject shows as code. Those of
    :class:`email.header.Header` are apart.
    """

    def message(self, *, policy: Policy[Message[str, str]] | None = None) -> Made:
        """Give it as it goes out.

        Raises:
            ValueError: the subject has two lines.
        """
        made: Made = super().message(policy=policy or email.policy.default)
        subject = str(self.subject)
        if not subject.isascii():
            del made[SUBJECT]
            made.set_raw(
                SUBJECT, Header(subject, "utf-8", header_name=SUBJECT).encode()
            )
        return made


def message_id(name: str) -> str:
    """Give a mail's own id, the same each time it is sent.

    A mail that went out just before its worker died goes out once more; by this it can
    be told to be the same one.

    Args:
        name: of the row it belongs to, "news-12".
    """
    host = settings.PORTAL_ADDRESS.partition("://")[2].partition(":")[0]
    return f"<{name}@{host}>"
