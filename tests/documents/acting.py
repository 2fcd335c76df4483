"""Actions that must not come out: what they do × how they are dressed × where they stand.

``made`` gives the file of one combination; ``live`` reads, in its own simple way, what a
file would do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.documents import hostile as h
from tests.documents.telling import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAY_STAY = {"/GoTo", "/URI", "/Named"}


def _script_in_a_stream(pdf: Pdf) -> Any:
    script = pdf.make_indirect(Stream(pdf, b"app.alert('kanariefugl')"))
    return Dictionary(S=Name.JavaScript, JS=script)


def _address(uri: str) -> Callable[[Pdf], Any]:
    return lambda _: h.address(uri)


def _action(kind: str, **entries: Any) -> Callable[[Pdf], Any]:
    return lambda _: Dictionary(S=Name("/" + kind), **entries)


DOES: dict[str, Callable[[Pdf], Any]] = {
    "launch": _action("Launch", F=SECRET),
    "launch on windows": _action("Launch", Win=Dictionary(F=SECRET)),
    "script": _action("JavaScript", JS=SECRET),
    "script in a stream": _script_in_a_stream,
    "script of a film": _action("Rendition", JS=SECRET, OP=0),
    "film": _action("Movie", T=SECRET, Operation=Name.Play),
    "sound": _action("Sound", Sound=SECRET),
    "rich media": _action("RichMediaExecute", CMD=Dictionary(C=SECRET)),
    "view in space": _action("GoTo3DView", TA=SECRET, V=0),
    "form that sends": _action("SubmitForm", F=SECRET),
    "form that fetches": _action("ImportData", F=SECRET),
    "form emptied": _action("ResetForm", Fields=Array([SECRET])),
    "field hidden": _action("Hide", T=SECRET, H=True),
    "another file": _action("GoToR", F=SECRET, D=Array([0, Name.Fit])),
    "a file inside": _action("GoToE", F=SECRET, T=Dictionary(R=Name.C)),
    "article of another file": _action("Thread", F=SECRET, D=0),
    "layers": _action("SetOCGState", State=Array([Name.ON]), X=SECRET),
    "menu": _action("Named", N=Name.Print, X=SECRET),
    "show": _action("Trans", Trans=Dictionary(S=Name.Fly), X=SECRET),
    "unheard of": _action("Kanariefugl", X=SECRET),
    "script address": _address("javascript:kanariefugl"),
    "script address on two lines": _address("java\nscript:kanariefugl"),
    "script address with a mark": _address("\x01javascript:kanariefugl"),
    "file address": _address("file:///kanariefugl"),
    "share": _address("\\\\kanariefugl\\share"),
    "share with slashes": _address("//kanariefugl/share"),
    "disk": _address("C:\\kanariefugl.exe"),
    "place on the disk": _address("/kanariefugl"),
}


def _dressed(**entries: Any) -> Callable[[Pdf, Any], Any]:
    def dress(_: Pdf, action: Any) -> Any:
        action.update(Dictionary(**entries))
        return action

    return dress


def _with_page_as_parent(pdf: Pdf, action: Any) -> Any:
    action.P = pdf.pages[0].obj
    return action


def _kind_elsewhere(pdf: Pdf, action: Any) -> Any:
    action.S = pdf.make_indirect(action.S)
    return action


def _in_the_tree(pdf: Pdf, action: Any) -> Any:
    """The action is an element of the structure tree as well."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    action.P, action.Type = root, Name.StructElem
    element = pdf.make_indirect(action)
    root.K = Array([element])
    pdf.Root.StructTreeRoot = root
    return element


def _in_the_tree_untyped(pdf: Pdf, action: Any) -> Any:
    element = _in_the_tree(pdf, action)
    del element[Name.Type]
    return element


DRESSED: dict[str, Callable[[Pdf, Any], Any]] = {
    "as it is": lambda _, action: action,
    "an object of its own": lambda pdf, action: pdf.make_indirect(action),
    "a parent that is none": _dressed(P=Name.X),
    "a page as parent": _with_page_as_parent,
    "calls itself an element": _dressed(Type=Name.StructElem, P=Name.X),
    "calls itself a font": _dressed(Type=Name.Font, Subtype=Name.Type1),
    "calls itself a link": _dressed(Subtype=Name.Link, Rect=Array([0, 0, 9, 9])),
    "kind in another object": _kind_elsewhere,
    "element too": _in_the_tree,
    "element too, untyped": _in_the_tree_untyped,
}


def _on_page(pdf: Pdf, **entries: Any) -> None:
    annotation = Dictionary(Rect=Array([10, 10, 90, 30]), **entries)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])


def _bookmark(pdf: Pdf, action: Any) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("Her"), A=action))
    outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))
    item.Parent = outlines
    pdf.Root.Outlines = outlines


def _in_catalog(key: str) -> Callable[[Pdf, Any], None]:
    return lambda pdf, action: pdf.Root.__setitem__("/" + key, action)


def _after(pdf: Pdf, following: Any, steps: int = 1) -> None:
    """The link jumps, and then does the next thing, and the next."""
    for _ in range(steps):
        place = Array([pdf.pages[0].obj, Name.Fit])
        following = Dictionary(S=Name.GoTo, D=place, Next=following)
    _on_page(pdf, Subtype=Name.Link, A=following)


def _field(pdf: Pdf, action: Any) -> None:
    """A field of no form, whose parent has the events."""
    parent = pdf.make_indirect(Dictionary(FT=Name.Tx, AA=Dictionary(K=action)))
    _on_page(pdf, Subtype=Name.Widget, Parent=parent)


STANDS: dict[str, Callable[[Pdf, Any], None]] = {
    "link": lambda pdf, a: _on_page(pdf, Subtype=Name.Link, A=a),
    "link before": lambda pdf, a: _on_page(pdf, Subtype=Name.Link, PA=a),
    "stamp": lambda pdf, a: _on_page(pdf, Subtype=Name.Stamp, A=a),
    "event of a link": lambda pdf, a: _on_page(
        pdf, Subtype=Name.Link, AA=Dictionary(E=a, X=Array([]))
    ),
    "field": _field,
    "bookmark": _bookmark,
    "opening": _in_catalog("OpenAction"),
    "closing": lambda pdf, a: pdf.Root.__setitem__("/AA", Dictionary(WC=a, DS=0)),
    "page": lambda pdf, a: pdf.pages[0].obj.__setitem__(
        "/AA", Dictionary(O=a, C=Array([]))
    ),
    "after a jump": _after,
    "after a jump, in a list": lambda pdf, a: _after(pdf, Array([a])),
    "after twenty jumps": lambda pdf, a: _after(pdf, a, 20),
}


def does_in(stands: str) -> list[str]:
    """What is tried in one place: everything in a link, some of each sort elsewhere."""
    some = ["launch", "script", "another file", "field hidden", "unheard of", "share"]
    return list(DOES) if stands == "link" else some


def made(does: str, dressed: str, stands: str) -> Pdf:
    """The file of one combination."""
    pdf = h.plain()
    STANDS[stands](pdf, DRESSED[dressed](pdf, DOES[does](pdf)))
    return pdf


def live(pdf: Pdf) -> list[Any]:
    """Every action that a reader's program would find, read place by place."""
    root, page = pdf.Root, pdf.pages[0].obj
    found = [root.get(Name.OpenAction), *_events(root), *_events(page)]
    for annotation in page.get(Name.Annots, Array()):
        found += [annotation.get(Name.A), annotation.get(Name.PA)]
        found += [*_events(annotation), *_events(annotation.get(Name.Parent))]
    if Name.Outlines in root:
        found.append(root.Outlines.First.get(Name.A))
    return [each for action in found for each in _chain(action)]


def _events(holder: Any) -> list[Any]:
    events = holder.get(Name.AA) if isinstance(holder, Dictionary) else None
    return list(events.values()) if isinstance(events, Dictionary) else []


def _chain(action: Any) -> Iterator[Any]:
    for each in list(action) if isinstance(action, Array) else [action]:
        if isinstance(each, Dictionary):
            yield each
            yield from _chain(each.get(Name.Next))
