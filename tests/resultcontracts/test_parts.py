"""Rows of a contract in the browser: added, edited, refused, deleted, brought back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core.errors import ConflictError, RuleViolationError
from resultcontracts.choices import Operator, Status
from resultcontracts.forms.parts import FORMS
from resultcontracts.models import (
    Contract,
    Goal,
    LocalAgreement,
    Measure,
    TargetRevision,
    Verdict,
)
from resultcontracts.parts import PARTS
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.services import contracts, parts
from tests.makers_contracts import (
    CONTRACT,
    a_contract,
    a_goal,
    a_measure,
    a_measurement,
    an_agreement,
)
from tests.makers_packets import a_council, a_user

if TYPE_CHECKING:
    from accounts.models import User
    from resultcontracts.parts import Part

pytestmark = pytest.mark.django_db
TODAY: Final = date(2023, 11, 7)
GIVEN: Final[dict[str, dict[str, Any]]] = {
    "slags": {"name": "nationalt", "plural": "nationale"},
    "dokument": {"name": "Notat", "dated": "1.5.2021"},
    "aftale": {
        "municipality": "PLACE", "title": "Lokal aftale", "period_name": "2020-2021",
        "amount": "4.800.000", "part_of_year": "50", "ends_on": "31.12.2021",
    },
    "budgetpost": {"name": "i alt", "budget": "2.400.000", "spent": "", "is_total": "on"},
    "maal": {"number": "2", "title": "Spredning", "kind": "KIND"},
    "linje": {"sender": "Hus", "receivers": "KKR"},
    "bemaerkning": {"text": "Ordet er et andet i rapporten"},
    "maalepunkt": {"label": "1.2", "name": "NPS", "kind": "score", "unit": "NPS-point"},
    "maaltal": {
        "operator": "at_least", "low": "81,5", "rule": "fixed", "since": "1.1.2023",
        "reason": "Ny aftale",
    },
    "vurdering": {
        "status": "reached", "is_assessable": "on", "reason": "Holdt", "given_on": "1.2.2022",
    },
    "sammenligning": {"name": "øvrige huse", "value": "73"},
    "aktivitet": {"kind": "instead", "text": "Enter:Digital", "places": "Køge"},
    "tal-at-dele": {"name": "aftalte forløb", "total": "1300"},
    "kommune": {"municipality": "PLACE", "qualifier": "barely", "value": "50"},
}  # fmt: skip


@pytest.fixture
def editor() -> User:
    """Somebody who writes in the council."""
    return a_user(a_council())


@pytest.fixture
def contract(editor: User) -> Contract:
    """A contract with goal 1 and measure 1.1, 77 pct. of 80."""
    row = a_contract(editor.memberships.get().council)
    a_measurement(a_measure(a_goal(row)), approver=editor)
    return row


@pytest.fixture
def browser(editor: User) -> Client:
    """The browser of the editor."""
    client = Client()
    client.force_login(editor)
    return client


def parent_of(word: str, contract: Contract) -> Any:
    model = PARTS[word].parent
    if model is LocalAgreement:
        values_of("aftale", contract)
        return an_agreement(contract)
    return contract if model is Contract else model._default_manager.get()


def values_of(word: str, contract: Contract) -> dict[str, Any]:
    kind = contract.kinds.order_by("position")[0].pk
    place, _ = contract.council.municipalities.get_or_create(
        code=253, name="Greve", defaults={"population": 50_000}
    )
    swaps = {"KIND": kind, "PLACE": place.pk}
    return {name: swaps.get(value, value) for name, value in GIVEN[word].items()}


def url(name: str, *args: object) -> str:
    return reverse(f"resultcontracts:{name}", args=[CONTRACT, *args])


def comes_back(browser: Client, part: Part, pk: int, sent: dict[str, Any]) -> None:
    """Let somebody who wrote in a deleted row have the text, and bring the row back."""
    edit = url("part-edit", part.word, pk)
    kept: Any = browser.post(edit, sent)
    assert kept.status_code == 409
    assert f"{part.the.capitalize()} er slettet, mens du skrev" in kept.text
    assert browser.get(edit).status_code == 404
    if list(PARTS).index(part.word) % 2:  # with what was written in it, or as it was
        own = {each.name: each.value for each in kept.context["fields"]}
        back = browser.post(edit, own)
    else:
        back = browser.post(url("part-removal", part.word, pk), {"undo": pk})
    assert back.status_code == 302


@pytest.mark.parametrize("word", list(PARTS))
def test_each_kind_is_added_edited_deleted_and_brought_back(
    browser: Client, contract: Contract, word: str
) -> None:
    part, parent = PARTS[word], parent_of(word, contract)
    before = set(parts.rows(part, contract).values_list("pk", flat=True))
    new = f"{url('part-new', word)}?til={parent.pk}"
    assert browser.get(new).status_code == 200
    empty = browser.post(new, {})
    assert empty.status_code == 422

    made: Any = browser.post(new, values_of(word, contract))

    (pk,) = set(parts.rows(part, contract).values_list("pk", flat=True)) - before
    row: Any = parts.rows(part, contract).get(pk=pk)
    assert made.status_code == 302
    assert browser.get(made.url).status_code == 200
    edit = url("part-edit", word, pk)
    shown = browser.get(edit).context["form"]
    sent = {name: value for name, value in shown.initial.items() if value is not None}
    sent = {**sent, **values_of(word, contract), "version": row.version}
    same = browser.post(edit, sent)
    assert same.status_code == 302, same.context["form"].errors
    row.refresh_from_db()
    assert row.version == 1
    removal = url("part-removal", word, pk)
    gone = browser.post(removal, {"remove": "ja", "version": row.version})
    assert gone.status_code == 302
    assert not parts.rows(part, contract).filter(pk=pk).exists()
    comes_back(browser, part, pk, sent)
    assert parts.rows(part, contract).filter(pk=pk).exists()


def test_every_kind_has_a_form_and_an_example() -> None:
    assert list(FORMS) == list(PARTS) == list(GIVEN)


def test_what_is_measured_is_not_deleted(contract: Contract, editor: User) -> None:
    goal, measure = Goal.objects.get(), Measure.objects.get()

    for word, pk in (("maal", goal.pk), ("maalepunkt", measure.pk)):
        with pytest.raises(RuleViolationError, match="Der er målinger"):
            parts.remove_part(PARTS[word], contract.pk, pk, by=editor)

    assert (goal.kind_id, Measure.objects.count()) == (contract.kinds.get().pk, 1)


def test_a_goal_comes_back_with_its_measures_and_their_targets(
    contract: Contract, editor: User
) -> None:
    goal = a_goal(contract, 2)
    target = TargetRevision.objects.get(measure=a_measure(goal, target="70"))
    parts.remove_part(PARTS["maal"], contract.pk, goal.pk, by=editor)

    parts.restore_part(PARTS["maal"], contract.pk, goal.pk, by=editor)

    read = contract_rows(contract, TODAY).by_number[2]
    (row,) = read.measures
    assert (row.label, row.value.targets[0].target.text) == ("2.1", "70")
    assert TargetRevision.objects.get(pk=target.pk).low == Decimal(70)


def test_what_somebody_changed_since_is_not_deleted_unseen(
    contract: Contract, editor: User
) -> None:
    target = TargetRevision.objects.get()
    parts.edit_part(
        PARTS["maaltal"], contract.pk, target.pk, version=1, wording="nyt", by=editor
    )

    with pytest.raises(RuleViolationError, match="siden du så det"):
        parts.remove_part(
            PARTS["maaltal"], contract.pk, target.pk, version=1, by=editor
        )


def test_two_who_write_the_same_are_asked(contract: Contract, editor: User) -> None:
    goal = Goal.objects.get()
    edit: dict[str, Any] = {
        "part": PARTS["maal"],
        "contract_pk": contract.pk,
        "pk": goal.pk,
    }
    parts.edit_part(**edit, version=1, title="Et andet", by=editor)

    merged = parts.edit_part(**edit, version=1, purpose="Hvorfor", by=editor)
    with pytest.raises(ConflictError):
        parts.edit_part(**edit, version=1, title="Et tredje", by=editor)

    assert (merged.row.title, merged.row.purpose) == ("Et andet", "Hvorfor")


def test_a_row_of_another_council_is_not_there(
    browser: Client, contract: Contract
) -> None:
    other = a_contract(a_council("hovedstaden"))
    goal = a_goal(other)

    for got in (
        browser.get(url("part-edit", "maal", goal.pk)),
        browser.post(url("part-removal", "maal", goal.pk), {"remove": "ja"}),
        browser.post(url("part-removal", "maal", goal.pk), {"undo": "1"}),
        browser.get(f"{url('part-new', 'maalepunkt')}?til={goal.pk}"),
    ):
        assert got.status_code == 404
    kind = {"kind": other.kinds.get().pk, "number": 9, "title": "x"}
    assert browser.post(url("part-new", "maal"), kind).status_code == 422


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"low": "12,5.3"}, "low", "12,5.3 er ikke et tal. Skriv fx 12,5."),
        ({"low": "ca. 40"}, "low", "ca. 40 er ikke et tal. Skriv fx 40."),
        ({"low": "1" * 12}, "low", "Tallet kan højst have 11 cifre før kommaet."),
        ({"operator": "between"}, "high", "Skriv begge tal, når måltallet er mellem to."),
        ({"high": "90"}, "high", "Kun ”mellem” har to tal."),
        ({"operator": "between", "high": "70"}, "high", "Det første tal skal være det mindste."),
        ({"reason": ""}, "reason", "Skriv, hvorfor måltallet er ændret."),
        ({"rule": "points"}, "baseline", "Skriv det, måltallet er udledt af."),
        ({"rule": "growth", "baseline": "69", "added": "5", "low": "72"}, "low",
         "69 og 5 pct. giver 72,45, men du skrev 72. Ret det ene."),
        ({"rule": "points", "baseline": "34", "added": "5", "low": "38"}, "low",
         "34 og 5 point giver 39, men du skrev 38. Ret det ene."),
    ],
)  # fmt: skip
def test_a_target_that_does_not_come_out_is_told(
    browser: Client, contract: Contract, sent: dict[str, str], field: str, said: str
) -> None:
    measure = Measure.objects.get()
    new = f"{url('part-new', 'maaltal')}?til={measure.pk}"

    got = browser.post(new, {**GIVEN["maaltal"], **sent})

    assert got.status_code == 422
    assert said in got.context["form"].errors[field]
    assert TargetRevision.objects.count() == 1
    typed = {**GIVEN["maaltal"], **sent}.get(field, "")
    assert f'"{typed}"' in got.content.decode() or not typed


def test_a_target_that_is_reckoned_right_is_kept_to_its_last_decimal(
    browser: Client, contract: Contract
) -> None:
    measure = Measure.objects.get()
    sent = {"rule": "growth", "baseline": "69", "added": "5", "low": "72,45"}

    browser.post(
        f"{url('part-new', 'maaltal')}?til={measure.pk}", {**GIVEN["maaltal"], **sent}
    )

    row = TargetRevision.objects.get(since=date(2023, 1, 1))
    assert (row.low, row.high, row.operator) == (
        Decimal("72.45"), Decimal("72.45"), Operator.AT_LEAST,
    )  # fmt: skip


def test_a_revised_target_decides_and_the_contracts_own_stays_beside(
    browser: Client, contract: Contract
) -> None:
    measure = Measure.objects.get()
    new = f"{url('part-new', 'maaltal')}?til={measure.pk}"
    browser.post(new, {**GIVEN["maaltal"], "low": "75"})

    (row,) = contract_rows(contract, TODAY).by_number[1].standing.measures

    assert (row.status, row.at_first) == (Status.REACHED, Status.NOT_REACHED)


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"is_under_way": "on"}, "status", "Det, der er i gang, er ”Afventer måling”."),
        ({"is_assessable": ""}, "status",
         "Det, der ikke kan bedømmes, er ”Kan ikke afgøres”."),
        ({"reason": ""}, "reason", "Skriv, hvad vurderingen bygger på."),
    ],
)  # fmt: skip
def test_a_verdict_says_one_thing(
    browser: Client, contract: Contract, sent: dict[str, str], field: str, said: str
) -> None:
    new = f"{url('part-new', 'vurdering')}?til={Measure.objects.get().pk}"

    given = {**GIVEN["vurdering"], **sent}
    got = browser.post(new, {name: value for name, value in given.items() if value})

    assert got.status_code == 422
    assert said in got.context["form"].errors[field]
    assert not Verdict.objects.exists()


def test_a_sum_is_of_other_measures_of_the_contract(
    browser: Client, contract: Contract
) -> None:
    goal = Goal.objects.get()
    new = f"{url('part-new', 'maalepunkt')}?til={goal.pk}"

    own = {**GIVEN["maalepunkt"], "unit": "pct.", "sums": "1.1"}
    wrong = (
        ({"sums": "1.1, 9.9"}, "sums", "9.9 er ikke et andet målepunkt i kontrakten."),
        (
            {"unit": "kr."},
            "sums",
            "1.1 har enheden ”pct.” og kan ikke lægges sammen her.",
        ),
        ({"label": "1.1"}, "label", "Et andet målepunkt har allerede nummeret."),
    )
    for sent, field, said in wrong:
        got = browser.post(new, own | sent)
        assert got.status_code == 422
        assert got.context["form"].errors[field] == [said]
    browser.post(new, own)

    assert Measure.objects.get(label="1.2").sums == ["1.1"]
    above = browser.post(new, own | {"label": "1.3", "sums": "1.2"})
    said = "1.2 lægges selv sammen af andre. Skriv dem i stedet."
    assert above.context["form"].errors["sums"] == [said]


def test_what_is_added_up_cannot_get_another_unit_or_number(
    contract: Contract, editor: User
) -> None:
    """Whatever the rows say, the contract's pages stand, and no row shows another's."""
    part, other = Measure.objects.get(), a_goal(contract, 2)
    total = a_measure(other, 1, target=None, sums=["1.1"])
    edit: dict[str, Any] = {"version": 1, "by": editor}
    with pytest.raises(ValidationError, match="Det lægges sammen i 2"):
        parts.edit_part(PARTS["maalepunkt"], contract.pk, part.pk, unit="kr.", **edit)
    with pytest.raises(ValidationError, match="har allerede nummeret"):
        parts.edit_part(PARTS["maalepunkt"], contract.pk, total.pk, label="1.1", **edit)

    Measure.objects.filter(pk=part.pk).update(unit="kr.")
    own = contract_rows(contract, TODAY).by_number
    assert own[2].standing.measures[0].reading is None

    Measure.objects.filter(pk=total.pk).update(label="1.1", sums=[])
    own = contract_rows(contract, TODAY).by_number
    assert own[1].standing.measures[0].reading is not None
    assert own[2].standing.measures[0].reading is None


def test_the_structure_pages_ask_as_much_of_many_rows(
    browser: Client, contract: Contract, django_assert_max_num_queries: Any
) -> None:
    goal = Goal.objects.get()
    for place in (2, 3, 4):
        a_measure(goal, place)
        a_goal(contract, place)
    pages = [
        url("structure"),
        url("part", "maal", goal.pk),
        url("part", "maalepunkt", Measure.objects.earliest("pk").pk),
    ]
    for page in pages:
        with django_assert_max_num_queries(8):
            assert browser.get(page).status_code == 200


def test_next_years_contract_begins_with_todays_targets(
    contract: Contract, editor: User
) -> None:
    goal = Goal.objects.get()
    goal.method_year = 2020
    goal.save()
    follower = a_goal(contract, 2, follows=goal)
    newest = TargetRevision.objects.get()
    newest.pk, newest.since, newest.reason = None, date(2023, 1, 1), "Ny aftale"
    newest.low = newest.high = Decimal(85)
    newest.save()

    made = contracts.next_contract(contract.pk, year=2022, title="Ny", by=editor)

    read = contract_rows(made, TODAY)
    (first,) = read.by_number[1].measures
    (target,) = first.value.targets
    assert (target.target.text, target.since) == ("85", None)
    assert (first.value.due.text, first.row.due_on) == ("for 2022", date(2022, 12, 31))
    assert first.value.measurements == ()
    assert read.by_number[1].row.method_year == 2021
    assert [each.row.key for each in read.goals] == ["goal-1-2022", "goal-2-2022"]
    assert first.row.key == "maalepunkt-1-1"
    assert read.by_number[2].row.follows_id == read.by_number[1].row.pk
    assert (made.came_from, made.state) == (contract, "draft")
    assert follower.follows_id == goal.pk
    with pytest.raises(RuleViolationError, match="Vælg et andet år"):
        contracts.next_contract(contract.pk, year=2021, title="Ny", by=editor)
    with pytest.raises(ValidationError, match="allerede en kontrakt for det år"):
        contracts.next_contract(contract.pk, year=2022, title="Ny", by=editor)


def test_no_two_goals_of_a_council_have_one_key(
    contract: Contract, editor: User
) -> None:
    other = a_contract(contract.council, key="to", year=2022)
    made = [
        parts.add_part(
            PARTS["maal"], row.pk, row.pk, number=5, title="Spredning",
            kind=row.kinds.get(), by=editor,
        )
        for row in (contract, other)
    ]  # fmt: skip

    assert [row.key for row in made] == ["spredning", "spredning-2"]


def test_a_contract_is_made_edited_and_carried_on_in_the_browser(
    browser: Client, contract: Contract
) -> None:
    house = contract.house_id
    new = {
        "title": "Kontrakt 2019",
        "year": "2019",
        "house": house,
        "parties": "A og B",
    }

    made = browser.post(reverse("resultcontracts:contract-new"), new)
    assert made.status_code == 302
    twice = browser.post(reverse("resultcontracts:contract-new"), new)
    assert twice.status_code == 422
    assert "Der er allerede en kontrakt for det år." in twice.content.decode()
    edited = browser.post(
        url("contract-edit"),
        {"title": "Aftalen", "year": "2021", "house": house, "parties": "A og B",
         "state": "closed", "version": "1"},
    )  # fmt: skip
    assert edited.status_code == 302
    contract.refresh_from_db()
    assert (contract.title, contract.state, contract.version) == (
        "Aftalen",
        "closed",
        2,
    )
    carried: Any = browser.post(url("contract-next"), {"year": "2022", "title": "Ny"})
    assert browser.get(carried.url).status_code == 200
