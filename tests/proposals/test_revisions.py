"""A record's versions: rebuilt from events, taken back, refused, put right again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from core.errors import RuleViolationError
from proposals.choices import PointKind
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Figure,
    Point,
    Proposal,
    Term,
    Theme,
)
from proposals.revisions.page import begun_words, compared_versions, row_of
from proposals.revisions.parts import ELSEWHERE, TABLES
from proposals.revisions.reading import history_of, lines_of_version, told_of
from proposals.services import parts, points, records, shared, terms, themes
from proposals.services.revisions import ChangedMeanwhileError, take_back
from tests.makers_packets import a_user
from tests.makers_proposals import (
    a_proposal,
    a_reading,
    a_shared_point,
    a_theme,
    a_unit,
    point_of,
    texts,
)

if TYPE_CHECKING:
    from accounts.models import User
    from proposals.models import Record
    from proposals.revisions.page import Change

pytestmark = pytest.mark.django_db
GAIN, RISK = PointKind.GAIN, PointKind.RISK


def what_changed(record: Record, number: int) -> dict[str, str]:
    """Label → the words of each change that a version made, without marks for ears."""
    history = history_of(record)
    version: Any = history.at(number)
    told = lines_of_version(version, told_of([version]), history.model)
    return {c.label: _plain(c) for c in row_of(history, version, told, "").changes}


def _plain(change: Change) -> str:
    """Give "[-4] [+13] · uger", and the note in parentheses."""
    html = str(change.html)
    html = re.sub(r'<span class="sr-only">[^<]*</span>', "", html)
    html = re.sub(r"<(ins|del)>", lambda m: "[+" if m[1] == "ins" else "[-", html)
    text = re.sub(r"</(ins|del)>", "]", html)
    text = re.sub(r"<[^>]*>", " ", text)
    return " ".join(text.split()) + (f" ({change.note})" if change.note else "")


def test_whatever_points_to_a_record_is_a_part_or_said_to_be_none() -> None:
    known = {
        f"{t.model._meta.label_lower}.{field}"
        for t in TABLES
        for field in t.owners.values()
    }
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not hasattr(model, "pgh_tracked_model")
        for field in model._meta.get_fields()
        if getattr(field, "concrete", False)
        and field.related_model in {Proposal, CooperationUnit}
    }

    assert found == known | set(ELSEWHERE)
    assert not known & set(ELSEWHERE)
    for table in TABLES:
        assert table.fields, table.slug


def test_each_version_says_who_changed_what_word_by_word() -> None:
    proposal, user = a_proposal(), a_user()
    first, second = point_of(proposal, GAIN, 1), point_of(proposal, GAIN, 2)
    points.edit_point(first.pk, version=1, text="Praktikordningen bruges", by=user)
    points.move_point(second.pk, to=3, by=user)
    figure = parts.add_figure(
        proposal, printed="4", measure="uger", what="Varighed", year=0,
        is_derived=False, by=user,
    )  # fmt: skip
    parts.edit_figure(figure.pk, version=1, printed="13", by=user)
    terms.edit_terms(proposal, terms={"law": ("LAB § 1", "LAS § 2")}, base={}, by=user)
    points.move_point(first.pk, to=1, kind=RISK, by=user)
    parts.remove_part(figure, by=user)
    records.edit_record(
        proposal, version=1, title="En anden titel", idea="<p>Ny idé.</p>", by=user
    )
    other = a_proposal(3)
    parts.add_reference(proposal, to=other, wording="jf. 3", by=user)
    records.edit_record(other, version=1, number=30, by=user)

    history = history_of(Proposal.objects.get(pk=proposal.pk))
    assert [v.number for v in history.versions] == list(range(1, 11))
    assert begun_words(history, history.versions[0]) == (
        "nummer, tema, titel, ideen, 3\xa0gevinster og 1\xa0risiko"
    )
    assert {n: what_changed(proposal, n) for n in range(2, 11)} == {
        2: {"Gevinst 1": "[-Praktik] [+Praktikordningen] bruges [-mere fleksibelt]"},
        3: {"Gevinsternes orden": "”Mindre arbejde” er flyttet fra nr. 3 til nr. 2."},
        4: {"Tal 1": "4 · uger · Varighed (Tilføjet)"},
        5: {"Tal 1": "[-4] [+13] · uger · Varighed"},
        6: {"Lov eller regel": "LAB § 1 LAS § 2 (Tilføjet)"},
        7: {"Risiko 1": "Praktikordningen bruges (Flyttet fra gevinster til risici)"},
        8: {"Tal 1": "[-13 · uger · Varighed] (Slettet)"},
        9: {"Titel": "[-Forslag om praktik 7] [+En anden titel]",
            "Ideen": "[-En] [+Ny] idé."},
        10: {"Henvisning 1": "forslag 30 · jf. 3 (Tilføjet)"},
    }  # fmt: skip
    told = lines_of_version(
        history.versions[1], told_of(history.versions), history.model
    )
    assert (told[0].who, told[0].verb) == (str(user), "rettede forslag 7, gevinst 1")

    one, two = history.versions[0], history.versions[6]
    changes = {c.label: c for c in compared_versions(history, one, two)}
    assert set(changes) == {
        "Risiko 1",
        "Tal 1",
        "Lov eller regel",
        "Gevinsternes orden",
    }
    assert changes["Risiko 1"].since == (2, 7)
    assert "Praktikordningen" not in changes["Risiko 1"].old
    assert "fleksibelt" not in changes["Risiko 1"].new


def change_everything(proposal: Proposal, link: CrossReference, user: User) -> Point:
    """Change, move, remove and add, so that no part of a proposal stays as it was."""
    a, b, c = (point_of(proposal, GAIN, n) for n in (1, 2, 3))
    points.edit_point(a.pk, version=1, text="Noget andet", by=user)
    points.remove_point(b.pk, by=user)
    points.move_point(c.pk, to=1, kind=RISK, by=user)
    parts.remove_part(proposal.figures.get(), by=user)
    parts.remove_part(link, by=user)
    terms.edit_terms(
        proposal, terms={"law": ("LAS", "SEL")}, base={"law": ("LAB", "LAS")}, by=user
    )
    proposal.readings.all().delete()
    records.edit_record(proposal, version=1, title="Ny", idea="", number=70, by=user)
    return points.add_point(proposal, kind=GAIN, text="En ny", by=user)


def test_a_version_comes_back_whole_with_all_its_parts_and_can_be_undone() -> None:
    user, proposal = a_user(), a_proposal()
    a_reading(proposal, "Titlen i oversigten")
    Figure.objects.create(proposal=proposal, position=1, printed="4", what="Uger")
    for position, text in enumerate(("LAB", "LAS"), 1):
        Term.objects.create(proposal=proposal, kind="law", position=position, text=text)
    link = parts.add_reference(proposal, to=a_proposal(3), wording="jf. 3", by=user)
    first = history_of(proposal).current
    held = {key: first.snapshot.value(key) for key in first.snapshot.all_keys()}
    gains = texts(proposal, GAIN)

    new = change_everything(proposal, link, user)
    proposal.refresh_from_db()
    before = history_of(proposal).current

    taken = take_back(proposal, number=first.number, version=before.number, by=user)

    now = history_of(proposal).current
    assert {k: now.snapshot.value(k) for k in now.snapshot.all_keys()} == {
        **held,
        "number": 70,
    }
    assert texts(proposal, GAIN) == gains
    assert now.number == taken.record.version == before.number + 1
    told = told_of([now])
    assert [row["verb"] for row in told.values()] == [
        "gendannede version 2 af forslag 70"
    ]

    take_back(
        proposal, number=before.number, keys=taken.keys, version=now.number, by=user
    )
    assert texts(proposal, GAIN) == ["Noget andet", "En ny"]
    assert texts(proposal, RISK) == ["Mindre arbejde", "Forløb kan blive for lange"]
    assert [term.text for term in proposal.terms.all()] == ["LAS", "SEL"]
    assert not proposal.references.exists()
    assert new.pk in proposal.points.present().values_list("pk", flat=True)
    same = take_back(proposal, number=before.number, version=now.number + 1, by=user)
    assert (same.keys, same.record.version) == ((), now.number + 1)


def test_one_point_comes_back_and_what_others_did_stays() -> None:
    user, proposal = a_user(), a_proposal()
    first, second = point_of(proposal, GAIN, 1), point_of(proposal, GAIN, 2)
    points.edit_point(first.pk, version=1, text="Andet", by=user)
    points.remove_point(second.pk, by=user)
    key, gone = f"point-{first.pk}", f"point-{second.pk}"

    records.edit_record(proposal, version=3, title="En andens titel", by=user)
    taken = take_back(proposal, number=1, keys=[gone], version=3, by=user)

    assert taken.keys == (gone,)
    assert texts(proposal, GAIN) == ["Andet", "Flere løntimer", "Mindre arbejde"]
    assert taken.record.title == "En andens titel"
    points.edit_point(first.pk, version=2, text="En tredje", by=user)
    for keys in ([key], []):
        with pytest.raises(ChangedMeanwhileError):
            take_back(proposal, number=1, keys=keys, version=5, by=user)
    assert texts(proposal, GAIN)[0] == "En tredje"
    assert Proposal.objects.get().version == 6


def test_what_cannot_come_back_is_refused_and_nothing_is_written() -> None:
    user, proposal = a_user(), a_proposal()
    unit, leaned = a_unit(), a_unit(2)
    theme = a_theme(proposal.catalogue, 2, "Et andet")
    records.edit_record(proposal, version=1, theme=theme, by=user)
    themes.remove_theme(Theme.objects.get(number=1).pk, by=user)
    with pytest.raises(RuleViolationError, match="tema fra dengang er slettet"):
        take_back(proposal, number=1, version=2, by=user)

    link = parts.add_dependency(unit, to=leaned, kind="elaborates", text="a", by=user)
    parts.remove_part(link, by=user)
    parts.add_dependency(unit, to=leaned, kind="elaborates", text="b", by=user)
    with pytest.raises(ValidationError):
        take_back(unit, number=2, keys=[f"dependency-{link.pk}"], version=4, by=user)

    with pytest.raises(LookupError):
        take_back(unit, number=9, version=4, by=user)
    records.remove_record(proposal, by=user)
    with pytest.raises(RuleViolationError, match="ind igen"):
        take_back(proposal, number=1, version=3, by=user)
    assert [unit.version, proposal.version] == [1, 1]
    assert [
        CooperationUnit.objects.get(number=1).version,
        Proposal.objects.get().version,
    ] == [4, 3]


def test_a_shared_beginning_is_read_as_it_was_and_only_the_unit_s_own_comes_back() -> (
    None
):
    user, unit = a_user(), a_unit()
    row = a_shared_point(unit)
    shared.edit_stem(row.pk, version=1, name=row.name, stem="Tæt samarbejde", by=user)
    point = point_of(unit, PointKind.ATTENTION, 1)
    points.edit_point(point.pk, version=1, text="med andre", by=user)

    assert what_changed(unit, 2) == {
        "Opmærksomhedspunkt 1": "Tæt [-samspil] [+samarbejde] med driften i 1"
    }
    taken = take_back(unit, number=1, version=3, by=user)
    assert taken.keys == (f"point-{point.pk}",)
    assert (
        point_of(unit, PointKind.ATTENTION, 1).sentence
        == "Tæt samarbejde med driften i 1"
    )
    assert take_back(unit, number=1, version=4, by=user).keys == ()


def test_a_write_past_the_portal_is_in_the_history() -> None:
    proposal = a_proposal()
    Proposal.objects.update(title="Rettet i databasen", version=2)
    history = history_of(proposal)

    told = lines_of_version(history.current, {}, history.model)

    assert told[0].verb == "skrev uden om portalens sider"
    assert what_changed(proposal, 2)["Titel"].startswith("[-Forslag om praktik 7]")
    CrossReference.objects.create(
        proposal=a_proposal(3), to=proposal, position=1, wording="jf. 7"
    )
    assert len(history_of(proposal).versions) == 2
