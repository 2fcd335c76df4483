"""What the check box knows."""

from __future__ import annotations

import pytest

from meetings.checks import Finding, findings
from meetings.models import AgendaItem, Appendix, Meeting
from meetings.state import packet_state
from tests.makers import a_meeting, an_item, an_upload
from tests.makers_packets import an_appendix

pytestmark = pytest.mark.django_db


def found(meeting: Meeting) -> list[tuple[str, str]]:
    """The findings as pairs of tone and sentence."""
    items = AgendaItem.objects.filter(section__meeting=meeting).present()
    rows = Appendix.objects.filter(item__section__meeting=meeting).present()
    state = packet_state(meeting)
    loaded = items.select_related("section")
    return [(f.tone, f.text) for f in findings(meeting, loaded, rows, state)]


def test_a_meeting_with_all_it_needs_has_no_findings() -> None:
    meeting = a_meeting()
    an_upload(an_item(meeting))

    assert found(meeting) == []


def test_what_is_missing_is_named_with_its_item() -> None:
    meeting = a_meeting()
    an_item(meeting, "Filmfonden", kind="")
    an_item(meeting, "", kind="", action="")

    assert found(meeting) == [
        ("partial", "2.1 mangler type."),
        ("partial", "2.2 mangler titel, type og ønsket handling."),
    ]


def test_errors_come_before_warnings() -> None:
    meeting = a_meeting()
    item = an_item(meeting)
    an_upload(item, summary="")
    an_upload(item, status_text="Modsigelse: forsiden siger UDKAST.")
    broken = an_appendix(item, 1)
    Appendix.objects.filter(pk=broken.pk).update(position=3, failure="Intet katalog.")

    assert found(meeting) == [
        ("bad", "2.1 Bilag 2: Forsiden siger UDKAST."),
        ("bad", "2.1 Bilag 3 kan ikke dannes: Intet katalog."),
        ("partial", "2.1 Bilag 1 mangler resumé til skærmlæser."),
    ]


def test_many_appendices_of_one_item_that_lack_a_summary_are_one_line() -> None:
    meeting = a_meeting()
    full, two = an_item(meeting), an_item(meeting)
    for item, count in ((full, 3), (two, 2)):
        for _ in range(count):
            an_upload(item, summary="")

    assert found(meeting) == [
        ("partial", "2.1: 3 bilag mangler resumé til skærmlæser."),
        ("partial", "2.2 Bilag 1 mangler resumé til skærmlæser."),
        ("partial", "2.2 Bilag 2 mangler resumé til skærmlæser."),
    ]


def test_a_tone_is_spoken() -> None:
    assert Finding("bad", "", "").word == "Fejl"
    assert Finding("partial", "", "").word == "Advarsel"
