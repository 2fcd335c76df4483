"""Internal comments: written, answered, solved; seen by the secretariat and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.errors import RuleViolationError
from meetings.checking.standing import standing
from meetings.models import Comment, Finding, Publication
from meetings.services import agenda, comments, copying, findings
from tests.makers import (
    HTMX,
    MEETING,
    a_chief,
    a_meeting,
    a_secretary,
    an_item,
    an_outsider,
    an_upload,
)
from tests.makers_packets import a_publication

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import User
    from meetings.models import AgendaItem

pytestmark = pytest.mark.django_db
PAGE, ITEM = f"{MEETING}kommentarer/", f"{MEETING}punkter/2-1/"
WORDS = "Kanariefugl i kommentaren"


@pytest.fixture
def by() -> User:
    return a_secretary()


@pytest.fixture
def client(by: User) -> Client:
    client = Client()
    client.force_login(by)
    return client


@pytest.fixture
def item(by: User) -> AgendaItem:
    row = an_item(a_meeting(by.memberships.get().council), case="Den første tekst.")
    findings.refresh(row.section.meeting_id)
    return row


def write(item: AgendaItem, by: User, text: str = WORDS, **about: Any) -> Comment:
    return comments.write_comment(
        item.section.meeting_id, item_pk=item.pk, text=text, by=by, **about
    )


def found(item: AgendaItem) -> list[str]:
    rows = Finding.objects.filter(meeting=item.section.meeting_id)
    own = rows.filter(check_key="comments")
    return [row.sentence.replace("\xa0", " ") for row in own]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_comment_is_written_to_a_field_and_stands_beside_the_form(
    client: Client, item: AgendaItem, headers: dict[str, str]
) -> None:
    chief = a_chief(item.section.meeting.council)
    data = {"act": "ny", "pk": item.pk, "about": "case", "text": WORDS}

    answer = client.post(PAGE, data | {"asked": chief.pk}, headers=headers)

    made = Comment.objects.get()
    assert (made.field, made.before, made.asked) == ("case", item.case, chief)
    if headers:
        assertContains(answer, 'id="kommentarer"')
    else:
        assertRedirects(answer, f"{ITEM}#kommentar-{made.pk}")
    assertContains(client.get(ITEM), "Spørger Sekretariatschef sjaelland")
    assertContains(client.get(ITEM), '<a href="#id_case">Sagsfremstilling</a>')


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("act", "text"),
    [("ny", ""), ("ny", "x" * 2001), ("svar", ""), ("svar", "x" * 2001)],
)
def test_what_cannot_be_saved_comes_back_with_what_was_typed(
    client: Client,
    by: User,
    item: AgendaItem,
    headers: dict[str, str],
    act: str,
    text: str,
) -> None:
    thread = write(item, by)
    data = {"act": act, "pk": item.pk, "kommentar": thread.pk, "text": text}

    answer = client.post(PAGE, data, headers=headers)

    words = "Skriv højst 2000 tegn." if text else "Skriv "
    assertContains(answer, words, status_code=422)
    assertContains(answer, text, status_code=422)
    assert Comment.objects.count() == 1


def test_a_comment_to_the_whole_agenda_stands_on_the_page_of_all(
    client: Client, item: AgendaItem
) -> None:
    client.post(PAGE, {"act": "ny", "text": WORDS, "alene": "1"})

    assertContains(client.get(PAGE), WORDS, count=1)
    assertContains(client.get(MEETING), "1 til hele dagsordenen")
    assert found(item) == ["1 kommentar er ikke løst."]


def test_the_text_under_a_comment_is_shown_as_it_was_and_is(
    client: Client, by: User, item: AgendaItem
) -> None:
    write(item, by, field="case")
    assertNotContains(client.get(ITEM), "Teksten er ændret siden")

    agenda.edit_item(item.pk, version=1, case="<p>Den anden tekst.</p>", by=by)

    page = client.get(ITEM)
    assertContains(page, "Teksten er ændret siden")
    assertContains(page, "første")
    assertContains(page, "<ins>")


def test_the_appendix_under_a_comment_is_looked_at_too(
    client: Client, by: User, item: AgendaItem
) -> None:
    letter = an_upload(item)
    write(item, by, appendix_pk=letter.pk)
    letter.title = "Et andet brev"
    letter.save()

    page = client.get(ITEM)

    assertContains(page, "Teksten er ændret siden")
    assertContains(page, "Bilag 1</a></h3>")


def test_a_solved_comment_folds_and_is_opened_again_by_an_answer(
    client: Client, by: User, item: AgendaItem
) -> None:
    thread = write(item, by)
    data = {"pk": item.pk, "kommentar": thread.pk}

    client.post(PAGE, data | {"act": "luk"})

    assertContains(client.get(ITEM), "1\xa0løst kommentar")
    assert found(item) == []
    client.post(PAGE, data | {"act": "svar", "text": "Ikke endnu."})
    thread.refresh_from_db()
    assert (thread.is_solved, thread.solved_at) == (False, None)
    assertContains(client.get(ITEM), "Ikke endnu.")
    assert found(item) == ["1 kommentar er ikke løst."]


def test_unsolved_comments_are_a_warning_and_a_chip_and_a_task_of_the_one_who_is_asked(
    client: Client, by: User, item: AgendaItem
) -> None:
    write(item, by, asked_pk=by.pk)
    write(item, by)

    assert found(item) == ["2 kommentarer er ikke løst."]
    row = standing(item.section.meeting_id).warnings[-1].finding
    assert (row.url, row.quote) == (f"{ITEM}#kommentarer", "")
    assertContains(client.get(MEETING), "2\xa0kommentarer</span>")
    assertContains(client.get("/"), "En kommentar til punkt 2.1 spørger dig", count=1)


def test_comments_of_what_is_removed_wait_for_nobody(
    by: User, item: AgendaItem
) -> None:
    write(item, by)

    agenda.remove_item(item.pk, by=by)
    findings.note_people(item.section.meeting_id)

    assert found(item) == []


@pytest.mark.parametrize(
    "about",
    [{"field": "key"}, {"appendix_pk": 1}, {"asked_pk": 0}],
    ids=["no such field", "no such appendix", "nobody"],
)
def test_a_comment_is_about_something_of_the_item(
    by: User, item: AgendaItem, about: dict[str, Any]
) -> None:
    with pytest.raises(RuleViolationError):
        write(item, by, **about)


def test_the_secretariat_of_another_council_is_not_asked_and_finds_nothing(
    by: User, item: AgendaItem
) -> None:
    outsider, thread = an_outsider(), write(item, by)
    a_meeting(outsider.memberships.get().council)
    client = Client()
    client.force_login(outsider)

    with pytest.raises(RuleViolationError):
        write(item, by, asked_pk=outsider.pk)
    assertNotContains(client.get(PAGE), WORDS)
    for data in ({"pk": item.pk}, {"pk": ""}, {"kommentar": thread.pk}):
        answer = client.post(PAGE, {"act": "luk", "kommentar": thread.pk} | data)
        assert answer.status_code == 404


def test_no_comment_is_sent_copied_or_found(by: User) -> None:
    published = a_publication()
    meeting = published.meeting
    row = meeting.sections.get().items.get()
    Comment.objects.create(
        meeting=meeting, item=row, text=WORDS, author_name="A", author=by
    )
    other = a_meeting(meeting.council, slug="2024-01-24")

    copy = copying.copy_item(row.pk, to=other.pk, by=by)

    assert not Comment.objects.filter(item=copy).exists()
    stored = Publication.objects.values().get()
    assert WORDS not in str(stored)
    public = Client()
    for place in (
        "",
        "pakke/",
        "punkter/2-1/",
        "bilag/2-1-bilag-1.json",
        "kvittering/",
    ):
        assertNotContains(public.get(f"{MEETING}{place}"), WORDS)
    assertNotContains(public.get("/soeg/?q=kanariefugl"), WORDS)


def test_comments_of_a_sent_meeting_are_read_and_not_written(
    client: Client, by: User, item: AgendaItem
) -> None:
    thread, meeting = write(item, by), item.section.meeting
    meeting.state = "sent"
    meeting.save()

    page = client.get(ITEM)
    client.post(PAGE, {"act": "luk", "pk": item.pk, "kommentar": thread.pk})

    assertContains(page, WORDS)
    assertNotContains(page, "Markér som løst")
    assertNotContains(client.get(PAGE), "Tilføj kommentar")
    thread.refresh_from_db()
    assert thread.is_solved is False


def test_every_word_is_in_the_history(by: User, item: AgendaItem) -> None:
    thread = write(item, by)
    comments.solve_comment(thread.pk, by=by)

    events: Any = thread
    told = [
        event.pgh_context.metadata["verb"] for event in events.events.order_by("pk")
    ]
    assert told == ["skrev en kommentar", "løste en kommentar"]


@pytest.mark.parametrize("count", [1, 4])
def test_all_comments_are_read_in_a_few_queries(
    client: Client,
    by: User,
    item: AgendaItem,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        write(item, by, field="case")

    with django_assert_num_queries(6):
        client.get(PAGE)
    with django_assert_num_queries(7):
        client.get(ITEM)
