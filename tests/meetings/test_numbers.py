"""What is sent keeps its number; what comes late takes a letter; nothing else moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import RuleViolationError
from meetings.models import AgendaItem, Appendix, Section
from meetings.numbers import late_numbers
from meetings.packets.state import packet_state
from meetings.services import agenda, appendices
from tests.made import again
from tests.makers_packets import a_begun_version, a_meeting, a_user

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from meetings.models import Meeting


@pytest.fixture
def by(db: None) -> User:
    return a_user()


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    return a_begun_version(a_meeting())


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def numbers(meeting: Meeting) -> list[str]:
    rows = AgendaItem.objects.filter(section__meeting=meeting).present()
    return [row.number for row in rows.select_related("section")]


def bilag(item: AgendaItem) -> list[str]:
    rows = Appendix.objects.filter(item=item).present()
    return [row.number for row in rows]


def cases(meeting: Meeting) -> Section:
    return Section.objects.get(meeting=meeting, number=2)


def test_before_anything_is_sent_numbers_follow_the_order(by: User) -> None:
    meeting = a_meeting()
    before = numbers(meeting)
    agenda.create_item(cases(meeting).pk, by=by, title="Sent punkt")
    last = AgendaItem.objects.filter(section__meeting=meeting).present().last()
    assert last is not None
    agenda.move_item(last.pk, to=1, by=by)

    assert numbers(meeting) == [*before, f"2.{len(before) + 1}"]


def test_a_late_item_is_called_by_the_one_before_it(meeting: Meeting, by: User) -> None:
    before = numbers(meeting)
    late = agenda.create_item(cases(meeting).pk, by=by, title="Sent punkt")
    assert late.number == f"{before[-1]}a"

    moved = agenda.move_item(late.pk, to=2, by=by)

    assert moved.number == "2.1a"
    assert numbers(meeting) == ["2.1", "2.1a", *before[1:]]


def test_a_sent_item_is_neither_moved_nor_removed(meeting: Meeting, by: User) -> None:
    first = AgendaItem.objects.filter(section__meeting=meeting).present()[0]
    before = numbers(meeting)

    with pytest.raises(RuleViolationError, match="sendt i version 1"):
        agenda.move_item(first.pk, to=2, by=by)
    with pytest.raises(RuleViolationError, match="sendt i version 1"):
        agenda.remove_item(first.pk, by=by)
    assert numbers(meeting) == before


def test_nothing_comes_before_what_was_sent_first(meeting: Meeting, by: User) -> None:
    late = agenda.create_item(cases(meeting).pk, by=by, title="Sent punkt")

    with pytest.raises(RuleViolationError, match="før det første punkt"):
        agenda.move_item(late.pk, to=1, by=by)
    assert numbers(meeting)[0] == "2.1"


def test_a_late_appendix_says_nothing_of_the_others(meeting: Meeting, by: User) -> None:
    item = Appendix.objects.filter(item__section__meeting=meeting).present()[0].item
    late = appendices.add_generated(
        item.pk, title="Sent bilag", by=by, source="tests.catalogue", options={}
    )

    assert packet_state(meeting).changes == (f"{late.label} er nyt",)


def test_only_moves_that_can_be_made_are_offered(
    client: Client, meeting: Meeting, by: User
) -> None:
    item = Appendix.objects.filter(item__section__meeting=meeting).present()[0].item
    extra = appendices.add_generated(
        item.pk, title="Sent bilag", by=by, source="tests.catalogue", options={}
    )
    late = agenda.create_item(cases(meeting).pk, by=by, title="Sent punkt")
    client.force_login(by)

    def offered(address: str) -> list[bool]:
        page = client.get(f"/moeder/{meeting.slug}/{address}").content.decode()
        return [f'value="{way}"' in page for way in ("op", "ned")]

    assert offered("punkter/2-1/") == [True, False]
    assert offered(f"?rediger={late.slug}") == [False, False]
    appendices.move_appendix(extra.pk, to=2, by=by)
    assert offered("punkter/2-1/") == [False, True]


def test_late_items_are_numbered_anew_until_they_are_sent(
    meeting: Meeting, by: User
) -> None:
    one = agenda.create_item(cases(meeting).pk, by=by, title="Et")
    two = agenda.create_item(cases(meeting).pk, by=by, title="To")
    agenda.remove_item(one.pk, by=by)
    two.refresh_from_db()
    assert two.number.endswith("a")

    a_begun_version(meeting)
    three = agenda.create_item(cases(meeting).pk, by=by, title="Tre")
    agenda.move_item(three.pk, to=2, by=by)

    two.refresh_from_db()
    assert two.sent_in == 2
    assert two.number.endswith("a")
    assert numbers(meeting) == ["2.1", "2.1b", "2.1a"]


def test_a_late_appendix_takes_a_letter_and_the_first_of_an_item_a_number(
    meeting: Meeting, by: User
) -> None:
    item = Appendix.objects.filter(item__section__meeting=meeting).present()[0].item
    before = bilag(item)
    options = {"source": "tests.catalogue", "options": {}}
    late = appendices.add_generated(item.pk, title="Sent", by=by, **options)  # type: ignore[arg-type]
    new = agenda.create_item(cases(meeting).pk, by=by, title="Sent punkt")
    first = appendices.add_generated(new.pk, title="Nyt", by=by, **options)  # type: ignore[arg-type]

    assert late.number == f"{before[-1]}a"
    assert bilag(item) == [*before, late.number]
    assert first.label == f"{new.number} Bilag 1"


def test_a_sent_appendix_is_withdrawn_and_keeps_its_number(
    meeting: Meeting, by: User
) -> None:
    sent = Appendix.objects.filter(item__section__meeting=meeting).present()[0]
    with pytest.raises(RuleViolationError, match="Træk bilaget tilbage"):
        appendices.remove_appendix(sent.pk, by=by)

    gone = appendices.withdraw_appendix(sent.pk, by=by)
    assert (gone.is_withdrawn, gone.number) == (True, sent.number)
    back = appendices.reinstate_appendix(sent.pk, by=by)
    assert (back.is_withdrawn, back.number) == (False, sent.number)


def test_what_was_never_sent_is_not_withdrawn_but_removed(by: User) -> None:
    meeting = a_meeting()
    never = Appendix.objects.filter(item__section__meeting=meeting).present()[0]

    with pytest.raises(RuleViolationError, match="er ikke sendt"):
        appendices.withdraw_appendix(never.pk, by=by)


@pytest.mark.parametrize(
    ("keys", "sent", "given"),
    [
        ("ab", {}, {"a": "1", "b": "2"}),
        ("axb", {"a": "1", "b": "2"}, {"a": "1", "x": "1a", "b": "2"}),
        ("xa", {"a": "1"}, {"x": "0a", "a": "1"}),
        ("axy", {"a": "1", "gone": "1a"}, {"a": "1", "x": "1b", "y": "1c"}),
    ],
)
def test_siblings_are_numbered_by_what_was_sent(
    keys: str, sent: dict[str, str], given: dict[str, str]
) -> None:
    assert late_numbers(list(keys), sent) == given


def test_an_address_leads_to_the_item_of_that_number(
    meeting: Meeting, by: User, client: Client
) -> None:
    an_extra = agenda.create_item(cases(meeting).pk, by=by, title="Sidst")
    a_begun_version(meeting)
    late = agenda.create_item(cases(meeting).pk, by=by, title="Sent punkt")
    agenda.move_item(late.pk, to=2, by=by)
    client.force_login(by)

    for number, title in (("2-1a", "Sidst"), ("2-1b", "Sent punkt")):
        page = client.get(f"/moeder/{meeting.slug}/punkter/{number}/")
        assert f'value="{title}"' in page.text or title in page.text
    assert client.get(f"/moeder/{meeting.slug}/punkter/2-2/").status_code == 404
    an_extra.refresh_from_db()
    assert an_extra.number == "2.1a"
