"""In what the views of proposals and of units differ; all else they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from proposals.forms import NewProposalForm, NewUnitForm, ProposalForm, UnitForm
from proposals.models import CooperationUnit, Proposal
from proposals.services import records

if TYPE_CHECKING:
    from collections.abc import Callable

    from proposals.models import Record


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record.

    Attributes:
        name: begins the sentence after a write: "Forslag 7 er gemt."
        list_url, list_name: its list's URL name, and what a trail calls the list.
        page, form_page: templates of one record.
        form, new_form: edit one, and create one by ``create``.
    """

    model: type[Record]
    name: str
    list_url: str
    list_name: str
    page: str
    form_page: str
    form: Callable[..., Any]
    new_form: Callable[..., Any]
    create: Callable[..., Record]


PROPOSALS: Final = Kind(
    model=Proposal,
    name="Forslag",
    list_url="proposals:catalogue",
    list_name="Forslag",
    page="proposals/proposal.html",
    form_page="proposals/proposal_form.html",
    form=ProposalForm,
    new_form=NewProposalForm,
    create=records.create_proposal,
)
UNITS: Final = Kind(
    model=CooperationUnit,
    name="Samdriftsenhed",
    list_url="proposals:units",
    list_name="Samdriftskataloget",
    page="proposals/unit.html",
    form_page="proposals/unit_form.html",
    form=UnitForm,
    new_form=NewUnitForm,
    create=records.create_unit,
)
KINDS: Final = {kind.model.word: kind for kind in (PROPOSALS, UNITS)}
