"""The rows of result contracts."""

from resultcontracts.models.around import (
    Benchmark,
    BudgetLine,
    LocalAgreement,
    MunicipalResult,
    SharedTotal,
)
from resultcontracts.models.calls import (
    CallRule,
    Contact,
    ReportDraft,
    Round,
    RoundLetter,
    RoundLink,
)
from resultcontracts.models.claim import Claim, ContradictionAnswer
from resultcontracts.models.contract import Contract, GoalKind, Paper
from resultcontracts.models.evidence import Evidence
from resultcontracts.models.goal import Goal, Remark, ReportingLine
from resultcontracts.models.house_question import HouseQuestion
from resultcontracts.models.measure import Activity, Measure, TargetRevision
from resultcontracts.models.measurement import Measurement, Verdict
from resultcontracts.models.note import GoalNote
from resultcontracts.models.sheets import ContractExport, ContractImport

__all__ = [
    "Activity",
    "Benchmark",
    "BudgetLine",
    "CallRule",
    "Claim",
    "Contact",
    "Contract",
    "ContractExport",
    "ContractImport",
    "ContradictionAnswer",
    "Evidence",
    "Goal",
    "GoalKind",
    "GoalNote",
    "HouseQuestion",
    "LocalAgreement",
    "Measure",
    "Measurement",
    "MunicipalResult",
    "Paper",
    "Remark",
    "ReportDraft",
    "ReportingLine",
    "Round",
    "RoundLetter",
    "RoundLink",
    "SharedTotal",
    "TargetRevision",
    "Verdict",
]
