"""Annotations and destinations of a page from outside, moved with it onto its sheet."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, Stream, String

from documents.objects import MOST, drop, numbers_of
from documents.outside.sheet import Matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from documents.outside.sheet import Sheet

type Sheets = Mapping[tuple[int, int], Sheet]

_POINT_LISTS = ("/QuadPoints", "/Vertices", "/L", "/CL")
_DEFAULT_WORDS = {"/Link": "Link", "/Widget": "Felt"}


def move_annotations(pdf: Pdf, sheets: Sheets) -> None:
    """Move all annotations of ``pdf``, once each."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            _move(annotation, sheets[page.obj.objgen])


def _move(annotation: Any, sheet: Sheet) -> None:
    """Move one annotation's places, turn its appearance, and give it words if it has none."""
    matrix = sheet.matrix
    left, bottom, right, top = (float(edge) for edge in annotation.Rect)
    annotation.Rect = _numbers(matrix.rect((left, bottom, right, top)))
    for key in _POINT_LISTS:
        if key in annotation:
            annotation[key] = _points(annotation[key], matrix)
    if "/InkList" in annotation:
        lines = annotation.InkList if isinstance(annotation.InkList, Array) else ()
        annotation.InkList = Array([_points(line, matrix) for line in lines])
    drop(annotation, "/Popup", "/P")
    if matrix.b or matrix.c or matrix.a < 0:
        _turn_appearance(annotation.get("/AP"), matrix)
    if not str(annotation.get("/Contents", "")).strip():
        annotation.Contents = String(_words(annotation))


def _words(annotation: Any) -> str:
    """What a screen reader says of an annotation that has no text of its own."""
    action = annotation.get("/A")
    if isinstance(action, Dictionary) and action.get("/S") == "/URI":
        return f"Link til {action.get('/URI', '')}"
    kind = str(annotation.get("/Subtype"))
    return str(annotation.get("/TU", _DEFAULT_WORDS.get(kind, "Bemærkning")))


def _numbers(values: Any) -> Array:
    return Array([round(value, 3) for value in values])


def _points(flat: Any, matrix: Matrix) -> Array:
    """A list x, y, x, y, … moved."""
    values = numbers_of(flat)
    moved: list[float] = []
    for x, y in zip(values[::2], values[1::2], strict=False):
        moved.extend(matrix.point(x, y))
    return _numbers(moved)


def _turn_appearance(appearances: Any, matrix: Matrix) -> None:
    """Turn what an annotation shows; its size follows from its rectangle."""
    scale = abs(matrix.a) + abs(matrix.b)
    turn = Matrix(*(part / scale for part in matrix.values[:4]))
    found = list(appearances.values()) if isinstance(appearances, Dictionary) else []
    while found:
        entry = found.pop()
        if isinstance(entry, Stream):
            old = Matrix(*(numbers_of(entry.get("/Matrix"), 6) or Matrix().values))
            entry.Matrix = _numbers(old.then(turn).values)
        elif isinstance(entry, Dictionary):
            found += list(entry.values())


def move_targets(pdf: Pdf, sheets: Sheets) -> None:
    """Let every link, bookmark and name lead to the place where its target now is."""
    for holder in (*_links(pdf), *_bookmarks(pdf)):
        action = holder.get("/A")
        if "/Dest" in holder:
            _replace(pdf, holder, "/Dest", sheets)
        elif isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
            _replace(pdf, action, "/D", sheets)
            drop(action, "/SD")
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        drop(names, *(set(names.keys()) - {"/Dests", "/EmbeddedFiles"}))
        if "/Dests" in names:
            tree = NameTree(names.Dests)
            for name, target in list(tree.items()):
                tree[name] = _moved(pdf, target, sheets)
    old: Any = pdf.Root.get("/Dests")
    for name in list(old.keys()) if isinstance(old, Dictionary) else ():
        old[name] = _moved(pdf, old[name], sheets)


def _links(pdf: Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from page.obj.get("/Annots", ())


def _bookmarks(pdf: Pdf) -> Iterator[Any]:
    """Every bookmark, in no special order; loops and endless lists are cut."""
    seen: set[tuple[int, int]] = set()
    todo = [pdf.Root.get("/Outlines")]
    while todo and len(seen) < MOST:
        item = todo.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        todo += [item.get("/Next"), item.get("/First")]
        yield item


def _replace(pdf: Pdf, holder: Any, key: str, sheets: Sheets) -> None:
    if isinstance(holder[key], Array):
        holder[key] = _moved(pdf, holder[key], sheets)


def _moved(pdf: Pdf, target: Any, sheets: Sheets) -> Any:
    """An explicit destination in the sheet's coordinates; others as they are."""
    place = target.get("/D") if isinstance(target, Dictionary) else target
    if not isinstance(place, Array) or len(place) < 2:  # noqa: PLR2004
        return target
    page: Any = place[0]
    if isinstance(page, int) and 0 <= page < len(pdf.pages):
        page = pdf.pages[page].obj
    sheet = sheets.get(page.objgen) if isinstance(page, Dictionary) else None
    if sheet is None:
        return target
    return Array([page, *_view([place[at] for at in range(1, len(place))], sheet)])


def _view(view: list[Any], sheet: Sheet) -> list[Any]:
    """The part of a destination that says what of the page to show."""
    kind, *given = view
    at = [float(v) if isinstance(v, (int, Decimal)) else None for v in given]
    if kind == Name.FitR and (sides := numbers_of(Array(given), 4)):
        left, bottom, right, top = sides
        return [kind, *_numbers(sheet.matrix.rect((left, bottom, right, top)))]
    if kind == Name.XYZ:
        x, y = (*at, None, None)[:2]
    elif kind in (Name.FitH, Name.FitBH):
        x, y = None, (*at, None)[0]
    else:
        return [Name.Fit]
    if y is None:
        return [Name.XYZ, None, round(sheet.frame[3], 3), None]
    moved_x, moved_y = sheet.matrix.point(x or 0.0, y)
    return [Name.XYZ, round(moved_x, 3), round(moved_y, 3), None]
