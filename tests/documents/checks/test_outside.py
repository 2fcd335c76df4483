"""What is found in files from outside, and what their pages are read as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.checks import FileFacts, page_passages
from documents.checks.reading import entries
from tests.documents.checks.makers import (
    catalogue,
    foreign,
    found,
    item,
    quotes,
    sentences,
)


def texts(*pages: str) -> list[str]:
    return [passage.text for passage in page_passages(pages)]


def test_lines_are_joined_to_paragraphs_and_points_stand_alone() -> None:
    page = "Overskrift\nEn linje, der går\nover i den næste.\n• Et punkt\n• Et til\n\n7"

    assert texts(page) == [
        "Overskrift", "En linje, der går over i den næste.", "Et punkt", "Et til",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("mange ufaglær-\nte står udenfor", "mange ufaglærte står udenfor"),
        ("det er øko\nnomisk klogt", "det er økonomisk klogt"),
        ("en a-\nkasse for alle", "en a-kasse for alle"),
        ("en ny VVM-\nundersøgelse nu", "en ny VVM-undersøgelse nu"),
        ("social-\nog sundhedsområdet", "social- og sundhedsområdet"),
        ("vi ser på\nsagen igen", "vi ser på sagen igen"),
    ],
)
def test_a_word_parted_by_a_line_end_becomes_one_again(page: str, read: str) -> None:
    assert texts(page) == [read]


def test_what_runs_through_all_pages_is_left_out_with_page_numbers() -> None:
    pages = [
        f"Sidehoved 2023\nTekst {word}.\n\n{n}" for n, word in enumerate("abcd", 3)
    ]

    assert texts(*pages) == ["Tekst a.", "Tekst b.", "Tekst c.", "Tekst d."]


def test_years_in_a_table_are_no_page_numbers() -> None:
    page = "Beløb\n\n5.693.750 kr.\n\n2018\n\nSum\n\n3"

    assert texts(page) == ["Beløb", "5.693.750 kr.", "2018", "Sum"]


def test_a_page_is_told_by_number_and_the_first_one_is_the_cover() -> None:
    first, second = page_passages(["Forside", "", "Indhold"])

    assert (first.key, first.where, first.role, first.page) == (
        "page:1", "side 1", "cover", 1,
    )  # fmt: skip
    assert (second.key, second.role, second.page) == ("page:3", "body", 3)


@given(st.lists(st.text(alphabet="abæ ,.-\n\f7A•", max_size=60), max_size=5))
def test_reading_pages_loses_no_word_but_numbers_and_furniture(
    pages: list[str],
) -> None:
    read = page_passages(pages)

    assert all(passage.text == " ".join(passage.text.split()) for passage in read)
    assert all(1 <= passage.page <= len(pages) for passage in read)
    kept = "".join(filter(str.isalpha, "".join(passage.text for passage in read)))
    assert len(kept) <= sum(map(str.isalpha, "".join(pages)))


def test_draft_on_the_front_page_is_an_error_only_where_we_say_final() -> None:
    punkt = item(title="Godkendelse af endelig udgave", label="punkt 2.2")
    bilag = foreign(front="UDKAST", title="Folder, endelig udgave", label="2.2 Bilag 1")

    assert sentences(found("status", punkt, bilag)) == [
        "Forsiden siger UDKAST, men punktet og bilaget hedder endelig udgave."
    ]
    assert sentences(found("status", bilag)) == [
        "Forsiden siger UDKAST, men bilaget hedder endelig udgave."
    ]


def test_a_draft_that_we_call_a_draft_is_in_order() -> None:
    draft = foreign(front="HØRINGSUDKAST", title="Høringsudkast til en strategi")
    stated = foreign(front="UDKAST", title="En strategi", status="udkast")
    silent = foreign(front="UDKAST", title="En strategi")

    for subject in (draft, stated):
        assert found("status", subject) + found("status-unsaid", subject) == []
    assert quotes("status-unsaid", silent) == ["UDKAST"]


def test_final_on_the_front_page_contradicts_our_draft() -> None:
    subject = foreign(front="Endelig udgave", title="En strategi", status="udkast")

    assert quotes("status", subject) == ["Endelig udgave"]


def test_one_figure_given_differently_by_two_documents_is_told_once() -> None:
    one = foreign(
        "Region Hovedstaden betaler 2,82 kr. pr. indbygger.", label="2.6 Bilag 2"
    )
    other = item("Region Hovedstaden skal betale 2,829 kr. pr. indbygger.")

    assert sentences(found("two-figures", one, other)) == [
        "2.6 Bilag 2 siger 2,82 kr., og punkt 2.1 siger 2,829 kr. "
        "Find ud af, hvilket tal der gælder."
    ]


def test_a_rounded_figure_and_another_persons_figure_are_no_contradiction() -> None:
    one = foreign("Region Hovedstaden betaler 2,82 kr. pr. indbygger.")
    rounded = item("Region Hovedstaden betaler 2,821 kr. pr. indbygger.")
    another = item("Kommunerne giver 2,829 kr. til busserne.")

    assert found("two-figures", one, rounded) == []
    assert found("two-figures", one, another) == []


def test_what_is_gathered_is_one_flaw_with_its_pages_and_examples() -> None:
    (flaw,) = found(
        "broken-words", foreign("Veje ti l en aftale", "Der er ti lbud ti l alle")
    )

    assert flaw.sentence == "Der er mellemrum eller bindestreg inde i 2 ord."
    assert flaw.quote == "”ti l”, ”ti lbud”"
    assert flaw.where == "side 2"


def test_the_packets_own_numbers_are_given_for_a_files_own() -> None:
    (flaw,) = found("other-numbers", foreign("Se bilag 4.", title="En hovedrapport"))

    assert flaw.sentence == (
        "Rapporten henviser til ”bilag 4”. Det er dens egne numre; "
        "skriv i resuméet, hvad de hedder i pakken."
    )


def test_a_missing_paragraph_is_found() -> None:
    assert quotes("numbering", foreign("§ 1 Navn", "§ 2 Formål", "§ 4 Ledelse")) == [
        "§ 4"
    ]
    assert found("numbering", foreign("§ 1 Navn", "§ 2 Formål", "§ 3 Ledelse")) == []


def test_headings_read_across_two_columns_are_told() -> None:
    assert quotes("reading-order", foreign("Gevinster Risici")) == ["Gevinster Risici"]
    assert found("reading-order", foreign("Gevinster", "Risici")) == []


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (FileFacts(10, "none"), "10\xa0sider kan ikke læses op af skærmlæser, og der er intet resumé."),
        (FileFacts(9, "partial", (2, 3)), "2\xa0sider er billeder uden tekst, og der er intet resumé."),
        (FileFacts(9, "partial"), "9\xa0sider er uden opmærkning, og der er intet resumé til skærmlæser."),
    ],
)  # fmt: skip
def test_silent_pages_are_told_unless_a_summary_stands_for_them(
    facts: FileFacts, sentence: str
) -> None:
    assert sentences(found("alternatives", foreign(file=facts))) == [sentence]
    spoken = FileFacts(facts.pages, facts.level, facts.silent_pages, has_summary=True)
    assert found("alternatives", foreign(file=spoken)) == []


def test_the_lines_of_a_contents_list_are_read() -> None:
    assert entries("Indledning ..... 3 Bilag . . . . . 20") == (
        ("Indledning", 3), ("Bilag", 20),
    )  # fmt: skip
    assert entries("Der er 3 bilag...") == ()


def test_relative_references_are_ours_to_mend_and_absolute_ones_in_order() -> None:
    for text in ("jf. forslag 4", "som nævnt i 2.1 Bilag 3", "i nedenfor nævnte"):
        assert found("relative-reference", item(text)) == []
    assert quotes("relative-reference", item("Se nedenfor.")) == ["Se nedenfor"]


def test_own_documents_are_not_asked_what_only_files_can_be() -> None:
    assert found("own-number", catalogue(title="Bilag 9 – Katalog")) == []
