"""Calls for figures to the meeting of 22 November 2023.

Which figures are missing follows from the source; who was written to, and when, is
invented. All of it goes through the portal's own services.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from core import clock
from kkr.demo.stages import the_clock_at
from resultcontracts.choices import RoundLetterKind
from resultcontracts.models import Measure, ReportDraft, Round, RoundLetter
from resultcontracts.queries.rounds import coming_meetings
from resultcontracts.services import rounds

if TYPE_CHECKING:
    from resultcontracts.models import Contract

BY: Final = "sekretariat@kkr.example"
WRITER: Final = "erhvervshus@kkr.example"
CALLED, ASKED = date(2023, 10, 25), date(2023, 11, 6)
NEEDED: Final = ("1.2", "6.3")
LATE: Final = ("7.2", "7.3", "7.4")
WITHOUT: Final = ("10.1",)


def load_calls(contract: Contract) -> None:
    """Load a call, a reminder, a question, and a draft that the house has begun."""
    by = User.objects.get(email=BY)
    rows = Measure.objects.filter(goal__contract=contract)
    pks = dict(rows.values_list("label", "pk"))
    meeting = coming_meetings(contract)[0]
    rounds.set_contact(
        contract.council_id,
        contract.house_id,
        version=0,
        by=by,
        name="Mette Holm",
        email="maalinger@erhvervshus.example",
    )
    with the_clock_at(CALLED):
        rounds.call(contract, meeting, measures=[pks[one] for one in NEEDED], by=by)
        rounds.remind(contract, meeting, measures=[pks[one] for one in LATE], by=by)
    with the_clock_at(ASKED):
        asked = [pks[one] for one in WITHOUT]
        rounds.remind(
            contract, meeting, measures=asked, by=by, kind=RoundLetterKind.ASKED
        )
    # They were sent on those days; the demo writes to nobody.
    RoundLetter.objects.filter(sent_at=None).update(sent_at=F("written_at"))
    about = Round.objects.get(contract=contract)
    ReportDraft.objects.create(
        round=about,
        measure_id=pks["1.2"],
        writer=f"bruger-{User.objects.get(email=WRITER).pk}",
        typed={"answer": "maalt", "value": "41"},
        saved_at=_at(clock.today(), time(9, 14)),
        saved_by=WRITER,
    )


def _at(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))
