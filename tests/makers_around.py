"""Makers of what stands around the catalogues: groups, visions, source notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.models import Municipality
from proposals.models import Cluster, ClusterMember, SourceNote, Vision, VisionLink

if TYPE_CHECKING:
    from accounts.models import Council
    from proposals.models import CooperationUnit, Record


def a_place(council: Council, name: str) -> Municipality:
    """A municipality of the council, made where it is missing."""
    found, _ = Municipality.objects.get_or_create(
        name=name,
        defaults={
            "code": 300 + Municipality.objects.count(),
            "council": council,
            "population": 10_000 + len(name),
        },
    )
    return found


def a_group(unit: CooperationUnit, name: str = "Gruppe A", *places: str) -> Cluster:
    """A group of the unit with municipalities of these names."""
    position = unit.clusters.count() + 1
    row = Cluster.objects.create(
        unit=unit, key=f"gruppe-{position}", position=position, name=name
    )
    ClusterMember.objects.bulk_create(
        ClusterMember(
            cluster=row,
            unit=unit,
            municipality=a_place(unit.catalogue.council, place),
        )
        for place in places
    )
    return row


def a_vision(
    council: Council, *records: Record, number: int = 1, title: str = "Plads til alle"
) -> Vision:
    """A vision of the council that these records serve."""
    row = Vision.objects.create(
        council=council, key=f"vision-{number}", number=number, title=title
    )
    for record in records:
        own: Any = {record.owner: record}
        VisionLink.objects.create(vision=row, **own)
    return row


def a_note(
    council: Council,
    record: Record | None = None,
    *texts: str,
    number: int = 1,
    **fields: Any,
) -> SourceNote:
    """A thing on which two text editions do not agree; about the report without a record."""
    readings = [
        {"place": f"Tekstudgave {place}", "text": text}
        for place, text in enumerate(texts or ("erhvervshuse", "erhvervscentre"))
    ]
    own: dict[str, Any] = {record.owner: record} if record is not None else {}
    plain = {"about": "Hvem der samles", "kind": "wording", **own, **fields}
    return SourceNote.objects.create(
        council=council,
        key=f"uens-{number}",
        position=number,
        readings=readings,
        **plain,
    )
