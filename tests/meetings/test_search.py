"""What of meetings can be found, and that each change has it indexed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from core.search import PUBLIC
from core.search.indexing import index
from documents import foreign
from documents.models import ForeignFile
from meetings.models import AgendaItem, Appendix
from meetings.search import (
    appendices,
    meetings_and_items,
    scope_of,
    sent_appendices,
)
from meetings.services import agenda
from meetings.services import appendices as bilag
from meetings.services import meetings as moeder
from tests.makers import a_meeting as a_bare_meeting
from tests.makers import a_secretary, an_item, an_upload
from tests.makers_packets import FACTS, a_council, a_meeting, a_packet, a_publication

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.search import Entry
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
EDITORS = "editors:sjaelland"


def by_key(entries: object) -> dict[str, Entry]:
    """Entries by their key."""
    return {entry.key: entry for entry in entries}  # type: ignore[attr-defined]


def scopes() -> list[str]:
    """What waits to be indexed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'scope' FROM procrastinate_jobs"
            " WHERE task_name = 'core.index' ORDER BY id"
        )
        return [scope for (scope,) in cursor.fetchall()]


def test_a_draft_is_for_its_councils_editors() -> None:
    meeting = a_meeting()
    a_packet(meeting)

    found = [
        *meetings_and_items(scope_of(meeting.pk)),
        *appendices(scope_of(meeting.pk)),
        *sent_appendices(scope_of(meeting.pk)),
    ]

    assert {entry.audience for entry in found} == {EDITORS}
    assert [entry.title for entry in found] == [
        "KKR-møde 22.\u00a0november\u00a02023",
        "Indspil til fremtidig indsats",
        "Forenklingskatalog",
        "Brev 2",
    ]


def test_what_was_sent_is_for_everybody_with_the_version_it_was_sent_in() -> None:
    meeting = a_publication().meeting

    found = by_key(meetings_and_items(None))

    today, sent = found[f"{meeting.pk}/2.1"], found[f"{meeting.pk}@1/2.1"]
    assert (today.audience, sent.audience) == (EDITORS, PUBLIC)
    assert (sent.is_sent, sent.version, sent.dated) == (True, 1, date(2023, 11, 7))
    assert (sent.subject, sent.digest) == (today.subject, today.digest)


def test_an_edited_item_is_no_longer_what_was_sent() -> None:
    meeting = a_publication().meeting
    AgendaItem.objects.update(summary="<p>Et andet resumé.</p>")

    found = by_key(meetings_and_items(None))

    today, sent = found[f"{meeting.pk}/2.1"], found[f"{meeting.pk}@1/2.1"]
    assert today.subject == sent.subject
    assert today.digest != sent.digest


def test_a_sent_catalogue_is_found_section_by_section_at_its_page() -> None:
    meeting = a_publication().meeting

    found = by_key(sent_appendices(None))

    entry = found[f"{meeting.pk}@1/2-1-bilag-1/proposal:et"]
    assert entry.place == "2.1 Bilag 1, side 4"
    assert entry.link == "2.1 Bilag 1, Forenklingskatalog, side 4"
    assert entry.url.endswith("/bilag/2-1-bilag-1/?kkr=sjaelland&version=1#proposal-et")
    assert entry.subject == "proposal:et"
    assert [passage.name for passage in entry.passages] == ["Forslag 1"] * 3


def test_a_file_is_found_by_its_pages_and_says_how_many_have_no_text() -> None:
    a_meeting()
    ForeignFile.objects.update(
        text=foreign.keep_texts(["Om filmpuljen.", ""]),
        facts=FACTS | {"pages_without_text": [2]},
    )

    (entry,) = [each for each in appendices(None) if each.title == "Brev 2"]

    assert entry.pages_without_text == 1
    assert [
        (each.name, each.text, each.page) for each in entry.passages if each.page
    ] == [
        ("Side 1", "Om filmpuljen.", 1),
        ("Side 2", "", 2),
    ]


def test_a_file_whose_text_is_lost_is_found_by_its_summary() -> None:
    a_meeting()
    ForeignFile.objects.update(text="f" * 64)

    (entry,) = [each for each in appendices(None) if each.title == "Brev 2"]

    assert [each.text for each in entry.passages if each.text] == [
        "Brevet spørger om en filmfond."
    ]


def test_a_scope_of_something_else_gives_nothing() -> None:
    a_meeting()

    assert list(meetings_and_items("council:1")) == []
    assert list(appendices("meeting:0")) == []


def test_two_councils_meetings_of_one_day_are_kept_apart() -> None:
    a_publication()
    a_publication(a_meeting(a_council("hovedstaden")))

    index()

    places = {entry.within for entry in meetings_and_items(None)}
    assert places == {"sjaelland/2023-11-22", "hovedstaden/2023-11-22"}


CHANGES: dict[str, Callable[[Meeting], object]] = {
    "edit item": lambda _: agenda.edit_item(
        AgendaItem.objects.get().pk, version=1, title="Ny", by=a_secretary()
    ),
    "new item": lambda meeting: agenda.create_item(
        meeting.sections.get().pk, title="Ny", by=a_secretary()
    ),
    "remove item": lambda _: agenda.remove_item(
        AgendaItem.objects.get().pk, by=a_secretary()
    ),
    "edit appendix": lambda _: bilag.edit_appendix(
        Appendix.objects.get().pk, version=1, title="Ny", by=a_secretary()
    ),
    "remove appendix": lambda _: bilag.remove_appendix(
        Appendix.objects.get().pk, by=a_secretary()
    ),
    "edit meeting": lambda meeting: moeder.edit_meeting(
        meeting.pk, version=1, place="Roskilde", by=a_secretary()
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_each_change_has_its_meeting_indexed(
    change: Callable[[Meeting], object],
) -> None:
    meeting = a_bare_meeting(sections=(2,))
    an_upload(an_item(meeting, "Filmfonden"))

    change(meeting)

    assert scopes() == [scope_of(meeting.pk)]


def test_publishing_has_the_meeting_indexed() -> None:
    meeting = a_publication().meeting

    assert scope_of(meeting.pk) in scopes()


def test_a_new_meeting_can_be_found() -> None:
    council = a_council()

    meeting = moeder.create_meeting(
        council=council,
        held_on=date(2024, 2, 1),
        sections=["Sager"],
        by=a_secretary(),
    )

    assert scopes() == [scope_of(meeting.pk)]
