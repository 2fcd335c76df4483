"""Minutes as another meeting's appendix: what was sent for approval, for who may read it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.errors import RuleViolationError
from documents import codec
from meetings.checking import check
from meetings.models import AgendaItem, Appendix, Decision, Meeting, Member
from meetings.services import agenda, appendices, decisions, minutes
from meetings.sources import MINUTES, minutes_of
from meetings.tasks import print_minutes
from tests.made import again
from tests.makers_minutes import (
    a_chief,
    a_later_meeting,
    proposed_minutes,
    written_minutes,
)

if TYPE_CHECKING:
    from meetings.models import Minutes

pytestmark = pytest.mark.django_db
PAGE: Final = "/moeder/2023-11-22/referat/"
NEXT: Final = f"{PAGE}naeste-moede/"
OPENS = datetime(2024, 1, 20, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 23)


@pytest.fixture(scope="module")
def made(kept: None) -> Minutes:
    return proposed_minutes()


@pytest.fixture
def sent(made: Minutes) -> Minutes:
    return again(made)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def write_on(own: Meeting) -> None:
    """Write something else than what was sent for approval."""
    row = Decision.objects.get()
    decisions.write_decision(
        row.pk, version=row.version, text="<p>Ny.</p>", by=a_chief(own)
    )


def test_the_next_meeting_approves_the_minutes_in_one_click(sent: Minutes) -> None:
    own, later = sent.meeting, a_later_meeting()
    browser = signed_in(a_chief(own))

    answer = browser.post(NEXT, follow=True)
    again = browser.post(NEXT, follow=True)

    assertRedirects(answer, "/moeder/2024-01-24/#item-1-1")
    assertContains(answer, "Godkendelse af referat fra mødet 22.\xa0november\xa02023")
    assertContains(again, "Referatet er allerede på en dagsorden.")
    item = AgendaItem.objects.get(section__meeting=later)
    appendix = item.appendices.get()
    assert (item.number, item.kind, item.action) == ("1.1", "formal", "approves")
    assert (appendix.source, appendix.options) == (MINUTES, {"meeting": own.pk})


def test_minutes_that_were_not_sent_for_approval_are_no_appendix() -> None:
    own = written_minutes()
    a_later_meeting()
    browser = signed_in(a_chief(own))

    page, answer = browser.get(PAGE), browser.post(NEXT, follow=True)
    form = browser.get("/moeder/2024-01-24/punkter/nyt/")

    assertNotContains(page, "Sæt på dagsordenen")
    assertContains(answer, "Referatet er ikke sendt til godkendelse endnu.")
    assert not AgendaItem.objects.filter(section__meeting__slug="2024-01-24").exists()
    assert form.status_code == 200
    with pytest.raises(LookupError):
        minutes_of({"meeting": own.pk})


def test_the_appendix_says_what_was_sent_whatever_is_written_since(
    sent: Minutes,
) -> None:
    write_on(sent.meeting)
    Member.objects.update(name="En anden")

    found = minutes_of({"meeting": sent.meeting_id})

    assert codec.dumps(found) == sent.paper.document


def test_the_next_meeting_is_worked_out_when_its_minutes_are_sent_again(
    sent: Minutes,
) -> None:
    own, later = sent.meeting, a_later_meeting()
    minutes.put_on_agenda(own.pk, to=later.pk, by=a_chief(own))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        write_on(own)
        assert jobs(cursor) == {("meetings.print_minutes", str(own.pk))}
        print_minutes(own.pk)
        minutes.propose_minutes(own.pk, by=a_chief(own))

        assert ("meetings.refresh", str(later.pk)) in jobs(cursor)


def jobs(cursor: Any) -> set[tuple[str, str]]:
    """The jobs of meetings that wait: name, and which meeting."""
    cursor.execute(
        "SELECT task_name, args ->> 'meeting_pk' FROM procrastinate_jobs"
        " WHERE task_name LIKE 'meetings.%'"
    )
    return set(cursor.fetchall())


@pytest.mark.parametrize(
    ("source", "into", "is_let"),
    [
        ({}, {}, True),
        ({"kind": "directors"}, {}, False),
        ({"kind": "directors"}, {"kind": "directors"}, True),
        ({}, {"kind": "directors"}, True),
        ({"public_at": OPENS}, {}, False),
        ({"public_at": OPENS}, {"public_at": OPENS}, True),
        ({"kind": "directors"}, {"closed": True}, True),
    ],
)
def test_nobody_gets_minutes_to_read_that_are_not_for_them(
    sent: Minutes, source: dict[str, Any], into: dict[str, Any], *, is_let: bool
) -> None:
    by, later, values = a_chief(sent.meeting), a_later_meeting(), dict(into)
    is_closed = values.pop("closed", False)
    Meeting.objects.filter(pk=sent.meeting_id).update(**source)
    Meeting.objects.filter(pk=later.pk).update(**values)
    item = agenda.create_item(later.sections.get(number=1).pk, title="R", by=by)
    AgendaItem.objects.filter(pk=item.pk).update(is_closed=is_closed)
    options = {"meeting": sent.meeting_id}

    def add() -> Appendix:
        return appendices.add_generated(
            item.pk, source=MINUTES, options=options, title="Referat", by=by
        )

    if is_let:
        assert add().source == MINUTES
        return
    with pytest.raises(RuleViolationError, match="er ikke åbent for alle"):
        add()


def test_minutes_that_become_too_open_later_are_an_error_before_sending(
    sent: Minutes,
) -> None:
    later = a_later_meeting()
    minutes.put_on_agenda(sent.meeting_id, to=later.pk, by=a_chief(sent.meeting))
    Meeting.objects.filter(pk=sent.meeting_id).update(kind="directors")

    (found,) = [
        each for each in check(later.pk).found if each.check == "minutes-closed"
    ]

    assert (found.is_error, found.may_answer, found.spot.label) == (
        True, False, "1.1 Bilag 1",
    )  # fmt: skip
    assert found.sentence.endswith("som ikke alle må læse.")
    Appendix.objects.update(is_confidential=True)
    # What the minutes say of their own agenda is no mistake on this one.
    assert not [each for each in check(later.pk).found if each.is_error]
