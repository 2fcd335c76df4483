"""Takes out of a file what acts, hides or protects; what is seen stays as it is."""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from documents.intake.actions import ANNOTATIONS, QUIET, Judge
from documents.intake.forms import freeze_forms, take_annotations
from documents.intake.layers import drop_hidden_layers
from documents.intake.pages import mend_contents, mend_sheet
from documents.intake.photographs import forget_places
from documents.intake.private import drop_comments, forget_people
from documents.intake.scan import ELSEWHERE, containers, suspicious, written
from documents.objects import drop

_NAME_TREES = {
    "/JavaScript": "javascript",
    "/EmbeddedFiles": "embedded",
    "/Renditions": "media",
    "/AlternatePresentations": "media",
}
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Rendition|Movie|Sound|RichMedia\w*|GoTo3DView|3D|SubmitForm"
    rb"|ImportData|ResetForm|Hide|GoToR|GoToE|GoToDp|Launch|Thread|SetOCGState|SetState"
    rb"|Trans|NOP|Named|URI|FileAttachment|Screen|Popup|PrinterMark|TrapNet|AA|EF|AF"
    rb"|PA|Next|OpenAction|OnInstantiate|EmbeddedFile|Ref|FFilter|CIDSet|CharSet|KKR_\w*)"
    rb"(?![A-Za-z0-9])|/A (?:<<|\[|[0-9]+ [0-9]+ R)" + ELSEWHERE
)
_LAUNCH = re.compile(rb"/Launch(?![A-Za-z0-9])" + ELSEWHERE)
_REFERENCE = re.compile(rb"(?<![0-9])([0-9]+) ([0-9]+) R(?![A-Za-z0-9])")


def clean(pdf: Pdf) -> set[str]:
    """Take out of ``pdf`` what acts, what is hidden, what protects and what tells on people.

    Returns:
        Keys of ``sentences.NOTES``: what was taken out.

    Raises:
        RefusedError: it starts a program, or a hidden layer cannot be taken out.
    """
    notes = {"protection"} if pdf.is_encrypted else set()
    judge = Judge(pdf)
    for item in pdf.objects:
        for container in suspicious(item, _LAUNCH):
            judge.on_item(container)
    _clean_catalog(pdf, notes)
    doomed = _sweep(pdf, judge, notes)
    _drop_annotations(pdf, doomed, notes)
    notes |= drop_hidden_layers(pdf, doomed) | drop_comments(pdf, doomed)
    notes |= freeze_forms(pdf, doomed)
    _forget(pdf, doomed)
    notes |= forget_people(pdf) | forget_places(pdf)
    for page in pdf.pages:
        notes |= mend_sheet(page)
        mend_contents(page)
    return notes - {QUIET}


def _clean_catalog(pdf: Pdf, notes: set[str]) -> None:
    """Clean what hangs on the catalog itself."""
    root = pdf.Root
    opening = root.get(Name.OpenAction)
    if opening is not None and not _is_plain_jump(opening):
        script = isinstance(opening, Dictionary) and Name.JS in opening
        notes.add("javascript" if script else "opening")
        del root.OpenAction
    _clean_names(root, notes)
    if root.get(Name.Collection) is not None:
        notes.add("embedded")
    if root.get(Name.Perms) is not None:
        notes.add("protection")
    for key in (Name.Collection, Name.Perms, Name.URI, Name.SpiderInfo):
        if key in root:
            del root[key]


def _clean_names(root: Any, notes: set[str]) -> None:
    """Of all that has a name in the file, keep the places."""
    names = root.get(Name.Names)
    if not isinstance(names, Dictionary):
        if Name.Names in root:
            del root.Names
        return
    for key in list(names.keys()):
        if key != "/Dests":
            notes.add(_NAME_TREES.get(key, QUIET))
            del names[key]


def _is_plain_jump(opening: Any) -> bool:
    """Whether opening the file only goes to a place in it."""
    if isinstance(opening, (Array, Name, String)):
        return True
    if not isinstance(opening, Dictionary):
        return False
    return opening.get(Name.S) == Name.GoTo and Name.Next not in opening


def _sweep(pdf: Pdf, judge: Judge, notes: set[str]) -> set[tuple[int, int]]:
    """Clean every object in itself; give the numbers of those that must go whole."""
    doomed = set()
    for item in pdf.objects:
        if isinstance(item, Stream) and Name.F in item:
            notes.add("links")
            drop(item, "/F", "/FFilter", "/FDecodeParms")
        for container in suspicious(item, _ACTIVE):
            note = judge.on_item(container)
            if note and container.is_indirect:
                notes.add(note)
                doomed.add(container.objgen)
            else:
                _clean_container(container, judge, notes)
    return doomed


def _clean_container(container: Any, judge: Judge, notes: set[str]) -> None:
    """Take what must go, and is written here, out of one dictionary or array."""
    if isinstance(container, Array):
        for index in reversed(range(len(container))):
            note = judge.on_item(container[index])
            if note:
                notes.add(note)
                del container[index]
        return
    for key in list(container.keys()):
        note = judge.on_entry(key, container[key])
        if note:
            notes.add(note)
            del container[key]


def _drop_annotations(pdf: Pdf, doomed: set[tuple[int, int]], notes: set[str]) -> None:
    """Take off the pages what is an annotation only because a page says so."""

    def must_go(annotation: Any) -> bool:
        note = ANNOTATIONS.get(str(annotation.get(Name.Subtype)), "")
        notes.update({note} if note else ())
        return bool(note)

    take_annotations(pdf, doomed, must_go)


def _forget(pdf: Pdf, doomed: set[tuple[int, int]]) -> None:
    """Take every reference to the ``doomed`` objects out of the file.

    A reference from the structure tree is a dictionary of its own (OBJR), which goes
    with what it refers to; if it is an object, that takes another round.
    """
    while doomed:
        following = set()
        for item in pdf.objects:
            if _refers_to(item, doomed):
                for container in containers(item):
                    if container.is_indirect and _is_object_reference(
                        container, doomed
                    ):
                        following.add(container.objgen)
                    else:
                        _drop_references(container, doomed)
        doomed = following - doomed


def _refers_to(item: Any, doomed: set[tuple[int, int]]) -> bool:
    if not isinstance(item, (Dictionary, Array, Stream)) or item.objgen in doomed:
        return False
    return any(
        (int(number), int(generation)) in doomed
        for number, generation in _REFERENCE.findall(written(item))
    )


def _is_object_reference(item: Any, doomed: set[tuple[int, int]]) -> bool:
    if not isinstance(item, Dictionary) or item.get(Name.Type) != Name.OBJR:
        return False
    target = item.get(Name.Obj)
    return isinstance(target, Object) and target.objgen in doomed


def _drop_references(container: Any, doomed: set[tuple[int, int]]) -> None:
    def must_go(value: Any) -> bool:
        if not isinstance(value, (Dictionary, Array, Stream)):
            return False
        return value.objgen in doomed or _is_object_reference(value, doomed)

    if isinstance(container, Array):
        for index in reversed(range(len(container))):
            if must_go(container[index]):
                del container[index]
        return
    for key in list(container.keys()):
        if must_go(container[key]):
            del container[key]
