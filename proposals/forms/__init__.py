"""Forms of proposals and units; a form's fields are its service's keywords."""

from proposals.forms.details import DependencyForm, FigureForm, ReferenceForm, TermsForm
from proposals.forms.points import (
    BeneficiaryForm,
    NewSharedPointForm,
    OwnWordingForm,
    PointForm,
    SharedPointForm,
    UnitsForm,
)
from proposals.forms.proposals import (
    ChosenTitleForm,
    IdeaForm,
    NewProposalForm,
    NewThemeForm,
    ProposalForm,
    ThemeForm,
    TitleForm,
)
from proposals.forms.units import NewUnitForm, UnitForm

__all__ = [
    "BeneficiaryForm",
    "ChosenTitleForm",
    "DependencyForm",
    "FigureForm",
    "IdeaForm",
    "NewProposalForm",
    "NewSharedPointForm",
    "NewThemeForm",
    "NewUnitForm",
    "OwnWordingForm",
    "PointForm",
    "ProposalForm",
    "ReferenceForm",
    "SharedPointForm",
    "TermsForm",
    "ThemeForm",
    "TitleForm",
    "UnitForm",
    "UnitsForm",
]
