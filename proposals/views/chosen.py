"""Which cut of a catalogue an address chooses, and with which options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404

from core import clock
from proposals.prints import order_for, sources

if TYPE_CHECKING:
    from django import forms

    from accounts.access import PortalRequest
    from documents.prints import Order
    from documents.sources import SourceOfDocuments
    from documents.tree import Document

SOURCE: Final = "kilde"
GONE: Final = "Det, du har valgt, findes ikke mere. Vælg noget andet."


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address chooses.

    Attributes:
        form: its options; they are those of the address, or where that has none, the
            ones a form begins with.
        options: as the source takes them; none while something is to be chosen.
    """

    source: SourceOfDocuments
    form: forms.Form
    is_said: bool
    document: Document | None = None
    options: dict[str, Any] | None = None

    @property
    def status(self) -> int:
        """422 where the address names what there is not."""
        return 422 if self.is_said and self.document is None else 200


def chosen_by(request: PortalRequest) -> Chosen:
    """Read the address.

    Raises:
        Http404: there is no such source.
    """
    known = sources()
    asked = request.GET.get(SOURCE, known[0].key)
    source = next((each for each in known if each.key == asked), None)
    if source is None:
        raise Http404
    make: Any = source.form
    form = make(None, council=request.seat.council)
    is_said = bool(set(request.GET) & set(form.fields))
    data: Any = request.GET
    if not is_said:
        data = {name: field.initial for name, field in form.fields.items()}
        if any(f.required and not data[name] for name, f in form.fields.items()):
            return Chosen(source, form, is_said=False)
    # The same form: another would ask for the cuts once more.
    form.data, form.is_bound = data, True
    if not form.is_valid():
        return Chosen(source, form, is_said)
    if getattr(form, "is_unfinished", False):
        return Chosen(source, form, is_said=False)
    try:
        document = source.build(form.cleaned_data)
    except LookupError:
        form.add_error(None, GONE)
        return Chosen(source, form, is_said=True)
    return Chosen(source, form, is_said, document, form.cleaned_data)


def order_of(request: PortalRequest, chosen: Chosen) -> Order | None:
    """Give what is to be made of it as a PDF; None while something is to be chosen."""
    if chosen.document is None or chosen.options is None:
        return None
    name = request.seat.council.name
    return order_for(chosen.document, chosen.options, council=name, day=clock.today())


def said_in(form: forms.Form) -> list[tuple[str, list[str]]]:
    """Give what a form was filled with, option by option."""
    data: Any = form.data
    if hasattr(data, "getlist"):
        return [(name, data.getlist(name)) for name in form.fields if name in data]
    return [(name, [str(data[name])]) for name in form.fields if data.get(name)]
