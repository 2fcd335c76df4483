"""Addresses of what is read: they follow the meeting, and say whose it is where needed."""

from __future__ import annotations

from typing import Protocol

from django.urls import reverse


class Addressed(Protocol):
    """A meeting that is read: an edition, or a row in a list.

    ``kkr`` is the slug of its council where an address must say it, else "". ``version``
    is the number where an address must lead to that version, else "": to the newest. Of a
    closed packet ``volume`` says so.
    """

    @property
    def slug(self) -> str: ...

    @property
    def kkr(self) -> str: ...

    @property
    def version(self) -> str: ...


def address(page: str, of: Addressed, *args: object, **query: object) -> str:
    """Give the address of one of a meeting's pages.

    Args:
        page: name of a route in ``meetings.urls``, "packet".
        args: what the route takes besides the meeting.
        query: what stands after the question mark, besides council, version and
            packet; ``version=""`` leads to the newest.
    """
    own = {"kkr": of.kkr, "version": of.version, "del": getattr(of, "volume", "")}
    whole = {name: value for name, value in {**own, **query}.items() if value != ""}
    return reverse(f"meetings:{page}", args=[of.slug, *args], query=whole or None)
