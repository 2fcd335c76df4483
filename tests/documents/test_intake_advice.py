"""Advice on a file: what is wrong, what the portal does, what the sender can do."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from documents.intake import (
    Accepted,
    Advice,
    Facts,
    PageFacts,
    Readability,
    advice_on,
    take_in,
)
from documents.intake.advice import pages_in_words, sheet_name
from documents.intake.sentences import NOTES
from tests.documents import boxes
from tests.documents import hostile as h

if TYPE_CHECKING:
    from pathlib import Path

A4 = PageFacts(210.0, 297.0, 0)
SOUND = Facts(
    pages=(A4, A4), tagged=True, text="all", pages_without_text=(), language="da-DK",
    title="Vedtægter", labels=(), has_outline=True, figures_without_text=0, problems=(),
    readability=Readability("ok", "Kan læses op."), is_read=True, reads_as="da",
)  # fmt: skip


def advice(**changes: Any) -> tuple[Advice, ...]:
    return advice_on(replace(SOUND, **changes).to_json())


def test_a_sound_file_needs_no_advice() -> None:
    assert advice() == ()


CASES: list[tuple[str, str, dict[str, Any], str]] = [
    ("cpr", "bad", {"cpr_pages": (3,)},
     "Filen har 1 tal, der kan være et cpr-nummer: på side 3."),
    ("cpr", "bad", {"cpr_pages": (3, 3, 9), "cpr_elsewhere": (0,)},
     "Filen har 4 tal, der kan være cpr-numre: på side 3 og 9 og i filens bogmærker "
     "eller billedtekster."),
    ("covered", "bad", {"covered_pages": (2,)},
     "Tekst på side 2 er dækket, men ligger der stadig og kan læses og kopieres."),
    ("unexamined", "partial", {"unexamined_pages": (2,)},
     "Side 2 kunne ikke undersøges for dækket tekst: der er tegnet for meget."),
    ("no_text", "partial", {"text": "none", "pages_without_text": (1, 2)},
     "Filen er scannet: siderne er billeder uden tekst."),
    ("some_text", "partial", {"text": "some", "pages_without_text": (2,)},
     "Side 2 er et billede uden tekst."),
    ("unread", "partial", {"is_read": False}, "Teksten i filen kunne ikke hentes ud."),
    ("untagged", "partial", {"tagged": False},
     "Filen er ikke mærket op, så overskrifter, lister og tabeller kan ikke læses op som "
     "det, de er."),
    ("tags", "partial", {"problems": ("En liste er mærket forkert op.",)},
     "Opmærkningen har en fejl. En liste er mærket forkert op."),
    ("spaced", "partial", {"spaced_pages": (1, 2)},
     "Spærret skrift på side 1 og 2: ordene læses op bogstav for bogstav og findes ikke, "
     "når man søger."),
    ("title", "quiet", {"title": ""}, "Filen har ingen titel."),
    ("title", "quiet", {"title": "122567 brev.pdf"},
     "Filens egen titel er et filnavn: ”122567 brev.pdf”."),
    ("language", "quiet", {"language": ""},
     "Filen siger ikke, hvilket sprog den er på."),
    ("language", "partial", {"language": "en-US"},
     "Filen siger, at den er på engelsk, men teksten ligner dansk. Så bliver den læst op "
     "forkert."),
    ("fonts", "quiet", {"missing_fonts": ("Arial", "Times")},
     "Disse skrifttyper er ikke med i filen: Arial, Times."),
    ("sheets", "quiet", {"pages": (A4, PageFacts(297.0, 420.0, 0))},
     "Side 2 har et andet format end A4: A3."),
    ("turned", "quiet", {"pages": (A4, PageFacts(297.0, 210.0, 90))},
     "Nogle sider er liggende og andre stående."),
    ("revisions", "quiet", {"removed": ("revisions",)},
     "Filen gemte tidligere udgaver af sig selv."),
]  # fmt: skip


@pytest.mark.parametrize(("key", "tone", "changes", "wrong"), CASES)
def test_each_oddity_has_its_advice(
    key: str, tone: str, changes: dict[str, Any], wrong: str
) -> None:
    (found,) = advice(**changes)

    assert (found.key, found.tone, found.wrong) == (key, tone, wrong)
    assert found.may_override == (tone == "bad")
    for sentence in (found.wrong, found.portal, found.sender):
        assert not sentence or re.fullmatch(r"[A-ZÆØÅ].*\.", sentence)
    assert found.portal


def test_the_gravest_comes_first() -> None:
    found = advice(title="", tagged=False, covered_pages=(1,))

    assert [each.tone for each in found] == ["bad", "partial", "quiet"]


def test_everything_that_is_removed_is_explained() -> None:
    found = advice(removed=tuple(NOTES))

    assert {each.key for each in found} == set(NOTES)


def test_the_facts_of_an_earlier_release_are_understood() -> None:
    old = SOUND.to_json()
    for key in ("covered_pages", "removed", "is_read", "cpr_pages", "missing_fonts"):
        del old[key]

    assert [each.key for each in advice_on(json.loads(json.dumps(old)))] == ["unread"]


def test_facts_survive_being_stored(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(boxes.COVERED["black box"])

    verdict = take_in(source, cleaned=tmp_path / "clean.pdf")

    assert isinstance(verdict, Accepted)
    stored = json.loads(json.dumps(verdict.facts.to_json()))
    assert Facts.from_json(stored) == verdict.facts
    assert {"covered", "letters", "untagged", "title"} <= {
        each.key for each in advice_on(stored)
    }


def test_a_large_sheet_is_named_from_the_file(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(h.sheets((841, 1189, 90), (100, 50, 0)))

    verdict = take_in(source, cleaned=tmp_path / "clean.pdf")

    assert isinstance(verdict, Accepted)
    named = [sheet_name(p.width_mm, p.height_mm) for p in verdict.facts.pages]
    assert named == ["A0", "100 × 50 mm"]


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ((3,), "side 3"),
        ((9, 3, 3), "side 3 og 9"),
        ((1, 2, 3, 4, 5), "side 1, 2, 3, 4 og 5"),
        ((1, 2, 3, 4, 5, 6), "side 1, 2, 3, 4, 5 og 1 anden side"),
        (tuple(range(1, 21)), "side 1, 2, 3, 4, 5 og 15 andre sider"),
    ],
)
def test_pages_are_told_in_words(pages: tuple[int, ...], words: str) -> None:
    assert pages_in_words(pages) == words
