"""What was given out is known where it comes back; what was taken back stays back."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client
from pikepdf import Pdf

from core import clock
from core.errors import RuleViolationError
from documents.attached import Attachments
from documents.data import data_files
from documents.known_data import known_data
from documents.models import ForeignFile
from documents.uploads import receive
from meetings.models import Appendix, Approval, Meeting, SentData, Withdrawal
from meetings.packets.state import packet_state
from meetings.post.words import token_of
from meetings.services import minutes, publishing, readthrough, staleness, withdrawals
from meetings.sources import minutes_of
from tests.makers_minutes import a_chief, a_later_meeting, approved_minutes
from tests.makers_packets import (
    a_council,
    a_document,
    a_meeting,
    a_packet,
    a_pdf,
    a_publication,
    a_user,
    approve,
    settle,
)

if TYPE_CHECKING:
    from pathlib import Path

    from meetings.models import Minutes, Publication

pytestmark = pytest.mark.django_db
DATA: Final = data_files(a_document())
KNOWN: Final = {file.sha256 for file in DATA}
INSIDE: Final = [
    {"sha256": file.sha256, "name": file.name, "media_type": file.media_type,
     "description": file.description}
    for file in DATA
]  # fmt: skip
NAMES: Final = "Forenklingskatalog.csv og Forenklingskatalog.json"
LATER: Final = "/moeder/2024-01-24/"


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 23)


def take(meeting: Meeting, what: str) -> Withdrawal:
    return withdrawals.withdraw(
        meeting.pk, what=what, title="Noget", reason="Et navn.",
        found_at=clock.now(), by=a_chief(meeting),
    )  # fmt: skip


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def with_our_data(path: Path) -> Path:
    """A harmless file with the rows of a_document inside."""
    with Pdf.open(io.BytesIO(a_pdf(1))) as pdf:
        inside = Attachments(pdf)
        inside.hang(pdf.Root, DATA)
        inside.finish()
        pdf.save(path)
    return path


def a_copy() -> Publication:
    """Another meeting that has sent a file with the data, as 2.1 Bilag 2, and no more."""
    other = a_meeting(slug="2023-12-13")
    letter = Appendix.objects.get(key="brev-2", item__section__meeting=other)
    ForeignFile.objects.filter(appendix=letter).update(data=INSIDE)
    Appendix.objects.filter(key="katalog", item__section__meeting=other).delete()
    return a_publication(other)


def test_data_are_known_once_they_are_sent_openly_and_until_they_are_down(
    tmp_path: Path,
) -> None:
    meeting, path = a_meeting(), with_our_data(tmp_path / "brev.pdf")
    a_packet(meeting)
    draft = receive(path, "brev.pdf")
    assert (draft.data, "er fjernet" in draft.notes[0]) == ([], True)

    Meeting.objects.filter(pk=meeting.pk).update(kind="directors")
    meeting.refresh_from_db()
    a_publication(meeting)
    assert known_data(KNOWN) == {}
    Meeting.objects.update(kind="kkr", public_at=clock.now() + timedelta(days=1))
    assert known_data(KNOWN) == {}
    Meeting.objects.update(public_at=None)

    kept = receive(path, "brev.pdf")
    assert kept.notes == [f"Indeholder vores data: {NAMES}."]
    assert sorted(kept.data, key=str) == sorted(INSIDE, key=str)
    take(meeting, "bilag:2-1-bilag-1")
    assert known_data(KNOWN) == {}


def test_who_takes_data_down_is_told_where_else_they_were_sent(
    django_assert_max_num_queries: Any,
) -> None:
    assert_most = django_assert_max_num_queries
    meeting = a_publication().meeting
    a_copy()
    others = a_publication(a_meeting(a_council("hovedstaden"), slug="2023-12-13"))
    assert SentData.objects.filter(is_file=False).count() == 6

    row = take(meeting, "bilag:2-1-bilag-1")

    browser, place = signed_in(a_chief(meeting)), "/moeder/2023-11-22/nedtagning/"
    with assert_most(8):
        page = browser.get(f"{place}{row.pk}/").text
    where = "/moeder/2023-12-13/nedtagning/?hvad=bilag%3A2-1-bilag-2"
    assert page.count("2.1 Bilag 2</strong>") == page.count(where) == 1
    assert "bed KKR Hovedstaden om at tage det ned" in page
    assert "selected" in browser.get(where).text
    # The letter is the very same file.
    letter = take(meeting, "bilag:2-1-bilag-2")
    assert where in browser.get(f"{place}{letter.pk}/").text
    Meeting.objects.filter(pk=others.meeting_id).update(kind="directors")
    take(Meeting.objects.get(slug="2023-12-13", council=meeting.council),
         "bilag:2-1-bilag-2")  # fmt: skip
    again = browser.get(f"{place}{row.pk}/").text
    assert ("Hovedstaden" in again, where in again, " taget ned</li>" in again) == (
        False, False, True,
    )  # fmt: skip
    withdrawals.lift(row.pk, reason="En fejl.", by=a_chief(meeting))
    with assert_most(8):
        lifted = browser.get(f"{place}{row.pk}/").text
    assert "Det samme er stadig taget ned andre steder" in lifted
    assert ("Tag det ned<" in lifted, "Se, hvad der er taget ned<" in lifted) == (
        False, True,
    )  # fmt: skip


def test_data_that_are_down_are_not_sent_again_inside_a_file() -> None:
    meeting = a_publication().meeting
    take(meeting, "bilag:2-1-bilag-1")

    with pytest.raises(RuleViolationError, match=r"2\.1 Bilag 2 indeholder data"):
        a_copy()


@pytest.fixture
def borrowed() -> Minutes:
    """Approved minutes that stand on the agenda of the next meeting."""
    own = approved_minutes()
    minutes.put_on_agenda(own.meeting_id, to=a_later_meeting().pk,
                          by=a_chief(own.meeting))  # fmt: skip
    return own


def sent_with(own: Minutes) -> Any:
    """The next meeting's packet, which holds the minutes as they are."""
    later = Meeting.objects.get(slug="2024-01-24")
    staleness.refresh(later.pk)
    packet = a_packet(later)
    packet.parts.exclude(appendix_key="").update(document=own.paper.document)
    return packet


@pytest.mark.parametrize("what", ["beslutning:2-1", "punkt:2-1"])
def test_a_draft_with_minutes_that_are_down_is_stale_and_closed_at_once(
    borrowed: Minutes, what: str
) -> None:
    packet, chief = sent_with(borrowed), a_chief(borrowed.meeting)
    approve(packet.meeting)
    link = f"/moeder/godkend/{token_of(Approval.objects.latest('pk'))}/"
    reader = a_user()
    (row,) = readthrough.ask_readers(
        packet.meeting_id, readers=[reader.pk], due_on=clock.today(), by=chief
    )
    places = (Client(), link), (Client(), f"{link}pakke.pdf"), (
        signed_in(reader), f"/moeder/gennemlaesning/{row.pk}/",
    )  # fmt: skip
    assert [client.get(url).status_code for client, url in places] == [200] * 3
    assert not packet_state(packet.meeting).is_stale

    take(borrowed.meeting, what)

    assert packet_state(packet.meeting).is_stale
    found = [client.get(url) for client, url in places]
    assert [got.status_code for got in found] == [410] * 3
    assert "Udkastet er lukket" in found[0].text
    with pytest.raises(LookupError):
        minutes_of({"meeting": borrowed.meeting_id})


def test_who_takes_minutes_down_is_told_of_the_appendix_that_repeats_them(
    borrowed: Minutes,
) -> None:
    packet, chief = sent_with(borrowed), a_chief(borrowed.meeting)
    settle(packet.meeting, chief)
    publishing.publish(packet.meeting_id, packet_pk=packet.pk, by=chief)
    row = take(borrowed.meeting, "beslutning:2-1")
    browser = signed_in(chief)
    page = f"/moeder/2023-11-22/nedtagning/{row.pk}/"
    where = f"{LATER}nedtagning/?hvad=bilag%3A1-1-bilag-1"

    assert where in browser.get(page).text
    taken = take(packet.meeting, "bilag:1-1-bilag-1")

    assert " taget ned</li>" in browser.get(page).text
    assert Client().get(f"{LATER}bilag/1-1-bilag-1/").status_code == 410
    # Who takes the copy down is not told of itself.
    own = browser.get(f"{LATER}nedtagning/{taken.pk}/").text
    assert "Det samme er sendt" not in own
