"""What a file may do: one list of the actions that stay, and a judge of all the others."""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from documents.intake.scan import RefusedError, written
from documents.objects import kids

# A removal that nobody needs to be told about.
QUIET = "quiet"
# What this project's own joiner writes for itself; a foreign file may not bring it.
_OWN_KEYS = "/KKR_"
_LAUNCH = "launch"

# Kinds of action that must go → key of ``sentences.NOTES``. GoTo, URI and Named may stay.
FORBIDDEN = {
    "/Launch": _LAUNCH,
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
    "/GoToDp": "links",
    "/Thread": "links",
    "/GoToE": "embedded",
    "/SetOCGState": "program",
    "/SetState": "program",
    "/Trans": "program",
    "/NOP": "program",
}
ANNOTATIONS = {
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
# Where actions stand, whatever they say of themselves.
PLACES = ("/A", "/PA", "/Next", "/OpenAction")
_PAGE_TURNS = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
# Events of annotations, pages, fields and the catalog that may have an action.
_EVENTS = {
    "/E", "/X", "/D", "/U", "/Fo", "/Bl", "/PO", "/PC", "/PV", "/PI", "/O", "/C", "/K",
    "/F", "/V", "/WC", "/WS", "/DS", "/WP", "/DP",
}  # fmt: skip
# All that a structure element says; an action says something else as well.
_ELEMENT_KEYS = {
    "/Type", "/S", "/P", "/ID", "/Pg", "/K", "/A", "/C", "/R", "/T", "/Lang", "/Alt",
    "/E", "/ActualText", "/NS", "/Ref", "/Phoneme", "/PhoneticAlphabet",
}  # fmt: skip
_FILE_KEYS = {"/F", "/UF", "/DOS", "/Mac", "/Unix", "/EF", "/FS"}
_SAFE_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_MAX_ELEMENTS = 200_000


class Elements:
    """The structure elements of a file; its tree is walked when first asked about."""

    def __init__(self, pdf: Pdf) -> None:
        self._root = pdf.Root.get(Name.StructTreeRoot)
        self._numbers: set[tuple[int, int]] | None = None

    def has(self, item: Any) -> bool:
        """Whether ``item`` is an element, and says nothing that an element would not.

        Any name may be an element's role, also that of an action.
        """
        if not isinstance(item, Dictionary) or not _ELEMENT_KEYS.issuperset(
            item.keys()
        ):
            return False
        if item.get(Name.Type) == Name.StructElem:
            return True
        if self._numbers is None:
            self._numbers = self._walk()
        return bool(item.is_indirect) and item.objgen in self._numbers

    def _walk(self) -> set[tuple[int, int]]:
        if not isinstance(self._root, Dictionary):
            return set()
        found: set[tuple[int, int]] = set()
        pending, left = list(kids(self._root)), _MAX_ELEMENTS
        while pending and left:
            left -= 1
            element = pending.pop()
            if element.is_indirect:
                if element.objgen in found:
                    continue
                found.add(element.objgen)
            pending.extend(kids(element))
        return found


class Judge:
    """Says why something in a file must go, as a key of the notes; "" if it may stay."""

    def __init__(self, pdf: Pdf) -> None:
        self._elements = Elements(pdf)

    def on_item(self, item: Any) -> str:
        """Judge what may be an action or an annotation, wherever it stands.

        Raises:
            RefusedError: it starts a program.
        """
        if not isinstance(item, (Dictionary, Stream)):
            return ""
        kind, subtype = item.get(Name.S), item.get(Name.Subtype)
        if isinstance(kind, Name) and (note := self._on_action(item, str(kind))):
            return _or_refused(note)
        if item.get(Name.Type) == Name.EmbeddedFile and isinstance(item, Stream):
            return "embedded"
        is_annotation = Name.Rect in item or item.get(Name.Type) == Name.Annot
        if isinstance(subtype, Name) and is_annotation:
            return ANNOTATIONS.get(str(subtype), "")
        return ""

    def _on_action(self, item: Any, kind: str) -> str:
        note = FORBIDDEN.get(kind, "")
        if Name.JS in item and not note:
            note = "javascript"
        if kind == "/URI" and not is_safe(item.get(Name.URI)):
            note = "links"
        return "" if note and self._elements.has(item) else note

    def on_entry(self, key: str, value: Any) -> str:
        """Judge one entry of a dictionary.

        Raises:
            RefusedError: it starts a program.
        """
        if key in PLACES and (note := _on_place(value)):
            return _or_refused(note)
        if key == "/AA" and _is_events(value):
            text = b"".join(written(event) for event in value.values() if _holds(event))
            return "javascript" if b"/JavaScript" in text else "opening"
        if key.startswith(_OWN_KEYS):
            return QUIET
        return _on_name(key, value) or self.on_item(value)


def _on_name(key: str, value: Any) -> str:
    """Judge what must go by its name alone."""
    if key == "/OnInstantiate" or (key == "/JS" and isinstance(value, String)):
        return "javascript"
    if key in {"/EF", "/AF"} and _names_files(value):
        return "embedded"
    # The lists of a subset's glyphs: optional, and more often wrong than right.
    is_list = isinstance(value, (Stream, String)) and key in {"/CIDSet", "/CharSet"}
    if is_list:
        return QUIET
    is_elsewhere = key == "/Ref" and isinstance(value, Dictionary) and Name.F in value
    return "links" if is_elsewhere else ""


def may_stay(action: Any) -> bool:
    """Whether an action only jumps in the file, turns its pages or opens an address."""
    kind = action.get(Name.S)
    if kind == Name.GoTo:
        return True
    if kind == Name.URI:
        return is_safe(action.get(Name.URI))
    return bool(kind == Name.Named and str(action.get(Name.N)) in _PAGE_TURNS)


def is_safe(address: Any) -> bool:
    """Whether an address leads to the web or to a letter, or further in the same place.

    One without a scheme has no backslash, colon or slash in front; none has a control
    character. Some programs read it byte by byte, so that is how it is judged.
    """
    if not isinstance(address, String):
        return False
    stored = bytes(address)
    is_wide = stored[:2] in {b"\xfe\xff", b"\xff\xfe"}
    text = (str(address) if is_wide else stored.decode("latin-1")).strip()
    if any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in text):  # noqa: PLR2004
        return False
    scheme = _SCHEME.match(text)
    if scheme:
        return scheme.group(1).lower() in _SAFE_SCHEMES
    return not (set("\\:") & set(text) or text.startswith("/"))


def _or_refused(note: str) -> str:
    if note == _LAUNCH:
        raise RefusedError(_LAUNCH)
    return note


def _on_place(value: Any) -> str:
    """Judge what stands where actions stand: it must be on the short list.

    Attributes of structure elements stand under the same name; they have no kind, /S.
    """
    found = list(value) if isinstance(value, Array) else [value]
    for action in found:
        if not isinstance(action, (Dictionary, Stream)) or Name.S not in action:
            continue
        if not may_stay(action):
            kind = str(action.get(Name.S))
            return FORBIDDEN.get(kind, "links" if kind == "/URI" else "program")
    return ""


def _is_events(value: Any) -> bool:
    """Whether ``value`` maps events to actions, and is no other thing called /AA."""
    if not isinstance(value, (Dictionary, Stream)):
        return False
    return any(
        key in _EVENTS and _holds(event) and Name.S in event
        for key, event in value.items()
    )


def _holds(value: Any) -> bool:
    return isinstance(value, (Dictionary, Stream))


def _names_files(value: Any) -> bool:
    """Whether ``value`` is files, or a list of them, and no font or colour called so."""
    found = list(value) if isinstance(value, Array) else [value]
    return any(
        _holds(each) and not _FILE_KEYS.isdisjoint(each.keys()) for each in found
    )
