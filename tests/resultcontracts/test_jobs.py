"""Whatever changes what is printed of a contract leaves the job that works it out (R-16)."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.db import connection

import resultcontracts.services
from resultcontracts.choices import MeasurementState as State
from resultcontracts.models import Claim, HouseQuestion, Round
from resultcontracts.parts import PARTS
from resultcontracts.services import (
    answers,
    claims,
    contracts,
    house_questions,
    measurements,
    parts,
    reopening,
    reports,
)
from tests.makers import a_meeting
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_council, a_user

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
SIDES: Final = [["Notat", "Nået"]]


@pytest.fixture
def w() -> SimpleNamespace:
    """A contract with one of each, and nothing that waits to be worked out."""
    council = a_council()
    by = a_user(council)
    contract = a_contract(council)
    goal = a_goal(contract, report="Ordene")
    measure = a_measure(goal)
    common: dict[str, Any] = {"approver": by, "entered_by": "Huset"}
    rows = {
        state.value: a_measurement(measure, state=state, period_name=state, **common)
        for state in (State.DRAFT, State.SUBMITTED, State.APPROVED)
    }
    claim = Claim.objects.create(
        contract=contract, key="1", place="Notat", quote="Nået"
    )
    gone = Claim.objects.create(contract=contract, key="2", place="Notat", quote="Ikke")
    claims.edit_claim(claim.pk, version=1, quote="Næsten", by=by)
    claims.remove_claim(gone.pk, by=by)
    answers.answer(contract.pk, finding="a", sides=SIDES, text="Svar", version=1, by=by)
    reports.edit_report(goal.pk, version=1, report="Andre ord", by=by)
    away = a_goal(contract, 9)
    parts.remove_part(PARTS["maal"], contract.pk, away.pk, by=by)
    about = Round.objects.create(contract=contract, meeting=a_meeting(council))
    question = HouseQuestion.objects.create(
        round=about, finding="a", text="Hvorfor?", asked_by="x"
    )
    forget()
    return SimpleNamespace(
        by=by, council=council, contract=contract.pk, goal=goal.pk, measure=measure.pk,
        claim=claim.pk, question=question.pk, gone=gone.pk, away=away.pk, house=contract.house,
        answer=contract.answers.get().pk, kind=contract.kinds.get(),
        **{name: row.pk for name, row in rows.items()},
    )  # fmt: skip


CHANGES: Final[dict[str, Callable[[Any], object]]] = {
    "answers.answer": lambda w: answers.answer(
        w.contract, finding="b", sides=SIDES, text="Svar", version=1, by=w.by
    ),
    "answers.reject": lambda w: answers.reject(
        w.contract, finding="b", sides=SIDES, text="Grund", version=1, by=w.by
    ),
    "answers.restore": lambda w: answers.restore(w.answer, version=2, by=w.by),
    "claims.add_claim": lambda w: claims.add_claim(
        w.contract, place="Slides", quote="Alt er nået", by=w.by
    ),
    "claims.edit_claim": lambda w: claims.edit_claim(
        w.claim, version=2, quote="Ikke", by=w.by
    ),
    "claims.undo_claim": lambda w: claims.undo_claim(
        w.claim, version=2, names=("quote",), by=w.by
    ),
    "claims.remove_claim": lambda w: claims.remove_claim(w.claim, by=w.by),
    "claims.restore_claim": lambda w: claims.restore_claim(w.contract, w.gone, by=w.by),
    "contracts.create_contract": lambda w: contracts.create_contract(
        w.council.pk, title="Ny", year=2019, house=w.house, parties="x", by=w.by
    ),
    "contracts.edit_contract": lambda w: contracts.edit_contract(
        w.contract, version=1, title="Ny", by=w.by
    ),
    "contracts.next_contract": lambda w: contracts.next_contract(
        w.contract, year=2022, title="Ny", by=w.by
    ),
    "measurements.enter": lambda w: measurements.enter(w.measure, by=w.by, low=None),
    "measurements.edit": lambda w: measurements.edit(
        w.draft, version=1, source="CRM", by=w.by
    ),
    "measurements.submit": lambda w: measurements.submit(w.draft, version=1, by=w.by),
    "measurements.return_": lambda w: measurements.return_(
        w.submitted, version=1, reason="Hvorfra?", by=w.by
    ),
    "measurements.approve": lambda w: measurements.approve(
        w.submitted, version=1, by=w.by
    ),
    "measurements.correct": lambda w: measurements.correct(
        w.approved, version=1, by=w.by
    ),
    "reopening.reopen": lambda w: reopening.reopen(
        w.approved, version=1, reason="Forkert", by=w.by
    ),
    "house_questions.answer": lambda w: house_questions.answer(
        w.question, version=1, text="Svar", by=w.by
    ),
    "measurements.discard": lambda w: measurements.discard(w.draft, version=1, by=w.by),
    "parts.add_part": lambda w: parts.add_part(
        PARTS["maal"], w.contract, w.contract, number=2, title="x", kind=w.kind, by=w.by
    ),
    "parts.edit_part": lambda w: parts.edit_part(
        PARTS["maal"], w.contract, w.goal, version=2, title="x", by=w.by
    ),
    "parts.remove_part": lambda w: parts.remove_part(
        PARTS["slags"], w.contract, a_second_kind(w).pk, by=w.by
    ),
    "parts.restore_part": lambda w: parts.restore_part(
        PARTS["maal"], w.contract, w.away, by=w.by
    ),
    "reports.edit_report": lambda w: reports.edit_report(
        w.goal, version=2, report="x", by=w.by
    ),
    "reports.undo_report": lambda w: reports.undo_report(w.goal, version=2, by=w.by),
}
# What is printed is as before, or is changed by one of those above.
AS_BEFORE: Final = {
    "answers.begun": "an empty row; answer goes on with it",
    "evidence.attach": "a file beside a number; nothing of it is printed",
    "goal_notes.delete_note": "a reader's own",
    "goal_notes.write_note": "a reader's own",
    "house_questions.ask": "asks; what is answered is printed",
    "measurements.save_row": "a part of the others",
    "reporting.drop_draft": "a writer's own",
    "reporting.keep_draft": "a writer's own",
    "reporting.send": "through measurements",
    "round_letters.tell_reopened": "a mail",
    "rounds.open_round": "a part of the others",
    "round_letters.tell_approved": "a mail",
    "round_letters.tell_returned": "a mail",
    "round_letters.write": "a mail",
    "rounds.ask_elsewhere": "asks",
    "rounds.call": "asks",
    "rounds.remind": "asks",
    "rounds.note_opened": "that a link was opened",
    "rounds.set_contact": "who is asked",
    "rounds.set_rule": "when is asked",
    "sheet_files.hand_out": "reads",
    "sheets.confirm": "through measurements and parts",
    "sheets.take_in": "waits to be confirmed",
    "sheets.undo": "through taken_back",
    "taken_back.put_back": "a part of sheets.undo",
    "taken_back.take_out": "a part of sheets.undo",
}


def a_second_kind(w: SimpleNamespace) -> Any:
    return w.kind.contract.kinds.create(key="to", name="x", plural="x", position=2)


def forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def jobs() -> set[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, (args ->> 'council_pk')::int FROM procrastinate_jobs"
            " WHERE task_name LIKE 'meetings.refresh%'"
        )
        return set(cursor.fetchall())


@pytest.mark.parametrize("service", CHANGES)
def test_a_change_of_a_contract_has_its_council_worked_out(
    w: SimpleNamespace, service: str
) -> None:
    CHANGES[service](w)

    assert jobs() == {("meetings.refresh_council", w.council.pk)}


def test_every_service_that_writes_is_in_one_of_the_tables() -> None:
    package, found = resultcontracts.services, set()
    for info in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and name[0] != "_"
            takes = inspect.signature(function).parameters
            if is_own and "by" in takes and name != "changing":
                found.add(f"{info.name}.{name}")

    assert found == {*CHANGES, *AS_BEFORE}
