"""What belongs to a whole file and goes along with its pages: form fields and layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from documents.objects import drop

if TYPE_CHECKING:
    from collections.abc import Iterator

_READ_ONLY = 1


def carry_over(pdf: Pdf, source: Pdf, prefix: str) -> None:
    """Take along the fields and layers of ``source``, whose pages ``pdf`` has copied.

    Fields come under one field called ``prefix``, filled as they are and read-only;
    a signature keeps its look but no longer claims to sign anything.
    """
    form, layers = source.Root.get("/AcroForm"), source.Root.get("/OCProperties")
    if isinstance(form, Dictionary) and len(form.get("/Fields", ())):
        _carry_fields(pdf, pdf.copy_foreign(_indirect(source, form)), prefix)
    if isinstance(layers, Dictionary) and len(layers.get("/OCGs", ())):
        _carry_layers(pdf, pdf.copy_foreign(_indirect(source, layers)))


def _indirect(pdf: Pdf, value: Any) -> Any:
    return value if value.is_indirect else pdf.make_indirect(value)


def _carry_fields(pdf: Pdf, form: Any, prefix: str) -> None:
    group = pdf.make_indirect(Dictionary(T=String(prefix), Kids=form.Fields))
    if "/DA" in form:
        group.DA = form.DA
    for field in form.Fields:
        field.Parent = group
    for field in _fields(form.Fields):
        _freeze(field)
    if "/AcroForm" not in pdf.Root:
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array()))
    whole = pdf.Root.AcroForm
    whole.Fields.append(group)
    fonts = form.get("/DR", Dictionary()).get("/Font")
    if isinstance(fonts, Dictionary) and "/DR" not in whole:
        whole.DR = Dictionary(Font=Dictionary())
    for name, font in fonts.items() if isinstance(fonts, Dictionary) else ():
        if name not in whole.DR.Font:
            whole.DR.Font[name] = font


def _freeze(field: Any) -> None:
    """Leave what the field shows; nobody fills it in or trusts its signature here."""
    field.Ff = int(field.get("/Ff", 0)) | _READ_ONLY
    if field.get("/FT") == Name.Sig:
        drop(field, "/V", "/Lock", "/SV")
    if "/T" in field and not str(field.get("/TU", "")).strip():
        field.TU = field.T


def _fields(top: Any) -> Iterator[Any]:
    """All fields from ``top`` down, each once."""
    seen: set[tuple[int, int]] = set()
    todo = list(top)
    while todo:
        field = todo.pop()
        if isinstance(field, Dictionary) and field.objgen not in seen:
            seen.add(field.objgen)
            yield field
            todo += list(field.get("/Kids", ()))


def _carry_layers(pdf: Pdf, layers: Any) -> None:
    """Keep what is switched off switched off."""
    if "/OCProperties" not in pdf.Root:
        shown = Dictionary(Name=String("Lag"), OFF=Array(), Order=Array())
        pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=shown)
    whole, default = pdf.Root.OCProperties, layers.get("/D", Dictionary())
    groups = list(layers.OCGs)
    hidden = list(default.get("/OFF", ()))
    if default.get("/BaseState") == Name.OFF:
        on = {group.objgen for group in default.get("/ON", ())}
        hidden = [group for group in groups if group.objgen not in on]
    whole.OCGs.extend(groups)
    whole.D.OFF.extend(hidden)
    whole.D.Order.extend(groups)
