"""Fonts of a foreign file: in the file, and able to say which letters they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fontTools import agl
from pikepdf import Array, Dictionary, Name, Stream

from documents.intake.glyphs import are_sound, have_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.intake.content import Scope

_NAMED_ENCODINGS = {"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"}
_KNOWN_COLLECTIONS = {"GB1", "CNS1", "Japan1", "Korea1"}
_SYMBOLIC = 4


def font_problems(scopes: list[Scope]) -> tuple[list[str], bool]:
    """Danish sentences, and whether some text cannot be turned into letters.

    Only fonts that show visible text count for embedding.
    """
    problems: list[str] = []
    is_mute = False
    for font, codes in _used_fonts(scopes):
        name = _name(font)
        if codes and not _is_embedded(font):
            problems.append(f"Skrifttypen {name} er ikke indlejret i filen.")
        elif codes and not (_is_consistent(font) and are_sound(font, codes)):
            problems.append(f"Skrifttypen {name} er indlejret med fejl.")
        if not _speaks(font) or not have_letters(font, codes):
            is_mute = True
            problems.append(f"Skrifttypen {name} siger ikke, hvilke tegn den viser.")
    return problems, is_mute


def missing_fonts(scopes: list[Scope]) -> tuple[str, ...]:
    """Names of the fonts that show visible text and are not in the file, sorted."""
    names = set()
    for scope in {id(s): s for page in scopes for s in page.all()}.values():
        for name in scope.drawing.fonts:
            font = _font(scope.resources, name)
            if font is not None and not _is_embedded(font):
                names.add(_name(font))
    return tuple(sorted(names))


def _used_fonts(scopes: list[Scope]) -> Iterator[tuple[Any, set[int]]]:
    """Each font that shows text, once, and the codes that are seen in it."""
    fonts: dict[tuple[int, int], Any] = {}
    codes: dict[tuple[int, int], set[int]] = {}
    done: set[int] = set()
    for scope in (inner for page in scopes for inner in page.all()):
        if id(scope) in done:
            continue
        done.add(id(scope))
        drawing = scope.drawing
        for name in drawing.fonts | drawing.hidden_fonts:
            font = _font(scope.resources, name)
            if font is not None:
                key = font.objgen if font.is_indirect else (0, -len(fonts))
                fonts.setdefault(key, font)
                codes.setdefault(key, set()).update(drawing.codes.get(name, ()))
    for key in sorted(fonts):
        yield fonts[key], codes[key]


def _font(resources: Any, name: str) -> Any:
    table = resources.get(Name.Font) if isinstance(resources, Dictionary) else None
    found = table.get("/" + name) if isinstance(table, Dictionary) else None
    return found if isinstance(found, Dictionary) else None


def _name(font: Any) -> str:
    """The font's name without the tag of a subset: "Arial"."""
    found = font.get(Name.BaseFont)
    name = str(found)[1:] if isinstance(found, Name) else "uden navn"
    tag, plus, rest = name.partition("+")
    shown = rest if plus and len(tag) == 6 else name  # noqa: PLR2004
    return "".join(char for char in shown if char.isprintable())[:60]


def _descendant(font: Any) -> Any:
    """The font itself, or the one below it that holds the glyphs."""
    below = font.get(Name.DescendantFonts)
    if isinstance(below, Array) and len(below) and isinstance(below[0], Dictionary):
        return below[0]
    return font


def _descriptor(font: Any) -> Any:
    found = _descendant(font).get(Name.FontDescriptor)
    return found if isinstance(found, Dictionary) else Dictionary()


def _is_embedded(font: Any) -> bool:
    if font.get(Name.Subtype) == Name.Type3:
        return True
    descriptor = _descriptor(font)
    return any(
        isinstance(descriptor.get(key), Stream)
        for key in (Name.FontFile, Name.FontFile2, Name.FontFile3)
    )


def _is_consistent(font: Any) -> bool:
    """Whether codes lead to glyphs as the standard asks."""
    kind = font.get(Name.Subtype)
    if kind == Name.Type0:
        below = _descendant(font)
        if below.get(Name.Subtype) == Name.CIDFontType2:
            mapped = below.get(Name.CIDToGIDMap)
            return mapped == Name.Identity or isinstance(mapped, Stream)
        return True
    if kind == Name.TrueType:
        flags = _descriptor(font).get(Name.Flags, 0)
        encoding = font.get(Name.Encoding)
        if isinstance(flags, int) and flags & _SYMBOLIC:
            return encoding is None
        base = encoding
        if isinstance(encoding, Dictionary):
            base = encoding.get(Name.BaseEncoding)
        return isinstance(base, Name) and str(base) in _NAMED_ENCODINGS
    return True


def _speaks(font: Any) -> bool:
    """Whether the codes of the font can be turned into letters."""
    if isinstance(font.get(Name.ToUnicode), Stream):
        return True
    encoding = font.get(Name.Encoding)
    kind = font.get(Name.Subtype)
    if kind == Name.Type0:
        return _has_known_collection(font)
    if isinstance(encoding, Name):
        return str(encoding) in _NAMED_ENCODINGS
    if isinstance(encoding, Dictionary):
        return _has_known_names(encoding)
    flags = _descriptor(font).get(Name.Flags, 0)
    symbolic = isinstance(flags, int) and bool(flags & _SYMBOLIC)
    return kind in (Name.Type1, Name.MMType1) and not symbolic


def _has_known_collection(font: Any) -> bool:
    info = _descendant(font).get(Name.CIDSystemInfo)
    ordering = info.get(Name.Ordering) if isinstance(info, Dictionary) else None
    return str(ordering) in _KNOWN_COLLECTIONS


def _has_known_names(encoding: Any) -> bool:
    """Whether every glyph that an encoding adds has a name in the standard list."""
    differences = encoding.get(Name.Differences)
    if not isinstance(differences, Array):
        return True
    names = [str(each)[1:] for each in differences if isinstance(each, Name)]
    return all(agl.toUnicode(name) for name in names if name != ".notdef")
