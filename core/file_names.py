"""Names of files that every system takes."""

from __future__ import annotations


def file_name(name: str, ending: str) -> str:
    """Give a file's name that every system takes: no separators, no control marks.

    Args:
        ending: what kind of file it is, "pdf".
    """
    kept = "".join(" " if char in '/\\:*?"<>|' else char for char in name)
    shown = " ".join("".join(c for c in kept if c.isprintable()).split())
    return f"{shown}.{ending}"
