"""What is taken down of minutes, asked in the question that reads them.

Minutes hold the titles and recommendations of the items as they were sent. So they are
closed with an item's texts and with a whole version, and can be taken down by themselves:
one decision, or all. What is written anew afterwards is read again.

Source: docs/rules.md R-48.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from meetings.models.withdrawal import FIELDS, Withdrawal, WithdrawalQuerySet


def closing_minutes(
    minutes: str = "", *, closed: str | None = None
) -> WithdrawalQuerySet:
    """Give what closes the minutes of an outer query's row, or their closed part.

    Of minutes that were taken down by themselves the very print counts: approved once
    more as it was, it stays closed.

    Args:
        minutes: what the row calls its minutes, "minutes__"; "" of minutes themselves.
        closed: of the closed part, what the row calls that, "closed__"; "" of itself.
            Its readers are told of what is closed, and of what closes the whole.
    """
    own, about = minutes, Q(is_closed=False)
    sent: Any = apps.get_model("meetings", "Minutes").objects.order_by("number")
    when = "at"
    if closed is not None:
        own, about = closed, Q(is_closed=True) | Q(item_key="")
        sent = apps.get_model("meetings", "ClosedMinutes").objects.order_by("pk")
        minutes, when = f"{closed}minutes__", "minutes__at"
    same = sent.filter(paper=OuterRef(OuterRef(f"{own}paper")))
    newer = apps.get_model("meetings", "Publication").objects.filter(
        meeting=OuterRef("meeting"),
        number__gt=OuterRef("version"),
        published_at__lte=OuterRef(OuterRef(f"{own}paper__made_at")),
    )
    by_itself = Q(is_minutes=True, at__gt=Subquery(same.values(when)[:1]))
    after = Q(at__gt=OuterRef(f"{minutes}at"))
    held = Q(after, ~Q(Exists(newer)), is_minutes=False, appendix_key="")
    rows = Withdrawal.objects.filter(about, meeting=OuterRef(f"{minutes}meeting"))
    return rows.filter(by_itself | held)


def closing_decision(*, is_closed: bool = False) -> WithdrawalQuerySet:
    """Give what closes the decision of an outer query's ledger entry, open or closed."""
    own = Q(item_key="") | Q(item_key=OuterRef("item_key"))
    closed = "closed__" if is_closed else None
    return closing_minutes("minutes__", closed=closed).filter(own)


def latest_of(rows: WithdrawalQuerySet) -> Subquery:
    """Give the latest of them as a mapping of fields, NULL for none."""
    fields: Any = JSONObject(**{name: name for name in FIELDS})
    return Subquery(rows.order_by("-pk").values(row=fields)[:1])
