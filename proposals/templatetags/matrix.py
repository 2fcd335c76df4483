"""What stands so often in the matrix of positions that a template for each is too slow."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import mark_safe

from core.templatetags.look import icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from proposals.queries.matrix import CellShown, MatrixRow

register = template.Library()


@register.simple_tag
def matrix_cells(row: MatrixRow, own_pk: object, changed: object) -> SafeString:
    """Draw the fields of a record side by side.

    Args:
        own_pk: the municipality whose column is marked.
        changed: path of the field that gets the focus.
    """
    cells = (
        _cell(
            cell,
            f"#svar-{row.record.number}",
            is_own=cell.municipality.pk == own_pk,
            is_changed=cell.url == changed,
        )
        for cell in row.cells
    )
    return mark_safe("".join(cells))  # noqa: S308 -- escaped below


@register.simple_tag
def spans(names: Iterable[str], nobody: str) -> SafeString:
    """Say names one after the other, each whole on its line; ``nobody`` where none is."""
    said = ", ".join(f"<span>{escape(name)}</span>" for name in names)
    return mark_safe(said or escape(nobody))  # noqa: S308 -- escaped


def _cell(cell: CellShown, target: str, *, is_own: bool, is_changed: bool) -> str:
    """Draw one: a link to its page, which htmx opens under the row."""
    glyph, url, label = cell.icon, escape(cell.url), escape(cell.label)
    own = " matrix__cell--own" if is_own else ""
    focus = " data-focus" if is_changed else ""
    return (
        f'<td class="matrix__cell{own}"><a class="{glyph}" href="{url}" hx-get="{url}" '
        f'hx-target="{target}" hx-swap="innerHTML" data-cell{focus} '
        f'aria-label="{label}" title="{label}">{icon(glyph)}</a></td>'
    )
