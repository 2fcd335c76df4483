"""What one types in an item is kept whatever refuses it, for oneself alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core import clock
from core.drafts import keeping
from core.drafts.models import Draft
from core.drafts.ticket import Ticket
from meetings.services import agenda
from tests.makers import (
    HTMX,
    MEETING,
    a_chief,
    a_meeting,
    a_secretary,
    an_item,
    an_outsider,
    an_upload,
    item_data,
)
from tests.makers_packets import PASSWORD, a_user

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import AgendaItem, Meeting

pytestmark = pytest.mark.django_db
URL = f"{MEETING}punkter/2-1/"
LONG = "Kommunerne ønsker et svar inden jul. " * 54  # 2,000 letters
SAVE = "/kladder/gem/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def user(client: Client) -> User:
    """The secretariat, signed in."""
    user = a_secretary()
    client.force_login(user)
    return user


@pytest.fixture
def meeting(user: User) -> Meeting:
    return a_meeting(sections=(1, 2))


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return an_item(meeting, "Filmfonden", economy="Intet beløb.")


def ticket_in(client: Client, url: str = URL, **headers: Any) -> str:
    """The ticket in the form of a page."""
    page = client.get(url, **headers).content.decode()
    found = re.search(r'name="kladde" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def typed(client: Client, item: AgendaItem, **changed: str) -> dict[str, str]:
    """What the item's page sends, opened now."""
    return item_data(item, kladde=ticket_in(client), **changed)


def sign_in_again(client: Client, user: User, page: str) -> Any:
    next_page = re.search(
        r'name="next" value="([^"]+)"', client.get(page).content.decode()
    )
    data = {"login": user.email, "password": PASSWORD}
    data |= {"next": next_page[1].replace("&amp;", "&")} if next_page else {}
    return client.post("/log-ind/", data, follow=True)


def test_a_lapsed_session_gives_the_text_back_after_sign_in(
    client: Client, user: User, item: AgendaItem
) -> None:
    data = typed(client, item, case=LONG)
    client.session.flush()

    refused = client.post(URL, data)
    page = client.get(refused["Location"])
    assertContains(page, "er her, når du har logget ind")
    assertNotContains(page, "Kommunerne ønsker")
    back = sign_in_again(client, user, refused["Location"])

    assertContains(back, LONG.strip())
    assertContains(back, "Ikke gemt endnu")
    item.refresh_from_db()
    assert (item.version, item.case) == (1, "")


def test_what_comes_back_is_saved_and_the_draft_is_gone(
    client: Client, user: User, item: AgendaItem
) -> None:
    data = typed(client, item, case=LONG)
    client.session.flush()
    client.post(URL, data)
    client.force_login(user)
    draft = Draft.objects.get()
    page = draft.address

    client.post(URL, data | {"kladde": ticket_in(client, page)})

    item.refresh_from_db()
    assert LONG.strip() in item.case
    assert not Draft.objects.open().exists()
    assertNotContains(client.get(URL), "er ikke gemt")


def test_another_who_signs_in_neither_sees_nor_loses_it(
    client: Client, item: AgendaItem, user: User
) -> None:
    data = typed(client, item, case=LONG)
    client.session.flush()
    refused = client.post(URL, data)
    chief = a_chief()

    back = sign_in_again(client, chief, refused["Location"])

    assertNotContains(back, "Kommunerne ønsker")
    assertNotContains(client.get("/kladder/"), "kladde fra")
    draft = Draft.objects.get()
    for url in (f"/kladder/{draft.pk}/", f"/kladder/{draft.pk}/kassering/"):
        assert client.get(url).status_code == 404
    assert client.post(f"/kladder/{draft.pk}/kassering/").status_code == 404
    client.force_login(user)
    assertContains(client.get(draft.address), LONG.strip())


def test_an_administrator_sees_no_draft(client: Client, item: AgendaItem) -> None:
    client.post(SAVE, typed(client, item, case=LONG))
    draft = Draft.objects.get()
    client.force_login(a_user(role=Role.ADMINISTRATOR))

    assert client.get(f"/kladder/{draft.pk}/").status_code == 404
    assertContains(client.get("/kladder/"), "Du har ingen kladder.")


def test_the_button_keeps_the_draft_and_fills_the_page_with_it(
    client: Client, item: AgendaItem
) -> None:
    response = client.post(SAVE, typed(client, item, case=LONG), follow=True)

    assertContains(response, "Kladden er gemt. Kun du ser den.")
    assertContains(response, LONG.strip())
    assertContains(response, "Kladde gemt")
    assert "no-store" in response["Cache-Control"]
    item.refresh_from_db()
    assert item.version == 1


def test_a_draft_is_offered_on_return_and_discarded_after_one_question(
    client: Client, item: AgendaItem
) -> None:
    client.post(SAVE, typed(client, item, case=LONG))
    draft = Draft.objects.get()

    offered = client.get(URL)
    asked = client.get(f"/kladder/{draft.pk}/kassering/")
    gone = client.post(f"/kladder/{draft.pk}/kassering/", follow=True)

    assertContains(offered, f'href="{escape(draft.address)}"')
    assertNotContains(offered, "Kommunerne ønsker")
    assertContains(
        asked, "Kassér kladden til punkt 2.1, KKR-møde 22.\xa0november\xa02023?"
    )
    assertContains(gone, "Kladden er kasseret.")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_text_that_is_refused_is_a_draft(
    client: Client, item: AgendaItem, headers: dict[str, str]
) -> None:
    data = typed(client, item, case=LONG, reply_on="snart", reply_deadline="dated")

    response = client.post(URL, data, headers=headers)

    assert response.status_code == 422
    draft = Draft.objects.get()
    assert draft.data["case"] == [LONG]
    if not headers:
        assertContains(response, "Kladde gemt", status_code=422)
    again = client.get(draft.address)
    assertContains(again, 'value="snart"')


def test_a_conflict_says_where_the_draft_is_and_saving_ends_it(
    client: Client, user: User, item: AgendaItem
) -> None:
    data = typed(client, item, title="Min titel", case=LONG)
    agenda.edit_item(item.pk, version=1, title="Deres titel", by=a_chief())

    conflict = client.post(URL, data)
    draft = Draft.objects.get()
    ways = {"version__seen": "2", "title__choice": "mine"}
    client.post(URL, data | ways)

    assertContains(conflict, "din tekst ligger som kladde fra", status_code=409)
    assertContains(conflict, f"/kladder/{draft.pk}/", status_code=409)
    item.refresh_from_db()
    assert item.title == "Min titel"
    assert LONG.strip() in item.case
    assert not Draft.objects.open().exists()


def test_a_common_text_is_kept_when_the_session_lapses_on_the_conflict_page(
    client: Client, user: User, item: AgendaItem
) -> None:
    data = typed(client, item, case="Min sag.")
    client.session.flush()
    own = {"case__choice": "own", "case__own": LONG, "case__own_format": "plain"}

    client.post(URL, data | own | {"version__seen": "2"})

    draft = Draft.objects.get()
    assert draft.data["case"] == [LONG]
    assert [name for name in draft.data if "__" in name] == []


def test_a_draft_remembers_the_version_it_began_from(
    client: Client, item: AgendaItem
) -> None:
    client.post(SAVE, typed(client, item, title="Min titel"))
    agenda.edit_item(item.pk, version=1, title="Deres titel", by=a_chief())
    draft = Draft.objects.get()

    page = client.get(draft.address)
    item.refresh_from_db()
    data = item_data(item, title="Min titel", version="1")
    answer = client.post(URL, data | {"kladde": ticket_in(client, draft.address)})

    assertContains(page, "siden du begyndte på version 1")
    assertContains(page, 'name="version" value="1"')
    assert answer.status_code == 409


def test_a_draft_of_others_changes_is_merged_without_asking(
    client: Client, item: AgendaItem
) -> None:
    data = typed(client, item, case=LONG)
    client.post(SAVE, data)
    agenda.edit_item(item.pk, version=1, economy="<p>Nyt beløb.</p>", by=a_chief())

    page = ticket_in(client, Draft.objects.get().address)
    response = client.post(URL, data | {"kladde": page}, follow=True)

    assertContains(response, "Flettet med")
    item.refresh_from_db()
    assert item.economy == "<p>Nyt beløb.</p>"
    assert LONG.strip() in item.case


def test_a_lost_token_keeps_the_text(
    client: Client, user: User, item: AgendaItem
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    data = typed(strict, item, case=LONG)

    response = strict.post(URL, data)

    assertContains(response, "ligger som kladde fra", status_code=403)
    assert Draft.objects.get().data["case"] == [LONG]


def test_a_form_of_another_user_s_is_kept_for_them_and_not_shown(
    client: Client, user: User, item: AgendaItem
) -> None:
    data = typed(client, item, case=LONG)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(a_chief())

    response = strict.post(URL, data)

    assertNotContains(response, "Kommunerne ønsker", status_code=403)
    assert Draft.objects.get().user_id == user.pk


def test_the_page_of_a_removed_item_leads_to_the_draft(
    client: Client, meeting: Meeting, item: AgendaItem
) -> None:
    data = typed(client, item, case=LONG)
    type(meeting).objects.update(slug="2023-12-24")

    response = client.post(URL, data)

    draft = Draft.objects.get()
    assertContains(response, f"/kladder/{draft.pk}/", status_code=404)
    assertContains(client.get(f"/kladder/{draft.pk}/"), LONG.strip())
    told = [field.label for field in draft.typed]
    assert told == ["Titel", "Sagsfremstilling", "Økonomi"]


def test_the_card_keeps_drafts_too_and_the_whole_page_takes_them(
    client: Client, item: AgendaItem
) -> None:
    card_url = f"{MEETING}?rediger=2-1"
    data = {"form": "kort", "pk": str(item.pk), "version": "1", "title": item.title}
    client.post(SAVE, data | {"case": LONG, "kladde": ticket_in(client, card_url)})
    draft = Draft.objects.get()

    assert draft.address == f"{card_url}&kladde={draft.pk}"
    assertContains(client.get(draft.address), LONG.strip())
    whole = client.get(f"{URL}?kladde={draft.pk}")
    assertContains(whole, LONG.strip())
    assertContains(whole, "Intet beløb.")


def test_the_card_opened_by_htmx_offers_the_draft(
    client: Client, item: AgendaItem
) -> None:
    client.post(SAVE, typed(client, item, case=LONG))

    card = client.get(f"{MEETING}?rediger=2-1", headers=HTMX)

    assertContains(card, escape(Draft.objects.get().address))
    assertNotContains(card, "Kommunerne ønsker")


def test_a_new_item_keeps_its_draft_until_it_is_made(
    client: Client, meeting: Meeting
) -> None:
    url = f"{MEETING}punkter/nyt/"
    data = {"kladde": ticket_in(client, url), "title": "", "case": LONG}
    refused = client.post(url, data | {"section": "0"})
    draft = Draft.objects.get()
    section = str(meeting.sections.get(number=2).pk)

    filled = client.get(draft.address)
    made = client.post(url, data | {"section": section})

    assert refused.status_code == 422
    assertContains(filled, LONG.strip())
    assertRedirects(made, f"{MEETING}#item-2-1")
    assert not Draft.objects.open().exists()


def test_an_appendix_keeps_its_draft(client: Client, item: AgendaItem) -> None:
    own = an_upload(item)
    url = own.get_absolute_url()
    data = {
        "kladde": ticket_in(client, url),
        "title": "",
        "summary": "Et langt resumé.",
    }

    client.post(url, data | {"version": str(own.version)})

    draft = Draft.objects.get()
    assert draft.name == f"{own.label}, KKR-møde 22.\xa0november\xa02023"
    assertContains(client.get(draft.address), "Et langt resumé.")


def test_adding_a_file_makes_no_draft_of_what_nobody_typed(
    client: Client, item: AgendaItem
) -> None:
    refused = client.post(f"{URL}bilag/filer/", typed(client, item))
    nothing = Draft.objects.count()
    client.post(f"{URL}bilag/filer/", typed(client, item, case=LONG))

    assert refused.status_code == 422
    assert nothing == 0
    assert Draft.objects.get().data["case"] == [LONG]


def test_nobody_signed_out_gets_a_ticket(client: Client, item: AgendaItem) -> None:
    assertNotContains(Client().get(URL), 'name="kladde"', status_code=404)
    client.force_login(an_outsider())
    assertNotContains(client.get(URL), 'name="kladde"', status_code=404)


def test_the_page_s_script_keeps_it_and_hears_when_one_is_signed_out(
    client: Client, item: AgendaItem
) -> None:
    data = typed(client, item, case=LONG)

    kept = client.post(SAVE, data, headers=JSON).json()
    client.session.flush()
    out = client.post(SAVE, data | {"case": "Ny"}, headers=JSON).json()

    draft = Draft.objects.get()
    assert set(kept) == {"at", "moment", "discard"}
    assert out["signIn"].startswith("/log-ind/?next=")
    assert draft.data["case"] == ["Ny"]


def test_a_draft_that_comes_after_the_save_is_dropped(
    client: Client, item: AgendaItem
) -> None:
    data = typed(client, item, case=LONG)
    client.post(URL, data)

    late = client.post(SAVE, data, headers=JSON)

    assert late.json() == {"at": None}
    assert not Draft.objects.open().exists()


def test_two_windows_do_not_write_over_each_other(
    client: Client, item: AgendaItem
) -> None:
    client.post(SAVE, typed(client, item, case="Først"))
    address = Draft.objects.get().address
    one, two = ticket_in(client, address), ticket_in(client, address)

    for ticket, text in ((one, "Den ene"), (two, "Den anden"), (one, "Den ene igen")):
        client.post(SAVE, item_data(item, kladde=ticket, case=text))

    assert {d.data["case"][0] for d in Draft.objects.all()} == {
        "Den ene igen",
        "Den anden",
    }


def test_a_forged_ticket_keeps_nothing(client: Client, item: AgendaItem) -> None:
    data = typed(client, item, case=LONG)
    forged = data | {"kladde": data["kladde"][:-2] + "xx"}

    response = client.post(SAVE, forged)

    assertContains(response, LONG.strip(), status_code=422)
    assert not Draft.objects.exists()


def test_a_user_who_is_shut_out_keeps_no_more_drafts(
    client: Client, user: User, item: AgendaItem
) -> None:
    data = typed(client, item, case=LONG)
    user.is_active = False
    user.save()

    client.post(SAVE, data)

    assert not Draft.objects.exists()


def test_a_text_beyond_measure_is_refused_in_words(
    client: Client, item: AgendaItem
) -> None:
    data = typed(client, item, case="x" * (keeping.MOST_LETTERS + 1))

    response = client.post(SAVE, data, headers=JSON)

    assert response.status_code == 422
    assert response.json() == {
        "problem": "Teksten er for lang til en kladde. Gem den, eller del den."
    }


def test_the_oldest_of_too_many_give_way(
    user: User, client: Client, item: AgendaItem
) -> None:
    first = Ticket(user.pk, "x:0", "det første", URL)
    old = Draft.objects.create(
        pk=first.writer,
        user=user,
        key="x:0",
        name="det første",
        page=URL,
        writer=first.writer,
        written_at=clock.now() - timedelta(days=1),
    )
    many = [
        Draft(user=user, key=f"x:{n}", name="x", page=URL, writer=first.writer)
        for n in range(keeping.MOST_DRAFTS - 1)
    ]
    Draft.objects.bulk_create(many)

    client.post(SAVE, typed(client, item, case=LONG))

    assert Draft.objects.count() == keeping.MOST_DRAFTS
    assert not Draft.objects.filter(pk=old.pk).exists()


def test_old_drafts_and_saved_ones_are_swept(client: Client, item: AgendaItem) -> None:
    client.post(SAVE, typed(client, item, case=LONG))
    client.post(URL, typed(client, item, economy="Gemt."))
    now = clock.now()

    went = [keeping.sweep(now + timedelta(days=days)) for days in (0, 29, 31)]

    assert went == [0, 1, 1]


def test_several_drafts_are_one_box_and_the_list_tells_them_apart(
    client: Client, user: User, item: AgendaItem
) -> None:
    for words in ("Det ene", "Det andet"):
        client.post(SAVE, typed(client, item, case=words))

    page = client.get(URL)
    assertContains(page, "draft-box", count=1)
    assertContains(page, "Også en kladde fra")
    listed = client.get("/kladder/")
    for words in ("Det ene", "Det andet"):
        assertContains(listed, f"Sagsfremstilling: ”{words}”")
    opened = client.get(Draft.objects.latest("written_at").address)
    assertContains(opened, "draft-box", count=1)
    assertContains(opened, "data-draft-line hidden")
