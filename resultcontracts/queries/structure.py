"""What a contract, a goal or a measure consists of, as its editors see it. One query.

Source: docs/rules.md R-125.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from core.formats import EN_DASH, counted, long_date, number
from resultcontracts.choices import (
    ActivityKind,
    MeasureKind,
    Missing,
    Operator,
    Qualifier,
    Status,
)
from resultcontracts.models import Contract
from resultcontracts.parts import CHILDREN, Part
from resultcontracts.queries.rows import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Line:
    """One row among its kind.

    Attributes:
        text: what it is known by; ``facts``: the rest, in one line.
        has_page: it consists of more, and has a page of its own.
    """

    pk: int
    part: Part
    text: str
    facts: str
    has_page: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind, in order."""

    part: Part
    title: str
    lines: tuple[Line, ...]


def groups_of(row: Any) -> tuple[Group, ...]:
    """Give what a contract, a goal or a measure consists of. One query."""
    parts = CHILDREN[type(row)]
    asked = {_name(part): _asked(part) for part in parts}
    read = type(row).objects.annotate(**asked).get(pk=row.pk)
    return tuple(
        Group(
            part,
            _TOLD[part.word].title,
            tuple(_line(part, each) for each in getattr(read, _name(part))),
        )
        for part in parts
    )


def _name(part: Part) -> str:
    return f"json_{part.word.replace('-', '_')}"


def _asked(part: Part) -> ArraySubquery:
    manager: Any = part.model._default_manager  # noqa: SLF001 -- Django's documented name
    rows = manager.filter(**_beside(part))
    told = _TOLD[part.word]
    fields: dict[str, Any] = {name: F(name) for name in ("pk", *told.fields)}
    fields |= {name: Cast(name, TextField()) for name in told.numbers}
    return ArraySubquery(rows.values(json=JSONObject(**fields)))


def _beside(part: Part) -> dict[str, Any]:
    if part.is_of_house and part.parent is Contract:
        asked = (OuterRef(name) for name in ("house_id", "council_id", "pk"))
        return part.of_contract(*asked)
    return {part.of: OuterRef("pk")}


def _line(part: Part, row: Mapping[str, Any]) -> Line:
    text, *facts = _TOLD[part.word].words(row)
    said = " · ".join(fact for fact in facts if fact)
    return Line(row["pk"], part, text, said, part.model in CHILDREN)


@dataclass(frozen=True, slots=True)
class _Told:
    title: str
    fields: tuple[str, ...]
    words: Callable[[Mapping[str, Any]], tuple[str, ...]]
    numbers: tuple[str, ...] = ()


def _spelt(text: str | None) -> str:
    return number(Decimal(f"{Decimal(text).normalize():f}")) if text else ""


def _day(text: str | None) -> str:
    day = day_of(text)
    return long_date(day) if day else ""


def _target(row: Mapping[str, Any]) -> tuple[str, ...]:
    ends = dict.fromkeys(_spelt(row[name]) for name in ("low", "high"))
    words = f"{Operator(row['operator']).label} {EN_DASH.join(ends)}"
    since = f"gælder fra {_day(row['since'])}" if row["since"] else "kontraktens eget"
    return words, since, row["reason"], row["decided_by"]


def _result(row: Mapping[str, Any]) -> tuple[str, ...]:
    word = Qualifier(row["qualifier"]).label if row["qualifier"] else ""
    value = f"{word} {_spelt(row['value'])} {row['unit']}".strip()
    return row["municipality__name"], value, row["period_name"], row["source"]


def _agreement(row: Mapping[str, Any]) -> tuple[str, ...]:
    amount = _kroner(row["amount"])
    in_all = f"{amount} i alt" if amount else ""
    return row["municipality__name"], row["title"], row["period_name"], in_all


def _post(row: Mapping[str, Any]) -> tuple[str, ...]:
    told = {"budget": _kroner(row["budget"]), "brugt": _kroner(row["spent"])}
    facts = [f"{name} {text or Missing.NOT_TOLD.label}" for name, text in told.items()]
    return row["name"], *facts, "i alt" if row["is_total"] else ""


def _kroner(text: str | None) -> str:
    return f"{_spelt(text)} kr." if text else ""


_TOLD: Final = {
    "slags": _Told("Slags mål", ("name", "plural", "note"), lambda row: (
        row["plural"], f"ét mål er {row['name']}", row["note"])),
    "dokument": _Told("Dokumenter", ("name", "note", "dated"), lambda row: (
        row["name"], row["note"], _day(row["dated"]))),
    "aftale": _Told("Lokale aftaler", ("municipality__name", "title", "period_name"),
        _agreement, ("amount",)),
    "budgetpost": _Told("Budgetposter", ("name", "is_total"), _post,
        ("budget", "spent")),
    "maal": _Told("Mål", ("number", "title", "kind__name"), lambda row: (
        f"{row['number']}. {row['title']}", row["kind__name"])),
    "linje": _Told("Hvem rapporterer", ("sender", "receivers", "frequency", "subject"),
        lambda row: (f"{row['sender']} til {row['receivers']}", row["subject"],
                     row["frequency"])),
    "bemaerkning": _Told("Bemærkninger", ("text",), lambda row: (row["text"],)),
    "maalepunkt": _Told("Målepunkter", ("label", "name", "segment", "kind", "counts"),
        lambda row: (f"{row['label']} {row['name']}", row["segment"],
                     MeasureKind(row["kind"]).label,
                     "" if row["counts"] else "tæller ikke med")),
    "maaltal": _Told("Måltal", ("operator", "since", "reason", "decided_by"), _target,
        ("low", "high")),
    "vurdering": _Told("Vurderinger", ("status", "reason", "given_on", "decided_by"),
        lambda row: (Status(row["status"]).label, row["reason"], _day(row["given_on"]),
                     row["decided_by"])),
    "sammenligning": _Told("Sammenligningstal", ("name", "period_name", "is_derived", "note"),
        lambda row: (f"{row['name']}: {_spelt(row['value'])}", row["period_name"],
                     "afledt" if row["is_derived"] else "", row["note"]), ("value",)),
    "aktivitet": _Told("Aktiviteter", ("kind", "text", "places"), lambda row: (
        row["text"], row["places"],
        ActivityKind(row["kind"]).label if row["kind"] == ActivityKind.INSTEAD else "")),
    "tal-at-dele": _Told("Tal at dele mellem kommunerne", ("name", "total", "source"),
        lambda row: (row["name"], counted(row["total"], "i alt", "i alt"),
                     row["source"])),
    "kommune": _Told("Kommunernes tal", ("municipality__name", "qualifier", "unit",
        "period_name", "source"), _result, ("value",)),
}  # fmt: skip
