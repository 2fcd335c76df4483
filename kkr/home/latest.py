"""What was changed last in a council's records, and by whom: read from the history."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse

if TYPE_CHECKING:
    from accounts.models import Council

SHOWN = 5
# Rows of one kind that are looked at: one act may have written many.
LOOKED_AT = 40
# Stands for the council in the query that is put together once.
NOBODY = -1
_LISTS = {"proposal": "proposals:catalogue", "unit": "proposals:units"}
_ITEM = re.compile(r"\b(\d+)\.(\d+)\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: "Rettede punkt 2.3", by whom, when; ``url`` is where it can be seen."""

    what: str
    who: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """Records of one kind: their history, the way to their council, what names them."""

    model: str
    council: str
    name: str
    first: str
    second: str = ""

    def events(self, council_pk: int) -> Any:
        """The latest events of this kind as plain rows."""
        rows = apps.get_model(self.model).objects.filter(
            **{f"pgh_obj__{self.council}": council_pk}
        )
        second: Any = Value("", output_field=CharField())
        if self.second:
            second = Cast(F(f"pgh_obj__{self.second}"), CharField())
        named = rows.annotate(
            of_kind=Value(self.name, output_field=CharField()),
            first_name=Cast(F(f"pgh_obj__{self.first}"), CharField()),
            second_name=second,
        )
        return named.order_by("-pgh_id").values_list(
            "pgh_created_at", "pgh_context", "pgh_context__metadata",
            "of_kind", "first_name", "second_name",
        )[:LOOKED_AT]  # fmt: skip


KINDS = (
    _Kind("meetings.MeetingEvent", "council", "meeting", "slug"),
    _Kind(
        "meetings.AgendaItemEvent",
        "section__meeting__council",
        "item",
        "section__meeting__slug",
    ),
    _Kind(
        "meetings.AppendixEvent",
        "item__section__meeting__council",
        "appendix",
        "item__section__meeting__slug",
    ),
    _Kind("proposals.ProposalEvent", "catalogue__council", "proposal", "key", "number"),
    _Kind(
        "proposals.CooperationUnitEvent", "catalogue__council", "unit", "key", "number"
    ),
)


def latest_changes(council: Council) -> tuple[Entry, ...]:
    """Give the latest acts on the council's records, the newest first: one query."""
    sql, params = _sql()
    own = [council.pk if value == NOBODY else value for value in params]
    with connection.cursor() as cursor:
        cursor.execute(sql, own)
        rows = cursor.fetchall()
    seen: dict[object, Entry] = {}
    for _, context, text, kind, name, number in rows:
        metadata = json.loads(text) if text else {}
        # What no person did (a migration, a script) is no news.
        if "verb" in metadata and context not in seen:
            seen[context] = _entry(metadata, kind, name, number)
    return tuple(seen.values())[:SHOWN]


@cache
def _sql() -> tuple[str, tuple[Any, ...]]:
    """Put the query together once: doing so costs more than asking it."""
    first, *others = (kind.events(NOBODY) for kind in KINDS)
    rows = first.union(*others, all=True).order_by("-pgh_created_at")
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


def _entry(metadata: dict[str, str], kind: str, name: str, number: str | None) -> Entry:
    verb = metadata["verb"]
    return Entry(
        what=verb[:1].upper() + verb[1:],
        who=metadata["who"],
        at=datetime.fromisoformat(metadata["at"]),
        url=_address(kind, name, number) + _place(kind, verb),
    )


def _place(kind: str, verb: str) -> str:
    """Where on the meeting's page the act was, if it says which item: "#item-2-3"."""
    found = _ITEM.search(verb) if kind in {"item", "appendix"} else None
    return f"#item-{found[1]}-{found[2]}" if found else ""


def _address(kind: str, name: str, number: str | None) -> str:
    """Where the record is seen; one that was removed has no page but its list."""
    if kind in _LISTS and number:
        return reverse(f"proposals:{kind}", args=[number])
    if kind in _LISTS:
        return reverse(_LISTS[kind])
    return reverse("meetings:meeting", args=[name])
