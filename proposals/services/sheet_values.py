"""What the cells of a spreadsheet mean: the values that the services take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from core import richtext
from proposals import references
from proposals.choices import FigureTopic, PointKind, Scope, Stance
from proposals.facts import rich_text
from proposals.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from proposals.models import Record
    from proposals.sheets.loading import Loaded

RICH: Final = frozenset({"idea", "summary"})


@dataclass(frozen=True, slots=True)
class Values:
    """Reads cells of one catalogue's sheets, which were found to be right before."""

    loaded: Loaded

    def kept(self, text: str) -> str:
        """Give a text as it is kept: its references by key."""
        return references.stored(text, self.loaded.names)[0]

    def field(self, record: Record, name: str, text: str) -> object:
        """Give the value of a plain field of a record."""
        text = self.kept(text)
        match name:
            case "theme":
                return next(t for t in self.loaded.themes.values() if t.title == text)
            case "scope":
                return scope(text)
            case "least" | "most":
                return int(text) if text else None
            case _ if name in RICH:
                return richtext.merge_plain(rich_text(getattr(record, name)), text)
        return text

    def whole_figure(self, values: Mapping[str, str]) -> dict[str, Any]:
        """Give all fields of a new figure."""
        empty = dict.fromkeys(("measure", "source", "source_url", "year"), "")
        given = {"is_derived": "", "topic": str(FigureTopic.GENERAL.label), **empty}
        return self.figure({**given, **{k: v for k, v in values.items() if v}})

    def figure(self, values: Mapping[str, str]) -> dict[str, Any]:
        """Give the fields of a figure that are told."""
        given: dict[str, Any] = {k: v for k, v in values.items() if k != "record"}
        if "what" in given:
            given["what"] = self.kept(given["what"])
        if "year" in given:
            given["year"] = int(given["year"] or 0)
        if "topic" in given:
            given["topic"] = next(
                t for t in FigureTopic if str(t.label) == given["topic"]
            )
        if "is_derived" in given:
            given["is_derived"] = given["is_derived"] == "ja"
        return given


def names(text: str) -> tuple[str, ...]:
    """Give the names in a cell that may hold several."""
    return tuple(filter(None, text.split("; ")))


def kind_of(label: str) -> PointKind:
    """Give the kind of a point by its label."""
    return next(kind for kind, words in WORDS.items() if words.label == label)


def scope(label: str) -> str:
    """Give whom a unit is for by its label."""
    return next(str(value) for value, own in Scope.choices if str(own) == label)


def stance(label: str) -> str:
    """Give a stance by its label; "" where nobody has answered."""
    return next((str(value) for value, own in Stance.choices if str(own) == label), "")


def day(text: str) -> date:
    """Give a day as a sheet writes it: "22-11-2023"."""
    own, month, year = (int(each) for each in text.split("-"))
    return date(year, month, own)
