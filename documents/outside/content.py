"""Content streams from outside: kept from leaking into what is drawn around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf, Stream

if TYPE_CHECKING:
    from collections.abc import Iterable

_EDGE = rb"[\s\[\]<>(){}/%]"
# Strings and comments are passed over; what is left of interest are q, Q and BI.
_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|%[^\r\n]*|(?<![^\s\[\]<>(){}/%])(?:q|Q|BI)(?="
    + _EDGE
    + rb"|$)",
    re.DOTALL,
)


def streams_of(page: Any) -> list[Any]:
    """The page's content streams, in order; none for an empty page."""
    content = page.get("/Contents")
    found = content if isinstance(content, Array) else [content]
    return [stream for stream in found if isinstance(stream, Stream)]


def is_balanced(content: bytes) -> bool:
    """Whether each saved graphics state is restored, as far as a quick look can tell."""
    depth = 0
    for found in _TOKEN.finditer(content):
        token = found[0]
        if token == b"BI":
            return False
        depth += (token == b"q") - (token == b"Q")
        if depth < 0:
            return False
    return depth == 0


def balance(pdf: Pdf, page: Any) -> None:
    """Make ``page`` restore every graphics state that it saves, and no other."""
    if is_balanced(b"\n".join(stream.read_bytes() for stream in streams_of(page))):
        return
    kept: list[Any] = []
    depth = 0
    for step in pikepdf.parse_content_stream(page):
        change = {"q": 1, "Q": -1}.get(str(step.operator), 0)
        if depth + change < 0:
            continue
        depth += change
        kept.append(step)
    kept += [([], Operator("Q"))] * depth
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def forget_marks(form: Any) -> None:
    """Remove marked content that belongs to no structure, in ``form`` and below it.

    Marks that switch layers on and off, or carry a text's true wording, stay.
    """
    seen: set[tuple[int, int]] = set()
    todo = [form]
    while todo:
        stream = todo.pop()
        if stream.objgen in seen:
            continue
        seen.add(stream.objgen)
        for key in ("/StructParent", "/StructParents"):
            if key in stream:
                del stream[key]
        if stream.get("/Subtype") != "/Form":
            continue
        content = stream.read_bytes()
        if b"BMC" in content or b"BDC" in content:
            kept = _without_marks(pikepdf.parse_content_stream(stream))
            stream.write(pikepdf.unparse_content_stream(kept))
        todo += xobjects(stream)


def xobjects(owner: Any) -> list[Any]:
    """The images and forms that ``owner``, a page or a form, can draw."""
    resources = owner.get("/Resources")
    found = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(found, Dictionary):
        return []
    return [entry for entry in found.values() if isinstance(entry, Stream)]


def _without_marks(steps: Iterable[Any]) -> list[Any]:
    kept: list[Any] = []
    stack: list[bool] = []
    for step in steps:
        name = str(step.operator)
        if name in {"BMC", "BDC"}:
            stack.append(_says_something(step.operands))
            keeps = stack[-1]
        elif name == "EMC":
            keeps = stack.pop() if stack else False
        else:
            keeps = name not in {"MP", "DP"}
        if keeps:
            kept.append(step)
    kept += [([], Operator("EMC"))] * sum(stack)
    return kept


def _says_something(operands: Any) -> bool:
    """Whether a mark is a layer's, or gives words for what it encloses."""
    if operands[0] == Name.OC:
        return len(operands) > 1
    properties = operands[1] if len(operands) > 1 else None
    return (
        isinstance(properties, Dictionary)
        and "/MCID" not in properties
        and operands[0] != Name.Artifact
    )
