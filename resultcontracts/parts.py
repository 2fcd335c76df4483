"""What a contract consists of: each kind of row, where it belongs, and what it is called.

One table, so that adding, editing, deleting and bringing back are written once.

Source: docs/rules.md R-125, R-164.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from resultcontracts.models import (
    Activity,
    Benchmark,
    BudgetLine,
    Contract,
    Goal,
    GoalKind,
    LocalAgreement,
    Measure,
    MunicipalResult,
    Paper,
    Remark,
    ReportingLine,
    SharedTotal,
    TargetRevision,
    Verdict,
)

if TYPE_CHECKING:
    from core.models import Versioned


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of row of a contract.

    Attributes:
        word: what stands for it in an address.
        parent: what it belongs to, and ``of``: the field that says to which.
        name: with its article, "et målepunkt"; ``the``: "målepunktet".
        to_contract: the lookup from a row to its contract; of what is the house's, to the
            agreement.
        has_key, has_position: it gets a stable key, or a place after the others.
        needs: rows that keep it from being deleted → what to say of them.
        is_of_house: it belongs to the house and the council, and so to each of the
            contracts between them: an agreement outlives a contract's year.
    """

    word: str
    model: type[Versioned]
    parent: type[Versioned]
    of: str
    name: str
    the: str
    to_contract: str
    has_key: bool = False
    has_position: bool = False
    needs: tuple[tuple[str, str], ...] = ()
    is_of_house: bool = False

    @property
    def noun(self) -> str:
        """The name without its article."""
        return self.name.partition(" ")[2]

    def of_contract(self, house: Any, council: Any, contract: Any) -> dict[str, Any]:
        """Give the lookups of the rows that a contract has, by what it is known by."""
        if not self.is_of_house:
            return {self.to_contract: contract}
        start = self.to_contract
        return {f"{start}house": house, f"{start}municipality__council": council}

    def holder(self, parent: Any) -> Any:
        """Give what the field ``of`` of a row names: its parent, or the house of it."""
        return parent.house if self.is_of_house and self.parent is Contract else parent


_OF_GOAL: Final = "goal__contract"
_OF_MEASURE: Final = "measure__goal__contract"
_MEASURED: Final = (
    "Der er målinger, og de bliver stående. Skriv i stedet, at det er udgået."
)
PARTS: Final[dict[str, Part]] = {
    part.word: part
    for part in (
        Part("slags", GoalKind, Contract, "contract", "en slags mål", "slagsen",
             "contract", has_key=True, has_position=True,
             needs=(("goals", "Der er mål af slagsen. Flyt dem først."),)),
        Part("dokument", Paper, Contract, "contract", "et dokument", "dokumentet",
             "contract", has_key=True),
        Part("aftale", LocalAgreement, Contract, "house", "en lokal aftale", "aftalen",
             "", has_key=True, is_of_house=True),
        Part("budgetpost", BudgetLine, LocalAgreement, "agreement", "en budgetpost",
             "budgetposten", "agreement__", has_position=True, is_of_house=True),
        Part("maal", Goal, Contract, "contract", "et mål", "målet", "contract",
             has_key=True,
             needs=(("measures__measurements", _MEASURED),
                    ("measures__verdicts", "Der er vurderinger, og de bliver stående."),
                    ("followed_by", "Et andet mål følger det. Ret det først."))),
        Part("linje", ReportingLine, Goal, "goal", "en afrapportering",
             "afrapporteringen", _OF_GOAL, has_position=True),
        Part("bemaerkning", Remark, Goal, "goal", "en bemærkning", "bemærkningen",
             _OF_GOAL, has_position=True),
        Part("maalepunkt", Measure, Goal, "goal", "et målepunkt", "målepunktet",
             _OF_GOAL, has_key=True, has_position=True,
             needs=(("measurements", _MEASURED),
                    ("verdicts", "Der er vurderinger, og de bliver stående."))),
        Part("maaltal", TargetRevision, Measure, "measure", "et måltal", "måltallet",
             _OF_MEASURE),
        Part("vurdering", Verdict, Measure, "measure", "en vurdering", "vurderingen",
             _OF_MEASURE),
        Part("sammenligning", Benchmark, Measure, "measure", "et sammenligningstal",
             "sammenligningstallet", _OF_MEASURE),
        Part("aktivitet", Activity, Measure, "measure", "en aktivitet", "aktiviteten",
             _OF_MEASURE, has_position=True),
        Part("tal-at-dele", SharedTotal, Measure, "measure", "et tal at dele",
             "tallet at dele", _OF_MEASURE, has_position=True),
        Part("kommune", MunicipalResult, Measure, "measure", "en kommunes tal",
             "kommunens tal", _OF_MEASURE),
    )
}  # fmt: skip
CHILDREN: Final[dict[type[Any], tuple[Part, ...]]] = {
    parent: tuple(part for part in PARTS.values() if part.parent is parent)
    for parent in (Contract, LocalAgreement, Goal, Measure)
}
"""What hangs on a row of a kind, and goes with it when it is deleted."""
