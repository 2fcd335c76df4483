"""A small meeting: one item with a file from outside and a catalogue of two proposals."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from accounts.choices import Role
from accounts.models import Council, Membership, User
from documents.uploads import receive
from meetings.models import AgendaItem, Appendix, Meeting, Section
from proposals.choices import CatalogueKind, PointKind
from proposals.models import Catalogue, Point, Proposal, Theme

if TYPE_CHECKING:
    from documents.models import ForeignFile

SLUG = "2023-11-22"


def small_meeting() -> Meeting:
    """Make the council, its catalogue, and a meeting whose packet has 9 pages."""
    council = Council.objects.create(
        slug="sjaelland", name="KKR Sjælland", region="Region Sjælland"
    )
    meeting = Meeting.objects.create(
        council=council, slug=SLUG, held_on=date(2023, 11, 22)
    )
    section = Section.objects.create(meeting=meeting, number=2, title="Sager")
    item = AgendaItem.objects.create(
        section=section, key="indsatsen", position=1, title="Indsatsen"
    )
    Appendix.objects.create(
        item=item, key="brev", position=1, kind="uploaded", title="Brev", file=_scan()
    )
    Appendix.objects.create(
        item=item,
        key="katalog",
        position=2,
        kind="generated",
        title="Forenklingskatalog",
        source="proposals.simplification",
        options={"catalogue": _catalogue(council).pk},
    )
    return meeting


def secretary(council: Council) -> User:
    """Make a user of the council's secretariat."""
    user = User.objects.create_user(
        "sekretariat@kkr.example", None, name="Sekretariatet"
    )
    Membership.objects.create(user=user, council=council, role=Role.SECRETARIAT)
    return user


def gain() -> Point:
    """A gain that only one piece of the packet holds."""
    return Point.objects.get(key="gevinst-1")


def _catalogue(council: Council) -> Catalogue:
    catalogue = Catalogue.objects.create(
        council=council,
        kind=CatalogueKind.SIMPLIFICATION,
        key="katalog",
        title="Forenklingskatalog",
    )
    theme = Theme.objects.create(
        catalogue=catalogue, key="tema", number=1, title="Målgrupper"
    )
    for number in (1, 2):
        proposal = Proposal.objects.create(
            catalogue=catalogue,
            theme=theme,
            key=f"forslag-{number}",
            number=number,
            title=f"Forslaget med nummer {number}",
            idea="<p>At gøre det enklere.</p>",
        )
        Point.objects.create(
            proposal=proposal,
            kind=PointKind.GAIN,
            key=f"gevinst-{number}",
            position=1,
            text="Færre regler",
        )
    return catalogue


def _scan() -> ForeignFile:
    """A page that is one picture, as a copying machine sends it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "brev.pdf"
        Image.new("L", (827, 1169), 210).save(path, "PDF", resolution=100)
        return receive(path, path.name)
