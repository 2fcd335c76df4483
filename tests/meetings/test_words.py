"""Sentences about packets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from documents.compare import Change
from meetings.agenda import AgendaAppendix
from meetings.words import (
    change_words,
    outside_words,
    own_name_words,
    remark_words,
    status_words,
)

SLIDES = {
    "tagged": False,
    "text": "all",
    "pages": [{"width_mm": 297, "height_mm": 210}],
}
SCAN = {"tagged": False, "text": "none", "pages": [{"width_mm": 210, "height_mm": 297}]}
TAGGED = {"tagged": True, "text": "all", "pages": [{"width_mm": 210, "height_mm": 297}]}


def appendix(**fields: Any) -> AgendaAppendix:
    bare = AgendaAppendix(
        key="k", number="3", label="2.1 Bilag 3", title="T", title_in_source="",
        kind="uploaded", sender="", dated="", own_name="", status="", summary="",
        made_of="", digest="", file="", file_name="", facts=TAGGED, notes=(), pk=1,
    )  # fmt: skip
    return replace(bare, **fields)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Change("k", "Forslag 7", (("Gevinster", 1),)),
            ("1\u00a0gevinst i forslag 7",),
        ),
        (Change("k", "Forslag 7", (("Risici", 2),)), ("2\u00a0risici i forslag 7",)),
        (Change("k", "Forslag 7", (("Titel", 0),)), ("titel i forslag 7",)),
        (
            Change("k", "Forslag 8", (("Nummer", 0), ("Indledning", 0))),
            ("nummer i forslag 8", "indledning i forslag 8"),
        ),
        (
            Change("k", "KKR i dag", (("IT-understøttelse", 0),), is_title=True),
            ("IT-understøttelse i ”KKR i dag”",),
        ),
        (
            Change("k", "IT-drift", is_new=True, is_title=True),
            ("”IT-drift” er nyt",),
        ),
        (Change("k", "Forslag 7", is_new=True), ("forslag 7 er nyt",)),
        (Change("k", "Forslag 7", is_gone=True), ("forslag 7 er udgået",)),
        (
            Change("k", "Samdriftsenhed 1", (("Gevinster for virksomhederne", 3),)),
            ("3\u00a0gevinster i samdriftsenhed 1",),
        ),
    ],
)
def test_a_change_is_said_in_words(change: Change, words: tuple[str, ...]) -> None:
    assert change_words(change) == words


def test_a_document_that_calls_itself_by_another_number_is_told() -> None:
    assert own_name_words(appendix(own_name="Bilag 2 – Forenklingskatalog")) == (
        "”Bilag 2 – Forenklingskatalog”. Dokumentet kalder sig Bilag 2; "
        "i pakken hedder det 2.1 Bilag 3."
    )


def test_a_document_that_calls_itself_by_its_own_number_is_only_quoted() -> None:
    assert own_name_words(appendix(own_name="Bilag 3 – X")) == "”Bilag 3 – X”."


def test_a_generated_appendix_says_what_it_is_formed_of() -> None:
    made = appendix(kind="generated", made_of="18 forslag")

    assert status_words(made) == "Aktuel. Dannes af 18 forslag."


@pytest.mark.parametrize(
    ("facts", "summary", "remark"),
    [
        (SLIDES, "Ti slides.", "Liggende slides; resumé på skillebladet"),
        (SLIDES, "", "Liggende slides"),
        (SCAN, "Brevet.", "Scannet uden tekstlag; resumé på skillebladet"),
        (TAGGED, "Rapporten.", ""),
    ],
)
def test_the_contents_list_says_what_a_reader_must_know_of_a_file(
    facts: dict[str, object], summary: str, remark: str
) -> None:
    assert remark_words(appendix(facts=facts, summary=summary)) == remark


def test_a_contradiction_is_said_before_anything_else() -> None:
    status = "Modsigelse: forsiden siger UDKAST, punktet siger endelig udgave."

    assert remark_words(appendix(status=status, facts=SLIDES)) == (
        "Forsiden siger UDKAST, punktet siger endelig udgave"
    )


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ({"width_mm": 338.7, "height_mm": 190.5}, "Liggende slides"),
        ({"width_mm": 420, "height_mm": 297}, "Liggende sider"),
        ({"width_mm": 297, "height_mm": 210, "rotate": 90}, "Liggende slides"),
        ({"width_mm": 210, "height_mm": 297}, "Uden opmærkning"),
    ],
)
def test_only_what_may_be_a_slide_is_called_one(
    page: dict[str, float], words: str
) -> None:
    facts = {**SLIDES, "pages": [page]}

    assert remark_words(appendix(facts=facts)) == words


@pytest.mark.parametrize(
    ("summaries", "words"),
    [
        ([], ""),
        ([""], "1 bilag er en fil udefra. Det har ikke noget resumé."),
        (["Et brev."], "1 bilag er en fil udefra. Det har et resumé."),
        (["", ""], "2 bilag er filer udefra. Ingen af dem har et resumé."),
        (["a", ""], "2 bilag er filer udefra. 1 af dem har et resumé."),
        (["a", "b"], "2 bilag er filer udefra. Alle har et resumé."),
    ],
)
def test_readers_are_told_how_many_files_have_a_summary(
    summaries: list[str], words: str
) -> None:
    own = appendix(kind="generated")

    assert outside_words([own, *(appendix(summary=s) for s in summaries)]) == words
