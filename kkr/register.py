"""Reference data: the five councils and the 98 municipalities, by natural key."""

from __future__ import annotations

from accounts.models import Council, Municipality
from core import danish
from kkr.fixture_data import read


def load_register() -> None:
    """Load or update councils and municipalities; safe to repeat."""
    register = read("municipalities")
    clusters = {
        name: cluster["name"]
        for cluster in read("health_clusters")["clusters"]
        for name in cluster["municipalities"]
    }
    councils = {}
    for row in register["councils"]:
        council, _ = Council.objects.update_or_create(
            slug=row["slug"], defaults={"name": row["name"], "region": row["region"]}
        )
        councils[council.slug] = council
    Municipality.objects.bulk_create(
        [
            Municipality(
                code=row["code"],
                name=row["name"],
                sort_key=danish.sort_key(row["name"]),
                council=councils[row["council"]],
                population=row["population"],
                health_cluster=clusters.get(row["name"], ""),
            )
            for row in register["municipalities"]
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "name",
            "sort_key",
            "council",
            "population",
            "health_cluster",
        ],
    )
