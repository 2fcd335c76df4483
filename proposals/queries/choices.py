"""What can be chosen to be printed of a council's catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from accounts.models import Municipality
from core.formats import listed
from proposals.choices import CatalogueKind
from proposals.models import Catalogue, CooperationUnit, Proposal, Theme
from proposals.queries.steps import LAST_NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from accounts.models import Council

type Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CatalogueChoice:
    """A catalogue with its cuts, as they are chosen from a list.

    Attributes:
        groups: headings with their choices: value and name.
        by_number: values of its records.
    """

    pk: int
    title: str
    groups: tuple[tuple[str, Choices], ...]
    by_number: Mapping[int, str]

    @property
    def records(self) -> Choices:
        """The records among them; they stand last."""
        return self.groups[-1][1]

    @property
    def cuts(self) -> frozenset[str]:
        """The values of them all."""
        return frozenset(value for _, choices in self.groups for value, _ in choices)


def catalogues_with_cuts(
    council: Council, kind: CatalogueKind
) -> tuple[CatalogueChoice, ...]:
    """Give a council's catalogues of a kind with what can be cut of each: one query."""
    rows: Any = Catalogue.objects.filter(council=council, kind=kind)
    is_units = kind == CatalogueKind.COOPERATION
    records: Any = CooperationUnit if is_units else Proposal
    own = records.objects.present().filter(catalogue=OuterRef("pk"))
    rows = rows.annotate(json_records=_json(own))
    if is_units:
        return tuple(
            CatalogueChoice(
                row.pk,
                row.title,
                (("En samdriftsenhed", _named(row.json_records, "unit")),),
                _numbered(row.json_records, "unit"),
            )
            for row in rows
        )
    filled = Proposal.objects.present().filter(theme=OuterRef("pk"))
    themes = Theme.objects.filter(Exists(filled), catalogue=OuterRef("pk"))
    return tuple(
        CatalogueChoice(
            row.pk,
            row.title,
            (
                ("Et tema", _named(row.json_themes, "theme")),
                ("Et forslag", _named(row.json_records, "proposal")),
            ),
            _numbered(row.json_records, "proposal"),
        )
        for row in rows.annotate(json_themes=_json(themes))
    )


def chosen_keys(catalogue: Catalogue, numbers: Iterable[int]) -> dict[int, str]:
    """Give, by number, what a cut calls the records of some numbers: one query.

    A number that no record has is left out.
    """
    is_units = catalogue.kind == CatalogueKind.COOPERATION
    records: Any = CooperationUnit if is_units else Proposal
    rows = records.objects.present().filter(
        catalogue=catalogue, number__in=[n for n in numbers if n <= LAST_NUMBER]
    )
    pairs = rows.order_by("number").values_list("number", "key")
    return {number: f"{records.owner}:{key}" for number, key in pairs}


def own_municipalities(council: Council) -> list[tuple[int, str]]:
    """Give a council's municipalities in Danish order, by code: one query."""
    rows = Municipality.objects.filter(council=council)
    return [(row.code, row.name) for row in rows]


def _json(rows: QuerySet[Any]) -> ArraySubquery:
    shown = JSONObject(key="key", number="number", title="title")
    return ArraySubquery(rows.order_by("number", "pk").values(json=shown))


def _numbered(rows: list[dict[str, Any]], kind: str) -> dict[int, str]:
    return {row["number"]: f"{kind}:{row['key']}" for row in rows}


def _named(rows: list[dict[str, Any]], kind: str) -> Choices:
    return tuple(
        (f"{kind}:{row['key']}", f"{row['number']}. {row['title']}") for row in rows
    )


@dataclass(frozen=True, slots=True)
class OfThemes:
    """What a document of some themes is called by.

    Attributes:
        words: what its title ends with: ", tema 2 og 4".
        key: what its own key ends with: "/themes:ret-og-pligt+styring".
    """

    words: str = ""
    key: str = ""


def of_themes(themes: Collection[int]) -> OfThemes:
    """Give what a document of some themes is called by; of all, as the whole is. 1 query.

    Args:
        themes: ids; none is all.
    """
    if not themes:
        return OfThemes()
    rows = Theme.objects.filter(pk__in=themes).order_by("number")
    found = list(rows.values_list("number", "key"))
    if not found:
        return OfThemes()
    numbers = listed([str(number) for number, _ in found])
    keys = "+".join(sorted(key for _, key in found))
    return OfThemes(f", tema {numbers}", f"/themes:{keys}")
