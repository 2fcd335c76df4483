"""Every form of the catalogues: how much it takes, and what it lets itself be told."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, Final

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction

import proposals.forms
from proposals.models.bounds import BODY, KEPT
from proposals.services.records import edit_record
from tests.kkr.test_access import fingerprint
from tests.makers import a_meeting, a_secretary
from tests.makers_around import a_group, a_place, a_vision
from tests.makers_packets import a_council
from tests.makers_proposals import a_proposal, a_shared_point, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from accounts.models import Council

pytestmark = pytest.mark.django_db
# Form → whose columns its texts are written to; or why it writes none by itself.
WRITES: Final = {
    "AnswersForm": "Position", "BeneficiaryForm": "", "CallForm": "PositionCall",
    "ChosenTitleForm": "Proposal", "ChosenWordsForm": "SourceNote",
    "ClusterForm": "Cluster", "DeadlineForm": "PositionCall", "DependencyForm": "Dependency",
    "FigureForm": "Figure", "GainForm": "Point", "IdeaForm": "Proposal",
    "NewNoteForm": "SourceNote", "NewProposalForm": "Proposal",
    "NewSharedPointForm": "SharedPoint", "NewThemeForm": "Theme",
    "NewUnitForm": "CooperationUnit", "NewViewForm": "SavedView",
    "NewVisionForm": "Vision", "NoteForm": "SourceNote", "OwnWordingForm": "Point",
    "PointForm": "Point", "PositionForm": "Position", "ProposalForm": "Proposal",
    "ReadingForm": "", "ReferenceForm": "CrossReference",
    "SharedPointForm": "SharedPoint", "StepForm": "Step", "ThemeForm": "Theme",
    "ThemeTitle": "Theme", "TitleForm": "", "TitleReadingForm": "TitleReading",
    "UnitForm": "CooperationUnit", "ViewForm": "SavedView", "VisionForm": "Vision",
}  # fmt: skip
# Fields whose column is called otherwise.
CALLED: Final = {
    "BeneficiaryForm.new": "Point.beneficiary",
    "NewProposalForm.new_theme": "Theme.title",
    "ReadingForm.own": "SourceNote.chosen",
    "TitleForm.own": "Proposal.title",
}
# Names that no browser may tell: whose a row is, who wrote it, when, and which it is.
OURS: Final = frozenset(
    [
        "id",
        "pk",
        "key",
        "council",
        "catalogue",
        "user",
        "is_staff",
        "changed_by",
        "changed_at",
        "sent_at",
        "sent_by",
        "closed_at",
        "closed_by",
        "entered_by",
        "settled_by",
        "removed_number",
        "removed_position",
    ]
)


def all_forms() -> dict[str, Any]:
    """The forms of the catalogues, by name."""
    return {
        name: each
        for module in walk_packages(proposals.forms.__path__, "proposals.forms.")
        for name, each in vars(import_module(module.name)).items()
        if isinstance(each, type)
        and issubclass(each, forms.BaseForm)
        and each.__module__.startswith("proposals.forms")
    }


def texts_of(form: Any) -> Iterator[tuple[str, forms.CharField]]:
    for name, field in form.base_fields.items():
        if isinstance(field, forms.CharField):
            yield name, deepcopy(field)


def test_every_text_has_a_bound_that_its_column_can_hold() -> None:
    found = all_forms()
    assert {name for name, form in found.items() if list(texts_of(form))} == set(WRITES)
    bounds = 0
    for form, model in WRITES.items():
        for name, field in texts_of(found[form]):
            owner, _, column = CALLED.get(
                f"{form}.{name}", f"{model}.{name}"
            ).partition(".")
            kept: Any = apps.get_model("proposals", owner)._meta.get_field(column)
            where = f"{form}.{name}"
            assert isinstance(kept, models.CharField | models.TextField), where
            assert field.max_length, where
            assert field.max_length <= (kept.max_length or 0), where
            field.required = False
            with pytest.raises(forms.ValidationError, match="højst"):
                field.clean("å" * (field.max_length + 1))
            bounds += 1
    assert bounds > 50


def test_no_form_is_told_whose_a_row_is_or_who_wrote_it() -> None:
    for name, form in all_forms().items():
        assert not OURS & set(form.base_fields), name
        if issubclass(form, forms.BaseModelForm):
            assert isinstance(form._meta.fields, tuple), name


@dataclass(frozen=True)
class Rows:
    """A council's rows, one of each kind that a form may name."""

    proposal: int
    other: int
    unit: int
    grouped: int
    theme: int
    meeting: int
    vision: int
    place: int
    group: int
    shared: str

    @classmethod
    def of(cls, council: Council, first: int) -> Rows:
        """Make them.

        Args:
            first: the number of its first proposal and unit.
        """
        proposal, other = (a_proposal(first + n, council=council) for n in (0, 1))
        unit, more = (a_unit(first + n, council=council) for n in (0, 1))
        return cls(
            proposal=proposal.pk,
            other=other.pk,
            unit=more.pk,
            grouped=unit.pk,
            theme=proposal.theme_id,
            meeting=a_meeting(council=council, sections=()).pk,
            vision=a_vision(council, number=first).pk,
            place=a_place(council, f"By {first}").pk,
            group=a_group(unit, "Nord").pk,
            shared=a_shared_point(unit, more).key,
        )


# Address, what is sent beside, the field, and what of the rows it names.
NAMING: Final[list[tuple[str, dict[str, Any], str, str]]] = [
    ("/forslag/holdninger/opkald/", {"due_on": "1.1.2099", "remind_before": "0",
     "municipalities": "{place}"}, "records", "proposal"),
    ("/forslag/holdninger/opkald/", {"due_on": "1.1.2099", "remind_before": "0",
     "records": "{proposal}"}, "municipalities", "place"),
    ("/forslag/nyt/", {"title": "x"}, "theme", "theme"),
    ("/forslag/1/oplysninger/", {"title": "x", "number": "1", "version": "1"}, "theme",
     "theme"),
    ("/forslag/1/vejen/nyt/", {"status": "law"}, "meeting", "meeting"),
    ("/forslag/status/", {"status": "law", "valgt": "1"}, "meeting", "meeting"),
    ("/forslag/1/henvisninger/ny/", {"wording": "x"}, "to", "other"),
    ("/samdrift/1/henvisninger/ny/", {"text": "x", "kind": "elaborates"}, "to", "unit"),
    ("/samdrift/2/oplysninger/", {"title": "x", "number": "2", "scope": "cluster",
     "version": "1"}, "groups_of", "grouped"),
    ("/samdrift/1/grupper/ny/", {"name": "x"}, "members", "place"),
    ("/samdrift/1/grupper/placering/", {}, "m{place}", "group"),
    ("/forslag/1/visioner/", {}, "visions", "vision"),
    ("/samdrift/faelles/nyt/", {"name": "x", "stem": "x"}, "units", "unit"),
    ("/forslag/uens/ny/", {"about": "x", "kind": "missing", "readings_sted": "x",
     "readings_tekst": "x"}, "of", "owner"),
]  # fmt: skip


def test_a_form_takes_a_row_of_its_council_and_refuses_one_of_another(
    client: Client,
) -> None:
    """The same form with the own row is taken: it is the row that is refused."""
    by = a_secretary()
    client.force_login(by)
    own, other = Rows.of(a_council(), 1), Rows.of(a_council("hovedstaden"), 5)
    told = {**vars(own), "owner": "forslag-1"}, {**vars(other), "owner": "forslag-5"}
    before = fingerprint()
    for url, sent, field, names in NAMING:
        beside = {name: value.format(**told[0]) for name, value in sent.items()}
        name = field.format(**told[0])
        refused = client.post(url, {**beside, name: told[1][names]})
        with transaction.atomic():
            taken = client.post(url, {**beside, name: told[0][names]})
            transaction.set_rollback(True)
        answers = (taken.status_code, refused.status_code)
        assert answers in {(200, 422), (302, 422)}, (url, field, answers)
    assert {**fingerprint(), "django_session": ""} == {**before, "django_session": ""}


def test_every_field_that_names_rows_is_tried() -> None:
    choosing = {
        name
        for form in all_forms().values()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ModelChoiceField | forms.TypedMultipleChoiceField)
    }
    # What a form began with; it only ever takes the record's own out.
    assert choosing - {"base"} == {field for _, _, field, _ in NAMING} & choosing
    assert len(choosing) > 8


def test_a_body_that_is_too_long_is_refused_and_stays_in_its_field(
    client: Client,
) -> None:
    record, by = a_proposal(1, idea="<p>Kort.</p>"), a_secretary()
    client.force_login(by)
    written = "Ordene. " * (BODY // 8)
    url = "/forslag/1/ideen/"

    for text, status in ((f"{written}For lang.", 422), (written, 302)):
        answer = client.post(url, {"idea": text, "version": record.version})
        assert answer.status_code == status
        if status == 422:
            page = answer.content.decode()
            assert text in page
            assert "højst" in page
            assert 'aria-invalid="true"' in page
    record.refresh_from_db()
    assert len(record.idea) > BODY // 2

    # What comes past a form, from a spreadsheet, is told by how much.
    with pytest.raises(
        ValidationError, match=r"har 25\.001 tegn. Den må højst have 20\.000"
    ):
        edit_record(record, version=record.version, idea="å" * (KEPT + 1), by=by)
