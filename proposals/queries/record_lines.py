"""Records as the pages of positions list them: one query.

Source: docs/rules.md R-87.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from proposals.choices import CatalogueKind
from proposals.queries.about import about, told
from proposals.queries.calls import model_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from proposals.models import Catalogue
    from proposals.queries.about import About

KINDS: Final = {
    "forslag": CatalogueKind.SIMPLIFICATION,
    "samdrift": CatalogueKind.COOPERATION,
}


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record as the matrix shows it."""

    pk: int
    key: str
    number: int
    title: str
    theme: str = ""
    theme_key: str = ""
    about: About | None = None


def record_lines(
    catalogue: Catalogue, only: set[int] | None = None, *, has_texts: bool = False
) -> tuple[RecordLine, ...]:
    """Give the records of a catalogue, by theme and number: one query.

    Args:
        only: no others than these; None for all.
        has_texts: each with what it says.
    """
    is_simple = catalogue.kind == CatalogueKind.SIMPLIFICATION
    model = model_of(catalogue.kind)
    rows: Any = model._default_manager  # noqa: SLF001 -- Django's
    rows = rows.filter(catalogue=catalogue).present()
    if only is not None:
        rows = rows.filter(pk__in=only)
    names, order = ["pk", "key", "number", "title"], ["number", "pk"]
    if is_simple:
        names += ["theme__number", "theme__title", "theme__key"]
        order.insert(0, "theme__number")
    texts = told(model) if has_texts else {}
    found = rows.annotate(**texts).order_by(*order).values(*names, *texts)
    return tuple(_line(row, model.owner, has_texts=has_texts) for row in found)


def _line(row: Mapping[str, Any], owner: str, *, has_texts: bool) -> RecordLine:
    theme = (
        f"{row['theme__number']}. {row['theme__title']}" if "theme__key" in row else ""
    )
    return RecordLine(
        pk=row["pk"],
        key=row["key"],
        number=row["number"],
        title=row["title"],
        theme=theme,
        theme_key=row.get("theme__key", ""),
        about=about(owner, row["about"], row["json_points"], row["json_names"])
        if has_texts
        else None,
    )
