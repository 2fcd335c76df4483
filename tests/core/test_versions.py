"""Saving a row over a version: merged where it can be, never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import ConflictError
from core.history import act
from core.versions import event_at, fields_at, save_merged
from meetings.models import AgendaItem
from tests.makers import a_meeting, a_secretary, an_item

if TYPE_CHECKING:
    from accounts.models import User
    from core.versions import Saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def item() -> AgendaItem:
    return an_item(a_meeting(), "Første titel")


def save(
    item: AgendaItem, by: User, *, version: int, **values: str
) -> Saved[AgendaItem]:
    """Save as a service does."""
    with act("rettede punktet", by):
        return save_merged(AgendaItem.checkout(item.pk), values, version=version, by=by)


def test_a_save_raises_the_version_and_names_who(item: AgendaItem) -> None:
    saved = save(item, a_secretary(), version=1, title="Anden titel")

    assert (saved.row.version, saved.row.title) == (2, "Anden titel")
    assert saved.row.changed_by == "Sekretariat sjaelland"
    assert saved.merged == ()


def test_what_was_not_changed_is_not_saved_again(item: AgendaItem) -> None:
    saved = save(item, a_secretary(), version=1, title="Første titel")

    assert saved.row.version == 1


def test_two_fields_changed_by_two_are_both_kept(item: AgendaItem) -> None:
    by = a_secretary()
    save(item, by, version=1, title="Deres titel", responsible="")

    saved = save(item, by, version=1, title="Første titel", responsible="Mig")

    assert (saved.row.title, saved.row.responsible) == ("Deres titel", "Mig")
    assert (saved.merged, saved.their_version) == (("title",), 2)


def test_one_field_changed_by_two_is_asked_and_nothing_is_written(
    item: AgendaItem,
) -> None:
    by = a_secretary()
    save(item, by, version=1, title="Deres titel")

    with pytest.raises(ConflictError) as caught:
        save(item, by, version=1, title="Min titel")

    merge = caught.value.fields["title"]
    assert (merge.base, merge.theirs, merge.mine) == (
        "Første titel",
        "Deres titel",
        "Min titel",
    )
    item.refresh_from_db()
    assert (item.title, item.version) == ("Deres titel", 2)


def test_history_gives_each_version_back(item: AgendaItem) -> None:
    by = a_secretary()
    for version, title in enumerate(["Anden", "Tredje"], 1):
        save(item, by, version=version, title=title)

    titles = [fields_at(item, version, ["title"])["title"] for version in (1, 2, 3)]

    assert titles == ["Første titel", "Anden", "Tredje"]
    assert event_at(item, 3).changed_by == "Sekretariat sjaelland"


@pytest.mark.parametrize("forged", [0, 99])
def test_an_unknown_version_counts_as_the_oldest(item: AgendaItem, forged: int) -> None:
    by = a_secretary()
    save(item, by, version=1, title="Deres titel")

    with pytest.raises(ConflictError):
        save(item, by, version=forged, title="Min titel")
