"""The page of one goal: what it says, to whom, and in how many questions (R-133, R-131)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import Council, User
from kkr.demo.contracts import load_contract
from kkr.demo.people import load_people
from kkr.register import load_register
from resultcontracts.choices import (
    ActivityKind,
    ContractState,
    MeasureKind,
    MeasurementState,
    Missing,
    Operator,
    Status,
)
from resultcontracts.models import (
    Activity,
    Benchmark,
    Evidence,
    Remark,
    TargetRevision,
    Verdict,
)
from tests.makers import a_chief, a_secretary, an_outsider
from tests.makers_contracts import (
    CONTRACT,
    a_contract,
    a_goal,
    a_house,
    a_measure,
    a_measurement,
)
from tests.makers_packets import a_council, a_user
from tests.makers_questions import somebody_of

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from resultcontracts.models import Goal, Measurement

pytestmark = pytest.mark.django_db
CONTRACT_URL = f"/resultatkontrakt/{CONTRACT}/"
GOAL = f"{CONTRACT_URL}maal/1/"
APPROVED = datetime(2022, 3, 1, 8, 40, tzinfo=ZoneInfo("Europe/Copenhagen"))


def words(client: Client, url: str) -> str:
    """Give what a page says, its white space as one."""
    page = client.get(url)
    assert page.status_code == 200, url
    main = page.content.decode().partition("<main")[2]
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", main, flags=re.DOTALL))
    return re.sub(r" ([,.:?])", r"\1", " ".join(unescape(text).split()))


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def a_full_goal(chief: User) -> tuple[Goal, Measurement, Measurement, Measurement]:
    """A goal with all that a measure can be; its correction, what it corrects, a draft."""
    goal = a_goal(
        a_contract(a_council()),
        requirement="Kontrakten kræver måltallet i hvert segment.",
        reported=Status.REACHED,
        reported_as="Nået samlet",
        is_implied=True,
    )
    drift = a_measure(goal, 1, segment="drift", counted_answer="Meget tilfreds")
    old = a_measurement(drift, "76", approver=chief, approved_at=APPROVED)
    now = a_measurement(
        drift,
        None,
        counted=41,
        asked=54,
        approver=chief,
        corrects=old,
        source="Brugerevaluering",
        shown_before="KKR-møde 2022, punkt 2.2",
        entered_through="via link til Ida",
    )
    draft = a_measurement(
        drift,
        "99",
        approver=chief,
        state=MeasurementState.SUBMITTED,
        period_name="2022",
        period_end=date(2022, 12, 31),
    )
    total = a_measure(goal, 2, segment="alle", counts=False, note="Samlet tal.")
    a_measurement(total, "80", approver=chief)
    Benchmark.objects.create(
        measure=drift, name="øvrige huse", value=Decimal(73), is_derived=True
    )
    revised = a_measure(goal, 3, target="70", name="Andel henvist")
    a_measurement(revised, "65", approver=chief, is_proxy=True)
    TargetRevision.objects.create(
        measure=revised,
        operator=Operator.AT_LEAST,
        low=Decimal(60),
        high=Decimal(60),
        since=date(2022, 5, 1),
        reason="Færre midler",
        decided_by="KKR den 1. maj",
    )
    for place, missing in enumerate(Missing, 4):
        each = a_measure(goal, place, name=f"Mangler {place}")
        a_measurement(each, None, missing=missing, approver=chief)
    judged = a_measure(
        goal, 20, target=None, kind=MeasureKind.DELIVERABLE, name="Et værktøj",
        blocked_by="Erhvervsstyrelsen",
    )  # fmt: skip
    Verdict.objects.create(
        measure=judged, status=Status.PARTLY, reason="Ikke taget i brug",
        given_on=date(2022, 3, 1), decided_by="Sekretariatschefen",
    )  # fmt: skip
    Activity.objects.create(
        measure=judged, position=1, kind=ActivityKind.INSTEAD,
        text="Enter:Digital", places="Roskilde",
    )  # fmt: skip
    Evidence.objects.create(goal=goal, title="Datafil", is_awaited=True)
    Evidence.objects.create(goal=goal, title="Rapport, mål 1", text="Spørgeskema.")
    Remark.objects.create(goal=goal, position=1, text="Teksten siger noget andet.")
    return goal, now, old, draft


def test_a_goal_says_where_it_stands_and_where_each_figure_comes_from() -> None:
    chief = a_chief()
    _, now, old, draft = a_full_goal(chief)
    director = of(somebody_of("Greve"))
    said = words(director, GOAL)

    lines = (
        "Delvist nået",
        "Kontrakten kræver måltallet i hvert segment.",
        "Indberetningen siger: ”Nået samlet” (underforstået).",
        # The table: exact of its count, under the target, beside others.
        "drift 1.1 75,93 80 −4,07 73 (afledt) Ikke nået:",
        "alle 1.2 80 80 0 ikke oplyst Tæller ikke med i status. Samlet tal.",
        "Hvor kommer 75,93 fra?",
        "Dokument Rapport, mål 1 Hele målet",
        "Måling 1.1, drift, 75,93 pct. for 2021.",
        "Tæller og nævner: 41 af 54 svarede ”Meget tilfreds”.",
        "Indtastet Af sekretariatet, via link til Ida,",
        "Kilde Brugerevaluering",
        "Vist på møder KKR-møde 2022, punkt 2.2",
        # What was corrected stays readable.
        "Retter 76. Det blev godkendt: af",
        "1. marts 2022 kl. 8.40.",
        "1 andet tal for 1.1",
        # A proxy, and a target that was changed: status against both.
        "Tallet tæller noget andet end det aftalte.",
        "Kontraktens måltal: 70. Ændret 1. maj 2022 til 60: Færre midler (KKR den 1. maj).",
        "Mod det første måltal: Ikke nået.",
        "Et værktøj 1.20 Delvist nået: Ikke taget i brug.",
        "Vurderet 1. marts 2022 af sekretariatschefen.",
        "Afventer: Erhvervsstyrelsen",
        "Gjort i stedet: Enter:Digital Roskilde",
        "Datafil Ikke modtaget",
        "Bemærkninger Noteret ved læsning af kilderne. Teksten siger noget andet.",
        "Måltallet for 1.3 ændret 1. maj 2022",
    )
    assert [line for line in lines if line not in said] == []
    assert said.count("Hvorfor er der intet tal for 2021?") == len(Missing)
    for missing in Missing:
        assert f" {missing.label} 80 " in said, missing

    # What nobody has approved is for those who work on it.
    assert "ikke godkendt" not in said
    assert "99" not in said
    inside = of(chief)
    assert "99 for 2022: ikke godkendt, tæller ikke med." in words(inside, GOAL)
    figure = f"{CONTRACT_URL}tal/{draft.pk}/"
    assert director.get(figure).status_code == 404
    assert "Ikke godkendt. Tallet tæller ikke med" in words(inside, figure)

    # Each figure has an address of its own, the corrected one too.
    assert "Hvor kommer 75,93 fra?" in words(director, f"{CONTRACT_URL}tal/{now.pk}/")
    alone = words(director, f"{CONTRACT_URL}tal/{old.pk}/")
    assert "Hvor kommer 76 fra?" in alone
    assert "ikke det tal, målets status hviler på i dag. Det er 75,93 for 2021" in alone


def test_a_goal_is_for_those_who_read_its_contract() -> None:
    chief, council = a_chief(), a_council()
    contract = a_contract(council)
    empty, follower = a_goal(contract, 1), a_goal(contract, 2)
    follower.follows = empty
    follower.save()
    a_measure(follower, target=None, kind=MeasureKind.NARRATIVE)
    figure = a_measurement(a_measure(a_goal(contract, 3)), approver=chief)
    own = f"{CONTRACT_URL}tal/{figure.pk}/"
    readers = [
        a_secretary(),
        somebody_of("Greve"),
        a_user(role=Role.REPORTER, organisation=a_house()),
    ]
    for user in readers:
        assert of(user).get(GOAL).status_code == of(user).get(own).status_code == 200
    for user in (an_outsider(), a_user(role=Role.MEMBER)):
        assert of(user).get(GOAL).status_code == of(user).get(own).status_code == 404

    client = of(readers[1])
    assert "Målet har ingen målepunkter, der tæller." in words(client, GOAL)
    told = words(client, f"{CONTRACT_URL}maal/2/")
    assert "følger mål 1." in told
    assert "Se mål 1" in told
    for gone in ("maal/4/", "maal/99999999999999999999/", f"tal/{2**70}/", "tal/9/"):
        assert client.get(f"{CONTRACT_URL}{gone}").status_code == 404, gone
    contract.state = ContractState.DRAFT
    contract.save()
    for url in (GOAL, own, f"{GOAL}note/"):
        assert client.get(url).status_code == 404, url


def test_what_a_figure_rests_on_is_told_once_it_is_approved() -> None:
    chief = a_chief()
    goal = a_goal(a_contract(a_council()))
    waits = a_measurement(
        a_measure(goal), approver=chief, state=MeasurementState.SUBMITTED
    )
    Evidence.objects.create(
        goal=goal, measurement=waits, title="Udkast til opgørelse", text="Foreløbig."
    )

    director = words(of(somebody_of("Greve")), GOAL)
    editor = words(of(chief), GOAL)

    assert "Udkast til opgørelse" not in director
    assert "Udkast til opgørelse" in editor


@pytest.mark.parametrize("rows", [1, 4])
def test_a_goal_is_read_in_eight_questions_whatever_it_has(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chief = a_chief()
    goal = a_goal(a_contract(a_council()))
    for place in range(1, rows + 1):
        measure = a_measure(goal, place, segment=f"segment {place}")
        last = a_measurement(measure, approver=chief)
        Evidence.objects.create(goal=goal, title="Rapport", text="Ord.")
        Remark.objects.create(goal=goal, position=place, text="Set.")
    client = of(somebody_of("Greve"))
    with django_assert_num_queries(8):
        client.get(GOAL)
    with django_assert_num_queries(7):
        client.get(f"{CONTRACT_URL}tal/{last.pk}/")


def test_the_contract_of_2021_as_its_goals_show_it() -> None:
    load_register()
    load_people()
    load_contract(Council.objects.get(slug="sjaelland"))
    client = of(User.objects.get(email="greve@kkr.example"))
    for number, lines in {
        3: (
            "Drift mangler 3 procentpoint, vækst er 2 over",
            "Net Promoter Score er over måltallet i begge segmenter",
            "To punkter er ingen tendens",
            "2020 ikke i kilden ”Meget tilfreds” og ”Tilfreds” talte med",
            "Svar: ikke besvaret.",
            "NPS er point.",
        ),
        9: (
            "Handlingsplan mangler 3 forløb, korte er 607 over, vækstplan er 25 over",
            "9.1: 500 forløb i 2020 (mål).",
        ),
        17: ("0 2 −2", "Gjort i stedet: Enter:Digital"),
    }.items():
        said = words(client, f"{CONTRACT_URL}maal/{number}/")
        for line in lines:
            assert line in said, (number, line)
