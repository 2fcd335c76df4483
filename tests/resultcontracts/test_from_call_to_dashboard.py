"""A figure from the call to the dashboard, by forms alone: no script has a part in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from resultcontracts.models import Measurement
from tests.makers import a_chief, a_secretary
from tests.makers_calls import APPROVAL, CALLS, DAY, a_round, measure_of
from tests.makers_contracts import CONTRACT, a_measurement
from tests.makers_packets import a_council

if TYPE_CHECKING:
    from pytest_django import Settings

    from accounts.models import User

pytestmark = pytest.mark.django_db
DASHBOARD = f"/resultatkontrakt/{CONTRACT}/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_figure_from_call_to_dashboard(settings: Settings) -> None:
    """Called for, answered by link, sent back, answered again, approved, and counted."""
    settings.CLOCK_DATE = DAY
    council = a_council()
    secretary, chief = a_secretary(council), a_chief(council)
    link = a_round(council, secretary)
    page = f"/indberet/{link.token}/{measure_of(link).key}/"
    reporter, boss = Client(), signed_in(chief)
    reached = "53 pct. er meget tilfredse mod måltal 50."

    reporter.post(page, {"answer": "maalt", "value": "53"})
    row = Measurement.objects.get()
    assertContains(boss.get(CALLS), "1\xa0tal venter")
    one = f"{APPROVAL}{row.pk}/"
    assertContains(boss.get(one), "via link til Mette Holm, Hus")
    sent = {"til": "retur", "reason": "Hvem er spurgt?", "version": row.version}
    boss.post(one, sent)
    assertContains(reporter.get(page), "Hvem er spurgt?")
    row.refresh_from_db()
    seen = {"seen": f"{row.pk}:{row.version}"}
    reporter.post(page, {"answer": "maalt", "counted": "53", "asked": "100", **seen})
    assert reached not in boss.get(DASHBOARD).content.decode()
    row.refresh_from_db()
    boss.post(one, {"til": "godkend", "version": row.version})
    assertContains(boss.get(DASHBOARD), reached)
    assertContains(reporter.get(page), "Tallet er godkendt")


def test_an_answer_in_a_locked_time_is_a_correction(settings: Settings) -> None:
    """Who was asked can answer, and what stood there stays."""
    settings.CLOCK_DATE = DAY
    council = a_council()
    link = a_round(council, locked_until=date(2023, 12, 31))
    measure = measure_of(link)
    old = a_measurement(
        measure, "40", approver=a_chief(council), period_end=date(2023, 12, 31),
        is_proxy=True,
    )  # fmt: skip
    page = f"/indberet/{link.token}/{measure.key}/"
    answer = Client().post(page, {"answer": "maalt", "value": "41"})
    assert answer.status_code == 302
    row: Any = Measurement.objects.get(asked_in=link.round_id)
    assert (row.corrects, row.low, row.is_proxy) == (old, 41, False)
