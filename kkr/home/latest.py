"""What was done last in a council, and by whom: read from the history."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import CharField, F, UUIDField, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from core import formats
from core.prepared import prepared
from meetings.choices import PacketState
from meetings.names import meeting_day
from meetings.services.meetings import REMOVED
from meetings.services.publishing import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accounts.models import Council

SHOWN = 5
# Acts of one kind that are read: a pile of equal ones is told as one.
READ = 60
# Events of one kind that are looked at. One act may have written many: to remove one
# of an item's appendices moves all behind it.
LOOKED_AT = 500
_LISTS = {"proposal": "proposals:catalogue", "unit": "proposals:units"}
_PAGES = {
    "packet": "meetings:packet",
    "publication": "meetings:public",
    "question": "questions:question",
}
ONE_APPENDIX = " et bilag "
_ON_A_MEETING = {"meeting", "item", "appendix", "packet", "publication"}
_ITEM = re.compile(r"\b(\d+)\.(\d+)\b")
_WORD = CharField()


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: "Rettede punkt 2.3", by whom, when; ``url`` is where it can be seen.

    ``where`` is the meeting it was done on, "mødet 22. november 2023", or "". Equal acts
    in a row are one entry, that of the last.
    """

    what: str
    who: str
    at: datetime
    url: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Records of one kind: their history, the way to their council, what names them."""

    model: str
    council: str
    name: str
    first: str
    second: str = ""

    def acts(self, council_pk: int) -> Any:
        """The latest acts on records of this kind, each by its last event."""
        events = apps.get_model(self.model).objects
        recent = events.filter(
            # What no person did (a migration, a script) is no news.
            pgh_context__metadata__has_key="verb",
            **{f"pgh_obj__{self.council}": council_pk},
        )
        # Publications are told by themselves: a second one need not change a record.
        recent = recent.exclude(pgh_context__metadata__verb__in=SENDING)
        recent = recent.order_by("-pgh_id")[:LOOKED_AT]
        by_act = events.filter(pk__in=recent.values("pk"))
        last = by_act.order_by("pgh_context", "-pgh_id").distinct("pgh_context")
        second: Any = Value("", output_field=_WORD)
        if self.second:
            second = Cast(F(f"pgh_obj__{self.second}"), _WORD)
        named = events.filter(pk__in=last.values("pk")).annotate(
            of_kind=Value(self.name, output_field=_WORD),
            first_name=Cast(F(f"pgh_obj__{self.first}"), _WORD),
            second_name=second,
        )
        return named.order_by("-pgh_id").values_list(
            "pgh_context", "pgh_context__metadata", "of_kind", "first_name",
            "second_name",
        )[:READ]  # fmt: skip


SENDING = (PUBLISHED, "offentliggjorde mødet")
"""What the history calls a sending, and what it called one before."""
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
    _Kind("questions.QuestionEvent", "council", "question", "pk"),
    _Kind("questions.RecipientEvent", "question__council", "question", "question"),
)


def latest_changes(council: Council) -> tuple[Entry, ...]:
    """Give what was done last in the council, the newest first: one query."""
    seen: dict[object, Entry] = {}
    for context, told, kind, name, number in _acts(council.pk):
        # An act on records of several kinds is told once.
        seen.setdefault(
            context or (kind, name, told["at"]), _entry(told, kind, name, number)
        )
    newest_first = sorted(seen.values(), key=lambda entry: entry.at, reverse=True)
    return tuple(_folded(newest_first))[:SHOWN]


def _folded(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give equal acts in a row as one: "Tilføjede 24 bilag til punkt 3.1"."""
    for _, group in groupby(entries, lambda e: (e.what, e.who, e.url, e.where)):
        first, *more = group
        yield replace(first, what=_times(first.what, len(more) + 1)) if more else first


def _times(what: str, count: int) -> str:
    """Say how many times an act was done, in words where it is a thing that is counted."""
    if ONE_APPENDIX in what:
        return what.replace(ONE_APPENDIX, f" {count} bilag ")
    return f"{what} ({formats.counted(count, 'gang', 'gange')})"


@prepared
def _acts(council: int) -> Any:
    first, *others = (kind.acts(council) for kind in KINDS)
    return first.union(*others, _built(council), _published(council), all=True)


def _built(council_pk: int) -> Any:
    """The council's latest packet; to build it again is no news beside that."""
    packets = apps.get_model("meetings.Packet").objects
    own = packets.filter(meeting__council=council_pk, state=PacketState.BUILT)
    verb = Value("bilagspakken bygget", output_field=_WORD)
    told = _told(own, "packet", JSONObject(verb=verb, who="asked_by", at="built_at"))
    return told.order_by("-built_at", "-pk")[:1]


def _published(council_pk: int) -> Any:
    """The council's latest publications."""
    rows = apps.get_model("meetings.Publication").objects
    verb = Value("mødet sendt", output_field=_WORD)
    told = _told(
        rows.filter(meeting__council=council_pk),
        "publication",
        JSONObject(verb=verb, who="published_by", at="published_at"),
    )
    return told.order_by("-published_at", "-pk")[:SHOWN]


def _told(rows: Any, kind: str, metadata: Any) -> Any:
    """Give what is no record's history in the shape of that."""
    named = rows.annotate(
        context=Cast(Value(None), UUIDField()),
        metadata=metadata,
        of_kind=Value(kind, output_field=_WORD),
        first_name=Cast(F("meeting__slug"), _WORD),
        second_name=Value("", output_field=_WORD),
    )
    return named.values_list(
        "context", "metadata", "of_kind", "first_name", "second_name"
    )


def _entry(metadata: dict[str, str], kind: str, name: str, number: str | None) -> Entry:
    verb = metadata["verb"]
    return Entry(
        what=verb[:1].upper() + verb[1:],
        who=metadata["who"],
        at=datetime.fromisoformat(metadata["at"]),
        url=_address(kind, name, number) + _place(kind, verb),
        where=_meeting(kind, name),
    )


def _meeting(kind: str, slug: str) -> str:
    """Name the meeting that an act was done on; a removed one has lost its date."""
    if kind not in _ON_A_MEETING or slug.startswith(REMOVED):
        return ""
    return f"mødet {meeting_day(slug, date.fromisoformat(slug[:10]))}"


def _place(kind: str, verb: str) -> str:
    """Where on the meeting's page the act was, if it says which item: "#item-2-3"."""
    found = _ITEM.search(verb) if kind in {"item", "appendix"} else None
    return f"#item-{found[1]}-{found[2]}" if found else ""


def _address(kind: str, name: str, number: str | None) -> str:
    """Where the record is seen; one that was removed has no page but its list."""
    if kind in _PAGES:
        return reverse(_PAGES[kind], args=[name])
    if kind in _LISTS and number:
        return reverse(f"proposals:{kind}", args=[number])
    if kind in _LISTS:
        return reverse(_LISTS[kind])
    if name.startswith(REMOVED):
        return reverse("meetings:list")
    return reverse("meetings:meeting", args=[name])
