"""Sentences about packets and their parts. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core import formats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.compare import Change
    from meetings.agenda import AgendaAppendix

# Millimetres: the widest that presentation programs make.
WIDEST_SLIDE = 340

# Label of a field in a document → what one and several of its points are called.
_POINTS = {
    "Gevinster": ("gevinst", "gevinster"),
    "Risici": ("risiko", "risici"),
    "Opmærksomhedspunkter": ("opmærksomhedspunkt", "opmærksomhedspunkter"),
    "Opgaver, der løses sammen": ("opgave", "opgaver"),
}


def change_words(change: Change) -> tuple[str, ...]:
    """Say what differs in one section: "1 gevinst i forslag 7"."""
    name = f"”{change.name}”" if change.is_title else _lowered(change.name)
    if change.is_new:
        return (f"{name} er nyt",)
    if change.is_gone:
        return (f"{name} er udgået",)
    return tuple(f"{_field(label, count)} i {name}" for label, count in change.fields)


def _field(label: str, count: int) -> str:
    if label.startswith("Gevinster"):
        label = "Gevinster"
    if count and label in _POINTS:
        return formats.counted(count, *_POINTS[label])
    return _lowered(label) if label else "en tabel"


def _lowered(label: str) -> str:
    """Begin a label with a small letter; an abbreviation ("IT-drift") stays as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def outside_words(appendices: Sequence[AgendaAppendix]) -> str:
    """Say how many appendices are files from outside, and how many have a summary."""
    files = [bilag for bilag in appendices if not bilag.is_generated]
    if not files:
        return ""
    if len(files) == 1:
        has = "har et" if files[0].summary else "har ikke noget"
        return f"1 bilag er en fil udefra. Det {has} resumé."
    count = sum(bool(bilag.summary) for bilag in files)
    some = {0: "Ingen af dem", len(files): "Alle"}.get(count, f"{count} af dem")
    return f"{len(files)} bilag er filer udefra. {some} har et resumé."


def own_name_words(appendix: AgendaAppendix) -> str:
    """Say what a document calls itself where that is not its number in the packet."""
    if not appendix.own_name:
        return ""
    named = f"”{appendix.own_name}”."
    found = re.match(r"Bilag \d+", appendix.own_name)
    if found is None or found[0] == f"Bilag {appendix.number}":
        return named
    return f"{named} Dokumentet kalder sig {found[0]}; i pakken hedder det {appendix.label}."


def status_words(appendix: AgendaAppendix) -> str:
    """Say the status a reader of the separator needs; "" where nothing is said."""
    if appendix.is_generated and not appendix.is_written:
        return f"Aktuel. Dannes af {appendix.made_of}."
    return appendix.status


def remark_words(appendix: AgendaAppendix) -> str:
    """Say in the contents list what a reader must know of a file from outside."""
    contradiction = appendix.status.removeprefix("Modsigelse: ")
    if contradiction != appendix.status:
        return contradiction[:1].upper() + contradiction[1:].rstrip(".")
    if appendix.is_generated or appendix.facts["tagged"]:
        return ""
    kind = _untagged(appendix.facts)
    return f"{kind}; resumé på skillebladet" if appendix.summary else kind


def _untagged(facts: dict[str, object]) -> str:
    if facts["text"] == "none":
        return "Scannet uden tekstlag"
    pages: Any = facts["pages"]
    if not pages or any(page["width_mm"] <= page["height_mm"] for page in pages):
        return "Uden opmærkning"
    return "Liggende slides" if all(map(_is_slide, pages)) else "Liggende sider"


def _is_slide(page: Mapping[str, float]) -> bool:
    """Whether a lying page may be a slide; a plan is larger."""
    return page["width_mm"] <= WIDEST_SLIDE
