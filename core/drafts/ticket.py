"""The signed ticket in a form: whose it is, what it is about, which draft it writes.

It is what lets a draft be kept when nobody is signed in any more, and it can write that
one draft only. It carries no text.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.core import signing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.drafts.models import Draft

# The names under which a form posts its ticket, and when its draft was last kept.
TICKET: Final = "kladde"
KEPT_AT: Final = "kladde_gemt"
SALT: Final = "core.drafts"
GOOD_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What one rendering of a form may write, and for whom.

    Attributes:
        user: pk of the person who opened the form.
        key, part, name, page: as in :class:`core.drafts.models.Draft`.
        writer: made with each rendering, so that two windows do not write over each
            other.
        draft: the draft whose text the form was filled with; else the same as writer.
        labels: pairs of a text field's name and label, for showing the texts elsewhere.
        seen: when that draft was written, as far as the form knows; ISO 8601 or "".
    """

    user: int
    key: str
    name: str
    page: str
    part: str = ""
    writer: uuid.UUID = field(default_factory=uuid.uuid4)
    draft: uuid.UUID | None = None
    seen: str = ""
    labels: Sequence[Sequence[str]] = ()

    @property
    def drafts(self) -> tuple[uuid.UUID, ...]:
        """The drafts this form may write: what it was filled with, else its own."""
        return (self.draft, self.writer) if self.draft else (self.writer,)

    def may_write(self, row: Draft) -> bool:
        """Whether nobody else wrote ``row`` since the form was filled with it."""
        return row.writer == self.writer or row.written_at.isoformat() == self.seen

    def signed(self) -> str:
        """Give the text that ``read`` understands: letters, digits, "-", "_" and ":"."""
        own: dict[str, Any] = {
            name: str(value) if isinstance(value, uuid.UUID) else value
            for name in self.__slots__
            if (value := getattr(self, name))
        }
        return signing.dumps(own, salt=SALT, compress=True)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Give the ticket of a signed text; None if it is forged, too old, or none."""
        try:
            own = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature:
            return None
        for name in ("writer", "draft"):
            if name in own:
                own[name] = uuid.UUID(own[name])
        return cls(**own)

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Self | None:
        """Give the ticket among posted fields, or None."""
        text = data.get(TICKET, "")
        return cls.read(text) if text else None
