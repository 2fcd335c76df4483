"""Er det den rigtige fil: the three answers, and what is never told."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from accounts.models import User
from documents.storage import files, keep
from meetings.models import Appendix, Meeting, Publication
from meetings.receipts.receipt import grouped
from meetings.receipts.verifying import matches
from meetings.services.life import take_step
from meetings.services.publishing import publish
from meetings.views import verify
from tests.made import again
from tests.makers_minutes import a_chief, proposed_minutes
from tests.makers_packets import (
    a_council,
    a_meeting,
    a_packet,
    a_pdf,
    a_publication,
    a_user,
    print_papers,
    settle,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db
URL = "/moeder/er-det-den-rigtige-fil/"
MEETING = "/moeder/2023-11-22/"
UNKNOWN = "Filen er ikke sendt af KKR Sjælland, eller den er ændret."


@pytest.fixture(autouse=True)
def _no_tries() -> None:
    cache.clear()


def a_version(meeting: Meeting, *, same: str = "") -> Publication:
    """Send the meeting, each file unlike all others.

    Args:
        same: label of the appendix whose file is as in version 1.
    """
    packet = a_packet(meeting)
    parts = packet.parts.exclude(appendix_key="")
    for part in parts:
        version = 1 if part.label == same else packet.version
        part.file = keep(ContentFile(a_pdf(20 * version + part.position)))
        part.save()
    packet.file = keep(ContentFile(a_pdf(20 * packet.version)))
    packet.save()
    known = User.objects.filter(email="chief@sjaelland.example").first()
    chief = known or a_user(meeting.council, Role.CHIEF)
    settle(meeting, chief)
    return publish(meeting.pk, packet_pk=packet.pk, by=chief)


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    """Sent twice."""
    meeting = a_version(a_meeting()).meeting
    Appendix.objects.update(title="Et nyt navn")
    return a_version(meeting).meeting


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def content_of(name: str) -> bytes:
    with files().open(name) as opened:
        return bytes(opened.read())


def sent_file(version: int, slug: str = "") -> bytes:
    """The bytes of an appendix, or of the packet."""
    row = Publication.objects.get(number=version)
    return content_of(row.appendices.get(slug=slug).file if slug else row.file)


def by_file(client: Client, content: bytes, name: str = "fil.pdf") -> Any:
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def by_sum(client: Client, content: bytes) -> Any:
    return client.get(URL, {"sha256": hashlib.sha256(content).hexdigest()})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", unescape(response.content.decode()))
    return " ".join(text.split())


ASKING = pytest.mark.parametrize("ask", [by_file, by_sum], ids=["file", "sum"])


@ASKING
def test_the_file_that_holds_is_named(
    client: Client, meeting: Meeting, ask: Any
) -> None:
    said = words(ask(client, sent_file(2, "2-1-bilag-1")))

    assert "Det er 2.1 Bilag 1 i version 2, sendt 7. november 2023." in said
    assert "Møde i KKR Sjælland 22. november 2023." in said


@ASKING
def test_the_whole_packet_is_known(client: Client, meeting: Meeting, ask: Any) -> None:
    said = words(ask(client, sent_file(2)))

    assert "Det er bilagspakken i version 2, sendt 7. november 2023." in said
    Meeting.objects.update(kind="directors")
    assert UNKNOWN in words(ask(client, sent_file(2)))
    member = signed_in(a_user(meeting.council, Role.MEMBER))
    assert "i version 2" in words(ask(member, sent_file(2)))


@ASKING
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("agenda", "dagsordenen i version 2"),
        ("whole", "dagsorden og bilag i version 2"),
        ("bundle", "zip-filen med alt i version 2"),
    ],
)
def test_all_that_is_made_of_a_version_is_known(
    client: Client, meeting: Meeting, ask: Any, kind: str, said: str
) -> None:
    sent = print_papers(Publication.objects.get(number=2))
    content = content_of(sent.packet.papers.get(kind=kind).file)

    assert f"Det er {said}, sendt 7. november 2023." in words(ask(client, content))


def test_the_agenda_of_an_older_version_leads_to_the_newer(
    client: Client, meeting: Meeting
) -> None:
    sent = print_papers(Publication.objects.get(number=1))
    old = content_of(sent.packet.papers.get(kind="agenda").file)

    page = by_sum(client, old)

    assert "Ældre udgave. Filen er dagsordenen i version 1" in words(page)
    assertContains(page, f'href="{MEETING}dagsorden.pdf">Hent version&nbsp;2')


def test_approved_minutes_are_known_and_proposed_ones_are_not(client: Client) -> None:
    proposed = proposed_minutes()
    content, own = content_of(proposed.paper.file), proposed.meeting
    assert UNKNOWN in words(by_sum(client, content))
    seated = signed_in(a_user(own.council, Role.MEMBER))
    said = "Det er referatet, sendt til godkendelse 7. november 2023."
    assert said in words(by_sum(seated, content))
    other = signed_in(a_user(a_council("midtjylland"), Role.SECRETARIAT))
    assert "Filen er ikke sendt af KKR Midt" in words(by_sum(other, content))

    take_step(own.pk, to="approved", reason="På næste møde.", by=a_chief(own))

    page = by_sum(client, content)
    assert "Det er referatet, godkendt 7. november 2023." in words(page)
    assertContains(page, f'href="{MEETING}referat/">Læs referatet')
    assertContains(client.get(f"{MEETING}hent/"), grouped(proposed.paper.file))


def test_a_draft_agenda_is_never_confirmed(client: Client) -> None:
    packet = a_packet(a_meeting())
    content = ContentFile(a_pdf(33))
    packet.papers.create(
        meeting=packet.meeting, kind="agenda", digest="x", file=keep(content),
        size=1, page_count=1,
    )  # fmt: skip

    assert UNKNOWN in words(by_sum(client, a_pdf(33)))


def test_the_page_says_which_files_can_be_known(client: Client) -> None:
    said = words(client.get(URL))

    assert "Kun hele filer kan kendes: dagsordenen, bilagspakken" in said
    assert "Udvalgte bilag og ændrede sider" in words(by_sum(client, b"x"))


def test_an_older_file_says_so_and_leads_to_the_newer(
    client: Client, meeting: Meeting
) -> None:
    old = sent_file(1, "2-1-bilag-2")

    by_name, page = by_file(client, old, "brev.pdf"), by_sum(client, old)

    said = "Ældre udgave. brev.pdf er 2.1 Bilag 2 i version 1, sendt 7. november 2023."
    assert said in words(by_name)
    assert said.replace("brev.pdf", "Filen") in words(page)
    assertContains(page, f'href="{MEETING}bilag/2-1-bilag-2.pdf">Hent version&nbsp;2')


def test_a_file_that_has_not_changed_is_of_the_newest_version(client: Client) -> None:
    meeting = a_version(a_meeting()).meeting
    Appendix.objects.filter(position=1).update(title="Et nyt navn")
    a_version(meeting, same="2.1 Bilag 2")

    said = words(by_sum(client, sent_file(1, "2-1-bilag-2")))

    assert "i version 2, sendt" in said
    assert "Ældre udgave" not in said


def test_a_withdrawn_file_leads_to_no_newer_one(
    client: Client, meeting: Meeting
) -> None:
    Appendix.objects.filter(key="brev-2").update(is_withdrawn=True)
    a_version(meeting)

    page = by_sum(client, sent_file(2, "2-1-bilag-2"))

    assert "Ældre udgave." in words(page)
    assert "Trukket tilbage i version 3." in words(page)
    assertNotContains(page, "Hent version")


@ASKING
def test_a_file_with_one_other_byte_is_not_known(
    client: Client, meeting: Meeting, ask: Any
) -> None:
    assert UNKNOWN in words(ask(client, sent_file(2) + b"\n"))


@ASKING
def test_what_is_built_and_not_sent_is_never_confirmed(
    client: Client, ask: Any
) -> None:
    packet = a_packet(a_meeting())
    name = packet.parts.exclude(appendix_key="").values_list("file", flat=True)[0]

    for user in (None, a_user(), a_user(role=Role.CHIEF)):
        if user:
            client.force_login(user)
        for file in (packet.file, name):
            assert UNKNOWN in words(ask(client, content_of(file)))


@pytest.mark.parametrize("sum_", ["", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_checksum_asks_for_a_pdf(client: Client, sum_: str) -> None:
    response = client.get(URL, {"sha256": sum_})

    assertContains(response, "Vælg en PDF eller en zip.", status_code=422)
    assertContains(response, "autofocus", status_code=422)


@pytest.mark.parametrize("sent", [{}, {"file": "ingen fil"}, {"sha256": "0" * 64}])
def test_a_post_without_a_file_asks_for_a_pdf(
    client: Client, sent: dict[str, str]
) -> None:
    assertContains(client.post(URL, sent), "Vælg en PDF eller en zip.", status_code=422)


@pytest.mark.parametrize("content", [b"", b"PK\x03", b" %PDF-1.7", b"%PDF"])
def test_a_file_that_is_no_pdf_asks_for_one(client: Client, content: bytes) -> None:
    assertContains(
        by_file(client, content), "Vælg en PDF eller en zip.", status_code=422
    )


def test_a_file_name_is_text(client: Client, meeting: Meeting) -> None:
    page = by_file(client, sent_file(1), "<b>x.pdf")

    assertContains(page, "&lt;b&gt;x.pdf er bilagspakken")


def test_nothing_of_the_file_is_kept(
    client: Client, settings: Settings, tmp_path: Path, meeting: Meeting
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    client.force_login(a_user())
    content = a_pdf(3) + b"%" * 3_000_000

    assert UNKNOWN in words(by_file(client, content))

    assert list(tmp_path.iterdir()) == []
    assert not files().exists(hashlib.sha256(content).hexdigest())


def test_the_public_page_asks_by_an_address_and_sets_no_cookie(
    meeting: Meeting,
) -> None:
    client = Client(enforce_csrf_checks=True)

    page = client.get(MEETING)

    assertContains(page, f'method="get" action="{URL}"')
    assertContains(page, f'href="{URL}?kkr=sjaelland"')
    assert not client.cookies
    assert "Det er bilagspakken i version 2" in words(by_sum(client, sent_file(2)))


def test_a_file_is_taken_only_with_the_pages_own_token(meeting: Meeting) -> None:
    client = Client(enforce_csrf_checks=True)
    token = re.search(
        'csrfmiddlewaretoken" value="([^"]+)"', client.get(URL).content.decode()
    )
    assert token is not None

    refused = by_file(client, sent_file(2))
    file = SimpleUploadedFile("a.pdf", sent_file(2))
    answered = client.post(URL, {"csrfmiddlewaretoken": token[1], "file": file})

    assert refused.status_code == 403
    assert "Det er bilagspakken i version 2" in words(answered)


def test_too_many_questions_are_put_off(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "RATE", "2/m/ip")
    answers = [by_sum(client, b"x").status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assertContains(by_sum(client, b"x"), "Vent et minut", status_code=429)
    assert client.get(URL).status_code == 200


def test_the_council_that_is_asked_is_named(client: Client, meeting: Meeting) -> None:
    a_publication(a_meeting(a_council("hovedstaden"), appendices=0))
    sum_ = hashlib.sha256(b"x").hexdigest()

    said = words(client.get(URL, {"sha256": sum_, "kkr": "hovedstaden"}))

    assert "Filen er ikke sendt af KKR Hovedstaden, eller den er ændret." in said


def test_a_file_of_two_meetings_is_named_for_each(client: Client) -> None:
    a_version(a_meeting(appendices=0))
    a_version(a_meeting(slug="2023-12-13", appendices=0))

    page = by_sum(client, a_pdf(20))

    assert words(page).index("13. december") < words(page).index("22. november")
    assertContains(page, "Det er bilagspakken i version", count=2)


@pytest.mark.parametrize("versions", [1, 4])
def test_an_answer_asks_the_same_number_of_queries(
    client: Client, versions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = a_version(a_meeting()).meeting
    for number in range(1, versions):
        Appendix.objects.update(title=f"Titel {number}")
        a_version(meeting, same="2.1 Bilag 2")
    checksum = hashlib.sha256(sent_file(1, "2-1-bilag-2")).hexdigest()

    with django_assert_num_queries(4):
        found = matches(checksum, "sjaelland")

    assert found[0].sent.number == versions
