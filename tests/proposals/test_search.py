"""What of the catalogues can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from accounts.audiences import records_of
from proposals import simplification
from proposals.models import Term
from proposals.search import proposals, units
from proposals.services.records import remove_record
from tests.makers import a_secretary
from tests.makers_packets import a_council
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from core.search import Entry

pytestmark = pytest.mark.django_db


def fields(entry: Entry) -> list[tuple[str, str]]:
    """The names and texts of what is searched besides the title."""
    return [(each.name, each.text) for each in entry.passages if each.text]


def test_a_proposal_is_found_by_its_fields_and_by_what_is_not_printed() -> None:
    row = a_proposal(gains=("Flere timer",), risks=("For langt",))
    Term.objects.create(proposal=row, kind="scheme", position=1, text="Løntilskud")

    (entry,) = proposals(None)

    assert (entry.label, entry.url) == ("Forenklingsforslag 7", "/forslag/7/")
    assert entry.audience == "editors:sjaelland"
    assert fields(entry) == [
        ("Ideen", "En idé."),
        ("Gevinst 1", "Flere timer"),
        ("Risiko 1", "For langt"),
        ("Ordninger", "Løntilskud"),
    ]


def test_what_is_not_printed_makes_no_other_text_of_it() -> None:
    row = a_proposal()
    (before,) = proposals(None)
    Term.objects.create(proposal=row, kind="scheme", position=1, text="Løntilskud")

    (after,) = proposals(None)

    assert (after.digest, after.subject) == (before.digest, before.subject)
    assert after.subject in {
        section.key
        for theme in simplification.document(row.catalogue).sections
        for section in theme.sections
    }


def test_a_unit_is_found_by_its_tasks_and_gains() -> None:
    a_unit()

    (entry,) = units(None)

    assert entry.label == "Samdriftsenhed 1"
    assert ("Opgave 1", "Opsøge virksomheder") in fields(entry)
    assert ("Gevinst 3", "Hurtigere hjælp") in fields(entry)


def test_a_removed_record_is_found_no_more_and_its_council_is_indexed() -> None:
    row = a_proposal()

    remove_record(row, by=a_secretary())

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'scope' FROM procrastinate_jobs WHERE task_name = 'core.index'"
        )
        assert cursor.fetchall() == [(records_of(a_council().pk),)]
    assert list(proposals(records_of(a_council().pk))) == []


def test_another_councils_scope_gives_none_of_it() -> None:
    a_proposal()
    other = a_council("hovedstaden")

    assert list(proposals(records_of(other.pk))) == []
    assert list(proposals("meeting:1")) == []
