"""Records as the pages of positions list them: one query.

Source: docs/rules.md R-87.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from proposals.choices import CatalogueKind
from proposals.queries.about import about, told
from proposals.queries.calls import model_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from proposals.models import Catalogue
    from proposals.queries.about import About

KINDS: Final = {
    "forslag": CatalogueKind.SIMPLIFICATION,
    "samdrift": CatalogueKind.COOPERATION,
}


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record as the matrix shows it; ``about`` is what it says, where that is read."""

    pk: int
    key: str
    number: int
    title: str
    theme: str = ""
    theme_key: str = ""
    about: About | None = None


def record_lines(
    catalogue: Catalogue, only: set[int] | None = None
) -> tuple[RecordLine, ...]:
    """Give the records of a catalogue, by theme and number: one query.

    Args:
        only: no others than these; None for all.
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
    return tuple(map(_line, rows.order_by(*order).values(*names)))


def with_texts(
    catalogue: Catalogue, lines: Iterable[RecordLine]
) -> tuple[RecordLine, ...]:
    """Give records, such as those of one page, with what each says: one query."""
    shown = {line.pk: line for line in lines}
    model = model_of(catalogue.kind)
    rows: Any = model._default_manager  # noqa: SLF001 -- Django's
    own = rows.filter(pk__in=shown).annotate(**told(model))
    said = {
        pk: about(model.owner, *texts)
        for pk, *texts in own.values_list("pk", "about", "json_points", "json_names")
    }
    return tuple(replace(line, about=said.get(pk)) for pk, line in shown.items())


def _line(row: Mapping[str, Any]) -> RecordLine:
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
    )
