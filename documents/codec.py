"""A document as JSON and back; the canonical text that its hash is taken of."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from documents import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

# Raise it when a node's meaning changes: every cached piece is then made anew.
SCHEMA = 1
# Fields that came later: left out where they hold nothing, so that older hashes stand.
LATER = frozenset({"links", "is_elsewhere", "glyph", "address", "is_missing"})

# Fields that hold sections, and what a section says: written around that.
_AROUND = frozenset({"section", "sections", "blocks"})
_json = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
).encode
_kept: ContextVar[dict[int, tuple[object, str]] | None] = ContextVar(
    "kept", default=None
)

_NODES = {
    cls.__name__: cls
    for cls in vars(tree).values()
    if dataclasses.is_dataclass(cls) and isinstance(cls, type)
}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a node's class: asking for them costs more than reading them.

    Of any other class there are none.
    """
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind))


def to_plain(node: object) -> Any:
    """Give ``node`` as dictionaries, lists and strings; ``type`` names its class."""
    kind: Any = type(node)
    if node is None or kind is str or kind is bool or kind is int:
        return node
    if isinstance(node, tuple):
        return [to_plain(part) for part in node]
    if names := _names(kind):
        plain: dict[str, Any] = {"type": kind.__name__}
        for name in names:
            value = getattr(node, name)
            if value or name not in LATER:
                plain[name] = value if type(value) is str else to_plain(value)
        return plain
    if isinstance(node, Decimal):
        return {"type": "Decimal", "value": str(node)}
    if isinstance(node, tree.Missing):
        return {"type": "Missing", "value": node.value}
    return node


def from_plain(plain: Any) -> Any:
    """Give the node that :func:`to_plain` turned into ``plain``.

    Raises:
        ValueError: a type that this version does not know.
    """
    if isinstance(plain, list):
        return tuple(from_plain(part) for part in plain)
    if not isinstance(plain, dict):
        return plain
    values = dict(plain)
    name = values.pop("type", None)
    if name == "Decimal":
        return Decimal(values["value"])
    if name == "Missing":
        return tree.Missing(values["value"])
    if name not in _NODES:
        msg = f"unknown node type {name!r}"
        raise ValueError(msg)
    return _NODES[name](**{key: from_plain(value) for key, value in values.items()})


def dumps(node: object) -> str:
    """Give the canonical JSON of a node: one spelling, whatever the machine."""
    return f'{{"root":{_text(node)},"schema":{SCHEMA}}}'


@contextmanager
def keeping() -> Iterator[None]:
    """Write the same blocks once meanwhile: a document's are those of its pieces too."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def _text(node: object) -> str:
    """Write what holds sections around what they say, which may be written already."""
    if isinstance(node, tuple):
        return f"[{','.join(map(_text, node))}]"
    kind: Any = type(node)
    if _AROUND.isdisjoint(names := _names(kind)):
        return _json(to_plain(node))
    said = [f'"type":"{kind.__name__}"']
    for name in names:
        value = getattr(node, name)
        if name == "blocks":
            said.append(f'"blocks":{_blocks(value)}')
        elif value or name not in LATER:
            own = _text(value) if name in _AROUND else _json(to_plain(value))
            said.append(f'"{name}":{own}')
    return f"{{{','.join(sorted(said))}}}"


def _blocks(blocks: tuple[object, ...]) -> str:
    kept = _kept.get()
    if kept is None:
        return _json(to_plain(blocks))
    # The blocks are kept as well: no others can take their place in memory meanwhile.
    if id(blocks) not in kept:
        kept[id(blocks)] = (blocks, _json(to_plain(blocks)))
    return kept[id(blocks)][1]


def loads(text: str) -> Any:
    """Read what :func:`dumps` wrote.

    Raises:
        ValueError: another schema, or an unknown node.
    """
    plain = json.loads(text)
    if plain["schema"] != SCHEMA:
        msg = f"schema {plain['schema']} is not {SCHEMA}"
        raise ValueError(msg)
    return from_plain(plain["root"])


def digest(node: object, *more: str) -> str:
    """Give the SHA-256 of a node and of whatever else its rendering depends on."""
    found, _ = identity(node, *more)
    return found


def identity(node: object, *more: str) -> tuple[str, int]:
    """Give the same, and the length of the node's canonical text in bytes."""
    text = dumps(node).encode()
    sha = hashlib.sha256(text)
    for part in more:
        sha.update(b"\0" + part.encode())
    return sha.hexdigest(), len(text)
