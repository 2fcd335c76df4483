"""Pictures from outside: judged by their bytes and drawn anew in a child process."""

from __future__ import annotations

from documents.intake.raster.door import RefusedPicture, TakenPicture, take_picture

__all__ = ["RefusedPicture", "TakenPicture", "take_picture"]
