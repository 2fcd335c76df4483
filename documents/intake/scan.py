"""What makes a file impossible: found in every object, reachable or not.

Objects are first looked at as the text the PDF library writes them as, where a name has
one spelling only; just the suspicious ones are taken apart. That keeps a file with a
hundred thousand structure elements within seconds.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, PikepdfError, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.intake.verdict import Limits

# No deflated stream grows beyond this factor.
MOST_INFLATED = 1032
CHUNK = 1 << 20
# More samples than this make a picture of some 700 MB in memory.
MAX_PIXELS = 250_000_000
# A kind that is named in another object ("/S 12 0 R") is looked at too.
ELSEWHERE = rb"|/(?:S|Subtype) [0-9]+ [0-9]+ R"
_XFA = re.compile(rb"/XFA(?![A-Za-z0-9])")


class RefusedError(Exception):
    """The file cannot be used; ``code`` is a key of ``sentences.REFUSALS``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refuse_the_impossible(pdf: Pdf, limits: Limits) -> None:
    """Look for what no cleaning can mend.

    Raises:
        RefusedError: with its code.
    """
    count = len(pdf.pages)
    if not count:
        raise RefusedError("no_pages")
    if count > limits.max_pages:
        raise RefusedError("too_many_pages")
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and Name.XFA in form:
        raise RefusedError("xfa")
    for item in pdf.objects:
        if isinstance(item, Stream):
            _refuse_bomb(item, limits.max_stream_bytes)
        for container in suspicious(item, _XFA):
            _refuse_container(container)


def is_true(value: Any) -> bool:
    """Whether an entry is the boolean true, and nothing that only looks like it."""
    return value is True


def written(item: Any) -> bytes:
    """``item`` as the library writes it, names normalised; a stream's dictionary."""
    if isinstance(item, Stream):
        item = item.stream_dict
    text: bytes = item.unparse(resolved=True)
    return text


def suspicious(item: Any, pattern: re.Pattern[bytes]) -> Iterator[Any]:
    """The dictionaries and arrays of ``item`` itself, if its text has ``pattern``.

    What ``item`` refers to is an object of its own and not entered.
    """
    if not isinstance(item, (Dictionary, Array, Stream)):
        return
    if pattern.search(written(item)):
        yield from containers(item)


def containers(item: Any) -> Iterator[Any]:
    """``item`` and the dictionaries and arrays written inside it, outermost first."""
    pending = [item]
    while pending:
        found = pending.pop()
        yield found
        inside = found.values() if not isinstance(found, Array) else found
        pending.extend(
            child
            for child in inside
            if isinstance(child, (Dictionary, Array)) and not child.is_indirect
        )


def _refuse_container(container: Any) -> None:
    if isinstance(container, Array):
        return
    # A form keeps /XFA beside /Fields; elsewhere it is somebody's private name.
    if Name.XFA in container and Name.Fields in container:
        raise RefusedError("xfa")


def _refuse_bomb(stream: Stream, most: int) -> None:
    """Refuse a stream that unfolds to more than ``most`` bytes; pictures by size."""
    if stream.get(Name.Subtype) == Name.Image:
        sides: Any = (stream.get(Name.Width), stream.get(Name.Height))
        width, height = (int(s) if isinstance(s, int) else 0 for s in sides)
        if width * height > MAX_PIXELS:
            raise RefusedError("too_heavy")
        return
    names = _filters(stream)
    raw_size = len(stream.get_raw_stream_buffer())
    if not names or raw_size * MOST_INFLATED <= most:
        return
    if len(names) == 1 and names[0] in {"/FlateDecode", "/Fl"}:
        too_much = _inflates_beyond(stream, most)
    elif {"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"} & set(names):
        too_much = False
    else:
        too_much = _unfolds_beyond(stream, most)
    if too_much:
        raise RefusedError("too_heavy")


def _filters(stream: Stream) -> list[str]:
    value = stream.get(Name.Filter)
    if isinstance(value, Name):
        return [str(value)]
    return [str(name) for name in value] if isinstance(value, Array) else []


def _unfolds_beyond(stream: Stream, most: int) -> bool:
    """The same for any other filters; what the library gives up on counts as too much."""
    try:
        return len(stream.read_bytes()) > most
    except PikepdfError:
        return True


def _inflates_beyond(stream: Stream, most: int) -> bool:
    """Whether a deflated stream unfolds to more than ``most`` bytes; keeps none."""
    inflate = zlib.decompressobj()
    waiting, size = stream.read_raw_bytes(), 0
    try:
        while waiting and not inflate.eof:
            size += len(inflate.decompress(waiting, CHUNK))
            if size > most:
                return True
            waiting = inflate.unconsumed_tail
    except zlib.error:
        pass  # what is broken unfolds to no more
    return False
