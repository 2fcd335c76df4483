"""Why PDF/UA cannot be claimed with a foreign file's own tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary, Name

from documents.intake.fonts import font_problems
from documents.intake.forms import numbered_annotations
from documents.intake.scan import is_true
from documents.intake.structure import structure_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pikepdf import Pdf

    from documents.intake.content import Scope
    from documents.intake.tags import Tree

_HIDDEN = 2


def find_problems(
    pdf: Pdf, tree: Tree | None, scopes: list[Scope], appearances: list[Scope]
) -> tuple[tuple[str, ...], bool]:
    """Danish reasons, and whether some text cannot be turned into letters.

    Args:
        tree: None for an untagged file: its pages become figures, and of what is wrong
            with them only the fonts count.
        scopes: what each page shows.
        appearances: what annotations show.
    """
    fonts, is_mute = font_problems([*scopes, *appearances])
    if tree is None:
        return tuple(dict.fromkeys(fonts)), is_mute
    found = [
        *_mark_problems(pdf),
        *structure_problems(tree),
        *fonts,
        *_loose_content(pdf, scopes),
        *_annotation_problems(pdf, tree),
    ]
    return tuple(dict.fromkeys(found)), is_mute


def _mark_problems(pdf: Pdf) -> Iterator[str]:
    mark = pdf.Root.get(Name.MarkInfo)
    if isinstance(mark, Dictionary) and is_true(mark.get(Name.Suspects)):
        yield "Filen siger selv, at dens mærker er usikre."


def _loose_content(pdf: Pdf, scopes: list[Scope]) -> Iterator[str]:
    """Content that is neither tagged nor marked as an artifact."""
    pages = [
        number
        for number, (page, scope) in enumerate(zip(pdf.pages, scopes, strict=True), 1)
        if _is_loose(scope, is_tagged=False, depth=0) or _lacks_parents(page, scope)
    ]
    if pages:
        yield f"Noget af indholdet på {_page_list(pages)} er ikke mærket op."
    tangled = [
        number
        for number, scope in enumerate(scopes, 1)
        if any(inner.drawing.tangled for inner in scope.all())
    ]
    if tangled:
        yield f"Noget af indholdet på {_page_list(tangled)} er mærket op to gange."


def _is_loose(scope: Scope, *, is_tagged: bool, depth: int) -> bool:
    """Whether anything is drawn outside the tags, forms included."""
    if is_tagged or depth > 12:  # noqa: PLR2004
        return False
    if scope.drawing.loose:
        return True
    return any(
        _is_loose(inner, is_tagged=scope.drawing.forms[name], depth=depth + 1)
        for name, inner in scope.below.items()
    )


def _lacks_parents(page: Any, scope: Scope) -> bool:
    """Whether marked contents have no way back to the structure tree."""
    return bool(scope.drawing.marks) and Name.StructParents not in page.obj


def _annotation_problems(pdf: Pdf, tree: Tree) -> Iterator[str]:
    links, others = [], []
    for number, item in numbered_annotations(pdf):
        role = tree.annotations.get(item.objgen, "")
        if _is_exempt(item):
            continue
        if item.get(Name.Subtype) == Name.Link:
            if role != "Link":
                links.append(number)
        elif role != "Annot" or Name.Contents not in item:
            others.append(number)
    if links:
        yield f"Et link på {_page_list(links)} er ikke mærket op."
    if others:
        yield f"En kommentar på {_page_list(others)} er ikke mærket op."


def _is_exempt(annotation: Any) -> bool:
    flags = annotation.get(Name.F, 0)
    is_hidden = isinstance(flags, int) and bool(flags & _HIDDEN)
    return is_hidden or annotation.get(Name.Subtype) == Name.Popup


def _page_list(pages: Iterable[int]) -> str:
    """Pages in words: "side 3", "side 3 og 4 andre sider"."""
    first, *rest = sorted(set(pages))
    if not rest:
        return f"side {first}"
    others = "1 anden side" if len(rest) == 1 else f"{len(rest)} andre sider"
    return f"side {first} og {others}"
