"""IBM Plex Sans as TrueType files, taken once from the design system's package.

WeasyPrint lays out TrueType far faster than the compressed fonts of the web. No Django
is needed here: ``python -m documents.fonts`` runs at set-up, and the folder is filled
on demand where that was left out.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

FACES: Final = ("Regular", "Italic", "SemiBold", "SemiBoldItalic")
_ROOT: Final = Path(__file__).resolve().parents[1]
_PACKAGE: Final = (
    _ROOT / "node_modules" / "dkfds" / "src" / "fonts" / "IBMPlexSans" / "complete"
)


def fonts_folder() -> Path:
    """Give the folder with ``IBMPlexSans-Regular.ttf`` and its sisters, filled.

    Raises:
        FileNotFoundError: the fonts are neither there nor in the design system's package.
    """
    folder = Path(os.environ.get("KKR_VAR", _ROOT / "var")) / "fonts"
    for path in _paths(folder):
        if not path.exists():
            _make(path)
    return folder


@lru_cache(maxsize=1)
def fonts_digest() -> str:
    """Give the SHA-256 of all faces: equal digests mean equal glyphs on paper."""
    sha = hashlib.sha256()
    for path in _paths(fonts_folder()):
        sha.update(path.read_bytes())
    return sha.hexdigest()


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """Give the code points that every face can draw."""
    maps = []
    for path in _paths(fonts_folder()):
        with TTFont(path, lazy=True) as font:
            maps.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*maps)


def _paths(folder: Path) -> tuple[Path, ...]:
    return tuple(folder / f"IBMPlexSans-{face}.ttf" for face in FACES)


def _make(path: Path) -> None:
    """Write one face beside its final name, then rename it: it is whole or not there."""
    found = [
        _PACKAGE / kind / path.with_suffix(f".{kind}").name
        for kind in ("ttf", "woff2", "woff")
    ]
    source = next((each for each in found if each.exists()), None)
    if source is None:
        msg = f"{path.name}: no such font in {_PACKAGE}; run `npm ci` first"
        raise FileNotFoundError(msg)
    path.parent.mkdir(parents=True, exist_ok=True)
    with TTFont(source, recalcTimestamp=False) as font:
        font.flavor = None
        # A signature says nothing about a file that was unpacked and written anew.
        if "DSIG" in font:
            del font["DSIG"]
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as waiting:
            font.save(waiting)
    Path(waiting.name).chmod(0o644)
    Path(waiting.name).rename(path)


if __name__ == "__main__":
    fonts_folder()
