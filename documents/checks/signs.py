"""Slips of the hand: doubled marks, stray digits, print slugs, signs without a glyph."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from documents.checks.values import Passage, excerpt, flaw
from documents.checks.wordlist import words
from documents.fonts import drawable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Subject

_DOUBLED: Final = re.compile(
    r"[,;:]\s?[,;]|(?<!\.)\.\.(?!\.)|[!?]\s?[.,]|\s[,;](?=\s)|,\.(?!\d)"
)
_STRAY: Final = re.compile(r"(?<![\w.])([^\W\d_]{4,})\.(\d{1,3})(?![\w.,%])")
_SLUG: Final = re.compile(
    r"(?i)\S*\.(?:indd|qxd|qxp|idml)\b|\b[a-z]:\\[^\s]+|\bfile://\S+|\\\\\w+\\\S+"
)
_BROKEN_REFERENCE: Final = re.compile(
    r"(?i)fejl! (?:henvisnings|bogmærke)\w*|error! \w+"
)
_DRAWN_OTHERWISE: Final = frozenset("\n\t\r\u00ad\u200b\u2060\ufeff")


def doubled(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find two marks where one belongs: ",,", "..", " ,"."""
    for subject in subjects:
        for passage in subject.passages:
            for found in _DOUBLED.finditer(passage.text):
                if _is_abbreviated(passage.text, found.start()):
                    continue
                quote = excerpt(passage.text, *found.span(), around=20)
                sentence = (
                    f"Her står to tegn i træk: ”{found[0].strip()}”. Slet det ene."
                )
                yield flaw("doubled-signs", subject, passage, sentence, quote)


def stray_digits(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find digits that hang on a full stop: "grundskolen.00"."""
    for subject in subjects:
        for passage in subject.passages:
            for found in _STRAY.finditer(passage.text):
                # In a file from outside a small number may be that of a footnote.
                if subject.is_foreign and not found[2].startswith("0"):
                    continue
                if words().knows(found[1]):
                    sentence = (
                        f"Her hænger tallet {found[2]} efter punktummet. Slet det."
                    )
                    yield flaw("stray-digits", subject, passage, sentence, found[0])


def slugs(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find what a program left behind: a print slug, a path, a broken field of Word's."""
    for subject in subjects:
        for passage in subject.passages:
            found = _SLUG.search(passage.text) or _BROKEN_REFERENCE.search(passage.text)
            if found:
                sentence = f"”{found[0]}” er efterladt af et program og hører ikke til teksten."
                quote = excerpt(passage.text, *found.span(), around=60)
                yield flaw("slug", subject, passage, sentence, quote)


def undrawable(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find characters that the font of the paper cannot draw; they print as ◊."""
    can = drawable()
    for subject in subjects:
        title = Passage(f"{subject.key}/title", "Titel", subject.title, "title")
        # A foreign file brings its own fonts; only our title of it is ours to draw.
        texts = () if subject.is_foreign else subject.passages
        for passage in (title, *texts):
            lost = dict.fromkeys(
                sign
                for sign in passage.text
                if ord(sign) not in can
                and sign not in _DRAWN_OTHERWISE
                and not sign.isspace()
            )
            for sign in lost:
                at = passage.text.index(sign)
                sentence = (
                    f"Tegnet ”{sign}” ({_called(sign)}) kan ikke trykkes; på papiret "
                    "bliver det til ◊. Skriv det på en anden måde."
                )
                quote = excerpt(passage.text, at, at + len(sign), around=20)
                yield flaw("undrawable", subject, passage, sentence, quote)


def _called(sign: str) -> str:
    return f"U+{ord(sign):04X}, {unicodedata.name(sign, 'uden navn').lower()}"


def _is_abbreviated(text: str, at: int) -> bool:
    """Whether the marks are right: "mv.;", "m.fl.," and dots that lead to a page."""
    return (text[at] == "." and text[at : at + 2] != "..") or ". ." in text[at : at + 4]
