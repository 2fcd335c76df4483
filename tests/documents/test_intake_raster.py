"""Pictures: judged by their bytes, drawn anew, with nothing in them but points (S14)."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

import pytest
from PIL import Image

from documents.intake.raster import RefusedPicture, take_picture
from documents.intake.raster.door import REASONS
from documents.intake.raster.redraw import RefusedError, prepare, redrawn

if TYPE_CHECKING:
    from pathlib import Path

SVG: Final = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def chunk(kind: bytes, data: bytes) -> bytes:
    return (
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
    )


def a_huge_png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = (
        chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )
    return b"\x89PNG\r\n\x1a\n" + body


def drawn(
    way: str, mode: str = "RGB", size: tuple[int, int] = (80, 40), **more: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, way, **more)
    return out.getvalue()


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera"
    return drawn("JPEG", exif=exif)


@pytest.fixture(autouse=True)
def ready() -> None:
    prepare()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (SVG, "not_picture"),
        (drawn("GIF"), "not_picture"),
        (a_huge_png(50_000, 50_000), "too_many_points"),
        (a_huge_png(60, 60), "damaged"),
        (drawn("PNG")[:-30], "damaged"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        redrawn(data)

    assert refused.value.code == code
    assert REASONS[code].endswith(".")


def test_a_photograph_stands_upright_and_tells_nothing_of_its_camera() -> None:
    made = redrawn(turned())

    assert (made.format, made.width, made.height) == ("jpeg", 40, 80)
    assert b"Kamera" in turned()
    assert b"Kamera" not in made.data
    assert not Image.open(io.BytesIO(made.data)).getexif()


def test_a_drawing_stays_a_png_and_is_made_no_larger_than_is_seen() -> None:
    made = redrawn(drawn("PNG", "LA", (3000, 1500)))

    assert (made.format, made.width, made.height) == ("png", 2000, 1000)
    assert made == redrawn(drawn("PNG", "LA", (3000, 1500)))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (SVG, "not_picture"),
        (a_huge_png(50_000, 50_000), "too_many_points"),
    ],
)
def test_the_door_answers_in_danish(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "kort.png"
    path.write_bytes(content)

    assert take_picture(path) == RefusedPicture(code, REASONS[code])
