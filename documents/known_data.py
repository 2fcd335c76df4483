"""Which data are our own: what may be known of them says whoever has sent them.

Source: docs/rules.md R-56, R-66.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from documents.intake.kept import KnownFile

    type Lookup = Callable[[Collection[str]], Mapping[str, KnownFile]]

_lookups: list[Lookup] = []


def register(lookup: Lookup) -> None:
    """Let an app say which SHA-256 are of data that it has sent to everybody."""
    _lookups.append(lookup)


def known_data(checksums: Collection[str]) -> Mapping[str, KnownFile]:
    """Give those of some SHA-256 that are data of ours, as everybody may know them."""
    return {
        sha256: file
        for lookup in _lookups
        for sha256, file in lookup(checksums).items()
    }
