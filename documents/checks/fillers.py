"""Text that stands in for text: filler, brackets to fill in, marks of what is to come."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from documents.checks.text import WORD, sentences, unaddressed
from documents.checks.values import Passage, at_title, excerpt, flaw
from documents.checks.wordlist import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Subject

_MARKS: Final = re.compile(
    r"(?i:\[[^\]]{0,40}\b(?:indsæt|skriv|udfyld|tekst|navn|dato|beløb|billede|titel|xx+)\b"
    r"[^\]]{0,60}\]|\blorem ipsum\b|\bdolor sit amet\b|\bx{3,}\b|\?{3,}|_{4,}"
    r"|\b(?:bla[ ,]*){3,}|\basdf\w*"
    r"|\btekst (?:følger|mangler|kommer)\b|\budfyldes senere\b|\bher indsættes\b"
    r"|<(?:indsæt|navn|dato|beløb)[^>]{0,40}>)"
    r"|\bTBD\b|\bTBA\b|\bTODO\b|\bXX\b|\bN\.\s?N\.(?=\W|$)"
)
# The commonest words of languages that an appendix may be written in.
_COMMON: Final = frozenset(
    ["og", "i", "at", "er", "en", "et", "den", "det", "de", "der", "som", "til", "på", "for", "af", "med", "ikke", "har", "vi", "om", "fra", "men", "kan", "skal", "var", "ved", "blev", "the", "of", "and", "to", "in", "is", "that", "for", "with", "on", "are", "be", "as", "by", "this", "from", "an", "der", "die", "das", "und", "ist", "nicht", "mit", "von", "zu", "dem", "den", "ein", "eine", "für", "auf", "im", "och", "att", "det", "som", "är", "inte", "les", "des", "est", "dans", "pour", "une", "par", "sur", "qui"]
)  # fmt: skip
_LEAST_WORDS: Final = 6
_UNKNOWN, _COMMONEST = 0.4, 0.25
# Filler of a layout program is made of Latin endings; a text in a language that the
# list lacks is not.
_LATIN: Final = re.compile(
    r"(?:[aio]|[aeiou]m|[aiou]s|ae|[ae]t|it|unt|ant|ur|que|ibus)$"
)
_LATIN_SHARE = 0.6
_HEADING: Final = 60


def placeholders(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find brackets to fill in, TBD, xxx, and filler that is no language."""
    for subject in subjects:
        before = None
        for passage in subject.passages:
            found = _MARKS.search(passage.text)
            # Words in the list of titles are an example to nobody but the reader.
            if found:
                sentence = (
                    "Her er noget, der ikke er udfyldt. Skriv det, eller slet det."
                )
                quote = excerpt(passage.text, *found.span())
                yield flaw("placeholder", subject, passage, sentence, quote)
            elif filler := filler_in(passage.text):
                sentence = _not_written(before)
                yield flaw("placeholder", subject, passage, sentence, filler)
            before = passage


def untitled(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find titles of ours that hold a bracket to fill in, TBD or xxx."""
    for subject in subjects:
        if found := _MARKS.search(subject.title):
            sentence = "Titlen er ikke skrevet færdig. Skriv den."
            yield at_title("title-filler", subject, sentence, found[0])


def unfinished(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find paragraphs that end in a word that promises more, or in a comma."""
    sentence = "Sætningen er ikke skrevet færdig."
    for subject in subjects:
        for passage, following in pairwise((*subject.passages, _NOTHING)):
            found = _BREAKS_OFF.search(passage.text)
            if not found or passage.role in {"table", "heading", "cover"}:
                continue
            if _goes_on(passage, following):
                continue
            quote = excerpt(passage.text, *found.span(), around=50)
            yield flaw("unfinished", subject, passage, sentence, quote)


_NOTHING: Final = Passage("", "", "")
_BREAKS_OFF: Final = re.compile(
    r"(?<=\s)(?:(?:og|som|at|men|eller|samt|fordi|en|et|jf\.|f\.eks\.)|[^\s]+,)$"
)


def _goes_on(passage: Passage, following: Passage) -> bool:
    """Whether the next paragraph goes on with the sentence: a page break, or a list."""
    text = following.text
    if passage.key == following.key or passage.page:
        return text[:1].islower() or text.startswith(("•", "–", "-"))
    is_list = "/li:" in following.key and "/li:" not in passage.key
    return is_list or "/li:" in passage.key or text[:1].islower()


@lru_cache(maxsize=4096)
def filler_in(text: str) -> str:
    """Give the first words of a sentence that is written in no language, or ""."""
    listed = words()
    if listed.is_empty:
        return ""
    for sentence in sentences(unaddressed(text)):
        found = [word for word in WORD.findall(sentence) if len(word) > 1]
        # A name is no word of the list, and says nothing.
        judged = [word for word in found[1:] if word.islower()]
        unknown = [word for word in judged if not listed.knows(word)]
        common = sum(word in _COMMON for word in judged)
        latin = sum(bool(_LATIN.search(word)) for word in unknown)
        if (
            len(judged) >= _LEAST_WORDS
            and len(unknown) >= _UNKNOWN * len(judged)
            and common < _COMMONEST * len(judged)
            and latin >= _LATIN_SHARE * len(unknown)
        ):
            return " ".join(sentence.split()[:4]).rstrip(",")
    return ""


def _not_written(before: Passage | None) -> str:
    heading = before.text if before and len(before.text) < _HEADING else ""
    if not heading or heading[-1:] in ".:?!":
        return "Afsnittet er ikke skrevet, kun fyldtekst. Skriv det, eller slet det."
    name = "Forordet" if heading == "Forord" else f"”{heading}”"
    return f"{name} er ikke skrevet, kun fyldtekst."
