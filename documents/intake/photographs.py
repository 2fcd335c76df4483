"""Photographs: where and with what they were taken is cut out; the picture is untouched."""

from __future__ import annotations

from typing import Any, cast

from pikepdf import Array, Name, Pdf, Stream

# Exif and XMP, Photoshop's own, and free text; colour profiles and the rest stay.
_TELLING = {0xE1, 0xED, 0xFE}
_START, _SCAN, _END = 0xD8, 0xDA, 0xD9
_MARK = 0xFF
_LENGTH = 2
_ALONE = {0x01, *range(0xD0, 0xD9)}


def forget_places(pdf: Pdf) -> set[str]:
    """Cut out of every photograph what a camera or a program wrote about it.

    Returns:
        Keys of ``sentences.NOTES``.
    """
    found = False
    for item in pdf.objects:
        if isinstance(item, Stream) and _is_photograph(item):
            before = item.read_raw_bytes()
            after = without_remarks(before)
            if after != before:
                found = True
                item.write(
                    after,
                    filter=Name.DCTDecode,
                    decode_parms=cast("Any", item.get(Name.DecodeParms)),
                )
    return {"photographs"} if found else set()


def _is_photograph(stream: Any) -> bool:
    filters = stream.get(Name.Filter)
    if isinstance(filters, Array) and len(filters) == 1:
        filters = filters[0]
    return bool(filters == Name.DCTDecode)


def without_remarks(data: bytes) -> bytes:
    """A JPEG without its remarks; what cannot be understood is given back as it is."""
    kept = [data[:2]]
    at = 2
    if data[:2] != bytes([_MARK, _START]):
        return data
    while at + 4 <= len(data) and data[at] == _MARK:
        kind = data[at + 1]
        if kind in {_SCAN, _END}:
            return b"".join([*kept, data[at:]])
        size = 0 if kind in _ALONE else int.from_bytes(data[at + 2 : at + 4])
        if kind == _MARK:  # a filling byte
            at += 1
            continue
        if kind not in _ALONE and size < _LENGTH:
            return data
        following = at + 2 + size
        if kind not in _TELLING:
            kept.append(data[at:following])
        at = following
    return data
