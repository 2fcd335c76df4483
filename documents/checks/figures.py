"""Figures: their year and source, and what they give when they are counted again."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final

from core.formats import number
from documents.checks.lines import lines
from documents.checks.text import Amount, amounts, sentences, stems
from documents.checks.values import Passage, flaw
from documents.tree import Value, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Subject

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SOURCED: Final = re.compile(
    r"(?i)\bkilde\b|\bifølge\b|\bjf\.|\bopgjort|\bhvert år\b|\bbilag\b"
)
_STATISTIC: Final = re.compile(
    r"\b(?:pct\.|procent|mio\.|mia\.|milliarder|millioner)|%"
)
_UNITS: Final = ("pct.", "%", "procent", "kr.", "mio. kr.", "mia. kr.", "personer",
                 "fuldtidspersoner")  # fmt: skip
_GROWTH: Final = re.compile(
    r"(?i)vækst|stig\w*|vokse\w*|øge\w*|fald\w*|reduc\w*|fremgang|forøge\w*|ned med|op med"
)
_MORE: Final = re.compile(
    r"(?i)\b(over|mere end|godt|knap|under|højst|mindst|ca\.)\s*$"
)
_OF: Final = re.compile(r"(?i)^\s*af\s+")
_LESS: Final = re.compile(
    r"(?i)\bned med\s+$|\bbesparelse (?:på|af)\s+$|\breduce\w+ med\s+$"
)
_PRICES: Final = re.compile(r"(?i)\bpris(?:er|år)?\b|\bp/l\b")
_HALF: Final = Decimal("0.5")
_APART: Final = 60
_WINDOW: Final = Decimal("1.1")


def unsourced(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find figures of ours that tell neither year nor source."""
    sentence = "Tallet har hverken år eller kilde. Skriv, hvornår og hvorfra."
    for subject in subjects:
        in_values = set()
        for place, value, line in _values(subject):
            in_values.add(place.key)
            has_source = value.source is not None or value.missing is not None
            if value.unit in _UNITS and not has_source and not _is_dated(line):
                yield flaw("year-source", subject, place, sentence, value.text)
        for passage in subject.passages:
            if passage.role in {"body", "cover"} and passage.key not in in_values:
                for said in sentences(passage.text):
                    found = _STATISTIC.search(said)
                    if found and amounts(said) and not _is_dated(passage.text):
                        yield flaw("year-source", subject, passage, sentence, said)


def recalculated(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find percentages that their own ends contradict."""
    for subject in subjects:
        for passage in subject.passages:
            for said in sentences(passage.text):
                yield from _growth(subject, passage, said)
                yield from _share(subject, passage, said)
        if any("pct." in p.text or "%" in p.text for p in subject.passages):
            yield from _parts_of_whole(subject)


def price_years(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a difference that two amounts do not give, each in the prices of its year."""
    for subject in subjects:
        text = " ".join(passage.text for passage in subject.passages)
        if not _PRICES.search(text):
            continue
        priced = _priced(text)
        for passage in subject.passages:
            for found in amounts(passage.text):
                if found.unit == "kr." and _LESS.search(passage.text[: found.start]):
                    yield from _no_difference(subject, passage, found, priced)


def _is_dated(text: str) -> bool:
    return bool(_YEAR.search(text) or _SOURCED.search(text))


def _values(subject: Subject) -> Iterator[tuple[Passage, Value, str]]:
    """Give the figures of a generated document with the line each stands in."""
    if subject.document is None:
        return
    for _, section in walk(subject.document):
        for block in section.blocks:
            for key, line in lines(block):
                said = "".join(getattr(part, "text", "") for part in line)
                place = Passage(key, section.label or section.title, said, "table")
                yield from ((place, v, said) for v in line if isinstance(v, Value))


def _growth(subject: Subject, passage: Passage, said: str) -> Iterator[Flaw]:
    """Find growth: "400.000 besøg kan blive til 1,2 mio., en vækst på 204 %"."""
    found = amounts(said)
    shares = [each for each in found if each.unit == "pct."]
    ends = [
        each
        for each in found
        if each.unit != "pct." and each.value and not _YEAR.fullmatch(each.text)
    ]
    if len(shares) != 1 or len(ends) != 2 or not _GROWTH.search(said):  # noqa: PLR2004
        return
    between = said[ends[0].end : ends[1].start]
    if not re.search(r"\btil\b", between) or ends[0].unit not in {"", ends[1].unit}:
        return
    right = (ends[1].value / ends[0].value - 1) * 100
    told = _told(said[: shares[0].start])
    if not _fits(told, shares[0], abs(right)):
        yield _contradicted(subject, passage, (said, abs(right)), shares[0], ends)


def _share(subject: Subject, passage: Passage, said: str) -> Iterator[Flaw]:
    """Find a share: "412 af 500 (80 pct.)"."""
    pattern = r"(\d[\d.]*) (?:ud )?af (?:de |i alt )?(\d[\d.]*)[^(.;]{0,40}\((?=[^)]{0,20}(?:pct|%))"
    for match in re.finditer(pattern, said):
        shares = [each for each in amounts(said[match.end() :]) if each.unit == "pct."]
        ends = amounts(f"{match[1]} af {match[2]}")
        if shares and len(ends) == 2 and ends[1].value:  # noqa: PLR2004
            right = ends[0].value / ends[1].value * 100
            told = _told(said[match.end() :][: shares[0].start])
            if not _fits(told, shares[0], right):
                yield _contradicted(subject, passage, (said, right), shares[0], ends)


def _contradicted(
    subject: Subject,
    passage: Passage,
    told: tuple[str, Decimal],
    share: Amount,
    ends: Sequence[Amount],
) -> Flaw:
    said, right = told
    sentence = (
        f"”{share.text}” passer ikke med tallene i sætningen: {ends[0].text} og "
        f"{ends[1].text} giver {_percent(right)}"
    )
    return flaw("percentages", subject, passage, sentence, said)


def _told(before: str) -> str:
    """Give the word right before a figure that bends it: "over", "ca."; "" for none."""
    found = _MORE.search(before)
    return found[1] if found else ""


def _fits(how: str, share: Amount, right: Decimal) -> bool:
    """Whether ``right`` may be written as ``share``, by so many decimals and ``how``."""
    off = _HALF.scaleb(-share.decimals)
    least, most = share.value - off, share.value + off
    far = share.value * (_WINDOW - 1)
    ends: dict[str, tuple[Decimal | None, Decimal | None]] = {
        "over": (least, None),
        "mere end": (least, None),
        "mindst": (least, None),
        "under": (None, most),
        "højst": (None, most),
        "godt": (least, share.value + far),
        "knap": (share.value - far, most),
        "ca.": (share.value - far / 2, share.value + far / 2),
    }
    low, high = ends.get(how.lower(), (least, most))
    return (low is None or right >= low) and (high is None or right <= high)


def _percent(share: Decimal) -> str:
    rounded = share.quantize(Decimal("0.1"))
    return f"{number(rounded.normalize() if rounded % 1 else int(rounded))} pct."


def _parts_of_whole(subject: Subject) -> Iterator[Flaw]:
    """Find "over 40 pct. af midlerne", where the parts and the whole stand in a table.

    The parts are the rows whose names the sentence repeats; the whole is the row whose
    name the words after "af" repeat.
    """
    for passage in subject.passages:
        for said in sentences(passage.text):
            for share in amounts(said):
                after = _OF.match(said[share.end :])
                if share.unit != "pct." or not after:
                    continue
                rows = _named_amounts(subject, passage)
                before = said[: share.start]
                parts = _parts(rows, before)
                whole = _whole(rows, said[share.end + after.end() :])
                how = _told(before)
                if len(parts) > 1 and whole is not None and whole.value:
                    total = sum((part.value for part in parts), Decimal(0))
                    right = total / whole.value * 100
                    if not _fits(how, share, right):
                        claim = f"{how} {share.text}".strip()
                        told = _sum_told(subject, passage, (claim, right), parts, whole)
                        yield replace(told, quote=said)


def _sum_told(
    subject: Subject,
    passage: Passage,
    told: tuple[str, Decimal],
    parts: Sequence[Amount],
    whole: Amount,
) -> Flaw:
    claim, right = told
    adds = " + ".join(part.text.split()[0] for part in parts)
    who = "rapportens" if "rapport" in subject.title.lower() else "bilagets"
    sentence = (
        f"”{claim}” passer ikke med {who} egne tal: {adds} af {whole.text} er "
        f"{_percent(right)}"
    )
    return flaw("percentages", subject, passage, sentence, passage.text)


def _named_amounts(
    subject: Subject, passage: Passage
) -> list[tuple[frozenset[str], str, Amount]]:
    """Give the amounts of the passage's page, each with the name that stands before it."""
    found: list[tuple[frozenset[str], str, Amount]] = []
    name = ""
    for other in subject.passages:
        if other.page != passage.page or other is passage:
            continue
        for amount in amounts(other.text):
            before = other.text[: amount.start].strip(" .:,")
            label = (before or name).split(". ")[-1]
            if amount.unit == "kr." and label:
                found.append((stems(label, 6), label, amount))
        if not amounts(other.text):
            name = other.text
    return found


def _parts(
    rows: Sequence[tuple[frozenset[str], str, Amount]], before: str
) -> list[Amount]:
    said = {stem[:6] for stem in stems(before, 6)}
    found: dict[str, Amount] = {}
    for names, label, amount in rows:
        if names and all(name[:6] in said for name in names) and len(label) < _APART:
            found.setdefault(label, amount)
    return list(found.values())


def _whole(
    rows: Sequence[tuple[frozenset[str], str, Amount]], after: str
) -> Amount | None:
    wanted = [word.lower().strip(".,") for word in after.split() if len(word) > 6]  # noqa: PLR2004
    roots = {re.sub(r"(?:erne|ernes|ens|en|ets|et)$", "", word) for word in wanted}
    for _, label, amount in rows:
        last = label.lower().split()[-1] if label.split() else ""
        if len(label) < _APART and any(len(r) > 4 and last.endswith(r) for r in roots):  # noqa: PLR2004
            return amount
    return None


def _priced(text: str) -> list[tuple[Amount, str]]:
    """Give the amounts that are followed by the year of their prices."""
    found = []
    for amount in amounts(text):
        year = re.match(r"\s*\(?(20\d\d)\b", text[amount.end :])
        if amount.unit == "kr." and year:
            found.append((amount, year[1]))
    return found


def _no_difference(
    subject: Subject,
    passage: Passage,
    claimed: Amount,
    priced: Sequence[tuple[Amount, str]],
) -> Iterator[Flaw]:
    for (one, year), (other, later) in combinations(priced, 2):
        if year == later or one.value == other.value:
            continue
        apart = abs(one.value - other.value)
        if abs(apart - claimed.value) > claimed.value / 20:
            sentence = (
                f"Besparelsen på {claimed.text} kan ikke regnes ud af beløbene, som har "
                "hvert sit prisår."
            )
            quote = f"{one.text} ({year}) og {other.text} ({later})"
            yield flaw("price-years", subject, passage, sentence, quote)
            return
