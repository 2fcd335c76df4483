"""Version after version of one packet, read back page by page: no number moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.choices import Role
from accounts.models import Membership, User
from meetings.editions.reading import of_publication
from meetings.models import Appendix
from meetings.packets.contents import page_name
from meetings.services import appendices
from meetings.services.life import begin_version
from meetings.services.publishing import publish
from proposals.models import Proposal
from tests.demo.packets import build_packet, reader_of
from tests.made import again
from tests.makers_packets import a_pdf, settle
from tests.meetings.small import small_meeting

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from meetings.models import Meeting, Packet, Publication
    from tests.documents.pdf_reader import PdfReader

pytestmark = pytest.mark.django_db

FIRST = [str(page) for page in range(1, 10)]
# From the second version on, what changed stands behind the contents list.
LATER = ["1", "1a", *FIRST[1:]]
LONG = "<p>At gøre det enklere, så borgerne får et forløb.</p>" * 40


@pytest.fixture(scope="module")
def meeting_made(kept: None) -> Meeting:
    return small_meeting()


@pytest.fixture
def meeting(meeting_made: Meeting) -> Meeting:
    return again(meeting_made)


@pytest.fixture(scope="module")
def chief(meeting_made: Meeting) -> User:
    meeting = meeting_made
    user = User.objects.create_user("chef@kkr.example", None, name="Chefen")
    Membership.objects.create(user=user, council=meeting.council, role=Role.CHIEF)
    return user


@pytest.fixture(scope="module")
def first_made(meeting_made: Meeting, chief: User) -> Publication:
    return send(meeting_made, chief)


@pytest.fixture
def first(first_made: Publication) -> Publication:
    return again(first_made)


def send(meeting: Meeting, chief: User) -> Publication:
    """Send the meeting, and begin its next version."""
    packet = build_packet(meeting)
    settle(meeting, chief)
    sent = publish(meeting.pk, packet_pk=packet.pk, by=chief)
    begin_version(meeting.pk, reason="Et bilag kom sent.", by=chief)
    return sent


def grow() -> None:
    """Let proposal 1 run over its page."""
    proposal = Proposal.objects.get(key="forslag-1")
    proposal.idea = LONG
    proposal.save()


def add_late(meeting: Meeting, chief: User) -> Appendix:
    """Attach the catalogue once more, after all that was sent."""
    before = Appendix.objects.get(key="katalog", item__section__meeting=meeting)
    return appendices.add_generated(
        before.item_id,
        source=before.source,
        options=before.options,
        title="Kataloget igen",
        by=chief,
    )


def read(packet: Packet) -> PdfReader:
    """Read the packet, whose stamps and page labels must say the same."""
    pdf = reader_of(packet.file)
    assert [page.number for page in pdf.pages] == pdf.labels == packet.labels
    return pdf


def test_the_first_version_counts_its_sheets(first: Publication) -> None:
    assert read(first.packet).labels == FIRST


def test_a_record_that_grows_takes_a_letter_where_it_stands(
    meeting: Meeting, chief: User, first: Publication
) -> None:
    grow()
    pdf = read(build_packet(meeting))

    assert pdf.labels == [*LATER[:9], "8a", "9"]
    assert [page.stamp[1] for page in pdf.pages[8:]] == [
        "bilagets side 4 af 5",
        "bilagets side 4a af 5",
        "bilagets side 5 af 5",
    ]


def test_a_late_appendix_has_pages_of_its_own(
    meeting: Meeting, chief: User, first: Publication
) -> None:
    late = add_late(meeting, chief)
    pdf = read(build_packet(meeting))

    assert late.label == "2.1 Bilag 2a"
    assert pdf.labels == [*LATER, *(f"9{letter}" for letter in "abcdef")]
    assert pdf.pages[-1].stamp == (
        "2.1 Bilag 2a",
        "bilagets side 5 af 5",
        "pakkens side 9f",
    )
    assert pdf.names["indsatsen-kataloget-igen"] == 11
    assert "Bilag 2a Kataloget igen 9a–9f" in pdf.pages[0].text


def test_a_withdrawn_appendix_leaves_its_pages_listed(
    meeting: Meeting, chief: User, first: Publication
) -> None:
    brev = Appendix.objects.get(key="brev")
    appendices.withdraw_appendix(brev.pk, by=chief)
    pdf = read(build_packet(meeting))

    assert pdf.labels == ["1", "1a", *FIRST[3:]]
    assert "Bilag 1 Brev udgået (2–3)" in pdf.pages[0].text
    again = appendices.reinstate_appendix(brev.pk, by=chief)
    assert again.number == "Bilag 1"
    assert read(build_packet(meeting)).labels == FIRST


def test_no_number_moves_over_three_versions(
    meeting: Meeting, chief: User, first: Publication
) -> None:
    grow()
    add_late(meeting, chief)
    second = send(meeting, chief)
    brev = Appendix.objects.get(key="brev")
    appendices.withdraw_appendix(brev.pk, by=chief)
    third = send(meeting, chief)

    for older, newer in ((first, second), (second, third)):
        before, after = pages_of(older), pages_of(newer)
        both = set(before) & set(after)
        assert {key: after[key] for key in both} == {key: before[key] for key in both}
    assert set(first.numbers["packet"]) <= set(third.numbers["packet"])
    assert read(third.packet).labels == ["1", "1a", *FIRST[3:8], "8a", "9"] + [
        f"9{letter}" for letter in "abcdefg"
    ]


def pages_of(publication: Publication) -> dict[tuple[str, str], str]:
    """Which page each record of each appendix begins on, as the public reads it."""
    edition = of_publication(publication)
    return {
        (part.appendix.label, key): f"{page}, {part.within[key]}"
        for part in edition.parts
        for key, page in part.pages.items()
    }


def test_what_was_sent_is_built_again_to_the_same_bytes(
    meeting: Meeting, chief: User, first: Publication
) -> None:
    grow()
    second = send(meeting, chief)

    again = build_packet(meeting)

    assert (again.version, again.file) == (2, second.file)


def test_a_file_that_grows_behind_a_late_appendix_says_its_pages_once(
    meeting: Meeting, chief: User, first: Publication, tmp_path: Path
) -> None:
    late = add_late(meeting, chief)
    appendices.move_appendix(late.pk, to=2, by=chief)
    send(meeting, chief)
    path = tmp_path / "brev.pdf"
    path.write_bytes(a_pdf(3))
    brev = Appendix.objects.get(key="brev")
    appendices.replace_file(brev.pk, path=path, name="brev.pdf", by=chief)

    publication = send(meeting, chief)
    pdf = read(publication.packet)

    assert "2–3 3g–3h Bilag 1a" in pdf.pages[0].text
    assert "Pakkens side 2–3, 3g–3h: dette skilleblad og 3 sider" in pdf.pages[2].text
    assert pdf.pages[4].stamp[1:] == ("bilagets side 1a af 1", "pakkens side 3g")
    words = page_name(of_publication(publication), 5).words
    assert words.endswith("bilagets side 1a af 1")


def test_the_reader_finds_a_page_by_its_letter(
    meeting: Meeting, chief: User, first: Publication, client: Client
) -> None:
    add_late(meeting, chief)
    send(meeting, chief)

    page = client.get(f"/moeder/{meeting.slug}/pakke/?side=9b").content.decode()

    assert "Side 9b" in page
    assert 'value="9b"' in page
    missing = client.get(f"/moeder/{meeting.slug}/pakke/?side=9z")
    assert missing.status_code == 422
    assert "Skriv en side fra 1 til 9f" in missing.content.decode()


def test_a_separator_that_needs_two_pages_is_counted_as_two(
    meeting: Meeting, chief: User
) -> None:
    Appendix.objects.filter(key="brev").update(summary="Et langt resumé. " * 85)
    publication = send(meeting, chief)
    pdf = read(publication.packet)

    assert len(pdf.pages) == publication.page_count == 10
    assert [page.stamp[1] for page in pdf.pages[1:4]] == [
        "skilleblad",
        "skilleblad",
        "bilagets side 1 af 1",
    ]
    assert "Bilag 1 Brev 2–4" in pdf.pages[0].text
    assert "10 sider" in pdf.pages[0].text
    assert "6, 1" in pages_of(publication).values()
    assert "2.1 Bilag 1, fortsat" in pdf.pages[2].text
    assert "fortsat:" not in pdf.pages[2].text


def test_the_contents_list_says_which_pages_were_put_between(
    meeting: Meeting, first: Publication
) -> None:
    grow()
    pdf = read(build_packet(meeting))

    assert "Bilag 2 Forenklingskatalog 4–9 med 8a" in pdf.pages[0].text
