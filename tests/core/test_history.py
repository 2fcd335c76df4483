"""One act is one person, one verb and one moment, however many services it calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pghistory.models import Context

from core.history import act
from tests.makers import a_meeting, a_secretary, an_item

if TYPE_CHECKING:
    from meetings.models import AgendaItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def item() -> AgendaItem:
    return an_item(a_meeting(), "Første titel")


def retitle(item: AgendaItem, title: str) -> None:
    type(item).objects.filter(pk=item.pk).update(title=title)


def verbs(item: AgendaItem) -> list[str]:
    """The verb of each change, in order."""
    ids = item.events.order_by("pgh_id").values_list("pgh_context", flat=True)  # type: ignore[attr-defined]
    told = {row.pk: row.metadata["verb"] for row in Context.objects.all()}
    return [told[pk] for pk in ids if pk]


def test_an_act_inside_another_keeps_the_outer_ones_verb(item: AgendaItem) -> None:
    by = a_secretary()
    with act("ryddede op", by):
        with act("rettede titlen", by):
            retitle(item, "Anden")
        retitle(item, "Tredje")

    assert verbs(item) == ["ryddede op", "ryddede op"]


@pytest.mark.django_db(transaction=True)
def test_acts_after_each_other_have_each_their_verb(item: AgendaItem) -> None:
    by = a_secretary()
    with act("rettede titlen", by):
        retitle(item, "Anden")
    with pytest.raises(LookupError), act("fejlede", by):
        raise LookupError
    with act("rettede den igen", by):
        retitle(item, "Tredje")

    assert verbs(item) == ["rettede titlen", "rettede den igen"]
