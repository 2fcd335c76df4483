"""A call that the portal sends by itself on its day, never twice, or leaves to people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from resultcontracts.models import (
    CallRule,
    Contact,
    Contract,
    Round,
    RoundLetter,
)
from resultcontracts.services.due_calls import call_the_due
from resultcontracts.tasks import call_for_figures
from tests.makers import a_meeting, a_secretary
from tests.makers_calls import CALLS, a_contact, an_asked_measure
from tests.makers_contracts import a_contract
from tests.makers_packets import a_council

if TYPE_CHECKING:
    from pytest_django import Settings

    from accounts.models import User

pytestmark = pytest.mark.django_db
BEFORE, CALLED, DUE, AFTER = (
    date(2023, 10, 24), date(2023, 10, 25), date(2023, 11, 10), date(2023, 11, 11),
)  # fmt: skip


@pytest.fixture
def secretary(settings: Settings) -> User:
    """One figure to be asked for to the meeting of 22 November; a person is named."""
    settings.CLOCK_DATE = BEFORE
    council = a_council()
    contract = a_contract(council)
    an_asked_measure(contract)
    a_contact(contract)
    a_meeting(council)
    return a_secretary(council)


def page_of(user: User) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(CALLS)


def test_a_call_goes_out_on_its_day_and_never_twice(
    secretary: User, settings: Settings
) -> None:
    """The page says so before, with the mail to be seen; the letter is the portal's own."""
    CallRule.objects.create(council=Contract.objects.get().council, reply_to="s@k.dk")
    page = page_of(secretary)
    assertContains(page, "Portalen sender selv opkaldet onsdag")
    assertContains(page, "opkald 4\xa0uger før, tal 3\xa0hverdage før udsendelse")
    assertContains(page, "Se brevet")
    call_for_figures(0)
    assert not Round.objects.exists()

    settings.CLOCK_DATE = CALLED
    assert call_the_due() == 1
    letter, about = RoundLetter.objects.get(), Round.objects.get()
    assert (letter.to, letter.reply_to) == (["mette@hus.example"], "s@k.dk")
    assert (about.called_by, about.changed_by) == ("Portalen", "Portalen")
    event: Any = about.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["who"] == "Portalen"
    for day in (CALLED, DUE):
        settings.CLOCK_DATE = day
        assert call_the_due() == 0
    assert RoundLetter.objects.count() == 1
    assertNotContains(page_of(secretary), "Portalen sender selv")


@pytest.mark.parametrize("why", ["by hand", "nobody named", "late", "draft"])
def test_what_the_portal_leaves_alone(
    secretary: User, settings: Settings, why: str
) -> None:
    """By hand, nobody to write to, after the day for figures, a contract not in force."""
    settings.CLOCK_DATE = AFTER if why == "late" else DUE
    contract = Contract.objects.get()
    said = "I sender selv opkaldet."
    if why == "by hand":
        client = Client()
        client.force_login(secretary)
        rule = {"weeks": "4", "days": "3", "version": "1", "reply_to": ""}
        assert client.post(f"{CALLS}frister/", rule).status_code == 302
        assert CallRule.objects.get().sends_itself is False
    elif why == "nobody named":
        Contact.objects.all().delete()
        said = "Opkaldet kan ikke sendes, før I har skrevet, hvem der svarer."
    elif why == "draft":
        Contract.objects.update(state="draft")
    assert call_the_due() == 0
    assert not Round.objects.filter(contract=contract).exists()
    assertContains(page_of(secretary), said)


def test_one_day_that_no_worker_lived_is_made_up_for(
    secretary: User, settings: Settings
) -> None:
    """Until the day on which figures are to be here."""
    settings.CLOCK_DATE = DUE
    assertContains(page_of(secretary), "i morgen tidlig")
    assert call_the_due() == 1
