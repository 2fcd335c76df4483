"""Small things a tagged file often lacks and that can be added without touching it.

They change nothing that is seen or read aloud, and more files can then be used with
their own tags.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary, Name, Pdf, String

from documents.intake.forms import numbered_annotations
from documents.intake.structure import note_problems
from documents.intake.tags import STANDARD

if TYPE_CHECKING:
    from documents.intake.tags import Tree

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
MAX_ADDRESS = 200


def repair_tagged(pdf: Pdf, tree: Tree) -> None:
    """Add what is missing: names of links, order of tabs, identifiers of notes."""
    _repair_links(pdf)
    if note_problems(tree):
        notes = [element for element in tree.elements if element.role == "Note"]
        for number, element in enumerate(notes, 1):
            element.source.ID = String(f"note-{number}")
    for holder in (pdf.Root, *(element.source for element in tree.elements)):
        language = holder.get(Name.Lang)
        if language is not None and not is_language(language):
            del holder[Name.Lang]
    _repair_parents(tree)
    _repair_roles(pdf.Root.StructTreeRoot)


def _repair_links(pdf: Pdf) -> None:
    for _, annotation in numbered_annotations(pdf):
        if annotation.get(Name.Subtype) == Name.Link and not _says(annotation):
            annotation.Contents = String(_link_text(annotation))
    for page in pdf.pages:
        if Name.Annots in page.obj:
            page.obj.Tabs = Name.S


def is_language(value: Any) -> bool:
    """Whether ``value`` is a language tag."""
    return isinstance(value, String) and bool(LANGUAGE.fullmatch(str(value)))


def _says(annotation: Any) -> bool:
    contents = annotation.get(Name.Contents)
    return isinstance(contents, String) and bool(str(contents).strip())


def _link_text(annotation: Any) -> str:
    action = annotation.get(Name.A)
    address = action.get(Name.URI) if isinstance(action, Dictionary) else None
    if isinstance(address, String):
        return str(address)[:MAX_ADDRESS]
    return "Henvisning i dokumentet"


def _repair_parents(tree: Tree) -> None:
    """Tell each element what it stands below, where the file forgot."""
    for element in tree.elements:
        for child in element.children:
            if Name.P not in child.source and element.source.is_indirect:
                child.source.P = element.source


def _repair_roles(root: Any) -> None:
    """Drop what a role map may not say: standard roles renamed, roles in a circle."""
    roles = root.get(Name.RoleMap)
    if not isinstance(roles, Dictionary):
        return
    for key in list(roles.keys()):
        seen, role = {key}, roles.get(key)
        while isinstance(role, Name) and str(role) not in seen:
            seen.add(str(role))
            role = roles.get(role)
        if key[1:] in STANDARD or isinstance(role, Name):
            del roles[key]
