"""Where a catalogue is used, and what it knows to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from meetings.models import Appendix, PacketPart
from meetings.services import findings
from proposals.checks import catalogue_findings
from proposals.models import CrossReference
from tests.makers_packets import a_council, a_meeting, a_packet, a_user
from tests.makers_proposals import a_proposal, a_reading

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from proposals.models import Catalogue

pytestmark = pytest.mark.django_db


def attach(catalogue: Catalogue) -> Appendix:
    """Let the meeting's first appendix be formed of the catalogue."""
    meeting = a_meeting(catalogue.council)
    appendix = Appendix.objects.get(item__section__meeting=meeting, position=1)
    appendix.source = "proposals.simplification"
    appendix.options = {"catalogue": catalogue.pk}
    appendix.save()
    return appendix


def test_a_proposal_says_which_meeting_prints_it(client: Client) -> None:
    attach(a_proposal(7).catalogue)
    client.force_login(a_user())

    response = client.get("/forslag/7/")

    assertContains(response, "KKR-møde 22.\xa0november\xa02023")
    assertContains(response, "2.1 Bilag 1")


def test_a_built_packet_gives_the_page(client: Client) -> None:
    appendix = attach(a_proposal(7).catalogue)
    a_packet(appendix.item.section.meeting)
    pages = {"proposal:forslag-7": "41"}
    PacketPart.objects.filter(appendix_pk=appendix.pk).update(pages=pages)
    client.force_login(a_user())

    response = client.get("/forslag/7/")

    link = 'href="/moeder/2023-11-22/pakke/?side=41#laes">2.1 Bilag 1, side 41</a>'
    assertContains(response, link)


def test_another_councils_meeting_is_not_named(client: Client) -> None:
    proposal = a_proposal(7)
    appendix = attach(a_proposal(7, council=a_council("hovedstaden")).catalogue)
    appendix.options = {"catalogue": proposal.catalogue_id}
    appendix.save()
    client.force_login(a_user())

    assertNotContains(client.get("/forslag/7/"), "KKR-møde")


def test_the_catalogue_reports_self_references_and_titles_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    proposal = a_proposal(3)
    CrossReference.objects.create(
        proposal=proposal, to=proposal, position=1, wording="jf. forslag 3"
    )
    a_reading(a_proposal(7), "Helt anderledes")

    with django_assert_num_queries(1):
        found = catalogue_findings({"catalogue": proposal.catalogue_id})

    assert [(finding.tone, finding.text, finding.url) for finding in found] == [
        ("bad", "Forslag 3 henviser til sig selv.", "/forslag/3/#links"),
        (
            "partial",
            "1\xa0titel er ikke ens i oversigt og brødtekst.",
            "/forslag/?vis=titler",
        ),
    ]


def test_only_a_meeting_that_prints_the_catalogue_is_told(client: Client) -> None:
    catalogue = a_proposal(7).catalogue
    a_reading(a_proposal(8), "Helt anderledes")
    said = "1\xa0titel er ikke ens i oversigt og brødtekst."
    appendix = attach(catalogue)
    meeting = appendix.item.section.meeting
    client.force_login(a_user())

    def page() -> Any:
        findings.refresh(meeting.pk)
        return client.get(meeting.get_absolute_url())

    assertContains(page(), said)

    own = Appendix.objects.filter(pk=appendix.pk)
    own.update(is_withdrawn=True, sent_in=1, given_number="1")
    assertNotContains(page(), said)
    Appendix.objects.all().delete()

    assertNotContains(page(), said)
