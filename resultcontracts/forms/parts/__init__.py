"""Forms of what a contract consists of, one a kind (``resultcontracts.parts``).

Source: docs/rules.md R-125.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resultcontracts.forms.parts.agreement import AgreementForm, BudgetLineForm
from resultcontracts.forms.parts.around import (
    BenchmarkForm,
    MunicipalResultForm,
    SharedTotalForm,
)
from resultcontracts.forms.parts.contract import GoalKindForm, PaperForm
from resultcontracts.forms.parts.goal import GoalForm, RemarkForm, ReportingLineForm
from resultcontracts.forms.parts.measure import ActivityForm, MeasureForm, VerdictForm
from resultcontracts.forms.parts.target import TargetForm

if TYPE_CHECKING:
    from resultcontracts.forms.parts.base import PartForm

FORMS: Final[dict[str, type[PartForm]]] = {
    "slags": GoalKindForm,
    "dokument": PaperForm,
    "aftale": AgreementForm,
    "budgetpost": BudgetLineForm,
    "maal": GoalForm,
    "linje": ReportingLineForm,
    "bemaerkning": RemarkForm,
    "maalepunkt": MeasureForm,
    "maaltal": TargetForm,
    "vurdering": VerdictForm,
    "sammenligning": BenchmarkForm,
    "aktivitet": ActivityForm,
    "tal-at-dele": SharedTotalForm,
    "kommune": MunicipalResultForm,
}
