"""A picture drawn anew from its points: PNG and JPEG only, upright, of a useful size.

Runs in a child process only.
"""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import dataclass
from typing import Any, Final

from PIL import (
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
)

MOST_POINTS: Final = 50_000_000
LONGEST: Final = 2000
QUALITY: Final = 88
_WAYS: Final = ("PNG", "JPEG")


class RefusedError(Exception):
    """The picture cannot be used; ``code`` is a key of ``door.REASONS``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture with nothing in it but points; sizes in pixels."""

    data: bytes
    format: str
    width: int
    height: int

    def to_json(self) -> dict[str, Any]:
        """Give it as a JSON object."""
        coded = base64.b64encode(self.data).decode()
        return {"data": coded, "format": self.format, "width": self.width,
                "height": self.height}  # fmt: skip


def prepare() -> None:
    """Load all that decoding needs, before the files are left behind."""
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    # The PDF engine, where it was loaded before, lets half a picture pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    PngImagePlugin.MAX_TEXT_CHUNK = 64 * 1024
    for way in (JpegImagePlugin, PngImagePlugin):
        assert way.__name__  # noqa: S101 -- they are loaded by being named
    Image.new("RGB", (1, 1)).save(io.BytesIO(), "PNG")
    Image.new("RGB", (1, 1)).save(io.BytesIO(), "JPEG")


def redrawn(data: bytes) -> Redrawn:
    """Draw a picture anew; the same bytes give the same picture.

    Raises:
        RefusedError: it is none, too large, or damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redrawn(data)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise RefusedError("too_many_points") from None
    except MemoryError:
        raise RefusedError("too_heavy") from None
    except UnidentifiedImageError:
        raise RefusedError("not_picture") from None
    except (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError):
        raise RefusedError("damaged") from None


def _redrawn(data: bytes) -> Redrawn:
    with Image.open(io.BytesIO(data), formats=_WAYS) as opened:
        is_photograph = opened.format == "JPEG"
        if is_photograph:
            opened.draft("RGB", (LONGEST, LONGEST))
        is_solid = is_photograph or not opened.has_transparency_data
        mode = "RGB" if is_solid else "RGBA"
        small: Any = opened if opened.mode in {"RGB", "RGBA"} else opened.convert(mode)
        small.thumbnail((LONGEST, LONGEST))
        picture = ImageOps.exif_transpose(small).convert(mode)
    # Nothing of what stood beside the points comes along: no place, no camera, no text.
    clean = Image.new(mode, picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    if is_photograph:
        clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        clean.save(out, "PNG", optimize=True)
    kind = "jpeg" if is_photograph else "png"
    return Redrawn(out.getvalue(), kind, clean.width, clean.height)
