"""Calls, answers, approvals and questions against what no browser sends."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client

from accounts.models import User
from core.letters import send_waiting
from resultcontracts.models import (
    CallRule,
    Claim,
    Contact,
    HouseQuestion,
    Measure,
    Measurement,
    ReportDraft,
    Round,
    RoundLetter,
    RoundLink,
)
from resultcontracts.services import measurements, reporting
from tests.makers import a_chief, a_secretary
from tests.makers_calls import APPROVAL, CALLS, DAY, a_reporter, a_round, measure_of
from tests.makers_contracts import CONTRACT, a_measure, a_measurement
from tests.makers_packets import a_council
from tests.proposals.test_hostile import EVIL, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

pytestmark = pytest.mark.django_db
OWN: Final = f"/resultatkontrakt/{CONTRACT}/"
ASK: Final = f"{OWN}modsigelser/verdict-1/spoerg/"
EXTRA: Final = {
    "id": "1", "pk": "1", "state": "approved", "approved_by": "1", "approved_at": "2020-01-01",
    "entered_by": "x", "entered_through": "x", "asked_in": "1", "corrects": "1",
    "is_proxy": "true", "measure": "1", "contract": "1", "council": "1", "house": "1",
    "round": "1", "measures": "1", "called_at": "2020-01-01", "turn": "9", "to": "x@x.dk",
    "answer_by": "x", "answered_by": "x", "answered_through": "x", "asked_by": "x",
    "is_rejected": "1", "writer": "bruger-1", "saved_through": "x", "finding": "x",
}  # fmt: skip
NASTY: Final = (
    "'", '"', "' OR 1=1--", "%00", "\x00", "../../etc/passwd", "${7*7}", "{{7*7}}", "1e999",
    "-1", "999999999999999999999", "=cmd|' /C calc'!A0", "a" * 5000, "\r\nX: y", "__class__",
)  # fmt: skip


@pytest.fixture
def link(settings: Settings) -> RoundLink:
    """A round with one of each: a number sent in, one approved, a draft, a question."""
    settings.CLOCK_DATE = DAY
    council = a_council()
    chief = a_chief(council)
    found = a_round(council, a_secretary(council))
    about, goal = found.round, measure_of(found).goal
    done = a_measurement(a_measure(goal, 1), approver=chief)
    Claim.objects.create(
        contract=about.contract, key="1", about=["1"], place="Slides", quote="Nået",
        verdict="reached",
    )  # fmt: skip
    row = measurements.enter(
        measure_of(found).pk, by=chief, asked_in=about.pk, through="link", low=53
    )
    measurements.submit(row.pk, version=row.version, by=chief)
    assert done.counts
    HouseQuestion.objects.create(
        round=about, finding="verdict:1", text="Hvorfor?", asked_by="x"
    )
    return found


def clients(link: RoundLink) -> tuple[Client, Client]:
    """The secretariat, and somebody of the house who signs in."""
    contract = link.round.contract
    found = [
        _signed_in(User.objects.get(email__startswith="secretariat@")),
        _signed_in(a_reporter(contract.council, contract)),
    ]
    return found[0], found[1]


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pages(link: RoundLink) -> Iterator[tuple[int, str]]:
    """Every page of the part, and whose: 0 the secretariat, 1 the house, 2 the link."""
    key, question = measure_of(link).key, HouseQuestion.objects.get().pk
    for each in ("", "liste.csv", "send/", "mind/", "kontakt/", "frister/"):
        yield 0, f"{CALLS}{each}"
    yield 0, APPROVAL
    for row in Measurement.objects.all():
        yield 0, f"{APPROVAL}{row.pk}/"
    yield from ((0, ASK), (0, f"{OWN}modsigelser/"), (0, f"{OWN}maal/1/"))
    for who, home in ((1, f"{OWN}indberet/"), (2, f"/indberet/{link.token}/")):
        yield from (
            (who, home), (who, f"{home}{key}/"), (who, f"{home}{key}/?ret=1"),
            (who, f"{home}spoergsmaal/{question}/"),
        )  # fmt: skip


def test_hostile_words_are_words_on_every_page_and_in_every_mail(
    link: RoundLink,
) -> None:
    """Of names, reasons, answers, drafts, questions; a mail's head stays one line."""
    evil = {"text": EVIL, "answer": EVIL, "answered_by": EVIL, "answered_through": EVIL}
    HouseQuestion.objects.update(
        **evil, title=EVIL, whom=EVIL, reckoned=EVIL, sides=[[EVIL, EVIL]],
        answered_at=link.round.called_at,
    )  # fmt: skip
    Contact.objects.update(name=EVIL)
    RoundLink.objects.update(name=EVIL)
    Measure.objects.update(
        name=EVIL, question=EVIL, measured_by=EVIL, due_name=EVIL[:60]
    )
    Measurement.objects.update(
        entered_by=EVIL, entered_through=EVIL, returned_reason=EVIL,
        reopened_reason=EVIL, told=EVIL, source=EVIL,
    )  # fmt: skip
    secretary, house = clients(link)
    measure = measure_of(link)
    typed = {
        "answer": "ikke",
        "reason": "awaited",
        "expected": EVIL,
        "why": EVIL,
        "value": EVIL,
    }
    for writer in (f"link-{link.pk}", "bruger-1"):
        reporting.keep_draft(
            link.round, measure, by=reporting.Reporter(EVIL), writer=writer, typed=typed
        )
    faults = {}
    for who, url in pages(link):
        answer: Any = (secretary, house, Client())[who].get(url)
        assert answer.status_code == 200, url
        if not url.endswith("csv"):
            faults[url] = Page(answer.content.decode()).faults
    assert {url: found for url, found in faults.items() if found} == {}
    assert secretary.post(f"{CALLS}mind/", {"maal": measure.key}).status_code in {
        302,
        404,
    }
    Measure.objects.update(name="Navn\r\nBcc: x@x.dk" + "n" * 170)
    Measurement.objects.filter(asked_in=link.round_id).delete()
    secretary.post(f"{CALLS}mind/", {"maal": measure.key})
    send_waiting(RoundLetter)
    for letter in RoundLetter.objects.all():
        assert "\n" not in letter.subject
        assert letter.sent_at, letter.failure


def test_nothing_but_a_form_s_own_fields_is_written(link: RoundLink) -> None:
    """State, approver, round, letter's receiver and the like are no fields of a form."""
    secretary, house = clients(link)
    row = Measurement.objects.get(asked_in=link.round_id)
    page = f"/indberet/{link.token}/{measure_of(link).key}/"
    seen = {"seen": f"{row.pk}:{row.version}"}
    assert house.post(f"{OWN}indberet/{measure_of(link).key}/", {
        **EXTRA, **seen, "answer": "maalt", "value": "52"}).status_code == 302  # fmt: skip
    Client().post(page, {**EXTRA, "gem": "1", "answer": "maalt", "value": "51"})
    secretary.post(
        f"{CALLS}frister/", {**EXTRA, "weeks": "5", "days": "3", "version": "1"}
    )
    secretary.post(f"{CALLS}kontakt/", {
        **EXTRA, "name": "Bo", "email": "mette@hus.example", "version": "1"})  # fmt: skip
    HouseQuestion.objects.all().delete()
    secretary.post(ASK, {**EXTRA, "text": "Hvorfor?"})
    asked = HouseQuestion.objects.get()
    Client().post(
        f"/indberet/{link.token}/spoergsmaal/{asked.pk}/",
        {**EXTRA, "text": "Derfor", "version": asked.version},
    )
    row.refresh_from_db()
    asked.refresh_from_db()
    draft, about = ReportDraft.objects.get(), Round.objects.get()
    contract = link.round.contract
    assert (row.state, row.approved_by, row.corrects, row.is_proxy, row.entered_through) == (
        "submitted", None, None, False, "",
    )  # fmt: skip
    assert (row.measure, row.asked_in) == (measure_of(link), about)
    assert row.low == Decimal(52)
    assert (about.contract, about.measures) == (contract, [measure_of(link).pk])
    assert (draft.writer, draft.saved_by) == (f"link-{link.pk}", "Mette Holm")
    assert (asked.round, asked.answered_by, asked.finding) == (
        about,
        "Mette Holm",
        "verdict:1",
    )
    assert (CallRule.objects.get().council, CallRule.objects.get().weeks) == (
        contract.council,
        5,
    )
    assert Contact.objects.get().council == contract.council
    assert {to for each in RoundLetter.objects.all() for to in each.to} == {
        "mette@hus.example"
    }


def test_injected_parameters_open_nothing_and_break_nothing(link: RoundLink) -> None:
    """Of every query parameter, version and hidden mark: no error, no other row."""
    secretary, house = clients(link)
    row = Measurement.objects.get(asked_in=link.round_id)
    one, asked = f"{APPROVAL}{row.pk}/", HouseQuestion.objects.get()
    home = f"/indberet/{link.token}/"
    before = list(Measurement.objects.order_by("pk").values())
    for evil in NASTY:
        found = {
            "maal": secretary.get(f"{CALLS}mind/", {"maal": evil}).status_code,
            "vis": secretary.get(f"{OWN}modsigelser/", {"vis": evil}).status_code,
            "svar": secretary.get(ASK, {"svar": evil, "vis": evil}).status_code,
            "ret": house.get(f"{OWN}indberet/{measure_of(link).key}/", {"ret": evil}).status_code,
            "version": secretary.post(
                one, {"til": "fortryd", "why": "x", "version": evil}
            ).status_code,
            "return": secretary.post(one, {"til": "retur", "reason": "x", "version": evil}).status_code,
            "seen": Client().post(
                f"{home}{measure_of(link).key}/",
                {"answer": "maalt", "value": "41", "seen": evil},
            ).status_code,
            "value": Client().post(
                f"{home}{measure_of(link).key}/", {"answer": "ikke", "value": evil, "reason": evil}
            ).status_code,
            "question": Client().post(
                f"{home}spoergsmaal/{asked.pk}/", {"text": "", "version": evil}
            ).status_code,
        }  # fmt: skip
        assert {name: code for name, code in found.items() if code >= 500} == {}, evil
        assert (found["version"], found["return"]) == (409, 409), evil
        assert found["seen"] in {409, 422}, evil
    assert list(Measurement.objects.order_by("pk").values()) == before
