"""Prints the demo's packet wholly anew and tells its hash; leaves no trace.

``python -m tests.demo.rebuild`` prints the packet's SHA-256 and the number of pieces
that were printed for it.
"""

from __future__ import annotations

import sys

import django


def main() -> None:
    """Build without a cached piece, in a transaction that is taken back."""
    django.setup()
    from django.db import transaction  # noqa: PLC0415 -- settings must be ready

    from documents.models import CachedPiece  # noqa: PLC0415
    from meetings.models import Meeting  # noqa: PLC0415
    from tests.demo.packets import build_packet  # noqa: PLC0415

    with transaction.atomic():
        CachedPiece.objects.all().delete()
        packet = build_packet(Meeting.objects.get(slug="2023-11-22"))
        sys.stdout.write(f"{packet.file} {CachedPiece.objects.count()}")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
