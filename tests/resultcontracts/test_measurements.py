"""Entering, sending in, sending back, approving and correcting a measurement."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from pghistory.models import Context

from core.errors import RuleViolationError
from resultcontracts.choices import MeasurementState as State
from resultcontracts.choices import Missing
from resultcontracts.models import Measurement, RoundLetter
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.services import measurements as service
from resultcontracts.standing.sentence import sentence as sentence_of
from tests.makers import a_chief, a_secretary
from tests.makers_calls import DAY, a_round, an_asked_measure, measure_of, round_of
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_council

if TYPE_CHECKING:
    from pytest_django import Settings

    from accounts.models import User
    from resultcontracts.models import Contract

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(settings: Settings) -> None:
    """It is 8 November 2023."""
    settings.CLOCK_DATE = DAY


def sentence(contract: Contract) -> str:
    (goal,) = contract_rows(contract).goals
    return sentence_of(goal.standing)


def submitted(row: Measurement, by: User) -> Measurement:
    return service.submit(row.pk, version=row.version, by=by)


def test_only_what_another_has_approved_counts() -> None:
    """Draft → submitted → returned → submitted → approved; each step by its rule."""
    council = a_council()
    own, chief = a_secretary(council), a_chief(council)
    contract = a_contract(council)
    measure = an_asked_measure(contract)
    before = sentence(contract)
    row: Any = service.enter(measure.pk, by=own, low=Decimal(53), missing="")
    assert (row.state, row.high, row.period_name) == (State.DRAFT, 53, "2023")
    with pytest.raises(RuleViolationError, match="ikke indsendt"):
        service.approve(row.pk, version=row.version, by=chief)
    row = submitted(row, own)
    with pytest.raises(RuleViolationError, match="Du har selv indtastet"):
        service.approve(row.pk, version=row.version, by=own)
    with pytest.raises(RuleViolationError, match="Skriv, hvorfor"):
        service.return_(row.pk, version=row.version, reason=" ", by=chief)
    row = service.return_(
        row.pk, version=row.version, reason="Hvem er spurgt?", by=chief
    )
    with pytest.raises(service.MeanwhileError, match="har ændret tallet imens"):
        service.submit(row.pk, version=row.version - 1, by=own)
    saved = service.edit(row.pk, version=row.version, by=own, counted=53, asked=100)
    assert saved.row.low == 53
    row = submitted(saved.row, own)
    assert (row.returned_reason, sentence(contract)) == ("", before)
    row = service.approve(row.pk, version=row.version, by=chief)
    assert row.approved_by == chief
    assert sentence(contract).startswith("Nået: 53 pct.")
    with pytest.raises(RuleViolationError, match="Lav en rettelse"):
        service.edit(
            row.pk, version=row.version, by=own, low=Decimal(9), high=Decimal(9)
        )
    verbs = Context.objects.order_by("created_at").values_list(
        "metadata__verb", flat=True
    )
    assert list(verbs)[-6:] == [
        "indtastede en måling", "indsendte en måling", "sendte en måling retur",
        "rettede en måling", "indsendte en måling", "godkendte en måling",
    ]  # fmt: skip
    assert not RoundLetter.objects.exists(), "nobody was asked, so nobody is told"


def test_a_correction_takes_the_place_and_keeps_the_old_one() -> None:
    """Approved the same day, or of another time: the old one stays, and counts no more."""
    council = a_council()
    own, chief = a_secretary(council), a_chief(council)
    contract = a_contract(council, locked_until=date(2021, 12, 31))
    measure = a_measure(a_goal(contract))
    old: Any = a_measurement(
        measure, "77", approver=chief, printed="godt 77", qualifier="well_over",
        counted=77, asked=100,
    )  # fmt: skip
    with pytest.raises(RuleViolationError, match="Lav en rettelse"):
        service.edit(old.pk, version=old.version, by=own, low=Decimal(9))
    with pytest.raises(RuleViolationError, match="er låst"):
        service.enter(measure.pk, by=own, low=Decimal(90))
    row = service.correct(
        old.pk, version=old.version, by=own, low=Decimal(81), high=None
    )
    assert "godt 77 pct." in sentence(contract)
    with pytest.raises(RuleViolationError, match="allerede en rettelse"):
        service.correct(old.pk, version=old.version, by=own, low=Decimal(5), high=None)
    row = submitted(row, own)
    row = service.approve(row.pk, version=row.version, by=chief)
    assert "81 pct." in sentence(contract)
    assert (row.printed, row.qualifier, row.asked) == ("", "", None)
    again = service.correct(
        row.pk,
        version=row.version,
        by=own,
        low=Decimal(79),
        high=None,
        period_end=date(2021, 6, 30),
    )
    again = submitted(again, own)
    service.approve(again.pk, version=again.version, by=chief)
    assert "79 pct." in sentence(contract)
    old.refresh_from_db()
    assert (old.low, old.state) == (77, State.APPROVED)
    assert Measurement.objects.count() == 3
    early = sentence_of(
        contract_rows(contract, DAY - timedelta(days=1)).goals[0].standing
    )
    assert "79" not in early


def test_what_cannot_be_is_refused_beside_its_field() -> None:
    """A share over 100, an NPS out of bounds; missing is a word and never 0."""
    own = a_secretary()
    contract = a_contract(a_council())
    measure = an_asked_measure(contract)
    for values, name in (
        ({"low": Decimal(140)}, "low"),
        ({"low": Decimal(43), "counted": 41, "asked": 100}, "low"),
        ({"counted": 5, "asked": 4}, "counted"),
    ):
        with pytest.raises(ValidationError) as error:
            service.enter(measure.pk, by=own, **values)
        assert set(error.value.message_dict) == {name}
    row = service.enter(
        measure.pk,
        by=own,
        low=Decimal(4),
        counted=4,
        asked=100,
        missing=Missing.AWAITED,
    )
    assert (row.low, row.counted, row.asked) == (None, None, None)
    empty = service.enter(measure.pk, by=own)
    with pytest.raises(ValidationError, match="Skriv et tal"):
        submitted(empty, own)
    service.discard(empty.pk, version=empty.version, by=own)
    with pytest.raises(TypeError, match="not a field"):
        service.enter(measure.pk, by=own, state="approved")


def test_whoever_was_asked_is_told(settings: Settings) -> None:
    """Return and approval write a mail with the link; it stands nowhere before it goes."""
    council = a_council()
    own = a_secretary(council)
    link = a_round(council, own)
    measure = measure_of(link)
    row = service.enter(
        measure.pk, by=own, through="via link", asked_in=link.round_id, low=Decimal(41)
    )
    row = submitted(row, own)
    row = service.return_(row.pk, version=row.version, reason="Hvem er spurgt?", by=own)
    row = submitted(row, own)
    service.approve(row.pk, version=row.version, by=own)
    called, returned, approved = RoundLetter.objects.order_by("pk")
    assert "Hvem er spurgt?" in returned.body
    assert "41 pct." in approved.body
    for letter in (called, returned, approved):
        assert letter.to == ["mette@hus.example"]
        assert link.token not in letter.body
        assert link.address in letter.mail.body
    assert round_of(link).measures == [measure.pk]
