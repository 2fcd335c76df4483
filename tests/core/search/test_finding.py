"""What is found, in which order, and what is told of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.search.finding import Filters, find
from core.search.indexing import index
from tests.core.search.makers import EDITORS, search, titles

if TYPE_CHECKING:
    from tests.core.search.makers import Shelf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("kommune", "Alle kommunerne er med."),
        ("kommuner", "En kommune er med."),
        ("praktik", "Flere virksomhedspraktikker giver mening."),
        ("praktik", "Virksomhedspraktikken er kort."),
        ("praktik", "Praktikordningen er ny."),
        ("arbejde", "Et rummeligt arbejdsmarked."),
        ("uddannelse", "De korte ungdomsuddannelser."),
        ("råd", "Kommunekontaktrådet mødes."),
        ("aarhus", "Mødet er i Århus."),
        ("Århus", "Mødet er i Aarhus."),
        ("soeg", "Man kan søge om tilskud."),
        ("1753", "Der er 1.753 borgere."),
        ("2,82", "Det koster 2,82 kr."),
        ("§ 8", "Se lovens § 8."),
        ("”rummeligt arbejdsmarked”", "Et rummeligt arbejdsmarked."),
        ("virksomhed", "Virk-\nsomheden er ny."),
    ],
)
def test_a_word_is_found_in_the_forms_it_takes(
    shelf: Shelf, asked: str, text: str
) -> None:
    shelf.put("Det søgte", text)
    shelf.put("Noget andet", "Vejret er godt.")
    index()

    assert titles(asked) == ["Det søgte"]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("kommune", "Kommunikation er svært."),
        ("tal", "Et hospital og digital kapital."),
        ("mål", "Et formål."),
        ("den", "Den gamle mand."),
        ("”arbejdsmarked rummeligt”", "Et rummeligt arbejdsmarked."),
    ],
)
def test_what_only_looks_like_the_word_is_not_found(
    shelf: Shelf, asked: str, text: str
) -> None:
    shelf.put("Det andet", text)
    index()

    assert titles(asked) == []


def test_whole_words_only_leave_longer_words_out(shelf: Shelf) -> None:
    shelf.put("Længere", "En virksomhedspraktik.")
    shelf.put("Bøjet", "Flere praktikker.")
    index()

    assert titles("praktik", is_whole=True) == ["Bøjet"]
    assert search("praktik")[0].compounds == ("virksomhedspraktik",)


def test_all_words_must_be_there_wherever_they_stand(shelf: Shelf) -> None:
    shelf.put("Praktik", "Den er kort.")
    shelf.put("Begge dele", "Om praktik.", "Om løntilskud.")
    index()

    assert titles("praktik løntilskud") == ["Begge dele"]


def test_a_title_comes_before_a_text_however_often_it_says_the_word(
    shelf: Shelf,
) -> None:
    shelf.put("Andet", *["Praktik og praktik om praktik."] * 9)
    shelf.put("Om virksomhedspraktik", "Vejret er godt.")
    index()

    assert titles("praktik") == ["Om virksomhedspraktik", "Andet"]


def test_todays_record_comes_before_its_sent_copy(shelf: Shelf) -> None:
    shelf.put("Sendt", "Praktik, praktik.", subject="forslag", is_sent=True, version=2)
    shelf.put("Andet", "Om praktik og praktik.")
    shelf.put("I dag", "Om kort praktik i byen.", subject="forslag")
    index()

    found = titles("praktik")

    assert found.index("Sendt") == found.index("I dag") + 1


def test_versions_with_the_same_text_are_one_hit(shelf: Shelf) -> None:
    same = {"subject": "forslag", "digest": "d", "is_sent": True}
    shelf.put("Version 1", "Praktik.", version=1, **same)
    shelf.put("Version 2", "Praktik.", version=2, **same)
    index()

    found = search("praktik")[1]

    assert [hit.title for hit in found.hits] == ["Version 2"]
    assert sum(found.counts.values()) == 1
    assert [(copy.version, copy.is_same) for copy in found.hits[0].copies] == [
        (1, True)
    ]


def test_the_newest_can_come_first(shelf: Shelf) -> None:
    shelf.put("Praktik i fjor", dated=date(2022, 5, 1))
    shelf.put("I år", "Om praktik.", dated=date(2023, 5, 1))
    index()

    question = search("praktik")[0]
    found = find(question, ("public",), Filters(), newest_first=True)

    assert [hit.title for hit in found.hits] == ["I år", "Praktik i fjor"]


def test_counts_add_up_and_filters_narrow(shelf: Shelf) -> None:
    shelf.put("Praktik 1")
    shelf.put("Praktik 2", council="hovedstaden")
    shelf.put("Praktik 3", dated=date(2022, 1, 1))
    index()

    found = search("praktik", council="sjaelland", year=2023)[1]

    assert [hit.title for hit in found.hits] == ["Praktik 1"]
    assert found.counts == {
        ("sjaelland", 2023, "prøve"): 1,
        ("hovedstaden", 2023, "prøve"): 1,
        ("sjaelland", 2022, "prøve"): 1,
    }


def test_the_passages_that_hold_the_word_come_along(shelf: Shelf) -> None:
    shelf.put(
        "Ting", "Intet her.", "Om praktik.", "Heller ikke.", "Virksomhedspraktik."
    )
    index()

    (hit,) = search("praktik")[1].hits

    assert [each.name for each in hit.passages] == ["Felt 2", "Felt 4"]


def test_editors_find_their_drafts_and_the_public_does_not(shelf: Shelf) -> None:
    shelf.put("Udkast om praktik", audience=EDITORS)
    shelf.put("Sendt om praktik")
    index()

    assert titles("praktik") == ["Sendt om praktik"]
    assert sorted(titles("praktik", "public", EDITORS)) == [
        "Sendt om praktik",
        "Udkast om praktik",
    ]
