"""Each long form keeps what was typed, offers it on return, and forgets it once saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from core.drafts.models import Draft
from meetings.checking.standing import standing
from meetings.models import ReadThrough
from meetings.services import findings, readthrough
from proposals.choices import PointKind
from tests.makers import MEETING, a_meeting, an_item
from tests.makers_packets import a_packet, a_user
from tests.makers_proposals import a_proposal, a_shared_point, a_unit, point_of

if TYPE_CHECKING:
    from accounts.models import User

    type Form = tuple[str, dict[str, str], dict[str, str]]

pytestmark = pytest.mark.django_db
TICKET = re.compile(r'name="kladde" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')
LONG = "Kladdens ord " * 3
# Name → address, what is refused, and what is put right.
FORMS: dict[str, Form] = {
    "point": ("/forslag/7/punkter/{point}/", {"text": LONG, "version": "x"}, {}),
    "point of a unit": (
        "/samdrift/1/punkter/{gain}/", {"text": LONG}, {"beneficiary": "Borgerne"},
    ),
    "new point": ("/forslag/7/punkter/ny/gevinst/", {"text": f"{LONG}{'x' * 3000}"}, {}),
    "own wording": ("/samdrift/1/punkter/{shared}/ordlyd/", {"text": f"{LONG}{'x' * 3000}"}, {}),
    "new proposal": ("/forslag/nyt/", {"title": LONG}, {}),
    "proposal": ("/forslag/7/oplysninger/", {"title": LONG, "number": ""}, {}),
    "new unit": ("/samdrift/nyt/", {"title": LONG}, {}),
    "unit": ("/samdrift/1/oplysninger/", {"title": LONG, "number": ""}, {}),
    "new meeting": ("/moeder/nyt/", {"place": LONG}, {"held_on": "1.2.2024", "kind": "kkr", "sections": "Sager"}),
    "meeting": (f"{MEETING}oplysninger/", {"place": LONG, "held_on": ""}, {}),
    "reasons": (f"{MEETING}send/", {"grund-{finding}": LONG}, {"svar": "{finding}"}),
    "read-through": (
        "/moeder/gennemlaesning/{reading}/",
        {"punkt-sag-2-1": f"{LONG}{'x' * 3000}", "read": "ja"},
        {"punkt-sag-2-1": LONG},
    ),
}  # fmt: skip


@pytest.fixture
def by() -> User:
    return a_user()


@pytest.fixture
def places(by: User) -> dict[str, Any]:
    """What the addresses name."""
    proposal, unit, other = a_proposal(7), a_unit(1), a_unit(2)
    a_shared_point(unit, other)
    meeting = a_meeting()
    an_item(meeting)
    a_packet(meeting, has_pictures=False)
    findings.refresh(meeting.pk)
    (row,) = readthrough.ask_readers(
        meeting.pk, readers=[by.pk], due_on=meeting.held_on.replace(year=2099), by=by,
    )  # fmt: skip
    readthrough.open_draft(row.pk, by=by)
    return {
        "point": point_of(proposal, PointKind.GAIN, 1).pk,
        "gain": point_of(unit, PointKind.GAIN, 1).pk,
        "shared": point_of(unit, PointKind.ATTENTION, 1).pk,
        "reading": ReadThrough.objects.get().pk,
        "finding": standing(meeting.pk).open_warnings[0].finding.fingerprint,
    }


@pytest.mark.parametrize("name", FORMS)
def test_what_is_refused_is_kept_offered_and_put_back(
    by: User, places: dict[str, Any], name: str
) -> None:
    client = Client()
    client.force_login(by)
    url, typed, _ = FORMS[name]
    url = url.format(**places)
    data = {key.format(**places): value for key, value in typed.items()}
    page = client.get(url).content.decode()
    ticket = TICKET.search(page)
    assert ticket is not None

    answer = client.post(url, {"kladde": ticket[1], **data})

    assertContains(answer, LONG.strip(), status_code=422)
    draft = Draft.objects.get(user=by, closed_at=None)
    assertContains(client.get(url), "er ikke gemt")
    opened = client.get(draft.address)
    assertContains(opened, "Ikke gemt endnu")
    assertContains(opened, LONG.strip())
    other = Client()
    other.force_login(a_user(by.memberships.get().council, email="x@y.example"))
    assertNotContains(
        other.get(url), LONG.strip(), status_code=other.get(url).status_code
    )


@pytest.mark.parametrize(
    "name", ["point of a unit", "new meeting", "reasons", "read-through"]
)
def test_what_is_saved_is_no_draft_any_more(
    by: User, places: dict[str, Any], name: str
) -> None:
    client = Client()
    client.force_login(by)
    url, typed, right = FORMS[name]
    url = url.format(**places)
    page = client.get(url).content.decode()
    ticket, version = TICKET.search(page), VERSION.search(page)
    assert ticket is not None
    sent = {**typed, **right, "kladde": ticket[1]}
    sent |= {"version": version[1]} if version else {}
    data = {key.format(**places): value.format(**places) for key, value in sent.items()}
    client.post("/kladder/gem/", data)
    assert Draft.objects.filter(closed_at=None).count() == 1

    answer = client.post(url, data)

    assert answer.status_code == 302
    assert Draft.objects.filter(closed_at=None).count() == 0
