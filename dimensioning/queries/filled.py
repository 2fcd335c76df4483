"""A round's form as it is filled, and what it shall give."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from dimensioning.models import Cell, FormRow, Published, Round, Split
from dimensioning.shares.form import Form, column_targets, findings
from dimensioning.shares.receivers import Receiver
from dimensioning.shares.table import Tie
from dimensioning.shares.words.terms import PERCENT, Terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dimensioning.shares.form import Finding


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest figure that was published of a cell or a row, and for which year."""

    places: int
    study_year: str
    is_derived: bool
    source: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The form, with what its rows and columns are called and what was published before.

    Attributes:
        form: keys as ``institution:absalon`` and ``specialisation:dagtilbud``.
        percents: each specialisation's part.
        tie: where the percentages leave it open what a column shall give.
        versions: of each cell, and of each row's target, by its key.
        answered_by: the council that answers each row; none where no source says.
        latest: by cell, and by row for its sum.
    """

    form: Form
    terms: Terms
    percents: Mapping[str, Fraction]
    tie: Tie | None
    versions: Mapping[tuple[str, str] | str, int]
    answered_by: Mapping[str, tuple[int, str] | None]
    latest: Mapping[tuple[str, str] | str, Latest]

    @property
    def findings(self) -> Sequence[Finding]:
        """What does not agree."""
        return findings(self.form)

    def own(self, council: int) -> tuple[str, ...]:
        """The rows that a council answers for.

        Source: docs/rules.md R-154.
        """
        return tuple(
            row
            for row in self.form.rows
            if (of := self.answered_by[row]) and of[0] == council
        )


def filled(round_: Round) -> Filled:
    """Give the form: three questions."""
    rows = list(_rows(round_))
    splits = list(
        Split.objects.filter(round=round_)
        .select_related("specialisation")
        .order_by("specialisation__position")
    )
    columns = {
        _column(each.specialisation.key): each.specialisation.name for each in splits
    }
    percents = {
        _column(each.specialisation.key): Fraction(each.percent) for each in splits
    }
    targets = {_row(row): row.target for row in rows}
    shared = column_targets(
        targets, [Receiver(key, part) for key, part in percents.items()]
    )
    tie = shared if isinstance(shared, Tie) else None
    open_targets: Mapping[str, int | None] = dict.fromkeys(columns)
    form = Form(
        tuple(targets),
        tuple(columns),
        {
            (_row(row), _column(cell["specialisation"])): cell["places"]
            for row in rows
            for cell in row.told
        },
        targets,
        open_targets if isinstance(shared, Tie) else shared,
    )
    return Filled(
        form=form,
        terms=Terms(
            {**{_row(row): row.institution.name for row in rows}, **columns},
            "specialisering",
            "specialiseringer",
            weight=PERCENT,
        ),
        percents=percents,
        tie=tie,
        versions=_versions(rows),
        answered_by={_row(row): _council(row) for row in rows},
        latest=_latest(round_),
    )


def _row(row: Any) -> str:
    return f"institution:{row.institution.key}"


def _column(key: str) -> str:
    return f"specialisation:{key}"


def _council(row: Any) -> tuple[int, str] | None:
    council = row.institution.answered_by
    return (council.pk, council.name) if council else None


def _rows(round_: Round) -> Any:
    cells = (
        Cell.objects.filter(row=OuterRef("pk"))
        .order_by("specialisation__position")
        .values(
            told=JSONObject(
                specialisation=F("specialisation__key"),
                places=F("places"),
                version=F("version"),
            )
        )
    )
    return (
        FormRow.objects.filter(round=round_)
        .select_related("institution__answered_by")
        .annotate(told=ArraySubquery(cells))
        .order_by("institution__position")
    )


def _versions(rows: Sequence[Any]) -> dict[tuple[str, str] | str, int]:
    versions: dict[tuple[str, str] | str, int] = {}
    for row in rows:
        versions[_row(row)] = row.version
        for cell in row.told:
            versions[_row(row), _column(cell["specialisation"])] = cell["version"]
    return versions


def _latest(round_: Round) -> dict[tuple[str, str] | str, Latest]:
    """Give the newest figure of each, from study years before the round's.

    Source: docs/rules.md R-155.
    """
    found: dict[tuple[str, str] | str, Latest] = {}
    published = (
        Published.objects.filter(
            programme=round_.programme, study_year__lt=round_.study_year
        )
        .exclude(institution=None)
        .select_related("institution", "specialisation")
        .order_by("study_year")
    )
    for each in published:
        row = _row(each)
        place = (row, _column(each.specialisation.key)) if each.specialisation else row
        found[place] = Latest(
            each.places, each.study_year, each.is_derived, each.source
        )
    return found
