"""Who else has an item open, and what each field is against what is saved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from core.fieldstates import note_states
from meetings.forms.agenda import CLOSED, TEXTS, ItemForm
from meetings.models import Presence
from tests.makers import MEETING, a_chief, a_meeting, a_secretary, an_item, item_data

if TYPE_CHECKING:
    from meetings.models import AgendaItem

pytestmark = pytest.mark.django_db
ITEM = f"{MEETING}punkter/2-1/"
HERE = f"{ITEM}til-stede/"
ALONE: dict[str, str] = {"words": ""}


@pytest.fixture
def item() -> AgendaItem:
    return an_item(a_meeting(), case="Sagen.", summary="Kort.")


@pytest.fixture
def two(item: AgendaItem) -> list[Client]:
    council = item.section.meeting.council
    clients = [Client(), Client()]
    for client, user in zip(
        clients, (a_secretary(council), a_chief(council)), strict=True
    ):
        client.force_login(user)
    return clients


def test_each_is_told_of_the_other_and_nobody_of_themselves(two: list[Client]) -> None:
    mine, other = two
    assert mine.post(HERE).json() == ALONE
    told = {"words": "Sekretariat sjaelland har også punktet åbent."}
    assert other.post(HERE).json() == told
    assert other.post(HERE).json() == told


@pytest.mark.parametrize("how", ["left", "silent for a minute"])
def test_who_has_left_is_forgotten(two: list[Client], how: str) -> None:
    mine, other = two
    mine.post(HERE)
    if how == "left":
        mine.post(HERE, {"leave": "1"})
    else:
        Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=51))

    assert other.post(HERE).json() == ALONE
    assert Presence.objects.count() == 1


def test_presence_locks_nothing(two: list[Client], item: AgendaItem) -> None:
    mine, other = two
    mine.post(HERE)

    other.post(ITEM, item_data(item, title="Ny titel"))

    item.refresh_from_db()
    assert item.title == "Ny titel"


def states(form: Any, item: AgendaItem) -> dict[str, str]:
    note_states(form, item, wanted=TEXTS, besides=CLOSED)
    own = [field for field in form.visible_fields() if field.name not in CLOSED]
    found = {field.name: field.saved_state.words for field in own}
    return {name: words for name, words in found.items() if words}


def test_an_untouched_form_says_only_what_is_not_filled_in(item: AgendaItem) -> None:
    empty = dict.fromkeys(("recommendation", "economy", "process"), "Ikke udfyldt")
    assert states(ItemForm(instance=item), item) == empty


def test_what_was_sent_is_held_against_what_is_saved(item: AgendaItem) -> None:
    data = item_data(item, title="Ny", case="Sagen er en anden.", reply_on="1.1.2024")
    form = ItemForm(data | {"reply_deadline": "dated"}, instance=type(item)())

    found = states(form, item)

    changed = {name for name, words in found.items() if words == "Ændret af dig"}
    assert changed == {"title", "case", "reply_deadline", "reply_on"}
    assert found["summary"] == found["kind"] == "Uændret"
    assert found["process"] == "Ikke udfyldt"
