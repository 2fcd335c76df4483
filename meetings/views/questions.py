"""What was asked about an item, for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from meetings.askable import key_of
from questions import queries

if TYPE_CHECKING:
    from accounts.access import VisitorRequest
    from accounts.models import User
    from meetings.models import AgendaItem
    from questions.models import Question


def about(request: VisitorRequest, item: AgendaItem) -> list[Question]:
    """Give the questions about an item, its section and meeting loaded: one query."""
    user, council = cast("User", request.user), item.section.meeting.council
    return queries.about(user, council, key_of(item))
