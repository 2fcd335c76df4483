"""What stands around the catalogues: visions, groups of municipalities, source notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.models import Municipality
from kkr.fixture_data import read
from proposals.models import (
    Catalogue,
    Cluster,
    ClusterMember,
    CooperationUnit,
    Proposal,
    SourceNote,
    Vision,
    VisionLink,
)

if TYPE_CHECKING:
    from accounts.models import Council


def load_around(council: Council) -> None:
    """Load what the two catalogues of the council, already loaded, have around them."""
    load_visions(council)
    load_groups(council)
    load_source_notes(council)


def load_visions(council: Council) -> None:
    """Load the six visions with the proposals and units that serve them."""
    proposals, units = (
        _by_number(Proposal, council),
        _by_number(CooperationUnit, council),
    )
    for row in read("visions")["visions"]:
        plain = {name: row[name] for name in ("key", "number", "title")}
        other = {name: row[name] for name in ("other_title", "other_place")}
        vision = Vision.objects.create(council=council, **plain, **other)
        ends = [{"proposal": proposals[number]} for number in row["proposals"]]
        ends += [{"unit": units[number]} for number in row["units"]]
        VisionLink.objects.bulk_create(
            VisionLink(vision=vision, basis=row["basis"], **end) for end in ends
        )


def load_groups(council: Council) -> None:
    """Load four invented groups of municipalities; one municipality is in none."""
    rows, units = read("municipal_groups"), _by_number(CooperationUnit, council)
    unit = units[rows["unit"]]
    by_code = {row.code: row for row in Municipality.objects.filter(council=council)}
    for position, row in enumerate(rows["groups"], 1):
        cluster = Cluster.objects.create(
            unit=unit, key=f"gruppe-{position}", position=position, name=row["name"]
        )
        ClusterMember.objects.bulk_create(
            ClusterMember(cluster=cluster, unit=unit, municipality=by_code[code])
            for code in row["municipalities"]
            if code in by_code
        )
    for number in rows["shared_by"]:
        units[number].groups_of = unit
        units[number].save(update_fields=["groups_of"])


def load_source_notes(council: Council) -> None:
    """Load what the sources do not agree on, each reading as found."""
    catalogues = {row.key: row for row in Catalogue.objects.filter(council=council)}
    proposals, units = (
        _by_number(Proposal, council),
        _by_number(CooperationUnit, council),
    )
    plain = ("key", "kind", "about", "readings", "target", "standing")
    SourceNote.objects.bulk_create(
        SourceNote(
            council=council,
            position=position,
            catalogue=catalogues.get(row["catalogue"]),
            proposal=proposals.get(row["proposal"]),
            unit=units.get(row["unit"]),
            **{name: row[name] for name in plain},
        )
        for position, row in enumerate(read("source_notes")["notes"], 1)
    )


def _by_number(model: Any, council: Council) -> dict[int, Any]:
    rows = model.objects.filter(catalogue__council=council).present()
    return {row.number: row for row in rows}
