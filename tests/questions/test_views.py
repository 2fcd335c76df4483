"""The pages: happy path, refused, stale, stepped back, and how much they ask."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from meetings.askable import key_of
from meetings.models import AgendaItem
from questions.choices import LetterKind
from questions.models import Question
from questions.services.answers import answer
from tests.makers import a_meeting, an_item
from tests.makers_packets import a_council
from tests.makers_questions import (
    OPTIONS,
    a_place,
    a_question,
    a_secretary,
    an_asked_question,
    mails,
    row_of,
    seat_of,
    somebody_of,
)

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(a_secretary())
    return client


@pytest.fixture
def greve() -> Client:
    client = Client()
    client.force_login(somebody_of("Greve"))
    return client


def typed(**changed: Any) -> dict[str, Any]:
    own = {"text": "Vil I?", "options": OPTIONS, "due_on": "17.11.2023", "note": ""}
    return own | {"municipalities": [a_place("Greve").pk], "others": ""} | changed


def item() -> AgendaItem:
    return an_item(
        a_meeting(),
        reply_deadline="dated",
        reply_on=date(2023, 11, 14),
        addressee="Kulturministeriet",
    )


def test_an_item_is_asked_about_and_its_deadline_is_proposed(
    secretary: Client,
) -> None:
    row, key = item(), key_of(AgendaItem.objects.get())

    page = secretary.get(f"/spoergsmaal/nyt/?om={key}")
    made = secretary.post("/spoergsmaal/nyt/", typed(om=key))
    question = Question.objects.get()
    sent = secretary.post(f"/spoergsmaal/{question.pk}/udsendelse/")

    assertContains(page, 'value="14.11.2023"')
    assert made.headers["Location"] == f"/spoergsmaal/{question.pk}/udsendelse/"
    assertRedirects(sent, f"/spoergsmaal/{question.pk}/")
    assert question.subject_key == key
    assertContains(secretary.get(row.get_absolute_url()), "0&nbsp;af&nbsp;1 har svaret")


def test_another_councils_item_is_nothing_to_ask_about(secretary: Client) -> None:
    other = an_item(a_meeting(a_council("hovedstaden")))

    url = "/spoergsmaal/nyt/"
    assert secretary.get(f"{url}?om={key_of(other)}").status_code == 404
    sent = typed(om=key_of(other), reply="x")
    assert secretary.post(url, sent).status_code == 404
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": ""}, "Skriv spørgsmålet."),
        ({"options": "Ja"}, "Skriv mindst to svarmuligheder, eller ingen."),
        ({"options": "Ja\nja"}, "To svarmuligheder er ens."),
        ({"due_on": "1.11.2023"}, "Vælg en dag, der ikke er gået."),
        ({"municipalities": []}, "Vælg mindst én, der skal spørges."),
        ({"municipalities": ["999999"]}, "Vælg blandt kommunerne på listen."),
        ({"others": "Ministeriet <ikke en mail>"}, "er ikke en e-mail"),
        ({"others": "Greve"}, "Greve er valgt ovenfor."),
    ],
)
def test_a_flaw_is_said_beside_its_field_and_what_was_typed_stays(
    secretary: Client, changed: dict[str, Any], words: str
) -> None:
    data = typed(note="Det, jeg skrev", **changed)

    response = secretary.post("/spoergsmaal/nyt/", data)

    assertContains(response, words, status_code=422)
    assertContains(response, "Det, jeg skrev", status_code=422)
    assert Question.objects.count() == 0


def test_a_draft_is_removed_and_put_back(secretary: Client) -> None:
    url = f"/spoergsmaal/{a_question('Greve').pk}/fjernelse/"

    secretary.post(url, {"remove": "ja"})
    assert Question.objects.get().is_removed
    secretary.post(url, {"undo": str(Question.objects.get().pk)})

    assert not Question.objects.get().is_removed


def test_a_stale_draft_is_answered_with_409(secretary: Client) -> None:
    question = a_question("Greve")
    url = f"/spoergsmaal/{question.pk}/oplysninger/"
    secretary.post(url, typed(version=1, text="Theirs?"))

    response = secretary.post(url, typed(version=1, text="Mine?"))

    assertContains(response, "Mine?", status_code=409)
    assertContains(response, "Theirs?", status_code=409)


def test_a_director_answers_on_the_spot_and_comes_back_there(greve: Client) -> None:
    question = an_asked_question("Greve", "Solrød")
    assertContains(greve.get("/"), "KKR mangler 1\u00a0svar fra Greve")

    response = greve.post(
        f"/spoergsmaal/{question.pk}/",
        {"choice": "Ja", "reply": "", "version": 1, "fra": "overblik"},
    )

    assertRedirects(response, f"/#spoergsmaal-{question.pk}")
    page = greve.get("/").content.decode()
    assert "KKR mangler ingen svar fra Greve." in page
    assert "<strong>Ja</strong>" in page
    assert f'href="/spoergsmaal/{question.pk}/?ret">Ret<' in page


@pytest.mark.parametrize("path", ["/", "/spoergsmaal/{pk}/"])
def test_the_form_for_an_answer_carries_its_token(path: str) -> None:
    client, question = Client(enforce_csrf_checks=True), an_asked_question("Greve")
    client.force_login(somebody_of("Greve"))
    page = client.get(path.format(pk=question.pk)).content.decode()
    _, _, form = page.partition(f'action="/spoergsmaal/{question.pk}/"')
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', form)
    assert token is not None

    data = {"choice": "Ja", "reply": "", "version": 1, "csrfmiddlewaretoken": token[1]}
    client.post(f"/spoergsmaal/{question.pk}/", data)

    assert row_of(question).choice == "Ja"


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"choice": ""}, "Vælg et svar."), ({"choice": "x"}, "Vælg et af svarene.")],
)
def test_an_answer_that_says_nothing_is_refused_with_what_was_typed(
    greve: Client, sent: dict[str, str], words: str
) -> None:
    question = an_asked_question("Greve")
    data = {**sent, "reply": "Min bemærkning", "version": 1}

    response = greve.post(f"/spoergsmaal/{question.pk}/", data)

    assertContains(response, words, status_code=422)
    assertContains(response, "Min bemærkning", status_code=422)
    assert not row_of(question).is_answered


def test_two_who_answer_differently_are_shown_both(greve: Client) -> None:
    question = an_asked_question("Greve")
    url = f"/spoergsmaal/{question.pk}/"
    greve.post(url, {"choice": "Ja", "reply": "", "version": 1})

    response = greve.post(url, {"choice": "Nej", "reply": "", "version": 1})

    assertContains(response, "svaret fra Greve Kommune", status_code=409)
    assert row_of(question).choice == "Ja"


@pytest.mark.parametrize("is_answered", [True, False])
def test_after_the_deadline_the_answer_is_text_with_whom_to_write_to(
    greve: Client,
    is_answered: bool,  # noqa: FBT001
) -> None:
    question = an_asked_question("Greve")
    if is_answered:
        seat = seat_of(somebody_of("Greve"))
        answer(row_of(question).pk, version=1, choice="Ja", seat=seat)
    Question.objects.update(due_on=date(2023, 11, 6))
    url = f"/spoergsmaal/{question.pk}/"

    late = greve.post(url, {"choice": "Nej", "reply": "", "version": 2})
    pages = [greve.get(path).content.decode() for path in ("/", f"{url}?ret")]

    assert late.status_code == 422
    assert row_of(question).choice == ("Ja" if is_answered else "")
    for page in pages:
        assert "Fristen er udløbet. " in page
        assert "mailto:secretariat@sjaelland.example" in page
        assert 'name="choice"' not in page


def test_the_overview_names_who_is_missing_and_shows_the_mail_first(
    secretary: Client, greve: Client
) -> None:
    a_meeting()
    question = an_asked_question("Greve", "Solrød", "Lejre")
    seat = seat_of(somebody_of("Greve"))
    answer(row_of(question).pk, version=1, choice="Ja", seat=seat)
    somebody_of("Lejre")
    url = f"/spoergsmaal/{question.pk}/paamindelse/"

    page = secretary.get("/").content.decode()
    shown = secretary.get(url)

    assert "Lejre, Solrød" in page
    assert f'href="{url}">Påmind&nbsp;2<' in page
    assertContains(shown, "Påmindelse: Vil kommunen?")
    assertContains(shown, "director@lejre.example")
    assertContains(shown, "Portalen kender ingen adresse: Solrød.")
    assert mails(LetterKind.REMINDER) == []
    assertRedirects(secretary.post(url), f"/spoergsmaal/{question.pk}/")
    assert [name for name, _ in mails(LetterKind.REMINDER)] == ["Lejre"]
    assertContains(secretary.get(url), "er påmindet i dag og får ikke en til")


def test_an_answer_from_outside_is_written_in(secretary: Client) -> None:
    row = row_of(an_asked_question("Greve"))
    data = {"choice": "Ja", "reply": "", "version": 1, "way": "phone"}

    refused = secretary.post(row.get_absolute_url(), data)
    ahead = {"given_by": "Anna Holm", "given_on": "8.11.2023"}
    future = secretary.post(row.get_absolute_url(), data | ahead)
    said = data | {"given_by": "Anna Holm", "given_on": "6. november 2023"}
    taken = secretary.post(row.get_absolute_url(), said)

    assertContains(refused, "Skriv, hvem der svarede.", status_code=422)
    assertContains(future, "Vælg dagen i dag eller en", status_code=422)
    page = secretary.get(taken.headers["Location"])
    assertContains(page, "På telefon 6.\u00a0nov.\u00a02023 fra Anna Holm")


def test_answers_are_fetched_as_a_table_that_calculates_nothing(
    secretary: Client,
) -> None:
    question = an_asked_question("Greve", "Solrød")
    seat = seat_of(somebody_of("Greve"))
    values = {"choice": "Ja", "reply": "=1+1"}
    answer(row_of(question).pk, version=1, seat=seat, **values)

    got = secretary.get(f"/spoergsmaal/{question.pk}/svar.csv")

    head, first, second, _ = got.content.decode("utf-8-sig").split("\r\n")
    assert head.startswith("Modtager;Tilstand;Svar;Bemærkning;")
    assert first.startswith("Greve Kommune;Besvaret;Ja;'=1+1;Kommunaldirektør")
    assert second.startswith("Solrød Kommune;Ikke svaret;;;;;;")


def test_more_time_and_the_end_are_asked_for_on_pages_of_their_own(
    secretary: Client,
) -> None:
    url = f"/spoergsmaal/{an_asked_question('Greve').pk}/"

    early = secretary.post(f"{url}frist/", {"to": "10.11.2023", "reason": "x"})
    given = secretary.post(f"{url}frist/", {"to": "24.11.2023", "reason": "Byrådet"})
    assertContains(secretary.get(f"{url}lukning/"), "har ikke svaret")
    closed = secretary.post(f"{url}lukning/")

    assertContains(early, "skal ligge efter", status_code=422)
    assertRedirects(given, url)
    assertRedirects(closed, url)
    assertContains(secretary.get(url), "Svarene ligger fast.")


PAGES = {
    "list": (3, "/spoergsmaal/"),
    "question": (5, "/spoergsmaal/{pk}/"),
    "reminder": (6, "/spoergsmaal/{pk}/paamindelse/"),
    "own": (7, "/spoergsmaal/{pk}/"),
    "home": (8, "/"),
}


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_the_same_number_of_queries(
    client: Client,
    page: str,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    is_director = page in {"own", "home"}
    client.force_login(somebody_of("Greve") if is_director else a_secretary())
    names, key = ("Greve", "Solrød", "Lejre", "Faxe")[:count], key_of(item())
    for _ in range(count):
        question = an_asked_question(*names, subject_key=key)
    queries, path = PAGES[page]

    with django_assert_num_queries(queries):
        response = client.get(path.format(pk=question.pk))

    assertContains(response, "Vil kommunen?")


@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_that_tell_of_questions_stay_within_eight(
    secretary: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = item()
    for _ in range(count):
        an_asked_question("Greve", "Solrød", subject_key=key_of(row))

    for url, queries in (("/", 8), (row.get_absolute_url(), 7)):
        with django_assert_num_queries(queries):
            assertContains(secretary.get(url), "Vil kommunen?")


def test_without_a_meeting_the_overview_still_names_who_is_missing(
    secretary: Client,
) -> None:
    a_meeting(slug="2023-10-04")
    an_asked_question("Greve", subject_words="punkt 2.3")

    page = secretary.get("/").content.decode()

    assert "Intet møde er planlagt." in page
    assert "Punkt 2.3" in page
    assert "Påmind&nbsp;1<" in page
