"""Load the demo data into an empty database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Council, User
from core import search
from core.history import act
from kkr.demo.around import load_around
from kkr.demo.catalogues import load_proposals, load_units
from kkr.demo.contracts import load_contract
from kkr.demo.meeting import load_last_meeting, load_meeting
from kkr.demo.people import load_people
from kkr.demo.positions import load_positions
from kkr.demo.questions import load_questions
from kkr.demo.trail import load_trail
from kkr.demo.views import load_views
from kkr.register import load_register
from meetings.services.staleness import defer_refresh


class _Loader:
    """Who loads the demo, as the history shows it."""

    pk = None

    def __str__(self) -> str:
        return "Portalen"


class Command(BaseCommand):
    """Accounts, catalogues, a contract, a meeting, a question; refuses where there are users."""

    help = __doc__ or ""

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        if not settings.DEMO:
            raise CommandError("Demo data belong to the demo only: set KKR_DEMO=1.")
        if User.objects.exists():
            self.stdout.write("The database holds users already; nothing was loaded.")
            return
        with act("indlæste eksemplet", _Loader()):
            load_register()
            load_people()
            council = Council.objects.get(slug="sjaelland")
            loaded = (load_proposals(council), load_units(council))
            load_trail(loaded[0])
            catalogues = {catalogue.key: catalogue.pk for catalogue in loaded}
            load_around(council)
            load_contract(council)
            meeting = load_meeting(council, catalogues)
            load_last_meeting(council)
            load_questions(meeting)
            load_positions(council)
            load_views(council)
            defer_refresh(meeting.pk)
            search.changed(search.EVERYTHING)
        self.stdout.write("Demo data are loaded.")
