"""Contracts as PDF: who may have one, where its figures lead, and one in a packet.

Source: docs/rules.md R-139, R-179, R-180.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from django.conf import settings
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from accounts.models import Membership, Municipality, Organisation, User
from documents.foreign import path_of
from documents.prints import print_now
from documents.tree import Note, walk
from meetings.packets.outdated import is_outdated
from meetings.services import staleness
from meetings.services.publishing import publish
from resultcontracts.choices import ContractState
from resultcontracts.choices import MeasurementState as State
from resultcontracts.models import Contract, Measure, SharedTotal
from resultcontracts.prints import WORDS, order_of
from resultcontracts.services import measurements
from tests.demo.packets import build_packet
from tests.documents.pdf_makers import failures
from tests.documents.pdf_reader import PdfReader
from tests.makers import a_meeting, an_item
from tests.makers_calls import a_reporter
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_council, a_user, settle

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
HOME = "/resultatkontrakt/resultatkontrakt-2021/"
PRINT = f"{HOME}udskriv"


@pytest.fixture
def contract() -> Contract:
    """Goal 1 has 77 of 80; of 1.2 somebody wrote 91, which nobody approved."""
    own = a_contract(a_council())
    by = a_user()
    goal = a_goal(own, purpose="Tilfredse virksomheder.")
    a_measurement(a_measure(goal), approver=by, source="Brugerundersøgelsen")
    other = a_measure(goal, 2, name="Andel nye")
    a_measurement(other, "91", approver=by, state=State.SUBMITTED)
    return own


def links_of(file: Path) -> set[str]:
    """Give all that a PDF leads to outside of itself."""
    with pikepdf.open(file) as pdf:
        notes: list[Any] = [n for page in pdf.pages for n in page.get("/Annots", [])]
        actions = [note.A for note in notes if "/A" in note]
        return {str(action.URI) for action in actions if "/URI" in action}


def text_of(file: Path) -> str:
    return " ".join(page.text for page in PdfReader(file).pages)


def test_readers_print_what_they_may_see_and_nothing_of_drafts(
    client: Client, contract: Contract
) -> None:
    draft = a_contract(
        contract.council, key="kladden", year=2024, state=ContractState.DRAFT
    )
    a_goal(draft, 7, title="Det hemmelige mål")
    place = Municipality.objects.create(
        code=253, name="Greve", council=contract.council, population=1, sort_key="a"
    )
    director = User.objects.create(email="d@greve.example", name="Direktøren")
    Membership.objects.create(
        user=director, council=contract.council, role=Role.DIRECTOR, municipality=place
    )
    for reader in (director, a_reporter(contract.council, contract)):
        client.force_login(reader)
        assertContains(client.get(HOME), f'href="{PRINT}/"')
        page = client.get(f"{PRINT}/?hvad=rapport")
        assertContains(page, "Tilfredse virksomheder.")
        assertContains(page, "Lav PDF")
        assertNotContains(page, "91")
        assertNotContains(page, "punktets bilag")
        chosen = client.get(f"{PRINT}/?hvad=maal")
        assertContains(chosen, "Det 1. mål")
        assertNotContains(chosen, "hemmelige")
        assertNotContains(chosen, "2024")
        refused = client.get(f"{PRINT}/?hvad=maal&goal=goal-7&vis=1")
        assertContains(refused, "Vælg et mål.", status_code=422)
        assert client.post(f"{PRINT}/?hvad=oversigt").status_code == 302
        for ending in ("csv", "json"):
            told = client.get(f"{PRINT}.{ending}?hvad=rapport")
            assertContains(told, "77")
            assertNotContains(told, "91")
        assert client.get("/resultatkontrakt/kladden/udskriv/").status_code == 404
    Contract.objects.update(
        house=Organisation.objects.create(slug="b", name="Et andet")
    )
    assert client.get(f"{PRINT}/?hvad=rapport").status_code == 404
    for ending in ("pdf", "csv", "json"):
        assert client.get(f"{PRINT}.{ending}?hvad=rapport").status_code == 404
    client.force_login(a_user(contract.council, Role.MEMBER))
    assert client.get(f"{PRINT}/?hvad=rapport").status_code == 404


def test_the_words_of_a_report_are_their_editors_until_they_are_sent(
    client: Client, contract: Contract
) -> None:
    """A report that is being written is printed by those who write it, and nobody else."""
    contract.goals.update(report="Vi er meget stolte af [[1.1]].")
    addresses = [
        f"{PRINT}{ending}?hvad={what}"
        for ending in ("/", ".csv", ".json")
        for what in ("rapport", "maal&goal=goal-1")
    ]
    client.force_login(a_user(contract.council, Role.CHIEF))
    for address in addresses:
        assertContains(client.get(address), "meget stolte")
    client.force_login(a_reporter(contract.council, contract))
    for address in addresses:
        assertNotContains(client.get(address), "meget stolte")
        assertNotContains(client.get(f"{address}&without=charts"), "meget stolte")
    assertNotContains(client.get(addresses[0]), "Rapportens ord")


@pytest.mark.parametrize("goals", [1, 4])
def test_what_to_print_takes_eight_queries_whatever_is_printed(
    client: Client,
    contract: Contract,
    goals: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    by = a_user(contract.council, Role.CHIEF)
    for number in range(2, goals + 1):
        measure = a_measure(a_goal(contract, number))
        a_measurement(measure, approver=by)
        SharedTotal.objects.create(measure=measure, position=1, name="kurser", total=9)
    Municipality.objects.create(
        code=253, name="Greve", council=contract.council, population=1, sort_key="a"
    )
    client.force_login(by)
    for what in (*WORDS, "maal&goal=goal-1", "kommune&municipality=253"):
        with django_assert_max_num_queries(8):
            assert client.get(f"{PRINT}/?hvad={what}").status_code == 200


def test_figures_of_a_print_lead_to_where_they_are_from(
    client: Client, contract: Contract
) -> None:
    of_goal = {"contract": contract.pk, "goal": "goal-1"}
    order = order_of("resultcontracts.goal", of_goal, council="KKR", day="2023-11-08")
    file = path_of(print_now(order).file)
    assert failures(file.read_bytes()) == []
    pk = Measure.objects.get(label="1.1").measurements.get().pk
    origin = settings.PORTAL_ADDRESS
    assert links_of(file) == {
        f"{origin}{HOME}tal/{pk}/",
        f"{origin}{HOME}maal/1/",
        f"{origin}{HOME}maal/1/#maalepunkt-maalepunkt-1-1",
        f"{origin}{HOME}maal/1/#maalepunkt-maalepunkt-1-2",
    }
    told = text_of(file)
    assert "Kilde: Brugerundersøgelsen." in told
    assert f"{origin.partition('://')[2]}{HOME}maal/1/" in told
    # Each names a page: of a source without figures too.
    for name in ("contract", "report", "summary", "contradictions"):
        own = order_of(
            f"resultcontracts.{name}", {"contract": contract.pk}, council="KKR",
            day="2023-11-08",
        ).document  # fmt: skip
        said = [b.key for _, s in walk(own) for b in s.blocks if isinstance(b, Note)]
        assert any(key.endswith("/where") for key in said), name
    client.force_login(User.objects.get())
    page = client.get(f"{PRINT}/?hvad=maal&goal=goal-1&vis=1")
    assertContains(page, f'href="{HOME}tal/{pk}/">77</a>')


def test_a_goal_is_outdated_by_what_is_approved_and_led_from_once_it_is_sent(
    client: Client, contract: Contract
) -> None:
    meeting = a_meeting(contract.council)
    an_item(meeting).appendices.create(
        key="maal-1", position=1, kind="generated", title="Mål 1",
        source="resultcontracts.goal",
        options={"contract": contract.pk, "goal": "goal-1"},
    )  # fmt: skip
    packet = build_packet(meeting)
    assert packet.is_built, packet.failure
    file = path_of(packet.file)
    assert failures(file.read_bytes()) == []
    told = text_of(file)
    assert "Kilde: Brugerundersøgelsen." in told
    assert "91" not in told
    # Others than those who read the contract read a packet: nothing leads there.
    assert not [link for link in links_of(file) if "resultatkontrakt" in link]
    staleness.refresh(meeting.pk)
    assert not is_outdated(meeting, packet)
    row = Measure.objects.get(label="1.2").measurements.get()
    measurements.approve(row.pk, version=1, by=a_user(email="en@anden.example"))
    staleness.refresh(meeting.pk)
    assert is_outdated(meeting, packet)

    # What is sent stands as it was sent, and leads on whoever works for the council.
    chief = a_user(contract.council, Role.CHIEF)
    packet = build_packet(meeting)
    settle(meeting, chief)
    publish(meeting.pk, packet_pk=packet.pk, by=chief)
    page = "/moeder/2023-11-22/bilag/2-1-bilag-1/"
    first = Measure.objects.get(label="1.1").measurements.get()
    link = f'href="{HOME}tal/{first.pk}/">77</a>'
    assertNotContains(client.get(page), "/tal/")
    client.force_login(chief)
    assertContains(client.get(page), link)
    client.force_login(a_user(contract.council, Role.MEMBER))
    assertNotContains(client.get(page), "/tal/")
