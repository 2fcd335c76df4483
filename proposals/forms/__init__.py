"""Forms of proposals and units; a form's fields are its service's keywords."""

from proposals.forms.around import (
    ChosenWordsForm,
    ClusterForm,
    NewVisionForm,
    PlacingForm,
    ReadingForm,
    ServedForm,
    VisionForm,
)
from proposals.forms.details import DependencyForm, FigureForm, ReferenceForm, TermsForm
from proposals.forms.notes import NewNoteForm, NoteForm
from proposals.forms.points import (
    BeneficiaryForm,
    GainForm,
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
    TitleReadingForm,
)
from proposals.forms.referring import refer
from proposals.forms.saved_views import NewViewForm, ViewForm
from proposals.forms.steps import StepForm
from proposals.forms.units import NewUnitForm, UnitForm

__all__ = [
    "BeneficiaryForm",
    "ChosenTitleForm",
    "ChosenWordsForm",
    "ClusterForm",
    "DependencyForm",
    "FigureForm",
    "GainForm",
    "IdeaForm",
    "NewNoteForm",
    "NewProposalForm",
    "NewSharedPointForm",
    "NewThemeForm",
    "NewUnitForm",
    "NewViewForm",
    "NewVisionForm",
    "NoteForm",
    "OwnWordingForm",
    "PlacingForm",
    "PointForm",
    "ProposalForm",
    "ReadingForm",
    "ReferenceForm",
    "ServedForm",
    "SharedPointForm",
    "StepForm",
    "TermsForm",
    "ThemeForm",
    "TitleForm",
    "TitleReadingForm",
    "UnitForm",
    "UnitsForm",
    "ViewForm",
    "VisionForm",
    "refer",
]
