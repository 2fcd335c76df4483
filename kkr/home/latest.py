"""What was changed last in a council's records, and by whom: read from the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

if TYPE_CHECKING:
    from accounts.models import Council

SHOWN = 5
# Rows of one kind that are looked at: one act may have written many.
LOOKED_AT = 40


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

    def events(self, council: Council) -> Any:
        """The latest events of this kind as plain rows."""
        rows = apps.get_model(self.model).objects.filter(
            **{f"pgh_obj__{self.council}": council}
        )
        second: Any = Value("", output_field=CharField())
        if self.second:
            removed = f"pgh_obj__removed_{self.second}"
            number = Coalesce(f"pgh_obj__{self.second}", removed)
            second = Cast(number, CharField())
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
    first, *others = (kind.events(council) for kind in KINDS)
    rows = first.union(*others, all=True).order_by("-pgh_created_at")
    seen: dict[object, Entry] = {}
    for _, context, metadata, kind, name, number in rows:
        # What no person did (a migration, a script) is no news.
        if metadata and "verb" in metadata and context not in seen:
            seen[context] = _entry(metadata, kind, name, number)
    return tuple(seen.values())[:SHOWN]


def _entry(metadata: dict[str, str], kind: str, name: str, number: str) -> Entry:
    verb = metadata["verb"]
    return Entry(
        what=verb[:1].upper() + verb[1:],
        who=metadata["who"],
        at=datetime.fromisoformat(metadata["at"]),
        url=_address(kind, name, number),
    )


def _address(kind: str, name: str, number: str) -> str:
    if kind == "proposal":
        return reverse("proposals:proposal", args=[number])
    if kind == "unit":
        return reverse("proposals:unit", args=[number])
    return reverse("meetings:meeting", args=[name])
