"""What came of the proposals, as an appendix; and what readers see of it once it is sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from documents import codec, page, pieces
from documents.inlines import text
from documents.marks import marks_between
from documents.sources import source
from documents.tree import Table, walk
from meetings.models import Meeting, PublishedAppendix, SentRecord
from meetings.services.sent_records import keep_records
from meetings.services.withdrawals import withdraw
from proposals.models import Proposal, Step, Theme
from tests.makers_packets import a_council, a_meeting, a_publication, a_user
from tests.makers_proposals import a_catalogue, a_proposal, a_step, a_theme

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from documents.tree import Document
    from meetings.models import Publication

pytestmark = pytest.mark.django_db
KEY = "proposals.trail"
JUNE, AUGUST = date(2023, 6, 21), date(2023, 8, 30)


@pytest.fixture
def meeting() -> Meeting:
    """The meeting of 21 June; proposal 7 has come on since, 8 has not, 9 is another theme's."""
    row = a_meeting(slug="2023-06-21")
    seven = a_proposal(7)
    a_step(seven, "idea", who="K17")
    a_step(seven, "submitted", JUNE, meeting=row, source="punkt 2.1")
    a_step(
        seven, "discussed", AUGUST, who="KL", place="Udvalg", source="referat",
        url="https://www.kl.dk/sag?id=1", note="Enigt.",
    )  # fmt: skip
    a_step(a_proposal(8), "submitted", date(2023, 5, 1))
    nine = a_proposal(9)
    nine.theme = a_theme(seven.catalogue, 2, "Ret og pligt")
    nine.save()
    a_step(nine, "submitted", JUNE)
    a_step(nine, "law")
    a_proposal(10)
    return row


def build(**options: Any) -> Document:
    chosen = {"catalogue": a_catalogue().pk, "themes": [], "since": "", **options}
    return source(KEY).build(chosen)


def rows(document: Document, at: int) -> list[list[str]]:
    """What the table of the cover (0) or of a section says, row by row."""
    own = [section for _, section in walk(document)][at]
    table = next(block for block in own.blocks if isinstance(block, Table))
    return [
        [text(cell) for cell in row.cells]
        for group in table.groups
        for row in group.rows
    ]


def test_it_tells_of_the_steps_since_the_meeting_and_where_each_is_now(
    meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    options = {"catalogue": a_catalogue().pk, "meeting": meeting.pk}
    with django_assert_num_queries(4):
        document = source(KEY).build(options)

    name = "KKR-møde 21.\xa0juni\xa02023"
    assert document.title == f"Vejen efter KKR siden {name}"
    assert document.lead == "4\xa0nye skridt for 2\xa0forslag."
    assert source(KEY).made_of(document) == "4\xa0nye skridt"
    seven, nine = "Forslag om praktik 7", "Forslag om praktik 9"
    undated = "dato ikke angivet i kilden"
    assert rows(document, 0) == [
        ["7", seven, "Indmeldt af KKR", "21.\xa0juni\xa02023", f"Kilde: {name}, punkt 2.1."],
        ["7", seven, "Drøftes med KL", "30.\xa0august\xa02023",
         "KL, Udvalg. Kilde: referat (www.kl.dk). Enigt."],
        ["9", nine, "Indmeldt af KKR", "21.\xa0juni\xa02023", ""],
        ["9", nine, "Kræver lovændring", undated, ""],
    ]  # fmt: skip
    assert [row[2:] for row in rows(document, 1)] == [
        ["Drøftes med KL", "30.\xa0august\xa02023"],
        ["Indmeldt af KKR", "1.\xa0maj\xa02023"],
        ["Ingen status", ""],
        ["Kræver lovændring", undated],
    ]
    assert document.sections[0].lead == (
        "1 indmeldt af KKR, 1 drøftes med KL, 1 kræver lovændring og 1 uden status."
    )
    assert "Drøftes med KL" in str(page.html_of(document))
    assert [piece.page_count for piece in pieces.make(document)] == [1, 1]


def test_a_day_a_theme_and_nothing_new(meeting: Meeting) -> None:
    theme = Proposal.objects.get(number=9).theme_id
    since = build(since="2023-08-30")
    assert since.title == "Vejen efter KKR siden den 30.\xa0august\xa02023"
    assert [row[0] for row in rows(since, 0)] == ["7"]
    own = build(meeting=meeting.pk, themes=[theme])
    assert [row[0] for row in rows(own, 1)] == ["9"]
    assert own.title.endswith("2023, tema 2")
    assert own.key == f"{since.key}/themes:{Theme.objects.get(pk=theme).key}"
    assert own.sections[0].key == since.sections[0].key

    nothing = build(since="2023-09-01")

    assert nothing.lead == "Intet nyt siden den 1.\xa0september\xa02023."
    assert source(KEY).made_of(nothing) == "ingen nye skridt"
    assert len(rows(nothing, 1)) == 4
    assert nothing.blocks == ()
    assert len(pieces.make(nothing)) == 2
    Proposal.objects.update(number=None)
    assert build(since="2023-09-01").lead == "Ingen forslag."
    meeting.is_removed = True
    meeting.save()
    with pytest.raises(Meeting.DoesNotExist):
        build(meeting=meeting.pk)


def test_a_new_step_changes_the_hash_and_is_marked_by_its_key(meeting: Meeting) -> None:
    before = build(meeting=meeting.pk)
    assert pieces.document_digest(before) == pieces.document_digest(
        build(meeting=meeting.pk)
    )
    a_step(Proposal.objects.get(number=10), "submitted", AUGUST)

    after = build(meeting=meeting.pk)

    assert pieces.document_digest(before) != pieces.document_digest(after)
    found = marks_between(before, after, since="version 1", sent="")
    said = [
        "".join(run.text for run in line)
        for marked in found.values()
        for line in marked.marks.summary
    ]
    assert said == [
        "Indledning er ændret",
        "Forslag 10 er tilføjet",
        "Indledning er ændret",
        "Forslag 10 er ændret",
    ]


def test_the_options_are_a_meeting_or_a_day(meeting: Meeting) -> None:
    later = a_meeting(slug="2023-11-22")
    form: Any = source(KEY).form
    council = a_council()
    pk = str(a_catalogue().pk)
    other = a_meeting(a_council("hovedstaden"), slug="2023-01-10")

    opened = form(council=council)
    assert opened.fields["meeting"].initial == meeting.pk
    for typed, told in (
        ({}, "Vælg et møde, eller skriv en dato."),
        ({"meeting": meeting.pk, "since": "1.9.2023"}, "ikke begge dele"),
        ({"since": "x"}, "Skriv datoen"),
        ({"meeting": later.pk}, "Vælg et møde fra listen."),
        ({"meeting": other.pk}, "Vælg et møde fra listen."),
        ({"since": "1.9.2023", "themes": ["999"]}, "Vælg temaer fra listen."),
    ):
        data: dict[str, Any] = {"catalogue": pk, **typed}
        sent = form(data, council=council)
        assert told in str(sent.errors), typed
    good = form({"catalogue": pk, "since": "1.9.2023"}, council=council)
    assert good.is_valid()
    assert good.cleaned_data == {
        "catalogue": int(pk), "meeting": None, "since": "2023-09-01", "themes": [],
    }  # fmt: skip
    again = form(council=council, initial=good.cleaned_data)
    assert 'value="01.09.2023"' in str(again)
    assert again["meeting"].value() is None


def sent(slug: str, document: Document) -> Publication:
    """Send a meeting whose first appendix is the document."""
    publication = a_publication(a_meeting(slug=slug))
    part = publication.appendices.get(position=2)
    part.document = codec.dumps(document)
    PublishedAppendix.objects.filter(pk=part.pk).update(document=part.document)
    SentRecord.objects.filter(appendix=part).delete()
    keep_records([part])
    return publication


def test_readers_see_the_status_as_it_was_sent_last_and_nothing_newer(
    meeting: Meeting, client: Client
) -> None:
    catalogue = source("proposals.simplification").build(
        {"catalogue": a_catalogue().pk}
    )
    sent("2023-07-01", catalogue)
    url = "/forslag/7@2023-07-01/"
    assertNotContains(client.get(url), "Vejen efter KKR")
    sent("2023-09-01", build(meeting=meeting.pk))
    seven = Proposal.objects.get(number=7)
    Step.objects.filter(proposal=seven).delete()
    a_step(seven, "rejected", date(2023, 9, 2))

    page_of = client.get(url)

    assertContains(page_of, "<b>Drøftes med KL</b>")
    assertContains(page_of, "Som sendt til KKR-møde 1.\xa0september\xa02023")
    assertContains(page_of, "/moeder/2023-09-01/bilag/")
    assertNotContains(page_of, "Afvist")
    newest = sent("2023-10-01", build(meeting=meeting.pk))
    assertContains(client.get(url), "<b>Afvist</b>")
    withdraw(
        newest.meeting_id, what=f"bilag:{newest.appendices.get(position=2).slug}",
        title="Vejen", reason="Fejl", found_at=newest.published_at,
        by=a_user(role=Role.CHIEF, email="chef@kkr.example"),
    )  # fmt: skip
    assertContains(client.get(url), "<b>Drøftes med KL</b>")
