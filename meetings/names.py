"""What stands where a name is missing, and what things are called in addresses. Pure."""

from __future__ import annotations

UNTITLED = "Titel ikke oplyst"


def appendix_slug(label: str) -> str:
    """Give an appendix's place in addresses: "2-1-bilag-3" of "2.1 Bilag 3"."""
    return label.replace(" ", "-").replace(".", "-").casefold()
