"""Appendices: files in, files refused, formed of data, edited, replaced, moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pghistory.models import Context
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.asked import REMOVE
from documents.intake import looks_like_a_file_name
from documents.storage import files
from meetings.models import AgendaItem, Appendix, Comment
from tests.makers import (
    HTMX,
    MEETING,
    a_chief,
    a_letter,
    a_meeting,
    a_secretary,
    an_item,
    an_outsider,
    an_upload,
    item_data,
)
from tests.makers_packets import a_user
from tests.makers_proposals import a_proposal

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db
ITEM = f"{MEETING}punkter/2-1/"
FILES = f"{ITEM}bilag/filer/"
DATA = f"{ITEM}bilag/data/"


@pytest.fixture
def item(client: Client) -> AgendaItem:
    """An item, its secretariat signed in."""
    client.force_login(a_secretary())
    return an_item(a_meeting(), "Filmfonden")


def pdf(name: str = "brev.pdf", title: str = "") -> SimpleUploadedFile:
    """An upload that can be used."""
    return SimpleUploadedFile(name, a_letter(title), "application/pdf")


def word(name: str = "brev.docx") -> SimpleUploadedFile:
    """An upload that cannot."""
    return SimpleUploadedFile(name, b"PK\x03\x04 not a pdf", "application/pdf")


def facts(appendix: Appendix, **changed: str) -> dict[str, str]:
    """What the appendix's page sends."""
    names = (
        "title",
        "sender",
        "dated",
        "own_name",
        "status_text",
        "summary",
        "version",
    )
    return {name: str(getattr(appendix, name)) for name in names} | changed


def labels(item: AgendaItem) -> list[str]:
    """The titles of an item's appendices in order; positions have no gaps."""
    rows = item.appendices.filter(position__isnull=False).order_by("position")
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.title for row in rows]


def test_files_become_appendices_titled_as_they_call_themselves(
    client: Client, item: AgendaItem
) -> None:
    sent = {"file": [pdf(title="Brev fra ministeren"), pdf("referat.pdf")]}

    response = client.post(FILES, sent, follow=True)

    assertRedirects(response, f"{ITEM}#bilag")
    assertContains(response, "Bilag 1, Bilag 2 er modtaget.")
    assert labels(item) == ["Brev fra ministeren", "Referat"]


def test_a_refused_file_leaves_the_others_and_the_form_alone(
    client: Client, item: AgendaItem
) -> None:
    typed = item_data(item, title="Ikke gemt endnu")

    response = client.post(FILES, typed | {"file": [pdf(), word()]})

    assertContains(response, "brev.docx blev ikke modtaget", status_code=422)
    assertContains(response, "Åbn den i Word, og gem den på ny", status_code=422)
    line = '<a href="#afvist-1">brev.docx blev ikke modtaget</a>'
    assertContains(response, line, status_code=422)
    assertContains(response, "Bilag 1 er modtaget.", status_code=422)
    assertContains(response, "Ikke gemt endnu</textarea>", status_code=422)
    assert labels(item) == ["Brev"]
    item.refresh_from_db()
    assert item.title == "Filmfonden"


def test_more_files_than_are_taken_at_once_are_named_and_nothing_typed_is_lost(
    client: Client, item: AgendaItem, settings: Settings
) -> None:
    settings.UPLOAD_MAX_FILES = 2
    files = [pdf(f"{name}.pdf") for name in "abcde"]

    response = client.post(FILES, {**item_data(item, title="Skrevet"), "file": files})

    assert item.appendices.count() == 2
    assertContains(response, "d.pdf blev ikke modtaget", status_code=422)
    assertContains(response, "Der kan sendes 2 filer ad gangen.", 3, status_code=422)
    line = '<a href="#afvist-1">3 filer blev ikke modtaget</a>'
    assertContains(response, line, status_code=422)
    assertContains(response, "Skrevet", status_code=422)


def test_the_box_on_top_follows_an_upload(client: Client, item: AgendaItem) -> None:
    typed = item_data(item) | {"file": [pdf(), word()]}

    response = client.post(FILES, typed, headers=HTMX)

    box = response.content.decode().partition('id="missing-box"')[2]
    assert 'hx-swap-oob="true"' in box[:60]
    assert "Bilag 1 mangler resumé til skærmlæser" in box
    assert "brev.docx blev ikke modtaget</a>" in box


def test_htmx_gets_the_appendices_alone(client: Client, item: AgendaItem) -> None:
    typed = item_data(item, title="Ikke gemt endnu")

    response = client.post(FILES, typed | {"file": pdf()}, headers=HTMX)

    assertContains(response, 'id="bilag"')
    assertContains(response, "Bilag 1 er modtaget.")
    assertNotContains(response, "Ikke gemt endnu")


def test_no_file_is_told(client: Client, item: AgendaItem) -> None:
    assertContains(client.post(FILES), "Vælg en fil.", status_code=422)


def test_what_was_typed_stands_when_an_appendix_is_removed_beside_it(
    client: Client, item: AgendaItem
) -> None:
    appendix = an_upload(item)
    typed = item_data(item, title="Ikke gemt endnu")

    response = client.post(f"{ITEM}bilag/{appendix.pk}/fjernelse/", typed | REMOVE)

    assertContains(response, "2.1 Bilag 1 er fjernet.")
    assertContains(response, "Ikke gemt endnu</textarea>")


def test_the_page_shows_what_the_file_can_and_cannot_do(
    client: Client, item: AgendaItem
) -> None:
    appendix = an_upload(item, title_in_source="brev_endelig_v2")

    response = client.get(appendix.get_absolute_url())

    assertContains(response, "Scannet uden tekst: kan ikke læses op.")
    assertContains(response, "A4 stående")
    assertContains(response, "I kilden: ”brev_endelig_v2”")


def test_an_appendix_is_saved_and_named(client: Client, item: AgendaItem) -> None:
    appendix = an_upload(item)
    sent = facts(appendix, title="Ministerens brev", summary="Han spørger.")

    response = client.post(appendix.get_absolute_url(), sent, follow=True)

    assertRedirects(response, f"{MEETING}#item-2-1")
    assertContains(response, "2.1 Bilag 1 er gemt.")
    appendix.refresh_from_db()
    assert (appendix.title, appendix.summary) == ("Ministerens brev", "Han spørger.")


def test_an_appendix_without_a_title_is_422(client: Client, item: AgendaItem) -> None:
    appendix = an_upload(item)
    sent = facts(appendix, title="", sender="Skrevet her")

    response = client.post(appendix.get_absolute_url(), sent)

    assertContains(response, "Skriv bilagets titel.", status_code=422)
    assertContains(response, "Skrevet her</textarea>", status_code=422)


def test_two_who_title_an_appendix_differently_are_asked(
    client: Client, item: AgendaItem
) -> None:
    appendix, other = an_upload(item), Client()
    other.force_login(a_chief())
    url = appendix.get_absolute_url()
    other.post(url, facts(appendix, title="Deres titel"))

    response = client.post(url, facts(appendix, title="Min titel"))

    assertContains(response, "I har begge rettet i 2.1 Bilag 1", status_code=409)
    assertContains(response, "Min titel", status_code=409)


def test_a_file_is_replaced_and_the_old_one_put_back(
    client: Client, item: AgendaItem
) -> None:
    appendix = an_upload(item)
    old, url = appendix.file_id, f"{ITEM}bilag/{appendix.pk}/fil/"

    response = client.post(url, {"file": pdf("nyt.pdf")}, follow=True)
    appendix.refresh_from_db()
    new = appendix.file_id
    client.post(url, {"undo": str(old)})

    assertContains(response, "Filen i 2.1 Bilag 1 er erstattet.")
    assert new != old
    appendix.refresh_from_db()
    assert (appendix.file_id, appendix.title) == (old, "Brev")


def test_earlier_files_are_kept_with_who_and_when_and_can_be_fetched(
    client: Client, item: AgendaItem
) -> None:
    appendix, other = an_upload(item), an_upload(item)
    old, url = appendix.file_id, f"{ITEM}bilag/{appendix.pk}/fil/"
    client.post(url, {"file": pdf("nyt.pdf")})

    shown = client.get(f"{ITEM}bilag/{appendix.pk}/")
    fetched = client.get(f"{url}?fil={old}")

    assertContains(shown, f'href="{url}?fil={old}">brev.pdf</a>')
    assertContains(shown, "Brug den igen")
    assert fetched["Content-Disposition"].endswith('brev.pdf"')
    strange = client.get(f"{url}?fil={other.file_id}")
    assert strange["Content-Disposition"].endswith('nyt.pdf"')


def test_a_file_of_another_appendix_cannot_be_put_in(
    client: Client, item: AgendaItem
) -> None:
    appendix, other = an_upload(item), an_upload(item)
    url = f"{ITEM}bilag/{appendix.pk}/fil/"

    response = client.post(url, {"undo": str(other.file_id)})

    assert response.status_code == 404
    appendix.refresh_from_db()
    assert appendix.file_id != other.file_id


def test_a_refused_replacement_leaves_the_old_file(
    client: Client, item: AgendaItem
) -> None:
    appendix = an_upload(item)

    response = client.post(f"{ITEM}bilag/{appendix.pk}/fil/", {"file": word()})

    assertContains(response, "Indholdet er ikke en PDF.", status_code=422)
    old = appendix.file_id
    appendix.refresh_from_db()
    assert appendix.file_id == old


def test_the_cleaned_copy_is_sent_as_a_file(client: Client, item: AgendaItem) -> None:
    appendix = an_upload(item)
    assert appendix.file is not None

    response = client.get(f"{ITEM}bilag/{appendix.pk}/fil/")

    name = 'attachment; filename="2.1 Bilag 1 brev.pdf"'
    assert response["Content-Disposition"] == name
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store, private"
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert body == files().open(appendix.file.cleaned).read()


def test_appendices_change_places_and_back(client: Client, item: AgendaItem) -> None:
    first, _ = an_upload(item, "a"), an_upload(item, "b")
    url = f"{ITEM}bilag/{first.pk}/plads/"

    response = client.post(url, {"direction": "ned"}, follow=True)
    moved = labels(item)
    client.post(url, {"position": "1"})

    assertContains(response, "2.1 Bilag 1 er flyttet og hedder nu Bilag 2.")
    assert (moved, labels(item)) == (["b", "a"], ["a", "b"])


def test_an_appendix_goes_to_another_item_and_back(
    client: Client, item: AgendaItem
) -> None:
    first, _ = an_upload(item, "a"), an_upload(item, "b")
    other = an_item(item.section.meeting, "c")
    comment = Comment.objects.create(
        meeting=item.section.meeting, item=item, appendix=first, text="Ret den."
    )
    page = client.get(first.get_absolute_url())
    assertContains(page, '<option value="">Vælg punkt</option>')
    url = f"{ITEM}bilag/{first.pk}/plads/"
    client.post(url, {"item": ""})
    assert (labels(item), labels(other)) == (["a", "b"], [])

    response = client.post(url, {"item": other.pk}, follow=True)

    number = AgendaItem.objects.select_related("section").get(pk=other.pk).number
    assertContains(response, f"er flyttet og hedder nu {number} Bilag 1.")
    comment.refresh_from_db()
    assert (labels(item), labels(other), comment.item_id) == (["b"], ["a"], other.pk)
    client.post(url, {"item": item.pk})
    assert (labels(item), labels(other)) == (["b", "a"], [])


def test_an_appendix_that_was_sent_stays_in_its_item(
    client: Client, item: AgendaItem
) -> None:
    first, other = an_upload(item, "a"), an_item(item.section.meeting, "c")
    Appendix.objects.update(sent_in=1, given_number="1")

    for to in (other.pk, "9" * 40, "x"):
        client.post(f"{ITEM}bilag/{first.pk}/plads/", {"item": to})

    assert (labels(item), labels(other)) == (["a"], [])
    assertNotContains(client.get(first.get_absolute_url()), "Flyt til punkt")


def test_a_removed_appendix_is_put_back_where_it_stood(
    client: Client, item: AgendaItem
) -> None:
    first, _ = an_upload(item, "a"), an_upload(item, "b")
    url = f"{ITEM}bilag/{first.pk}/fjernelse/"

    client.post(url, REMOVE)
    left = labels(item)
    response = client.post(url, {"undo": "1"}, follow=True)

    assertContains(response, "2.1 Bilag 1 er sat ind igen.")
    assert (left, labels(item)) == (["b"], ["a", "b"])


def test_an_appendix_is_formed_of_data(client: Client, item: AgendaItem) -> None:
    catalogue = a_proposal(council=item.section.meeting.council).catalogue
    source = "proposals.simplification"
    chosen = {"source": source, "proposals-simplification-catalogue": catalogue.pk}

    response = client.post(DATA, chosen, follow=True)

    assertContains(response, "2.1 Bilag 1 dannes nu af data.")
    made = item.appendices.get()
    assert (made.source, made.title) == (source, "Forenklingskatalog")
    assert made.options == {"catalogue": catalogue.pk}


def test_a_source_and_its_options_must_be_chosen(
    client: Client, item: AgendaItem
) -> None:
    nothing = client.post(DATA, {"title": "Min titel"})
    half = client.post(DATA, {"source": "proposals.cooperation", "title": "Min titel"})

    assertContains(nothing, "Vælg, hvad bilaget skal dannes af.", status_code=422)
    assertContains(half, "Vælg et katalog.", status_code=422)
    assertContains(half, "Min titel</textarea>", status_code=422)
    assert not item.appendices.exists()


def test_another_council_s_catalogue_cannot_be_chosen(
    client: Client, item: AgendaItem
) -> None:
    theirs = a_proposal(council=an_outsider().memberships.get().council).catalogue
    source = "proposals.simplification"
    chosen = {"source": source, "proposals-simplification-catalogue": theirs.pk}

    assert client.post(DATA, chosen).status_code == 422
    assert not item.appendices.exists()


@pytest.mark.parametrize("place", ["", "fil/", "plads/", "fjernelse/"])
@pytest.mark.parametrize("who", ["outsider", "member"])
def test_nobody_else_writes(
    client: Client, item: AgendaItem, place: str, who: str
) -> None:
    appendix = an_upload(item, "a")
    an_upload(item, "b")
    member = a_user(item.section.meeting.council, Role.MEMBER)
    client.force_login(an_outsider() if who == "outsider" else member)
    sent = facts(appendix, title="Min", direction="ned") | REMOVE

    response = client.post(f"{ITEM}bilag/{appendix.pk}/{place}", sent)

    assert response.status_code == 404
    assert labels(item) == ["a", "b"]


@pytest.mark.parametrize("count", [1, 4])
def test_the_appendix_page_asks_the_same_number_of_queries(
    client: Client,
    item: AgendaItem,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [an_upload(item) for _ in range(count)]

    with django_assert_num_queries(7):
        response = client.get(rows[-1].get_absolute_url())

    assertContains(response, f"2.1 Bilag {count}</h1>")


GONE = "Bilaget ”Brev” er gemt, men det er fjernet fra punkt 2.1."


def test_what_was_written_of_a_removed_appendix_is_kept_and_said(
    client: Client, item: AgendaItem
) -> None:
    appendix, other = an_upload(item), an_upload(item, "b")
    client.post(f"{ITEM}bilag/{appendix.pk}/fjernelse/", REMOVE)
    appendix.refresh_from_db()
    sent = facts(appendix, sender="Ministeriet")

    response = client.post(appendix.get_absolute_url(), sent, follow=True)

    assertRedirects(response, f"{ITEM}#bilag")
    assertContains(response, GONE)
    assertContains(response, "Sæt det ind igen")
    assertNotContains(response, "2.1 Bilag 1 er gemt")
    appendix.refresh_from_db()
    assert (appendix.sender, labels(item)) == ("Ministeriet", ["b"])
    client.post(f"{ITEM}bilag/{appendix.pk}/fjernelse/", {"undo": "1"})
    assert labels(item) == ["Brev", other.title]


def test_a_removed_appendix_takes_a_new_file_and_says_that_it_is_removed(
    client: Client, item: AgendaItem
) -> None:
    appendix = an_upload(item)
    old, url = appendix.file_id, f"{ITEM}bilag/{appendix.pk}/"
    client.post(f"{url}fjernelse/", REMOVE)

    for sent in ({"file": pdf("nyt.pdf")}, {"undo": str(old)}):
        response = client.post(f"{url}fil/", sent, follow=True)
        assertRedirects(response, f"{ITEM}#bilag")
        assertContains(response, "men det er fjernet fra punkt 2.1.")
        assertContains(response, "Sæt det ind igen")


def test_an_appendix_of_a_removed_item_is_kept_and_the_item_offered_back(
    client: Client, item: AgendaItem
) -> None:
    appendix = an_upload(item)
    an_item(item.section.meeting, "En anden sag")
    client.post(f"{ITEM}fjernelse/", REMOVE)

    url = f"{ITEM}bilag/{appendix.pk}/"
    response = client.post(url, facts(appendix, sender="Ministeriet"), follow=True)

    assertRedirects(response, MEETING)
    assertContains(response, "men punktet ”Filmfonden” er fjernet fra dagsordenen.")
    assertContains(response, "Sæt punktet ind igen")
    appendix.refresh_from_db()
    assert appendix.sender == "Ministeriet"


def test_the_history_calls_a_removed_appendix_by_its_title(
    client: Client, item: AgendaItem
) -> None:
    appendix = an_upload(item)
    client.post(f"{ITEM}bilag/{appendix.pk}/fjernelse/", REMOVE)
    appendix.refresh_from_db()

    client.post(appendix.get_absolute_url(), facts(appendix, sender="Ministeriet"))

    verb = "rettede det fjernede bilag ”Brev” i punkt 2.1"
    assert Context.objects.filter(metadata__verb=verb).exists()


def test_an_appendix_is_not_called_by_a_file_name(
    client: Client, item: AgendaItem
) -> None:
    client.post(FILES, {"file": pdf("Bilag_3_høringssvar_endelig.pdf")})
    row = item.appendices.get()

    response = client.post(row.get_absolute_url(), facts(row, title="Scan_0012.pdf"))

    said = "”Scan_0012.pdf” er et filnavn. Skriv, hvad bilaget hedder, fx ”"
    assertContains(response, said, status_code=422)
    row.refresh_from_db()
    assert not looks_like_a_file_name(row.title)
