"""Whose files are written at all: who edits, and who answers for a house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.access import may_upload as may_edit
from resultcontracts.uploads import may_report

if TYPE_CHECKING:
    from django.http import HttpRequest


def may_upload(request: HttpRequest) -> bool:
    """Whether files of this request are taken in."""
    return may_edit(request) or may_report(request)
