"""Forms become fixed text: a packet is read, not filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf

from documents.intake.scan import is_true

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def freeze_forms(pdf: Pdf, doomed: set[tuple[int, int]]) -> set[str]:
    """Draw every field into its page, and drop the form.

    The numbers of the fields' annotations are added to ``doomed``, so that the structure
    tree forgets them too.

    Returns:
        Keys of ``sentences.NOTES``.
    """
    form = pdf.Root.get(Name.AcroForm)
    if form is None:
        return set()
    notes = set()
    widgets = [item for _, item in numbered_annotations(pdf) if _is_field(item)]
    if widgets and isinstance(form, Dictionary):
        notes.add("form")
        if any(_is_signature(widget) for widget in widgets):
            notes.add("signature")
        if is_true(form.get(Name.NeedAppearances)):
            pdf.generate_appearance_streams()
        doomed |= {widget.objgen for widget in widgets if widget.is_indirect}
        _draw_fields(pdf)
    if Name.AcroForm in pdf.Root:
        del pdf.Root.AcroForm
    return notes


def numbered_annotations(pdf: Pdf) -> Iterator[tuple[int, Any]]:
    """Every annotation that is a dictionary, with its page's number, from 1."""
    for number, page in enumerate(pdf.pages, 1):
        for item in annotations_of(page.obj):
            yield number, item


def annotations_of(page: Any) -> Iterator[Any]:
    """Every annotation of one page that is a dictionary, in the order drawn."""
    found = page.get(Name.Annots)
    for item in found if isinstance(found, Array) else []:
        if isinstance(item, Dictionary):
            yield item


def take_annotations(
    pdf: Pdf, doomed: set[tuple[int, int]], must_go: Callable[[Any], bool]
) -> bool:
    """Take annotations off their pages; whether there were any.

    Their numbers are added to ``doomed``, so that the structure tree forgets them too.
    """
    found = False
    for page in pdf.pages:
        listed: Any = page.obj.get(Name.Annots)
        for index in reversed(range(len(listed) if isinstance(listed, Array) else 0)):
            item = listed[index]
            if isinstance(item, Dictionary) and must_go(item):
                found = True
                del listed[index]
                if item.is_indirect:
                    doomed.add(item.objgen)
    return found


def _is_field(annotation: Any) -> bool:
    return bool(annotation.get(Name.Subtype) == Name.Widget)


def _is_signature(widget: Any) -> bool:
    kind = widget.get(Name.FT)
    parent = widget.get(Name.Parent)
    if kind is None and isinstance(parent, Dictionary):
        kind = parent.get(Name.FT)
    return bool(kind == Name.Sig)


def _draw_fields(pdf: Pdf) -> None:
    """Flatten the fields only: other annotations are kept aside meanwhile."""
    aside = {}
    for index, page in enumerate(pdf.pages):
        found = page.obj.get(Name.Annots)
        if isinstance(found, Array):
            aside[index] = [
                item
                for item in found
                if isinstance(item, Dictionary) and not _is_field(item)
            ]
            fields = [i for i in found if isinstance(i, Dictionary) and _is_field(i)]
            page.obj.Annots = Array(fields)
    pdf.flatten_annotations("all")
    for index, kept in aside.items():
        page = pdf.pages[index]
        if kept:
            page.obj.Annots = Array(kept)
        elif Name.Annots in page.obj:
            del page.obj.Annots
