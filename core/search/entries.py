"""What can be found, and who tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from core.jobs import app

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

PUBLIC: Final = "public"
"""The audience of what everybody may read."""

EVERYTHING: Final = ""
"""The scope of all that can be found."""

TASK: Final = "core.index"


@dataclass(frozen=True, slots=True)
class Passage:
    """A named text: a field, or a page of a file.

    Attributes:
        name: as the reader knows it, "Gevinst 1", "side 4".
        text: plain; ends of lines part sentences.
        page: within its own document, 0 where it has none.
        is_heading: weighs more than text, less than the title.
    """

    name: str
    text: str
    page: int = 0
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    Attributes:
        key: stable and its own within the kind.
        scope: what is indexed in one go, "meeting:7"; see :func:`changed`.
        audience: who may know that it exists: ``PUBLIC``, or what the owner of the
            records calls a group ("editors:sjaelland").
        council: slug.
        dated: how new it is.
        year: which year it is counted in, where that is another.
        url: where it is read; an address that holds for everybody who may.
        title: what is searched first, and shown as the link unless ``link`` is given.
        link: the words of the link where the title alone does not say what it is.
        place: where it stands, short: "2.1 Bilag 3, side 41"; "" where it has no place.
        label: what kind of thing it is, over the link: "Forenklingsforslag 7".
        remark: what is said of it at last: "KKR-møde 22. november 2023".
        within: what can be searched by itself, "sjaelland/2023-11-22"; "" for nothing.
        subject: what it is the text of, whichever version: a record and its sent copies
            share it. The key where it is left out.
        digest: of the text; entries with the same subject and digest are one hit.
        is_sent: a copy that stands as it was sent, and comes after today's record.
        version: of the sent copy; 0 for today's.
        pages_without_text: pages that cannot be searched.
    """

    key: str
    scope: str
    audience: str
    council: str
    dated: date
    url: str
    title: str
    passages: tuple[Passage, ...] = ()
    link: str = ""
    place: str = ""
    label: str = ""
    remark: str = ""
    within: str = ""
    subject: str = ""
    digest: str = ""
    is_sent: bool = False
    version: int = 0
    year: int = 0
    pages_without_text: int = 0


class Provide(Protocol):
    """Gives the entries of a kind as they are now.

    ``scope`` is one that was told to :func:`changed`, or None for all. A scope that is
    none of this kind's gives nothing.
    """

    def __call__(self, scope: str | None, /) -> Iterable[Entry]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """What one app lets be found, under one name in the list of kinds."""

    key: str
    name: str
    provide: Provide


_kinds: dict[str, Kind] = {}


def register(kind: str, name: str, provide: Provide) -> None:
    """Let entries of a kind be found; call it in ``AppConfig.ready``.

    Args:
        kind: its place in addresses, at most 30 signs.
        name: Danish, for the list of kinds: "Forslag".
    """
    _kinds[kind] = Kind(kind, name, provide)


def forget(kind: str) -> None:
    """Take a kind back (tests)."""
    _kinds.pop(kind, None)


def kinds() -> Mapping[str, Kind]:
    """The kinds by their key, in the order they were registered."""
    return dict(_kinds)


def changed(*scopes: str) -> None:
    """Have what belongs to these scopes indexed anew.

    Call it inside the transaction of the change: the job is there if the change is.
    """
    for scope in scopes:
        app.configure_task(TASK).defer(scope=scope)
