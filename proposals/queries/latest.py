"""A record's latest versions, read along with the record itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from core.conflict_page import inside
from proposals.models import CooperationUnit, Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from proposals.models import Record

BOX: Final = 3
# What is said of a write that no service made.
OUTSIDE: Final = "skrev uden om portalens sider"
BEGUN: Final = {Proposal: "oprettede forslaget", CooperationUnit: "oprettede enheden"}


@dataclass(frozen=True, slots=True)
class Latest:
    """One version: "Version 7, i går kl. 15.40, sekretariatet rettede …"."""

    number: int
    at: datetime
    who: str
    verb: str

    @property
    def by(self) -> str:
        """Give "sekretariatet" as it stands inside a line."""
        return inside(self.who) if self.who else "ukendt"


def json_versions(model: type[Record]) -> ArraySubquery:
    """Give the events that began a record's latest versions, with what the acts told."""
    events: Any = model.pgh_event_model.objects  # type: ignore[attr-defined]
    rows = events.filter(pgh_obj=OuterRef("pk")).order_by("-version", "pgh_id")
    shown = JSONObject(
        version="version",
        changed_at="changed_at",
        changed_by="changed_by",
        label="pgh_label",
        told="pgh_context__metadata",
    )
    return ArraySubquery(rows.distinct("version").values(json=shown)[:BOX])


def latest_versions(record: Record) -> tuple[Latest, ...]:
    """Give them, the newest first; no query."""
    loaded: Any = record
    model = type(record)
    return tuple(
        Latest(
            row["version"],
            *said(row["told"], row["changed_by"], model, is_first=row["label"] == "insert",
                  at=datetime.fromisoformat(row["changed_at"])),
        )
        for row in loaded.json_versions
    )  # fmt: skip


def said(
    told: Mapping[str, Any] | None,
    changed_by: str,
    model: type[Record],
    *,
    at: datetime,
    is_first: bool,
) -> tuple[datetime, str, str]:
    """Give when, by whom and what of a version, by what its act told, if anything."""
    own = told or {}
    outside = BEGUN[model] if is_first and not own else OUTSIDE
    moment = datetime.fromisoformat(own["at"]) if own.get("at") else at
    return moment, str(own.get("who") or changed_by), str(own.get("verb") or outside)
