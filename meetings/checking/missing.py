"""What is missing or known to be wrong without reading a text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from core import formats
from documents.intake.advice import advice_on
from documents.numbering import spans
from documents.tree import Picture
from meetings.checking.found import MISSING, PERSONS, noted
from meetings.checking.known import contradiction, known, missing_in
from meetings.checking.unseen import faulty, unseen
from meetings.written.document import UNDESCRIBED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meetings.checking.found import Found, Spot
    from meetings.checking.known import Finding
    from meetings.checking.material import Material
    from meetings.checking.spots import Spots
    from meetings.models import AgendaItem, Appendix

TITLES: Final = "Titler og henvisninger"
# The check of files that a screen reader is silent about.
SUMMARIES: Final = "alternatives"
# More appendices of one item than this that lack the same are told in one line.
SINGLY: Final = 2


def missing(material: Material, spots: Spots) -> Iterator[Found]:
    """Give what the items and appendices lack, and what the apps know of their records."""
    for item in material.items:
        yield from _of_item(item, spots)
    for row in material.appendices:
        if not row.is_withdrawn:
            yield from _of_appendix(material, row, spots)
    yield from _known(material, spots)


def _of_item(item: AgendaItem, spots: Spots) -> Iterator[Found]:
    lacks = missing_in(item)
    if lacks:
        words = formats.listed([word for _, word in lacks])
        spot = spots.of_item(item, lacks[0][0], f"Skriv {lacks[0][1]}")
        sentence = f"Punktet mangler {words}."
        yield noted("missing", MISSING, spot, sentence, item.key, words)


def _of_appendix(material: Material, row: Appendix, spots: Spots) -> Iterator[Found]:
    if row.failure:
        spot = spots.of_appendix(row, "catalogue", "Ret valget")
        yield _error("failure", MISSING, row, spot, f"Kan ikke dannes: {row.failure}")
    if row.file is not None:
        has_text = row.pk in material.texts
        yield from unseen(row, row.file, spots, has_text=has_text)
        yield from faulty(row, row.file, spots)
    if said := contradiction(row):
        spot = spots.of_appendix(row, "status_text", "Ret status")
        hint = "Det står i bilagets status. Ret den, når titel og fil siger det samme."
        yield _error("contradiction", TITLES, row, spot, said, hint)
    yield from _dangerous(row, spots)
    yield from _undescribed(material, row, spots)


def _undescribed(material: Material, row: Appendix, spots: Spots) -> Iterator[Found]:
    """Find pictures of ours without words: a screen reader would have nothing to say."""
    document = material.documents.get(row.pk)
    mute = [
        block
        for block in (document.blocks if document else ())
        if isinstance(block, Picture) and block.alternative == UNDESCRIBED
    ]
    if mute:
        count = formats.counted(len(mute), "billede", "billeder")
        spot = spots.of_block(row, mute[0].key, "Beskriv billedet")
        yield _error("missing", MISSING, row, spot, f"{count} er ikke beskrevet.")


def _error(
    check: str, group: str, row: Appendix, spot: Spot, sentence: str, hint: str = ""
) -> Found:
    return noted(
        check,
        group,
        spot,
        sentence,
        row.prefix,
        sentence,
        is_error=True,
        may_answer=False,
        hint=hint,
    )


def _dangerous(row: Appendix, spots: Spots) -> Iterator[Found]:
    """Find persons' data that a file gives away: somebody may answer for it by name."""
    for advice in advice_on(row.file.facts) if row.file is not None else ():
        if advice.may_override and row.file is not None:
            spot = spots.of_appendix(row, "file", "Erstat fil")
            identity = (row.prefix, row.file.cleaned)
            yield noted(
                advice.key, PERSONS, spot, advice.wrong, *identity, is_error=True
            )


def _known(material: Material, spots: Spots) -> Iterator[Found]:
    """Give what an app knows of the records that are printed, each choice of them once."""
    asked: list[tuple[str, object]] = []
    for row in material.appendices:
        chosen = (row.source, row.options)
        if row.source and not row.is_withdrawn and chosen not in asked:
            asked.append(chosen)
            for finding in known(row.source, row.options):
                yield _of_record(row, finding, spots)


def _of_record(row: Appendix, finding: Finding, spots: Spots) -> Found:
    is_error = finding.tone == "bad"
    return noted(
        finding.check,
        TITLES,
        spots.of_record(row, finding),
        finding.text,
        row.prefix,
        finding.section,
        finding.text,
        is_error=is_error,
        may_answer=not is_error,
    )


def folded(found: Iterable[Found], material: Material, spots: Spots) -> Iterator[Found]:
    """Give what is found, files without a summary in one line where an item has many."""
    of_item: dict[int, list[Found]] = defaultdict(list)
    for each in found:
        if each.check == SUMMARIES:
            of_item[each.spot.rank[0]].append(each)
        else:
            yield each
    for rank, lacking in of_item.items():
        if len(lacking) > SINGLY:
            yield _without_summary(material, material.items[rank], lacking, spots)
        else:
            yield from lacking


def _without_summary(
    material: Material, item: AgendaItem, lacking: Sequence[Found], spots: Spots
) -> Found:
    labels = {each.spot.label for each in lacking}
    rows = [row for row in material.of_item(item) if row.label in labels]
    return noted(
        SUMMARIES,
        lacking[0].group,
        spots.of_bilag(item, rows, "Skriv resuméer"),
        f"{formats.counted(len(rows), 'bilag', 'bilag')} mangler resumé til skærmlæser.",
        item.key,
        *sorted(each.fingerprint for each in lacking),
        where=f"Bilag\N{NO-BREAK SPACE}{spans([row.own_number for row in rows])}",
    )
