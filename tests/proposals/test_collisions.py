"""Two people in one record: merged or asked, as docs/adr/0004 says, and nothing typed is lost.

Every form of a record: what both changed is asked, what one changed is kept, what one
deleted or gave another number is not written over. With htmx and without.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from core.asked import REMOVE
from core.notices import Undo
from proposals.choices import PointKind
from proposals.models import (
    CrossReference,
    Figure,
    Point,
    Proposal,
    SavedView,
    SourceNote,
    Step,
    Term,
    Theme,
)
from proposals.services import parts, points, records, shared, steps, themes
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
    from django.test import Client

    from accounts.models import User

pytestmark = pytest.mark.django_db
GAIN = PointKind.GAIN
BOTH = pytest.mark.parametrize(
    "htmx", [{}, {"HX-Request": "true"}], ids=["no-js", "htmx"]
)


@pytest.fixture
def they() -> User:
    """Somebody else in the secretariat."""
    return a_user(email="anden@kkr.example")


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def _edit(row: Any, user: User, **values: Any) -> None:
    records.edit_record(row, version=row.version, by=user, **values)


@BOTH
def test_what_both_changed_is_asked_in_every_form_and_nothing_is_lost(
    client: Client, they: User, htmx: dict[str, str]
) -> None:
    proposal, unit = a_proposal(), a_unit()
    theme = a_theme(proposal.catalogue, 2, "Et andet")
    reading = a_reading(proposal, "Titlen i oversigten")
    point, figure = point_of(proposal, GAIN, 1), Figure.objects.create(
        proposal=proposal, position=1, printed="4", what="Uger"
    )  # fmt: skip
    link = parts.add_reference(proposal, to=a_proposal(3), wording="jf. 3", by=they)
    common = a_shared_point(unit)
    row = point_of(unit, PointKind.ATTENTION, 1)
    first = Proposal.objects.get(pk=proposal.pk).version
    plain = {"number": 7, "theme": proposal.theme_id}
    unit_plain = {"number": 1, "scope": "cluster"}

    _edit(
        Proposal.objects.get(pk=proposal.pk),
        they,
        title="Deres A",
        idea="<p>Deres B</p>",
    )
    points.edit_point(point.pk, version=1, text="Deres C", by=they)
    parts.edit_figure(figure.pk, version=1, printed="5", by=they)
    parts.edit_reference(link.pk, version=1, wording="Deres D", by=they)
    themes.edit_theme(theme.pk, version=1, title="Deres E", by=they)
    _edit(unit, they, title="Deres F")
    shared.use_own_wording(row.pk, version=1, text="Deres G", by=they)
    shared.edit_stem(common.pk, version=1, name=common.name, stem="Deres H", by=they)

    for url, data, theirs in (
        ("/forslag/7/oplysninger/", {**plain, "title": "Min tekst", "version": first}, "Deres A"),
        ("/forslag/7/titel/", {"choice": "own", "own": "Min tekst", "version": first}, "Deres A"),
        ("/forslag/7/ideen/", {"idea": "Min tekst", "version": first}, "Deres B"),
        (f"/forslag/7/punkter/{point.pk}/", {"text": "Min tekst"}, "Deres C"),
        (f"/forslag/7/tal/{figure.pk}/", {"printed": "6", "what": "Min tekst"}, "5"),
        (f"/forslag/7/henvisninger/{link.pk}/", {"to": link.to_id, "wording": "Min tekst"}, "Deres D"),
        (f"/forslag/temaer/{theme.key}/", {"number": 2, "title": "Min tekst"}, "Deres E"),
        ("/samdrift/1/oplysninger/", {**unit_plain, "title": "Min tekst"}, "Deres F"),
        (f"/samdrift/1/punkter/{row.pk}/ordlyd/", {"text": "Min tekst"}, "Deres G"),
        (f"/samdrift/faelles/{common.key}/", {"name": common.name, "stem": "Min tekst", "confirmed": 1}, "Deres H"),
    ):  # fmt: skip
        answer = client.post(url, {"version": 1, **data}, headers=htmx)
        assert answer.status_code == 409, url
        for text in ("I har begge rettet", "Min tekst", theirs):
            assertContains(answer, text, status_code=409, msg_prefix=url)
        assertNotContains(answer, "checked", status_code=409)
    assert reading in proposal.readings.all()
    assert not Point.objects.filter(text="Min tekst").exists()


@BOTH
def test_what_one_changed_is_merged_and_names_are_a_set(
    client: Client, they: User, htmx: dict[str, str]
) -> None:
    proposal = a_proposal()
    figure = Figure.objects.create(proposal=proposal, position=1, printed="4", what="x")
    for position, text in enumerate(("LAB", "LAS"), 1):
        Term.objects.create(proposal=proposal, kind="law", position=position, text=text)
    parts.edit_figure(figure.pk, version=1, printed="5", by=they)
    _edit(Proposal.objects.get(), they, idea="<p>Deres</p>")
    Term.objects.filter(text="LAB").delete()
    point = point_of(proposal, GAIN, 1)
    points.move_point(point.pk, to=3, by=they)

    for url, data in (
        ("/forslag/7/oplysninger/", {"number": 7, "theme": proposal.theme_id, "title": "Min"}),
        (f"/forslag/7/tal/{figure.pk}/", {"printed": "4", "what": "Mit"}),
        ("/forslag/7/regler/", {"law": "LAB\nLAS\nSEL", "law_base": "LAB\nLAS"}),
        (f"/forslag/7/punkter/{point.pk}/", {"text": "Mit punkt"}),
    ):  # fmt: skip
        answer = client.post(url, {"version": 1, **data}, headers=htmx)
        assert answer.status_code in {200, 302}, url

    row = Proposal.objects.get()
    assert (row.title, row.idea) == ("Min", "<p>Deres</p>")
    figure.refresh_from_db()
    assert (figure.printed, figure.low, figure.what) == ("5", Decimal(5), "Mit")
    assert [term.text for term in row.terms.all()] == ["LAS", "SEL"]
    assert texts(row, GAIN)[2] == "Mit punkt"


@BOTH
def test_what_was_changed_meanwhile_is_not_deleted_unseen(
    client: Client, they: User, htmx: dict[str, str]
) -> None:
    proposal = a_proposal()
    figure = Figure.objects.create(proposal=proposal, position=1, printed="4", what="x")
    point, other = point_of(proposal, GAIN, 1), point_of(proposal, GAIN, 2)
    points.edit_point(point.pk, version=1, text="Deres", by=they)
    points.move_point(other.pk, to=3, by=they)
    parts.edit_figure(figure.pk, version=1, source="Bilag 3", by=they)
    step = steps.add_step(proposal, status="idea", by=they)
    steps.edit_step(step.pk, version=1, status="law", by=they)
    link = parts.add_reference(proposal, to=a_proposal(8), wording="jf. 8", by=they)
    parts.edit_reference(link.pk, version=1, wording="se 8", by=they)
    urls = (
        f"/forslag/7/punkter/{point.pk}/",
        f"/forslag/7/tal/{figure.pk}/",
        f"/forslag/7/vejen/{step.pk}/",
        f"/forslag/7/henvisninger/{link.pk}/",
    )
    said = (
        "Gevinsten ”Deres” er rettet af",
        "Tallet 4 er rettet af",
        "Skridtet ”Kræver lovændring”",
        "Henvisningen er rettet af",
    )
    for url, words in zip(urls, said, strict=True):
        page = client.post(f"{url}fjernelse/", {**REMOVE, "version": 1}, headers=htmx)
        assertContains(page, words, status_code=409)
        assertContains(page, 'name="version" value="2"', status_code=409)
    assert texts(proposal, GAIN)[0] == "Deres"

    # Moved is not changed; and once it has been read it may go.
    moved = f"/forslag/7/punkter/{other.pk}/"
    for url, version in ((moved, 1), *((url, 2) for url in urls)):
        client.post(f"{url}fjernelse/", {**REMOVE, "version": version}, headers=htmx)
    assert texts(proposal, GAIN) == ["Mindre arbejde"]
    assert not Figure.objects.exists()
    assert not proposal.steps.exists()
    assert not proposal.references.exists()


@BOTH
def test_what_was_deleted_meanwhile_gives_back_what_was_typed(
    client: Client, they: User, htmx: dict[str, str]
) -> None:
    proposal, unit = a_proposal(), a_unit()
    figure = Figure.objects.create(proposal=proposal, position=1, printed="4", what="x")
    link = parts.add_reference(proposal, to=a_proposal(3), wording="jf. 3", by=they)
    point = point_of(proposal, GAIN, 2)
    a_shared_point(unit)
    row = point_of(unit, PointKind.ATTENTION, 1)
    for part in (figure, link):
        parts.remove_part(part, by=they)
    for gone in (point, row):
        points.remove_point(gone.pk, by=they)

    for url, data in (
        (f"/forslag/7/tal/{figure.pk}/", {"printed": "6", "what": "Min tekst"}),
        (f"/forslag/7/henvisninger/{link.pk}/", {"to": link.to_id, "wording": "Min tekst"}),
        (f"/forslag/7/punkter/{point.pk}/", {"text": "Min tekst"}),
        (f"/samdrift/1/punkter/{row.pk}/ordlyd/", {"text": "Min tekst"}),
    ):  # fmt: skip
        answer = client.post(url, {"version": 1, **data}, headers=htmx)
        assertContains(answer, "Min tekst", status_code=409, msg_prefix=url)
        assertContains(answer, "mens du skrev", status_code=409)
        assert client.get(url).status_code == 404
    place = f"/forslag/7/punkter/{point.pk}/plads/"
    moved = client.post(place, {"direction": "op"}, headers=htmx)
    assertContains(moved, "er slettet af", status_code=409)
    assert client.post("/forslag/7/tal/999/", {"printed": "1"}).status_code == 404


def test_a_choice_of_title_is_not_taken_back_once_the_proposal_was_changed(
    client: Client, they: User
) -> None:
    proposal = a_proposal()
    a_reading(proposal, "Titlen i oversigten")
    client.post("/forslag/7/titel/", {"choice": "overview", "version": 1})
    _edit(Proposal.objects.get(), they, title="Deres")

    page = client.post("/forslag/7/titel/", {"undo": 1}, follow=True)

    assertContains(page, "Forslaget er rettet siden. Titlen er ikke ændret.")
    assertNotContains(page, "Titlerne står igen")
    assert Proposal.objects.get().title == "Deres"


def test_what_others_edited_meanwhile_stays_when_its_adding_is_taken_back(
    client: Client, they: User
) -> None:
    a_proposal(7)
    other = a_proposal(8)
    note: Any = {
        "kind": "wording",
        "about": "Mit",
        "of": "rapport",
        "readings_sted": ["A", "B"],
    }
    note["readings_tekst"] = ["én", "to"]
    figure = {"printed": "4", "measure": "uger", "what": "Mit"}
    for url, data, model, theirs in (
        ("/forslag/7/punkter/ny/gevinst/", {"text": "Mit"}, Point, {"text": "Deres"}),
        ("/forslag/7/vejen/nyt/", {"status": "idea"}, Step, {"note": "Deres"}),
        ("/forslag/7/tal/ny/", figure, Figure, {"source": "Deres"}),
        ("/forslag/7/henvisninger/ny/", {"to": other.pk, "wording": "Mit"},
         CrossReference, {"wording": "Deres"}),
        ("/forslag/temaer/nyt/", {"number": 9, "title": "Mit"}, Theme, {"title": "Deres"}),
        ("/forslag/visninger/ny/?q=praktik", {"name": "Min"}, SavedView, {"name": "Deres"}),
        ("/forslag/uens/ny/", note, SourceNote, {"about": "Deres"}),
    ):  # fmt: skip
        rows: Any = model._default_manager.all()
        if model is Point:
            rows = rows.filter(position__gt=0)
        for edited in (True, False) if model in {Point, SavedView} else (True,):
            before = set(rows.values_list("pk", flat=True))
            page = client.post(url, data, follow=True)
            assert page.status_code == 200, url
            (row,) = rows.exclude(pk__in=before)
            undo = undo_in(page)
            if edited:
                row.touch(they)
                for name, value in theirs.items():
                    setattr(row, name, value)
                row.save()
            said = client.post(undo.url, dict(undo.fields), follow=True)
            assert rows.filter(pk=row.pk).exists() == edited, url
            if edited:
                assertContains(said, f"rettet af {they}", status_code=said.status_code)
                rows.filter(pk=row.pk).delete()


def undo_in(page: Any) -> Undo:
    """The step back that a page offers."""
    for message in page.context["messages"]:
        if undo := Undo.read(message.extra_tags or ""):
            return undo
    raise AssertionError(page.request["PATH_INFO"])
