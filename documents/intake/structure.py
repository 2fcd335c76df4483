"""What is wrong with a file's structure tree, as the PDF/UA standard sees it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pikepdf import Name, String

from documents.intake.grid import table_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from documents.intake.tags import Element, Tree

_TABLE = "En tabel er mærket forkert op."
_LIST = "En liste er mærket forkert op."
_CONTENTS = "En indholdsfortegnelse er mærket forkert op."

# Role → what may stand directly below it, and what is said otherwise.
_BELOW: dict[str, tuple[frozenset[str], str]] = {
    "Table": (frozenset({"TR", "THead", "TBody", "TFoot", "Caption"}), _TABLE),
    "THead": (frozenset({"TR"}), _TABLE),
    "TBody": (frozenset({"TR"}), _TABLE),
    "TFoot": (frozenset({"TR"}), _TABLE),
    "TR": (frozenset({"TH", "TD"}), _TABLE),
    "L": (frozenset({"L", "LI", "Caption"}), _LIST),
    "LI": (frozenset({"Lbl", "LBody"}), _LIST),
    "TOC": (frozenset({"TOC", "TOCI", "Caption"}), _CONTENTS),
}
# Role → what it may stand directly below, and what is said otherwise.
_ABOVE: dict[str, tuple[frozenset[str], str]] = {
    "TR": (frozenset({"Table", "THead", "TBody", "TFoot"}), _TABLE),
    "THead": (frozenset({"Table"}), _TABLE),
    "TBody": (frozenset({"Table"}), _TABLE),
    "TFoot": (frozenset({"Table"}), _TABLE),
    "TH": (frozenset({"TR"}), _TABLE),
    "TD": (frozenset({"TR"}), _TABLE),
    "LI": (frozenset({"L"}), _LIST),
    "LBody": (frozenset({"LI"}), _LIST),
    "TOCI": (frozenset({"TOC"}), _CONTENTS),
}


def structure_problems(tree: Tree) -> Iterator[str]:
    """Danish sentences, each as often as it is found."""
    if not tree.is_whole:
        yield "Filen har for mange mærker til at blive kontrolleret."
    for name in sorted(tree.unmapped):
        yield f"Filen bruger et mærke, som ikke er forklaret: {name or 'uden navn'}."
    yield from _missing_texts(tree)
    yield from _heading_problems(tree.elements)
    yield from _nesting_problems(tree)
    for element in tree.elements:
        if element.role == "Table":
            yield from table_problems(element)


def counted(count: int, one: str, many: str) -> str:
    """``count`` with its noun: "1 billede", "3 billeder"."""
    return f"{count} {one if count == 1 else many}"


def _missing_texts(tree: Tree) -> Iterator[str]:
    kinds = {"Figure": ("billede", "billeder"), "Formula": ("formel", "formler")}
    for role, (one, many) in kinds.items():
        count = sum(
            element.role == role and not element.has_alternative()
            for element in tree.elements
        )
        if count:
            yield f"{counted(count, one, many)} har ingen tekst, der kan læses op."


def _heading_problems(elements: list[Element]) -> Iterator[str]:
    """Levels begin at 1, none is skipped, and the two kinds are not mixed."""
    roles = [element.role for element in elements]
    levels = [int(role[1]) for role in roles if len(role) == 2 and _is_heading(role)]  # noqa: PLR2004
    if levels and levels[0] != 1:
        yield "Den første overskrift er ikke på øverste niveau."
    if any(following > level + 1 for level, following in pairwise(levels)):
        yield "Overskrifterne springer et niveau over."
    if levels and "H" in roles:
        yield "Overskrifterne er mærket på to forskellige måder."
    if any(sum(kid.role == "H" for kid in each.children) > 1 for each in elements):
        yield "Overskrifterne er mærket forkert op."


def _is_heading(role: str) -> bool:
    return role[0] == "H" and role[1].isdigit()


def _nesting_problems(tree: Tree) -> Iterator[str]:
    pairs: list[tuple[str, Iterable[Element]]] = [("", tree.roots)]
    pairs += [(element.role, element.children) for element in tree.elements]
    for above, children in pairs:
        allowed_below, sentence = _BELOW.get(above, (None, ""))
        for child in children:
            if allowed_below is not None and child.role not in allowed_below:
                yield sentence
            allowed_above, other = _ABOVE.get(child.role, (None, ""))
            if allowed_above is not None and above not in allowed_above:
                yield other
    for element in tree.elements:
        yield from _caption_problems(element)


def _caption_problems(element: Element) -> Iterator[str]:
    """A table's caption is first or last, a list's first, and there is one at most."""
    if element.role not in {"Table", "L", "TOC"}:
        return
    roles = [child.role for child in element.children]
    places = [place for place, role in enumerate(roles) if role == "Caption"]
    allowed = {0, len(roles) - 1} if element.role == "Table" else {0}
    if len(places) > 1 or not allowed.issuperset(places):
        yield _BELOW[element.role][1]
    groups = {"THead": 1, "TFoot": 1}
    if any(roles.count(role) > most for role, most in groups.items()):
        yield _TABLE
    if {"THead", "TFoot"} & set(roles) and "TBody" not in roles:
        yield _TABLE


def note_problems(tree: Tree) -> bool:
    """Whether a note lacks an identifier of its own."""
    names = [
        str(element.source.get(Name.ID))
        if isinstance(element.source.get(Name.ID), String)
        else ""
        for element in tree.elements
        if element.role == "Note"
    ]
    return "" in names or len(set(names)) < len(names)
