"""The two catalogues, from the fixtures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.utils.html import format_html, format_html_join

from core import richtext
from kkr.fixture_data import read
from proposals.choices import CatalogueKind, PointKind, TermKind
from proposals.models import (
    Catalogue,
    CooperationUnit,
    CrossReference,
    Dependency,
    Figure,
    Illustration,
    Point,
    Proposal,
    SharedPoint,
    Term,
    Theme,
    TitleReading,
)
from proposals.references import CATALOGUE_WORDS, token_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Council
    from proposals.models import Record

_NUMBERED: Final = re.compile(r"\bforslag (\d+)(?: og (\d+))?\b")

POINTS = {
    "gains": PointKind.GAIN,
    "risks": PointKind.RISK,
    "attention_points": PointKind.ATTENTION,
    "tasks": PointKind.TASK,
    "tasks_extra": PointKind.EXTRA,
}
TERMS = {
    "laws": TermKind.LAW,
    "schemes": TermKind.SCHEME,
    "actors": TermKind.ACTOR,
    "target_groups": TermKind.TARGET_GROUP,
    "evidence": TermKind.EVIDENCE,
}


def load_proposals(council: Council) -> Catalogue:
    """Load the 18 proposals: 66 gains, 35 risks, 20 attention points."""
    rows = read("proposals")
    catalogue = _catalogue(council, CatalogueKind.SIMPLIFICATION, rows)
    themes = {
        row["number"]: Theme.objects.create(catalogue=catalogue, **row)
        for row in rows["themes"]
    }
    by_number = {
        row["number"]: _proposal(catalogue, themes[row["theme"]], row)
        for row in rows["proposals"]
    }
    for row in rows["proposals"]:
        _references(by_number, row)
    drawn = dict(rows["illustration"])
    belongs_to = [by_number[number] for number in drawn.pop("belongs_to")]
    Illustration.objects.create(catalogue=catalogue, **drawn).belongs_to.set(belongs_to)
    return catalogue


def load_units(council: Council) -> Catalogue:
    """Load the 6 co-operation units: 38 tasks, 58 gains, 20 attention points."""
    rows = read("cooperation_units")
    catalogue = _catalogue(council, CatalogueKind.COOPERATION, rows)
    shared = {
        row["key"]: SharedPoint.objects.create(catalogue=catalogue, **row)
        for row in rows["shared_points"]
    }
    by_number = {row["number"]: _unit(catalogue, row, shared) for row in rows["units"]}
    Dependency.objects.bulk_create(
        Dependency(
            unit=by_number[row["number"]],
            to=by_number[to["to"]],
            kind=to["kind"],
            text=_following(to["text"], by_number),
        )
        for row in rows["units"]
        for to in row["dependencies"]
    )
    for unit in by_number.values():
        if (scope := _following(unit.scope_text, by_number)) != unit.scope_text:
            CooperationUnit.objects.filter(pk=unit.pk).update(scope_text=scope)
    return catalogue


def _following(text: str, by_number: Mapping[int, Record]) -> str:
    """Give the source's words with its "forslag 1 og 2" as references that follow.

    Both catalogues call their records so; the text's own catalogue is meant.
    """

    def token(number: str) -> str:
        record = by_number[int(number)]
        return token_of(CATALOGUE_WORDS[record.owner], record.key)

    def one(match: re.Match[str]) -> str:
        return " og ".join(token(number) for number in match.groups() if number)

    return _NUMBERED.sub(one, text)


def _catalogue(council: Council, kind: CatalogueKind, rows: Any) -> Catalogue:
    return Catalogue.objects.create(
        council=council,
        kind=kind,
        **{name: rows[name] for name in ("key", "title", "author", "own_name")},
    )


def _proposal(catalogue: Catalogue, theme: Theme, row: Any) -> Proposal:
    proposal = Proposal.objects.create(
        catalogue=catalogue,
        theme=theme,
        key=row["key"],
        number=row["number"],
        title=row["title"],
        idea=richtext.sanitise(_idea(row["idea"], row["idea_list"])),
    )
    TitleReading.objects.bulk_create(
        TitleReading(proposal=proposal, position=position, **reading)
        for position, reading in enumerate(row["readings"], 1)
    )
    _points({"proposal": proposal}, row, {})
    _details({"proposal": proposal}, row)
    return proposal


def _idea(text: str, items: list[str]) -> str:
    listed = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html(
        "<p>{}</p>{}", text, format_html("<ul>{}</ul>", listed) if items else ""
    )


def _references(by_number: dict[int, Proposal], row: Any) -> None:
    CrossReference.objects.bulk_create(
        CrossReference(
            proposal=by_number[row["number"]],
            to=by_number[reference["to"]],
            position=position,
            wording=_following(reference["wording"], by_number),
            is_explicit=reference["explicit"],
        )
        for position, reference in enumerate(row["references"], 1)
    )


def _unit(
    catalogue: Catalogue, row: Any, shared: dict[str, SharedPoint]
) -> CooperationUnit:
    plain = (
        "key", "number", "title", "other_title", "summary", "scope", "scope_text",
        "criterion", "least", "most", "stays", "moves_from", "tasks_intro",
    )  # fmt: skip
    fields = {name: row[name] for name in plain}
    fields["summary"] = richtext.sanitise(format_html("<p>{}</p>", fields["summary"]))
    unit = CooperationUnit.objects.create(catalogue=catalogue, **fields)
    _points({"unit": unit}, row, shared)
    _details({"unit": unit}, row)
    return unit


def _points(record: dict[str, Any], row: Any, shared: dict[str, SharedPoint]) -> None:
    Point.objects.bulk_create(
        Point(**record, kind=kind, **_point(kind, position, entry, shared))
        for name, kind in POINTS.items()
        for position, entry in enumerate(row.get(name, ()), 1)
    )


def _point(
    kind: PointKind, position: int, entry: Any, shared: dict[str, SharedPoint]
) -> dict[str, Any]:
    """Give a point's fields; an entry is its text, or a mapping with the text in it."""
    row = {"text": entry} if isinstance(entry, str) else entry
    return {
        "key": f"{kind}-{position}",
        "position": position,
        "text": row["text"],
        "beneficiary": row.get("beneficiary", ""),
        "shared": shared.get(row.get("shared", "")),
        "has_own_wording": row.get("own_wording", False),
    }


def _details(record: dict[str, Any], row: Any) -> None:
    Figure.objects.bulk_create(
        Figure(**record, position=position, is_derived=derived, **plain)
        for position, figure in enumerate(row["figures"], 1)
        for derived in [figure.get("derived", False)]
        for plain in [{name: v for name, v in figure.items() if name != "derived"}]
    )
    Term.objects.bulk_create(
        Term(**record, kind=kind, position=position, text=text)
        for name, kind in TERMS.items()
        for position, text in enumerate(row.get(name, ()), 1)
    )
