"""Where a catalogue is used, and what it knows to be wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from meetings.checking import check
from meetings.checking.known import edit_row
from meetings.models import Appendix, PacketPart
from meetings.services import findings
from proposals.checks import catalogue_findings
from proposals.choices import Stance
from proposals.models import CrossReference
from tests.makers_packets import a_council, a_meeting, a_packet, a_user
from tests.makers_positions import a_position
from tests.makers_proposals import a_proposal, a_reading, a_step, a_theme, a_unit

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


def test_trails_and_positions_are_named_and_lead_to_where_they_are_mended(
    client: Client,
) -> None:
    odd = "Afventer [indsæt]"
    row = a_proposal(7, title="Et [indsæt] forslag")
    a_step(row, "law", date(2023, 6, 21), note=odd)
    other = a_theme(row.catalogue, 2, "Et andet tema")
    own = {"catalogue": row.catalogue_id}
    appendix = attach(row.catalogue)
    meeting = appendix.item.section.meeting
    unit = a_unit(3)
    for record in (row, unit):
        a_position(record, "Greve", Stance.AGAINST, reason=odd)
    chosen: list[tuple[str, dict[str, Any], set[tuple[str, str]]]] = [
        (
            "proposals.trail", {**own, "since": "2023-01-01"},
            {("/forslag/7/#trail", "Ret forslag\xa07")},
        ),
        (
            "proposals.positions", own,
            {("/forslag/holdninger/7/", "Se svarene om forslag\xa07")},
        ),
        (
            "proposals.positions", {"catalogue": unit.catalogue_id},
            {("/samdrift/holdninger/3/", "Se svarene om samdrift\xa03")},
        ),
    ]  # fmt: skip
    client.force_login(User.objects.get(email="secretariat@sjaelland.example"))
    for source, options, spots in chosen:
        fields = {"source": source, "options": options}
        Appendix.objects.filter(pk=appendix.pk).update(**fields)
        found = [
            each for each in check(meeting.pk).found if each.check == "placeholder"
        ]
        assert {(each.spot.url, each.spot.action) for each in found} == spots, source
        for url, _ in spots:
            assert client.get(url.partition("#")[0]).status_code == 200
        is_of_unit = options["catalogue"] != row.catalogue_id
        told, silent = ("/samdrift/3/", "/forslag/7/")[:: 1 if is_of_unit else -1]
        assertContains(client.get(told), "2.1 Bilag 1")
        assertNotContains(client.get(silent), "2.1 Bilag 1")
        Appendix.objects.filter(pk=appendix.pk).update(
            options={**options, "themes": [other.pk]}
        )
        is_named = b"2.1 Bilag 1" in client.get(told).content
        assert is_named == is_of_unit, source
    for node, table, first, url in (
        ("positions:k/matrix:a/place:259", "holdning til samdrift 1-6", "Køge",
         "/samdrift/holdninger/kommuner/259/"),
        ("positions:k/counts/unit:a", "Antal", "3", "/samdrift/holdninger/3/"),
        ("positions:k/legend", "", "", "/forslag/holdninger/"),
        ("trail:k/new", "", "", "/forslag/tavle/"),
    ):  # fmt: skip
        assert (edit_row(node, node, table, first) or ("",))[0] == url
    assert edit_row("catalogue:k", "catalogue:k/x", "", "") is None
