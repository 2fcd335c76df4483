"""Takes out of a file what acts, hides or protects; what is seen stays as it is."""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from documents.intake.forms import freeze_forms
from documents.intake.pages import mend_boxes
from documents.intake.scan import ELSEWHERE, containers, suspicious, written

# A removal that nobody needs to be told about.
QUIET = "quiet"
# What this project's own joiner writes for itself; a foreign file may not bring it.
_OWN_KEYS = "/KKR_"

_ACTIONS = {
    "/JavaScript": "javascript",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
    "/SubmitForm": "sending",
    "/ImportData": "sending",
    "/ResetForm": "sending",
    "/Hide": "sending",
    "/GoToR": "links",
    "/GoToE": "embedded",
}
_ANNOTATIONS = {
    "/FileAttachment": "embedded",
    "/RichMedia": "media",
    "/3D": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    # Windows of comments and marks for printers show nothing on the page itself.
    "/Popup": QUIET,
    "/PrinterMark": QUIET,
    "/TrapNet": QUIET,
}
_NAME_TREES = {
    "JavaScript": "javascript",
    "EmbeddedFiles": "embedded",
    "Renditions": "media",
    "AlternatePresentations": "media",
}
_SAFE_SCHEMES = {"", "http", "https", "mailto", "tel"}
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Rendition|Movie|Sound|RichMedia\w*|GoTo3DView|3D|SubmitForm"
    rb"|ImportData|ResetForm|Hide|GoToR|GoToE|URI|FileAttachment|Screen|Popup"
    rb"|PrinterMark|TrapNet|AA|EF|AF|KKR_\w*)"
    rb"(?![A-Za-z0-9])" + ELSEWHERE
)
_REFERENCE = re.compile(rb"(?<![0-9])([0-9]+) ([0-9]+) R(?![A-Za-z0-9])")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def clean(pdf: Pdf) -> set[str]:
    """Take active content, hidden files and protection out of ``pdf``.

    Returns:
        Keys of ``sentences.NOTES``: what was taken out.
    """
    notes = {"protection"} if pdf.is_encrypted else set()
    _clean_catalog(pdf, notes)
    doomed = _sweep(pdf, notes)
    notes |= freeze_forms(pdf, doomed)
    _forget(pdf, doomed)
    for page in pdf.pages:
        mend_boxes(page)
    return notes - {QUIET}


def _clean_catalog(pdf: Pdf, notes: set[str]) -> None:
    """Clean what hangs on the catalog itself."""
    root = pdf.Root
    opening = root.get(Name.OpenAction)
    if opening is not None and not _is_plain_jump(opening):
        script = isinstance(opening, Dictionary) and Name.JS in opening
        notes.add("javascript" if script else "opening")
        del root.OpenAction
    _clean_names(root.get(Name.Names), notes)
    if root.get(Name.Collection) is not None:
        notes.add("embedded")
    if root.get(Name.Perms) is not None:
        notes.add("protection")
    for key in (Name.Collection, Name.Perms, Name.URI, Name.SpiderInfo):
        if key in root:
            del root[key]


def _clean_names(names: Any, notes: set[str]) -> None:
    if not isinstance(names, Dictionary):
        return
    for key, note in _NAME_TREES.items():
        if names.get("/" + key) is not None:
            notes.add(note)
            del names["/" + key]


def _is_plain_jump(opening: Any) -> bool:
    """Whether opening the file only goes to a place in it."""
    if isinstance(opening, (Array, Name, String)):
        return True
    if not isinstance(opening, Dictionary):
        return False
    return opening.get(Name.S) == Name.GoTo and Name.Next not in opening


def _sweep(pdf: Pdf, notes: set[str]) -> set[tuple[int, int]]:
    """Clean every object in itself; give the numbers of those that must go whole."""
    doomed = set()
    for item in pdf.objects:
        for container in suspicious(item, _ACTIVE):
            note = _sentence_on(container)
            if note and container.is_indirect:
                notes.add(note)
                doomed.add(container.objgen)
            else:
                _clean_container(container, notes)
    return doomed


def _clean_container(container: Any, notes: set[str]) -> None:
    """Take what must go, and is written here, out of one dictionary or array."""
    if isinstance(container, Array):
        for index in reversed(range(len(container))):
            note = _sentence_on(container[index])
            if note:
                notes.add(note)
                del container[index]
        return
    for key in list(container.keys()):
        note = _sentence_on_entry(key, container[key])
        if note:
            notes.add(note)
            del container[key]


def _sentence_on(item: Any) -> str:
    """Why an action or annotation must go, as a key of the notes; "" if it may stay."""
    if not isinstance(item, (Dictionary, Stream)):
        return ""
    kind, subtype = item.get(Name.S), item.get(Name.Subtype)
    # A structure element may bear any name as its role; it has a parent, /P.
    if isinstance(kind, Name) and Name.P not in item:
        if kind == Name.URI:
            return "" if _is_safe(item.get(Name.URI)) else "links"
        if str(kind) in _ACTIONS:
            return _ACTIONS[str(kind)]
        if Name.JS in item:
            return "javascript"
    if isinstance(subtype, Name) and Name.Rect in item:
        return _ANNOTATIONS.get(str(subtype), "")
    return ""


def _sentence_on_entry(key: str, value: Any) -> str:
    """Why one entry of a dictionary must go, as a key of the notes; "" if it may stay."""
    if key == "/AA" and _is_events(value):
        text = b"".join(written(event) for event in value.values())
        return "javascript" if b"/JavaScript" in text else "opening"
    if key.startswith(_OWN_KEYS):
        return QUIET
    if key == "/EF" and isinstance(value, Dictionary):
        return "embedded"
    if key == "/AF" and isinstance(value, (Array, Dictionary)):
        return "embedded"
    return _sentence_on(value)


def _is_events(value: Any) -> bool:
    """Whether ``value`` maps events to actions, and is no other thing called /AA."""
    return isinstance(value, Dictionary) and all(
        isinstance(event, Dictionary) and isinstance(event.get(Name.S), Name)
        for event in value.values()
    )


def _is_safe(address: Any) -> bool:
    if not isinstance(address, String):
        return False
    scheme = _SCHEME.match(str(address).strip())
    return (scheme.group(1).lower() if scheme else "") in _SAFE_SCHEMES


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
