"""Groups of municipalities of a unit: create, edit, place, remove, and undo.

Who is in a group is a set: two people's changes to it never collide, and a municipality
is in at most one group of a unit.

Source: docs/rules.md R-81.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from core import formats
from core.deleted import undelete, undelete_with
from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from core.versions import Saved, save_merged
from proposals.models import Cluster, ClusterMember, CooperationUnit
from proposals.services.records import finish, lock

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from accounts.models import User

    type Pks = Collection[int]


def create_cluster(
    record: CooperationUnit, *, name: str, members: Pks, by: User, base: Pks = ()
) -> Cluster:
    """Add a group last; ``members`` are municipalities of the council.

    Args:
        base: unused; a new group began with nobody.

    Raises:
        RuleViolationError: the unit has its groups from another.
        ValidationError: the name is missing or taken, or a member is in another group.
    """
    del base
    with act(f"oprettede en gruppe af kommuner i {record}", by):
        locked = lock(record)
        if locked.groups_of_id is not None:
            raise RuleViolationError(
                "Enheden bruger en anden enheds grupper. Ret grupperne dér."
            )
        own = locked.clusters
        keys = set(own.values_list("key", flat=True))
        last = own.aggregate(last=Max("position"))["last"] or 0
        row = Cluster(
            unit=locked, key=new_key(name, keys), name=name, position=last + 1
        )
        row.changed_by = str(by)
        row.full_clean()
        row.save()
        _put(row, members)
        finish(locked, by)
        return row


def edit_cluster(
    pk: int, *, version: int, name: str, members: Pks, base: Pks = (), by: User
) -> Saved[Cluster]:
    """Save a group's name and who is in it, merged with what others saved since.

    Args:
        base: who was in it when the user opened the form; who is not, is not taken out.

    Raises:
        ConflictError: both changed the name.
        ValidationError: the name is missing or taken, or a member is in another group.
    """
    cluster = Cluster.objects.select_related("unit").get(pk=pk)
    with act(f"rettede gruppen {cluster} i {cluster.unit}", by):
        record = lock(cluster.unit)
        row = Cluster.checkout(pk)
        before = row.version
        theirs = set(row.members.values_list("municipality", flat=True))
        added, taken = set(members) - set(base), set(base) - set(members)
        saved = save_merged(row, {"name": name}, version=version, by=by)
        wanted = (theirs - taken) | added
        if wanted != theirs:
            row.members.filter(municipality__in=theirs - wanted).delete()
            _put(row, wanted - theirs)
            if row.version == before:
                row.touch(by)
                row.save()
        if row.version != before:
            finish(record, by)
        if wanted != set(members):
            saved = replace(
                saved,
                merged=(*saved.merged, "members"),
                their_version=before,
                their_name=saved.their_name or row.changed_by,
            )
        return saved


def place_municipalities(
    record: CooperationUnit, *, places: Mapping[int, int], by: User
) -> tuple[int, ...]:
    """Put municipalities that are in no group into one: municipality → group.

    Returns:
        The municipalities that were placed; those that somebody placed meanwhile stay.
    """
    with act(f"placerede kommuner i {record}", by):
        locked = lock(record)
        there = set(locked.placed.values_list("municipality", flat=True))
        own = {row.pk: row for row in locked.clusters.select_for_update(of=("self",))}
        new = {m: own[c] for m, c in places.items() if m not in there and c in own}
        for cluster in {row.pk: row for row in new.values()}.values():
            _put(cluster, [m for m, into in new.items() if into.pk == cluster.pk])
            cluster.touch(by)
            cluster.save()
        if new:
            finish(locked, by)
        return tuple(new)


def displace_municipalities(
    record: CooperationUnit, *, municipalities: Pks, by: User
) -> None:
    """Take back ``place_municipalities``: they are in no group again."""
    with act(f"fortrød placering af kommuner i {record}", by):
        locked = lock(record)
        rows = locked.placed.filter(municipality__in=municipalities)
        touched = Cluster.objects.filter(pk__in=rows.values("cluster"))
        for cluster in touched.select_for_update(of=("self",)):
            cluster.touch(by)
            cluster.save()
        deleted, _ = rows.delete()
        if deleted:
            finish(locked, by)


def remove_cluster(pk: int, *, by: User) -> None:
    """Delete a group; its municipalities are in none."""
    cluster = Cluster.objects.select_related("unit").get(pk=pk)
    with act(f"slettede gruppen {cluster} i {cluster.unit}", by):
        record = lock(cluster.unit)
        Cluster.objects.filter(pk=pk).delete()
        finish(record, by)


def restore_cluster(record: CooperationUnit, pk: int, *, by: User) -> Cluster:
    """Bring a deleted group back with its municipalities; nothing happens if it is there.

    Those that somebody placed meanwhile stay where they are now.

    Raises:
        Cluster.DoesNotExist: the unit has had no such group.
        ValidationError: another group has its name now.
    """
    with act(f"fortrød sletning af en gruppe i {record}", by):
        locked = lock(record)
        if there := locked.clusters.filter(pk=pk).first():
            return there
        row = undelete(Cluster, pk)
        if row.unit_id != locked.pk:
            raise Cluster.DoesNotExist
        row.touch(by)
        row.validate_constraints()
        row.save(force_insert=True)
        placed = set(locked.placed.values_list("municipality", flat=True))
        for member in undelete_with(row, ClusterMember, cluster_id=pk):
            if member.municipality_id not in placed:
                member.save(force_insert=True)
        finish(locked, by)
        return row


def _put(cluster: Cluster, municipalities: Pks) -> None:
    """Put municipalities into a group of a locked unit.

    Raises:
        ValidationError: one is in another group; the sentence names which.
    """
    rows: Any = ClusterMember.objects.filter(
        unit=cluster.unit_id, municipality__in=municipalities
    )
    elsewhere = rows.select_related("cluster", "municipality")
    if where := [f"{row.municipality.name} er i {row.cluster}" for row in elsewhere]:
        text = f"{formats.listed(where)}. Tag kommunen ud dér først."
        raise ValidationError({"members": text})
    ClusterMember.objects.bulk_create(
        ClusterMember(cluster=cluster, unit_id=cluster.unit_id, municipality_id=pk)
        for pk in sorted(municipalities)
    )
