"""Proposals and units: created, titled, removed and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from pghistory.models import Context

from core.errors import RuleViolationError
from proposals.choices import CatalogueKind
from proposals.models import CrossReference, Dependency, Figure, Proposal
from proposals.services import catalogues, parts, records, shared, titles
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import (
    a_catalogue,
    a_proposal,
    a_reading,
    a_shared_point,
    a_theme,
    a_unit,
)

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    """Somebody of the secretariat."""
    return a_user()


def test_a_new_proposal_gets_the_next_number_and_a_key_of_its_title(by: User) -> None:
    theme = a_theme(a_proposal(7).catalogue)

    row = records.create_proposal(
        theme.catalogue_id,
        theme=theme.pk,
        new_theme="",
        title="Færre mål",
        idea="",
        by=by,
    )

    assert (row.number, row.key, row.theme) == (8, "faerre-maal", theme)


def test_a_new_proposal_may_bring_its_theme_along(by: User) -> None:
    catalogue = a_catalogue()

    row = records.create_proposal(
        catalogue.pk, theme=None, new_theme="Ungdom", title="Et", idea="", by=by
    )

    assert (str(row.theme), row.number) == ("1. Ungdom", 1)


def test_a_theme_of_another_catalogue_is_refused(by: User) -> None:
    foreign = a_theme(a_catalogue(a_council("hovedstaden")))

    with pytest.raises(RuleViolationError):
        records.create_proposal(
            a_catalogue().pk, theme=foreign.pk, new_theme="", title="Et", idea="", by=by
        )


def test_a_number_that_is_taken_is_refused(by: User) -> None:
    a_proposal(6)

    with pytest.raises(ValidationError) as refused:
        records.edit_record(a_proposal(7), version=1, number=6, by=by)

    assert refused.value.messages == ["Et andet forslag har allerede nummeret."]


def test_a_chosen_title_drops_the_overviews_reading_and_keeps_those_elsewhere(
    by: User,
) -> None:
    proposal = a_proposal(title="I brødteksten")
    a_reading(proposal, "I oversigten")
    a_reading(proposal, "På et slide", place="2.1 Bilag 4", is_overview=False)

    titles.choose_title(proposal.pk, version=1, title="I oversigten", by=by)

    proposal.refresh_from_db()
    assert (proposal.title, proposal.version) == ("I oversigten", 2)
    assert [row.text for row in proposal.readings.all()] == ["På et slide"]


@pytest.mark.parametrize("choice", ["I brødteksten", "I oversigten", "En ny"])
def test_a_chosen_title_can_be_taken_back(by: User, choice: str) -> None:
    proposal = a_proposal(title="I brødteksten")
    reading = a_reading(proposal, "I oversigten")
    titles.choose_title(proposal.pk, version=1, title=choice, by=by)

    titles.undo_title(proposal.pk, by=by)

    proposal.refresh_from_db()
    assert proposal.title == "I brødteksten"
    assert list(proposal.readings.values_list("pk", "text")) == [
        (reading.pk, "I oversigten")
    ]


def test_taking_a_title_back_after_a_later_change_does_nothing(by: User) -> None:
    proposal = a_proposal(title="I brødteksten")
    a_reading(proposal, "I oversigten")
    titles.choose_title(proposal.pk, version=1, title="I oversigten", by=by)
    records.edit_record(proposal, version=2, idea="<p>Ny</p>", by=by)

    with pytest.raises(RuleViolationError, match="rettet siden"):
        titles.undo_title(proposal.pk, by=by)

    proposal.refresh_from_db()
    assert (proposal.title, proposal.readings.count()) == ("I oversigten", 0)


def test_a_removed_proposal_leaves_its_number_and_comes_back_to_it(by: User) -> None:
    proposal = a_proposal(7)
    a_proposal(8)

    records.remove_record(proposal, by=by)
    left = list(Proposal.objects.present().values_list("number", flat=True))
    back = records.restore_record(proposal, by=by)

    assert (left, back.number) == ([8], 7)


def test_a_proposal_whose_number_was_given_away_comes_back_last(by: User) -> None:
    proposal = a_proposal(7)
    records.remove_record(proposal, by=by)
    records.edit_record(a_proposal(8), version=1, number=7, by=by)

    assert records.restore_record(proposal, by=by).number == 8


def test_a_removed_unit_comes_back_to_its_number(by: User) -> None:
    unit = a_unit(2)

    records.remove_record(unit, by=by)

    assert records.restore_record(unit, by=by).number == 2


def test_a_new_stem_reaches_every_unit_but_one_with_its_own_wording(by: User) -> None:
    first, second = a_unit(1), a_unit(2)
    point = a_shared_point(first, second)
    own = second.points.get(shared=point)
    shared.use_own_wording(own.pk, version=1, text="Helt vores egen", by=by)

    shared.edit_stem(point.pk, version=1, name="Dialog", stem="Løst samspil", by=by)

    sentences = [row.sentence for row in point.points.select_related("shared")]
    assert sorted(sentences) == ["Helt vores egen", "Løst samspil med driften i 1"]
    first.refresh_from_db()
    assert first.version == 2


def test_a_units_own_wording_can_be_taken_back(by: User) -> None:
    unit = a_unit(1)
    own = a_shared_point(unit).points.get()
    shared.use_own_wording(own.pk, version=1, text="Helt vores egen", by=by)

    row = shared.use_shared_wording(own.pk, version=2, ending="med driften i 1", by=by)

    assert row.sentence == "Tæt samspil med driften i 1"


def test_an_own_wording_that_was_changed_since_is_not_taken_back(by: User) -> None:
    own = a_shared_point(a_unit(1)).points.get()
    shared.use_own_wording(own.pk, version=1, text="Helt vores egen", by=by)
    shared.use_own_wording(own.pk, version=2, text="En andens", by=by)

    with pytest.raises(RuleViolationError, match="rettet siden"):
        shared.use_shared_wording(own.pk, version=2, ending="", by=by)

    own.refresh_from_db()
    assert own.text == "En andens"


def test_what_is_done_in_all_units_is_told_as_one_act(by: User) -> None:
    units_of_it = (a_unit(1), a_unit(2))
    row = a_shared_point(*units_of_it)
    points = [point.pk for point in row.points.all()]

    shared.remove_from_units(row.pk, points=points, by=by)

    told = Context.objects.latest("created_at").metadata["verb"]
    assert told == "slettede ”Tæt dialog” i enheder"


def test_a_dependency_that_is_there_already_is_refused_in_words(by: User) -> None:
    unit, other = a_unit(1), a_unit(2)
    values: dict[str, Any] = {"to": unit, "kind": "placed_with", "text": "x"}
    parts.add_dependency(other, by=by, **values)

    with pytest.raises(RuleViolationError, match="peger allerede på samdrift 1"):
        parts.add_dependency(other, by=by, **values)


def test_a_deleted_figure_comes_back_as_it_was(by: User) -> None:
    proposal = a_proposal()
    values = {"printed": "godt 13", "measure": "uger", "what": "praktik", "year": 0}
    figure = parts.add_figure(proposal, is_derived=False, by=by, **values)

    parts.remove_part(figure, by=by)
    back = parts.restore_part(Figure, proposal, figure.pk, by=by)

    assert (back.pk, str(back), back.qualifier) == (figure.pk, "godt 13 uger", "godt")
    assert proposal.figures.count() == 1


def test_a_figure_does_not_come_back_to_another_record(by: User) -> None:
    proposal = a_proposal(7)
    figure = parts.add_figure(proposal, printed="13", what="praktik", by=by)
    parts.remove_part(figure, by=by)

    with pytest.raises(type(figure).DoesNotExist):
        parts.restore_part(Figure, a_proposal(8), figure.pk, by=by)


def test_a_proposal_may_not_be_made_to_refer_to_itself(by: User) -> None:
    proposal, other = a_proposal(3), a_proposal(4)
    row = CrossReference.objects.create(
        proposal=proposal, to=proposal, position=1, wording="jf. forslag 3"
    )

    with pytest.raises(RuleViolationError):
        parts.edit_reference(row.pk, version=1, to=proposal, wording="x", by=by)
    parts.edit_reference(row.pk, version=1, to=other, wording="jf. forslag 4", by=by)

    row.refresh_from_db()
    assert (row.to, row.is_to_itself) == (other, False)


def test_a_deleted_dependency_comes_back(by: User) -> None:
    unit, other = a_unit(1), a_unit(2)
    parts.add_dependency(other, to=unit, kind="placed_with", text="samme enhed", by=by)
    row = other.dependencies.get()

    parts.remove_part(row, by=by)
    parts.restore_part(Dependency, other, row.pk, by=by)

    assert list(other.dependencies.values_list("pk", "to")) == [(row.pk, unit.pk)]


def test_a_council_gets_one_catalogue_of_a_kind_however_often_it_is_asked(
    by: User,
) -> None:
    kind = CatalogueKind.COOPERATION

    first = catalogues.create_catalogue(a_council(), kind=kind, by=by)
    second = catalogues.create_catalogue(a_council(), kind=kind, by=by)

    assert (first, first.title) == (second, "Samdriftskatalog")
