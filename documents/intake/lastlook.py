"""The last look: the copy that was written is opened again, as everybody else will.

It does not ask what the cleaning took out. It has a list of its own of what may not be
in a file that is published, and refuses the rest, whatever the reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Pdf,
    PikepdfError,
    Stream,
    StreamDecodeLevel,
    String,
)

from documents.intake.actions import ANNOTATIONS, FORBIDDEN, PLACES, may_stay
from documents.intake.forms import numbered_annotations
from documents.intake.kept import own_objects
from documents.intake.scan import RefusedError, suspicious, written

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import BinaryIO

# The warnings of a file whose table of contents had to be made anew.
_REBUILT = "reconstruct"
_CUT = ("expected endstream", "unexpected EOF")
_REFERENCE = re.compile(rb"(?<![0-9])([0-9]+) ([0-9]+) R(?![A-Za-z0-9])")
_CONTENTS = re.compile(rb"/Contents (?:\[|[0-9])")
_CATALOG = (
    "/AA", "/AcroForm", "/Collection", "/OCProperties", "/Perms", "/SpiderInfo", "/URI",
)  # fmt: skip
_ACTING = re.compile(
    rb"/(?:"
    + b"|".join(kind[1:].encode() for kind in FORBIDDEN)
    + rb"|URI|JS|AA|EF|XFA"
    rb"|PA|Next|OnInstantiate|EmbeddedFile|Filespec|FFilter)(?![A-Za-z0-9])"
    rb"|/A (?:<<|\[|[0-9]+ [0-9]+ R)|/S [0-9]+ [0-9]+ R"
)
# What each kind of action needs to do anything; the role of an element needs none.
_NEEDED = {
    "/Launch": ("/F", "/Win", "/Mac", "/Unix"),
    "/JavaScript": ("/JS",),
    "/Rendition": ("/JS", "/R", "/OP"),
    "/Movie": ("/Annotation", "/Operation"),
    "/Sound": ("/Sound",),
    "/Hide": ("/H",),
    "/ResetForm": ("/Fields", "/Flags"),
    "/SetOCGState": ("/State",),
    "/Thread": ("/D", "/F"),
}


def refuse_incomplete(pdf: Pdf, warnings: list[Any]) -> None:
    """Refuse what is left of a file that was cut off or lost a piece.

    A library can put together a table of contents that is missing; what the table
    listed may be missing too.

    Args:
        warnings: what the library said when it read the file.

    Raises:
        RefusedError: "damaged".
    """
    said = "\n".join(map(str, warnings))
    if said and not all(_has_content(page.obj) for page in pdf.pages):
        raise RefusedError("damaged")
    if _REBUILT not in said:
        return
    is_cut = any(sign in said for sign in _CUT)
    if is_cut or Name.Size not in pdf.trailer or _has_lost_objects(pdf):
        raise RefusedError("damaged")
    for item in pdf.objects:
        if isinstance(item, Stream):
            item.get_stream_buffer(StreamDecodeLevel.generalized)


def _has_content(page: Any) -> bool:
    """Whether a page has the content that it says it has."""
    if not _CONTENTS.search(written(page)):
        return True
    contents = page.get(Name.Contents)
    each = list(contents) if isinstance(contents, Array) else [contents]
    return all(isinstance(stream, Stream) for stream in each)


def _has_lost_objects(pdf: Pdf) -> bool:
    """Whether anything refers to an object that is not there."""
    asked: set[bytes] = set()
    for item in pdf.objects:
        if isinstance(item, (Dictionary, Array, Stream)):
            asked.update(found[0] for found in _REFERENCE.finditer(written(item)))
    numbers = (tuple(map(int, each.split()[:2])) for each in asked)
    return any(pdf.get_object(*number) is None for number in numbers)


def look_again(
    out: BinaryIO, page_count: int, kept: Collection[str] = frozenset()
) -> None:
    """Open the copy in ``out``, walk all of it, and refuse what may not be published.

    Args:
        kept: SHA-256 of our own data that may lie in it.

    Raises:
        RefusedError: "damaged", or "active".
    """
    out.flush()
    out.seek(0)
    with Pdf.open(out) as pdf:
        try:
            _walk(pdf, page_count)
            refuse_what_acts(pdf, kept)
        except PikepdfError:
            raise RefusedError("damaged") from None
        if pdf.get_warnings():
            raise RefusedError("damaged")


def _walk(pdf: Pdf, page_count: int) -> None:
    """Read every page's content."""
    if len(pdf.pages) != page_count:
        raise RefusedError("damaged")
    for page in pdf.pages:
        contents = page.obj.get(Name.Contents)
        for stream in contents if isinstance(contents, Array) else [contents]:
            if isinstance(stream, Stream):
                stream.get_stream_buffer(StreamDecodeLevel.generalized)


def refuse_what_acts(pdf: Pdf, kept: Collection[str] = frozenset()) -> None:
    """Refuse what a published file may not have.

    Args:
        kept: as :func:`look_again` takes it.

    Raises:
        RefusedError: "active".
    """
    names = pdf.Root.get(Name.Names, Dictionary())
    may_list = {"/Dests", "/EmbeddedFiles"} if kept else {"/Dests"}
    own = own_objects(pdf, kept) if kept else frozenset()
    is_active = (
        any(key in pdf.Root for key in _CATALOG)
        or bool(set(names.keys()) - may_list)
        or _runs(pdf.Root.get(Name.OpenAction))
        or any(
            str(annotation.get(Name.Subtype)) in ANNOTATIONS
            for _, annotation in numbered_annotations(pdf)
        )
    )
    if is_active or any(
        _acts(container)
        for item in pdf.objects
        if _number(item) not in own
        for container in suspicious(item, _ACTING)
    ):
        raise RefusedError("active")


def _number(item: Any) -> tuple[int, int]:
    """Give an object's number; a plain value has none."""
    return item.objgen if isinstance(item, (Dictionary, Array, Stream)) else (0, 0)


def _runs(opening: Any) -> bool:
    """Whether opening the file does more than to go to a place in it."""
    if not isinstance(opening, (Dictionary, Stream)):
        return False
    return opening.get(Name.S) != Name.GoTo or Name.Next in opening


def _acts(container: Any) -> bool:
    if isinstance(container, Array):
        return False
    keys = set(container.keys())
    if keys & {"/XFA", "/OnInstantiate", "/FFilter"}:
        return True
    if isinstance(container, Stream) and ("/F" in keys or _is_file(container)):
        return True
    if isinstance(container.get(Name.JS), String) or _has_events(container):
        return True
    if _has_files(container.get(Name.EF)) or _could_act(container, keys):
        return True
    return any(_is_forbidden(container.get(key)) for key in PLACES)


def _could_act(container: Any, keys: set[str]) -> bool:
    """Whether it is an action of a kind that must go, and no element of that role."""
    kind = container.get(Name.S)
    if kind == Name.URI:
        return "/URI" in keys and not may_stay(container)
    if not isinstance(kind, Name) or str(kind) not in FORBIDDEN:
        return False
    needed = _NEEDED.get(str(kind), ("/F", "/D", "/TA", "/Base"))
    return bool(keys.intersection(needed))


def _is_forbidden(found: Any) -> bool:
    each = list(found) if isinstance(found, Array) else [found]
    return any(
        isinstance(action, (Dictionary, Stream))
        and Name.S in action
        and not may_stay(action)
        for action in each
    )


def _has_events(container: Any) -> bool:
    """Whether it does something by itself; a font may be called /AA too."""
    events = container.get(Name.AA)
    return isinstance(events, (Dictionary, Stream)) and any(
        key != "/SMask" and isinstance(event, (Dictionary, Stream)) and Name.S in event
        for key, event in events.items()
    )


def _has_files(found: Any) -> bool:
    return isinstance(found, Dictionary) and any(
        isinstance(value, Stream) and key in {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
        for key, value in found.items()
    )


def _is_file(stream: Any) -> bool:
    return bool(stream.get(Name.Type) == Name.EmbeddedFile)
