"""What the shell of every page shows: menu, council, who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.urls import reverse

from accounts.choices import Role

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Membership

DEFAULT_COUNCIL = "KKR Sjælland"


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the main menu."""

    label: str
    url: str
    is_current: bool


def shell(request: HttpRequest) -> dict[str, object]:
    """Give what ``base.html`` needs; one query for those who are signed in."""
    seat: Membership | None = getattr(request, "seat", None) or None
    return {
        "menu": _menu(request.path, seat),
        "council_name": seat.council.name if seat else DEFAULT_COUNCIL,
        "seat": seat,
        "seats": tuple(cast("Any", request).seats) if seat else (),
        "is_demo": settings.DEMO,
    }


def _menu(path: str, seat: Membership | None) -> tuple[MenuEntry, ...]:
    home = ("Overblik", reverse("home"))
    meetings = ("Møder", reverse("meetings:list"))
    decisions = ("Beslutninger", reverse("decisions:ledger"))
    data = ("Åbne data", reverse("open-data"))
    proposals = ("Forslag", reverse("proposals:catalogue"))
    contracts = ("Resultatkontrakt", reverse("resultcontracts:contracts"))
    users = ("Brugere", reverse("accounts:users"))
    municipality = ("Min kommune", reverse("own-municipality"))
    positions = ("Holdninger", reverse("proposals:own-positions"))
    if seat is None:
        entries = [meetings, decisions, data]
    elif seat.may_edit:
        entries = [home, meetings, decisions, proposals, contracts]
    elif seat.role == Role.ADMINISTRATOR:
        entries = [home, users]
    elif seat.role == Role.REPORTER:
        entries = [home, contracts]
    elif seat.role == Role.DIRECTOR:
        entries = [municipality, meetings, decisions, positions, contracts]
    else:
        entries = [home, meetings, decisions]
    return tuple(MenuEntry(label, url, _is_under(path, url)) for label, url in entries)


def _is_under(path: str, url: str) -> bool:
    # A director comes to the positions of both catalogues by one entry.
    if url == reverse("proposals:own-positions"):
        return "/holdninger/" in path
    # Co-operation units are the other catalogue below "Forslag".
    if path.startswith("/samdrift/"):
        path = reverse("proposals:catalogue")
    return path == url if url == "/" else path.startswith(url)
