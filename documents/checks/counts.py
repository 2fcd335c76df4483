"""Numbers of things: what is typed against what is counted; gaps in a row of numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from core.formats import counted, listed, number
from documents.checks.lines import rows
from documents.checks.text import number_word
from documents.checks.values import Passage, at_title, flaw
from documents.tree import Points, Table, Value, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from documents.checks.values import Flaw, Subject
    from documents.tree import Row, Section

_TYPED: Final = re.compile(
    r"(?i)\b(?:de|alle|samtlige|alle de|i alt|tilsammen) "
    r"(\d{1,3}|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv) "
    r"(?:\w+ )?([^\W\d_]{4,})(?!,? (?:hvor|der|som|om|fra|med|til|i)\b)"
)
_LIST_OF: Final = re.compile(
    r"(?i)\b(to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|\d{1,2}) [^\W\d_]+:$"
)


def typed_counts(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find "de 17 forslag" where 18 are counted, and "tre ting:" before four points."""
    counts = _counted(subjects)
    for subject in subjects:
        for passage in subject.passages:
            for found in _TYPED.finditer(passage.text):
                yield from _one(subject, passage, found, counts)
        if not subject.is_foreign:
            yield from _lists(subject)


def sums(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a row of sums that is not the sum of its rows."""
    for subject in subjects:
        if subject.document is None:
            continue
        for _, section in walk(subject.document):
            for block in section.blocks:
                if isinstance(block, Table) and block.total is not None:
                    yield from _sum(subject, block, block.total)


def gaps(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find jumps: item 2.3 and then 2.5, Bilag 1 and then 3, forslag 6 and then 8."""
    kinds: dict[str, list[tuple[int, Subject]]] = defaultdict(list)
    for subject in subjects:
        row, _, last = subject.label.rpartition(
            " " if "Bilag" in subject.label else "."
        )
        if whole := re.match(r"\d+", last):
            kinds[row].append((int(whole[0]), subject))
    for row, found in kinds.items():
        for missing, after in _missing(found, from_one="Bilag" in row):
            name = f"{row}{' ' if 'Bilag' in row else '.'}{missing}"
            sentence = (
                f"Der er intet {name} før {after.label}. Ret nummeret, eller skriv, "
                "hvad der blev af det."
            )
            yield at_title("numbering", after, sentence, after.label)
    for subject in subjects:
        yield from _section_gaps(subject)
        if subject.is_foreign:
            yield from _paragraph_gaps(subject)


def same_labels(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find two documents that both have a "Forslag 1": nobody knows which is meant."""
    owners: dict[str, Subject] = {}
    told: set[tuple[str, str]] = set()
    for subject in subjects:
        for label in _labels(subject):
            first = owners.setdefault(label, subject)
            if first is not subject and (first.key, subject.key) not in told:
                told.add((first.key, subject.key))
                sentence = (
                    f"Både {first.label} og {subject.label} har et ”{label}”. Kald dem "
                    "hver sit, så man kan sige, hvilket man mener."
                )
                yield at_title("same-labels", subject, sentence, label)


def _counted(subjects: Iterable[Subject]) -> dict[str, tuple[int, str]]:
    """Give what is numbered in our documents: "forslag" → 18 and the bilag's label."""
    found: dict[str, tuple[int, str]] = {}
    for subject in subjects:
        if subject.document is None:
            continue
        # "Forslag 7" is one of the forslag; an item's "2.1" is one of nothing.
        kinds = Counter(
            section.label.lower().rpartition(" ")[0]
            for _, section in walk(subject.document)
            if section.label[-1:].isdigit() and " " in section.label
        )
        for kind, amount in kinds.items():
            found.setdefault(kind, (amount, subject.label))
    return found


def _one(
    subject: Subject,
    passage: Passage,
    found: re.Match[str],
    counts: dict[str, tuple[int, str]],
) -> Iterator[Flaw]:
    typed = number_word(found[1])
    noun = found[2].lower()
    item = subject.label.removeprefix("punkt ").partition(" ")[0]
    for kind, (amount, label) in counts.items():
        if label.partition(" ")[0] != item:
            continue
        is_kind = noun.endswith(kind) or (len(kind) > 7 and noun.startswith(kind))  # noqa: PLR2004
        if is_kind and typed is not None and typed != amount:
            sentence = (
                f"Teksten siger {found[1]} {found[2]}, men {label} har {number(amount)}. "
                "Ret tallet."
            )
            yield flaw("counts", subject, passage, sentence, found[0])
            return


def _lists(subject: Subject) -> Iterator[Flaw]:
    for section, block in _points(subject):
        if found := _LIST_OF.search(block.before):
            place = Passage(block.key, section.label, block.before)
            yield from _listed(subject, place, found, len(block.items))
    texts = subject.passages
    for at, passage in enumerate(texts):
        found = _LIST_OF.search(passage.text)
        if found and "/li:" not in passage.key:
            field = passage.key.rpartition("/")[0]
            below = takewhile(_is_point_of(field), texts[at + 1 :])
            if points := sum(1 for _ in below):
                yield from _listed(subject, passage, found, points)


def _is_point_of(field: str) -> Callable[[Passage], bool]:
    return lambda passage: passage.key.startswith(f"{field}/li:")


def _points(subject: Subject) -> Iterator[tuple[Section, Points]]:
    if subject.document is not None:
        for _, section in walk(subject.document):
            yield from ((section, b) for b in section.blocks if isinstance(b, Points))


def _listed(
    subject: Subject, passage: Passage, found: re.Match[str], points: int
) -> Iterator[Flaw]:
    typed = number_word(found[1])
    if typed is not None and typed != points:
        sentence = (
            f"Teksten siger {found[0].rstrip(':')}, men listen har "
            f"{counted(points, 'punkt', 'punkter')}. Ret det ene."
        )
        yield flaw("counts", subject, passage, sentence, found[0])


def _sum(subject: Subject, table: Table, total: Row) -> Iterator[Flaw]:
    body = list(rows(table))
    for column, cell in enumerate(total.cells):
        said = _value(cell)
        parts = [_value(row.cells[column]) for row in body if column < len(row.cells)]
        numbers = [
            part.low for part in parts if part is not None and part.low is not None
        ]
        if said is None or said.low is None or not numbers:
            continue
        right = sum(numbers, Decimal(0))
        if right != said.low:
            place = Passage(said.key, table.caption, said.text, "table")
            sentence = (
                f"Summen er skrevet som {said.text}, men rækkerne giver {number(right)}. "
                "Ret summen eller rækkerne."
            )
            yield flaw("sums", subject, place, sentence)


def _value(cell: Sequence[object]) -> Value | None:
    found = [part for part in cell if isinstance(part, Value)]
    return found[0] if len(found) == 1 else None


def _missing(
    found: Sequence[tuple[int, Subject]], *, from_one: bool
) -> Iterator[tuple[int, Subject]]:
    last = 0 if from_one else found[0][0] - 1
    for value, subject in found:
        if value > last + 1:
            yield last + 1, subject
        last = max(last, value)


def _labels(subject: Subject) -> list[str]:
    if subject.document is None:
        return []
    # "Forslag 7"; an agenda's own "2.1" counts items of which some may be left out.
    return [
        section.label
        for _, section in walk(subject.document)
        if section.label.rpartition(" ")[2].isdecimal()
    ]


def _section_gaps(subject: Subject) -> Iterator[Flaw]:
    kinds: dict[str, list[int]] = defaultdict(list)
    for label in _labels(subject):
        kind, _, last = label.rpartition(" ")
        kinds[kind].append(int(last))
    for kind, numbers in kinds.items():
        wanted = set(range(1, max(numbers) + 1))
        if lost := sorted(wanted - set(numbers)):
            names = listed([str(value) for value in lost])
            sentence = (
                f"{kind} {names} mangler i rækken. Nummerér om, eller sæt det ind."
            )
            place = Passage(f"{subject.key}/{kind}", subject.title, f"{kind} {names}")
            yield flaw("numbering", subject, place, sentence)


def _paragraph_gaps(subject: Subject) -> Iterator[Flaw]:
    last = 0
    for passage in subject.passages:
        found = re.match(r"§ ?(\d{1,2})\b(?! ?(?:,|stk|i|og))", passage.text)
        if not found:
            continue
        value = int(found[1])
        if last and value == last + 2:
            sentence = f"§ {last + 1} mangler: efter § {last} kommer § {value}."
            yield flaw("numbering", subject, passage, sentence, found[0])
        last = value
