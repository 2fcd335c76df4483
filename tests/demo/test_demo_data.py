"""The demo's rows say what the sources say, contradictions included."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Council, Municipality, User
from meetings.models import Appendix
from meetings.rows import read_agenda
from proposals.models import (
    ClusterMember,
    CooperationUnit,
    CrossReference,
    Dependency,
    Point,
    Proposal,
    SourceNote,
    TitleReading,
    Vision,
)

if TYPE_CHECKING:
    from pytest_django import Settings

    from meetings.agenda import Agenda
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda(meeting: Meeting) -> Agenda:
    return read_agenda(meeting.pk)


def test_five_councils_share_98_municipalities_and_sjaelland_has_17() -> None:
    assert (Council.objects.count(), Municipality.objects.count()) == (5, 98)
    own = Municipality.objects.filter(council__slug="sjaelland")
    assert own.count() == 17
    assert sum(own.values_list("population", flat=True)) == 843_513


def test_municipalities_stand_in_danish_order() -> None:
    names = list(
        Municipality.objects.filter(name__regex="^[ÆØÅA]").values_list(
            "name", flat=True
        )
    )

    assert names == [
        "Albertslund",
        "Allerød",
        "Assens",
        "Ærø",
        "Aabenraa",
        "Aalborg",
        "Århus",
    ]


def test_the_18_proposals_have_66_gains_35_risks_and_20_attention_points() -> None:
    points = Point.objects.filter(proposal__isnull=False)

    assert Proposal.objects.count() == 18
    assert Counter(points.values_list("kind", flat=True)) == {
        "gain": 66,
        "risk": 35,
        "attention": 20,
    }


def test_proposals_6_and_15_have_no_attention_point() -> None:
    without = Proposal.objects.exclude(points__kind="attention")

    assert list(without.values_list("number", flat=True)) == [6, 15]


def test_the_6_units_have_38_tasks_58_gains_and_20_attention_points() -> None:
    points = Point.objects.filter(unit__isnull=False)

    assert CooperationUnit.objects.count() == 6
    assert Counter(points.values_list("kind", flat=True)) == {
        "task": 38,
        "gain": 58,
        "attention": 20,
        "extra": 2,
    }


def test_two_attention_points_recur_in_all_six_units_with_6_and_8_rows() -> None:
    shared = Point.objects.filter(shared__isnull=False)
    rows = Counter(shared.values_list("shared__key", flat=True))

    assert rows == {"styringsmodel": 6, "taet-dialog": 8}
    assert shared.get(has_own_wording=True).unit == CooperationUnit.objects.get(
        number=4
    )


def test_the_six_visions_the_groups_and_all_the_sources_do_not_agree_on() -> None:
    placed = ClusterMember.objects.values_list("municipality__name", flat=True)
    about = Counter(
        (bool(note.proposal_id), bool(note.unit_id), bool(note.catalogue_id))
        for note in SourceNote.objects.all()
    )
    found: Any = Vision.objects.filter(number=6)

    assert Vision.objects.count() == 6
    assert found.values_list("title", "other_title").get() == (
        "Vi skaber plads til alle i arbejdsfællesskabet",
        "Alle har en plads i arbejdsfællesskabet",
    )
    assert set(found.get().proposals.values_list("number", flat=True)) == {
        1, 2, 4, 10, 12, 13,
    }  # fmt: skip
    assert (len(placed), "Roskilde" in placed) == (16, False)
    shared = CooperationUnit.objects.filter(groups_of__number=1)
    assert set(shared.values_list("number", flat=True)) == {2, 3}
    assert about == {
        (False, False, False): 15,  # the report
        (False, False, True): 8,  # a catalogue
        (True, False, False): 12,
        (False, True, False): 14,
    }
    for note in SourceNote.objects.exclude(target=""):
        assert note.standing in {reading["text"] for reading in note.readings}


def test_units_2_and_3_build_on_unit_1() -> None:
    edges = Dependency.objects.values_list("unit__number", "to__number")

    assert set(edges) == {(1, 2), (2, 1), (3, 1), (3, 2)}


def test_proposal_3_refers_to_itself_and_nothing_else_does() -> None:
    own = [r.proposal.number for r in CrossReference.objects.all() if r.is_to_itself]

    assert own == [3]


def test_a_third_reading_of_a_title_is_kept_as_found() -> None:
    texts = TitleReading.objects.filter(proposal__number=7).values_list("place", "text")

    assert dict(texts)["2.1 Bilag 4, slide 9"] == (
        "Værdighed af virksomhedspraktik kan udvides med ordinære timer."
    )


def test_the_meeting_has_six_rows_five_items_and_ten_appendices(agenda: Agenda) -> None:
    assert [item.number for item in agenda.items] == [
        "2.1", "2.2", "2.3", "2.4", "2.5", "2.6",
    ]  # fmt: skip
    assert agenda.titled_count == 5
    assert [len(item.appendices) for item in agenda.items] == [4, 1, 1, 0, 1, 3]
    assert agenda.items[3].heading == "Titel ikke oplyst"


def test_the_eight_uploads_have_the_real_page_counts(meeting: Meeting) -> None:
    uploaded = Appendix.objects.filter(file__isnull=False).present()

    assert [row.file.page_count for row in uploaded if row.file] == [
        19, 10, 2, 1, 40, 1, 2, 7,
    ]  # fmt: skip


def test_every_appendix_keeps_its_title_in_the_source(meeting: Meeting) -> None:
    assert not Appendix.objects.filter(title_in_source="").exists()


def test_the_demo_is_not_loaded_outside_the_demo(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="KKR_DEMO"):
        call_command("load_demo")


def test_loading_again_changes_nothing(settings: Settings) -> None:
    settings.DEMO = True
    before = User.objects.count()

    call_command("load_demo")

    assert User.objects.count() == before
