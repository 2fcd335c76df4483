"""Content streams, read just far enough: is there text, in which fonts, tagged or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Stream

from documents.intake.scan import RefusedError

if TYPE_CHECKING:
    from pikepdf import Pdf

# Possessive throughout, so that a broken string costs one pass and not a power of it.
STRING = (
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\([^()]*+\))*+\))*+\))*+\)"
)
_TOKENS = re.compile(
    rb"(?P<string>" + STRING + rb")"
    rb"|(?P<inline>\bID\s.*?\sEI\b)"
    rb"|(?P<hex><[0-9A-Fa-f\s]*+>)"
    rb"|/MCID\s++(?P<mcid>[0-9]++)"
    rb"|/(?P<name>[^\s()<>\[\]{}/%]*+)"
    rb"|(?P<comment>%[^\r\n]*+)"
    rb"|(?P<word>[A-Za-z'\"*][A-Za-z0-9'\"*]*+)"
    rb"|(?P<mode>[0-7])\s++Tr\b",
    re.DOTALL,
)
_TEXT = {b"Tj", b"TJ", b"'", b'"'}
_PAINT = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"}
_INVISIBLE = 3
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
MAX_DEPTH = 12
TAG, ARTIFACT = "tag", "artifact"


@dataclass(slots=True)
class Drawing:
    """What one content stream does, the forms it calls left out.

    Attributes:
        has_text: it shows at least one character.
        paints: it shows anything else.
        fonts: resource names of the fonts it shows visible text in.
        hidden_fonts: of those it shows invisible text in only (as after text
            recognition).
        forms: resource name of each XObject called → whether each call was tagged.
        loose: something is drawn that is neither tagged nor an artifact.
        tangled: an artifact stands inside tagged content, or the other way round.
        marks: the numbers of its marked contents (MCID), as written in the stream.
        codes: resource name of each font → the character codes that are seen in it.
    """

    has_text: bool = False
    paints: bool = False
    fonts: set[str] = field(default_factory=set)
    hidden_fonts: set[str] = field(default_factory=set)
    forms: dict[str, bool] = field(default_factory=dict)
    loose: bool = False
    tangled: bool = False
    marks: set[int] = field(default_factory=set)
    codes: dict[str, set[int]] = field(default_factory=dict)


class _Reader:
    """Walks the tokens of one stream; graphics state only as far as needed."""

    def __init__(self, resources: Any) -> None:
        self.drawing = Drawing()
        self.resources = resources
        self.names: list[str] = []
        self.strings: list[bytes] = []
        self.shown: dict[str, set[bytes]] = {}
        self.state: tuple[str, int] = ("", 0)
        self.saved: list[tuple[str, int]] = []
        self.tagged: list[str] = []
        self.mcid: int | None = None

    def read(self, content: bytes) -> Drawing:
        for token in _TOKENS.finditer(content):
            if token.lastgroup == "word":
                self._operator(token[0])
                self.names, self.strings, self.mcid = [], [], None
            else:
                self._operand(token.lastgroup or "", token)
        for font, strings in self.shown.items():
            self.drawing.codes[font] = self._codes(font, strings)
        return self.drawing

    def _operand(self, kind: str, token: re.Match[bytes]) -> None:
        if kind == "name":
            self.names.append(unescaped(token[kind]))
        elif kind in {"string", "hex"}:
            self.strings.append(token[0])
        elif kind == "mcid":
            self.mcid = int(token[kind])
        elif kind == "mode":
            self.state = (self.state[0], int(token[kind]))
        elif kind == "inline":
            self._paint()

    def _codes(self, font: str, strings: set[bytes]) -> set[int]:
        """The character codes in ``strings``; a wide font's take two bytes each."""
        found = _entry(_entry(self.resources, Name.Font), "/" + font)
        letters = [string_bytes(text) for text in strings]
        if _entry(found, Name.Subtype) != Name.Type0:
            return set().union(*letters)
        pairs = (zip(each[::2], each[1::2], strict=False) for each in letters)
        return {high << 8 | low for each in pairs for high, low in each}

    def _operator(self, word: bytes) -> None:
        if word in _TEXT:
            self._show()
        elif word in _PAINT:
            self._paint()
        elif word == b"Do" and self.names:
            name = self.names[-1]
            before = self.drawing.forms.get(name, True)
            self.drawing.forms[name] = before and any(self.tagged)
        elif word in {b"BDC", b"BMC"}:
            kind = self._mark(word)
            other = {TAG: ARTIFACT, ARTIFACT: TAG}.get(kind)
            self.drawing.tangled |= other in self.tagged
            self.tagged.append(kind)
        elif word == b"EMC" and self.tagged:
            self.tagged.pop()
        else:
            self._graphics(word)

    def _graphics(self, word: bytes) -> None:
        if word == b"q":
            self.saved.append(self.state)
        elif word == b"Q" and self.saved:
            self.state = self.saved.pop()
        elif word == b"Tf" and self.names:
            self.state = (self.names[-1], self.state[1])

    def _show(self) -> None:
        shown = [text for text in self.strings if len(text.strip(b"()<> \r\n"))]
        if not shown:
            return
        font, mode = self.state
        self.drawing.has_text = True
        self.drawing.loose |= not any(self.tagged)
        if mode == _INVISIBLE:
            self.drawing.hidden_fonts.add(font)
            return
        self.drawing.fonts.add(font)
        self.shown.setdefault(font, set()).update(shown)

    def _paint(self) -> None:
        self.drawing.paints = True
        self.drawing.loose |= not any(self.tagged)

    def _mark(self, word: bytes) -> str:
        """What a marked content is: a tag, an artifact, or "" for neither."""
        if not self.names:
            return ""
        if self.names[0] == "Artifact":
            return ARTIFACT
        if word == b"BMC":
            return ""
        if self.mcid is None and len(self.names) == 2:  # noqa: PLR2004
            self.mcid = self._mcid_by_name(self.names[1])
        if self.mcid is None:
            return ""
        self.drawing.marks.add(self.mcid)
        return TAG

    def _mcid_by_name(self, name: str) -> int | None:
        properties = _entry(self.resources, Name.Properties)
        found = _entry(_entry(properties, "/" + name), Name.MCID)
        return found if isinstance(found, int) else None


def string_bytes(token: bytes) -> bytes:
    """The bytes of a string as written in a content stream, with its brackets."""
    if token[:1] == b"<":
        digits = re.sub(rb"\s", b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if b"\\" not in token:
        return token[1:-1]
    return _ESCAPE.sub(_escaped, token[1:-1])


def _escaped(found: re.Match[bytes]) -> bytes:
    code = found.group(1)
    if code[:1].isdigit():
        return bytes([int(code, 8) & 0xFF])
    return _ESCAPES.get(code, b"" if code in {b"\n", b"\r", b"\r\n"} else code)


def unescaped(name: bytes) -> str:
    """A name as it is meant: "A#42" is "AB"."""
    if b"#" in name:
        name = re.sub(
            rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), name
        )
    return name.decode("utf-8", "replace")


def _entry(container: Any, key: Any) -> Any:
    return container.get(key) if isinstance(container, Dictionary) else None


@dataclass(slots=True)
class Scope:
    """A content stream with the resources its names mean, and the forms below it."""

    drawing: Drawing
    resources: Any
    content: Any
    is_page: bool
    below: dict[str, Scope] = field(default_factory=dict)

    @property
    def has_text(self) -> bool:
        return any(scope.drawing.has_text for scope in self.all())

    @property
    def is_blank(self) -> bool:
        mine = self.drawing
        return not (mine.has_text or mine.paints or mine.forms)

    def all(self) -> list[Scope]:
        """This scope and all below it, each once."""
        found, pending = [], [self]
        seen: set[int] = set()
        while pending:
            scope = pending.pop()
            if id(scope) not in seen:
                seen.add(id(scope))
                found.append(scope)
                pending.extend(scope.below.values())
        return found


class ContentReader:
    """Reads pages; a form used on many pages is read once.

    Args:
        budget: bytes of content that may be unfolded in all.
    """

    def __init__(self, budget: int) -> None:
        self.left = budget
        self.forms: dict[tuple[int, int], Scope] = {}

    def page(self, pdf: Pdf, index: int) -> Scope:
        """What page ``index`` (from 0) shows.

        Raises:
            RefusedError: the contents unfold to more than the budget.
        """
        page = pdf.pages[index].obj
        resources = page.get(Name.Resources)
        contents = page.get(Name.Contents)
        streams = list(contents) if isinstance(contents, Array) else [contents]
        content = b"\n".join(self._bytes(s) for s in streams if isinstance(s, Stream))
        scope = Scope(self._read(resources, content), resources, page, is_page=True)
        self._read_forms(scope, depth=0)
        return scope

    def form(self, stream: Any) -> Scope:
        """What a drawing shows that no page calls.

        Raises:
            RefusedError: the contents unfold to more than the budget.
        """
        return self._form(stream, None, 0)

    def _read(self, resources: Any, content: bytes) -> Drawing:
        return _Reader(resources).read(content)

    def _read_forms(self, scope: Scope, depth: int) -> None:
        table = _entry(scope.resources, Name.XObject)
        for name in scope.drawing.forms:
            called = _entry(table, "/" + name)
            if not isinstance(called, Stream):
                continue
            if called.get(Name.Subtype) != Name.Form:
                scope.drawing.paints = True
                scope.drawing.loose |= not scope.drawing.forms[name]
            elif depth < MAX_DEPTH:
                scope.below[name] = self._form(called, scope.resources, depth)

    def _form(self, form: Any, inherited: Any, depth: int) -> Scope:
        known = self.forms.get(form.objgen)
        if known is not None:
            return known
        resources = form.get(Name.Resources)
        if resources is None:
            resources = inherited
        drawing = self._read(resources, self._bytes(form))
        scope = Scope(drawing, resources, form, is_page=False)
        self.forms[form.objgen] = scope
        self._read_forms(scope, depth + 1)
        return scope

    def _bytes(self, stream: Stream) -> bytes:
        content = stream.read_bytes()
        self.left -= len(content)
        if self.left < 0:
            raise RefusedError("too_heavy")
        return content
