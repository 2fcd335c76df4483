"""Forms of proposals and units; a form's fields are its service's keywords."""

from proposals.forms.details import DependencyForm, FigureForm, ReferenceForm, TermsForm
from proposals.forms.points import OwnWordingForm, PointForm, SharedPointForm
from proposals.forms.proposals import (
    ChosenTitleForm,
    IdeaForm,
    NewProposalForm,
    ProposalForm,
    TitleForm,
)
from proposals.forms.units import NewUnitForm, UnitForm

__all__ = [
    "ChosenTitleForm",
    "DependencyForm",
    "FigureForm",
    "IdeaForm",
    "NewProposalForm",
    "NewUnitForm",
    "OwnWordingForm",
    "PointForm",
    "ProposalForm",
    "ReferenceForm",
    "SharedPointForm",
    "TermsForm",
    "TitleForm",
    "UnitForm",
]
