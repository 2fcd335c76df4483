"""The rows of result contracts."""

from resultcontracts.models.around import (
    Benchmark,
    BudgetLine,
    LocalAgreement,
    MunicipalResult,
    SharedTotal,
)
from resultcontracts.models.claim import Claim, ContradictionAnswer
from resultcontracts.models.contract import Contract, GoalKind, Paper
from resultcontracts.models.evidence import Evidence
from resultcontracts.models.goal import Goal, Remark, ReportingLine
from resultcontracts.models.measure import Activity, Measure, TargetRevision
from resultcontracts.models.measurement import Measurement, Verdict
from resultcontracts.models.note import GoalNote

__all__ = [
    "Activity",
    "Benchmark",
    "BudgetLine",
    "Claim",
    "Contract",
    "ContradictionAnswer",
    "Evidence",
    "Goal",
    "GoalKind",
    "GoalNote",
    "LocalAgreement",
    "Measure",
    "Measurement",
    "MunicipalResult",
    "Paper",
    "Remark",
    "ReportingLine",
    "SharedTotal",
    "TargetRevision",
    "Verdict",
]
