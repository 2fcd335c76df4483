"""References: to oneself, to nothing, to a place on the sheet, to another numbering."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.formats import listed
from documents.checks.lines import lines
from documents.checks.text import letters, near
from documents.checks.values import Passage, excerpt, flaw
from documents.tree import Columns, Points, Reference, RichText, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Subject
    from documents.tree import Block, Section

_RELATIVE: Final = re.compile(
    r"(?i)\bjf\.?\s+(?:det |den |de )?(?:foregående|forrige|følgende|tidligere|"
    r"ovenstående|nedenstående|ovenfor|nedenfor|boks\w*|figur(?:en)?\b(?! \d)|"
    r"tabel(?:len)?\b(?! \d))(?: (?:nedenfor|ovenfor|ved siden af)"
    r"| (?:forslag|punkt|bilag|afsnit|kapitel))?"
    r"|\b(?:boks\w*|figur\w*|tabel\w*|kolonne\w*|skema\w*) "
    r"(?:nedenfor|ovenfor|ved siden af|til højre|til venstre)"
    r"|\b(?:se|som) (?:nedenfor|ovenfor|næste side|forrige side|foregående side)"
    r"|\bsom (?:tidligere nævnt|nævnt (?:ovenfor|tidligere))\b"
    r"|\b(?:foregående|forrige) (?:forslag|punkt|bilag|afsnit)\b"
    r"|\b(?:oven|neden)stående (?:figur|tabel|boks|skema|liste)\b"
)
_KINDS: Final = (
    "forslag",
    "bilag",
    "punkt",
    "tema",
    "afsnit",
    "samdriftsenhed",
    "enhed",
)
_NUMBERED: Final = re.compile(r"\b([^\W\d_]{4,15}) (\d{1,2})\b(?![.,]?\d)")
_OWN_BILAG: Final = re.compile(r"\b[Bb]ilag (\d{1,2})\b(?!\.\d)")
_IN_PACKET: Final = re.compile(
    r"(?i)\b(?:punkt )?(\d{1,2}\.\d{1,2}[a-z]?)(?: (bilag \d{1,2}[a-z]?))?\b"
)
_PUNKT: Final = re.compile(r"(?i)\bpunkt (\d{1,2}\.\d{1,2}[a-z]?)\b")
# "punkt 3.2 på sidste møde" is on another agenda.
_ELSEWHERE: Final = re.compile(
    r"(?i),? (?:på|fra|i|til) (?:\w+ ){0,2}?\w*(?:møde|referat|dagsorden|aftale|lov|kontrakt)"
)
_LONGEST_NAME: Final = 60
_ONE_OF: Final = {
    "Gevinster": "gevinst",
    "Risici": "risiko",
    "Opmærksomhedspunkter": "opmærksomhedspunkt",
    "Opgaver, der løses sammen": "opgave",
}


def relative(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find references that only hold where the text stands: "jf. boksen nedenfor"."""
    sentence = (
        "Henvisningen kan kun forstås på stedet. Skriv, hvad der henvises til: "
        "nummer og titel."
    )
    for subject in subjects:
        for passage in subject.passages:
            for found in _RELATIVE.finditer(passage.text):
                quote = found[0].strip()
                yield flaw("relative-reference", subject, passage, sentence, quote)


def to_itself(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a record that refers to itself: "jf. forslag 3" in proposal 3."""
    for subject in subjects:
        for section in _sections(subject):
            if not section.label:
                continue
            named = _mentions(section.label)
            for passage in _within(subject, section):
                found = named.search(passage.text)
                if found and passage.role != "heading":
                    sentence = f"{spoken(passage.where)}, henviser til sig selv."
                    yield flaw("self-reference", subject, passage, sentence, found[0])
            for link in links_of(section):
                if link.to == section.key:
                    place = Passage(section.key, section.label, link.text)
                    sentence = f"{section.label} henviser til sig selv."
                    yield flaw("self-reference", subject, place, sentence)
        yield from _item_to_itself(subject)


def dead(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find references to what is not there: a link, "forslag 23", "2.1 Bilag 7"."""
    labels = {subject.label.lower() for subject in subjects}
    keys = {key for subject in subjects for key in _keys(subject)}
    for subject in subjects:
        if subject.is_foreign:
            continue
        yield from _dead_links(subject, keys)
        if not subject.is_elsewhere:
            yield from _dead_numbers(subject, labels)
        highest = _highest(subject)
        for passage in subject.passages:
            for kind, number in _NUMBERED.findall(passage.text):
                most = highest.get(kind.lower())
                if most and int(number) > most:
                    sentence = (
                        f"Der er intet {kind.lower()} {number}: det sidste er {most}. "
                        "Ret nummeret."
                    )
                    quote = f"{kind} {number}"
                    yield flaw("dead-reference", subject, passage, sentence, quote)


def misspelt(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find "forsalg 1": a word before a number, one letter from what is numbered."""
    for subject in subjects:
        for passage in subject.passages:
            for word, number in _NUMBERED.findall(passage.text):
                meant = [kind for kind in _KINDS if near(word.lower(), kind)]
                if meant:
                    sentence = (
                        f"”{word} {number}” skal formentlig være ”{meant[0]} {number}”."
                    )
                    quote = f"{word} {number}"
                    yield flaw("misspelt-reference", subject, passage, sentence, quote)


def other_numbers(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a foreign file's own "bilag 1" where the packet calls it otherwise."""
    for subject in subjects:
        if not subject.is_foreign:
            continue
        first: dict[str, tuple[Passage, re.Match[str]]] = {}
        for passage in subject.passages:
            if passage.role == "cover":
                continue
            for found in _OWN_BILAG.finditer(passage.text):
                if not _in_packet_form(passage.text, found.start()):
                    first.setdefault(found[1], (passage, found))
        if first:
            yield _renamed(subject, subjects, first)


def cover_numbers(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a bilag that calls itself by another number than the packet does."""
    for subject in subjects:
        number = (
            subject.label.rpartition("Bilag ")[2] if "Bilag" in subject.label else ""
        )
        front = [p for p in subject.passages if p.role in {"cover", "title"}]
        for passage in front[:6]:
            found = re.match(r"(?i)bilag (\d{1,2}[a-z]?)\b", passage.text)
            if number and found and found[1] != number:
                sentence = (
                    f"Bilaget kalder sig selv ”{found[0]}”. "
                    f"I pakken hedder det {subject.label}."
                )
                yield flaw("own-number", subject, passage, sentence)
                break


def spoken(where: str) -> str:
    """Give "Forslag 3, risiko 1" of "Forslag 3, Risici, punkt 1"."""
    for many, one in _ONE_OF.items():
        where = where.replace(f"{many}, punkt", one)
    return where


def _mentions(label: str) -> re.Pattern[str]:
    number = re.escape(label.lower())
    return re.compile(rf"(?i)\b(?:jf\.?|se|som i) {number}\b(?![.,]?\d)")


def _item_to_itself(subject: Subject) -> Iterator[Flaw]:
    if not subject.label.startswith("punkt "):
        return
    for passage in subject.passages:
        found = _mentions(subject.label).search(passage.text)
        if found:
            sentence = f"P{subject.label[1:]} henviser til sig selv."
            yield flaw("self-reference", subject, passage, sentence, found[0])


def _sections(subject: Subject) -> list[Section]:
    if subject.document is None:
        return []
    return [section for _, section in walk(subject.document)]


def _within(subject: Subject, section: Section) -> Iterator[Passage]:
    for passage in subject.passages:
        if passage.key == section.key or passage.key.startswith(f"{section.key}/"):
            yield passage


def links_of(section: Section) -> Iterator[Reference]:
    """Give the references of a section, in its lines and in its texts."""
    for block in section.blocks:
        for _, line in lines(block):
            yield from (part for part in line if isinstance(part, Reference))
        yield from _links_in_text(block)


def _links_in_text(block: Block) -> Iterator[Reference]:
    match block:
        case RichText():
            yield from block.links
        case Points():
            yield from block.links
            for point in block.items:
                yield from point.links
        case Columns():
            for points in block.lists:
                yield from _links_in_text(points)


def _keys(subject: Subject) -> Iterator[str]:
    for section in _sections(subject):
        yield section.key
    yield from (passage.key for passage in subject.passages)


def _dead_links(subject: Subject, keys: set[str]) -> Iterator[Flaw]:
    for section in _sections(subject):
        for link in links_of(section):
            if link.to not in keys and not link.is_elsewhere:
                place = Passage(section.key, section.label or section.title, link.text)
                sentence = (
                    f"Henvisningen ”{link.text}” fører ingen steder hen: det, den peger "
                    "på, er ikke i pakken. Ret henvisningen, eller sæt det ind."
                )
                yield flaw("dead-reference", subject, place, sentence)


def _dead_numbers(subject: Subject, labels: set[str]) -> Iterator[Flaw]:
    items = {label.removeprefix("punkt ") for label in labels if label[:6] == "punkt "}
    if not items:
        return
    for passage in subject.passages:
        for found in _IN_PACKET.finditer(passage.text):
            item, bilag = found[1], (found[2] or "").lower()
            if bilag:
                missing = f"{item} {bilag}" not in labels
            else:
                missing = bool(_PUNKT.match(found[0])) and item not in items
            if missing and not _ELSEWHERE.match(passage.text[found.end() :]):
                sentence = f"”{found[0]}” er ikke på dagsordenen. Ret henvisningen."
                yield flaw("dead-reference", subject, passage, sentence, found[0])


def _highest(subject: Subject) -> dict[str, int]:
    """The highest number of each kind of section: "forslag" → 18."""
    found: dict[str, int] = {}
    for section in _sections(subject):
        kind, _, number = section.label.lower().rpartition(" ")
        if kind and number.isdecimal():
            found[kind] = max(found.get(kind, 0), int(number))
    return found


def _in_packet_form(text: str, start: int) -> bool:
    """Whether "Bilag 3" stands as "2.1 Bilag 3"."""
    return bool(re.search(r"\d\.\d{1,2}[a-z]? $", text[:start]))


def _renamed(
    subject: Subject,
    subjects: Sequence[Subject],
    first: dict[str, tuple[Passage, re.Match[str]]],
) -> Flaw:
    passage, found = next(iter(first.values()))
    named = [f"”bilag {number}”" for number in first]
    called = [
        _called(number, subject, subjects, place.text)
        for number, (place, _) in first.items()
    ]
    who = "Rapporten" if "rapport" in subject.title.lower() else "Bilaget"
    sentence = f"{who} henviser til {listed(named)}. "
    if all(called):
        sentence += f"I pakken er det {listed([name for name in called if name])}."
    else:
        sentence += "Det er dens egne numre; skriv i resuméet, hvad de hedder i pakken."
        if who == "Bilaget":
            sentence = sentence.replace("dens egne", "dets egne")
    quote = excerpt(passage.text, *found.span(), around=40)
    return flaw("other-numbers", subject, passage, sentence, quote)


def _called(
    number: str, subject: Subject, subjects: Sequence[Subject], text: str
) -> str:
    """Give what the packet calls a foreign file's "bilag 1"; "" if nobody knows."""
    item = subject.label.split(" Bilag ")[0]
    near_by = [other for other in subjects if other.label.startswith(f"{item} Bilag ")]
    for other in near_by:
        if re.match(rf"(?i)bilag {number}\b", other.own_name):
            return other.label
    said = re.match(rf"(?i)bilag {number}\s*[:–-]\s*(.+)", text)
    name = letters(said[1][:_LONGEST_NAME]) if said else ""
    for other in near_by:
        if name and name in letters(other.title):
            return other.label
    return ""
