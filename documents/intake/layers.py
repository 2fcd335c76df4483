"""Layers that are off when a file is opened: what only they show is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Operator,
    Pdf,
    PikepdfError,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

from documents.intake.forms import take_annotations
from documents.intake.scan import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

type Number = tuple[int, int]

_SHOWS_TEXT = {"Tj", "TJ"}
# These begin a new line too, which stays.
_SHOWS_ON_NEW_LINE = {"'", '"'}
_PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
_DRAWS = {"Do", "sh", "INLINE IMAGE"}
_DEEPEST = 16
_CLOSED: dict[str, Callable[[list[bool]], bool]] = {
    "AllOn": lambda states: not all(states),
    "AnyOff": all,
    "AllOff": any,
    "AnyOn": lambda states: not any(states),
}


def drop_hidden_layers(pdf: Pdf, doomed: set[Number]) -> set[str]:
    """Take out what is on hidden layers, and the layers themselves; the rest is shown.

    The numbers of annotations on such a layer are added to ``doomed``.

    Returns:
        Keys of ``sentences.NOTES``.

    Raises:
        RefusedError: a page with hidden layers cannot be taken apart.
    """
    properties = pdf.Root.get(Name.OCProperties)
    if properties is None:
        return set()
    hidden = _hidden_groups(properties) if isinstance(properties, Dictionary) else set()
    # Also where none is off: a layer may be seen only while another is not.
    layers = _Layers(hidden)
    found = take_annotations(pdf, doomed, lambda a: layers.hide(a.get(Name.OC)))
    for holder in _holders(pdf):
        found |= layers.clear(pdf, holder)
    del pdf.Root.OCProperties
    return {"layers"} if found else set()


def _hidden_groups(properties: Any) -> set[Number]:
    """The layers that are off when the file is opened on a screen."""
    settings = properties.get(Name.D)
    settings = settings if isinstance(settings, Dictionary) else Dictionary()
    every = _groups(properties.get(Name.OCGs))
    hidden = set(every) if settings.get(Name.BaseState) == Name.OFF else set()
    hidden -= set(_groups(settings.get(Name.ON)))
    hidden |= set(_groups(settings.get(Name.OFF)))
    usages = settings.get(Name.AS)
    for usage in usages if isinstance(usages, Array) else ():
        if isinstance(usage, Dictionary) and usage.get(Name.Event) == Name.View:
            for number, group in _groups(usage.get(Name.OCGs)).items():
                state = _entry(_entry(group.get(Name.Usage), "/View"), "/ViewState")
                if state == Name.OFF:
                    hidden.add(number)
                elif state == Name.ON:
                    hidden.discard(number)
    return hidden


def _groups(found: Any) -> dict[Number, Any]:
    items: Iterable[Any] = found if isinstance(found, Array) else ()
    return {item.objgen: item for item in items if isinstance(item, Dictionary)}


def _entry(container: Any, key: str) -> Any:
    return container.get(key) if isinstance(container, Dictionary) else None


def _holders(pdf: Pdf) -> list[Any]:
    """All that has content of its own: pages, forms, patterns."""
    drawn = [
        item
        for item in pdf.objects
        if isinstance(item, Stream)
        and (item.get(Name.Subtype) == Name.Form or Name.PatternType in item)
    ]
    return [*(page.obj for page in pdf.pages), *drawn]


class _Layers:
    """Knows which layers are hidden, and takes out what is on them.

    Args:
        hidden: numbers of the layers that are off.
    """

    def __init__(self, hidden: set[Number]) -> None:
        self.hidden = hidden

    def hide(self, membership: Any, depth: int = 0) -> bool:
        """Whether what belongs to a layer, or to several in some way, is not seen."""
        if not isinstance(membership, Dictionary) or depth > _DEEPEST:
            return False
        if membership.get(Name.Type) != Name.OCMD:
            return membership.objgen in self.hidden
        expression = membership.get(Name.VE)
        if isinstance(expression, Array):
            return not self._is_true(expression, depth + 1)
        groups = membership.get(Name.OCGs)
        several = list(groups) if isinstance(groups, Array) else [groups]
        states = [
            group.objgen not in self.hidden
            for group in several
            if isinstance(group, Dictionary)
        ]
        policy = str(membership.get(Name.P, Name.AnyOn))[1:]
        return bool(states) and _CLOSED.get(policy, _CLOSED["AnyOn"])(states)

    def _is_true(self, expression: Any, depth: int) -> bool:
        """What a visibility expression amounts to; a nonsensical one shows all."""
        if isinstance(expression, Dictionary):
            return expression.objgen not in self.hidden
        if not isinstance(expression, Array) or not len(expression) or depth > _DEEPEST:
            return True
        kind, *rest = list(expression)
        values = [self._is_true(each, depth + 1) for each in rest]
        if kind == Name.Not:
            return not all(values)
        return any(values) if kind == Name.Or else all(values)

    def clear(self, pdf: Pdf, holder: Any) -> bool:
        """Take what is hidden out of one page or drawing; whether there was any."""
        if isinstance(holder, Stream) and self.hide(holder.get(Name.OC)):
            holder.write(b"")
            if Name.Resources in holder:
                del holder[Name.Resources]
            return True
        resources = holder.get(Name.Resources)
        names = {
            str(key)
            for key, value in _items(_entry(resources, "/Properties"))
            if self.hide(value)
        }
        pictures = {
            str(key)
            for key, value in _items(_entry(resources, "/XObject"))
            if isinstance(value, Stream) and self.hide(value.get(Name.OC))
        }
        if not names | pictures:
            return False
        return _rewrite(pdf, holder, names, pictures)


def _items(table: Any) -> list[tuple[str, Any]]:
    return list(table.items()) if isinstance(table, Dictionary) else []


def _rewrite(pdf: Pdf, holder: Any, names: set[str], pictures: set[str]) -> bool:
    """Write the content anew without what is marked as ``names`` or shows ``pictures``."""
    try:
        before = parse_content_stream(holder)
    except (PikepdfError, ValueError, TypeError) as error:
        raise RefusedError("damaged") from error
    eraser = _Eraser(names, pictures)
    for instruction in before:
        eraser.take(instruction)
    if len(eraser.kept) == len(before) and all(map(_is_kept, eraser.kept)):
        return False
    content = unparse_content_stream(eraser.kept)
    if isinstance(holder, Stream):
        holder.write(content)
    else:
        holder.Contents = pdf.make_stream(content)
    _forget_unused(holder, eraser.used)
    return True


def _is_kept(instruction: Any) -> bool:
    """Whether an instruction is the file's own, and none that stands for another."""
    return not isinstance(instruction, tuple)


class _Eraser:
    """Goes through the instructions of a content and keeps those that show something seen.

    Colours, lines and places that are set on a hidden layer hold after it as well.

    Args:
        names: what the content calls its hidden layers.
        pictures: what it calls the drawings and pictures that are hidden as a whole.
    """

    def __init__(self, names: set[str], pictures: set[str]) -> None:
        self.names, self.pictures = names, pictures
        self.kept: list[Any] = []
        self.used: set[str] = set()
        self.marks: list[bool] = []

    def take(self, instruction: Any) -> None:
        """Keep one instruction, or what stands for it, or nothing."""
        word, operands = str(instruction.operator), instruction.operands
        if word in {"BDC", "BMC"}:
            self.marks.append(word == "BDC" and self._is_named(operands))
        if any(self.marks):
            self._erase(word, operands, instruction)
        elif word == "Do" and str(operands[0]) in self.pictures:
            return
        else:
            self.kept.append(instruction)
            if word == "Do":
                self.used.add(str(operands[0]))
        if word == "EMC" and self.marks:
            self.marks.pop()

    def _erase(self, word: str, operands: Any, instruction: Any) -> None:
        """Keep what an instruction on a hidden layer sets, without what it shows."""
        if word in {"BDC", "BMC"}:
            self.kept.append(_bare(operands))
        elif word in _PAINTS:
            self.kept.append(([], Operator("n")))
        elif word in _SHOWS_ON_NEW_LINE:
            self.kept.append(([], Operator("T*")))
        elif word not in _SHOWS_TEXT | _DRAWS:
            self.kept.append(instruction)

    def _is_named(self, operands: Any) -> bool:
        tag, name = operands if len(operands) == 2 else ("", "")  # noqa: PLR2004
        return tag == Name.OC and str(name) in self.names


def _bare(operands: Any) -> tuple[list[Any], Operator]:
    """The beginning of a mark without any text, but with its number."""
    written: Any = operands[1] if len(operands) > 1 else None
    number: Any = written.get(Name.MCID) if isinstance(written, Dictionary) else None
    if isinstance(number, int):
        return [operands[0], Dictionary(MCID=number)], Operator("BDC")
    return [Name.Span], Operator("BMC")


def _forget_unused(holder: Any, used: set[str]) -> None:
    """Let the content know only the drawings it calls; others may share its list."""
    resources = holder.get(Name.Resources)
    table = _entry(resources, "/XObject")
    if not isinstance(table, Dictionary) or set(table.keys()) <= used:
        return
    own = Dictionary(dict(resources.items()))
    own.XObject = Dictionary({k: v for k, v in table.items() if k in used})
    holder.Resources = own
