"""Data that the portal itself once put inside a PDF, in a file that comes back.

What lies inside a file is dropped with all that names it. Files whose SHA-256 our records
know are then put back: their bytes, under the name our records have, and nothing else.

Source: docs/rules.md R-56.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, Stream

from documents.attached import Attachments
from documents.intake.scan import RefusedError, suspicious, written
from documents.parts import DataFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

# More than this is none of our data, and is not unfolded.
MOST_BYTES: Final = 16 << 20
MOST_FILES: Final = 200
_FILES: Final = re.compile(rb"/(?:EF|EmbeddedFile)(?![A-Za-z0-9])")
_OTHER: Final = re.compile(rb"/(?:FileAttachment|GoToE|Collection)(?![A-Za-z0-9])")
_SPEC_KEYS: Final = {"/Type", "/F", "/UF", "/Desc", "/AFRelationship", "/EF"}
_STREAM_KEYS: Final = {"/Type", "/Subtype", "/Params", "/Length"}


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What our records say of data: the name they are saved under, kind, description."""

    name: str
    media_type: str
    description: str

    def to_json(self) -> dict[str, str]:
        """Give it as it is told to the child process."""
        return asdict(self)


def embedded(pdf: Pdf) -> dict[str, bytes]:
    """Give the files that lie inside a file, by SHA-256; nothing large is unfolded.

    Returns:
        ``""`` among the names where one of them was not read.
    """
    found: dict[str, bytes] = {}
    seen: set[tuple[int, int]] = set()
    left = MOST_BYTES
    for stream in _streams(pdf):
        if stream.objgen in seen:
            continue
        seen.add(stream.objgen)
        content = _content(stream, left) if len(seen) <= MOST_FILES else None
        if content is None:
            found[""] = b""
            continue
        left -= len(content)
        found[hashlib.sha256(content).hexdigest()] = content
    return found


def _streams(pdf: Pdf) -> Iterator[Any]:
    """Give the streams that are files, and those that something calls its file."""
    for item in pdf.objects:
        for container in suspicious(item, _FILES):
            if isinstance(container, Array):
                continue
            if isinstance(container, Stream):
                if container.get(Name.Type) == Name.EmbeddedFile:
                    yield container
                continue
            inside = container.get(Name.EF)
            if isinstance(inside, Dictionary):
                yield from (
                    each for each in inside.values() if isinstance(each, Stream)
                )


def _content(stream: Any, most: int) -> bytes | None:
    """Unfold a file that is stored plainly or deflated, as ours are; None for another."""
    kind = stream.get(Name.Filter)
    if isinstance(kind, Array) and len(kind) == 1:
        kind = kind[0]
    if Name.DecodeParms in stream or kind not in (None, Name.FlateDecode):
        return None
    raw = bytes(stream.get_raw_stream_buffer())
    if kind is None:
        return raw if len(raw) <= most else None
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(raw, most + 1)
    except zlib.error:
        return None
    return content if inflate.eof and len(content) <= most else None


def holds_only_data(pdf: Pdf, found: Collection[str], kept: Collection[str]) -> bool:
    """Whether data that are kept lie inside the file, and nothing else."""
    if not found or not set(found) <= set(kept):
        return False
    return not any(
        isinstance(item, (Dictionary, Array, Stream)) and _OTHER.search(written(item))
        for item in pdf.objects
    )


def put_back(
    pdf: Pdf, found: Mapping[str, bytes], known: Mapping[str, KnownFile]
) -> None:
    """Put the data that our records know into the cleaned file."""
    attachments = Attachments(pdf)
    files = [
        DataFile(own.name, own.media_type, own.description, found[sha256])
        for sha256, own in sorted(known.items(), key=lambda own: (own[1].name, own[0]))
        if sha256 in found
    ]
    attachments.hang(pdf.Root, files)
    attachments.finish()


def own_objects(pdf: Pdf, kept: Collection[str]) -> frozenset[tuple[int, int]]:
    """Give the objects of a written copy that are kept data, each looked at anew.

    Raises:
        RefusedError: something else is listed as a file.
    """
    names = pdf.Root.get(Name.Names)
    tree = names.get(Name.EmbeddedFiles) if isinstance(names, Dictionary) else None
    if tree is None:
        return frozenset()
    own: set[tuple[int, int]] = set()
    for spec in NameTree(tree).values():
        if not _is_kept(spec, kept):
            raise RefusedError("active")
        own |= {spec.objgen, spec.EF.F.objgen}
    return frozenset(own)


def _is_kept(spec: Any, kept: Collection[str]) -> bool:
    if not isinstance(spec, Dictionary) or not _SPEC_KEYS.issuperset(spec.keys()):
        return False
    inside: Any = spec.get(Name.EF)
    if not isinstance(inside, Dictionary) or set(inside.keys()) != {"/F", "/UF"}:
        return False
    stream = inside.F
    if not isinstance(stream, Stream) or inside.UF.objgen != stream.objgen:
        return False
    if not _STREAM_KEYS.issuperset(stream.keys()):
        return False
    return hashlib.sha256(stream.read_raw_bytes()).hexdigest() in kept
