"""Numbers in our own texts that no record and no file gives. Pure.

What is read as a number that must come from somewhere, and what is left alone, is told in
docs/checks.md; the patterns below are that list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from core.formats import MONTHS, MONTHS_SHORT
from documents.checks.lines import lines
from documents.checks.text import Amount, amounts, sentences, unaddressed
from documents.tree import Value, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from documents.checks.values import Subject

_MONTH: Final = "(?:" + "|".join(
    sorted({re.escape(name) for name in (*MONTHS, *MONTHS_SHORT)}, key=len, reverse=True)
) + ")"  # fmt: skip
_UNIT: Final = (
    r"\s*(?:kr\b|kroner|pct\b|procent|%|mio\b|mill|mia\b|tusind|personer|indbyggere)"
)
# Words whose number names a thing: "punkt 2.3", "§ 6", "lov nr. 123", "tlf. 12 34 56 78".
_NAMES: Final = (
    r"punkt(?:erne|et)?|pkt\.|bilag(?:ene|et)?|sider?n?e?|s\.|slides?|§+|stk\.|nr\.|numrene|nummer|"
    r"forslag(?:ene|et)?|kapitel|kap\.|afsnit|tabel|figur|version|fase|uge|uger|artikel|art\.|"
    r"mål|målepunkt|samdriftsenhed|enhed|lov|lbk|bek|dok\.?|sag|sagsnr\.?|j\.?\s?nr\.?|"
    r"cvr(?:-nr\.?)?|ean(?:-nr\.?)?|tlf\.?|telefon|mobil|konto(?:nr\.?)?|reg\.?|gruppe|"
    r"paragraf|postnr\.?|klasse|trin|niveau|lokale|etage"
)
_MORE: Final = r"\d[\d.,/]*[a-z]?(?:\s*(?:,|og|til|-|–)\s*\d[\d.,/]*[a-z]?)*"
_LEFT_ALONE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # Dates and clock times.
        rf"(?i)\b\d{{1,2}}\.?(?:\s*(?:-|–|og|til)\s*\d{{1,2}}\.?)?\s*{_MONTH}(?:\s*(?:19|20)\d\d)?",
        r"\b\d{1,2}[./]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}\b",
        r"(?i)\bkl\.?\s*\d{1,2}(?:[.:]\d\d)?(?:\s*(?:-|–|til)\s*\d{1,2}(?:[.:]\d\d)?)?",
        # Eight digits are a telephone number.
        r"(?<![\d.,])(?:\+45\s?)?\d\d\s?\d\d\s?\d\d\s?\d\d(?![\d]|[.,]\d)",
        # Numbers that name a thing, and an item with its bilag: "2.3 Bilag 1".
        rf"(?i)(?<!\w)(?:{_NAMES})\s*:?\s*{_MORE}",
        r"(?i)\b\d{1,2}\.\d{1,2}[a-z]?(?=\s+bilag)",
        # A town has four digits before it.
        r"\b\d{4}(?=\s+[A-ZÆØÅ][a-zæøå]{2,})",
        # Years and spans of years, but not "2.000 kr." or "2000 kr.".
        rf"(?<![\d.,])(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?(?!\d|[.,]\d|{_UNIT})",
        # Ordinals: "2. behandling".
        r"\b\d{1,3}\.(?=\s+[a-zæøå])",
    )
)
_HEDGE: Final = re.compile(
    r"(?i)\b(?:ca\.?|cirka|omkring|omtrent|godt|knap|næsten|over|under|mere end|mindre end|op mod)\s+$"
)
_SPACED: Final = re.compile(r"(?<=\d)[ \N{NO-BREAK SPACE}](?=\d{3}(?!\d))")
# Whole numbers below this without a unit are counts that a reader sees for himself.
_SMALL: Final = 20
_WHOLE: Final = (Decimal(0), Decimal(100))
_NEAR: Final = Decimal("0.1")
_MOST: Final = 110


@dataclass(frozen=True, slots=True)
class Typed:
    """A number somebody typed: as it stands, exactly, and how far off it may be."""

    text: str
    value: Decimal
    leeway: Decimal
    unit: str
    start: int


@dataclass(frozen=True, slots=True)
class Given:
    """A number that a record or a file gives.

    Attributes:
        text: as it is printed there.
        label: the bilag, "2.1 Bilag 3".
        where: the place in it: "side 4", "Forslag 7".
        words: the sentence or line it stands in, shortened.
        source: where the record has it from, "" where it does not say.
        is_record: a figure of a record, not a number in running text.
    """

    value: Decimal
    unit: str
    text: str
    label: str
    where: str
    words: str
    source: str = ""
    is_record: bool = False


def typed_numbers(text: str) -> tuple[Typed, ...]:
    """Give the numbers of a text that must come from somewhere, in order."""
    read = _without_names(text.replace("\N{NO-BREAK SPACE}", " "))
    return tuple(
        Typed(own.text, own.value, _leeway(own, read), own.unit, own.start)
        for own in amounts(read)
        if not _is_seen(own)
    )


def given_numbers(subjects: Iterable[Subject]) -> tuple[Given, ...]:
    """Give every number of documents and files, figures of records first."""
    own = list(subjects)
    records = [given for subject in own for given in _of_records(subject)]
    return (*records, *(given for subject in own for given in _of_text(subject)))


def matches(typed: Typed, given: Iterable[Given]) -> bool:
    """Whether a number is given somewhere, as exactly as it is typed."""
    return matching(typed, given) is not None


def matching(typed: Typed, given: Iterable[Given]) -> Given | None:
    """Give where a number is given, as exactly as it is typed: the first place."""
    own = (x for x in given if abs(x.value - typed.value) <= typed.leeway)
    return next(own, None)


def nearest(typed: Typed, given: Sequence[Given]) -> Given | None:
    """Give the number that was probably meant: at most a tenth away, of the same unit."""
    near = [
        each
        for each in given
        if (each.unit == "pct.") == (typed.unit == "pct.")
        and abs(each.value - typed.value) <= abs(typed.value) * _NEAR
        and not _is_year(each)
    ]
    return min(
        near,
        key=lambda each: (abs(each.value - typed.value), not each.is_record),
        default=None,
    )


def _without_names(text: str) -> str:
    """Blank out what is no number: each pattern sees what those before it left."""
    text = unaddressed(text)
    for pattern in _LEFT_ALONE:
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def _is_seen(own: Amount) -> bool:
    is_bare = not own.unit and own.step == 1
    if is_bare and own.value < _SMALL:
        return True
    return own.value in _WHOLE and own.unit in {"pct.", ""}


def _leeway(own: Amount, text: str) -> Decimal:
    """Give how much a number may differ: what rounding as it is typed leaves out."""
    if _HEDGE.search(text[: own.start]):
        return _round_step(own.value) / 2
    return own.step / 2 if own.step != 1 else Decimal(0)


def _round_step(value: Decimal) -> Decimal:
    """Give what one of the last digit is worth that is not a zero: 10000 of 840000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def is_small(given: Given) -> bool:
    """Whether a number is a bare count or a year that nobody looks for in a text."""
    is_bare = given.value < _SMALL and given.value == given.value.to_integral_value()
    return (is_bare and not given.unit) or _is_year(given)


def _is_year(given: Given) -> bool:
    bare = given.text.isdigit() and len(given.text) == 4  # noqa: PLR2004
    return bare and given.text[:2] in {"19", "20"} and not given.unit


def _of_records(subject: Subject) -> Iterator[Given]:
    if subject.document is None:
        return
    for _, section in walk(subject.document):
        where = section.label or section.title
        for block in section.blocks:
            for _, line in lines(block):
                words = _short("".join(getattr(part, "text", "") for part in line))
                for value in line:
                    if isinstance(value, Value) and value.low is not None:
                        yield from _of_value(subject, where, words, value)


def _of_value(
    subject: Subject, where: str, words: str, value: Value
) -> Iterator[Given]:
    source = value.source.name if value.source else ""
    unit = "pct." if value.unit in {"pct.", "%", "procent"} else value.unit
    for end in {value.low, value.high}:
        if end is not None:
            yield Given(
                end, unit, value.text, subject.label, where, words, source,
                is_record=True,
            )  # fmt: skip


def _of_text(subject: Subject) -> Iterator[Given]:
    for passage in subject.passages:
        text = _SPACED.sub(".", passage.text.replace("\N{NO-BREAK SPACE}", " "))
        for said in sentences(text):
            for own in amounts(said):
                yield Given(
                    own.value, own.unit, own.text, subject.label, passage.where,
                    _short(said),
                )  # fmt: skip


def _short(words: str) -> str:
    return words if len(words) <= _MOST else f"{words[:_MOST].rsplit(' ', 1)[0]} …"
