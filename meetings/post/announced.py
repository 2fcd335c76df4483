"""What the mails say to whoever got a version: what is announced of it, and its minutes.

What is closed is a number here too, and its reason is left to those who may read it.

Source: docs/rules.md R-68.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from core.formats import long_date
from meetings.agenda import Agenda
from meetings.choices import Fate
from meetings.editions.announced import done, short
from meetings.editions.withdrawn import withdrawals_of, without
from meetings.post.words import NO_USER, how_to_read, name_of, words_of

if TYPE_CHECKING:
    from meetings.agenda import AgendaItem
    from meetings.models import Announcement, Minutes, Publication
    from meetings.post.words import Words

HEARING = "Skriftlig høring"
WAITS = "Log ind for at læse det. Det bliver først offentligt, når det er godkendt."


def announced_words(row: Publication, said: Announcement) -> Words:
    """Write the mail about what is announced of a meeting or an item.

    Args:
        row: the version that held when it was said, its meeting and council loaded; what
            is taken down of it is left out.
        said: may be one that is not saved yet.
    """
    agenda = without(Agenda.from_json(row.agenda), row.number, withdrawals_of(row))
    name, ended = name_of(row.meeting, agenda), done(said.fate, said.to_day)
    item = next((i for i in agenda.items if i.key == said.item_key), None)
    is_open = item is not None or not said.item_key
    what = short(said.fate, said.to_day)
    sentence = f"{definite(name)} {ended}."
    if said.item_key:
        what = f"Punkt {item.number if item else said.item_number} {ended}"
        sentence = f"{definite(name)}: {_called(item, said)} {ended}."
    context = {
        "sentence": sentence,
        "stands": said.fate == Fate.STANDS,
        "day": long_date(date.fromisoformat(agenda.held_on)),
        "waits": said.fate == Fate.POSTPONED and said.to_day is None,
        "of_item": bool(said.item_key),
        "is_open": is_open,
        "reason": said.reason if is_open else "",
        "page": _address(row, "public"),
        "how": how_to_read(row.meeting),
    }
    return words_of(f"{what}: {name}", "told", context)


def _called(item: AgendaItem | None, said: Announcement) -> str:
    """Give what an item is called within a sentence."""
    if item is None:
        return f"punkt {said.item_number}, som er lukket,"
    title = "" if item.is_taken else f", {item.heading},"
    return f"punkt {item.number}{title}"


def definite(name: str) -> str:
    """Give a meeting's name as a sentence has it: "KKR-mødet 22. november 2023"."""
    if name.startswith(HEARING):
        return f"Den skriftlige høring{name.removeprefix(HEARING)}"
    kind, _, rest = name.partition(" ")
    return f"{kind}t {rest}" if kind.endswith("møde") else name


def minutes_words(row: Publication, minutes: Minutes, *, is_again: bool) -> Words:
    """Write the mail that minutes are sent for approval, or approved.

    It says nothing of what they hold; of closed minutes it does not say that there are any.

    Args:
        row: the version that holds, its meeting and council loaded.
        is_again: such minutes were sent before.
    """
    # What was put off is minuted on its new day, before a version says so.
    held_on = row.meeting.held_on.isoformat()
    name = name_of(row.meeting, replace(Agenda.from_json(row.agenda), held_on=held_on))
    how = how_to_read(row.meeting)
    if not minutes.is_approved and not row.meeting.never_opens:
        how = f"{WAITS} {NO_USER}"
    context: dict[str, Any] = {
        "name": f"{definite(name)[:1].lower()}{definite(name)[1:]}"
        if name.startswith(HEARING)
        else definite(name),
        "is_approved": minutes.is_approved,
        "is_again": is_again,
        "page": _address(row, "minutes"),
        "how": how,
    }
    what = "Referatet er godkendt" if minutes.is_approved else "Se referatet igennem"
    return words_of(f"{what}: {name}", "minutes", context)


def _address(row: Publication, route: str) -> str:
    query = {"kkr": row.meeting.council.slug}
    path = reverse(f"meetings:{route}", args=[row.meeting.slug], query=query)
    return f"{settings.PORTAL_ADDRESS}{path}"
